"""Reads a number as Korean officials write one: one strict grammar, everything else is asked again.

    number  = [sign] amount [unit]
    sign    = "△" | "-" | "−" | "+"       only △ may stand apart from its figure: "- 3" may be a bullet
    amount  = figure | parts
    figure  = 1234 | 1,234 | 1,234.5      no leading zeros, thousands grouped rightly or not at all
    parts   = "3902억", "1만 2천", "3조 2천억", "2천3백만", "1.5억", "1,234백만"

Parts fall from large to small; after 조 comes 억, after 억 만, and no single bare digit ends them. For in
speech "1억 5천" means 1억 5천만, which a machine would take for 1억 5,000, and "3천5" perhaps means 3천5백:
such amounts are refused. So is ▲: minus in accounts, a rise on a stock board, a bullet in press releases.

**The unit.** A bare figure is always in the indicator's own unit; that unit may follow it, another may not.
Where the unit has a factor of its own (억원, 천명), the words 천, 만, 억 could mean two things: is "2천" in
a column of 억원 2,000원 or 2,000억원? There such words count only in an amount said to its end ("15억
3천만원" in 억원 is 15.3, "1조원" is 10000), or one that ends in the unit's own 만, 억 or 조 ("3902억" in 억원
is 3902; "3천" in 천원 stays open). 원 without any such word ("3,902원" in 억원) is refused: it is more often
a slip than a sum. In plain 원 nothing is open: "3902억" is 390200000000.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Context, Decimal, localcontext
from math import prod

from models.words import Refusal

MOST_CHARACTERS = 64
MOST_INTEGER_DIGITS = 14
MOST_DECIMALS = 4

_SMALL = {"": 1, "십": 10, "백": 100, "천": 1_000}
_LARGE = {"": 1, "만": 10**4, "억": 10**8, "조": 10**12}
_FACTORS = _SMALL | _LARGE
_SECTION = 10**4

_FIGURE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*|0)(?:\.[0-9]+)?"
_PART = re.compile(rf"({_FIGURE})([십백천]?)([만억조]?)")
_UNIT = re.compile(r"([십백천]?[만억조]?)(.*)", re.DOTALL)
_FIGURE_AND_WORD = re.compile(rf"{_FIGURE}[십백천만억조]*[^0-9.,:;/~\-\s]+")
_TORN = re.compile(r"[0-9.,] +[0-9.,]|[-−+] ")
_INVISIBLE = dict.fromkeys((0x200B, 0x2060, 0xFEFF))

Part = tuple[str, str, str]
"""A figure, its 십/백/천 and its 만/억/조, as written."""


def read_number(text: str, unit: str = "") -> Decimal:
    """The number `text` says, counted in `unit`, the indicator's own unit ("" where it has none).

    "97.3%" is 97.3. At most MOST_INTEGER_DIGITS digits before and MOST_DECIMALS after the decimal point.
    Raises Refusal, with an example of what would be right.
    """
    body = _closed_up(text)
    minus = body.startswith(("△", "-", "−"))
    with localcontext(Context(prec=2 * MOST_CHARACTERS)):
        value = _in_unit(body[1:] if minus or body.startswith("+") else body, unit).normalize()
        if value >= 10**MOST_INTEGER_DIGITS:
            raise Refusal(
                "정수 부분은 {digits}자리까지만 적어 주세요. 예: 3,902억", digits=MOST_INTEGER_DIGITS
            )
        if value != round(value, MOST_DECIMALS):
            raise Refusal("소수점 아래는 {digits}자리까지만 적어 주세요. 예: 97.35", digits=MOST_DECIMALS)
        whole = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
        return -whole if minus else whole


def _closed_up(text: str) -> str:
    """The text in NFKC without its spaces, once it is sure that they part no figure."""
    bare = text.translate(_INVISIBLE).strip()
    if not bare:
        raise Refusal("수를 적어 주세요. 예: 1,234.5 · △3.2 · 1만 2천 · 3902억")
    if len(bare) > MOST_CHARACTERS:
        raise Refusal("너무 깁니다. 수 하나만 적어 주세요. 예: 1,234.5 · 3902억")
    if "▲" in bare:
        raise Refusal("▲는 뜻이 여러 가지입니다. 줄었으면 △3.2, 늘었으면 3.2처럼 적어 주세요.")
    plain = unicodedata.normalize("NFKC", bare)
    if _hides_a_digit(bare) or _TORN.search(plain):
        raise _unreadable()
    return plain.replace(" ", "")


def _hides_a_digit(text: str) -> bool:
    """Whether NFKC would make a plain digit of a superscript, a circled figure or a fraction (not of m²)."""
    before = " " + text
    return any(
        unicodedata.category(sign) in ("No", "Nl") and not previous.isalpha()
        for previous, sign in zip(before, text, strict=False)
    )


def _in_unit(body: str, unit: str) -> Decimal:
    """What `body` says in `unit`; factor_words and word are the two halves of a unit like 억|원."""
    own = unicodedata.normalize("NFKC", unit).replace(" ", "") or "%"
    factor_words, word = _UNIT.findall(own)[0]
    # A unit like "100점" would eat the end of a figure.
    named = bool(word) and word[0] not in "0123456789.," and body.endswith(word)
    amount = body.removesuffix(word) if named else body
    parts = _PART.findall(amount)
    value = _value(parts) if "".join(map("".join, parts)) == amount else None
    if value is None:
        raise _other_unit(unit) if _FIGURE_AND_WORD.fullmatch(body) and not named else _unreadable()
    factor = prod(_FACTORS[sign] for sign in factor_words)
    spoken = any(small or large for _, small, large in parts)
    if factor == 1 or not (named or spoken):
        return value
    if spoken and (named or (factor >= _SECTION and amount.endswith(factor_words))):
        return value / factor
    raise Refusal("이 지표의 단위는 {unit}입니다. 3,902 또는 3,902{unit}처럼 적어 주세요.", unit=unit)


def _value(parts: list[Part]) -> Decimal | None:
    """What the parts add up to, or None where they could be meant in two ways."""
    if not parts or not all(small or large for _, small, large in parts[:-1]):
        return None
    if len(parts) > 1 and any("." in figure for figure, _, _ in parts):
        return None
    total = section = Decimal(0)
    small_before = large_before = 0
    for index, (figure, small, large) in enumerate(parts):
        number = Decimal(figure.replace(",", ""))
        follows = small_before or (large_before and not large)
        if follows and not small and number < 10:
            return None
        if small_before and number * _SMALL[small] >= small_before:
            return None
        section += number * _SMALL[small]
        small_before = _SMALL[small]
        if large or index == len(parts) - 1:
            if large_before and (section >= _SECTION or _LARGE[large] * _SECTION != large_before):
                return None
            total += section * _LARGE[large]
            section, small_before, large_before = Decimal(0), 0, _LARGE[large]
    return total


def _unreadable() -> Refusal:
    return Refusal("수를 읽지 못했습니다. 숫자 하나만 이렇게 적어 주세요: 1,234.5 · △3.2 · 1만 2천 · 3902억")


def _other_unit(unit: str) -> Refusal:
    if not unit:
        return Refusal("단위 없이 수만 적어 주세요. 예: 97.3")
    return Refusal("이 지표의 단위는 {unit}입니다. 97.3 또는 97.3{unit}처럼 적어 주세요.", unit=unit)
