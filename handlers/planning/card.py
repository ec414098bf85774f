"""A department's plan: where it stands, what is found about it, and what its reader may do."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Card, Go, Press, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, Text, lines
from handlers.planning.place import (
    PLANS,
    badge_of,
    counted_findings,
    finding_lines,
    go,
    may_draft,
    opened,
)
from handlers.planning.telling import (
    news_of_evaluation,
    tell_consultants,
    tell_department,
    tell_evaluators,
    tell_lead,
)
from handlers.wording import name_of
from models.consultation.papers import departments_of, written_reviews
from models.organization import Role
from models.planning.again import concerned
from models.planning.confirming import (
    ask_consultant,
    confirm,
    give_up,
    hand_in,
    may_confirm,
    take_back,
)
from models.planning.drafts import Draft, drafts_of, findings_of, total_weight
from models.planning.file import PlanFile, right_to_draft
from models.planning.lint import Finding
from models.planning.table import PlanState
from models.words import Phrase, Refusal, say

_MOST_SHOWN = 5


def show(talk: Talk, data: Data) -> Screen:
    """The card; its buttons are those of the next step and of its reader."""
    plan = opened(talk, data)
    drafts = drafts_of(talk.session, plan)
    findings = findings_of(talk.session, plan.cycle, drafts)
    return Card(
        title=say("{department} 성과계획", department=plan.department.name),
        subject=plan.subject,
        badge=badge_of(plan),
        prompt=_prompt(talk, plan),
        facts=_facts(talk, plan, drafts, findings),
        text=lines(*_changes(drafts), *_told(drafts, findings)),
        buttons=_buttons(talk, plan),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Takes the plan a step on, and tells the next in line."""
    if not isinstance(answer, Pressed):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    plan = opened(talk, data)
    key = (talk.session, talk.doer, plan.cycle_id, plan.department_id, answer.args.get("revision", 0))
    match answer.action:
        case "consult":
            tell_consultants(talk, ask_consultant(*key))
            talk.toast(say("컨설턴트에게 보냈습니다."))
        case "ask_lead":
            tell_lead(talk, plan)
            talk.toast(say("팀장에게 제출을 요청했습니다."))
        case "hand_in":
            tell_evaluators(talk, hand_in(*key))
            talk.toast(say("검토를 요청했습니다. 결과를 알려 드리겠습니다."))
        case "take_back":
            take_back(*key)
            talk.toast(say("계획을 회수했습니다. 고친 뒤 다시 제출해 주세요."))
        case "give_up":
            give_up(*key)
            talk.toast(say("조정을 취소했습니다. 확정된 계획이 그대로 쓰입니다."))
        case "confirm":
            _confirm(talk, plan, answer.args["revision"])
        case _:
            raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    talk.changed(plan.subject)
    return go("card", plan)


def _confirm(talk: Talk, plan: PlanFile, revision: int) -> None:
    again = confirm(talk.session, talk.doer, plan.cycle_id, plan.department_id, revision)
    tell_department(talk, again)
    if plan.was_confirmed:
        places = [plan.department_id]
        subjects = concerned(talk.session, plan.cycle_id, places)
        reason = again.plan.reason if again.plan else ""
        for person_id, to in news_of_evaluation(talk.session, talk.today, places, subjects, reason):
            talk.tell(person_id, to)
    talk.toast(say("계획을 확정하고 부서에 알렸습니다."))


def _prompt(talk: Talk, plan: PlanFile) -> Text:
    if not plan.cycle.asks_plan_confirmation:
        return ()
    drafts = right_to_draft(talk.standing, plan.department) is not None
    match plan.state:
        case PlanState.DRAFT if drafts:
            return lines(say("지표를 작성하고 점검 결과를 확인한 뒤 컨설팅이나 검토를 요청해 주세요."))
        case PlanState.CONSULTATION if talk.standing.right(Role.CONSULTANT, plan.department.path):
            return lines(say("지표를 살펴보고 의견을 주세요. 부서가 반영해 검토를 요청합니다."))
        case PlanState.REVIEW if may_confirm(talk.doer, plan):
            return lines(say("점검 결과를 확인하고 확정하거나 사유를 적어 반려해 주세요."))
    return ()


def _facts(
    talk: Talk, plan: PlanFile, drafts: list[Draft], findings: dict[str, list[Finding]]
) -> list[tuple[Phrase, Line]]:
    count = sum(not draft.is_ended for draft in drafts)
    facts: list[tuple[Phrase, Line]] = [
        (say("성과주기"), plan.cycle.name),
        (say("지표"), say("{count}개", count=count)),
        (say("가중치 합"), say("{total}점", total=total_weight(drafts))),
        (say("점검 결과"), counted_findings(findings) or say("이상 없음")),
    ]
    row = plan.plan
    if row is not None and row.reason:
        facts.append((say("사유"), row.reason))
    if row is not None and row.confirmed_at is not None:
        by = name_of(talk.session, row.confirmed_by_id)
        facts.append((say("확정자"), say("{name} · {at}", name=by, at=row.confirmed_at)))
    return facts


