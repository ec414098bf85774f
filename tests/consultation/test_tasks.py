"""Notes after the meeting, and the tasks that come of them: sent, answered, opened again, dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models.consultation.booking import Booking, BookingState
from models.consultation.programme import Programme, Slot
from models.consultation.review import Criterion, ReviewTask, TaskState, Verdict, ViewStage
from models.consultation.tasks import (
    Changes,
    OpenedTask,
    answer_task,
    correct_note,
    notes_missing,
    own_tasks,
    reopen_task,
    send_notes,
    tasks_of,
)
from models.consultation.views import Words
from models.organization import Role
from models.plan import Indicator
from models.rights import standing_of
from tests.consultation.review import Review, Verb
from tests.kit.consultation import add_person, words

TWO = words("분모를 바꾸고 목표를 높여 주세요.", formula=Verdict.MEND, challenge=Verdict.REPLACE)
ONE = words("목표를 높여 주세요.", challenge=Verdict.REPLACE)
AUGUST_19 = datetime(2019, 8, 19, 9, tzinfo=UTC)
"""Ten working days after Friday 2 August, less 15 August: 18:00 of Monday the 19th."""


def notes(review: Review, *said: Words) -> None:
    """The notes on 총무과's indicators; where there are fewer, the rest is good."""
    for code, one in zip(("G1", "G2", "G3"), (*said, words(), words(), words()), strict=False):
        review.does("consultant", review.writing(code, one, ViewStage.NOTE))


def sending(review: Review, due_at: datetime | None = None) -> Verb[Changes]:
    key = (review.programme, review.department())
    return lambda session, doer: send_notes(session, doer, *key, due_at)


def correcting(review: Review, said: Words, code: str = "G1") -> Verb[Changes]:
    """The note on an indicator as it stands now, with other words."""
    view = review.view(code, ViewStage.NOTE)
    revision = view.revision if view else 0
    key = (review.programme, review.indicator(code))
    return lambda session, doer: correct_note(session, doer, *key, said, revision)


def tasks(review: Review) -> Sequence[ReviewTask]:
    with review.city.database.read() as session:
        return session.exec(select(ReviewTask).order_by(ReviewTask.id)).all()  # type: ignore[arg-type]


def states(review: Review) -> dict[Criterion, TaskState]:
    return {task.criterion: task.state for task in tasks(review)}


def answering(
    task: ReviewTask, text: str = "분모를 바꾸었습니다.", verb: Any = answer_task
) -> Verb[OpenedTask]:
    """With the task as it stands now."""
    return lambda session, doer: verb(session, doer, task.id, task.revision, text)


def asked(review: Review, said: Words = TWO) -> Sequence[ReviewTask]:
    """The notes are sent; the tasks of G1."""
    notes(review, said)
    review.does("consultant", sending(review))
    return tasks(review)


def test_each_criterion_that_is_not_good_becomes_a_task(any_review: Review) -> None:
    notes(any_review, TWO, words(), ONE)
    changes = any_review.does("consultant", sending(any_review))
    assert (len(changes.new), len(changes.dropped)) == (3, 0)
    g1, g3 = any_review.indicator("G1"), any_review.indicator("G3")
    assert [(task.indicator_id, task.criterion, task.state, task.due_at) for task in tasks(any_review)] == [
        (g1, Criterion.FORMULA, TaskState.OPEN, AUGUST_19),
        (g1, Criterion.CHALLENGE, TaskState.OPEN, AUGUST_19),
        (g3, Criterion.CHALLENGE, TaskState.OPEN, AUGUST_19),
    ]
    view = any_review.view("G2", ViewStage.NOTE)
    assert view is not None and view.sent_at == any_review.now
    assert any_review.audited() == [*["view.note"] * 3, "notes.send"]


def test_the_consultant_may_give_a_date(review: Review) -> None:
    notes(review, ONE)
    told = review.refused("consultant", sending(review, review.now))
    assert told == "기한은 지금보다 뒤여야 합니다. 다른 날짜를 적어 주세요."
    review.does("consultant", sending(review, review.now + timedelta(days=3)))
    assert tasks(review)[0].due_at == review.now + timedelta(days=3)


def test_notes_that_come_late_leave_ten_working_days_all_the_same(review: Review) -> None:
    review.now = datetime(2019, 8, 20, 5, tzinfo=UTC)
    asked(review)
    assert tasks(review)[0].due_at == datetime(2019, 9, 3, 9, tzinfo=UTC)


def test_without_a_deadline_of_notes_it_counts_from_today(review: Review) -> None:
    review.city.change(Programme, review.programme, notes_due=None)
    asked(review)
    assert tasks(review)[0].due_at == datetime(2019, 7, 29, 9, tzinfo=UTC)


