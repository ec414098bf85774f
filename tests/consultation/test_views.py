"""The consultant's views: written one by one, in part or whole, sent all at once."""

from __future__ import annotations

from datetime import date

import pytest

from models.audit import verify
from models.consultation.programme import Programme
from models.consultation.review import Criterion, PaperState, Verdict, ViewStage
from models.consultation.views import Progress, Words, progress_of, views_missing, words_of
from models.organization import Role
from models.plan import Indicator
from tests.consultation.review import Review
from tests.kit.consultation import add_person, words

MEND = words("분모를 접수 건수로 바꾸어 주세요.", formula=Verdict.MEND)


def _progress(review: Review) -> Progress:
    with review.city.database.read() as session:
        programme = session.get_one(Programme, review.programme)
        return progress_of(session, programme, ViewStage.WRITTEN)[review.department()]


def _missing(review: Review) -> list[str]:
    with review.city.database.read() as session:
        return [one.code for one in views_missing(session, session.get_one(Programme, review.programme))]


def test_views_are_written_one_by_one_and_sent_all_at_once(any_review: Review) -> None:
    any_review.hands_in()
    assert _missing(any_review) == ["GEN"]
    any_review.does("consultant", any_review.writing("G1", MEND))
    any_review.does("consultant", any_review.writing("G2"))
    view = any_review.view("G1")
    assert view is not None and (view.sent_at, words_of(view)) == (None, MEND)
    assert any_review.paper().consultant_id == any_review.city.people["consultant"]
    told = any_review.refused("consultant", any_review.sending())
    assert told == "의견을 다 쓰지 않은 지표가 1개 있습니다. 먼저 품질인증 획득 의견을 마저 써 주세요."
    assert any_review.paper().state is PaperState.HANDED_IN

    any_review.does("consultant", any_review.writing("G3"))
    any_review.does("consultant", any_review.sending())
    assert (any_review.paper().state, any_review.paper().viewed_at) == (PaperState.VIEWED, any_review.now)
    sent = [any_review.view(code) for code in ("G1", "G2", "G3")]
    assert [view.sent_at for view in sent if view is not None] == [any_review.now] * 3
    assert _missing(any_review) == []
    assert any_review.audited() == ["paper.save", "paper.hand_in", *["view.written"] * 3, "views.send"]


def test_what_is_not_good_needs_a_text(review: Review) -> None:
    review.hands_in()
    for code in ("G1", "G2", "G3"):
        review.does("consultant", review.writing(code, words(target=Verdict.REPLACE)))
    assert "의견을 다 쓰지 않은 지표가 3개" in review.refused("consultant", review.sending())
    assert MEND.to_mend == [Criterion.FORMULA] and MEND.is_complete
    assert words().is_complete and not words(link=Verdict.MEND).is_complete


def test_half_a_view_is_kept_and_is_not_counted(review: Review) -> None:
    review.hands_in()
    half = Words({Criterion.LINK: Verdict.GOOD}, "나머지는 나중에")
    review.does("consultant", review.writing("G1", half))
    assert words_of(review.view("G1")) == half
    assert _progress(review) == Progress(0, 3)
    review.does("consultant", review.writing("G1"))
    assert _progress(review) == Progress(1, 3)


def test_the_second_of_two_consultants_is_told_who_was_quicker(review: Review) -> None:
    review.city.people["other"] = add_person(review.city.database, "c2", "윤자문", Role.CONSULTANT)
    review.hands_in()
    late = review.writing("G1", MEND)
    review.does("other", review.writing("G1"))
    told = "윤자문 님이 7. 15.(월) 14:00에 먼저 의견을 썼습니다. 그 의견을 확인한 뒤 고쳐 주세요."
    assert review.refused("consultant", late) == told
    again = review.writing("G1", MEND)
    review.does("other", review.writing("G1", words("목표를 높여 주세요.", challenge=Verdict.MEND)))
    assert review.refused("consultant", again) == told
    assert words_of(review.view("G1")).to_mend == [Criterion.CHALLENGE]


def test_of_two_who_write_at_once_one_does(any_review: Review) -> None:
    any_review.city.people["other"] = add_person(any_review.city.database, "c2", "윤자문", Role.CONSULTANT)
    any_review.hands_in()
    for _ in range(3):
        press = any_review.writing("G1", MEND)
        told = any_review.at_once([("consultant", press), ("other", press)])
        assert told.count("") == 1
        assert "먼저 의견을 썼습니다." in max(told)
    with any_review.city.database.read() as session:
        assert verify(session) == []


def test_of_two_who_send_at_once_one_does(any_review: Review) -> None:
    any_review.city.people["other"] = add_person(any_review.city.database, "c2", "윤자문", Role.CONSULTANT)
    any_review.hands_in()
    for code in ("G1", "G2", "G3"):
        any_review.does("consultant", any_review.writing(code))
    told = any_review.at_once([("consultant", any_review.sending()), ("other", any_review.sending())])
    assert sorted(told) == ["", "7. 15.(월) 14:00에 이미 부서에 보낸 의견입니다. 새 화면에서 확인해 주세요."]
    assert any_review.audited().count("views.send") == 1


def test_what_was_sent_stands(review: Review) -> None:
    review.sends_views()
    told = "7. 15.(월) 14:00에 이미 부서에 보낸 의견입니다. 새 화면에서 확인해 주세요."
    assert review.refused("consultant", review.writing("G1", MEND)) == told
    assert review.refused("consultant", review.sending()) == told
    assert words_of(review.view("G1")) == words()


def test_nothing_is_viewed_before_it_is_handed_in(review: Review) -> None:
    told = "총무과는 아직 서면검토 자료를 제출하지 않았습니다. 제출되면 알려 드리겠습니다."
    assert review.refused("consultant", review.writing("G1")) == told
    assert review.refused("consultant", review.sending()) == told
    review.does("officer", review.saving())
    assert review.refused("consultant", review.writing("G1")) == told
    assert review.view("G1") is None


@pytest.mark.parametrize("person", ["officer", "lead", "evaluator", "administrator", "rater", "elsewhere"])
def test_only_the_department_s_consultants_view(review: Review, person: str) -> None:
    there = add_person(review.city.database, "c3", "문자문", Role.CONSULTANT, "WEL")
    review.city.people["elsewhere"] = there
    review.hands_in()
    told = "총무과의 컨설턴트만 의견을 쓸 수 있습니다."
    assert review.refused(person, review.writing("G1")) == told
    assert review.refused(person, review.sending()) == told


def test_a_consultant_of_a_bureau_views_its_departments(review: Review) -> None:
    there = add_person(review.city.database, "c3", "문자문", Role.CONSULTANT, "WEL")
    review.city.people["elsewhere"] = there
    review.hands_in("carer", "CARE")
    review.does("elsewhere", review.writing("W1"))
    assert review.paper("CARE").consultant_id == there


def test_an_indicator_that_is_not_looked_at_has_no_view(review: Review) -> None:
    review.city.change(Indicator, review.indicator("G3"), ends_on=date(2019, 8, 1))
    review.hands_in()
    assert "찾으시는 지표가 없습니다." in review.refused("consultant", review.writing("G3"))
    for code in ("G1", "G2"):
        review.does("consultant", review.writing(code))
    review.does("consultant", review.sending())
    assert review.paper().state is PaperState.VIEWED
