"""Puts a phrase into a person's language. Catalogues are .po files beside this module, read at start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

from models.words.particles import attach
from models.words.phrase import Phrase, Value
from models.words.shown import shown_date, shown_datetime, shown_number

LOCALES = ("ko", "en")


class Translator:
    """Says phrases in one language, with dates in one time zone, seen from `today` where that is known."""

    def __init__(
        self, locale: str, zone: ZoneInfo, catalogue: Mapping[str, str], today: date | None = None
    ) -> None:
        self.locale = locale
        self.zone = zone
        self.today = today
        self._catalogue = catalogue

    def at(self, now: datetime) -> Translator:
        """The same for who reads at that instant: a date of another year than theirs tells its year."""
        return Translator(self.locale, self.zone, self._catalogue, now.astimezone(self.zone).date())

    def __call__(self, phrase: Phrase | str) -> str:
        """The phrase as text; a plain string is somebody's own words and is passed on as it is."""
        if isinstance(phrase, str):
            return phrase
        text = self.template(phrase)
        if not phrase.values:
            return text.format()
        return text.format_map({name: _Spoken(self.value(value)) for name, value in phrase.values.items()})

    def template(self, phrase: Phrase) -> str:
        """The phrase in this language with its places still open."""
        return self._catalogue.get(phrase.text, phrase.text)

    def value(self, value: Value) -> str:
        if isinstance(value, Phrase):
            return self(value)
        if isinstance(value, datetime):
            return shown_datetime(value, self.locale, self.zone, self.today)
        if isinstance(value, date):
            return shown_date(value, self.locale, self.today)
        if isinstance(value, Decimal | int):
            return shown_number(value, self.locale)
        return value


class _Spoken(str):
    def __format__(self, spec: str) -> str:
        return attach(str(self), spec) if "/" in spec else str(self)


@cache
def translator(locale: str, zone: str = "Asia/Seoul") -> Translator:
    """The translator of a locale of LOCALES; anything else is spoken to in Korean."""
    known = locale if locale in LOCALES else "ko"
    return Translator(known, ZoneInfo(zone), _catalogue(known))


def _catalogue(locale: str) -> dict[str, str]:
    if locale == "ko":
        return {}
    with (Path(__file__).parent / f"{locale}.po").open("rb") as file:
        messages: Any = read_po(file, locale=locale)
        return {str(message.id): str(message.string) for message in messages if message.id and message.string}
