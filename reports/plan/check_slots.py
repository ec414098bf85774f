"""Whether slots and sessions fit their programme and the people who hold them, and leave alone who has booked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from models.clock import local_day
from models.consultation.programme import ProgrammeKind, SlotState
from models.organization import Role
from models.words import say
from reports.plan.check_lines import check_known, check_unique
from reports.plan.columns import PEOPLE, PERIODS
from reports.plan.columns_of_consultation import PROGRAMMES, SLOTS
from reports.plan.existing import Existing
from reports.plan.lines import Plan, SlotLine
from reports.plan.problems import Findings
from reports.plan.rows import Row, codes_by_id

MADE_IN_CHAT = "chat-"
"""How the codes of slots begin that a consultant makes in chat (models.consultation.slots)."""

_TOLD_IN_CHAT = ("starts_at", "ends_at", "place", "link")
_LINK = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)

Span = tuple[date | None, date | None]
"""From when until when somebody holds a role."""


def check_slots(
    plan: Plan, cycles: Collection[str], people: Collection[str], existing: Existing, findings: Findings
) -> None:
    """Everything about slots but overlaps; `cycles` and `people` are the codes known."""
    kinds = _kinds(plan, existing)
    programmes: dict[str, set[str]] = defaultdict(set)
    for cycle, code in kinds:
        programmes[cycle].add(code)
    consultants = _consultants(plan, existing)
    check_unique(SLOTS, plan.slots, ("cycle", "programme", "code"), findings)
    for line in plan.slots:
        if check_known(SLOTS, line, "cycle", PERIODS, cycles, findings):
            check_known(SLOTS, line, "programme", PROGRAMMES, programmes[line.cycle], findings)
        _check_code(line, findings)
        _check_times(line, findings)
        _check_link(line, findings)
        if kinds.get((line.cycle, line.programme)) is ProgrammeKind.CONSULTATION:
            _check_consultation(line, findings)
        if check_known(SLOTS, line, "consultant", PEOPLE, people, findings) and line.consultant:
            _check_role(line, consultants, findings)
        if check_known(SLOTS, line, "office", PEOPLE, people, findings):
            _check_two_people(line, findings)
        _check_booked(line, existing, findings)


def _kinds(plan: Plan, existing: Existing) -> dict[tuple[str, str], ProgrammeKind]:
    """What each known programme is."""
    stored: dict[tuple[str, str], ProgrammeKind] = {
        key: row["kind"] for key, row in existing.programmes.items()
    }
    return stored | {(line.cycle, line.code): line.kind for line in plan.programmes}


def _consultants(plan: Plan, existing: Existing) -> Mapping[str, list[Span]]:
    """When each person is a consultant: a person of the file as the file says, others as they are."""
    spans: dict[str, list[Span]] = defaultdict(list)
    named = {line.code for line in plan.people}
    for (person, role, *_), row in existing.roles.items():
        if role is Role.CONSULTANT and person not in named:
            spans[person].append((row["starts_on"], row["ends_on"]))
    for line in plan.people:
        if not line.has("roles", "starts_on", "ends_on"):
            spans[line.code].append((None, None))
        elif Role.CONSULTANT in line.roles:
            spans[line.code].append((line.starts_on, line.ends_on))
    return spans


def _check_times(line: SlotLine, findings: Findings) -> None:
    if not line.has("starts_at", "ends_at"):
        return
    if line.ends_at <= line.starts_at:
        phrase = say("종료가 시작보다 늦어야 합니다. 시각을 확인해 주세요.")
        findings.at(SLOTS, line.number, "ends_at", phrase)
    elif local_day(line.starts_at) != local_day(line.ends_at):
        phrase = say("시작한 날에 끝나야 합니다. 여러 날이면 하루를 한 줄씩 나누어 적어 주세요.")
        findings.at(SLOTS, line.number, "ends_at", phrase)


def _check_link(line: SlotLine, findings: Findings) -> None:
    if line.link and not _LINK.fullmatch(line.link):
        phrase = say("접속주소가 아닙니다. https://로 시작하는 주소를 적어 주세요.")
        findings.at(SLOTS, line.number, "link", phrase)


def _check_consultation(line: SlotLine, findings: Findings) -> None:
    if line.seats != 1:
        phrase = say("컨설팅은 한 번에 한 부서가 받습니다. 정원을 1로 적거나 비워 주세요.")
        findings.at(SLOTS, line.number, "seats", phrase)
    if line.has("consultant") and not line.consultant:
        phrase = say("컨설팅에는 컨설턴트가 있어야 합니다. 번호를 적어 주세요.")
        findings.at(SLOTS, line.number, "consultant", phrase)


def _check_role(line: SlotLine, consultants: Mapping[str, list[Span]], findings: Findings) -> None:
    spans = consultants.get(line.consultant, [])
    if not spans:
        phrase = say(
            "{person:은/는} 컨설턴트가 아닙니다. ‘사람’ 시트에서 역할을 주거나 번호를 고쳐 주세요.",
            person=line.consultant,
        )
        findings.at(SLOTS, line.number, "consultant", phrase)
    elif line.has("starts_at") and not any(_covers(span, local_day(line.starts_at)) for span in spans):
        phrase = say(
            "{person:은/는} 이날 컨설턴트가 아닙니다. ‘사람’ 시트의 역할 시작일과 종료일을 확인해 주세요.",
            person=line.consultant,
        )
        findings.at(SLOTS, line.number, "consultant", phrase)


def _covers(span: Span, on: date) -> bool:
    starts_on, ends_on = span
    return (starts_on is None or starts_on <= on) and (ends_on is None or on <= ends_on)


def _check_two_people(line: SlotLine, findings: Findings) -> None:
    if line.office and line.office == line.consultant:
        phrase = say("컨설턴트와 다른 사람을 적어 주세요.")
        findings.at(SLOTS, line.number, "office", phrase)


def _check_code(line: SlotLine, findings: Findings) -> None:
    if line.code.startswith(MADE_IN_CHAT):
        phrase = say(
            "‘{start}’로 시작하는 코드는 채팅에서 만든 일정의 것입니다. 다른 코드를 적어 주세요.",
            start=MADE_IN_CHAT,
        )
        findings.at(SLOTS, line.number, "code", phrase)


def _check_booked(line: SlotLine, existing: Existing, findings: Findings) -> None:
    """Who has booked is told of a change in chat; a file tells nobody."""
    stored = existing.slots.get((line.cycle, line.programme, line.code))
    taken = existing.last_seats.get(stored["id"], 0) if stored else 0
    if not stored or not taken:
        return
    for field in _TOLD_IN_CHAT:
        if line.has(field) and getattr(line, field) != stored[field]:
            phrase = say(
                "신청을 받은 일정입니다. ‘{now}’ 그대로 두고, 바꾸려면 신청한 사람이 알게 채팅에서 바꿔 주세요.",
                now=stored[field] or say("빈칸"),
            )
            findings.at(SLOTS, line.number, field, phrase)
    _check_who_runs_it(line, stored, existing, findings)
    if line.state is SlotState.CANCELLED and stored["state"] is not SlotState.CANCELLED:
        phrase = say("신청을 받은 일정입니다. 취소하려면 신청한 사람이 알 수 있게 채팅에서 취소해 주세요.")
        findings.at(SLOTS, line.number, "state", phrase)
    if line.has("seats") and line.seats < taken:
        phrase = say(
            "{taken}번째 자리까지 신청을 받았습니다. 정원을 {taken} 이상으로 적어 주세요.", taken=taken
        )
        findings.at(SLOTS, line.number, "seats", phrase)


def _check_who_runs_it(line: SlotLine, stored: Row, existing: Existing, findings: Findings) -> None:
    """Of a booked slot: whose calendars it is in, and who is free for it, is agreed with who has booked."""
    codes = codes_by_id(existing.people)
    for field in ("consultant", "office"):
        key = stored[f"{field}_id"]
        now = codes[key] if key is not None else ""
        if line.has(field) and getattr(line, field) != now:
            phrase = say(
                "신청을 받은 일정입니다. ‘{now}’ 그대로 두고, 바꾸려면 채팅에서 취소한 뒤 새 줄로 적어 주세요.",
                now=now or say("빈칸"),
            )
            findings.at(SLOTS, line.number, field, phrase)
