"""Structured logs on standard error, without tokens, personal data or addresses of files."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

import structlog

_KEPT = {
    "event",
    "level",
    "timestamp",
    "exception",
    "logger",
    "kind",
    "state",
    "count",
    "seconds",
    "messenger",
    "address",
}


# Libraries whose first lines never have values in them.
_PLAIN = {"uvicorn", "asyncio", "apscheduler", "sqlalchemy"}


def set_up_logs(level: int = logging.INFO) -> None:
    """One line of JSON an event. Only fields known to be harmless are written; others are left out."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.ExceptionRenderer(_where),
            _only_harmless,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Libraries()], force=True)


class _Libraries(logging.Handler):
    """What libraries log. Their words may hold anything (an address with a token, a row with a name): what is
    kept is the sentence as it stands in their source, without what was put into it, and where an error arose."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info if record.exc_info and record.exc_info[0] else None
        # Without arguments the sentence may have been put together before, with anything in it.
        is_template = record.args or record.name.partition(".")[0] in _PLAIN
        words = str(record.msg).partition("\n")[0] if is_template else "…"
        structlog.get_logger().log(record.levelno, words, logger=record.name, exc_info=error)


def _where(exc_info: structlog.typing.ExcInfo) -> str:
    """The kinds of errors and the lines of code they came through; their words may quote what a person wrote."""
    told = []
    cause: BaseException | None = exc_info[1]
    while cause is not None:
        steps = [
            f"{Path(at.filename).name}:{at.lineno} {at.name}"
            for at in traceback.extract_tb(cause.__traceback__)
        ]
        told.append(f"{type(cause).__name__}: {' > '.join(steps)}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return " <- ".join(told)


def _only_harmless(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {name: value for name, value in event.items() if name in _KEPT}
