"""The demo: people of one city in one page, and a clock that can be moved on. Never mounted in `serve`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.demo import cast_of
from bot.web.house import House, house_of
from bot.web.passing import pass_time
from handlers.account.home import ROLE_NAMES
from models.clock import MovableClock
from models.messaging.account import web_account
from models.words import Translator, translator
from models.words.shown import shown_datetime

_MOST_DAYS = 31


async def _state(request: Request) -> Response:
    house = house_of(request)
    if _is_from_elsewhere(request):
        return JSONResponse({"error": "localhost only"}, 403)
    people = await house.workers.write(_cast, house)
    words = house.scene.words if house.scene else ""
    return JSONResponse({"now": _shown_now(house), "people": people, "words": words})


async def _clock(request: Request) -> Response:
    """Moves the clock on; everything that falls due on the way happens at its own moment."""
    house = house_of(request)
    if _is_from_elsewhere(request):
        return JSONResponse({"error": "localhost only"}, 403)
    try:
        days = (await request.json())["days"]
    except (ValueError, TypeError, KeyError):
        days = None
    if not isinstance(days, int) or not 1 <= days <= _MOST_DAYS or not isinstance(house.clock, MovableClock):
        return JSONResponse({"error": f"days: 1-{_MOST_DAYS}"}, 400)
    async for _ in pass_time(house, house.clock, timedelta(days=days)):
        house.hub.give_all({"op": "clock", "now": _shown_now(house)})
    return JSONResponse({"now": _shown_now(house)})


def _is_from_elsewhere(request: Request) -> bool:
    """Whether the page was reached by another name: a site whose name was made to lead here must learn nothing."""
    return request.url.hostname not in ("127.0.0.1", "localhost", "::1")


def _cast(session: Session, house: House) -> list[dict[str, Any]]:
    translate: Translator = translator(house.locale)
    shown = []
    for person, role in cast_of(session, house.scene) if house.scene else ():
        assert person.id is not None
        account = web_account(session, house.clock.now(), person.id)
        shown.append(
            {
                "role": translate(ROLE_NAMES[role]),
                "name": person.name,
                "title": person.title,
                "session": house.sessions.begin(session, account),
            }
        )
    return shown


def _shown_now(house: House) -> str:
    translate = translator(house.locale)
    # Always with the year: cities' demos are set in different ones, none of them that of the reader.
    return shown_datetime(house.clock.now(), translate.locale, translate.zone, date.min)


ROUTES = [Route("/demo/state", _state), Route("/demo/clock", _clock, methods=["POST"])]
