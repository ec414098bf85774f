"""The department's paper: written, handed in, taken back, and its files, who may do what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from models.audit import AuditRow
from models.consultation.papers import (
    PaperEntry,
    departments_of,
    files_of,
    find_programme,
    papers_missing,
    save_paper,
    take_back,
    written_reviews,
)
from models.consultation.programme import Programme, ProgrammeKind
from models.consultation.review import Paper, PaperFile, PaperState
from models.doer import Doer
from models.evidence.taking import take_file
from models.plan import Indicator
from models.words import Refusal
from tests.consultation.review import Review, parcel
from tests.kit.city import JULY
from tests.kit.consultation import WRITTEN_DUE, add_review

NOT_THEIRS = "총무과의 담당자나 팀장만 서면검토 자료를 낼 수 있습니다."


def _missing(review: Review) -> list[str]:
    with review.city.database.read() as session:
        programme = session.get_one(Programme, review.programme)
        return [one.code for one in papers_missing(session, programme)]


def _with_file(review: Review, mark: str = "a", kept: tuple[int, ...] = ()) -> Paper:
    def save(session: Session, doer: Doer) -> Paper:
        return review.saving("", kept=kept, added=[parcel(session, doer, mark)])(session, doer)

    return review.does("officer", save)


def _files(review: Review) -> list[PaperFile]:
    with review.city.database.read() as session:
        return files_of(session, review.paper())


def test_a_paper_is_written_handed_in_taken_back_and_handed_in_again(any_review: Review) -> None:
    any_review.does("officer", any_review.saving())
    assert (any_review.paper().state, any_review.paper().text) == (PaperState.DRAFT, "목표치를 봐 주십시오.")
    any_review.does("officer", any_review.handing_in())
    paper = any_review.paper()
    assert (paper.state, paper.handed_in_at) == (PaperState.HANDED_IN, JULY)
    assert paper.handed_in_by_id == any_review.city.people["officer"]

    any_review.does("officer", any_review.handing_in(verb=take_back))
    assert (any_review.paper().state, any_review.paper().handed_in_at) == (PaperState.DRAFT, None)
    any_review.does("officer", any_review.saving("다시 썼습니다."))
    any_review.does("officer", any_review.handing_in())
    assert (any_review.paper().state, any_review.paper().text) == (PaperState.HANDED_IN, "다시 썼습니다.")
    once = ["paper.save", "paper.hand_in"]
    assert any_review.audited() == [*once, "paper.take_back", *once]


@pytest.mark.parametrize("person", ["officer", "lead", "deputy"])
def test_officers_team_leads_and_who_stands_in_for_them_hand_in(review: Review, person: str) -> None:
    review.hands_in(person)
    assert review.paper().handed_in_by_id == review.city.people[person]


@pytest.mark.parametrize("person", ["civil", "evaluator", "consultant", "administrator", "rater"])
def test_nobody_else_does(review: Review, person: str) -> None:
    review.does("officer", review.saving())
    assert review.refused(person, review.saving("남의 글")) == NOT_THEIRS
    assert review.refused(person, review.handing_in()) == NOT_THEIRS
    review.does("officer", review.handing_in())
    assert review.refused(person, review.handing_in(verb=take_back)) == NOT_THEIRS
    assert review.paper().text == "목표치를 봐 주십시오."


def test_a_deputy_is_noted_with_whom_they_stood_in_for(review: Review) -> None:
    review.hands_in("deputy")
    with review.city.database.read() as session:
        rows = session.exec(select(AuditRow)).all()
    assert {row.acting_for_id for row in rows} == {review.city.people["officer"]}


def test_an_empty_paper_is_not_handed_in_and_a_file_is_enough(review: Review) -> None:
    review.does("officer", review.saving(" "))
    told = review.refused("officer", review.handing_in())
    assert told == "제출할 내용이 없습니다. 설명을 적거나 파일을 올려 주세요."
    _with_file(review)
    review.does("officer", review.handing_in())
    assert review.paper().state is PaperState.HANDED_IN


def test_it_can_be_late(review: Review) -> None:
    review.now = WRITTEN_DUE + timedelta(days=3)
    review.hands_in()
    assert review.paper().handed_in_at == review.now


def test_what_is_handed_in_is_not_written_any_more(review: Review) -> None:
    review.hands_in("lead")
    told = "최팀장 님이 7. 15.(월) 14:00에 제출한 자료입니다. 고치려면 먼저 회수해 주세요."
    assert review.refused("officer", review.saving("다른 글")) == told
    assert review.refused("officer", review.handing_in()) == told
    assert review.paper().text == "목표치를 봐 주십시오."


def test_what_was_changed_since_it_was_seen_is_not_handed_in(review: Review) -> None:
    review.does("officer", review.saving())
    press = review.handing_in()
    review.does("lead", review.saving("팀장이 고쳤습니다."))
    assert "그사이 내용이 바뀌었습니다." in review.refused("officer", press)
    assert review.paper().state is PaperState.DRAFT


def test_it_is_not_taken_back_once_somebody_began_to_view_it(review: Review) -> None:
    review.hands_in()
    review.does("consultant", review.writing("G1"))
    told = "한자문 님이 검토를 시작하여 자료를 바꿀 수 없습니다."
    assert review.refused("officer", review.handing_in(verb=take_back)) == told
    assert review.refused("officer", review.saving("다른 글")) == told


def test_nothing_of_it_changes_once_the_views_were_sent(review: Review) -> None:
    review.sends_views()
    told = "컨설턴트가 7. 15.(월) 14:00에 의견을 보냈으므로 자료를 바꿀 수 없습니다."
    for verb in (review.saving("다른 글"), review.handing_in(), review.handing_in(verb=take_back)):
        assert review.refused("officer", verb) == told
    assert review.paper().state is PaperState.VIEWED


def test_taking_back_and_beginning_to_view_at_once_do_not_both_happen(any_review: Review) -> None:
    for _ in range(5):
        any_review.hands_in()
        back, begin = any_review.handing_in(verb=take_back), any_review.writing("G1")
        told = any_review.at_once([("officer", back), ("consultant", begin)])
        assert sorted(map(bool, told)) == [False, True]
        if told[1]:
            assert told[1].startswith("총무과는 아직 서면검토 자료를 제출하지 않았습니다.")
            assert (any_review.paper().state, any_review.view("G1")) == (PaperState.DRAFT, None)
        else:
            assert told[0].startswith("한자문 님이 검토를 시작하여")
            return


def test_two_who_begin_at_once_write_one_paper(any_review: Review) -> None:
    told = any_review.at_once([("officer", any_review.saving("하나")), ("lead", any_review.saving("둘"))])
    assert "" in told
    with any_review.city.database.read() as session:
        assert session.exec(select(Paper)).one().text in ("하나", "둘")


def test_files_come_and_go_and_the_same_is_there_once(review: Review) -> None:
    _with_file(review, "a")
    [first] = _files(review)
    _with_file(review, "a", kept=(first.id or 0,))
    assert len(_files(review)) == 1
    _with_file(review, "b", kept=(first.id or 0,))
    assert [file.name for file in _files(review)] == ["계획 a.pdf", "계획 b.pdf"]
    review.does("officer", review.saving("", kept=[_files(review)[1].id]))
    assert [file.name for file in _files(review)] == ["계획 b.pdf"]


def test_a_file_is_for_who_may_read_the_paper_and_a_draft_is_its_department_s(review: Review) -> None:
    everybody = ["officer", "deputy", "lead", "civil", "evaluator", "consultant", "rater", "administrator"]
    _with_file(review)
    reference = f"paper:{_files(review)[0].id}"

    def takers() -> list[str]:
        take = lambda session, doer: take_file(session, JULY, doer, reference, "10.0.0.1")  # noqa: E731
        return [person for person in everybody if review.does(person, take) is not None]

    assert takers() == ["officer", "deputy", "lead"]
    review.does("officer", review.handing_in())
    before = len(review.audited())
    assert takers() == ["officer", "deputy", "lead", "evaluator", "consultant", "administrator"]
    assert review.audited()[before:] == ["file.take"] * 6
    with review.city.database.read() as session:
        row = session.exec(select(AuditRow).where(AuditRow.action == "file.take")).first()
        assert row is not None
        assert (row.subject, row.detail) == (reference, {"sha256": "a" * 64, "address": "10.0.0.1"})


@pytest.mark.parametrize("reference", ["paper:", "paper:99", "paper:-1", "paper:x", "papers:1", "1"])
def test_what_is_no_file_of_a_paper_is_none(review: Review, reference: str) -> None:
    _with_file(review)
    assert review.does("officer", lambda session, doer: take_file(session, JULY, doer, reference)) is None


def test_whose_paper_is_missing_is_known(review: Review) -> None:
    assert _missing(review) == ["GEN", "CIV", "CARE", "FAC"]
    review.does("officer", review.saving())
    assert _missing(review) == ["GEN", "CIV", "CARE", "FAC"]
    review.does("officer", review.handing_in())
    assert _missing(review) == ["CIV", "CARE", "FAC"]
    for code in ("F1", "F2"):
        review.city.change(Indicator, review.indicator(code), ends_on=date(2019, 8, 1))
    review.city.change(Indicator, review.indicator("C1"), ends_on=date(2020, 1, 1))
    assert _missing(review) == ["CIV", "CARE"]
    review.city.change(Programme, review.programme, written_due=None)
    assert _missing(review) == []
    told = review.refused("civil", review.saving(code="CIV"))
    assert told == "성과지표 컨설팅은 서면검토가 없습니다."


def test_a_review_is_there_until_its_cycle_is_over(review: Review) -> None:
    with review.city.database.read() as session:
        assert len(written_reviews(session, date(2019, 12, 31))) == 1
        assert written_reviews(session, date(2020, 1, 1)) == []


def test_a_training_is_no_consultation(review: Review) -> None:
    training = add_review(review.city.database, code="T1", kind=ProgrammeKind.TRAINING)
    with review.city.database.read() as session:
        for programme in (training, 99):
            with pytest.raises(Refusal, match="찾으시는 컨설팅이 없습니다"):
                find_programme(session, programme)
        assert len(written_reviews(session, date(2019, 7, 15))) == 1
        assert len(departments_of(session, session.get_one(Programme, review.programme))) == 4


def test_a_paper_of_no_department_is_refused(review: Review) -> None:
    told = review.refused(
        "officer", lambda session, doer: save_paper(session, doer, review.programme, 99, PaperEntry(""))
    )
    assert "찾으시는 부서가 없습니다." in told
