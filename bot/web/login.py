"""Getting in and out: a one-time code, typed or brought by a link, becomes a session."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.house import House, house_of, session_value, who
from bot.web.limits import SESSION_LASTS
from bot.web.page import page
from bot.web.sessions import COOKIE
from models.words import Phrase, Refusal, say, translator

_LONGEST_CODE = 40
_LONGEST_FORM = 400


async def home(request: Request) -> Response:
    """The chat for who is logged in; for others the place to type a code."""
    house = house_of(request)
    if house.is_demo:
        return page("demo", house.locale)
    logged_in = await who(request, house)
    if logged_in is None:
        return page("login", house.locale, error="")
    return page("chat", logged_in.locale, account=str(logged_in.account_id))


async def enter(request: Request) -> Response:
    """A link with a code. Opening it uses nothing up, since programs open links to preview them; the button does."""
    house = house_of(request)
    if request.method == "GET":
        return page("enter", house.locale)
    return await _log_in(request, house, request.path_params["code"])


async def log_in(request: Request) -> Response:
    """A code that was typed."""
    form = parse_qs((await request.body())[:_LONGEST_FORM].decode("utf-8", "replace"))
    return await _log_in(request, house_of(request), form.get("code", [""])[0])


async def log_out(request: Request) -> Response:
    """Ends the session everywhere it is open."""
    house = house_of(request)
    await house.workers.write(house.sessions.log_out, session_value(request, house))
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response


async def _log_in(request: Request, house: House, code: str) -> Response:
    address = request.client.host if request.client else ""
    if not house.logins.allow(address):
        return _again(house, say("시도가 너무 많습니다. 1분 뒤 다시 해 주세요."), 429)
    try:
        value = await house.workers.write(house.sessions.log_in, code[:_LONGEST_CODE])
    except Refusal as refusal:
        return _again(house, refusal.phrase, 403)
    response = RedirectResponse("/", 303)
    response.set_cookie(
        COOKIE,
        value,
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=house.secure_cookies,
    )
    return response


def _again(house: House, phrase: Phrase, status: int) -> Response:
    return page("login", house.locale, status, error=translator(house.locale)(phrase))
