"""Structured logs on standard error, without tokens, personal data or addresses of files."""

from __future__ import annotations

import logging
import sys

import structlog

_KEPT = {
    "event",
    "level",
    "timestamp",
    "exception",
    "kind",
    "state",
    "count",
    "seconds",
    "messenger",
    "address",
}


def set_up_logs(level: int = logging.INFO) -> None:
    """One line of JSON an event. Only fields known to be harmless are written; others are left out."""
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    # httpx logs whole addresses, with the token in them.
    logging.getLogger("httpx").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            _only_harmless,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _only_harmless(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {name: value for name, value in event.items() if name in _KEPT}
