"""Before a report is handed in: the arithmetic, what is missing, what looks odd."""

from __future__ import annotations

from decimal import Decimal

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Card, Go, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Code, Line, lines
from handlers.report_actual.facts import Place, arithmetic, due_fact, place_of
from handlers.telling import tell_who_decides
from handlers.wording import badge_of, evidence_shown, is_pressing, value_of
from models.plan import past_actuals
from models.rights import may_report
from models.submission import State, SubmissionFile, missing_parts, open_file, submit
from models.words import Phrase, Refusal, say

# A value is asked about, not refused, when it leaves the range of past years by more than half of that range's top.
_FAR = Decimal("0.5")


def show(talk: Talk, data: Data) -> Screen:
    """The draft as it would be handed in."""
    opened = open_file(talk.session, data["submission"])
    place = place_of(talk.session, opened)
    if may_report(talk.standing, place.indicator, place.department.path) is None:
        raise Refusal("{indicator:은/는} 담당자만 보고할 수 있습니다.", indicator=place.indicator.name)
    again = {"indicator": opened.indicator.id, "period": opened.period.id}
    is_draft = opened.submission.state is State.DRAFT
    missing = _missing(talk, opened) if is_draft else None
    send = Press("submit", {"revision": opened.submission.revision})
    buttons = [Button(say("제출하기"), send, Style.PRIMARY)] if missing is None and is_draft else []
    if is_draft:
        buttons.append(Button(say("고치기"), Go("report_actual.entry", again)))
        buttons.append(Button(say("나중에"), Go("my_indicators.list")))
    name, counts = opened.indicator.name, _counts(opened)
    odd = _odd(talk, place, counts) if is_draft else []
    return Card(
        title=say("제출 전 확인: {indicator}", indicator=name) if is_draft else name,
        subject=opened.subject,
        badge=_badge(talk, opened),
        facts=[*_entered(talk, opened), due_fact(talk, place)],
        text=lines(*_arithmetic(place, counts), *odd, *(missing or ())),
        files=evidence_shown(opened.evidence(talk.session)),
        buttons=buttons,
    )


def _badge(talk: Talk, opened: SubmissionFile) -> Badge:
    if opened.submission.state is State.DRAFT:
        return Badge(say("제출 전"), Tone.WARNING if is_pressing(talk, opened.due_at) else Tone.NEUTRAL)
    return badge_of(talk, opened.submission.state, opened.due_at)


def _entered(talk: Talk, opened: SubmissionFile) -> list[tuple[Phrase, Line]]:
    """What was entered, and what of it was recognised once it is approved."""
    version, submission, indicator = opened.version, opened.submission, opened.indicator
    facts: list[tuple[Phrase, Line]] = [
        (say("실적"), value_of(version.value, indicator, version.not_applicable))
    ]
    if submission.state is State.APPROVED:
        recognised = value_of(submission.recognised, indicator, submission.recognised_not_applicable)
        facts.append((say("인정 실적"), recognised))
    if version.note:
        facts.append((say("설명"), version.note))
    count = len(opened.evidence(talk.session))
    return [*facts, (say("증빙자료"), say("{count}개", count=count) if count else say("없음"))]


def _counts(opened: SubmissionFile) -> Decimal | None:
    """The value that scores, or would."""
    submission = opened.submission
    return submission.recognised if submission.state is State.APPROVED else opened.version.value


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Hands the report in and tells whoever has to look at it next."""
    if not isinstance(answer, Pressed) or answer.action != "submit":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    opened = submit(talk.session, talk.doer, data["submission"], answer.args["revision"])
    talk.changed(opened.subject)
    tell_who_decides(talk, opened)
    return Go("report_actual.submitted", {"submission": opened.id})


def show_submitted(talk: Talk, data: Data) -> Screen:
    """Says that it arrived, and what comes next."""
    opened = open_file(talk.session, data["submission"])
    following = say("팀장 확인") if opened.cycle.asks_confirmation else say("평가자 검토")
    return Notice(
        lines(
            Bold(say("{indicator:을/를} 제출했습니다.", indicator=opened.indicator.name)),
            say("다음 단계는 {next}입니다. 결과가 나오면 알려 드리겠습니다.", next=following),
        ),
        tone=Tone.GOOD,
        buttons=[
            Button(say("내 지표"), Go("my_indicators.list"), Style.PRIMARY),
            Button(
                say("제출 내용 보기"),
                Go("report_actual.open", {"indicator": opened.indicator.id, "period": opened.period.id}),
            ),
        ],
    )


def _missing(talk: Talk, opened: SubmissionFile) -> tuple[Line, ...] | None:
    try:
        missing_parts(talk.session, opened)
    except Refusal as refusal:
        return ((Bold(say("보완 필요: ")), refusal.phrase),)
    return None


def _arithmetic(place: Place, value: Decimal | None) -> list[Line]:
    if value is None:
        return []
    worked = arithmetic(place, value)
    if worked is None:
        return [say("이 기간에는 목표치가 없어 점수는 연말에 계산합니다.")]
    return [worked.phrase, (say("계산: "), Code(worked.formula))]


def _odd(talk: Talk, place: Place, value: Decimal | None) -> list[Line]:
    """Asks about a value far from the past."""
    past = [one.value for one in past_actuals(talk.session, place.indicator)]
    if value is None or len(past) < 2:
        return []
    low, high = min(past), max(past)
    margin = max(abs(high), abs(low)) * _FAR
    if low - margin <= value <= high + margin:
        return []
    return [
        say(
            "지난 {years}년의 범위({low}~{high})와 차이가 큽니다. 단위와 숫자를 한 번 더 확인해 주세요.",
            years=len(past),
            low=low,
            high=high,
        )
    ]
