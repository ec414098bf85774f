"""What the lines of schemes and ratings may name: all that stands once the file is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from models.scheme.table import SubjectKind
from models.words import say
from reports.plan.check_lines import check_known
from reports.plan.column import Sheet
from reports.plan.columns import PERIODS
from reports.plan.columns_of_schemes import SCHEMES
from reports.plan.existing import Existing
from reports.plan.existing_schemes import Pair, Version
from reports.plan.lines import PeriodLine, Plan
from reports.plan.lines_of_schemes import GradeLine, PartLine, PrizeLine
from reports.plan.problems import Findings
from reports.plan.subjects import subject_kinds


@dataclass(frozen=True)
class Known:
    """Codes of the file and of the database."""

    cycles: Collection[str]
    departments: Collection[str]
    people: Collection[str]
    periods: Mapping[str, Collection[str]]
    """Of each cycle."""
    days: Mapping[str, tuple[date, date]]
    """The first and the last day of each cycle that can be told."""
    kinds: Mapping[Pair, SubjectKind]
    """Whom each scheme ranks, by cycle and code."""
    versions: Collection[Version]
    rounds: Mapping[Pair, Mapping[str, str]]
    """Of each rating, by cycle and code: whose subjects are rated in each period, "" for the whole cycle."""
    unsure: Collection[Pair]
    """Schemes and ratings of which a line cannot be read: not all that is missing there is missing."""

    def schemes(self, cycle: str) -> set[str]:
        """The codes of a cycle's schemes."""
        return {code for of, code in self.kinds if of == cycle}

    def ratings(self, cycle: str) -> set[str]:
        """The codes of a cycle's ratings."""
        return {code for of, code in self.rounds if of == cycle}


def known_to(
    plan: Plan,
    existing: Existing,
    cycles: Collection[str],
    departments: Collection[str],
    people: Collection[str],
) -> Known:
    """What is known when the file is in; the codes of cycles, departments and people are given."""
    stored = existing.schemes
    days = days_of_cycles(plan.periods, existing)
    periods: dict[str, set[str]] = defaultdict(set)
    for cycle, code in [*existing.periods, *((line.cycle, line.code) for line in plan.periods)]:
        periods[cycle].add(code)
    rounds: dict[Pair, dict[str, str]] = defaultdict(dict)
    for (cycle, code, period), row in stored.ratings.items():
        rounds[cycle, code][period] = row["scheme"]
    for line in plan.ratings:
        rounds[line.cycle, line.code][line.period] = line.scheme
    unsure = {(line.cycle, line.code) for line in plan.schemes if not line.has("valid_from", "subject_kind")}
    unsure |= {(line.cycle, line.code) for line in plan.ratings if not line.has("period", "scheme")}
    return Known(
        cycles=cycles,
        departments=departments,
        people=people,
        periods=periods,
        days=days,
        kinds=subject_kinds(plan, existing),
        versions=stored.versions.keys()
        | {version_of(line.cycle, line.code, line.valid_from, days) for line in plan.schemes},
        rounds=rounds,
        unsure=unsure,
    )


def days_of_cycles(lines: list[PeriodLine], existing: Existing) -> dict[str, tuple[date, date]]:
    """The first and the last day of each cycle; of none of which a day cannot be read."""
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    named = {(line.cycle, line.code) for line in lines}
    for key, row in existing.periods.items():
        if key not in named:
            spans[key[0]].append((row["starts_on"], row["ends_on"]))
    unread = {line.cycle for line in lines if not line.has("cycle", "starts_on", "ends_on")}
    for line in lines:
        if line.cycle not in unread:
            spans[line.cycle].append((line.starts_on, line.ends_on))
    return {
        cycle: (min(start for start, _ in theirs), max(end for _, end in theirs))
        for cycle, theirs in spans.items()
        if cycle not in unread
    }


def version_of(
    cycle: str, scheme: str, valid_from: date | None, days: Mapping[str, tuple[date, date]]
) -> Version:
    """The version that a line names; without a day it is the one of the cycle's first day."""
    return cycle, scheme, valid_from or days.get(cycle, (date.min, date.max))[0]


def check_version(
    sheet: Sheet, line: PartLine | GradeLine | PrizeLine, known: Known, findings: Findings
) -> Version | None:
    """The version that the line names, which must be known; None where it is not, or cannot be told."""
    if not check_known(sheet, line, "cycle", PERIODS, known.cycles, findings):
        return None
    if not check_known(sheet, line, "scheme", SCHEMES, known.schemes(line.cycle), findings):
        return None
    version = version_of(line.cycle, line.scheme, line.valid_from, known.days)
    if not line.has("valid_from") or (line.cycle, line.scheme) in known.unsure:
        return None
    if version not in known.versions and line.cycle in known.days:
        phrase = say(
            "‘평가체계’ 시트에 적용일이 {day}인 {scheme:이/가} 없습니다. 적용일을 확인해 주세요.",
            day=version[2].isoformat(),
            scheme=line.scheme,
        )
        findings.at(sheet, line.number, "valid_from", phrase)
    return version if version in known.versions else None
