"""Who is ranked: whom a scheme ranks, and whose indicators count for a subject."""

from __future__ import annotations

from models.plan import PeriodState
from models.scheme.table import SubjectKind
from reports.plan.existing import Existing
from reports.plan.existing_schemes import Pair, Triple
from reports.plan.lines import Plan
from reports.plan.rows import codes_by_id


def subject_kinds(plan: Plan, existing: Existing) -> dict[Pair, SubjectKind]:
    """Departments or persons, by cycle and scheme."""
    kinds: dict[Pair, SubjectKind] = {
        key[:2]: row["subject_kind"] for key, row in existing.schemes.versions.items()
    }
    return kinds | {(line.cycle, line.code): line.subject_kind for line in plan.schemes}


def subject_departments(plan: Plan, existing: Existing) -> dict[Triple, str]:
    """The department of each subject of the file, "" where there is none; not of a person whose line is unread.

    Where the line names none it is the one a person belongs to; once a period was closed, the one they
    belonged to then, since the result of that period goes by it.
    """
    codes = codes_by_id(existing.departments)
    home = {code: codes[row["department_id"]] for code, row in existing.people.items()}
    home |= {line.code: line.department for line in reversed(plan.people)}
    unread = {line.code for line in plan.people if not line.has("department")}
    kinds = subject_kinds(plan, existing)
    closed = closed_cycles(existing)
    found: dict[Triple, str] = {}
    for line in plan.subjects:
        key = line.cycle, line.scheme, line.code
        stored = existing.schemes.subjects.get(key)
        if kinds.get(key[:2]) is not SubjectKind.PERSON:
            found[key] = line.code
        elif not line.department and stored and line.cycle in closed:
            found[key] = codes[stored["department_id"]]
        elif line.department or line.code not in unread:
            found[key] = line.department or home.get(line.code, "")
    return found


def closed_cycles(existing: Existing) -> set[str]:
    """The cycles that have a closed period."""
    return {key[0] for key, row in existing.periods.items() if row["state"] is PeriodState.CLOSED}