def _changes(drafts: list[Draft]) -> list[Line]:
    """Which indicators an adjustment changes."""
    changed = [draft for draft in drafts if draft.is_changed]
    new = [draft for draft in drafts if draft.indicator_id is None]
    told: list[Line] = []
    for draft in (*changed, *new):
        label = say("추가") if draft.is_new else say("제외") if draft.is_ended else say("변경")
        told.append(say("• {label}: {name}", label=label, name=draft.plan["name"]))
    return [Bold(say("확정되면 바뀌는 지표")), *told, ""] if told else []


def _told(drafts: list[Draft], findings: dict[str, list[Finding]]) -> list[Line]:
    """The first findings, indicator by indicator; the rest is in the list of indicators."""
    found = [(draft, findings[draft.code]) for draft in drafts if findings.get(draft.code)]
    found.sort(key=lambda one: one[1][0].severity.value, reverse=True)
    told: list[Line] = []
    for draft, own in found[:_MOST_SHOWN]:
        told += [Bold(say("{name}({code})", name=draft.plan["name"], code=draft.code)), *finding_lines(own)]
    if len(found) > _MOST_SHOWN:
        told.append(say("외 지표 {count}개에 점검 결과가 있습니다.", count=len(found) - _MOST_SHOWN))
    return told


def _buttons(talk: Talk, plan: PlanFile) -> list[Button]:
    buttons = [*_steps(talk, plan), Button(say("지표 보기"), go("indicators", plan))]
    if may_draft(talk, plan):
        buttons.append(Button(say("지표 추가"), go("kind", plan, revision=plan.revision)))
    buttons += _written_review(talk, plan)
    return [*buttons, PLANS]


def _steps(talk: Talk, plan: PlanFile) -> list[Button]:
    """What takes the plan on from where it stands."""
    if not plan.cycle.asks_plan_confirmation:
        return []
    drafts = right_to_draft(talk.standing, plan.department) is not None
    leads = talk.standing.right(Role.TEAM_LEAD, plan.department.path) is not None
    buttons: list[Button] = []
    if may_confirm(talk.doer, plan):
        sure = say("{department}의 계획을 확정할까요?", department=plan.department.name)
        buttons.append(_press(plan, say("확정"), "confirm", Style.PRIMARY, sure))
        buttons.append(
            Button(say("반려"), go("reason", plan, how="return", revision=plan.revision), Style.DANGER)
        )
    if plan.state in (PlanState.DRAFT, PlanState.CONSULTATION) and leads:
        buttons.append(_press(plan, say("검토 요청"), "hand_in", Style.PRIMARY))
    if plan.state is PlanState.DRAFT and drafts:
        if not leads:
            buttons.append(_press(plan, say("팀장에게 제출 요청"), "ask_lead", Style.PRIMARY))
        buttons.append(_press(plan, say("컨설팅 요청"), "consult"))
        if plan.was_confirmed:
            sure = say("조정을 취소할까요? 확정 뒤에 고친 내용이 모두 없어집니다.")
            buttons.append(_press(plan, say("조정 취소"), "give_up", Style.DANGER, sure))
    if plan.state in (PlanState.CONSULTATION, PlanState.REVIEW) and drafts:
        buttons.append(_press(plan, say("회수"), "take_back"))
    if plan.state is PlanState.CONFIRMED and drafts:
        buttons.append(Button(say("조정 신청"), go("reason", plan, how="adjust", revision=plan.revision)))
    return buttons


def _press(
    plan: PlanFile, label: Phrase, action: str, style: Style = Style.PLAIN, sure: Phrase | None = None
) -> Button:
    return Button(label, Press(action, {"revision": plan.revision}), style, confirm=sure)


def _written_review(talk: Talk, plan: PlanFile) -> list[Button]:
    """The way to the written review that looks at this department's indicators, where one is under way."""
    for programme in written_reviews(talk.session, talk.today):
        theirs = {one.id for one in departments_of(talk.session, programme)}
        if programme.cycle_id != plan.cycle_id or plan.department_id not in theirs:
            continue
        if talk.standing.right(Role.CONSULTANT, plan.department.path):
            return [Button(say("서면검토 의견"), Go("written_review.views", {"programme": programme.id}))]
        if right_to_draft(talk.standing, plan.department):
            return [Button(say("서면검토 자료"), Go("written_review.paper", {"programme": programme.id}))]
    return []
