"""What the documents say is so: names, commands, settings, paths and links."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.settings import Settings
from bot.slack.manifest import EMAIL_SCOPE, EVENTS, SCOPES
from tests.kit.words import PACKAGES, ROOT

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
READMES = [ROOT / "README.md", ROOT / "README.ko.md"]
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
# A path such as `bot/app.py` or `handlers/dialogue/`, not one that a guide is about to make.
_PATH = re.compile(r"`((?:[a-z_.]+/)+[\w.-]*)`")
_HOUSES = {*PACKAGES, "docs", "examples", "tests"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", _text(document))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_named_is_there(document: Path) -> None:
    prose = re.sub(r"^```.*?^```", "", _text(document), flags=re.MULTILINE | re.DOTALL)
    named = [path for path in _PATH.findall(prose) if path.split("/")[0] in _HOUSES]
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_name_in_the_glossary_is_a_name_in_the_code() -> None:
    rows = [line.split(" | ") for line in _text(ROOT / "GLOSSARY.md").splitlines() if line.startswith("| ")]
    named = [name for row in rows for cell in row[1:] for name in re.findall(r"`([\w.]+)`", cell)]
    assert len(named) > 90
    assert [name for name in named if name not in _names()] == []


def test_the_glossary_has_every_scoring_kind_role_state_and_rollup() -> None:
    glossary = _text(ROOT / "GLOSSARY.md")
    members = [f"{kind}.{name}" for kind in ("Kind", "Role", "State", "Rollup") for name in _members()[kind]]
    assert [name for name in members if f"`{name}`" not in glossary] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readmes_name_every_command_and_no_other(readme: Path) -> None:
    known = set(_commands())
    assert {command for command in known if f"bogobot {command}" not in _text(readme)} == set()
    for document in DOCUMENTS:
        for words in re.findall(
            r"(?:^|[`/]|run )bogobot ([a-z]+(?: [a-z]+)?)", _text(document), re.MULTILINE
        ):
            assert words in known or words.split()[0] in known, f"{document.name}: bogobot {words}"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_settings_of_the_table_are_those_of_the_program(readme: Path) -> None:
    table = re.findall(r"^\| `(BOGOBOT_\w+)`", _text(readme), re.MULTILINE)
    assert sorted(table) == sorted(f"BOGOBOT_{name.upper()}" for name in Settings.model_fields)
    for document in DOCUMENTS:
        assert set(re.findall(r"BOGOBOT_\w+", _text(document))) <= set(table), document.name


def test_make_knows_every_target_that_the_documents_name() -> None:
    targets = set(re.findall(r"^([a-z]+):", _text(ROOT / "Makefile"), re.MULTILINE))
    for document in DOCUMENTS:
        named = re.findall(r"(?:^|`)make ([a-z]+)", _text(document), re.MULTILINE)
        assert set(named) <= targets, document.name


def test_both_readmes_have_the_same_sections_commands_and_links() -> None:
    english, korean = map(_text, READMES)
    assert _headings(english) == _headings(korean)
    assert _commands_shown(english) == _commands_shown(korean)
    swap = {"README.md": "README.ko.md", "README.ko.md": "README.md"}
    links = [re.findall(r"\]\(([^)]+)\)", text) for text in (english, korean)]
    assert [swap.get(link, link) for link in links[0]] == links[1]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name)
def test_a_decision_is_short_numbered_and_listed(decision: Path) -> None:
    lines = _text(decision).splitlines()
    number = DECISIONS.index(decision) + 1
    assert len(lines) <= 40
    assert decision.name.startswith(f"{number:04}-") and lines[0].startswith(f"# {number}. ")
    assert [line for line in lines if line.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Consequences",
    ]
    assert f"[{lines[0].partition('. ')[2]}]({decision.name})" in _text(decision.parent / "README.md")


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _headings(text: str) -> list[int]:
    """The levels of the headings, in order."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]


def _commands_shown(text: str) -> list[str]:
    """The lines of all blocks, without their comments."""
    blocks = re.findall(r"^```\w+\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [re.sub(r"\s+# .*", "", line) for block in blocks for line in block.splitlines()]


def _commands() -> Iterator[str]:
    """`import`, `db backup` and so on."""

    def below(group: typer.core.TyperGroup, before: str) -> Iterator[str]:
        for name, command in group.commands.items():
            if isinstance(command, typer.core.TyperGroup):
                yield from below(command, f"{before}{name} ")
            else:
                yield before + name

    root = typer.main.get_command(app)
    assert isinstance(root, typer.core.TyperGroup)
    return below(root, "")


@cache
def _members() -> dict[str, set[str]]:
    """What is defined in each class of the code, and in "" what is defined outside of classes."""
    found: dict[str, set[str]] = {"": set()}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.parse(_text(path)).body:
                found[""] |= _defined(node)
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, set()).update(*map(_defined, node.body))
    return found


def _names() -> set[str]:
    """Every name of the code as the glossary writes it: `Indicator`, `Indicator.weight`, `approve`."""
    members = _members()
    return members[""] | {f"{kind}.{name}" for kind, names in members.items() for name in names}


def _defined(node: ast.stmt) -> set[str]:
    match node:
        case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
            return {node.name}
        case ast.Assign():
            return {target.id for target in node.targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def test_the_way_to_slack_explains_every_scope_and_event_that_is_asked_for() -> None:
    guide = _text(ROOT / "docs/setup-slack.md")
    wanted = [*SCOPES, EMAIL_SCOPE, *EVENTS]
    assert [name for name in wanted if f"`{name}`" not in guide] == []
    table = re.findall(r"^\| `([a-z_.:]+)` \|", guide, re.MULTILINE)
    assert sorted(table) == sorted([*SCOPES, EMAIL_SCOPE, "connections:write"])
