"""The fields of a form. `read` is the one place that turns what a person wrote into a value.

`required` is what people are told: whether the field is needed in the end. `skip` is what the button says with
which it may be left empty here and now; without one it may not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from models.clock import SEOUL
from models.evidence.kinds import FileKind, kind_by_name
from models.numbers import read_number
from models.words import Phrase, Refusal

SKIPPED = ""
_DAY_ENDS = time(18, 0)
# A slip of the year, or a day just past and written without one, is not a deadline.
_FARTHEST = timedelta(days=183)


@dataclass(frozen=True)
class NumberField:
    """A number, written as officials write it."""

    name: str
    label: Phrase
    hint: Phrase
    unit: str = ""
    check: Callable[[Decimal], None] | None = None
    """Refuses a number that cannot be meant here."""
    required: bool = True
    skip: Phrase | None = None
    initial: str = ""
    kind = "number"

    def read(self, raw: str) -> Decimal | None:
        """The number, exactly; None where it may be left out and was."""
        if not raw.strip():
            _left_out(self.skip, self.label)
            return None
        number = read_number(raw, self.unit)
        if self.check is not None:
            self.check(number)
        return number


@dataclass(frozen=True)
class TextField:
    """Some words."""

    name: str
    label: Phrase
    hint: Phrase
    longest: int = 1000
    required: bool = True
    skip: Phrase | None = None
    initial: str = ""
    kind = "text"

    def read(self, raw: str) -> str:
        """The words in NFC, without control characters."""
        text = unicodedata.normalize("NFC", raw).strip()
        text = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign)[0] != "C")
        if not text:
            _left_out(self.skip, self.label)
        if len(text) > self.longest:
            raise Refusal(
                "{count}자까지 적을 수 있습니다. 지금은 {now}자입니다. 줄여서 다시 적어 주세요.",
                count=self.longest,
                now=len(text),
            )
        return text


@dataclass(frozen=True)
class Option:
    """One of the answers of a choice; `value` is kept, `label` is shown."""

    value: str
    label: Phrase


@dataclass(frozen=True)
class ChoiceField:
    """One of a few."""

    name: str
    label: Phrase
    hint: Phrase
    options: Sequence[Option]
    required: bool = True
    skip: Phrase | None = None
    initial: str = ""
    kind = "choice"

    def read(self, raw: str) -> str:
        """The value chosen, by its value or by the words of its label."""
        wanted = raw.strip()
        if not wanted:
            _left_out(self.skip, self.label)
            return SKIPPED
        for option in self.options:
            if wanted in (option.value, option.label.text):
                return option.value
        raise Refusal("보기에 있는 항목 가운데 하나를 선택해 주세요.")


@dataclass(frozen=True)
class DateField:
    """A day until `latest`, or at most half a year ahead; meant until the end of office hours (18:00) of it."""

    name: str
    label: Phrase
    hint: Phrase
    earliest: date
    latest: date | None = None
    required: bool = True
    skip: Phrase | None = None
    initial: str = ""
    kind = "date"

    def read(self, raw: str) -> datetime | None:
        """18:00 of the day written as `2019-07-15`, `2019. 7. 15.`, `7. 15.` or `7/15`."""
        if not raw.strip():
            _left_out(self.skip, self.label)
            return None
        day = _read_day(raw, self.earliest)
        if day < self.earliest:
            raise Refusal("지난 날짜입니다. {day} 이후의 날짜를 적어 주세요.", day=self.earliest)
        if self.latest is not None and day > self.latest:
            raise Refusal("{day}까지의 날짜를 적어 주세요.", day=self.latest)
        if self.latest is None and day > self.earliest + _FARTHEST:
            raise Refusal("반년 넘게 남은 날짜입니다. 날짜와 연도를 확인해 주세요.")
        return datetime.combine(day, _DAY_ENDS, SEOUL)


@dataclass(frozen=True)
class FilesField:
    """Files: what is in them and their sizes are checked as they come in, their kinds and number here."""

    name: str
    label: Phrase
    hint: Phrase
    most: int = 10
    kinds: Sequence[FileKind] = tuple(FileKind)
    """What is taken here, of all that may come in."""
    required: bool = True
    skip: Phrase | None = None
    initial: Sequence[dict[str, Any]] = ()
    """Files already there: `{"id", "name", "size"}`, as they are kept in the form."""
    kind = "files"

    def read(self, raw: Sequence[dict[str, Any]]) -> list[str]:
        """The ids of the files, each once."""
        for file in raw:
            if kind_by_name(file["name"]) not in self.kinds:
                raise Refusal(
                    "{kinds} 파일만 받습니다. {name:은/는} 다른 형식입니다. 다시 올려 주세요.",
                    kinds=", ".join(self.kinds),
                    name=file["name"],
                )
        ids = list(dict.fromkeys(str(file["id"]) for file in raw))
        if len(ids) > self.most:
            raise Refusal("파일은 {count}개까지 첨부할 수 있습니다. 나머지를 빼 주세요.", count=self.most)
        if not ids:
            _left_out(self.skip, self.label)
        return ids


Field = NumberField | TextField | ChoiceField | DateField | FilesField

_YEAR_MONTH_DAY = re.compile(
    r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?(?:\([월화수목금토일]\))?"
)
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?(?:\([월화수목금토일]\))?")


def _read_day(raw: str, earliest: date) -> date:
    text = unicodedata.normalize("NFKC", raw).strip()
    try:
        if found := _YEAR_MONTH_DAY.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _MONTH_DAY.fullmatch(text):
            day = date(earliest.year, int(found[1]), int(found[2]))
            # Without a year the next such day is meant: in December, "1. 5." is next year's.
            return day if day >= earliest else day.replace(year=day.year + 1)
    except ValueError:
        raise Refusal("없는 날짜입니다. 2019-07-15처럼 적어 주세요.") from None
    raise Refusal("날짜를 알아볼 수 없습니다. 2019-07-15 또는 7. 15.처럼 적어 주세요.")


def _left_out(skip: Phrase | None, label: Phrase) -> None:
    if skip is None:
        raise Refusal("{label:은/는} 꼭 필요합니다. 입력해 주세요.", label=label)
