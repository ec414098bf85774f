"""Finds every phrase in the code: the literals given to `say` and `Refusal`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("bot", "handlers", "models", "reports", "scheduler")
ROOT = Path(__file__).parent.parent.parent
_SAYERS = {"say", "Refusal"}


def phrases() -> dict[str, str]:
    """Each phrase with the place where it is said first: `handlers/review/card.py:40`."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for line, text in _said_in(path):
                found.setdefault(text, f"{path.relative_to(ROOT)}:{line}")
    return found


def _said_in(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if name in _SAYERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.lineno, first.value