def test_notes_are_sent_when_all_are_there_and_once(review: Review) -> None:
    review.does("consultant", review.writing("G1", ONE, ViewStage.NOTE))
    assert "의견을 다 쓰지 않은 지표가 2개" in review.refused("consultant", sending(review))
    assert tasks(review) == []
    asked(review)
    assert "이미 부서에 보낸 의견입니다." in review.refused("consultant", sending(review))
    told = review.refused("consultant", review.writing("G1", words(), ViewStage.NOTE))
    assert "이미 부서에 보낸 의견입니다." in told


def test_of_two_who_send_at_once_one_does(any_review: Review) -> None:
    any_review.city.people["other"] = add_person(any_review.city.database, "c2", "윤자문", Role.CONSULTANT)
    notes(any_review, TWO)
    told = any_review.at_once([("consultant", sending(any_review)), ("other", sending(any_review))])
    assert told.count("") == 1 and "이미 부서에 보낸 의견입니다." in max(told)
    assert len(tasks(any_review)) == 2


@pytest.mark.parametrize("person", ["officer", "evaluator", "administrator", "elsewhere"])
def test_only_the_department_s_consultants_send_correct_and_open_again(review: Review, person: str) -> None:
    there = add_person(review.city.database, "c3", "문자문", Role.CONSULTANT, "WEL")
    review.city.people["elsewhere"] = there
    notes(review, ONE)
    assert "컨설턴트만" in review.refused(person, sending(review))
    review.does("consultant", sending(review))
    assert "컨설턴트만" in review.refused(person, correcting(review, words()))
    review.does("officer", answering(tasks(review)[0]))
    again = answering(tasks(review)[0], "더 높여 주세요.", reopen_task)
    assert "컨설턴트만" in review.refused(person, again)
    assert states(review) == {Criterion.CHALLENGE: TaskState.DONE}


@pytest.mark.parametrize("person", ["officer", "deputy"])
def test_the_officer_or_their_deputy_answers(review: Review, person: str) -> None:
    [first, _] = asked(review)
    review.does(person, answering(first))
    done = tasks(review)[0]
    assert (done.state, done.answer, done.done_at) == (TaskState.DONE, "분모를 바꾸었습니다.", review.now)
    assert done.done_by_id == review.city.people[person]


@pytest.mark.parametrize("person", ["civil", "lead", "consultant", "administrator"])
def test_nobody_else_answers(review: Review, person: str) -> None:
    [first, _] = asked(review)
    assert review.refused(person, answering(first)) == "민원처리율은 담당자만 답할 수 있습니다."


def test_an_answer_has_words_and_comes_once(review: Review) -> None:
    [first, _] = asked(review)
    assert review.refused("officer", answering(first, " ")) == "무엇을 어떻게 고쳤는지 적어 주세요."
    review.does("deputy", answering(first))
    told = "송대결 님이 7. 15.(월) 14:00에 먼저 답했습니다."
    assert review.refused("officer", answering(first, "다른 답")) == told
    assert tasks(review)[0].answer == "분모를 바꾸었습니다."


def test_the_consultant_opens_a_task_again_with_a_reason(review: Review) -> None:
    [first, _] = asked(review)
    review.does("officer", answering(first))
    done = tasks(review)[0]
    assert "사유를 적어 주세요." in review.refused("consultant", answering(done, " ", reopen_task))
    review.now = AUGUST_19 + timedelta(days=1)
    review.does("consultant", answering(done, "산식이 그대로입니다.", reopen_task))
    again = tasks(review)[0]
    assert (again.state, again.reason) == (TaskState.OPEN, "산식이 그대로입니다.")
    assert again.due_at == datetime(2019, 9, 3, 9, tzinfo=UTC)
    assert "그사이 내용이 바뀌었습니다." in review.refused("officer", answering(first, "옛 화면의 답"))
    review.does("officer", answering(again, "산식을 바꾸었습니다."))
    assert (tasks(review)[0].state, tasks(review)[0].answer) == (TaskState.DONE, "산식을 바꾸었습니다.")
    assert review.audited()[-3:] == ["task.answer", "task.reopen", "task.answer"]


def test_what_is_open_is_not_opened_again(review: Review) -> None:
    [first, _] = asked(review)
    told = review.refused("consultant", answering(first, "더 높여 주세요.", reopen_task))
    assert "그사이 내용이 바뀌었습니다." in told
    assert tasks(review)[0].reason == ""


def test_a_task_opened_again_in_time_keeps_its_deadline(review: Review) -> None:
    notes(review, ONE)
    soon = review.now + timedelta(days=3)
    review.does("consultant", sending(review, soon))
    review.does("officer", answering(tasks(review)[0]))
    review.does("consultant", answering(tasks(review)[0], "목표가 그대로입니다.", reopen_task))
    assert tasks(review)[0].due_at == soon


