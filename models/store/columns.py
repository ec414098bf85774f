"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

SCALE = 4
_UNIT = Decimal(1).scaleb(-SCALE)
_DIGITS = 18
_LIMIT = 10 ** (_DIGITS - SCALE)


class ExactDecimal(sa.types.TypeDecorator[Decimal]):
    """A Decimal with four decimals and at most 14 digits before them.

    SQLite knows only floats beside integers, so there it is an integer of ten-thousandths.
    """

    impl = sa.Numeric(_DIGITS, SCALE)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.BigInteger())
        return dialect.type_descriptor(sa.Numeric(_DIGITS, SCALE))

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if not value.is_finite() or abs(value) >= _LIMIT or value.quantize(_UNIT, ROUND_HALF_UP) != value:
            raise ValueError(f"{value} does not fit into {_DIGITS - SCALE} digits and {SCALE} decimals")
        return int(value.scaleb(SCALE)) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        if value is None:
            return None
        exact = Decimal(value).scaleb(-SCALE) if dialect.name == "sqlite" else Decimal(value)
        plain = exact.normalize()
        return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def decimal_field(**options: Any) -> Any:
    """A SQLModel field kept as ExactDecimal."""
    return Field(sa_type=ExactDecimal, **options)


def enum_field(kind: type[Enum], name: str, **options: Any) -> Any:
    """A SQLModel field that stores an enum's value as text, with a CHECK on it."""
    stored = sa.Enum(
        kind,
        native_enum=False,
        length=20,
        values_callable=lambda members: [member.value for member in members],
        create_constraint=True,
        name=name,
    )
    return Field(sa_type=stored, **options)


def json_field(**options: Any) -> Any:
    """A SQLModel field that holds plain JSON: replace it whole, changes inside are not seen."""
    return Field(sa_type=sa.JSON, **options)
