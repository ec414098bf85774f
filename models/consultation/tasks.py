"""After the meeting: notes are sent back, each criterion that is not good becomes a task, tasks are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import record
from models.clock import SEOUL, local_day
from models.consultation.booking import Booking, BookingState
from models.consultation.papers import departments_of, find_programme, subject_of
from models.consultation.programme import Programme
from models.consultation.review import ReviewTask, TaskState, View, ViewStage
from models.consultation.views import (
    Words,
    all_complete,
    overtaken,
    put_view,
    right_to_consult,
    right_to_view,
    views_of,
    words_of,
)
from models.doer import Doer
from models.organization import Department, Person
from models.plan import Indicator
from models.rights import Standing, may_report
from models.special_days import working_days
from models.store import changed_one
from models.words import Refusal

WORKING_DAYS_TO_MEND = 10
_DAY_ENDS = time(18, 0)


@dataclass(frozen=True)
class OpenedTask:
    """A task with what it is about."""

    task: ReviewTask
    view: View
    indicator: Indicator
    department: Department
    programme: Programme

    @property
    def subject(self) -> str:
        """What the audit and the cards call it."""
        return f"task:{self.task.id}"


@dataclass(frozen=True)
class Changes:
    """What a note that was sent or corrected has changed: tasks that are new, and those not needed any more."""

    new: Sequence[ReviewTask]
    dropped: Sequence[ReviewTask]


def due_of_tasks(session: Session, doer: Doer, programme: Programme) -> datetime:
    """Ten working days after notes are due, or after today where that is later; 18:00 of that day."""
    start = doer.today if programme.notes_due is None else max(local_day(programme.notes_due), doer.today)
    return datetime.combine(working_days(session).add(start, WORKING_DAYS_TO_MEND), _DAY_ENDS, SEOUL)


def send_notes(
    session: Session, doer: Doer, programme_id: int, department_id: int, due_at: datetime | None = None
) -> Changes:
    """Gives the department its notes, and its officers a task for each criterion that is not good."""
    programme = find_programme(session, programme_id)
    _, holding = right_to_consult(session, doer, department_id)
    if due_at is not None and due_at <= doer.now:
        raise Refusal("기한은 지금보다 뒤여야 합니다. 다른 날짜를 적어 주세요.")
    views = all_complete(views_of(session, programme, department_id, ViewStage.NOTE))
    unsent = [view for view in views if view.sent_at is None]
    if not unsent:
        raise overtaken(session, views[0] if views else None)
    for view in unsent:
        _mark_sent(session, doer, view)
    until = due_at or due_of_tasks(session, doer, programme)
    changes = [_set_tasks(session, view, until) for view in unsent]
    new = [task for one in changes for task in one.new]
    subject = subject_of(programme_id, department_id)
    record(session, doer.now, doer.actor(holding), "notes.send", subject, count=len(unsent), tasks=len(new))
    return Changes(new, [task for one in changes for task in one.dropped])


def correct_note(
    session: Session, doer: Doer, programme_id: int, indicator_id: int, words: Words, revision: int
) -> Changes:
    """Changes a note that was sent; the department reads it at once, and its tasks follow."""
    if not words.is_complete:
        raise Refusal("네 항목을 모두 고르고, 적정이 아닌 항목이 있으면 의견을 적어 주세요.")
    programme = find_programme(session, programme_id)
    _, holding = right_to_view(session, doer, programme_id, indicator_id)
    view = put_view(session, doer, programme_id, indicator_id, ViewStage.NOTE, words, revision, was_sent=True)
    changes = _set_tasks(session, view, due_of_tasks(session, doer, programme))
    counts = {"new": len(changes.new), "dropped": len(changes.dropped)}
    record(session, doer.now, doer.actor(holding), "note.correct", f"view:{view.id}", **counts)
    return changes


def answer_task(session: Session, doer: Doer, task_id: int, revision: int, text: str) -> OpenedTask:
    """The officer says what was done about it, and the task is done."""
    opened = open_task(session, task_id)
    holding = may_report(doer.standing, opened.indicator, opened.department.path)
    if holding is None:
        raise Refusal("{indicator:은/는} 담당자만 답할 수 있습니다.", indicator=opened.indicator.name)
    if not text.strip():
        raise Refusal("무엇을 어떻게 고쳤는지 적어 주세요.")
    done = {"answer": text.strip(), "done_by_id": doer.person_id, "done_at": doer.now}
    _change(session, opened, TaskState.OPEN, TaskState.DONE, revision, **done)
    record(session, doer.now, doer.actor(holding), "task.answer", opened.subject)
    return opened


def reopen_task(session: Session, doer: Doer, task_id: int, revision: int, reason: str) -> OpenedTask:
    """The consultant is not content with the answer and says why."""
    opened = open_task(session, task_id)
    _, holding = right_to_consult(session, doer, opened.indicator.department_id)
    if not reason.strip():
        raise Refusal("다시 여는 사유를 적어 주세요. 담당자에게 전달됩니다.")
    due = opened.task.due_at
    late = due is None or due < doer.now
    again = {
        "reason": reason.strip(),
        "due_at": due_of_tasks(session, doer, opened.programme) if late else due,
    }
    _change(session, opened, TaskState.DONE, TaskState.OPEN, revision, **again)
    record(session, doer.now, doer.actor(holding), "task.reopen", opened.subject, reason=reason.strip())
    return opened


def open_task(session: Session, task_id: int) -> OpenedTask:
    """The task of that id; Refusal where there is none."""
    rows = _tasks(session, col(ReviewTask.id) == task_id)
    if not rows:
        raise Refusal("찾으시는 항목이 없습니다. 목록에서 다시 선택해 주세요.")
    return rows[0]


def must_be_as_seen(session: Session, task: ReviewTask, state: TaskState, revision: int) -> None:
    """Refuses whoever would act on what was seen at `revision` and is not so any more, and says what came between."""
    if (task.state, task.revision) != (state, revision):
        raise _overtaken(session, task)


def tasks_of(session: Session, programme_id: int, department_id: int) -> list[OpenedTask]:
    """Every task of a department in a programme that was not dropped."""
    of = (col(Programme.id) == programme_id) & (col(Department.id) == department_id)
    return _tasks(session, of & (col(ReviewTask.state) != TaskState.DROPPED))


def own_tasks(session: Session, standing: Standing) -> list[OpenedTask]:
    """The tasks this person answers, themselves or as a deputy: those to do first, then those done."""
    people = {standing.person_id, *standing.stood_in_for()}
    officers = (col(Indicator.officer_id), col(Indicator.deputy_officer_id))
    nobody = sa.and_(*(one.is_(None) for one in officers))
    maybe = sa.or_(nobody, *(one.in_(people) for one in officers))
    rows = _tasks(session, (col(ReviewTask.state) != TaskState.DROPPED) & maybe)
    own = [one for one in rows if may_report(standing, one.indicator, one.department.path)]
    return sorted(own, key=lambda one: one.task.state is TaskState.DONE)


def notes_missing(session: Session, programme: Programme) -> list[Department]:
    """Departments that were at their meeting and have not been sent a note on every indicator."""
    met = select(Booking.department_id).where(
        Booking.programme_id == programme.id, Booking.state == BookingState.ATTENDED
    )
    there = set(session.exec(met))
    return [
        one
        for one in departments_of(session, programme)
        if one.id in there and _lacks(session, programme, one)
    ]


def _lacks(session: Session, programme: Programme, department: Department) -> bool:
    rows = views_of(session, programme, department.id or 0, ViewStage.NOTE)
    return any(view is None or view.sent_at is None for _, view in rows)


def _tasks(session: Session, condition: sa.ColumnElement[bool]) -> list[OpenedTask]:
    rows = session.execute(
        sa.select(ReviewTask, View, Indicator, Department, Programme)
        .join(View, col(View.id) == col(ReviewTask.view_id))
        .join(Indicator, col(Indicator.id) == col(ReviewTask.indicator_id))
        .join(Department, col(Department.id) == col(Indicator.department_id))
        .join(Programme, col(Programme.id) == col(View.programme_id))
        .where(condition)
        .order_by(col(ReviewTask.due_at), col(Indicator.position), col(ReviewTask.id))
        .execution_options(populate_existing=True)
    )
    return [OpenedTask(*row) for row in rows]


def _mark_sent(session: Session, doer: Doer, view: View) -> None:
    """Marks a note as sent as it was read; another that sends or writes it at the same time is refused."""
    changed = changed_one(
        session,
        sa.update(View)
        .where(col(View.id) == view.id, col(View.revision) == view.revision, col(View.sent_at).is_(None))
        .values(sent_at=doer.now, revision=view.revision + 1),
    )
    session.refresh(view)
    if not changed:
        raise overtaken(session, view)


def _set_tasks(session: Session, view: View, due_at: datetime) -> Changes:
    """One open task for each criterion that is not good; those of a criterion that became good are dropped."""
    query = select(ReviewTask).where(ReviewTask.view_id == view.id)
    here = {task.criterion: task for task in session.exec(query.execution_options(populate_existing=True))}
    to_mend = words_of(view).to_mend
    new: list[ReviewTask] = []
    for criterion in to_mend:
        task = here.get(criterion)
        if task is None:
            task = ReviewTask(view_id=view.id or 0, indicator_id=view.indicator_id, criterion=criterion)
        elif task.state is not TaskState.DROPPED:
            continue
        task.state, task.due_at, task.revision = TaskState.OPEN, due_at, task.revision + 1
        session.add(task)
        new.append(task)
    session.flush()
    good = [task for criterion, task in here.items() if criterion not in to_mend]
    return Changes(new, [task for task in good if _drop(session, task)])


def _drop(session: Session, task: ReviewTask) -> bool:
    """Whether it was still open; what is answered stays as it is."""
    dropped = changed_one(
        session,
        sa.update(ReviewTask)
        .where(col(ReviewTask.id) == task.id, col(ReviewTask.state) == TaskState.OPEN)
        .values(state=TaskState.DROPPED, revision=col(ReviewTask.revision) + 1),
    )
    session.refresh(task)
    return dropped


def _change(
    session: Session, opened: OpenedTask, was: TaskState, to: TaskState, revision: int, **values: object
) -> None:
    """Sets the state where the task is still as it was seen; else says what came between."""
    task = opened.task
    changed = changed_one(
        session,
        sa.update(ReviewTask)
        .where(
            col(ReviewTask.id) == task.id, col(ReviewTask.state) == was, col(ReviewTask.revision) == revision
        )
        .values(state=to, revision=revision + 1, **values),
    )
    session.refresh(task)
    if not changed:
        raise _overtaken(session, task)


def _overtaken(session: Session, task: ReviewTask) -> Refusal:
    if task.state is TaskState.DROPPED:
        return Refusal("컨설턴트가 의견을 고쳐 더 이상 하지 않으셔도 되는 항목입니다.")
    if task.state is TaskState.DONE and task.done_by_id is not None and task.done_at is not None:
        name = session.get_one(Person, task.done_by_id).name
        return Refusal("{name} 님이 {at}에 먼저 답했습니다.", name=name, at=task.done_at)
    return Refusal("그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
