"""The indicators of a plan, and one of them with what is found about it."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Card, Choice, Go, Menu, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.planning.picture import must_be_drawable
from handlers.planning.place import badge_of, counted_findings, finding_lines, go, may_draft, opened, seen_of
from handlers.wording import name_of
from models.plan import periods_of
from models.planning.drafting import end_indicator, find_draft, keep_indicator
from models.planning.drafts import Draft, Plan, drafted, drafts_of, findings_of, total_weight
from models.planning.file import PlanFile
from models.planning.lint import Finding, Severity
from models.planning.manual import FIELDS, KINDS
from models.planning.period_targets import write_targets
from models.scoring import Kind, Rollup
from models.words import Phrase, Refusal, say

ROLLUPS = {
    Rollup.SUM: say("합계"),
    Rollup.MEAN: say("평균"),
    Rollup.LAST: say("최종"),
    Rollup.MAX: say("최대"),
}
_COMPARED = (
    "name", "formula", "unit", "kind", "weight", "baseline", "low", "high", "loss_per_unit", "steps", "rollup",
    "evidence_hint",
)  # fmt: skip


def show(talk: Talk, data: Data) -> Screen:
    """Every indicator as it is to be, with what is found about it."""
    plan = opened(talk, data)
    drafts = drafts_of(talk.session, plan)
    findings = findings_of(talk.session, plan.cycle, drafts)
    choices = [
        Choice(
            draft.plan["name"],
            go("indicator", plan, code=draft.code),
            _detail(draft),
            _badge(draft, findings.get(draft.code, [])),
        )
        for draft in drafts
    ]
    buttons = [Button(say("계획으로"), go("card", plan))]
    if may_draft(talk, plan):
        buttons.insert(0, Button(say("지표 추가"), go("kind", plan, revision=plan.revision), Style.PRIMARY))
    title = say("{department} 성과계획 지표", department=plan.department.name)
    told = say("가중치 합 {total}점", total=total_weight(drafts))
    return Menu(lines(Bold(title), told), choices, buttons=buttons)


def show_one(talk: Talk, data: Data) -> Screen:
    """One indicator: what is drafted, what holds until it is confirmed, what to put right."""
    plan = opened(talk, data)
    draft = find_draft(talk.session, plan, data["code"])
    findings = findings_of(talk.session, plan.cycle, [draft]).get(draft.code, [])
    told: list[Line] = []
    if changed := _changes(draft, plan, talk):
        told += [Bold(say("확정되면 바뀌는 내용")), *changed, ""]
    if findings:
        told += [Bold(say("점검 결과")), *finding_lines(findings)]
    elif not draft.is_ended:
        told.append(say("점검에서 찾은 것이 없습니다."))
    return Card(
        title=draft.plan["name"],
        subject=plan.subject,
        badge=_badge(draft, findings) or badge_of(plan),
        facts=_facts(talk, plan, draft),
        text=lines(*told),
        buttons=_buttons(talk, plan, draft),
    )


def take_one(talk: Talk, data: Data, answer: Answer) -> Go:
    """Takes the indicator out or back in, or asks for its picture."""
    plan = opened(talk, data)
    if not isinstance(answer, Pressed):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    code = data["code"]
    key = (talk.session, talk.doer, plan.cycle_id, plan.department_id)
    match answer.action:
        case "picture":
            (one,) = drafted(talk.session, plan.cycle, [find_draft(talk.session, plan, code)])
            must_be_drawable(one)
            talk.errand("plan_picture", cycle=plan.cycle_id, department=plan.department_id, code=code)
            talk.toast(say("추이 그림을 그리고 있습니다. 잠시 뒤 보내 드립니다."))
            return go("indicator", plan, code=code)
        case "end":
            left = end_indicator(*key, answer.args["revision"], code)
            talk.toast(say("지표를 계획에서 뺐습니다."))
        case "keep":
            left = keep_indicator(*key, answer.args["revision"], code)
            talk.toast(say("지표를 다시 넣었습니다."))
        case _:
            raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    talk.changed(plan.subject)
    return go("indicators", plan) if left is None else go("indicator", plan, code=code)


def _detail(draft: Draft) -> Phrase:
    kind = KINDS[Kind(draft.plan["kind"])].label
    if draft.target is None:
        return say("{kind} · 가중치 {weight}", kind=kind, weight=_weight(draft))
    return say(
        "{kind} · 목표 {target} · 가중치 {weight}", kind=kind, target=draft.target, weight=_weight(draft)
    )


def _weight(draft: Draft) -> Phrase:
    return _told("weight", draft.plan)


def _badge(draft: Draft, findings: list[Finding]) -> Badge | None:
    """The worst there is to say of it."""
    if draft.is_ended:
        return Badge(say("제외"), Tone.NEUTRAL)
    if findings:
        wrong = any(one.severity is Severity.WRONG for one in findings)
        said = counted_findings({draft.code: findings})
        return Badge(said or say("확인 필요"), Tone.BAD if wrong else Tone.WARNING)
    if draft.is_changed:
        return Badge(say("변경"), Tone.WAITING)
    return Badge(say("추가"), Tone.WAITING) if draft.indicator_id is None else None


def _facts(talk: Talk, plan: PlanFile, draft: Draft) -> list[tuple[Phrase, Line]]:
    values = draft.plan
    facts: list[tuple[Phrase, Line]] = [
        (say("코드"), draft.code),
        (say("부서"), plan.department.name),
        (say("배점방식"), _told("kind", values)),
        (say("가중치"), say("{weight}점", weight=_told("weight", values))),
    ]
    if draft.target is not None:
        facts.append((say("목표"), say("{value} {unit}", value=draft.target, unit=values["unit"])))
    if of_periods := write_targets(values["targets"], periods_of(talk.session, plan.cycle_id)):
        facts.append((say("기간별 목표치"), of_periods))
    for name in ("baseline", "low", "high", "loss_per_unit", "steps", "formula", "evidence_hint"):
        if values[name] not in (None, ""):
            facts.append((FIELDS[name].label, _told(name, values)))
    facts.append((say("담당자"), name_of(talk.session, values["officer_id"])))
    return facts


def _changes(draft: Draft, plan: PlanFile, talk: Talk) -> list[Line]:
    """What the next confirmation changes, field by field."""
    if draft.before is None or not draft.is_changed:
        return []
    told: list[Line] = []
    for name in _COMPARED:
        if draft.before[name] != draft.plan[name]:
            label = say("배점방식") if name == "kind" else FIELDS[name].label
            before, after = _told(name, draft.before), _told(name, draft.plan)
            told.append(say("• {label}: {before} → {after}", label=label, before=before, after=after))
    before, after = draft.before["targets"], draft.plan["targets"]
    if before.get("") != after.get(""):
        sides = {"before": before.get("") or "-", "after": after.get("") or "-"}
        told.append(say("• {label}: {before} → {after}", label=FIELDS["target"].label, **sides))
    periods = periods_of(talk.session, plan.cycle_id)
    old, new = write_targets(before, periods), write_targets(after, periods)
    if old != new:
        sides = {"before": old or "-", "after": new or "-"}
        told.append(say("• {label}: {before} → {after}", label=FIELDS["targets"].label, **sides))
    if draft.is_ended and draft.before["ends_on"] is None:
        told.append(say("• 계획에서 제외"))
    return told


def _told(name: str, values: Plan) -> Phrase:
    """A value of the plan as people read it."""
    value = values[name]
    if name == "kind":
        return KINDS[Kind(value)].label
    if name == "rollup":
        return ROLLUPS[Rollup(value)]
    return say("{value}", value=value if value not in (None, "") else "-")


def _buttons(talk: Talk, plan: PlanFile, draft: Draft) -> list[Button]:
    buttons: list[Button] = []
    here: dict[str, str | int | None] = {"code": draft.code, "revision": plan.revision}
    seen = {**here, "seen": seen_of(draft)}
    if may_draft(talk, plan):
        if draft.is_ended:
            buttons.append(Button(say("다시 넣기"), Press("keep", here), Style.PRIMARY))
        else:
            edit = go("write", plan, kind=draft.plan["kind"], **seen)
            buttons.append(Button(say("고치기"), edit, Style.PRIMARY))
            buttons.append(Button(say("배점방식 바꾸기"), go("kind", plan, **seen)))
            sure = say("{name:을/를} 계획에서 뺄까요?", name=draft.plan["name"])
            buttons.append(Button(say("지표 빼기"), Press("end", here), Style.DANGER, confirm=sure))
    buttons.append(Button(say("추이 그림"), Press("picture")))
    back = {"cycle": plan.cycle_id, "department": plan.department_id, "code": draft.code}
    buttons.append(Button(say("작성 요령"), Go("plan.manual", {"kind": draft.plan["kind"], **back})))
    return [*buttons, Button(say("지표 목록"), go("indicators", plan))]
