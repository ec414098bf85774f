"""One report before whoever decides on it: facts, evidence, what changed since the last version."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Card, Go, Press, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.my_indicators.history import past_years
from handlers.report_actual.facts import Place, arithmetic, place_of, plan_facts
from handlers.seeing import as_seen
from handlers.telling import tell_author, tell_who_decides
from handlers.wording import DECISIONS, badge_of, evidence_shown, name_of, value_of
from models.evidence.table import evidence_of
from models.organization import Role
from models.plan import PeriodState
from models.rights import may_see
from models.submission import (
    State,
    SubmissionFile,
    approve,
    confirm,
    decisions_on,
    may_decide,
    open_file,
    versions_of,
)
from models.words import Phrase, Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The card; decided ones say by whom and when, and have no buttons left."""
    opened = open_file(talk.session, data["submission"])
    if not may_see(talk.standing, opened.indicator, opened.department.path):
        raise Refusal("이 보고를 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    seen = as_seen(talk, opened)
    place = place_of(talk.session, seen or opened)
    return Card(
        title=opened.indicator.name,
        subject=opened.subject,
        badge=outcome_of(talk, opened) or badge_of(talk, opened.submission.state, opened.due_at),
        prompt=lines(say("검토하실 보고가 도착했습니다.")) if may_decide(talk.doer, opened) else (),
        facts=[*plan_facts(place), *(_reported(talk, seen) if seen else ())],
        text=lines(
            *(_arithmetic(place, seen) if seen else ()),
            *(_changes(talk, seen) if seen else ()),
            *past_years(talk.session, opened.indicator),
            *_why_not(talk, opened),
        ),
        files=evidence_shown(seen.evidence(talk.session)) if seen else (),
        buttons=_buttons(talk, opened),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """The decisions that need nothing but a press."""
    if not isinstance(answer, Pressed):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    revision = answer.args["revision"]
    if answer.action == "confirm":
        opened = confirm(talk.session, talk.doer, data["submission"], revision)
        tell_who_decides(talk, opened)
    elif answer.action == "approve":
        opened = approve(talk.session, talk.doer, data["submission"], revision)
    else:
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    tell_author(talk, opened)
    talk.changed(opened.subject)
    return Go("review.decided", {"submission": opened.id})


def outcome_of(talk: Talk, opened: SubmissionFile) -> Badge | None:
    """`승인됨 · 김평가 · 7. 15.(수) 14:02`, for a report that was decided and not handed in again since."""
    decided = (State.CONFIRMED, State.APPROVED, State.RETURNED)
    decisions = decisions_on(talk.session, opened.id)
    if not decisions or opened.submission.state not in decided:
        return None
    last = decisions[-1]
    outcome = DECISIONS[last.kind]
    who = name_of(talk.session, last.decided_by_id, last.decided_for_id)
    return Badge(
        say("{outcome} · {name} · {at}", outcome=outcome.label, name=who, at=last.decided_at), outcome.tone
    )


def _reported(talk: Talk, opened: SubmissionFile) -> list[tuple[Phrase, Line]]:
    version, indicator = opened.version, opened.indicator
    label = say("보고한 실적") if version.submitted_at is not None else say("작성 중인 실적")
    facts: list[tuple[Phrase, Line]] = [
        (label, Bold(value_of(version.value, indicator, version.not_applicable))),
    ]
    if opened.submission.state is State.APPROVED:
        submission = opened.submission
        recognised = value_of(submission.recognised, indicator, submission.recognised_not_applicable)
        facts.append((say("인정 실적"), Bold(recognised)))
    if version.note:
        facts.append((say("설명"), version.note))
    if version.submitted_at is not None:
        who = name_of(talk.session, version.submitted_by_id, version.submitted_for_id)
        facts.append((say("제출"), say("{name} · {at}", name=who, at=version.submitted_at)))
    return facts


def _arithmetic(place: Place, opened: SubmissionFile) -> list[Line]:
    counts = (
        opened.submission.recognised if opened.submission.state is State.APPROVED else opened.version.value
    )
    worked = None if counts is None else arithmetic(place, counts)
    return [] if worked is None else [worked.phrase]


def _changes(talk: Talk, opened: SubmissionFile) -> list[Line]:
    """What is different from the version handed in before."""
    earlier = [one for one in versions_of(talk.session, opened.id) if one.number < opened.version.number]
    if not earlier:
        return []
    last, now, indicator = earlier[-1], opened.version, opened.indicator
    told: list[Line] = [Bold(say("지난 제출({number}차)에서 바뀐 점", number=last.number))]
    if (last.value, last.not_applicable) != (now.value, now.not_applicable):
        before, after = (
            value_of(last.value, indicator, last.not_applicable),
            value_of(now.value, indicator, now.not_applicable),
        )
        told.append(say("실적: {before} → {after}", before=before, after=after))
    if last.note != now.note:
        told.append(say("설명이 바뀌었습니다."))
    told += _changed_files(talk, last.id or 0, opened.version_id)
    return told if len(told) > 1 else [*told, say("바뀐 점이 없습니다.")]


def _changed_files(talk: Talk, before_id: int, after_id: int) -> list[Line]:
    before = {file.sha256: file.name for file in evidence_of(talk.session, before_id)}
    after = {file.sha256: file.name for file in evidence_of(talk.session, after_id)}
    told: list[Line] = [say("추가된 증빙: {name}", name=after[one]) for one in after if one not in before]
    return told + [say("빠진 증빙: {name}", name=before[one]) for one in before if one not in after]


def _why_not(talk: Talk, opened: SubmissionFile) -> list[Line]:
    """Tells those who decide why there is nothing to press: it is closed, or their own."""
    states = {State.SUBMITTED: Role.EVALUATOR, State.CONFIRMED: Role.EVALUATOR}
    if opened.cycle.asks_confirmation:
        states[State.SUBMITTED] = Role.TEAM_LEAD
    role = states.get(opened.submission.state)
    if role is None or not talk.standing.right(role, opened.department.path) or may_decide(talk.doer, opened):
        return []
    if opened.period.state is PeriodState.CLOSED:
        return [say("마감된 기간이라 결정할 수 없습니다. 필요하면 관리자에게 마감 해제를 요청해 주세요.")]
    return [say("본인이 보고했거나 대결하는 분이 보고한 실적이므로 다른 평가자나 팀장이 결정합니다.")]


def _buttons(talk: Talk, opened: SubmissionFile) -> list[Button]:
    history = Button(say("이력 보기"), Go("my_indicators.history", {"submission": opened.id}))
    if not may_decide(talk.doer, opened):
        return [history]
    here = {"submission": opened.id, "revision": opened.submission.revision}
    press = {"revision": opened.submission.revision}
    send_back = Button(say("반려"), Go("review.return", here), Style.DANGER)
    if opened.submission.state is State.SUBMITTED and opened.cycle.asks_confirmation:
        return [Button(say("확인"), Press("confirm", press), Style.PRIMARY), send_back, history]
    return [
        Button(say("승인"), Press("approve", press), Style.PRIMARY),
        Button(say("다른 값으로 승인"), Go("review.recognise", here)),
        send_back,
        history,
    ]
