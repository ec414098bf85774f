"""Items of owner departments (소관 항목): their values, given one by one or in one workbook, all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import record
from models.doer import Doer
from models.organization import Department, Person, Role
from models.plan import Cycle, Period
from models.rights import Holding
from models.scheme.finding import find_subject, must_be_open, newest_part
from models.scheme.result import scheme_on
from models.scheme.table import Combine, OwnerValue, Part, Scheme, Source, Subject
from models.scoring import check_actual
from models.words import Refusal

_OWNING = (Role.OFFICER, Role.TEAM_LEAD)


@dataclass(frozen=True)
class Given:
    """What one subject is given; `value` is None where the item does not apply (해당없음)."""

    subject_id: int
    value: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Item:
    """An owner's part with what it is about: `period_id` is None for the whole year. A part that names no owner is an
    item of each supervising department, for the subjects it supervises."""

    scheme: Scheme
    part: Part
    period_id: int | None
    owner: Department

    @property
    def is_supervisors(self) -> bool:
        return self.part.owner_id is None

    @property
    def subject(self) -> str:
        """How the audit knows the item."""
        return f"item:{self.scheme.cycle_id}.{self.scheme.code}.{self.part.code}.{self.period_id or 'year'}"


def open_item(
    session: Session,
    cycle_id: int,
    scheme: str,
    part: str,
    period_id: int | None,
    owner_id: int | None = None,
) -> Item:
    """The item as that version of the scheme has it with which its values are reckoned. Refusal where it is none of
    an owner department. `owner_id`: which supervising department's, where the part names no owner."""
    found, own = _in_force(session, cycle_id, scheme, part, period_id)
    owner = session.get(Department, own.owner_id or owner_id or 0)
    if own.source is not Source.OWNER or owner is None:
        raise Refusal("{name:은/는} 소관부서가 값을 주는 항목이 아닙니다.", name=own.name)
    if (own.combine is Combine.YEAR) != (period_id is None):
        raise Refusal(
            "{name:은/는} 그 기간에 평가하는 항목이 아닙니다. 목록에서 선택해 주세요.", name=own.name
        )
    return Item(found, own, period_id, owner)


def _in_force(
    session: Session, cycle_id: int, code: str, part: str, period_id: int | None
) -> tuple[Scheme, Part]:
    """The part in the version of the period's last day, or of the cycle's."""
    newest = newest_part(session, cycle_id, code, part)
    period = session.get(Period, period_id) if period_id is not None else None
    day = period.ends_on if period else session.get_one(Cycle, cycle_id).ends_on
    scheme = scheme_on(session, cycle_id, code, day)
    own = session.exec(select(Part).where(Part.scheme_id == scheme.id, Part.code == part)).first()
    # What that version does not have nobody is asked for; what is kept is shown by the newest that has it.
    return newest if own is None else (scheme, own)


def right_to_give(doer: Doer, item: Item) -> Holding | None:
    """The right of an officer or a team lead of the owner department, or of who stands in for one."""
    return next((one for role in _OWNING for one in doer.standing.rights(role, item.owner.path)), None)


def give_value(
    session: Session, doer: Doer, item: Item, subject_id: int, value: Decimal | None, note: str = ""
) -> OwnerValue | None:
    """Gives one subject its value; None where it has that value already.

    Raises Refusal where the doer is none of the owner's, for their own person, in a closed period, or for a value
    that the item's rule does not take.
    """
    given = give_values(session, doer, item, [Given(subject_id, value, note)])
    return given[0] if given else None


def give_values(
    session: Session,
    doer: Doer,
    item: Item,
    values: Sequence[Given],
    seen: int | None = None,
    file_name: str = "",
    file_sha256: str = "",
) -> list[OwnerValue]:
    """Gives the subjects their values, all or none; what is as it was before is left alone. The new rows.

    seen: the newest value of the item (`newest_of`) when the person decided; where another came since, refused.
    """
    _one_at_a_time(session, item)
    must_be_open(session, item.scheme.cycle_id, item.period_id)
    before = values_of(session, item)
    _must_be_as_seen(session, before.values(), seen)
    rows = []
    for one in values:
        subject = find_subject(session, one.subject_id)
        holding = _may_give(session, doer, item, subject)
        check_value(item.part, one.value)
        last = before.get(one.subject_id)
        if last is not None and (last.value, last.note) == (one.value, one.note):
            continue
        row = OwnerValue(
            subject_id=one.subject_id, part=item.part.code, period_id=item.period_id, value=one.value,
            not_applicable=one.value is None, note=one.note, given_by_id=doer.person_id,
            given_for_id=holding.acting_for_id, given_at=doer.now, file_name=file_name, file_sha256=file_sha256,
        )  # fmt: skip
        session.add(row)
        session.flush()
        record(
            session, doer.now, doer.actor(holding), "owner.give", item.subject,
            code=subject.code, value=None if one.value is None else f"{one.value:f}",
            note=one.note or None, sha256=file_sha256 or None,
        )  # fmt: skip
        rows.append(row)
    return rows


