"""A Decimal comes back as it was kept, on both databases, or is refused."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from models.special_days import SpecialDay
from models.store.columns import ExactDecimal

KEPT = ["0", "97.3", "-97.3", "0.0001", "-0.0001", "99999999999999.9999", "-99999999999999.9999", "3902"]


@pytest.fixture
def column(any_database):
    table = sa.Table("kept", sa.MetaData(), sa.Column("value", ExactDecimal))
    table.create(any_database.engine)
    return any_database, table


def stored(column, values: list[str]) -> list[Decimal]:
    database, table = column
    with database.engine.begin() as connection:
        connection.execute(sa.insert(table), [{"value": Decimal(value)} for value in values])
        return [row.value for row in connection.execute(sa.select(table).order_by(table.c.value))]


def test_a_decimal_comes_back_digit_by_digit(column):
    assert [str(value) for value in stored(column, KEPT)] == sorted(KEPT, key=Decimal)


@pytest.mark.parametrize(("given", "kept"), [("97.30", "97.3"), ("1E+3", "1000"), ("0E-4", "0"), ("-0", "0")])
def test_it_comes_back_plain(column, given, kept):
    assert [str(value) for value in stored(column, [given])] == [kept]


@pytest.mark.parametrize(
    "value", ["0.00001", "100000000000000", "-100000000000000", "NaN", "Infinity", "1E+400"]
)
def test_what_does_not_fit_is_refused_and_not_rounded(column, value):
    with pytest.raises(sa.exc.StatementError, match="does not fit"):
        stored(column, [value])


def test_a_sum_in_the_database_is_exact(column):
    database, table = column
    stored(column, ["0.1"] * 10)
    with database.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.sum(table.c.value))).scalar_one() == Decimal(1)


def test_a_check_refuses_what_is_no_value_of_the_enum(any_database):
    with pytest.raises(sa.exc.IntegrityError), any_database.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO department (id, code, name, kind, path, position) VALUES (1, 'A', 'A', 'village', '/', 0)"
        )


def test_a_block_that_raises_is_undone(any_database):
    with pytest.raises(ZeroDivisionError), any_database.write() as session:
        session.add(SpecialDay(day=date(2019, 10, 1), name="개청기념일"))
        session.flush()
        raise ZeroDivisionError
    with any_database.read() as session:
        assert session.get(SpecialDay, date(2019, 10, 1)) is None
