"""The explanation of a place, whatever it is."""

from __future__ import annotations

from models.explaining.explained import Explained, Place
from models.explaining.indicator import explain_indicator
from models.explaining.known import Known
from models.explaining.part import explain_part
from models.explaining.total import explain_total


def explained_at(known: Known, place: Place) -> Explained:
    """What is to be said at `place`. Raises Refusal where there is nothing there."""
    if place.indicator_id is not None:
        return explain_indicator(known, place)
    return explain_part(known, place) if place.part else explain_total(known.result(place), place)