def check_value(part: Part, value: Decimal | None) -> None:
    """Refuses a value that the part's rule does not take; None, for not applicable, is taken by all."""
    if value is None:
        return
    if part.kind is not None:
        check_actual(part.kind, value)
    elif not 0 <= value <= (part.points or 0):
        raise Refusal("0점에서 {most}점 사이로 적어 주세요.", most=part.points or Decimal(0))


def values_of(session: Session, item: Item) -> dict[int, OwnerValue]:
    """The value that counts of each subject that has one, by the subject's id."""
    newest = (
        sa.select(sa.func.max(col(OwnerValue.id)))
        .join(Subject, col(Subject.id) == col(OwnerValue.subject_id))
        .where(*_of_item(item))
        .where(
            col(OwnerValue.part) == item.part.code,
            col(OwnerValue.period_id).is_not_distinct_from(item.period_id),
        )
        .group_by(col(OwnerValue.subject_id))
    )
    return {
        row.subject_id: row for row in session.exec(select(OwnerValue).where(col(OwnerValue.id).in_(newest)))
    }


def newest_of(values: Collection[OwnerValue]) -> int:
    """The id of the newest of these values, 0 where there is none: what `seen` is."""
    return max((one.id or 0 for one in values), default=0)


def subjects_of_item(session: Session, item: Item) -> list[Subject]:
    """The subjects that the item's owner gives a value, in the order of the plan."""
    query = select(Subject).where(*_of_item(item))
    return list(session.exec(query.order_by(col(Subject.position), col(Subject.id))))


def _of_item(item: Item) -> tuple[sa.ColumnElement[bool], ...]:
    of_scheme = col(Subject.cycle_id) == item.scheme.cycle_id, col(Subject.scheme) == item.scheme.code
    if not item.is_supervisors:
        return of_scheme
    supervised = sa.select(col(Department.id)).where(col(Department.supervisor_id) == item.owner.id)
    return (*of_scheme, col(Subject.department_id).in_(supervised))


def subjects_of(session: Session, cycle_id: int, scheme: str) -> list[Subject]:
    """The subjects of a scheme, in the order of the plan."""
    query = select(Subject).where(Subject.cycle_id == cycle_id, Subject.scheme == scheme)
    return list(session.exec(query.order_by(col(Subject.position), col(Subject.id))))


def may_give_to(doer: Doer, item: Item, subject: Subject) -> Holding | None:
    """The right to give this subject its value: not one's own, nor that of whom one stands in for."""
    rights = (one for role in _OWNING for one in doer.standing.rights(role, item.owner.path))
    if subject.person_id == doer.person_id:
        return None
    return next(
        (one for one in rights if subject.person_id is None or one.acting_for_id != subject.person_id), None
    )


def _may_give(session: Session, doer: Doer, item: Item, subject: Subject) -> Holding:
    if (subject.cycle_id, subject.scheme) != (item.scheme.cycle_id, item.scheme.code):
        raise Refusal("{code:은/는} 이 평가체계의 평가대상이 아닙니다.", code=subject.code)
    if item.is_supervisors:
        place = session.get_one(Department, subject.department_id)
        if place.supervisor_id != item.owner.id:
            raise Refusal(
                "{name:은/는} {owner:이/가} 감독하는 곳이 아니어서 값을 줄 수 없습니다.",
                name=place.name, owner=item.owner.name,
            )  # fmt: skip
    if right_to_give(doer, item) is None:
        raise Refusal("{owner}의 담당자와 팀장만 값을 줄 수 있습니다.", owner=item.owner.name)
    holding = may_give_to(doer, item, subject)
    if holding is None:
        name = session.get_one(Person, subject.person_id or 0).name
        raise Refusal(
            "본인의 점수는 줄 수 없습니다. {name} 님의 값은 {owner}의 다른 담당자에게 요청해 주세요.",
            name=name, owner=item.owner.name,
        )  # fmt: skip
    return holding


def _must_be_as_seen(session: Session, values: Collection[OwnerValue], seen: int | None) -> None:
    newest = newest_of(values)
    if seen is None or newest == seen:
        return
    last = next(one for one in values if one.id == newest)
    raise Refusal(
        "{name} 님이 {at}에 먼저 값을 바꿨습니다. 파일을 다시 올려 달라진 점을 확인해 주세요.",
        name=session.get_one(Person, last.given_by_id).name,
        at=last.given_at,
    )


def _one_at_a_time(session: Session, item: Item) -> None:
    """Whoever else gives values of this scheme waits here until this transaction ends."""
    row = sa.select(col(Scheme.id)).where(col(Scheme.id) == item.scheme.id).with_for_update(key_share=True)
    session.execute(row).all()
