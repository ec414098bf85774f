"""Whether the grades of a version can be given in their order, and its prizes to anybody."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from models.words import say
from reports.plan.check_lines import check_keys
from reports.plan.columns_of_schemes import GRADES, PRIZES
from reports.plan.existing import Existing
from reports.plan.existing_schemes import Version
from reports.plan.known import Known, check_version
from reports.plan.lines import Plan
from reports.plan.lines_of_schemes import GradeLine, PrizeLine
from reports.plan.problems import Findings

_FULL = Decimal(100)


def check_grades(plan: Plan, known: Known, findings: Findings) -> dict[Version, list[GradeLine]]:
    """Grades by the version they belong to, in order of the sheet."""
    by_version: dict[Version, list[GradeLine]] = defaultdict(list)
    for line in plan.grades:
        if line.share == 0:
            phrase = say("비율은 0보다 크게 적거나 비워 주세요.")
            findings.at(GRADES, line.number, "share", phrase)
        if version := check_version(GRADES, line, known, findings):
            by_version[version].append(line)
    for lines in by_version.values():
        check_keys(GRADES, [(line.name, line) for line in lines if line.has("name")], "name", findings)
        _check_order(lines, findings)
    return by_version


def _check_order(lines: list[GradeLine], findings: Findings) -> None:
    """Every grade can be reached: what stands above it leaves something for it."""
    total = Decimal(0)
    lowest: GradeLine | None = None
    for line in lines:
        if not line.has("least", "share"):
            return
        if line.least is None and line.share is None and line is not lines[-1]:
            phrase = say(
                "기준점수와 비율이 모두 비어 아래 등급에 남는 대상이 없습니다. 하나를 적거나 맨 아래로 옮겨 주세요."
            )
            findings.at(GRADES, line.number, "name", phrase)
        total += line.share or Decimal(0)
        if line.share and total > _FULL:
            phrase = say("여기까지 비율의 합이 {total}입니다. 100을 넘지 않게 고쳐 주세요.", total=total)
            findings.at(GRADES, line.number, "share", phrase)
            return
        if line.least is not None:
            if lowest and not _is_below(line, lowest):
                phrase = say(
                    "위 등급의 기준점수 {least}보다 낮아야 합니다. 높은 등급부터 적어 주세요.",
                    least=lowest.least or Decimal(0),
                )
                findings.at(GRADES, line.number, "least", phrase)
            lowest = line


def _is_below(line: GradeLine, above: GradeLine) -> bool:
    """Whether somebody who misses the grade above may reach this one; with a share above, at the same total."""
    assert line.least is not None and above.least is not None
    return line.least < above.least or (line.least == above.least and above.share is not None)


def check_prizes(
    plan: Plan, known: Known, existing: Existing, findings: Findings
) -> dict[Version, list[PrizeLine]]:
    """Prizes by the version they belong to; each once, and for a group that has subjects."""
    named = {(line.cycle, line.scheme) for line in plan.subjects}
    groupings = {(line.cycle, line.scheme, line.grouping) for line in plan.subjects}
    for (cycle, scheme, _), row in existing.schemes.subjects.items():
        if (cycle, scheme) not in named:
            groupings.add((cycle, scheme, row["grouping"]))
    unread = any(not line.has("cycle", "scheme", "grouping") for line in plan.subjects)
    by_version: dict[Version, list[PrizeLine]] = defaultdict(list)
    for line in plan.prizes:
        if version := check_version(PRIZES, line, known, findings):
            by_version[version].append(line)
            if line.grouping and not unread and (*version[:2], line.grouping) not in groupings:
                phrase = say(
                    "‘평가대상’ 시트에 구분이 {grouping:과/와} 같은 대상이 없습니다. 구분을 고치거나 비워 주세요.",
                    grouping=line.grouping,
                )
                findings.at(PRIZES, line.number, "grouping", phrase)
    for lines in by_version.values():
        keyed = [((line.name, line.grouping), line) for line in lines if line.has("name", "grouping")]
        check_keys(PRIZES, keyed, "name", findings)
    return by_version
