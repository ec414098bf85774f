"""Words that several dialogues share: states, deadlines, people, values."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import reduce

from sqlmodel import Session

from handlers.dialogue.screens import Badge, Button, FileShown, Go, Tone
from handlers.dialogue.talk import Talk
from models.clock import local_day
from models.evidence.table import EvidenceFile, Parcel
from models.organization import Person
from models.plan import Cycle, Indicator, Period
from models.scoring import Kind
from models.submission import DecisionKind, ReasonCode, State
from models.words import Phrase, say

HOME = Button(say("처음으로"), Go("account.home"))
"""The way back to the first screen."""

_SOON = 3
"""Working days before a deadline from which on it is pressing."""
_STATES = {
    State.DRAFT: Badge(say("작성 중"), Tone.NEUTRAL),
    State.SUBMITTED: Badge(say("제출됨"), Tone.WAITING),
    State.CONFIRMED: Badge(say("팀장 확인됨"), Tone.WAITING),
    State.RETURNED: Badge(say("반려됨"), Tone.BAD),
    State.APPROVED: Badge(say("승인됨"), Tone.GOOD),
    State.WITHDRAWN: Badge(say("회수됨"), Tone.NEUTRAL),
}

DECISIONS = {
    DecisionKind.CONFIRM: _STATES[State.CONFIRMED],
    DecisionKind.APPROVE: _STATES[State.APPROVED],
    DecisionKind.RETURN: _STATES[State.RETURNED],
}

REASONS = {
    ReasonCode.EVIDENCE_MISSING: say("증빙 부족"),
    ReasonCode.EVIDENCE_MISMATCH: say("증빙과 실적 불일치"),
    ReasonCode.CALCULATION: say("산식·계산 오류"),
    ReasonCode.PERIOD: say("대상 기간 착오"),
    ReasonCode.EXPLANATION: say("설명 보완 필요"),
    ReasonCode.OTHER: say("기타"),
}


def badge_of(talk: Talk, state: State | None, due: datetime) -> Badge:
    """The state of a report in a word; one that is late and not handed in says so, one not begun warns in time."""
    if due < talk.now and state in (None, State.DRAFT, State.WITHDRAWN):
        return Badge(say("기한 지남"), Tone.BAD)
    if state is not None:
        return _STATES[state]
    return Badge(say("미제출"), Tone.WARNING if is_pressing(talk, due) else Tone.NEUTRAL)


def is_pressing(talk: Talk, due: datetime) -> bool:
    """Whether a deadline has passed, or is at most three working days away."""
    return due < talk.now or talk.working_days.between(talk.today, local_day(due)) <= _SOON


def deadline(talk: Talk, due: datetime) -> Phrase:
    """`7. 15.(월) 18:00까지 · 근무일 3일 남음`."""
    return say("{due}까지 · {left}", due=due, left=days_left(talk, due))


def days_left(talk: Talk, due: datetime) -> Phrase:
    """How long there is still to go, in working days as officials count."""
    if due < talk.now:
        return say("기한 지남")
    due_day = local_day(due)
    if due_day == talk.today:
        return say("오늘 마감")
    return say("근무일 {days}일 남음", days=talk.working_days.between(talk.today, due_day))


def period_in_full(session: Session, period: Period) -> Phrase:
    """`2019년 성과관리 상반기`: where several cycles run at once, a period's own name does not tell which."""
    cycle = session.get_one(Cycle, period.cycle_id)
    return say("{cycle} {period}", cycle=cycle.name, period=period.name)


def value_of(value: Decimal | None, indicator: Indicator, not_applicable: bool = False) -> Phrase:
    """`97.3 %`, `달성`, `해당 없음`, or `-` where nothing was entered."""
    if not_applicable:
        return say("해당 없음")
    if value is None:
        return say("-")
    if indicator.kind is Kind.YES_NO:
        return say("달성") if value else say("미달성")
    if not indicator.unit:
        return say("{value}", value=value)
    return say("{value} {unit}", value=value, unit=indicator.unit)


def target_shown(value: Decimal | None, indicator: Indicator) -> Phrase:
    """The target as value_of says it; of a yes or no it is always a yes, whatever the plan has there."""
    return say("달성") if indicator.kind is Kind.YES_NO else value_of(value, indicator)


def counted(*counts: tuple[int, Phrase]) -> Phrase:
    """What of several counts there is to say: those that are not 0, in one phrase; an empty one where all are."""
    said = [phrase for count, phrase in counts if count]
    return reduce(_listed, said) if said else Phrase("")


def _listed(before: Phrase, after: Phrase) -> Phrase:
    return say("{before}, {after}", before=before, after=after)


def name_of(session: Session, person_id: int | None, deputy_for: int | None = None) -> Phrase:
    """`김평가`, or `박대리(김평가 대결)` for who acted as a deputy."""
    if person_id is None:
        return say("-")
    name = session.get_one(Person, person_id).name
    if deputy_for is None:
        return say("{name}", name=name)
    return say("{name}({absent} 대결)", name=name, absent=session.get_one(Person, deputy_for).name)


def evidence_shown(files: list[EvidenceFile]) -> list[FileShown]:
    """Evidence as files to take away; who may is asked when one is taken."""
    return [FileShown(file.name, file.size, f"evidence:{file.id}") for file in files]


def parcel_shown(parcel: Parcel) -> FileShown:
    """A file made for a person, to take away."""
    return FileShown(parcel.name, parcel.size, f"parcel:{parcel.id}")
