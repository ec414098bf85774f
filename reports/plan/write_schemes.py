"""Schemes with their parts, grades, prizes and subjects into the database (docs/decisions/0018)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from sqlmodel import SQLModel

from models import plan_records
from models.scheme.said import schemes_now
from models.scheme.table import Grade, Part, Prize, Scheme, Subject, SubjectKind
from models.words import say
from reports.plan.auditing import audit_change, audit_removal
from reports.plan.column import Sheet
from reports.plan.columns_of_schemes import GRADES, PARTS, PRIZES, SCHEMES, SUBJECTS
from reports.plan.existing_schemes import Pair, Version
from reports.plan.known import days_of_cycles, version_of
from reports.plan.lines import Plan
from reports.plan.rows import Row
from reports.plan.subjects import subject_departments, subject_kinds
from reports.plan.values_of_schemes import grade_values, part_values, prize_values, scheme_values
from reports.plan.writing import Names, Writing, words_by_id

Ids = Mapping[str, int]
"""By code."""


def write_schemes(writing: Writing, plan: Plan, cycles: Ids, departments: Ids, people: Ids) -> None:
    """Versions, and what belongs to them: of a version that the file names that is what the file says."""
    stored = writing.existing.schemes
    days = days_of_cycles(plan.periods, writing.existing)
    lines = {version_of(line.cycle, line.code, line.valid_from, days): line for line in plan.schemes}
    wanted = {
        version: {"cycle_id": cycles[line.cycle], **scheme_values(line), "valid_from": version[2]}
        for version, line in lines.items()
    }
    ids, edits = writing.bring(Scheme, stored.versions, wanted)
    writing.tell(SCHEMES, edits, name_of)
    for edit in edits:
        audit_change(writing, f"scheme:{ids[edit.key]}", edit)
    for version, line in lines.items():
        if line.note:
            name, note = f"{line.cycle} {line.name}", " ".join(line.note.split())
            writing.changes.notes.append(
                say("{scheme}({day}부터) 비고: {note}", scheme=name, day=version[2].isoformat(), note=note)
            )

    def row(version: Version, line: Any, values: dict[str, Any]) -> dict[str, Any]:
        return {"scheme_id": ids[version], **values, "position": line.number}

    parts: dict[tuple[Version, str], Row] = {}
    for part in plan.parts:
        version = version_of(part.cycle, part.scheme, part.valid_from, days)
        values = {**part_values(part), "owner_id": departments.get(part.owner)}
        parts[version, part.code] = row(version, part, values)
    grades: dict[tuple[Version, str], Row] = {}
    for grade in plan.grades:
        version = version_of(grade.cycle, grade.scheme, grade.valid_from, days)
        grades[version, grade.name] = row(version, grade, grade_values(grade))
    prizes: dict[tuple[Version, str, str], Row] = {}
    for prize in plan.prizes:
        version = version_of(prize.cycle, prize.scheme, prize.valid_from, days)
        prizes[version, prize.name, prize.grouping] = row(version, prize, prize_values(prize))
    names = {"owner_id": words_by_id(departments)}
    write_whole(writing, (PARTS, Part), stored.parts, parts, {key[0] for key in parts}, name_of, names)
    named = wanted.keys() if grades else set()
    write_whole(writing, (GRADES, Grade), stored.grades, grades, named | {key[0] for key in grades}, name_of)
    named = wanted.keys() if prizes else set()
    write_whole(writing, (PRIZES, Prize), stored.prizes, prizes, named | {key[0] for key in prizes}, name_of)
    _write_subjects(writing, plan, cycles, departments, people)
    kept = schemes_now(writing.session, cycles.values())
    plan_records.keep(writing.session, writing.now, writing.actor, kept)


def write_whole(
    writing: Writing,
    table: tuple[Sheet, type[SQLModel]],
    stored: Mapping[Any, Row],
    wanted: Mapping[Any, Row],
    owners: Collection[Any],
    name: Callable[[Any], str],
    names: Names | None = None,
) -> dict[Any, int]:
    """Of each owner, which is the first part of the keys, exactly the rows wanted; others stay. The ids of all."""
    sheet, model = table
    theirs = {key: row for key, row in stored.items() if key[0] in owners}
    ids, edits, removed = writing.replace(model, theirs, wanted)
    writing.tell(sheet, edits, name, names)
    subject = str(model.__tablename__)
    for edit in edits:
        audit_change(writing, f"{subject}:{ids[edit.key]}", edit, names)
    for key in removed:
        writing.tell_removal(sheet, name(key))
        audit_removal(writing, f"{subject}:{theirs[key]['id']}", name(key))
    return {key: row["id"] for key, row in stored.items() if key not in removed} | ids


def _write_subjects(writing: Writing, plan: Plan, cycles: Ids, departments: Ids, people: Ids) -> None:
    stored = {(key[:2], key[2]): row for key, row in writing.existing.schemes.subjects.items()}
    kinds = subject_kinds(plan, writing.existing)
    home = subject_departments(plan, writing.existing)
    wanted: dict[tuple[Pair, str], Row] = {}
    for line in plan.subjects:
        scheme = line.cycle, line.scheme
        wanted[scheme, line.code] = {
            "cycle_id": cycles[line.cycle],
            "scheme": line.scheme,
            "code": line.code,
            "department_id": departments[home[(*scheme, line.code)]],
            "person_id": people[line.code] if kinds[scheme] is SubjectKind.PERSON else None,
            "grouping": line.grouping,
            "position": line.number,
        }
    names = {"department_id": words_by_id(departments)}
    write_whole(writing, (SUBJECTS, Subject), stored, wanted, {key[0] for key in wanted}, name_of, names)


def name_of(key: Any) -> str:
    """`2019 INST KPI`: a key of any depth in one line, days as they stand in the workbook."""
    if isinstance(key, tuple):
        return " ".join(filter(None, map(name_of, key)))
    return key.isoformat() if isinstance(key, date) else str(key)
