"""Every screen is shown in the gallery, no messenger refuses one, and docs/gallery is what the code makes now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from handlers.book import BOOK
from handlers.dialogue.draw import kind_of
from handlers.dialogue.fields import Field
from handlers.dialogue.screens import FileAsk, Screen, Style, Tone
from tests.gallery import look_slack, look_telegram
from tests.gallery.__main__ import GALLERY
from tests.gallery.page import page
from tests.gallery.recorder import Record, Seen
from tests.gallery.story import tell_everything

_LARGEST = 3_000_000


@pytest.fixture(scope="module")
def record() -> Record:
    """Everything the stories showed."""
    return tell_everything()


def test_every_step_of_the_book_is_shown(record: Record) -> None:
    missing = set(BOOK.steps) - {seen.step for seen in record.screens.values()}
    assert not missing, f"no story of tests/gallery leads to: {sorted(missing)}"


def test_every_step_is_shown_in_korean_to_who_can_answer_it(record: Record) -> None:
    shown = {seen.step for seen in record.screens.values() if seen.locale == "ko" and seen.live}
    assert set(BOOK.steps) - shown == set()


def test_every_kind_of_screen_is_shown(record: Record) -> None:
    kinds = {_kind(one) for one in get_args(Screen) if one is not FileAsk}
    assert kinds - {seen.body["kind"] for seen in record.screens.values()} == set()
    # A FileAsk is drawn as a form of one field.
    assert any([one["kind"] for one in seen.body["fields"]] == ["files"] for seen in _of_kind(record, "form"))


def test_every_tone_and_every_style_is_shown(record: Record) -> None:
    drawn = [part for seen in record.screens.values() for part in _parts(seen.body)]
    assert {tone.value for tone in Tone} - {part.get("tone") for part in drawn} == set()
    assert {style.value for style in Style} - {part.get("style") for part in drawn} == set()
    assert any("confirm" in part for part in drawn)


@pytest.mark.parametrize("state", ["now", "done", "later", "error", "over"])
def test_every_kind_of_field_is_shown_in_every_state(record: Record, state: str) -> None:
    shown = {
        one["kind"]
        for seen in _of_kind(record, "form")
        for one in seen.body["fields"]
        if (
            "error" in one
            if state == "error"
            else not seen.live
            if state == "over"
            else one["state"] == state
        )
    }
    kinds = {one.kind for one in get_args(Field)}
    # The first field is never still to come.
    assert kinds - shown - ({"number", "choice"} if state == "later" else set()) == set()


def test_menus_are_shown_with_pages_searched_and_with_nothing_found(record: Record) -> None:
    menus = [seen.body for seen in _of_kind(record, "menu")]
    assert any("previous" in body and "next" in body for body in menus)
    searches = [body["search"] for body in menus if "search" in body]
    assert {bool(one["query"]) for one in searches} == {True, False}
    assert any(one["found"] == 0 for one in searches)


@pytest.mark.parametrize("faults", [look_telegram.faults, look_slack.faults], ids=["telegram", "slack"])
def test_no_messenger_refuses_a_screen(record: Record, faults: Callable[[Seen], list[str]]) -> None:
    refused = {(seen.step, seen.after): told for seen in record.screens.values() if (told := faults(seen))}
    assert refused == {}


def test_slack_refuses_nobody_s_home(record: Record) -> None:
    assert len(record.homes) >= 3
    assert {
        whose: told for whose, view in record.homes.items() if (told := look_slack.faults_of_view(view))
    } == {}


def test_the_gallery_is_what_the_code_makes_now(record: Record) -> None:
    made = page(record).encode()
    assert len(made) < _LARGEST
    is_current = GALLERY.exists() and GALLERY.read_bytes() == made
    assert is_current, "docs/gallery is not what the code draws now. run: make gallery"


def _kind(screen: Any) -> str:
    return kind_of(screen.__new__(screen))


def _of_kind(record: Record, kind: str) -> list[Seen]:
    return [seen for seen in record.screens.values() if seen.body["kind"] == kind]


def _parts(part: Any) -> list[dict[str, Any]]:
    """Everything within a screen that has names."""
    if isinstance(part, list):
        return [found for one in part for found in _parts(one)]
    if isinstance(part, dict):
        return [part, *(found for one in part.values() for found in _parts(one))]
    return []
