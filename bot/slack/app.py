"""The Bolt app: a listener for each kind of payload. None is acknowledged before it was taken to its end."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.slack.http import RETRIES
from bot.slack.intake import Intake
from bot.slack.manifest import SHORTCUT
from bot.slack.modal import FORM
from bot.slack.people import Us
from bot.slack.read import (
    CameIn,
    Changed,
    Mentioned,
    Someone,
    Wrote,
    read_click,
    read_command,
    read_event,
    read_shortcut,
    read_submission_of,
)

log = structlog.get_logger()
_ANY = re.compile(".*", re.DOTALL)
Body = Mapping[str, Any]
T = TypeVar("T")


def make_app(us: Us, intake: Intake) -> AsyncApp:
    """An app that hands everything to `intake`. Who calls it has checked that Slack does."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=us.enterprise, team_id=us.team, bot_user_id=us.bot_user, bot_id=us.bot
        )

    app = AsyncApp(
        name="bogobot",
        signing_secret="",
        authorize=authorize,
        # Bolt would answer 200 while a listener raises.
        process_before_response=True,
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    listeners = _Listeners(us, intake)
    app.event(_ANY)(listeners.event)
    app.block_action(_ANY)(listeners.click)
    app.view_submission(_ANY)(listeners.submission)
    app.view_closed(_ANY)(listeners.nothing)
    app.shortcut(_ANY)(listeners.shortcut)
    app.command(_ANY)(listeners.command)
    app.error(_log)
    return app


class _Listeners:
    def __init__(self, us: Us, intake: Intake) -> None:
        self._us = us
        self._intake = intake
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def event(self, body: Body, request: AsyncBoltRequest, ack: AsyncAck) -> BoltResponse:
        found = read_event(body, self._us)
        match found:
            case Wrote():
                is_first = request.headers.get(RETRIES, ["0"])[0] == "0"
                await self._in_order(found.who, self._intake.wrote(found), event=True, tells=is_first)
            case CameIn():
                await self._in_order(found.who, self._intake.came_in(found), event=True, tells=False)
            case Mentioned():
                await self._intake.mentioned(found)
            case Changed():
                await self._intake.changed(found)
        return await ack()

    async def click(self, body: Body, ack: AsyncAck) -> BoltResponse:
        clicked = read_click(body, self._us)
        if clicked is not None:
            await self._in_order(clicked.who, self._intake.clicked(clicked))
        return await ack()

    async def submission(self, body: Body, ack: AsyncAck) -> BoltResponse:
        submitted = read_submission_of(body, self._us)
        if submitted is None or submitted.view.get("callback_id") != FORM:
            return await ack()
        wrong = await self._in_order(submitted.who, self._intake.submitted(submitted))
        if wrong:
            return await ack(response_action="errors", errors=wrong)
        return await ack(response_action="clear")

    async def shortcut(self, body: Body, ack: AsyncAck) -> BoltResponse:
        wrote = read_shortcut(body, self._us)
        if wrote is not None and body.get("callback_id") == SHORTCUT:
            await self._in_order(wrote.who, self._intake.handed_in(wrote))
        return await ack()

    async def command(self, body: Body, ack: AsyncAck) -> BoltResponse:
        commanded = read_command(body, self._us)
        if commanded is None:
            return await ack()
        said = await self._in_order(commanded.who, self._intake.commanded(commanded))
        return await ack(said, response_type="ephemeral") if said else await ack()

    async def nothing(self, ack: AsyncAck) -> BoltResponse:
        return await ack()

    async def _in_order(
        self, who: Someone, work: Coroutine[Any, Any, T], *, event: bool = False, tells: bool = True
    ) -> T:
        """One after the other for each person. When it fails they are told, and Slack by a 5xx or by silence:
        an event it brings again."""
        lane = self._lanes.setdefault(who.address, asyncio.Lock())
        try:
            async with lane:
                return await work
        except Exception:
            if tells:
                self._intake.failed(who, is_brought_again=event)
            raise


async def _log(error: Exception) -> BoltResponse:
    log.error("turn.failed", messenger="slack", exc_info=error)
    return BoltResponse(status=500)
