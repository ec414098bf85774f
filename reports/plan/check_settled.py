"""Whether schemes stay as they were where the result of a closed period went by them (docs/decisions/0018)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from models.plan import PeriodState
from models.words import say
from reports.plan.column import Sheet
from reports.plan.columns_of_schemes import GRADES, PARTS, PRIZES, SCHEMES, SUBJECTS
from reports.plan.existing import Existing
from reports.plan.existing_schemes import Version
from reports.plan.known import Known, version_of
from reports.plan.line import Line
from reports.plan.lines import Plan
from reports.plan.lines_of_schemes import GradeLine, PartLine, PrizeLine, SchemeLine, SubjectLine
from reports.plan.problems import Findings
from reports.plan.rows import Row, codes_by_id
from reports.plan.subjects import closed_cycles, subject_departments
from reports.plan.values_of_schemes import grade_values, part_values, prize_values

L = TypeVar("L", bound=Line)

_HARMLESS = frozenset({"name", "note"})
"""Columns that no figure depends on. A grade or a prize goes by its name, which is its key."""


def check_settled(
    plan: Plan,
    known: Known,
    below: tuple[
        Mapping[Version, list[PartLine]],
        Mapping[Version, list[GradeLine]],
        Mapping[Version, list[PrizeLine]],
    ],
    existing: Existing,
    findings: Findings,
) -> None:
    """Nothing that a closed period's figures depend on changes; `below`: parts, grades, prizes by version."""
    stored = existing.schemes
    settled = _settled(existing)
    named: dict[Version, SchemeLine] = {}
    for line in plan.schemes:
        version = version_of(line.cycle, line.code, line.valid_from, known.days)
        if line.has("cycle", "code", "valid_from"):
            named[version] = line
            _check_version(line, version, settled, stored.versions.get(version), findings)
    parts, grades, prizes = below
    owners = codes_by_id(existing.departments)
    planned_parts = {key: {**row, "owner": owners[row["owner_id"]]} for key, row in stored.parts.items()}
    for version in settled:
        _check_rows(PARTS, "code", version, parts.get(version, []), planned_parts, _part, findings)
        _check_rows(GRADES, "name", version, grades.get(version, []), stored.grades, grade_values, findings)
        _check_rows(PRIZES, "name", version, prizes.get(version, []), stored.prizes, prize_values, findings)
        for sheet, lines, rows in ((GRADES, grades, stored.grades), (PRIZES, prizes, stored.prizes)):
            # Where the sheet says anything at all, what it does not say of a version it names goes.
            if lines and version not in lines and version in named and any(key[0] == version for key in rows):
                phrase = say(
                    "‘{sheet}’ 시트에 이 판의 줄이 빠졌습니다. 마감된 기간이 이 판을 따랐으니 다시 적어 주세요.",
                    sheet=sheet.name,
                )
                findings.at(SCHEMES, named[version].number, "code", phrase)


def _part(line: PartLine) -> dict[str, Any]:
    return {**part_values(line), "owner": line.owner}


def _settled(existing: Existing) -> dict[Version, date]:
    """The versions that closed periods went by, each with the last day of the last of these periods."""
    settled: dict[Version, date] = {}
    versions = existing.schemes.versions
    for (cycle, _), row in existing.periods.items():
        on = row["ends_on"]
        if row["state"] is not PeriodState.CLOSED:
            continue
        for scheme in {key[1] for key in versions if key[0] == cycle}:
            begun = [key for key in versions if key[:2] == (cycle, scheme) and key[2] <= on]
            if begun:
                version = max(begun)
                settled[version] = max(on, settled.get(version, on))
    return settled


def _check_version(
    line: SchemeLine,
    version: Version,
    settled: Mapping[Version, date],
    stored: Row | None,
    findings: Findings,
) -> None:
    if stored is None:
        older = (before for before in settled if before[:2] == version[:2] and before[2] < version[2])
        if any(version[2] <= settled[before] for before in older):
            phrase = say(
                "이 적용일이면 마감된 기간의 결과가 바뀝니다. 적용일을 늦추거나 먼저 마감을 해제해 주세요."
            )
            findings.at(SCHEMES, line.number, "valid_from", phrase)
    elif version in settled:
        for field in ("digits", "ties_go_up"):
            if line.has(field) and getattr(line, field) != stored[field]:
                _refuse(SCHEMES, line, field, findings)


