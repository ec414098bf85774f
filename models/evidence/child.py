"""Starts the child process that looks into one file, and hears its answer."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.evidence.inspection.faults import Reason
from models.evidence.kinds import FileKind, kind_by_name
from models.evidence.refusals import refusal

_SECONDS = 10.0
_START = "import sys; sys.path += sys.argv[1:3]; from inspection.main import main; main(*sys.argv[3:])"
# Nothing else of our environment is handed on: it holds the city's tokens.
_ENVIRONMENT = ("LD_LIBRARY_PATH",)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Inspected:
    """A file that is in order."""

    kind: FileKind
    size: int


def inspect(path: Path, name: str) -> Inspected:
    """Looks into the file at `path`, called `name`, in a child process; Refusal where it is not in order.

    Blocks for about a tenth of a second, for 10 seconds at most.
    """
    kind = kind_by_name(name)
    arguments = [*_folders(), str(path.resolve()), kind]
    heard = ask([sys.executable, "-I", "-S", "-c", _START, *arguments], _SECONDS)
    if heard:
        raise refusal(Reason(heard["reason"]), heard["values"], heard["entry"])
    return Inspected(kind, path.stat().st_size)


def _folders() -> tuple[str, str]:
    """What the child may import from besides Python's own: the folder of inspection/ and that of olefile."""
    found = importlib.util.find_spec("olefile")
    assert found and found.origin
    return str(Path(__file__).parent), str(Path(found.origin).parent.parent)


def ask(command: Sequence[str], seconds: float) -> dict[str, Any]:
    """The answer of the child that `command` starts; Refusal where it takes too long or dies."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        # Our own interpreter, no shell, and not a word of the sender's among the arguments.
        ended = subprocess.run(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refusal(Reason.TOO_SLOW, {}) from None
    if ended.returncode == -signal.SIGXCPU:
        raise refusal(Reason.TOO_SLOW, {})
    if ended.returncode:
        logger.error(
            "inspection died with %s: %s", ended.returncode, ended.stderr[-500:].decode(errors="replace")
        )
        raise refusal(Reason.STOPPED, {})
    try:
        answer = json.loads(ended.stdout)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise refusal(Reason.STOPPED, {})
    return answer
