"""The errand of an early warning: draws the picture for one reader and brings it with the notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.early_warning.picture import draw
from models.evidence.table import receive
from models.forecast.projecting import newest_projection, still_warns
from models.forecast.reading import year_so_far
from models.forecast.table import Projection
from models.organization import Person
from models.plan import Indicator
from models.words import Phrase, say, translator


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Draws what the newest projection of the indicator says."""
    with workshop.database.read() as session:
        projection = newest_projection(session, data["indicator"])
        year = year_so_far(session, session.get_one(Indicator, data["indicator"]))
        translate = translator(session.get_one(Person, data["person"]).locale)
        picture = draw(year, projection, translate)
        name = translate(_name(year.indicator))
    target = workshop.folder / "picture.png"
    target.write_bytes(picture)
    kept, projection_id = workshop.keep(target, f"{name}.png"), projection.id

    def finish(talk: Talk) -> Go:
        told = talk.session.get_one(Projection, projection_id)
        # Whether it may be told is asked by the notice's guard as well, when it leaves.
        if told.told_at is None and still_warns(talk.session, told):
            told.told_at = talk.now
            talk.session.add(told)
        parcel = receive(talk.session, talk.now, talk.person_id, kept)
        return Go("early_warning.notice", {"projection": projection_id, "parcel": parcel.id})

    return finish


def _name(indicator: Indicator) -> Phrase:
    return say("{indicator} 연말 전망", indicator=indicator.name)
