"""In which periods an indicator is reported: the function and the condition of a query say the same."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from models.asking import asked_in, is_asked, read_report_periods, write_report_periods
from models.plan import Cycle, Indicator, Period
from models.scoring import Kind
from models.store import Database
from tests.kit.city import H1_DUE, small_city

CODES = ("Q1", "Q11", "q1", "Q_", "Q%", "1", "Q 1", "분기")
KEPT = ("", "Q1", "Q11", "q1; Q3", "Q1; Q11", "Q_; 분기", "Q%; 1", "11; Q1", "Q 1", "Q2")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ()),
        (" ; ", ()),
        ("Q1", ("Q1",)),
        ("Q1;Q3 ；Q1;  ;Q  4", ("Q1", "Q3", "Q 4")),
    ],
)
def test_codes_are_read_each_once_and_kept_one_way(text: str, codes: tuple[str, ...]) -> None:
    assert read_report_periods(text) == codes
    assert write_report_periods(text) == "; ".join(codes)


def test_what_names_no_period_is_asked_in_all_and_else_only_in_those_it_names() -> None:
    assert is_asked("", "Q1")
    assert [code for code in CODES if is_asked("Q1; Q11", code)] == ["Q1", "Q11"]


def test_a_query_goes_by_the_same_to_the_letter(any_database: Database, tmp_path: Path) -> None:
    with any_database.write() as session:
        cycle = Cycle(code="C", name="C", starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))
        session.add(cycle)
        session.flush()
        for code in CODES:
            session.add(
                Period(
                    cycle_id=cycle.id or 0, code=code, name=code, starts_on=cycle.starts_on, ends_on=cycle.ends_on,
                    report_due=H1_DUE, review_due=H1_DUE,
                )
            )  # fmt: skip
    city = small_city(tmp_path, any_database)
    for number, kept in enumerate(KEPT):
        city.add_indicator(f"K{number}", "지표", "GEN", 1, Kind.HIGHER, report_periods=kept)
    ours = col(Indicator.code).like("K%")
    by_column = sa.select(col(Indicator.report_periods), col(Period.code)).join(
        Period, asked_in(col(Period.code)) & (col(Period.cycle_id) == cycle.id)
    )
    expected = {(kept, code) for kept, code in product(KEPT, CODES) if is_asked(kept, code)}
    with any_database.read() as session:
        assert {(kept, code) for kept, code in session.execute(by_column.where(ours))} == expected
        for code in CODES:
            by_value = sa.select(col(Indicator.report_periods)).where(ours, asked_in(code))
            assert {(kept, code) for kept in session.scalars(by_value)} == {
                one for one in expected if one[1] == code
            }
