"""Getting in and out: a one-time code, typed or brought by a link, becomes a session."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from bot.web.farewell import end_logged_out
from bot.web.house import House, house_of, session_value, who
from bot.web.limits import SESSION_LASTS
from bot.web.page import page
from bot.web.sessions import COOKIE
from models.words import Phrase, Refusal, say, translator

_ELSEWHERE = say("로그인 화면에서 보낸 요청이 아닙니다. 아래에 코드를 다시 입력해 주세요.")
_VISITED = "bogobot_visited"
_LONGEST_CODE = 40
_LONGEST_FORM = 400


async def home(request: Request) -> Response:
    """The chat for who is logged in; for others the place to type a code."""
    house = house_of(request)
    if house.is_demo:
        return page("demo", house.locale)
    logged_in = await who(request, house)
    if logged_in is None:
        return _form(house, "login", error="")
    return page("chat", logged_in.locale, account=str(logged_in.account_id))


async def enter(request: Request) -> Response:
    """A link with a code. Opening it uses nothing up, since programs open links to preview them; the button does."""
    house = house_of(request)
    if request.method == "GET":
        return _form(house, "enter")
    return await _log_in(request, house, request.path_params["code"])


async def log_in(request: Request) -> Response:
    """A code that was typed."""
    form = parse_qs((await _beginning(request)).decode("utf-8", "replace"))
    return await _log_in(request, house_of(request), form.get("code", [""])[0])


async def log_out(request: Request) -> Response:
    """Ends the session everywhere it is open."""
    house = house_of(request)
    response = RedirectResponse("/", 303)
    if value := session_value(request, house):
        await house.workers.write(house.sessions.log_out, value)
        await end_logged_out(house.workers, house.sessions, house.hub)
        response.delete_cookie(COOKIE)
    return response


async def _beginning(request: Request) -> bytes:
    """As much of the body as a form can have: whoever sends more is not listened to."""
    body = b""
    with suppress(ClientDisconnect):
        async for chunk in request.stream():
            body += chunk
            if len(body) >= _LONGEST_FORM:
                break
    return body[:_LONGEST_FORM]


async def _log_in(request: Request, house: House, code: str) -> Response:
    # Another site could log people in as somebody else, who would then read what they hand in.
    if _VISITED not in request.cookies:
        return _again(house, _ELSEWHERE, 403)
    address = request.client.host if request.client else ""
    if not house.logins.allow(address):
        return _again(house, say("시도가 너무 많습니다. 1분 뒤 다시 해 주세요."), 429)
    try:
        value = await house.workers.write(house.sessions.log_in, code[:_LONGEST_CODE])
    except Refusal as refusal:
        return _again(house, refusal.phrase, 403)
    # A whole office may come from one address: only attempts that fail are counted.
    house.logins.give_back(address)
    response = RedirectResponse("/", 303)
    _set_cookie(response, house, COOKIE, value, int(SESSION_LASTS.total_seconds()))
    return response


def _again(house: House, phrase: Phrase, status: int) -> Response:
    return _form(house, "login", status, error=translator(house.locale)(phrase))


def _form(house: House, name: str, status: int = 200, **values: str) -> Response:
    """A page with a form on it, and a cookie that browsers send back only from pages of this site."""
    response = page(name, house.locale, status, **values)
    _set_cookie(response, house, _VISITED, "yes", None)
    return response


def _set_cookie(response: Response, house: House, name: str, value: str, seconds: int | None) -> None:
    secure = house.address.startswith("https://")
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="strict", secure=secure)
