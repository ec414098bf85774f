"""Whether departments and people fit together."""

from __future__ import annotations

import re
from collections.abc import Collection

from models.organization import Department, Role
from models.words import say
from reports.plan.check_lines import check_known, check_order, check_unique, other_line
from reports.plan.column import room_for
from reports.plan.columns import DEPARTMENTS, PEOPLE
from reports.plan.existing import Existing
from reports.plan.lines import WHOLE_CITY, DepartmentLine, PersonLine
from reports.plan.problems import Findings
from reports.plan.tree import loops, paths

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PERSONAL = ("name", "title", "department", "email", "locale", "left_on")


def check_departments(lines: list[DepartmentLine], existing: Existing, findings: Findings) -> None:
    """Codes, references, dates, and that nobody stands above themselves."""
    known = existing.departments.keys() | {line.code for line in lines}
    check_unique(DEPARTMENTS, lines, ("code",), findings)
    for line in lines:
        check_known(DEPARTMENTS, line, "parent", DEPARTMENTS, known, findings)
        check_known(DEPARTMENTS, line, "supervisor", DEPARTMENTS, known, findings)
        check_order(DEPARTMENTS, line, ("starts_on", "ends_on"), findings)
        if "/" in line.code:
            findings.at(DEPARTMENTS, line.number, "code", say("코드에는 / 를 쓸 수 없습니다."))
        if line.supervisor and line.supervisor == line.code:
            phrase = say("자기 자신을 감독할 수 없습니다. 감독부서를 고쳐 주세요.")
            findings.at(DEPARTMENTS, line.number, "supervisor", phrase)
    _check_tree(lines, existing, findings)


def _check_tree(lines: list[DepartmentLine], existing: Existing, findings: Findings) -> None:
    parents = existing.parents() | {line.code: line.parent for line in lines if line.has("code", "parent")}
    by_code = {line.code: line for line in reversed(lines)}
    rings = loops(parents)
    for ring in rings:
        first = min((by_code[code] for code in ring if code in by_code), key=lambda line: line.number)
        shown = " → ".join([*ring, ring[0]][:10])
        phrase = say("상위조직을 따라가면 제자리로 돌아옵니다: {ring}. 하나를 고쳐 주세요.", ring=shown)
        findings.at(DEPARTMENTS, first.number, "parent", phrase)
    if rings:
        return
    most = room_for(Department.path)
    for code, path in paths(parents).items():
        if len(path) > most and code in by_code:
            phrase = say("맨 위에서 여기까지 코드가 너무 깁니다. 코드를 줄여 주세요.")
            findings.at(DEPARTMENTS, by_code[code].number, "code", phrase)


def check_people(
    lines: list[PersonLine], departments: Collection[str], existing: Existing, findings: Findings
) -> None:
    """References, role rules, and that a person's lines agree with one another."""
    known = existing.people.keys() | {line.code for line in lines}
    first: dict[str, PersonLine] = {}
    for line in lines:
        check_known(PEOPLE, line, "department", DEPARTMENTS, departments, findings)
        if line.place != WHOLE_CITY:
            check_known(PEOPLE, line, "place", DEPARTMENTS, departments, findings)
        check_known(PEOPLE, line, "stands_in_for", PEOPLE, known, findings)
        check_order(PEOPLE, line, ("starts_on", "ends_on"), findings)
        if line.email and not _EMAIL.fullmatch(line.email):
            phrase = say("이메일 주소가 아닙니다. name@example.go.kr처럼 적어 주세요.")
            findings.at(PEOPLE, line.number, "email", phrase)
        if line.has("code"):
            _check_agreement(first.setdefault(line.code, line), line, findings)
        if line.has("roles"):
            _check_roles(line, findings)
    _check_roles_once(lines, findings)


def _check_agreement(first: PersonLine, line: PersonLine, findings: Findings) -> None:
    for field in _PERSONAL:
        if first.has(field) and line.has(field) and getattr(first, field) != getattr(line, field):
            phrase = say(
                "같은 번호의 {number}행과 다릅니다. 개인 정보는 모든 줄에 똑같이 적어 주세요.",
                number=first.number,
            )
            findings.at(PEOPLE, line.number, field, phrase)


def _check_roles(line: PersonLine, findings: Findings) -> None:
    deputy = Role.DEPUTY in line.roles
    if deputy and line.has("stands_in_for") and not line.stands_in_for:
        phrase = say("대결에는 대신하는 사람의 번호가 있어야 합니다. 대결대상을 적어 주세요.")
        findings.at(PEOPLE, line.number, "stands_in_for", phrase)
    if line.stands_in_for and not deputy:
        phrase = say("대결대상은 역할이 대결일 때만 적습니다. 역할을 고치거나 비워 주세요.")
        findings.at(PEOPLE, line.number, "stands_in_for", phrase)
    if line.stands_in_for and line.stands_in_for == line.code:
        findings.at(PEOPLE, line.number, "stands_in_for", say("자기 자신을 대결할 수 없습니다."))
    if not line.roles and (line.place or line.starts_on or line.ends_on):
        phrase = say("관할이나 역할의 기간이 있는데 역할이 없습니다. 역할을 적어 주세요.")
        findings.at(PEOPLE, line.number, "roles", phrase)


def _check_roles_once(lines: list[PersonLine], findings: Findings) -> None:
    seen: dict[tuple[str, Role, str, str], PersonLine] = {}
    for line in lines:
        if not line.has("code", "roles", "place", "stands_in_for", "department"):
            continue
        for holding in line.holdings():
            if (earlier := seen.setdefault((line.code, *holding), line)) is not line:
                findings.at(PEOPLE, line.number, "roles", other_line(earlier.number))
