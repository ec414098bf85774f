"""The child process itself: gives up what it may not need, looks into one file, prints one line of JSON."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from .faults import Fault, Reason
from .kind import FileKind
from .look import look

CPU_SECONDS = 8
MEMORY = 512 * 1024 * 1024


def confine() -> None:
    """From here on this process has little time and memory and can write to no file."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform != "darwin":  # macOS knows the limit, refuses to set it and would not hold it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(path: str, kind: str) -> None:
    confine()
    sys.stdout.write(json.dumps(_answer(path, kind)))


def _answer(path: str, kind: str) -> dict[str, object]:
    try:
        with Path(path).open("rb") as file:
            look(file, FileKind(kind))
    except Fault as fault:
        return {"reason": fault.reason, "values": fault.values, "entry": fault.entry}
    except MemoryError:
        return {"reason": Reason.TOO_HEAVY, "values": {}, "entry": None}
    return {}
