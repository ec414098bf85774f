"""Everything the server answers over HTTP: its API, files, response_urls and sockets; and another host beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.web_request import BaseRequest

from tests.kit.slack.files import LOGIN_PAGE, Downloads, served_file, take_upload
from tests.kit.slack.responses import take_response
from tests.kit.slack.socket_mode import SocketMode
from tests.kit.slack.web_api import Call, WebApi, bearer
from tests.kit.slack.workspace import ApiError, Workspace

LARGEST_UPLOAD = 1024**3


@dataclass
class Host:
    """The host that plays slack.com, files.slack.com and hooks.slack.com."""

    workspace: Workspace
    api: WebApi
    sockets: SocketMode
    on_change: Callable[[int], None]
    """Told +1 when a request comes, and -1 when it is answered."""
    downloads: Downloads = "file"
    given_away: list[str] = field(default_factory=list)
    strangers_url: str = ""

    async def handle(self, request: BaseRequest) -> web.StreamResponse:
        """Everything that is asked of this host."""
        if request.path == "/link/":
            return await self.sockets.connect(request)
        self.on_change(+1)
        try:
            return await self._answer(request)
        finally:
            self.on_change(-1)

    async def handle_stranger(self, request: BaseRequest) -> web.StreamResponse:
        """Another host, which notes the tokens that reach it."""
        token = bearer(request)
        if token is not None:
            self.given_away.append(token)
        return web.Response(body=b"from another host", content_type="application/octet-stream")

    async def _answer(self, request: BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/api/"):
            return await self.api.handle(request, path.removeprefix("/api/"))
        for prefix, name, work in (
            ("/upload/v1/", "upload", self._upload),
            ("/files-pri/", "download", self._download),
            (f"/actions/{self.workspace.team_id}/", "response_url", self._response_url),
        ):
            if path.startswith(prefix):
                rest = path.removeprefix(prefix)
                call = Call(name, {"path": rest}, self.workspace.clock.now())
                return await self.api.surround(call, request, work(request, call, rest))
        return web.json_response({"ok": False, "error": "not_found"}, status=404)

    async def _upload(self, request: BaseRequest, call: Call, ticket: str) -> web.StreamResponse:
        request = request.clone(client_max_size=LARGEST_UPLOAD)
        content = await request.read()
        if request.content_type == "multipart/form-data":
            form = await request.post()
            content = next(
                (part.file.read() for part in form.values() if isinstance(part, web.FileField)), b""
            )
        call.status, words = take_upload(self.workspace, ticket, content, bearer(request))
        call.answer = {} if call.status == 200 else {"error": words}
        return web.Response(text=words, status=call.status)

    async def _download(self, request: BaseRequest, call: Call, rest: str) -> web.StreamResponse:
        file = served_file(self.workspace, rest, bearer(request))
        if file is None or file.content is None or self.downloads == "login_page":
            return web.Response(text=LOGIN_PAGE, content_type="text/html")
        if self.downloads == "redirect":
            return web.Response(status=302, headers={"Location": f"{self.strangers_url}/{rest}"})
        content = file.content if self.downloads == "file" else file.content[: len(file.content) // 2]
        return web.Response(body=content, content_type="application/octet-stream")

    async def _response_url(self, request: BaseRequest, call: Call, name: str) -> web.StreamResponse:
        if bearer(request) is not None:
            self.workspace.complaints.append("a token was sent to a response_url, which wants none")
        try:
            call.arguments = json.loads(await request.read())
            call.answer = {"ok": True, **take_response(self.workspace, name, call.arguments)}
        except ValueError:
            call.status, call.answer = 400, {"ok": False, "error": "invalid_payload"}
        except ApiError as error:
            call.status = 404 if error.error.endswith("_url") else 400
            call.answer = {"ok": False, "error": error.error, **error.more}
        return web.json_response(call.answer, status=call.status)
