"""The Web API over HTTP: reads a call, finds out whose it is, answers it, and keeps it for the tests to look at."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import BaseRequest, FileField

from tests.kit.slack.faults import Fault, Faults
from tests.kit.slack.limits import Limits
from tests.kit.slack.methods import METHODS, Method
from tests.kit.slack.workspace import ApiError, Body, Workspace

IN_JSON = ("attachments", "blocks", "files", "metadata", "view")
"""Arguments that forms carry as JSON text."""
UNREADABLE = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}


@dataclass(slots=True)
class Call:
    """A call that came: its arguments without the token, when by the server's clock, and how it was answered."""

    method: str
    arguments: Body
    at: float
    status: int = 200
    answer: Body = field(default_factory=dict)
    fault: str = ""

    @property
    def error(self) -> str:
        """The error code it was refused with, or nothing."""
        return str(self.answer.get("error", ""))


@dataclass
class WebApi:
    """Answers calls out of the workspace."""

    workspace: Workspace
    open_socket: Callable[[], Body]
    """Answers apps.connections.open."""
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    enforces_limits: bool = False
    calls: list[Call] = field(default_factory=list)

    async def handle(self, request: BaseRequest, name: str) -> web.StreamResponse:
        """One call of the method of that name."""
        call = Call(name, {}, self.workspace.clock.now())
        return await self.surround(call, request, self._respond(request, call))

    async def surround(
        self, call: Call, request: BaseRequest, work: Coroutine[Any, Any, web.StreamResponse]
    ) -> web.StreamResponse:
        """Does the work, unless a fault in store for the method comes before it or takes its answer away."""
        self.calls.append(call)
        fault = self.faults.take(call.method)
        if fault is None:
            return await work
        call.fault = fault.kind
        if fault.accepted:
            response = await work
            return await meet(fault, request, call) or response
        wrong = await meet(fault, request, call)
        if wrong is None:
            return await work
        work.close()
        return wrong

    async def _respond(self, request: BaseRequest, call: Call) -> web.StreamResponse:
        headers: dict[str, str] = {}
        try:
            call.answer = {"ok": True, **await self._answer(request, call, headers)}
        except ApiError as error:
            call.answer = {"ok": False, "error": error.error, **error.more}
            if error.messages:
                call.answer["response_metadata"] = {"messages": error.messages}
        return web.Response(
            body=json.dumps(call.answer, ensure_ascii=False).encode(),
            status=call.status,
            headers=headers,
            content_type="application/json",
            charset="utf-8",
        )

    async def _answer(self, request: BaseRequest, call: Call, headers: dict[str, str]) -> Body:
        arguments, is_json = await _read(request)
        token = bearer(request) or (None if is_json else arguments.pop("token", None))
        if call.method == "apps.connections.open":
            self._check_token(token, self.workspace.app_token, self.workspace.bot_token)
            return self.open_socket()
        method = METHODS.get(call.method)
        if method is None:
            raise ApiError("unknown_method", req_method=call.method)
        self._check_token(token, self.workspace.bot_token, self.workspace.app_token)
        if method.scope:
            self.workspace.needs(method.scope)
        call.arguments = arguments if method.takes_json or not is_json else {}
        if self.enforces_limits:
            self._check_limits(call, method, headers)
        for argument in IN_JSON:
            if isinstance(arguments.get(argument), str):
                arguments[argument] = _parsed(arguments[argument], argument)
        missing = [
            f"missing required field: {one}" for one in method.needs if call.arguments.get(one) in (None, "")
        ]
        if missing:
            raise ApiError("invalid_arguments", *missing)
        # An answer stands as it was given, whatever becomes of the message later.
        return copy.deepcopy(method.answer(self.workspace, call.arguments))

    def _check_token(self, token: Any, wanted: str, other: str) -> None:
        if not token:
            raise ApiError("not_authed")
        if token == other:
            raise ApiError("not_allowed_token_type")
        if token != wanted:
            raise ApiError("invalid_auth")
        if not self.workspace.is_account_active:
            raise ApiError("account_inactive")

    def _check_limits(self, call: Call, method: Method, headers: dict[str, str]) -> None:
        channel = str(call.arguments.get("channel")) if call.method == "chat.postMessage" else None
        if channel is not None and channel[:1] in ("U", "W"):
            channel = f"D{channel[1:]}"
        seconds = self.limits.wait_for(call.method, method.tier, channel, self.workspace.clock.now())
        if seconds:
            call.status = 429
            headers["Retry-After"] = str(seconds)
            raise ApiError("ratelimited")


async def meet(fault: Fault, request: BaseRequest, call: Call) -> web.StreamResponse | None:
    """What a call that meets the fault gets instead of its answer; None where it is only kept waiting."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    call.status = fault.status
    if fault.kind == "drop":
        call.status = 0
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if fault.kind == "ratelimited":
        call.status, call.answer = 429, {"ok": False, "error": "ratelimited"}
        return web.json_response(call.answer, status=429, headers={"Retry-After": f"{fault.seconds:.0f}"})
    if fault.kind == "error":
        call.answer = {"ok": False, "error": fault.error}
        return web.json_response(call.answer)
    return web.Response(text="<html><body>upstream connect error</body></html>", status=fault.status)


def bearer(request: BaseRequest) -> str | None:
    """The token in the Authorization header."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind == "Bearer" else None


async def _read(request: BaseRequest) -> tuple[Body, bool]:
    """The arguments of a call, and whether they came as JSON."""
    arguments: Body = dict(request.query)
    if not request.body_exists:
        return arguments, False
    if request.content_type == "application/json":
        try:
            given = json.loads(await request.read())
        except ValueError as error:
            raise ApiError("invalid_json") from error
        if not isinstance(given, dict):
            raise ApiError("json_not_object")
        return arguments | given, True
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise ApiError("invalid_post_type")
    for name, value in (await request.post()).items():
        arguments[name] = value.file.read() if isinstance(value, FileField) else value
    return arguments, False


def _parsed(text: str, argument: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        code = UNREADABLE.get(argument, "invalid_arguments")
        raise ApiError(code, f"invalid JSON [json-pointer:/{argument}]") from error
