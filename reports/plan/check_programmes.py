"""Whether programmes of consultation, training and meetings fit together."""

from __future__ import annotations

from collections.abc import Collection

from models.consultation.programme import ProgrammeKind
from models.words import say
from reports.plan.check_lines import check_known, check_order, check_unique
from reports.plan.columns import PERIODS
from reports.plan.columns_of_consultation import PROGRAMMES
from reports.plan.existing import Existing
from reports.plan.lines import Plan, ProgrammeLine
from reports.plan.problems import Findings

_OF_CONSULTATION = ("written_due", "views_due", "notes_due", "absence_points", "objection_days")
"""What only departments have: papers that are reviewed, notes on their indicators, points to lose."""
_HEADINGS = {column.field: column.name for column in PROGRAMMES.columns}


def check_programmes(plan: Plan, cycles: Collection[str], existing: Existing, findings: Findings) -> None:
    """References, dates in order, and that training has nothing of a consultation. `cycles`: all that are known."""
    check_unique(PROGRAMMES, plan.programmes, ("cycle", "code"), findings)
    for line in plan.programmes:
        check_known(PROGRAMMES, line, "cycle", PERIODS, cycles, findings)
        check_order(PROGRAMMES, line, ("written_due", "views_due"), findings)
        check_order(PROGRAMMES, line, ("booking_opens", "booking_due", "notes_due"), findings)
        if line.has("kind"):
            _check_kind(line, existing, findings)
        _check_review(line, findings)


def _check_kind(line: ProgrammeLine, existing: Existing, findings: Findings) -> None:
    if line.kind is not ProgrammeKind.CONSULTATION:
        for field in _OF_CONSULTATION:
            if getattr(line, field) is not None:
                heading = _HEADINGS[field]
                phrase = say("‘{column}’ 칸은 구분이 컨설팅일 때만 적습니다. 비워 주세요.", column=heading)
                findings.at(PROGRAMMES, line.number, field, phrase)
    stored = existing.programmes.get((line.cycle, line.code))
    if stored and stored["kind"] is not line.kind and _is_booked(line, existing):
        phrase = say(
            "이미 신청을 받은 프로그램의 구분은 바꿀 수 없습니다. 코드를 새로 정해 한 줄 더 적어 주세요."
        )
        findings.at(PROGRAMMES, line.number, "kind", phrase)


def _is_booked(line: ProgrammeLine, existing: Existing) -> bool:
    theirs = (row for key, row in existing.slots.items() if key[:2] == (line.cycle, line.code))
    return any(row["id"] in existing.last_seats for row in theirs)


def _check_review(line: ProgrammeLine, findings: Findings) -> None:
    """The written review has two deadlines, or there is none."""
    if line.kind is not ProgrammeKind.CONSULTATION or not line.has("kind", "written_due", "views_due"):
        return
    for field, other in (("written_due", "views_due"), ("views_due", "written_due")):
        if getattr(line, field) is None and getattr(line, other) is not None:
            phrase = say(
                "서면검토에는 서면제출기한과 서면검토기한이 모두 있어야 합니다. 함께 적거나 비워 주세요."
            )
            findings.at(PROGRAMMES, line.number, field, phrase)
