"""Announcing a result (결과 게시): what everybody is told stays as it was, a correction is the next announcement."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.appeal.result import window_ends
from models.audit import record
from models.doer import Doer
from models.organization import Department, Role
from models.period import administering
from models.plan import Cycle, periods_of
from models.reminding.circle import Circle
from models.scheme.adjustment_file import is_told
from models.scheme.announced import Line, announced, fingerprint, lines_of
from models.scheme.finding import since
from models.scheme.result import result_of
from models.scheme.table import Announcement, Scheme, Subject
from models.words import Refusal

_TOLD = (Role.TEAM_LEAD, Role.OFFICER)


def announce(
    session: Session, doer: Doer, cycle_id: int, scheme: str, period_id: int | None, seen: str
) -> Announcement:
    """Keeps the result as it is now as the next announcement. `seen`: the fingerprint of what was looked at.

    Raises Refusal where the doer is no administrator, where the result is not the one that was looked at, and
    where it is the one that was announced last.
    """
    holding = administering(doer)
    _one_at_a_time(session, cycle_id, scheme)
    lines = lines_of(result_of(session, cycle_id, scheme, period_id))
    if not lines:
        raise Refusal("평가대상이 없어 게시할 결과가 없습니다. 성과관리계획에 평가대상을 등록해 주세요.")
    now = fingerprint(lines)
    if now != seen:
        raise Refusal("그사이 결과가 바뀌었습니다. 새 결과를 확인하고 다시 게시해 주세요.")
    last = last_announcement(session, cycle_id, scheme, period_id)
    if last is not None and fingerprint(announced(last)) == now:
        raise Refusal(
            "{at}에 게시한 결과와 같습니다. 달라진 것이 있을 때 다시 게시해 주세요.", at=last.announced_at
        )
    made = Announcement(
        cycle_id=cycle_id, scheme=scheme, period_id=period_id, announced_by_id=doer.person_id,
        announced_at=doer.now, results=[line.kept() for line in lines],
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        session, doer.now, doer.actor(holding), "result.announce", f"announcement:{made.id}",
        scheme=scheme, subjects=len(lines), sha256=now,
    )  # fmt: skip
    return made


def last_announcement(
    session: Session, cycle_id: int, scheme: str, period_id: int | None, before: int | None = None
) -> Announcement | None:
    """The last announcement of a result; the last one before the one with the id `before`, where it is given."""
    query = select(Announcement).where(
        Announcement.cycle_id == cycle_id,
        Announcement.scheme == scheme,
        col(Announcement.period_id).is_not_distinct_from(period_id),
    )
    if before is not None:
        query = query.where(col(Announcement.id) < before)
    return session.exec(query.order_by(col(Announcement.id).desc())).first()


def told_before(session: Session, announcement: Announcement) -> dict[int, Line]:
    """What was announced before of each subject, by its id; empty for the first announcement."""
    last = last_announcement(
        session, announcement.cycle_id, announcement.scheme, announcement.period_id, announcement.id
    )
    return {line.subject_id: line for line in announced(last)} if last is not None else {}


def changed_lines(session: Session, announcement: Announcement) -> list[Line]:
    """The lines that say something else than the announcement before, or were not in it."""
    before = told_before(session, announcement)
    return [line for line in announced(announcement) if before.get(line.subject_id) != line]


def whom_to_tell(session: Session, subject: Subject, circle: Circle) -> tuple[int, ...]:
    """A person their own result, and nobody else; a department's leads and officers its result."""
    if subject.person_id is not None:
        return (subject.person_id,) if subject.person_id in circle.here else ()
    people = (one for role in _TOLD for one in circle.nearest(role, subject.department_id))
    return circle.receivers(people)


def may_see_result(session: Session, doer: Doer, subject: Subject) -> bool:
    """Whether what was announced of the subject is this person's to know."""
    return is_told(doer, subject, session.get_one(Department, subject.department_id))


def anything_announced(session: Session, today: date) -> bool:
    """Whether any result of a cycle still at hand was announced."""
    query = (
        sa.select(col(Announcement.id))
        .join(Cycle, col(Cycle.id) == col(Announcement.cycle_id))
        .where(col(Cycle.ends_on) >= since(today))
        .limit(1)
    )
    return session.execute(query).first() is not None


def announcements_for(session: Session, doer: Doer) -> list[tuple[Announcement, Subject]]:
    """The last announcement of each result in which there is something of this person's, the newest first."""
    last = sa.select(sa.func.max(col(Announcement.id))).group_by(
        col(Announcement.cycle_id), col(Announcement.scheme), col(Announcement.period_id)
    )
    query = (
        select(Announcement)
        .join(Cycle, col(Cycle.id) == col(Announcement.cycle_id))
        .where(col(Announcement.id).in_(last), Cycle.ends_on >= since(doer.today))
        .order_by(col(Announcement.id).desc())
    )
    found = []
    for one in session.exec(query):
        # Who came into the scheme since then is not in what was announced.
        subjects = select(Subject).where(col(Subject.id).in_([line.subject_id for line in announced(one)]))
        for subject in session.exec(subjects.order_by(col(Subject.position), col(Subject.id))):
            if may_see_result(session, doer, subject):
                found.append((one, subject))
    return found


def appeal_until(session: Session, cycle_id: int, period_id: int | None) -> datetime | None:
    """Until when appeals are taken: by the window of the period, or for the year by that of the last period."""
    periods = periods_of(session, cycle_id)
    asked = [one for one in periods if one.id == period_id] if period_id is not None else periods[-1:]
    return window_ends(session, asked[0]) if asked else None


def _one_at_a_time(session: Session, cycle_id: int, scheme: str) -> None:
    """Whoever else would announce a result of the scheme waits here until this transaction ends."""
    query = sa.select(col(Scheme.id)).where(col(Scheme.cycle_id) == cycle_id, col(Scheme.code) == scheme)
    session.execute(query.order_by(col(Scheme.id)).with_for_update(key_share=True)).all()
