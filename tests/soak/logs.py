"""What the bot logs, line by line as it would be written, and what must never be in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import structlog

from bot.logs import set_up_logs

_OF_THE_KITS = ("aiohttp.server", "aiohttp.access")
_WITH_FAULTS = {
    "arrival.failed": (
        "AnswerLost",
        "FetchingFailed",
        "TelegramError",
        "TimedOut",
        "NetworkError",
        "NotSent",
        "TooManyRequests",
    ),
    "telegram.answer_failed": ("",),
    "turn.failed": ("people.py",),
}
"""Errors that faults of the services explain: an event, and what its exception names one of."""


class Lines:
    """The log of a run."""

    def __init__(self) -> None:
        self._out = StringIO()
        self._read_to = 0

    @property
    def text(self) -> str:
        return self._out.getvalue()

    def errors(self, *, faulty: bool) -> list[str]:
        """Errors since this was asked last that nothing explains; `faulty` is whether the services were."""
        fresh, self._read_to = self.text[self._read_to :], len(self.text)
        return [line for line in fresh.splitlines() if not _is_explained(json.loads(line), faulty)]


def _is_explained(line: dict[str, Any], faulty: bool) -> bool:
    if line["level"] not in ("error", "critical") or line.get("logger") in _OF_THE_KITS:
        return True
    kinds = _WITH_FAULTS.get(line["event"], ()) if faulty else ()
    return any(kind in line.get("exception", "") for kind in kinds)


@contextmanager
def captured() -> Iterator[Lines]:
    """Logs are written as `bogobot serve` would, but into memory."""
    lines, root = Lines(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    before = structlog.get_config()
    set_up_logs()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(lines._out))
    try:
        yield lines
    finally:
        structlog.configure(**before)
        root.handlers[:], root.level = handlers, level
