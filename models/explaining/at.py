"""The explanation of a place, whatever it is."""

from __future__ import annotations

from sqlmodel import Session

from models.explaining.explained import Explained, Place
from models.explaining.indicator import explain_indicator
from models.explaining.part import explain_part
from models.explaining.total import explain_total
from models.scheme.result import result_of


def explained_at(session: Session, place: Place) -> Explained:
    """What is to be said at `place`. Raises Refusal where there is nothing there."""
    if place.indicator_id is not None:
        return explain_indicator(session, place)
    result = result_of(session, place.cycle_id, place.scheme, place.period_id, place.as_of)
    return explain_part(session, result, place) if place.part else explain_total(session, result, place)
