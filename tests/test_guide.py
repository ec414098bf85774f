"""The guide docs/add-a-dialogue.md and the example in ARCHITECTURE.md work as they stand."""

from __future__ import annotations

import dataclasses
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from handlers.book import BOOK
from handlers.dialogue.answers import Said
from handlers.dialogue.book import Book, Dialogue
from handlers.dialogue.screens import Go
from models.clock import MovableClock
from models.evidence.vault import Vault
from models.store import Database
from tests.dialogues.city import LEAD, MONDAY, OFFICER
from tests.kit import conversation
from tests.kit.conversation import Town

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs/add-a-dialogue.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
TEST = "tests/dialogues/test_question.py"
IN_ORDER = [
    "handlers/question/ask.py",
    "handlers/question/answer.py",
    "handlers/question/__init__.py",
    "handlers/front_door.py",
    "handlers/book.py",
    TEST,
]
"""What is imported comes before what imports it."""


@pytest.fixture
def town(hanbit: Database, tmp_path: Path) -> Town:
    """한빛시 on Monday 8 July 2019, 09:00."""
    return Town(hanbit, Vault(tmp_path / "evidence"), MovableClock(MONDAY, ticking=False))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The modules of whoever followed the guide, by their path; the bot talks by their book."""
    modules = {}
    sources = _sources()
    for path in IN_ORDER:
        name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        modules[path] = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, modules[path])
        exec(compile(sources.pop(path), path, "exec"), modules[path].__dict__)
    assert not sources, "the guide writes modules that this test does not run"
    monkeypatch.setattr(conversation, "BOOK", modules["handlers/book.py"].BOOK)
    return modules


@pytest.mark.parametrize("name", re.findall(r"^def (test_\w+)", GUIDE, re.MULTILINE))
def test_the_dialogue_of_the_guide_passes_its_own_tests(
    name: str, written: dict[str, ModuleType], town: Town
) -> None:
    getattr(written[TEST], name)(town.person(OFFICER), town.person(LEAD))


def test_the_example_of_the_architecture_is_a_whole_dialogue(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    (source,) = re.findall(r"^```python\n(.*?)^```", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    example: dict[str, Any] = {}
    exec(source, example)
    monkeypatch.setattr(conversation, "BOOK", _with(example["dialogue"]))
    officer, lead = town.person(OFFICER), town.person(LEAD)
    officer.says("묻기")
    officer.says("6월 통계는 언제 나옵니까?")
    officer.sees("팀장에게 보냈습니다.")
    lead.sees("김주무 님의 질문", "6월 통계는 언제 나옵니까?")


def _sources() -> dict[str, str]:
    """What the guide's blocks come to, by the path in their first line."""
    sources: dict[str, str] = {}
    blocks = re.findall(r"^```(python|diff)\n# (\S+)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    for language, path, text in blocks:
        if language == "python":
            sources[path] = text
        else:
            before = sources.get(path) or (ROOT / path).read_text(encoding="utf-8")
            sources[path] = _changed(before, text)
    return sources


def _changed(source: str, diff: str) -> str:
    """The source with a diff applied; what the diff says was there has to be there, once."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert source.count(before) == 1, f"the guide changes what is not there: {before}"
    return source.replace(before, after)


def _with(dialogue: Dialogue) -> Book:
    """The bot's book with one dialogue more, which the word 묻기 leads to."""

    def command(said: Said) -> Go | None:
        return Go(dialogue.steps[0].name) if said.text == "묻기" else BOOK.front_door.command(said)

    book = Book([dialogue], dataclasses.replace(BOOK.front_door, command=command))
    book.steps |= BOOK.steps
    return book
