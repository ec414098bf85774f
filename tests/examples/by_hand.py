"""The result of an example worked out from its files alone, by docs/schemes.md, with nothing of the engine.

Fractions are exact: rounded is only what that page and the table of kinds say, half up. All sources are known, persons
and departments, versions and several cycles. `result` ranks the subjects of a scheme, `piece` is what one part gives.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from tests.examples.by_hand_kinds import achievement, half_up, per_cent, share_out

Row = dict[str, str]
NOT_APPLICABLE = "해당없음"
BASE = ("지표", "평가", "소관", "다른평가")
YEAR = ("", "연간")


@dataclass(frozen=True)
class Sum:
    """What a subject came to: points by part (None: does not apply), and their total."""

    subject: str
    points: dict[str, Fraction | None]
    total: Fraction
    rank: int = 0


@dataclass
class Year:
    """The files of an example, and what they come to."""

    folder: Path
    files: dict[str, list[Row]] = field(default_factory=dict)
    results: dict[tuple[str, str, str], list[Sum]] = field(default_factory=dict)

    def rows(self, name: str) -> list[Row]:
        """The rows of a file; none where the example has no such file."""
        path = self.folder / f"{name}.csv"
        if name not in self.files:
            self.files[name] = []
            if path.exists():
                with path.open(encoding="utf-8", newline="") as file:
                    self.files[name] = list(csv.DictReader(file))
        return self.files[name]

    def of(self, name: str, **cells: str) -> list[Row]:
        """The rows of a file with these cells."""
        return [row for row in self.rows(name) if all(row[key] == value for key, value in cells.items())]

    def periods(self, cycle: str) -> list[str]:
        """In order of time."""
        return [row["코드"] for row in sorted(self.of("기간", 성과주기=cycle), key=lambda row: row["시작일"])]

    def last_day(self, cycle: str, period: str) -> str:
        rows = self.of("기간", 성과주기=cycle)
        return max(row["종료일"] for row in rows if period in ("", row["코드"]))

    # Indicators

    @cached_property
    def reports(self) -> dict[tuple[str, str], dict[str, str]]:
        """By cycle and indicator, what counts of each period."""
        found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for row in self.rows("actuals/실적"):
            found[row["성과주기"], row["지표코드"]][row["기간"]] = row["인정실적"] or row["실적"]
        return found

    @cached_property
    def targets(self) -> dict[tuple[str, str], dict[str, str]]:
        found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for row in self.rows("목표"):
            found[row["성과주기"], row["지표코드"]][row["기간"]] = row["목표치"]
        return found

    def points_of(self, cycle: str, department: str, period: str) -> tuple[Fraction, Fraction]:
        """Points and weights of a department's scored indicators in a period, or in the year ("")."""
        own = self.of("지표", 성과주기=cycle, 부서=department, 평가반영="예")
        values = {row["코드"]: self._value(row, period) for row in own}
        weights = share_out(
            {row["코드"]: Fraction(row["가중치"]) for row in own},
            {code for code, value in values.items() if value == NOT_APPLICABLE},
        )
        points = Fraction(0)
        for row in own:
            value = values[row["코드"]]
            if isinstance(value, Fraction):
                reached = achievement(row, self._target(row, period), value, self.last_day(cycle, period))
                points += half_up(weights[row["코드"]] * reached / 100, 2)
        return points, sum(weights.values(), Fraction(0))

    def _value(self, row: Row, period: str) -> Fraction | str | None:
        """What counts: a number, N/A, or None where nothing was reported."""
        reported = self.reports[row["성과주기"], row["코드"]]
        in_order = [code for code in self.periods(row["성과주기"]) if code in reported]
        told = [reported[code] for code in in_order if period in ("", code)]
        numbers = [Fraction(value) for value in told if value != NOT_APPLICABLE]
        if not numbers:
            return NOT_APPLICABLE if told else None
        match row["집계방식"]:
            case "합계":
                return sum(numbers, Fraction(0))
            case "평균":
                return half_up(sum(numbers, Fraction(0)) / len(numbers), 4)
            case "최대":
                return max(numbers)
        return numbers[-1]

    def _target(self, row: Row, period: str) -> str:
        targets = self.targets[row["성과주기"], row["코드"]]
        return targets.get(period, "" if row["집계방식"] == "합계" else targets.get("", ""))

    # Ratings

    @cached_property
    def papers(self) -> dict[tuple[str, ...], list[Fraction]]:
        """The scores of the papers that count, by cycle, rating, period, subject and group."""
        forms: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.rows("평가항목"):
            forms[row["성과주기"], row["평가"]].append(row)
        surveyed = {row["평가"]: row["코드"] for row in self.of("평가단", 방식="설문")}
        answered = [row | {"평가단": surveyed[row["평가"]]} for row in self.rows("actuals/설문")]
        found: dict[tuple[str, ...], list[Fraction]] = defaultdict(list)
        for row in [*self.of("actuals/평가", 회피=""), *answered]:
            form = forms[row["성과주기"], row["평가"]]
            earned = [Fraction(one["배점"]) * per_cent(one["척도"], row[one["코드"]]) for one in form]
            whole = sum((Fraction(one["배점"]) for one in form), Fraction(0))
            key = (row["성과주기"], row["평가"], row["기간"], row["대상"], row["평가단"])
            found[key].append(sum(earned, Fraction(0)) / whole)
        return found

    def rated(self, cycle: str, rating: str, subject: str, period: str) -> Fraction | None:
        """Σ share × mean of the group ÷ Σ share over the groups that count."""
        groups = {row["코드"]: row for row in self.of("평가단", 성과주기=cycle, 평가=rating)}
        shares, earned = Fraction(0), Fraction(0)
        for code, group in groups.items():
            papers = sorted(self.papers.get((cycle, rating, period, subject, code), []))
            trim = int(group["절사"] or 0)
            if papers and len(papers) >= int(group["최소평가수"] or 1):
                kept = papers[trim : len(papers) - trim] if len(papers) >= 2 * trim + 1 else papers
                shares += Fraction(group["몫"])
                earned += Fraction(group["몫"]) * sum(kept, Fraction(0)) / len(kept)
        return earned / shares if shares else None

    # Schemes

    def result(self, cycle: str, scheme: str, period: str = "") -> list[Sum]:
        """Best first; equals are told apart by the parts with a 동점순위."""
        if (cycle, scheme, period) not in self.results:
            self.results[cycle, scheme, period] = self._ranked(cycle, scheme, period)
        return self.results[cycle, scheme, period]

    def _ranked(self, cycle: str, scheme: str, period: str) -> list[Sum]:
        parts = self.parts(cycle, scheme, period)
        order = [
            part["코드"] for part in sorted(parts, key=lambda part: part["동점순위"]) if part["동점순위"]
        ]
        sums = [self._sum(parts, row, period) for row in self.of("평가대상", 성과주기=cycle, 체계=scheme)]

        def key(one: Sum) -> tuple[Fraction, ...]:
            return -one.total, *(-(one.points[code] or Fraction(0)) for code in order)

        keys = sorted(map(key, sums))
        placed = [Sum(one.subject, one.points, one.total, keys.index(key(one)) + 1) for one in sums]
        return sorted(placed, key=key)

    def parts(self, cycle: str, scheme: str, period: str = "") -> list[Row]:
        """Those of the version in force on the last day."""
        own = self.of("배점", 성과주기=cycle, 체계=scheme)
        since = max(row["적용일"] for row in own if row["적용일"] <= self.last_day(cycle, period))
        return [row for row in own if row["적용일"] == since]

    def _sum(self, parts: Sequence[Row], subject: Row, period: str) -> Sum:
        (digits, *_) = self.of("평가체계", 성과주기=subject["성과주기"], 코드=subject["체계"])
        base = [part for part in parts if part["원천"] in BASE]
        pieces = {part["코드"]: self.piece(part, subject, period) for part in base}
        weights = share_out(
            {part["코드"]: Fraction(part["배점"]) for part in base},
            {code for code, piece in pieces.items() if piece is None},
        )
        points: dict[str, Fraction | None] = {
            code: None
            if piece is None
            else half_up(weights[code] * piece / 100, int(digits["소수자리"] or 2))
            for code, piece in pieces.items()
        }
        points |= {
            part["코드"]: self._on_top(part, subject, period) for part in parts if part["원천"] not in BASE
        }
        total = sum((each for each in points.values() if each is not None), Fraction(0))
        return Sum(subject["코드"], points, max(total, Fraction(0)))

    def piece(self, part: Row, subject: Row, period: str = "") -> Fraction | None:
        """The per cent that a part gives, its periods combined; None where it does not apply."""
        if part["결합"] in YEAR:
            return None if period else self._piece(part, subject, "")
        if period:
            return self._piece(part, subject, period)
        shares = {
            code.strip(): Fraction(share)
            for code, _, share in (each.partition(":") for each in part["기간비중"].split(";") if each)
        }
        codes = list(shares) or self.periods(part["성과주기"])
        found = {code: self._piece(part, subject, code) for code in codes}
        given = {code: piece for code, piece in found.items() if piece is not None}
        if not given:
            return None
        match part["결합"]:
            case "평균":
                return sum(given.values(), Fraction(0)) / len(given)
            case "합계":
                return sum(given.values(), Fraction(0))
            case "비중":
                whole = sum((shares[code] for code in given), Fraction(0))
                return sum((shares[code] * piece for code, piece in given.items()), Fraction(0)) / whole
        return list(given.values())[-1]

    def _piece(self, part: Row, subject: Row, period: str) -> Fraction | None:
        cycle, code = part["성과주기"], subject["코드"]
        match part["원천"]:
            case "지표":
                points, weight = self.points_of(cycle, subject["부서"] or code, period)
                return points * 100 / weight if weight else None
            case "평가":
                return self.rated(cycle, part["근거"], code, period)
            case "소관":
                return self._owned(part, code, period)
        theirs = {one.subject: one.total for one in self.result(cycle, part["근거"], period)}
        if part["범위"] != "하위":
            return theirs[code]
        below = [total for one, total in theirs.items() if self._is_below(one, code)]
        return sum(below, Fraction(0)) / len(below) if below else None

    def _is_below(self, code: str, above: str) -> bool:
        parents = {row["코드"]: row["상위조직"] for row in self.rows("조직")}
        place = parents[code]
        while place and place != above:
            place = parents[place]
        return place == above

    def _owned(self, part: Row, subject: str, period: str) -> Fraction | None:
        about = {"성과주기": part["성과주기"], "체계": part["체계"], "항목": part["코드"]}
        value = self.of("actuals/소관", **about, 기간=period, 대상=subject)[-1]["값"]
        if value == NOT_APPLICABLE:
            return None
        if not part["배점방식"]:
            return Fraction(value) * 100 / Fraction(part["배점"])
        rule = part | {"소수자리": part["달성률자리"]}
        return achievement(rule, part["목표치"], Fraction(value), self.last_day(part["성과주기"], period))

    def _on_top(self, part: Row, subject: Row, period: str) -> Fraction:
        """Bonus and mileage; a deduction is below 0."""
        cycle = part["성과주기"]
        if part["원천"] == "마일리지":
            basis = part["근거"] or cycle
            told = not period or basis == cycle
            department = subject["부서"] or subject["코드"]
            given = self.points_of(basis, department, period)[0] if told else Fraction(0)
        else:
            about = {"체계": part["체계"], "항목": part["코드"], "대상": subject["코드"], "결과": "확정"}
            confirmed = self.of("actuals/가감점", 성과주기=cycle, **about)
            counted = [row for row in confirmed if not period or row["기간"] == period]
            given = sum((Fraction(row["점수"]) for row in counted), Fraction(0))
        most = min(given, Fraction(part["배점"])) if part["배점"] else given
        return -most if part["원천"] == "감점" else most


def prizes(ranked: Sequence[Sum], offered: Iterable[Row]) -> dict[str, str]:
    """Who gets which prize; equals that a prize would part get none."""
    given: dict[str, str] = {}
    for prize in offered:
        left = [one for one in ranked if one.subject not in given]
        left = [one for one in left if one.total >= Fraction(prize["기준점수"] or 0)]
        count = int(prize["인원"])
        if len(left) > count and left[count - 1].rank == left[count].rank:
            left = [one for one in left if one.rank < left[count].rank]
        given |= {one.subject: prize["이름"] for one in left[:count]}
    return given
