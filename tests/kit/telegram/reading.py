"""A call as it stands in an HTTP request: in the address, as a form, as JSON or in parts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, unquote

from aiohttp import BodyPartReader, web

from tests.kit.telegram.refusals import bad_request
from tests.kit.telegram.schema import Upload


async def read_call(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters as they were given, and the files that came along.

    Raises:
        Refused: the body is not what it says it is.
    """
    given: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method == "GET" or not request.body_exists:
        return given, {}
    if request.content_type == "multipart/form-data":
        return await _read_parts(request, given)
    body = (await request.read()).decode("utf-8", "replace")
    if request.content_type == "application/json":
        return given | _read_json(body), {}
    if request.content_type == "application/x-www-form-urlencoded":
        given.update(parse_qsl(body, keep_blank_values=True))
    return given, {}


def _read_json(body: str) -> dict[str, Any]:
    try:
        parameters = json.loads(body) if body else {}
    except ValueError:
        raise bad_request("object expected as request body") from None
    if not isinstance(parameters, dict):
        raise bad_request("JSON object expected")
    return parameters


async def _read_parts(
    request: web.BaseRequest, given: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Upload]]:
    uploads: dict[str, Upload] = {}
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise bad_request("field name in multipart/form-data not found")
            content = bytes(await part.read())
            if part.filename is None:
                given[part.name] = content.decode()
            else:
                # Names are percent-decoded by the real server too.
                uploads[part.name] = Upload(unquote(part.filename), content)
    except ValueError:
        raise bad_request("can't parse form data headers") from None
    return given, uploads
