"""Whether versions of schemes fit together, and whom they rank."""

from __future__ import annotations

from models.scheme.table import SubjectKind
from models.words import say
from reports.plan.check_lines import check_keys, check_known, check_unique
from reports.plan.columns import DEPARTMENTS, PEOPLE, PERIODS
from reports.plan.columns_of_schemes import PARTS, SCHEMES, SUBJECTS
from reports.plan.existing import Existing
from reports.plan.existing_schemes import Pair
from reports.plan.known import Known, version_of
from reports.plan.lines import Plan
from reports.plan.lines_of_schemes import SchemeLine, SubjectLine
from reports.plan.problems import Findings
from reports.plan.subjects import subject_departments


def check_schemes(plan: Plan, known: Known, existing: Existing, findings: Findings) -> None:
    """Versions: each once, inside its cycle, all of a scheme for one kind of subject, with parts and subjects."""
    keyed = [
        (version_of(line.cycle, line.code, line.valid_from, known.days), line)
        for line in plan.schemes
        if line.has("cycle", "code", "valid_from")
    ]
    check_keys(SCHEMES, keyed, "code", findings)
    first: dict[Pair, SchemeLine] = {}
    for line in plan.schemes:
        check_known(SCHEMES, line, "cycle", PERIODS, known.cycles, findings)
        if line.valid_from and line.cycle in known.days and line.valid_from > known.days[line.cycle][1]:
            phrase = say("성과주기가 끝난 뒤의 날입니다. 적용일을 확인해 주세요.")
            findings.at(SCHEMES, line.number, "valid_from", phrase)
        if line.has("cycle", "code"):
            _check_kind(first.setdefault((line.cycle, line.code), line), line, existing, findings)
    _check_is_complete(plan, known, existing, findings)


def _check_kind(first: SchemeLine, line: SchemeLine, existing: Existing, findings: Findings) -> None:
    if not first.has("subject_kind") or not line.has("subject_kind"):
        return
    if line.subject_kind is not first.subject_kind:
        phrase = say(
            "같은 체계의 {number}행과 다릅니다. 대상은 모든 판에 똑같이 적어 주세요.", number=first.number
        )
        findings.at(SCHEMES, line.number, "subject_kind", phrase)
        return
    stored = {key[:2]: row["subject_kind"] for key, row in existing.schemes.versions.items()}
    before = stored.get((line.cycle, line.code))
    if before is not None and before is not line.subject_kind:
        phrase = say("이미 등록된 체계의 대상은 바꿀 수 없습니다. 코드를 새로 정해 적어 주세요.")
        findings.at(SCHEMES, line.number, "subject_kind", phrase)


def _check_is_complete(plan: Plan, known: Known, existing: Existing, findings: Findings) -> None:
    """Every version has parts, and its scheme subjects."""
    stored = existing.schemes
    ranked = {key[:2] for key in stored.subjects} | {(line.cycle, line.scheme) for line in plan.subjects}
    parts = {key[0] for key in stored.parts}
    parts |= {version_of(line.cycle, line.scheme, line.valid_from, known.days) for line in plan.parts}
    # A line that cannot be read may be the one that is missing here.
    unread = {line.cycle for line in plan.parts if not line.has("cycle", "scheme", "valid_from")}
    unread |= {line.cycle for line in plan.subjects if not line.has("cycle", "scheme")}
    for line in plan.schemes:
        version = version_of(line.cycle, line.code, line.valid_from, known.days)
        told = line.has("cycle", "code", "valid_from") and line.cycle in known.days.keys() - unread
        lacking = [
            sheet.name
            for sheet, there in ((PARTS, version in parts), (SUBJECTS, version[:2] in ranked))
            if not there
        ]
        if told and lacking:
            phrase = say(
                "‘{sheets}’ 시트에 이 체계의 줄이 없습니다. 체계와 적용일을 같게 적어 주세요.",
                sheets="’, ‘".join(lacking),
            )
            findings.at(SCHEMES, line.number, "code", phrase)


def check_subjects(plan: Plan, known: Known, existing: Existing, findings: Findings) -> None:
    """Subjects: each once, and of the kind that their scheme ranks."""
    check_unique(SUBJECTS, plan.subjects, ("cycle", "scheme", "code"), findings)
    homes = subject_departments(plan, existing)
    for line in plan.subjects:
        if not check_known(SUBJECTS, line, "cycle", PERIODS, known.cycles, findings):
            continue
        if not check_known(SUBJECTS, line, "scheme", SCHEMES, known.schemes(line.cycle), findings):
            continue
        if (line.cycle, line.scheme) in known.unsure or not line.has("code", "department"):
            continue
        if known.kinds[line.cycle, line.scheme] is SubjectKind.PERSON:
            _check_person(line, homes.get((line.cycle, line.scheme, line.code)), known, findings)
        else:
            _check_department(line, known, findings)


def _check_person(line: SubjectLine, home: str | None, known: Known, findings: Findings) -> None:
    there = check_known(SUBJECTS, line, "code", PEOPLE, known.people, findings)
    named = check_known(SUBJECTS, line, "department", DEPARTMENTS, known.departments, findings)
    if there and named and home == "":
        phrase = say("이 사람의 소속 부서를 모릅니다. 부서를 적어 주세요.")
        findings.at(SUBJECTS, line.number, "department", phrase)


def _check_department(line: SubjectLine, known: Known, findings: Findings) -> None:
    check_known(SUBJECTS, line, "code", DEPARTMENTS, known.departments, findings)
    if line.department not in ("", line.code):
        phrase = say("‘부서’ 칸은 대상이 개인일 때만 적습니다. 비워 주세요.")
        findings.at(SUBJECTS, line.number, "department", phrase)