def _check_rows(
    sheet: Sheet,
    key_field: str,
    version: Version,
    lines: Sequence[L],
    rows: Mapping[Any, Row],
    values: Callable[[L], Mapping[str, Any]],
    findings: Findings,
) -> None:
    """The lines of a version say what its rows say, in the same order; no lines say nothing."""
    if not lines or not all(line.has(*values(line)) for line in lines):
        return
    theirs = sorted((row for key, row in rows.items() if key[0] == version), key=lambda row: row["position"])
    stored = {_key(row): row for row in theirs}
    given = {_key(values(line)): line for line in lines}
    for key, line in given.items():
        before = stored.get(key)
        if before is None:
            _refuse(sheet, line, key_field, findings)
            continue
        for field, value in values(line).items():
            if value != before[field] and field not in _HARMLESS:
                _refuse(sheet, line, field, findings)
    if given.keys() - stored.keys():
        return  # one that has another code is both new and missing: said once
    if missing := [key for key in stored if key not in given]:
        phrase = say(
            "{name} 줄이 빠졌습니다. 마감된 기간의 결과가 따른 것이니 다시 적거나, 먼저 마감을 해제해 주세요.",
            name=" ".join(filter(None, missing[0])),
        )
        findings.at(sheet, lines[0].number, key_field, phrase)
    elif sheet is not PARTS and list(stored) != list(given):
        phrase = say("마감된 기간의 결과가 따른 차례와 다릅니다. 줄의 차례를 되돌려 주세요.")
        findings.at(sheet, lines[0].number, key_field, phrase)


def _key(values: Mapping[str, Any]) -> tuple[str, str]:
    """What a row is known by in its version: parts by their code, grades by name, prizes by group as well."""
    return values.get("code") or values["name"], values.get("grouping", "")


def _refuse(sheet: Sheet, line: Line, field: str, findings: Findings) -> None:
    phrase = say(
        "마감된 기간의 결과가 이 판을 따랐습니다. 적용일이 다른 판을 더하거나, 먼저 마감을 해제해 주세요."
    )
    findings.at(sheet, line.number, field, phrase)


def check_settled_subjects(plan: Plan, existing: Existing, findings: Findings) -> None:
    """Subjects: who has answers stays one; once a period is closed, all stay, in the same group."""
    first: dict[tuple[str, str], SubjectLine] = {}
    given = {(line.cycle, line.scheme, line.code): line for line in plan.subjects}
    for line in plan.subjects:
        if not line.has("cycle", "scheme", "code"):
            return
        first.setdefault((line.cycle, line.scheme), line)
    closed = closed_cycles(existing)
    homes = subject_departments(plan, existing)
    codes = codes_by_id(existing.departments)
    for key, row in existing.schemes.subjects.items():
        if (there := given.get(key)) is None:
            if key[:2] in first:
                used = row["id"] in existing.schemes.used_subjects
                _check_left_out(first[key[:2]], key[2], used, key[0] in closed, findings)
        elif key[0] in closed:
            sides = {
                "grouping": (there.grouping, row["grouping"]),
                "department": (homes.get(key), codes[row["department_id"]]),
            }
            for field, (after, before) in sides.items():
                if there.has(field) and after != before:
                    phrase = say("마감된 기간이 있어 바꿀 수 없습니다. 먼저 마감을 해제해 주세요.")
                    findings.at(SUBJECTS, there.number, field, phrase)


def _check_left_out(line: SubjectLine, code: str, used: bool, closed: bool, findings: Findings) -> None:
    """Said at the first line of the scheme, since the subject has none."""
    if used:
        phrase = say("대상 {code:은/는} 이미 평가받고 있어 뺄 수 없습니다. 줄을 다시 적어 주세요.", code=code)
        findings.at(SUBJECTS, line.number, "code", phrase)
    elif closed:
        phrase = say(
            "마감된 기간의 대상 {code:이/가} 빠졌습니다. 다시 적거나, 먼저 마감을 해제해 주세요.", code=code
        )
        findings.at(SUBJECTS, line.number, "code", phrase)
