"""Who may see what of an explanation, whatever the data of a step say: no leak, a clear refusal, nothing cut off."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, select

from handlers.book import BOOK
from handlers.dialogue.talk import Talk
from models.messaging.account import Account
from models.organization import Person, Role
from models.plan import Indicator
from models.scheme.table import Combine, Source
from models.words import Refusal
from tests.dialogues import city
from tests.dialogues.story import hands_in
from tests.kit.consultation import add_person
from tests.kit.conversation import Speaker, Town
from tests.kit.schemes import PEOPLE, add_scheme, cycle_id, institutions, period_id, subject_id

NO_RIGHT = "이 점수의 근거를 볼 권한이 없습니다"
OWN = {"code": "OWN", "name": "근태", "source": Source.OWNER, "points": Decimal(100), "owner": "PL"}


@pytest.fixture
def rated(town: Town) -> Town:
    """총무과's officer has reported; departments are rated, and people; 총무과 also by the mean of its people."""
    town.passes(days=1)
    institutions(town.database)
    officer, lead, evaluator = (town.person(one) for one in (city.OFFICER, city.LEAD, city.EVALUATOR))
    hands_in(officer)
    lead.presses("확인")
    town.passes(hours=1)
    evaluator.presses("승인")
    people = [{"person": city.OFFICER}, {"person": city.SECOND}]
    add_scheme(town.database, [OWN], people, **PEOPLE)
    of_people = {
        "code": "PEO", "name": "직원 평균", "source": Source.SCHEME, "points": Decimal(40), "basis": "PERS",
        "below": True,
    }  # fmt: skip
    halves = {
        "code": "ACH", "name": "달성도", "source": Source.INDICATORS, "points": Decimal(60), "combine": Combine.MEAN,
    }  # fmt: skip
    add_scheme(town.database, [of_people, halves], [{"place": "GA"}], code="MIXED", name="종합평가")
    return town


def asks(person: Speaker, step: str, **data: Any) -> list[str]:
    """What a screen says to the person, with the words on its buttons."""
    with person.town.database.read() as session:
        person.is_shown(f"explain.{step}", **_data(session, data))
    return [*person.reads().splitlines(), *person.buttons()]


def may_see(person: Speaker, step: str, **data: Any) -> bool:
    """Whether the screen may still leave for the person."""
    with person.town.database.read() as session:
        talk = Talk(
            session,
            person.town.now(),
            session.get_one(Person, person.person_id),
            session.get_one(Account, person.account_id),
        )
        guard = BOOK[f"explain.{step}"].guard
        assert guard is not None
        return guard(talk, _data(session, data))


