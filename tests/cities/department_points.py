"""Points of departments in a cycle without a scheme, as the engine has them and as the checked-in table has them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal

from models.scores import score_sheet
from tests.cities.by_hand.tables import EXPECTED
from tests.cities.comparing import where
from tests.cities.place import Place

Points = Mapping[str, tuple[Decimal, Decimal]]
"""By the department's code: its points, and the weights of what is scored; who has nothing scored is not there."""


def points(place: Place, cycle: str, period: str = "") -> Points:
    """The totals of the score sheet of a period, or of the year."""
    with place.town.database.read() as session:
        sheet = score_sheet(session, *where(session, cycle, period))
        scored = [one for one in sheet.departments if one.weight]
        return {one.department.code: (one.points, one.weight) for one in scored}


def expected(city: str, cycle: str, period: str = "") -> Points:
    """The same, worked out from the files alone."""
    path = EXPECTED / f"{city.partition('-')[0]}-departments-{cycle}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["기간"] == period]
    totals = {row["코드"]: (Decimal(row["점수"]), Decimal(row["가중치"])) for row in found}
    return {code: total for code, total in totals.items() if total[1]}
