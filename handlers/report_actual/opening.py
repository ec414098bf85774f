"""An officer's view of one indicator: what is asked, what was reported, what can be done now."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Card, Go, Press, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, lines
from handlers.explain.place import indicator_explained
from handlers.my_indicators.history import past_years
from handlers.planning.picture import ask_for_picture, has_picture
from handlers.report_actual.facts import Place, due_fact, find_place, plan_facts
from handlers.seeing import as_seen
from handlers.wording import REASONS, badge_of, evidence_shown, name_of, value_of
from models.asking import is_asked
from models.plan import PeriodState
from models.rights import may_report, may_see
from models.submission import DecisionKind, State, SubmissionFile, decisions_on, withdraw
from models.words import Phrase, Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The card of an indicator in a period."""
    place = find_place(talk, data["indicator"], data["period"])
    if not may_see(talk.standing, place.indicator, place.department.path):
        raise Refusal("이 지표를 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    report = place.report
    seen = as_seen(talk, report) if report else None
    return Card(
        title=place.indicator.name,
        subject=report.subject if report else f"indicator:{place.indicator.id}",
        badge=badge_of(talk, report.submission.state if report else None, place.due_at),
        facts=[*plan_facts(place), due_fact(talk, place), *_reported(seen)],
        text=lines(*past_years(talk.session, place.indicator), *_decided(talk, place)),
        files=evidence_shown(seen.evidence(talk.session)) if seen else (),
        buttons=_buttons(talk, place, data),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Takes an undecided report back, or asks for the picture of past years."""
    if isinstance(answer, Pressed) and answer.action == "picture":
        place = find_place(talk, data["indicator"], data["period"])
        ask_for_picture(talk, place.indicator)
        return Go("report_actual.open", data)
    if not isinstance(answer, Pressed) or answer.action != "withdraw":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    opened = withdraw(talk.session, talk.doer, answer.args["submission"], answer.args["revision"])
    talk.changed(opened.subject)
    talk.toast(say("제출을 회수했습니다. 고친 뒤 다시 제출해 주세요."))
    return Go("report_actual.open", data)


def may_leave(talk: Talk, data: Data) -> bool:
    """Asked again when the card leaves for its reader."""
    place = find_place(talk, data["indicator"], data["period"])
    return may_see(talk.standing, place.indicator, place.department.path)


def _reported(seen: SubmissionFile | None) -> list[tuple[Phrase, Line]]:
    if seen is None:
        return []
    version, submission, indicator = seen.version, seen.submission, seen.indicator
    label = say("보고한 실적") if version.submitted_at is not None else say("작성 중인 실적")
    facts: list[tuple[Phrase, Line]] = [(label, value_of(version.value, indicator, version.not_applicable))]
    if version.note:
        facts.append((say("설명"), version.note))
    if submission.state is State.APPROVED:
        recognised = value_of(submission.recognised, indicator, submission.recognised_not_applicable)
        facts.append((say("인정 실적"), recognised))
    return facts


def _decided(talk: Talk, place: Place) -> list[Line]:
    """The last decision, with what to do about it."""
    decisions = decisions_on(talk.session, place.report.id) if place.report else []
    if not decisions or place.report is None:
        return []
    last = decisions[-1]
    who = name_of(talk.session, last.decided_by_id, last.decided_for_id)
    if last.kind is DecisionKind.RETURN and place.report.submission.state in (State.RETURNED, State.DRAFT):
        reason = REASONS[last.reason_code] if last.reason_code else say("기타")
        return [
            say("반려 사유: {reason} — {text}", reason=reason, text=last.reason),
            say("{name} · {at}", name=who, at=last.decided_at),
        ]
    if last.kind is DecisionKind.APPROVE and last.reason:
        return [say("인정 사유: {text} ({name})", text=last.reason, name=who)]
    return []


def _buttons(talk: Talk, place: Place, data: Data) -> list[Button]:
    report, state = place.report, place.report.submission.state if place.report else None
    buttons: list[Button] = []
    mine = may_report(talk.standing, place.indicator, place.department.path) is not None
    asked = is_asked(place.indicator.report_periods, place.period.code)
    if mine and asked and place.period.state is PeriodState.OPEN:
        if state in (None, State.DRAFT, State.RETURNED, State.WITHDRAWN):
            label = say("고쳐서 다시 보고") if state is State.RETURNED else say("실적 보고")
            buttons.append(Button(label, Go("report_actual.entry", dict(data)), Style.PRIMARY))
        elif state in (State.SUBMITTED, State.CONFIRMED) and report is not None:
            press = Press("withdraw", {"submission": report.id, "revision": report.submission.revision})
            sure = say("제출을 회수할까요? 검토가 중단되고, 다시 제출해야 합니다.")
            buttons.append(Button(say("제출 회수"), press, Style.DANGER, confirm=sure))
    if report is not None:
        buttons.append(Button(say("이력 보기"), Go("my_indicators.history", {"submission": report.id})))
    if state is State.APPROVED:
        buttons.append(Button(say("왜 이 점수인가요?"), indicator_explained(place.indicator, place.period)))
    if has_picture(talk, place.indicator):
        buttons.append(Button(say("추이 그림"), Press("picture")))
    if mine:
        buttons.append(Button(say("내 지표"), Go("my_indicators.list")))
    return buttons
