"""What each source gives a subject, from the database to the piece; the figures are worked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, select

from models.consultation.deduction import Deduction, DeductionState
from models.consultation.programme import Programme, ProgrammeKind
from models.organization import Department, DepartmentTerm
from models.plan import Cycle, Period
from models.rating.table import Entry, Paper, PaperState, Rating
from models.scheme.result import SubjectResult, result_of
from models.scheme.table import Adjustment, AdjustmentState, Combine, OwnerValue, Source
from models.scheme.tree import places_in
from models.scores.reading import open_view
from models.scoring import Kind
from models.store import Database
from tests.kit.city import City, small_city
from tests.kit.rated import Of, add_round
from tests.kit.schemes import PEOPLE, Row, add_scheme, subject_id

D = Decimal
JULY_15 = datetime(2019, 7, 15, 5, tzinfo=UTC)
ALL: tuple[Row, ...] = ({"place": "GEN"}, {"place": "CIV"}, {"place": "CARE"})


@pytest.fixture
def city(database: Database, tmp_path: Path) -> City:
    return small_city(tmp_path, database)


@pytest.fixture
def any_city(any_database: Database, tmp_path: Path) -> City:
    """On both databases, where it is SQL that decides."""
    return small_city(tmp_path, any_database)


def part(code: str, source: Source, points: int | None, **more: object) -> Row:
    return {"code": code, "name": code, "source": source, "points": points, **more}


def reaches(
    city: City, of: str, period: str | None = None, as_of: datetime | None = None, scheme: str = "INST"
) -> SubjectResult:
    with city.database.read() as session:
        key = city.periods[period] if period else None
        result = result_of(session, city.cycle_id, scheme, key, as_of)
        return next(one for one in result.subjects if one.subject.code == of)


def percents(one: SubjectResult, code: str) -> dict[str, Decimal | None]:
    score = next(each for each in one.score.parts if each.part.code == code)
    return {piece.period: piece.percent for piece in score.pieces}


def is_missing(one: SubjectResult, code: str) -> bool:
    return next(each for each in one.score.parts if each.part.code == code).is_missing


def owner_gives(
    city: City,
    value: str | None,
    part_code: str = "OWN",
    to: str = "GEN",
    period: str | None = None,
    at: datetime = JULY_15,
) -> None:
    with city.database.write() as session:
        session.add(
            OwnerValue(
                subject_id=subject_id(session, to), part=part_code, given_at=at,
                period_id=city.periods[period] if period else None, value=None if value is None else D(value),
                not_applicable=value is None, given_by_id=city.people["civil"],
            )
        )  # fmt: skip


def test_a_department_s_indicators_are_one_sum_and_with_those_below_it_all_are(city: City) -> None:
    add_scheme(
        city.database,
        [
            part("OWN", Source.INDICATORS, 50, combine=Combine.MEAN),
            part("ALL", Source.INDICATORS, 50, combine=Combine.MEAN, below=True),
        ],
        [{"place": "ADM"}, {"place": "GEN"}],
    )
    city.report("G1", "H1", 95)
    city.report("C1", "H1", 3)
    # 총무과 40 of 100, 민원과 40 of 100 where 30 are a sum without a target of the half, so 80 of 200.
    bureau = reaches(city, "ADM", "H1")
    assert percents(bureau, "ALL") == {"H1": D(40)}
    # The bureau has no indicators of its own.
    assert percents(bureau, "OWN") == {"H1": None}
    assert percents(reaches(city, "GEN", "H1"), "OWN") == {"H1": D(40)}


def test_achievement_may_lie_above_a_hundred_as_far_as_the_caps_go(city: City) -> None:
    city.add_indicator("X1", "초과 달성", "FAC", 100, Kind.HIGHER, target=10, cap=120)
    add_scheme(city.database, [part("ACH", Source.INDICATORS, 100, combine=Combine.MEAN)], [{"place": "FAC"}])
    city.report("X1", "H1", 13)
    # X1 120 of 100; F1 60 and F2 40 have nothing yet: 120 of 200.
    assert percents(reaches(city, "FAC", "H1"), "ACH") == {"H1": D(60)}


def test_where_all_indicators_are_not_applicable_the_part_is_left_out_for_that_period_alone(
    city: City,
) -> None:
    add_scheme(
        city.database,
        [
            part("ACH", Source.INDICATORS, 60, combine=Combine.MEAN),
            part("OWN", Source.OWNER, 40, owner="CIV"),
        ],
        [{"place": "GEN"}],
    )
    for code in ("G1", "G2", "G3"):
        city.report(code, "H1", None, not_applicable=True)
    city.report("G1", "H2", 95)
    owner_gives(city, "30")
    assert percents(reaches(city, "GEN", "H1"), "ACH") == {"H1": None}
    # In the half neither part applies: one does not, the other is given once a year.
    half = reaches(city, "GEN", "H1").score
    assert ([one.weight for one in half.parts], half.total) == ([D(0), D(0)], D(0))
    year = reaches(city, "GEN")
    assert percents(year, "ACH") == {"H1": None, "H2": D(40)}
    # 60 × 40 % + 40 × 75 %
    assert year.score.total == D(54)


def test_a_period_without_a_share_is_no_piece_of_the_year_and_nothing_of_it_is_missing(city: City) -> None:
    shares = {"combine": Combine.SHARES, "shares": "H1:40"}
    add_scheme(city.database, [part("OWN", Source.OWNER, 100, owner="CIV", **shares)], [{"place": "GEN"}])
    owner_gives(city, "30", period="H1")
    year = reaches(city, "GEN")
    assert percents(year, "OWN") == {"H1": D(30)}
    assert not is_missing(year, "OWN")
    # The result of that period takes its piece all the same, and lacks it.
    assert is_missing(reaches(city, "GEN", "H2"), "OWN")


def test_an_owner_s_value_is_points_or_is_reckoned_by_its_rule(city: City) -> None:
    rule = {"kind": Kind.HIGHER, "target": D(62), "cap": D(110), "digits": 1}
    add_scheme(
        city.database,
        [
            part("OWN", Source.OWNER, 3, owner="CIV"),
            part("RULE", Source.OWNER, 97, owner="CIV", combine=Combine.MEAN, **rule),
        ],
        [{"place": "GEN"}],
    )
    owner_gives(city, "2")
    owner_gives(city, "60.5", "RULE", period="H1")
    owner_gives(city, "93", "RULE", period="H2")
    one = reaches(city, "GEN")
    (points,) = percents(one, "OWN").values()
    assert points is not None and points.quantize(D("0.0001")) == D("66.6667")
    # 60.5 ÷ 62 = 97.58… → 97.6; 93 ÷ 62 = 150 → 110.
    assert percents(one, "RULE") == {"H1": D("97.6"), "H2": D(110)}
    assert [each.points for each in one.score.parts] == [D(2), D("100.69")]


def test_a_value_that_this_version_of_the_part_cannot_take_is_still_to_be_given(city: City) -> None:
    add_scheme(
        city.database,
        [
            part("OWN", Source.OWNER, 10, owner="CIV"),
            part("YES", Source.OWNER, 90, owner="CIV", kind=Kind.YES_NO),
        ],
        [{"place": "GEN"}],
    )
    owner_gives(city, "15")
    owner_gives(city, "0.5", "YES")
    one = reaches(city, "GEN")
    assert (percents(one, "OWN"), is_missing(one, "OWN")) == ({"": D(0)}, True)
    assert (percents(one, "YES"), is_missing(one, "YES")) == ({"": D(0)}, True)


def test_the_last_value_given_by_an_instant_counts(any_city: City) -> None:
    add_scheme(any_city.database, [part("OWN", Source.OWNER, 100, owner="CIV")], [{"place": "GEN"}])
    owner_gives(any_city, "40", at=JULY_15)
    owner_gives(any_city, None, at=JULY_15 + timedelta(days=2))
    owner_gives(any_city, "70", at=JULY_15 + timedelta(days=4))
    at = [JULY_15 + timedelta(days=days) for days in (-1, 0, 1, 2, 3, 4)]
    found = [percents(reaches(any_city, "GEN", as_of=instant), "OWN")[""] for instant in at]
    assert found == [D(0), D(40), D(40), None, None, D(70)]
    assert is_missing(reaches(any_city, "GEN", as_of=at[0]), "OWN")


def test_the_total_of_another_scheme_is_taken_period_by_period(city: City) -> None:
    add_scheme(city.database, [part("OWN", Source.OWNER, 100, owner="CIV", combine=Combine.MEAN)], ALL)
    shares = {"combine": Combine.SHARES, "shares": "H1:25; H2:75"}
    add_scheme(
        city.database,
        [
            part("HALVES", Source.SCHEME, 50, basis="INST", **shares),
            part("YEAR", Source.SCHEME, 50, basis="INST"),
        ],
        [{"place": "GEN"}],
        code="NEXT",
    )
    owner_gives(city, "40", period="H1")
    owner_gives(city, "80", period="H2")
    one = reaches(city, "GEN", scheme="NEXT")
    assert percents(one, "HALVES") == {"H1": D(40), "H2": D(80)}
    assert percents(one, "YEAR") == {"": D(60)}
    # 50 × (40 × 25 + 80 × 75) ÷ 100 % + 50 × 60 %
    assert one.score.total == D(65)
    half = reaches(city, "GEN", "H1", scheme="NEXT")
    assert percents(half, "YEAR") == {}
    assert half.score.total == D(40)


def test_below_are_the_departments_below_and_the_people_in_it_or_below(city: City) -> None:
    own = [part("OWN", Source.OWNER, 100, owner="CIV")]
    add_scheme(city.database, own, [{"place": "ADM"}, {"place": "GEN"}, {"place": "CIV"}])
    people = [{"person": "officer"}, {"person": "lead"}, {"person": "carer"}]
    add_scheme(city.database, own, people, **PEOPLE)
    add_scheme(
        city.database,
        [
            part("PLACES", Source.SCHEME, 50, basis="INST", below=True),
            part("PEOPLE", Source.SCHEME, 50, basis="PERS", below=True),
        ],
        [{"place": "ADM"}],
        code="BUREAU",
    )
    for to, value in (("ADM", "90"), ("GEN", "40"), ("CIV", "50")):
        owner_gives(city, value, to=to)
    with city.database.write() as session:
        for person, value in (("officer", 70), ("lead", 80), ("carer", 10)):
            session.add(
                OwnerValue(
                    subject_id=subject_id(session, person, "PERS"), part="OWN", value=D(value),
                    given_at=JULY_15, given_by_id=city.people["civil"],
                )
            )  # fmt: skip
    one = reaches(city, "ADM", scheme="BUREAU")
    # Not the bureau's own 90; the officer's is 총무과's, the lead is the bureau's own, the carer another's.
    assert percents(one, "PLACES") == {"": D(45)}
    assert percents(one, "PEOPLE") == {"": D(75)}


def test_what_was_moved_below_another_bureau_still_counts_where_it_stood(any_city: City) -> None:
    add_scheme(
        any_city.database,
        [part("ACH", Source.INDICATORS, 100, combine=Combine.MEAN, below=True)],
        [{"place": "ADM"}, {"place": "WEL"}],
    )
    any_city.report("G1", "H1", 95)
    any_city.report("G1", "H2", 95)
    with any_city.database.write() as session:
        general = session.get_one(Department, any_city.departments["GEN"])
        before = {"department_id": general.id, "name": general.name}
        moved, until = date(2019, 7, 10), date(2019, 7, 9)
        session.add(
            DepartmentTerm(parent_id=general.parent_id, from_day=date(2019, 1, 1), until_day=until, **before)
        )
        session.add(DepartmentTerm(parent_id=any_city.departments["WEL"], from_day=moved, **before))
        general.parent_id, general.path = any_city.departments["WEL"], "/CITY/WEL/GEN/"
    # 총무과 40 of 100 with 민원과's 100; later 돌봄과's 100.
    assert percents(reaches(any_city, "ADM"), "ACH") == {"H1": D(0), "H2": D(0)}
    assert percents(reaches(any_city, "ADM", "H1"), "ACH") == {"H1": D(20)}
    assert percents(reaches(any_city, "WEL", "H1"), "ACH") == {"H1": D(0)}
    assert percents(reaches(any_city, "WEL", "H2"), "ACH") == {"H2": D(20)}
    # In June nobody knew that it would move.
    june = datetime(2019, 6, 1, tzinfo=UTC)
    with any_city.database.read() as session:
        view = open_view(session, any_city.cycle_id, None, june)
        assert places_in(session, view)[any_city.departments["GEN"]].path == "/CITY/ADM/GEN/"


def test_a_rating_counts_by_period_and_leaves_out_who_needs_none(city: City) -> None:
    add_scheme(
        city.database,
        [
            part("RATED", Source.RATING, 60, basis="R1", combine=Combine.SHARES, shares="H1:40; H2:60"),
            part("OWN", Source.OWNER, 40, owner="CIV"),
        ],
        ALL,
    )
    first = add_round(
        city.database, ["GEN", "CIV"], [Of("A", "위원", raters=["rater"])], period="H1", scheme="INST"
    )
    with city.database.write() as session:
        dealt = datetime(2019, 7, 8, tzinfo=UTC)
        session.get_one(Rating, first.id).dealt_at = dealt
        about = {"rating_id": first.id, "group_id": first.groups["A"], "dealt_at": dealt}
        paper = Paper(
            subject_id=first.subjects["GEN"], rater_id=city.people["rater"], state=PaperState.RECUSED,
            recused_at=JULY_15 + timedelta(days=1), **about,
        )  # fmt: skip
        other = Paper(
            subject_id=first.subjects["GEN"], rater_id=city.people["consultant"], state=PaperState.SUBMITTED, **about
        )  # fmt: skip
        session.add_all([paper, other])
        session.flush()
        session.add_all(
            Entry(paper_id=one.id, answers={"IMP": answer}, submitted_at=JULY_15)
            for one, answer in ((paper, "미흡"), (other, "탁월"))
        )
    # Who stepped back the day after does not count now, and did count that day: (60 + 100) ÷ 2.
    assert percents(reaches(city, "GEN"), "RATED") == {"H1": D(100)}
    assert percents(reaches(city, "GEN", as_of=JULY_15), "RATED") == {"H1": D(80)}
    # Nobody is to rate 돌봄과: not missing, but left out, and its points are the others'.
    care = reaches(city, "CARE")
    assert (percents(care, "RATED"), is_missing(care, "RATED")) == ({"H1": None}, False)
    assert [one.weight for one in care.score.parts] == [D(0), D(100)]


def test_adjustments_count_in_their_period_and_in_the_year_until_they_are_withdrawn(any_city: City) -> None:
    add_scheme(
        any_city.database,
        [
            part("OWN", Source.OWNER, 100, owner="CIV", combine=Combine.MEAN),
            part("PLUS", Source.BONUS, 3),
            part("MINUS", Source.DEDUCTION, 2),
        ],
        ALL,
    )
    for half in ("H1", "H2"):
        owner_gives(any_city, "50", period=half, at=JULY_15 - timedelta(days=1))
    with any_city.database.write() as session:
        given = [
            ("PLUS", "H1", "1.5", AdjustmentState.CONFIRMED, None),
            ("PLUS", None, "1", AdjustmentState.CONFIRMED, None),
            ("PLUS", "H2", "2", AdjustmentState.WITHDRAWN, JULY_15 + timedelta(days=2)),
            ("PLUS", "H1", "9", AdjustmentState.DROPPED, None),
            ("MINUS", "H1", "5", AdjustmentState.CONFIRMED, None),
        ]
        for code, period, points, state, withdrawn_at in given:
            session.add(
                Adjustment(
                    subject_id=subject_id(session, "GEN"), part=code, points=D(points), reason="사유", state=state,
                    period_id=any_city.periods[period] if period else None, proposed_by_id=any_city.people["civil"],
                    proposed_at=JULY_15 - timedelta(days=1), decided_by_id=any_city.people["evaluator"],
                    decided_at=JULY_15, withdrawn_at=withdrawn_at,
                )
            )  # fmt: skip
    # The half: 50 + 1.5 − 2; the year: 50 + 2.5 − 2; while the 2 of the other half stood: 50 + 3 − 2.
    assert reaches(any_city, "GEN", "H1").score.total == D("49.5")
    assert reaches(any_city, "GEN", "H2").score.total == D(50)
    assert reaches(any_city, "GEN").score.total == D("50.5")
    assert reaches(any_city, "GEN", as_of=JULY_15 + timedelta(days=1)).score.total == D(51)
    assert reaches(any_city, "GEN", as_of=JULY_15 - timedelta(hours=1)).score.total == D(50)


def test_consultation_is_taken_off_in_the_year_until_an_objection_is_settled(any_city: City) -> None:
    add_scheme(
        any_city.database,
        [part("OWN", Source.OWNER, 100, owner="CIV"), part("AWAY", Source.CONSULTATION, None, below=True)],
        [{"place": "ADM"}, {"place": "GEN"}],
    )
    owner_gives(any_city, "50")
    owner_gives(any_city, "50", to="ADM")
    away(any_city, "GEN", "1.5", DeductionState.WITHDRAWN, settled_at=JULY_15 + timedelta(days=2))
    away(any_city, "CIV", "0.5", DeductionState.OBJECTED)
    away(any_city, "CARE", "7", DeductionState.CONFIRMED)
    assert reaches(any_city, "ADM").score.total == D("49.5")
    assert reaches(any_city, "ADM", as_of=JULY_15 + timedelta(days=1)).score.total == D(48)
    assert reaches(any_city, "ADM", as_of=JULY_15 - timedelta(days=1)).score.total == 0
    assert percents(reaches(any_city, "ADM", "H1"), "AWAY") == {}


def away(
    city: City, code: str, points: str, state: DeductionState, settled_at: datetime | None = None
) -> None:
    with city.database.write() as session:
        session.add(
            Deduction(
                programme_id=programme(session, city), department_id=city.departments[code], points=D(points),
                state=state, proposed_at=JULY_15 - timedelta(days=1), decided_by_id=city.people["evaluator"],
                decided_at=JULY_15, reason="불참", settled_at=settled_at,
            )
        )  # fmt: skip


def programme(session: Session, city: City) -> int:
    found = session.exec(select(Programme)).first()
    if found is None:
        kind = next(iter(ProgrammeKind))
        found = Programme(cycle_id=city.cycle_id, code="P1", name="성과 컨설팅", kind=kind)
        session.add(found)
        session.flush()
    return found.id or 0


def test_mileage_of_another_cycle_is_that_cycle_s_whole_and_counts_in_the_year_only(city: City) -> None:
    with city.database.write() as session:
        tasks = Cycle(
            code="TASKS", name="혁신과제", starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31), counts_mileage=True
        )  # fmt: skip
        session.add(tasks)
        session.flush()
        due = datetime(2020, 1, 10, tzinfo=UTC)
        session.add(
            Period(
                cycle_id=tasks.id, code="Y", name="연간", position=0, starts_on=tasks.starts_on,
                ends_on=tasks.ends_on, report_due=due, review_due=due,
            )
        )  # fmt: skip
        session.flush()
        tasks_id = tasks.id or 0
        year = session.exec(select(Period.id).where(Period.cycle_id == tasks_id)).one() or 0
    own, city.cycle_id = city.cycle_id, tasks_id
    city.add_indicator("T1", "과제 하나", "GEN", 3, Kind.YES_NO)
    city.add_indicator("T2", "과제 둘", "GEN", 2, Kind.YES_NO)
    city.cycle_id, halves = own, dict(city.periods)
    city.periods["H2"] = year
    city.report("T1", "H2", 1)
    city.report("T2", "H2", 1)
    city.periods = halves
    add_scheme(
        city.database,
        [part("OWN", Source.OWNER, 100, owner="CIV"), part("MILES", Source.MILEAGE, 4, basis="TASKS")],
        ALL,
    )
    owner_gives(city, "50")
    year_result = reaches(city, "GEN")
    assert percents(year_result, "MILES") == {"": D(5)}
    assert year_result.score.total == D(54)
    assert percents(reaches(city, "GEN", "H2"), "MILES") == {}
