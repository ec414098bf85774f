"""What the screens of results share: which result it is, who sees all of it, how its figures are told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlmodel import Session

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button
from handlers.dialogue.talk import Talk
from handlers.explain.place import go_to as explained
from handlers.wording import period_in_full
from models.explaining import Place
from models.organization import Role
from models.plan import Cycle, Period
from models.scheme.result import SchemeResult, SubjectResult, result_of
from models.scheme.table import Source, SubjectKind
from models.words import Phrase, Refusal, say

IN_OFFICE = (Role.ADMINISTRATOR, Role.EVALUATOR)
_TAKEN_OFF = (Source.DEDUCTION, Source.CONSULTATION)


def sees_all(talk: Talk) -> bool:
    """Whether the person sees every subject's result: administrators, and evaluators of the whole city."""
    return any(talk.standing.right(role) for role in IN_OFFICE)


def must_see_all(talk: Talk) -> None:
    if not sees_all(talk):
        raise Refusal("관리자와 평가자만 볼 수 있습니다. 필요하면 관리자에게 문의해 주세요.")


def about(cycle_id: int, scheme: str, period_id: int | None) -> dict[str, Any]:
    """The result as a step's data name it."""
    return {"cycle": cycle_id, "scheme": scheme, "period": period_id}


def result_for(talk: Talk, data: Data) -> SchemeResult:
    """The result that a step's data name, for who sees all of it."""
    must_see_all(talk)
    return result_of(talk.session, data["cycle"], data["scheme"], data["period"])


def title_of(session: Session, cycle_id: int, period_id: int | None, scheme: str) -> Phrase:
    """`2019년 성과관리 상반기 기관평가`; `scheme` is its name."""
    if period_id is not None:
        period = period_in_full(session, session.get_one(Period, period_id))
        return say("{period} {scheme}", period=period, scheme=scheme)
    return say("{cycle} 연간 {scheme}", cycle=session.get_one(Cycle, cycle_id).name, scheme=scheme)


def title_of_result(session: Session, result: SchemeResult) -> Phrase:
    period = result.period.id if result.period else None
    return title_of(session, result.cycle.id or 0, period, result.scheme.name)


def standing_of(total: Decimal, rank: int, among: int, grouping: str, grade: str, prize: str) -> Phrase:
    """`91.20점 · 3위(전체 45) · S등급 · 최우수`; within a group `1위(공사·공단 4)`."""
    within = say("{group}", group=grouping) if grouping else say("전체")
    told = say(
        "{total}점 · {rank}위({within} {among})", total=f"{total:f}", rank=rank, within=within, among=among
    )
    return _honoured(told, grade, prize)


def short_standing(total: Decimal, grouping: str, grade: str, prize: str) -> Phrase:
    """`91.20점 · S등급 · 최우수`, where the rank stands before it; first the group in which it is the rank."""
    told = say("{total}점", total=f"{total:f}")
    return _honoured(say("{group} · {told}", group=grouping, told=told) if grouping else told, grade, prize)


def _honoured(told: Phrase, grade: str, prize: str) -> Phrase:
    if grade:
        told = say("{told} · {grade}등급", told=told, grade=grade)
    return say("{told} · {prize}", told=told, prize=prize) if prize else told


def how_many(kind: SubjectKind, count: int) -> Phrase:
    """`45곳`, of persons `45명`."""
    return say("{count}명", count=count) if kind is SubjectKind.PERSON else say("{count}곳", count=count)


def standing_of_subject(one: SubjectResult) -> Phrase:
    place = one.place
    grouping = one.subject.grouping
    return standing_of(one.score.total, place.rank, place.among, grouping, place.grade, place.prize)


def part_shown(name: str, points: Decimal, weight: Decimal | None) -> Phrase:
    """`• 달성도: 60.00 / 70점`, `• 가점: +1.50점`, `• 감점: △0.50점`; what could not be had is no 0."""
    if weight == 0:
        return say("• {name}: 해당 없음", name=name)
    if weight is not None:
        return say("• {name}: {points} / {weight}점", name=name, points=f"{points:f}", weight=weight)
    if points < 0:
        return say("• {name}: △{points}점", name=name, points=f"{-points:f}")
    return say("• {name}: +{points}점", name=name, points=f"{points:f}")


def why(cycle_id: int, scheme: str, period_id: int | None, subject_id: int) -> Button:
    """The way to the explanation of a total."""
    return Button(say("왜 이 점수인가요?"), explained(Place(cycle_id, period_id, scheme, subject_id)))
