"""What is being explained: a part of a subject's total, with everything around it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from models.explaining.explained import Place
from models.explaining.known import Known
from models.organization import Person
from models.plan import Period
from models.scheme.result import SchemeResult, SubjectResult
from models.scheme.rules import PartScore
from models.scheme.table import Part
from models.scores.reading import View
from models.words import Phrase, say

Below = list[tuple[Place, Phrase]]


@dataclass(frozen=True)
class Told:
    """One part of one subject in a result."""

    known: Known
    result: SchemeResult
    one: SubjectResult
    part: Part
    score: PartScore
    place: Place

    @property
    def session(self) -> Session:
        return self.known.session

    def periods(self) -> dict[str, Period]:
        """The cycle's periods by code."""
        return self.known.periods(self.place.cycle_id)

    def view(self) -> View:
        """What is scored."""
        return self.known.view(self.place.cycle_id, self.place.period_id, self.place.as_of)

    def period_name(self, code: str) -> Phrase:
        """What a piece's period is called."""
        return say("{name}", name=self.periods()[code].name) if code else say("연간")


def called(session: Session, person_id: int | None, acting_for_id: int | None = None) -> str:
    """A person's name, with whom they stood in for; "" for nobody."""
    if person_id is None:
        return ""
    name = session.get_one(Person, person_id).name
    return name if acting_for_id is None else f"{name}({session.get_one(Person, acting_for_id).name} 대결)"
