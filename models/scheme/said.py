"""What the plan says of a scheme, now or as of an instant: its versions with their parts, grades and prizes, and its
subjects. Every import that changes any of it keeps what it says from then on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models import plan_records
from models.scheme.table import Grade, Part, Prize, Scheme, Subject
from models.words import Refusal


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a scheme, in force from `scheme.valid_from` on; what belongs to it in the order of the plan."""

    scheme: Scheme
    parts: tuple[Part, ...]
    grades: tuple[Grade, ...]
    prizes: tuple[Prize, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """All versions of a scheme, the first one first, and whom it ranks, in the order of the plan."""

    editions: tuple[Edition, ...]
    subjects: tuple[Subject, ...]

    def on(self, day: date) -> Edition:
        """The version in force on a day; before the first one, the first."""
        return self.editions[in_force([one.scheme for one in self.editions], day)]


def in_force(versions: Sequence[Scheme], day: date) -> int:
    """Which of the versions, in order of their dates, is in force on a day; before the first one, the first."""
    return max(sum(one.valid_from <= day for one in versions) - 1, 0)


def no_scheme(code: str) -> Refusal:
    """What is said of a scheme that is not there."""
    return Refusal("평가체계 {code:을/를} 찾을 수 없습니다. 코드를 확인해 주세요.", code=code)


def said_of(session: Session, cycle_id: int, code: str, as_of: datetime | None = None) -> Said:
    """What the plan says of the scheme, or said at the instant `as_of`; before it was first recorded, what it said
    first. Rows of the past are in no session. Refusal where there is no such scheme."""
    kept = None if as_of is None else plan_records.kept_at(session, cycle_id, _subject(code), as_of)
    if kept is not None:
        return _read(kept)
    said = _now(session, cycle_id, code)
    if not said.editions:
        raise no_scheme(code)
    return said


def schemes_now(session: Session, cycle_ids: Collection[int] | None = None) -> Iterator[plan_records.Rule]:
    """What the plan says now of every scheme, or of those of these cycles, as it is kept."""
    named = select(Scheme.cycle_id, Scheme.code).distinct()
    if cycle_ids is not None:
        named = named.where(col(Scheme.cycle_id).in_(cycle_ids))
    for cycle_id, code in session.exec(named.order_by(col(Scheme.cycle_id), col(Scheme.code))).all():
        yield cycle_id, _subject(code), _written(_now(session, cycle_id, code))


def _subject(code: str) -> str:
    return f"scheme:{code}"


def _now(session: Session, cycle_id: int, code: str) -> Said:
    schemes = select(Scheme).where(Scheme.cycle_id == cycle_id, Scheme.code == code)
    editions = [
        Edition(one, *(_rows(session, kind, one) for kind in (Part, Grade, Prize)))
        for one in session.exec(plan_records.fresh(schemes.order_by(col(Scheme.valid_from)))).all()
    ]
    subjects = select(Subject).where(Subject.cycle_id == cycle_id, Subject.scheme == code)
    subjects = subjects.order_by(col(Subject.position), col(Subject.id))
    return Said(tuple(editions), tuple(session.exec(plan_records.fresh(subjects))))


def _rows(session: Session, kind: Any, scheme: Scheme) -> Any:
    query = select(kind).where(kind.scheme_id == scheme.id).order_by(kind.position, kind.id)
    return tuple(session.exec(plan_records.fresh(query)))


def _written(said: Said) -> plan_records.Said:
    editions = [
        {
            "scheme": one.scheme.model_dump(mode="json"),
            "parts": plan_records.written(one.parts),
            "grades": plan_records.written(one.grades),
            "prizes": plan_records.written(one.prizes),
        }
        for one in said.editions
    ]
    return {"editions": editions, "subjects": plan_records.written(said.subjects)}


def _read(said: plan_records.Said) -> Said:
    editions = tuple(
        Edition(
            Scheme.model_validate(one["scheme"]),
            plan_records.read(Part, one["parts"]),
            plan_records.read(Grade, one["grades"]),
            plan_records.read(Prize, one["prizes"]),
        )
        for one in said["editions"]
    )
    return Said(editions, plan_records.read(Subject, said["subjects"]))
