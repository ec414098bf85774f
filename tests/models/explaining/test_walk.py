"""The walk from totals to points: what every place says adds up to what the place above it said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import Session

from models.consultation.deduction import Deduction, DeductionState
from models.consultation.programme import Programme, ProgrammeKind
from models.explaining import Explained, Known, Place, explained_at, walk
from models.planning.versions import record_versions
from models.scheme.result import result_of
from models.scheme.table import Adjustment, AdjustmentState, Combine, OwnerValue, Source
from models.scoring import Kind, Rollup
from models.store import Database
from models.words import Refusal, translator
from tests.kit.city import JULY, City, small_city
from tests.kit.schemes import PEOPLE, Row, add_scheme, subject_id

D = Decimal
LATER = datetime(2020, 2, 1, tzinfo=UTC)
PARTS: tuple[Row, ...] = (
    {
        "code": "ACH", "name": "달성도", "source": Source.INDICATORS, "points": 60, "combine": Combine.MEAN,
        "below": True,
    },
    {"code": "OWN", "name": "소통", "source": Source.OWNER, "points": 25, "owner": "CIV"},
    {"code": "PEO", "name": "사람", "source": Source.SCHEME, "points": 15, "basis": "PERS", "below": True},
    {"code": "PLUS", "name": "가점", "source": Source.BONUS, "points": 1},
    {"code": "MINUS", "name": "감점", "source": Source.DEDUCTION, "points": None},
)  # fmt: skip
_WEIGHED = re.compile(r"^(?P<weight>[\d.]+) × (약 )?(?P<percent>[\d.]+) ÷ 100 = (?P<points>[\d.]+)점")
_SHEET = re.compile(
    r"^(?P<period>\S+): 지표 (?P<count>\d+)개, (?P<points>[\d.]+)점 / 가중치 (?P<weight>[\d.]+)$"
)
_OF_ROW = re.compile(r"(?P<period>\S+) (?P<points>[\d.]+)/(?P<weight>[\d.]+)점")


@pytest.fixture
def city(database: Database, tmp_path: Path) -> City:
    """한빛시 with reports of both halves, values, a bonus and deductions; two bureaus are ranked, and two people."""
    city = small_city(tmp_path, database)
    with database.write() as session:
        record_versions(
            session,
            datetime(2019, 1, 2, tzinfo=UTC),
            city.indicators.values(),
            person_id=None,
            channel="test",
        )
    add_scheme(database, PARTS, [{"place": "ADM"}, {"place": "WEL"}], grades=[{"name": "가", "share": D(50)}])
    own = {"code": "OWN", "name": "근태", "source": Source.OWNER, "points": 100, "owner": "CIV"}
    add_scheme(database, [own], [{"person": "officer"}, {"person": "carer"}], **PEOPLE)
    for code, half, value in (
        ("G1", "H1", "90.3"), ("G2", "H1", 9), ("G3", "H1", 1), ("G1", "H2", 97), ("C1", "H1", "3.1"),
        ("C2", "H2", 7), ("C3", "H2", 2100), ("W1", "H1", 2), ("W2", "H2", 25),
    ):  # fmt: skip
        city.report(code, half, value, evidence=("근거.pdf",))
    city.report("W3", "H1", None, not_applicable=True)
    with database.write() as session:
        for to, scheme, value in (("ADM", "INST", "21.7"), ("officer", "PERS", 88), ("carer", "PERS", 71)):
            session.add(
                OwnerValue(
                    subject_id=subject_id(session, to, scheme), part="OWN", value=D(value), given_at=JULY,
                    given_by_id=city.people["civil"],
                )
            )  # fmt: skip
        for to, part, points in (("ADM", "PLUS", "0.7"), ("ADM", "PLUS", "0.6"), ("WEL", "MINUS", "90")):
            session.add(
                Adjustment(
                    subject_id=subject_id(session, to), part=part, points=D(points), reason="사유",
                    state=AdjustmentState.CONFIRMED, proposed_by_id=city.people["civil"], proposed_at=JULY,
                    decided_by_id=city.people["evaluator"], decided_at=JULY,
                )
            )  # fmt: skip
    return city


def said(here: Explained) -> list[str]:
    return [translator("ko")(line) for line in here.lines]


def figure(told: str) -> Decimal:
    return D(told.replace("△", "-"))


def labels(here: Explained) -> dict[Place, str]:
    return {place: translator("ko")(label) for place, label in here.below}


def totals(session: Session, city: City, as_of: datetime | None) -> Iterator[tuple[Place, Decimal]]:
    for scheme in ("INST", "PERS"):
        for period in (None, *city.periods.values()):
            for one in result_of(session, city.cycle_id, scheme, period, as_of).subjects:
                yield Place(city.cycle_id, period, scheme, one.subject.id, as_of=as_of), one.score.total


@pytest.mark.parametrize("as_of", [None, LATER, JULY - timedelta(days=6), datetime(2018, 1, 1, tzinfo=UTC)])
def test_what_each_place_says_adds_up_to_what_the_place_above_it_said(
    city: City, as_of: datetime | None
) -> None:
    with city.database.read() as session:
        known = Known(session)
        for place, total in totals(session, city, as_of):
            here = explained_at(known, place)
            line, *rest = said(here)
            added, _, told = line.removesuffix("점").rpartition(" = ")
            terms = [figure(one) for one in added.replace("− ", "△").replace("+ ", "").split()]
            assert sum(terms) == figure(told)
            assert max(figure(told), D(0)) == total
            assert (figure(told) < 0) == any("0점 아래로" in one for one in rest)
            parts = labels(here)
            assert len(parts) == len(terms) or not parts
            for (below, label), points in zip(parts.items(), terms, strict=False):
                if "해당 없음" in label:
                    assert points == 0
                else:
                    assert figure(label.split()[-1].split("/")[0].removesuffix("점")) == points
                check_part(explained_at(known, below), points, label)


def check_part(here: Explained, points: Decimal, label: str) -> None:
    told = said(here)
    weighed = [match for line in told if (match := _WEIGHED.match(line))]
    if "/" in label:
        (one,) = weighed
        assert D(one["points"]) == points
        exact = D(one["weight"]) * D(one["percent"]) / 100
        assert abs(exact - points) <= D("0.005") + D(one["weight"]) * D("0.00005") / 100
    for sheet in (match for line in told if (match := _SHEET.match(line))):
        rows = [row for label in labels(here).values() if (row := _OF_ROW.search(label))]
        own = [row for row in rows if row["period"] == sheet["period"]]
        assert sum((D(row["points"]) for row in own), D(0)) == D(sheet["points"])
        assert sum((D(row["weight"]) for row in own), D(0)) == D(sheet["weight"])


def test_the_whole_walk_ends_at_indicators_of_the_half_they_were_led_to_from(city: City) -> None:
    with city.database.read() as session:
        known = Known(session)
        place = Place(city.cycle_id, None, "INST", subject_id(session, "ADM"))
        seen = list(walk(place, partial(explained_at, known)))
        assert {depth for depth, _ in seen} == {0, 1, 2, 3}
        first = next(below for below, _ in explained_at(known, place.at_part("ACH")).below)
        assert first.sheet == (city.cycle_id, city.periods["H1"])
        # And back up to the year it was come from, not to the half.
        assert first.above() == place.at_part("ACH")
        assert place.at_part("ACH").above() == place
        assert place.above() is None


def test_what_is_not_applicable_is_not_called_unapproved(city: City) -> None:
    with city.database.read() as session:
        place = Place(city.cycle_id, city.periods["H1"], "INST", subject_id(session, "WEL"), "ACH")
        told = list(labels(explained_at(Known(session), place)).values())
    assert "돌봄 만족도 · 상반기 해당 없음" in told
    assert "실내온도 · 상반기 0/42.86점(승인된 실적 없음)" in told


def test_a_sum_without_a_target_of_the_half_is_not_called_unapproved_either(city: City) -> None:
    city.report("C3", "H1", 1000)
    with city.database.read() as session:
        place = Place(city.cycle_id, city.periods["H1"], "INST", subject_id(session, "ADM"), "ACH")
        told = list(labels(explained_at(Known(session), place)).values())
    assert "상담 가구 · 상반기 0/30점(계산할 수 없음)" in told


def test_values_of_periods_are_told_with_how_they_are_put_together(city: City) -> None:
    city.add_indicator("X1", "순유입", "FAC", 10, Kind.FROM_BASELINE, target=5, baseline=0, rollup=Rollup.SUM)
    city.report("X1", "H1", "-1.5")
    city.report("X1", "H2", 4)
    place = Place(city.cycle_id, None, indicator_id=city.indicators["X1"])
    with city.database.read() as session:
        told = said(explained_at(Known(session), place))
    assert "기간별 인정 실적의 합계: △1.5, 4 → 2.5" in told


def test_what_does_not_apply_has_its_weight_shared_out_and_gets_nothing_itself(city: City) -> None:
    city.add_indicator("X1", "시범 사업", "FAC", "9.93", Kind.YES_NO)
    city.report("X1", "H1", None, not_applicable=True)
    place = Place(city.cycle_id, city.periods["H1"], indicator_id=city.indicators["X1"])
    with city.database.read() as session:
        told = said(explained_at(Known(session), place))
    assert told[:2] == ["해당 없음으로 인정되어 가중치 9.93을 다른 지표에 나누었습니다.", "가중치 9.93"]


def test_files_are_kept_apart_from_the_figures(city: City) -> None:
    with city.database.read() as session:
        place = Place(city.cycle_id, city.periods["H1"], indicator_id=city.indicators["G1"])
        here = explained_at(Known(session), place)
        assert not any("근거.pdf" in line for line in said(here))
        assert [translator("ko")(line).split(" (")[0] for line in here.files] == ["상반기 1차 증빙: 근거.pdf"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "NONE"},
        {"subject_id": 999},
        {"scheme": "NONE"},
        {"indicator_id": 999},
        {"cycle_id": 999},
        {"period_id": 999},
    ],
)
def test_a_place_that_is_not_there_is_refused(city: City, wrong: Row) -> None:
    with city.database.read() as session:
        about = {"cycle_id": city.cycle_id, "period_id": None, "scheme": "INST"}
        about["subject_id"] = subject_id(session, "ADM")
        with pytest.raises(Refusal):
            explained_at(Known(session), Place(**about | wrong))


def test_an_owner_s_value_is_told_with_the_rule_and_its_numbers(city: City) -> None:
    rule = {"kind": Kind.HIGHER, "target": D(98), "source": Source.OWNER, "owner": "CIV"}
    add_scheme(
        city.database,
        [{"code": "OPEN", "name": "정보공개", "points": 100, **rule}],
        [{"place": "GEN"}],
        code="ONE",
    )
    with city.database.write() as session:
        one = subject_id(session, "GEN", "ONE")
        session.add(
            OwnerValue(
                subject_id=one, part="OPEN", value=D("93.3"), given_at=JULY, given_by_id=city.people["civil"]
            )
        )
    with city.database.read() as session:
        told = said(explained_at(Known(session), Place(city.cycle_id, None, "ONE", one, "OPEN")))
    assert "산출식: 93.3 ÷ 98 × 100" in told
    assert any(line.startswith("연간 입력값 93.3 — 이민원") for line in told)


def test_what_was_taken_off_is_told_as_it_was_known_and_for_all_below(city: City) -> None:
    away = {"code": "AWAY", "name": "미참여", "source": Source.CONSULTATION, "points": None, "below": True}
    own = {"code": "OWN", "name": "소통", "source": Source.OWNER, "points": 100, "owner": "CIV"}
    add_scheme(city.database, [own, away], [{"place": "ADM"}], code="TWO")
    with city.database.write() as session:
        programme = Programme(
            cycle_id=city.cycle_id, code="P1", name="컨설팅", kind=next(iter(ProgrammeKind))
        )
        session.add(programme)
        session.flush()
        session.add(
            Deduction(
                programme_id=programme.id or 0, department_id=city.departments["GEN"], points=D("1.5"),
                state=DeductionState.WITHDRAWN, proposed_at=JULY, decided_at=JULY,
                decided_by_id=city.people["evaluator"], reason="불참", settled_at=JULY + timedelta(days=2),
            )
        )  # fmt: skip
        place = Place(city.cycle_id, None, "TWO", subject_id(session, "ADM", "TWO"), "AWAY")
    with city.database.read() as session:
        now = said(explained_at(Known(session), place))
        then = said(explained_at(Known(session), replace(place, as_of=JULY + timedelta(days=1))))
    assert now == ["합계 0점 → 반영 0점"]
    assert then[0] == "합계 1.5점 → 반영 △1.5점"
    assert then[1].startswith("1.5점: 총무과의 컨설팅 미참여 — 정평가 확정")
