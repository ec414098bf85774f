"""Everything the bot says is said in Korean and in English, with the same places for values."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from string import Formatter

import pytest

from models.words import say, translator
from models.words.particles import attach
from models.words.translate import _catalogue
from tests.kit.words import phrases

PARTICLES = {
    "을/를",
    "이/가",
    "은/는",
    "과/와",
    "으로/로",
    "이에요/예요",
    "이라/라",
    "이라고/라고",
    "이나/나",
}
SAID = phrases()


def test_the_english_catalogue_says_everything_the_code_says() -> None:
    english = _catalogue("en")
    missing = {text: place for text, place in SAID.items() if text not in english}
    assert not missing


def test_the_english_catalogue_has_nothing_that_is_not_said_any_more() -> None:
    assert not set(_catalogue("en")) - set(SAID)


def test_both_languages_have_the_same_places_for_values() -> None:
    english = _catalogue("en")
    wrong = {text: english[text] for text in SAID if _places(english.get(text, text)) != _places(text)}
    assert not wrong


def test_every_particle_is_one_we_know() -> None:
    given = [(spec, text) for text in SAID for _, _, spec, _ in Formatter().parse(text) if spec]
    assert not [(spec, text) for spec, text in given if spec not in PARTICLES]


def test_english_has_no_particles_and_no_korean() -> None:
    for text in _catalogue("en").values():
        assert not any(spec for _, _, spec, _ in Formatter().parse(text)), text
        # Names of sheets, columns and languages stay as they stand in the workbook, in quotes or brackets.
        assert not re.search("[가-힣]", re.sub(r"'[^']*'|\([^)]*\)|\"[^\"]*\"", "", text)), text


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("민원처리율", "을/를", "민원처리율을"),
        ("성과", "을/를", "성과를"),
        ("97", "이/가", "97이"),
        ("2", "이/가", "2가"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("수원시", "으로/로", "수원시로"),
        ("미세먼지(PM2.5)", "은/는", "미세먼지(PM2.5)는"),
        ("달성률 %", "을/를", "달성률 %를"),
        ("email", "이/가", "email이"),
        ("", "을/를", "를"),
    ],
)
def test_particles_follow_the_sound_a_word_ends_in(word: str, pair: str, said: str) -> None:
    assert attach(word, pair) == said


def test_somebodys_own_words_with_braces_are_said_as_they_are() -> None:
    assert translator("ko")(say("설명: {note}", note="{value} {0}")) == "설명: {value} {0}"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 12, 31), "12. 31.(화)까지"),
        (date(2020, 1, 10), "2020. 1. 10.(금)까지"),
        (date(2018, 12, 31), "2018. 12. 31.(월)까지"),
        (datetime(2020, 1, 10, 9, tzinfo=UTC), "2020. 1. 10.(금) 18:00까지"),
        (datetime(2019, 12, 31, 9, tzinfo=UTC), "12. 31.(화) 18:00까지"),
        # In Seoul it is the new year already.
        (datetime(2019, 12, 31, 15, tzinfo=UTC), "2020. 1. 1.(수) 00:00까지"),
    ],
)
def test_a_date_of_another_year_than_the_reader_s_tells_its_year(day: date | datetime, said: str) -> None:
    translate = translator("ko").at(datetime(2019, 7, 8, tzinfo=UTC))
    assert translate(say("{day}까지", day=day)) == said


def test_the_reader_s_year_is_that_of_the_city() -> None:
    new_year = datetime(2019, 12, 31, 15, tzinfo=UTC)
    assert translator("ko").at(new_year).value(date(2020, 1, 10)) == "1. 10.(금)"
    assert translator("en").at(new_year).value(date(2019, 7, 15)) == "Mon 15 Jul 2019"
    assert translator("en").at(new_year).value(date(2020, 7, 15)) == "Wed 15 Jul"


def test_where_nobody_s_today_is_known_a_date_is_said_without_its_year() -> None:
    assert translator("ko").value(date(2020, 1, 10)) == "1. 10.(금)"


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
