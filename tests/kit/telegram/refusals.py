"""What the Bot API says when it does not do what it was asked."""

from __future__ import annotations

import math
from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A call that is answered with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def bad_request(words: str, **parameters: int) -> Refused:
    """400. The server puts its sentences behind "Bad Request: " in lower case, and its codes as they are."""
    if not _is_code(words):
        words = words[:1].lower() + words[1:]
    return Refused(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> Refused:
    return Refused(403, f"Forbidden: {words}")


def conflict(words: str) -> Refused:
    return Refused(409, f"Conflict: {words}")


def too_many_requests(wait: float) -> Refused:
    """429, with the whole seconds after which the scope is open again."""
    seconds = max(1, math.ceil(wait))
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _is_code(words: str) -> bool:
    """Whether the words are a code such as BUTTON_DATA_INVALID, or begin with an abbreviation."""
    return len(words) > 1 and (words[1] == "_" or "A" <= words[1] <= "Z")