def _data(session: Session, data: dict[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = {"cycle": cycle_id(session), **data}
    if isinstance(code := own.get("indicator"), str):
        own["indicator"] = session.exec(select(Indicator.id).where(Indicator.code == code)).one()
    if isinstance(code := own.get("subject"), str):
        own["subject"] = subject_id(session, code, own["scheme"])
    for key in ("period", "sheet_period"):
        if isinstance(code := own.get(key), str):
            own[key] = period_id(session, code)
    return own


def test_one_s_own_subject_opens_no_indicator_of_another_department(rated: Town) -> None:
    about = {"scheme": "INST", "subject": "GA", "part": "ACH", "indicator": "CI-01"}
    lead = rated.person(city.LEAD)
    assert not may_see(lead, "indicator", **about)
    with pytest.raises(Refusal, match=NO_RIGHT):
        asks(lead, "indicator", **about)
    assert may_see(lead, "indicator", **about | {"indicator": "GA-01"})


def test_nor_does_it_for_the_evaluator_of_that_department_alone(rated: Town) -> None:
    add_person(rated.database, "3009", "과평가", Role.EVALUATOR, "GA")
    evaluator = rated.person("3009")
    about = {"scheme": "INST", "subject": "GA", "part": "ACH"}
    assert may_see(evaluator, "indicator", **about, indicator="GA-01")
    assert not may_see(evaluator, "indicator", **about, indicator="CI-01")


def test_a_person_s_total_is_theirs_and_the_offices_wherever_it_counts(rated: Town) -> None:
    about = {"scheme": "PERS", "subject": city.SECOND}
    assert [
        may_see(rated.person(one), "total", **about)
        for one in (city.SECOND, city.EVALUATOR, city.ADMINISTRATOR, city.LEAD, city.OFFICER, city.CIVIL)
    ] == [True, True, True, False, False, False]
    part = {"scheme": "MIXED", "subject": "GA", "part": "PEO"}
    told = asks(rated.person(city.LEAD), "part", **part)
    assert not any("김주무" in line or "이서기" in line for line in told)
    assert any("이 밖에 2건은" in line for line in told)
    own = asks(rated.person(city.SECOND), "part", **part)
    assert "이서기 · 연간 0점" in own
    assert not any("김주무" in line for line in own)
    assert "김주무 · 연간 0점" in asks(rated.person(city.EVALUATOR), "part", **part)


def test_files_are_named_to_those_who_may_see_them(rated: Town) -> None:
    about = {"period": "H1", "indicator": "GA-01"}
    shown = {
        one: any("처리대장.pdf" in line for line in asks(rated.person(one), "indicator", **about))
        for one in (city.OFFICER, city.SECOND, city.LEAD, city.EVALUATOR)
    }
    assert all(shown.values())
    add_person(rated.database, "1009", "새주무", Role.OFFICER, "GA")
    told = asks(rated.person("1009"), "indicator", **about)
    assert any("인정 97.3" in line for line in told)
    assert not any("처리대장.pdf" in line for line in told)
    assert any("증빙 파일은" in line for line in told)


@pytest.mark.parametrize("as_of", ["어제", "2019-07-09", "2019-07-09T00:00:00", 20190709, ["2019"]])
def test_an_instant_that_is_none_is_refused(rated: Town, as_of: object) -> None:
    about = {"scheme": "INST", "subject": "GA", "as_of": as_of}
    evaluator = rated.person(city.EVALUATOR)
    assert not may_see(evaluator, "total", **about)
    with pytest.raises(Refusal, match="설명할 점수를 찾을 수 없습니다"):
        asks(evaluator, "total", **about)


def test_what_is_not_there_any_more_is_refused(rated: Town) -> None:
    evaluator = rated.person(city.EVALUATOR)
    for step, about in (
        ("total", {"scheme": "INST", "subject": 999}),
        ("indicator", {"indicator": 999}),
        ("total", {"scheme": "INST"}),
    ):
        assert not may_see(evaluator, step, **about)
        with pytest.raises(Refusal, match=NO_RIGHT):
            asks(evaluator, step, **about)
    # A subject of one cycle in another cycle's result.
    with rated.database.read() as session:
        tasks = cycle_id(session, "IN")
    with pytest.raises(Refusal, match="평가체계"):
        asks(evaluator, "total", cycle=tasks, scheme="INST", subject="GA")
    with pytest.raises(Refusal, match="항목이 아닙니다"):
        asks(evaluator, "part", scheme="INST", subject="GA", part="GONE")


def test_from_a_half_s_indicator_the_way_up_leads_back_to_the_year(rated: Town) -> None:
    evaluator = rated.person(city.EVALUATOR)
    asks(evaluator, "part", scheme="MIXED", subject="GA", part="ACH")
    evaluator.presses("민원처리율 · 상반기 40/40점")
    evaluator.sees("민원처리율 · 총무과 · 상반기")
    evaluator.presses("다른 날 기준으로")
    evaluator.says("2019-07-08")
    evaluator.sees("민원처리율 · 총무과 · 상반기", "승인된 실적이 없어 0점입니다.")
    evaluator.presses("위로")
    evaluator.sees("총무과 · 달성도", "상반기: 0 %", "하반기: 0 %")
    evaluator.presses("총점으로")
    evaluator.sees("총무과 · 종합평가 · 2019년 성과관리")
