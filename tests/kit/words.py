"""Finds every phrase in the code: the literals given to `say` and `Refusal`.

`python -m tests.kit.words` prints what the English catalogue lacks, ready to be filled in, and what nobody says
any more; models/words/en.po has its entries in the order of the files they are said in.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import escape

from models.words.translate import _catalogue

PACKAGES = ("bot", "handlers", "models", "reports", "scheduler")
ROOT = Path(__file__).parent.parent.parent
_SAYERS = {"say", "Refusal"}


def phrases() -> dict[str, str]:
    """Each phrase with the place where it is said first: `handlers/review/card.py:40`."""
    return {text: places[0] for text, places in _places().items()}


def upkeep() -> str:
    """Entries that en.po lacks, and after them those that are said no more; empty when it is complete."""
    english, said = _catalogue("en"), _places()
    lacking = [_entry(text, places) for text, places in said.items() if text not in english]
    unsaid = [f"#~ msgid {escape(text)}" for text in english if text not in said]
    return "\n\n".join([*lacking, *unsaid])


def _entry(text: str, places: list[str]) -> str:
    files = dict.fromkeys(place.partition(":")[0] for place in places)
    return f'#: {" ".join(files)}\nmsgid {escape(text)}\nmsgstr ""'


def _places() -> dict[str, list[str]]:
    """Each phrase with everywhere it is said, in the order of files and lines."""
    found: dict[str, list[str]] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for line, text in sorted(_said_in(path)):
                found.setdefault(text, []).append(f"{path.relative_to(ROOT)}:{line}")
    return found


def _said_in(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if name in _SAYERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.lineno, first.value


if __name__ == "__main__":
    print(upkeep())
