"""Departments, what they were before, people and their roles into the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from models.clock import local_day
from models.organization import Department, DepartmentTerm, Person, Role, RoleHeld
from reports.plan.columns import DEPARTMENTS, PEOPLE
from reports.plan.lines import WHOLE_CITY, PersonLine, Plan
from reports.plan.rows import Row
from reports.plan.tree import paths
from reports.plan.upsert import Edit, insert, update
from reports.plan.writing import Writing, words_by_id

Ids = Mapping[str, int]
"""By code."""


def write_departments(writing: Writing, plan: Plan) -> Ids:
    """New departments go in before any is put under another; then parents, names and paths are set."""
    stored = writing.existing.departments
    path = paths(writing.existing.parents() | {line.code: line.parent for line in plan.departments})
    rows: dict[str, dict[str, Any]] = {
        line.code: {
            "code": line.code,
            "name": line.name,
            "kind": line.kind,
            "parent_id": None,
            "supervisor_id": None,
            "path": path[line.code],
            "position": line.number,
            "starts_on": line.starts_on,
            "ends_on": line.ends_on,
            "capacity": line.capacity,
        }
        for line in plan.departments
    }
    made = {code: row for code, row in rows.items() if code not in stored}
    new_ids = insert(writing.session, Department, made)
    before = {**stored, **{code: {**row, "id": new_ids[code]} for code, row in made.items()}}
    ids = {code: row["id"] for code, row in before.items()}
    above = {
        line.code: {"parent_id": ids.get(line.parent), "supervisor_id": ids.get(line.supervisor)}
        for line in plan.departments
    }
    wanted = {code: {**row, **above[code]} for code, row in rows.items()}
    # A department that the file does not name moves with the one above it.
    moved = {code: {"path": path[code]} for code in stored.keys() - wanted.keys()}
    all_edits = update(writing.session, Department, before, {**wanted, **moved})
    edits = [edit for edit in all_edits if edit.key in stored]
    writing.count(Department, stored, wanted, edits)
    names = words_by_id(ids)
    writing.tell(DEPARTMENTS, edits, str, {"parent_id": names, "supervisor_id": names})
    _write_terms(writing, plan, {code: {**wanted[code], "id": ids[code]} for code in wanted}, edits)
    return ids


def _write_terms(writing: Writing, plan: Plan, rows: Mapping[str, Row], edits: list[Edit]) -> None:
    """A new department's first term, and for one that was renamed or moved the next from today on."""
    today = local_day(writing.now)
    # A plan is often imported after its year began; the departments were there before.
    since = min([today, *(period.starts_on for period in plan.periods)])
    columns = ("name", "parent_id", "supervisor_id")
    changed = {edit.key for edit in edits if edit.column in columns}
    closing, opening = {}, {}
    for code, row in rows.items():
        term = {column: row[column] for column in columns}
        running = writing.existing.terms.get(code)
        if code not in writing.existing.departments:
            opening[code] = {"department_id": row["id"], **term, "from_day": row["starts_on"] or since}
        elif code in changed and running and running["from_day"] >= today:
            closing[code] = term
        elif code in changed:
            closing[code] = {"until_day": today - timedelta(days=1)}
            opening[code] = {"department_id": row["id"], **term, "from_day": today}
    update(writing.session, DepartmentTerm, writing.existing.terms, closing)
    insert(writing.session, DepartmentTerm, opening)


def write_people(writing: Writing, plan: Plan, departments: Ids) -> Ids:
    """People by their first line, then the roles of all their lines."""
    stored = writing.existing.people
    first: dict[str, PersonLine] = {}
    for line in plan.people:
        first.setdefault(line.code, line)
    wanted: dict[str, dict[str, Any]] = {
        line.code: {
            "code": line.code,
            "name": line.name,
            "title": line.title,
            "email": line.email,
            "department_id": departments[line.department],
            "left_on": line.left_on,
            # The language is theirs to change later.
            **({} if line.code in stored else {"locale": line.locale}),
        }
        for line in first.values()
    }
    ids, edits = writing.bring(Person, stored, wanted)
    writing.tell(PEOPLE, edits, str, {"department_id": words_by_id(departments)})
    _write_roles(writing, plan, departments, ids)
    return ids


def _write_roles(writing: Writing, plan: Plan, departments: Ids, people: Ids) -> None:
    stored = writing.existing.roles
    wanted: dict[tuple[str, str, str, str], dict[str, Any]] = {
        (line.code, role, place, stands_in_for): {
            "person_id": people[line.code],
            "role": role,
            "department_id": departments.get(place),
            "stands_in_for_id": people.get(stands_in_for),
            "starts_on": line.starts_on,
            "ends_on": line.ends_on,
        }
        for line in plan.people
        for role, place, stands_in_for in line.holdings()
    }
    today = local_day(writing.now)
    named = {line.code for line in plan.people}
    for key, row in stored.items():
        if key not in wanted and key[0] in named and _would_linger(row, today):
            wanted[key] = {"ends_on": today - timedelta(days=1)}
    _, edits = writing.bring(RoleHeld, stored, wanted)
    words = {
        role: word
        for column in PEOPLE.columns
        if column.field == "roles"
        for word, role in column.choices.items()
    }
    writing.tell(PEOPLE, edits, lambda key: f"{key[0]} {words[key[1]]}({key[2] or WHOLE_CITY})")


def _would_linger(row: Row, today: date) -> bool:
    """Whether a role that the file no longer names would still hold. Deputies are also named in chat."""
    return row["role"] is not Role.DEPUTY and (row["ends_on"] is None or row["ends_on"] >= today)