def test_a_corrected_note_drops_what_became_good_and_asks_for_what_is_new(review: Review) -> None:
    asked(review)
    target = words("목표의 근거를 적어 주세요.", target=Verdict.MEND, challenge=Verdict.REPLACE)
    changes = review.does("consultant", correcting(review, target))
    assert [task.criterion for task in changes.new] == [Criterion.TARGET]
    assert [task.criterion for task in changes.dropped] == [Criterion.FORMULA]
    assert states(review) == {
        Criterion.FORMULA: TaskState.DROPPED,
        Criterion.CHALLENGE: TaskState.OPEN,
        Criterion.TARGET: TaskState.OPEN,
    }
    changes = review.does("consultant", correcting(review, TWO))
    assert [task.criterion for task in changes.new] == [Criterion.FORMULA]
    assert states(review)[Criterion.FORMULA] is TaskState.OPEN
    assert len(tasks(review)) == 3


def test_an_answer_given_before_the_note_was_corrected_stays(review: Review) -> None:
    [first, _] = asked(review)
    review.does("officer", answering(first))
    changes = review.does("consultant", correcting(review, words()))
    assert [task.criterion for task in changes.dropped] == [Criterion.CHALLENGE]
    assert states(review) == {Criterion.FORMULA: TaskState.DONE, Criterion.CHALLENGE: TaskState.DROPPED}


def test_a_correction_is_whole_and_of_what_was_sent(review: Review) -> None:
    notes(review, TWO)
    told = review.refused("consultant", correcting(review, words()))
    assert "먼저 의견을 썼습니다." in told
    review.does("consultant", sending(review))
    half = Words({Criterion.LINK: Verdict.GOOD})
    assert "네 항목을 모두 고르고" in review.refused("consultant", correcting(review, half))
    late = correcting(review, words())
    review.does("consultant", correcting(review, ONE))
    assert "이미 부서에 보낸 의견입니다." in review.refused("consultant", late)


def test_an_answer_to_what_is_not_asked_any_more_is_told_so(review: Review) -> None:
    [first, _] = asked(review)
    review.does("consultant", correcting(review, ONE))
    told = "컨설턴트가 의견을 고쳐 더 이상 하지 않으셔도 되는 항목입니다."
    assert review.refused("officer", answering(first)) == told


def test_an_answer_and_a_correction_at_once_are_either_answered_or_dropped(any_review: Review) -> None:
    [only] = asked(any_review, ONE)
    drop = correcting(any_review, words())
    told = any_review.at_once([("officer", answering(only)), ("consultant", drop)])
    assert told[1] == ""
    [task] = tasks(any_review)
    if told[0]:
        assert (task.state, task.answer) == (TaskState.DROPPED, "")
    else:
        assert (task.state, task.answer) == (TaskState.DONE, "분모를 바꾸었습니다.")


def test_of_two_who_answer_at_once_one_does(any_review: Review) -> None:
    [only] = asked(any_review, ONE)
    told = any_review.at_once([("officer", answering(only)), ("deputy", answering(only, "대결의 답"))])
    assert told.count("") == 1 and "먼저 답했습니다." in max(told)


def test_who_has_what_to_do_is_known(review: Review) -> None:
    asked(review)
    review.does("officer", answering(tasks(review)[0]))

    def own(session: Session, person: str) -> list[Criterion]:
        standing = standing_of(session, review.city.people[person], review.now.date())
        return [one.task.criterion for one in own_tasks(session, standing)]

    with review.city.database.read() as session:
        here = tasks_of(session, review.programme, review.department())
        assert [one.indicator.code for one in here] == ["G1", "G1"]
        # What is still to do before what is done.
        assert own(session, "officer") == own(session, "deputy") == [Criterion.CHALLENGE, Criterion.FORMULA]
        assert own(session, "civil") == own(session, "lead") == []


def test_a_task_of_an_indicator_without_an_officer_is_every_officer_s_of_the_department(
    review: Review,
) -> None:
    review.city.change(Indicator, review.indicator("G1"), officer_id=None)
    [first, _] = asked(review)
    assert "담당자만 답할 수 있습니다." in review.refused("civil", answering(first))
    with review.city.database.read() as session:
        owners = [
            person
            for person, key in review.city.people.items()
            if own_tasks(session, standing_of(session, key, review.now.date()))
        ]
    assert owners == ["officer", "deputy"]
    review.does("officer", answering(first))
    assert tasks(review)[0].state is TaskState.DONE


def test_whose_notes_are_missing_is_known(review: Review) -> None:
    def missing() -> list[str]:
        with review.city.database.read() as session:
            return [one.code for one in notes_missing(session, session.get_one(Programme, review.programme))]

    assert missing() == []
    review.add(Slot(programme_id=review.programme, code="S1", starts_at=review.now, ends_at=review.now))
    _booked(review, "GEN", BookingState.ATTENDED)
    _booked(review, "CIV", BookingState.ABSENT)
    assert missing() == ["GEN"]
    notes(review)
    assert missing() == ["GEN"]
    review.does("consultant", sending(review))
    assert missing() == []


def _booked(review: Review, code: str, state: BookingState) -> None:
    review.add(
        Booking(
            programme_id=review.programme,
            slot_id=1,
            uid=code,
            state=state,
            department_id=review.department(code),
            person_id=review.city.people["officer"],
            booked_at=review.now,
            changed_at=review.now,
        )
    )
