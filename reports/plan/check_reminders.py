"""Whether every row of the sheet 알림 says one thing, and no two the same."""

from __future__ import annotations

from models.reminding.rule import DeadlineKind
from models.words import say
from reports.plan.check_lines import check_unique, other_line
from reports.plan.columns_of_reminders import REMINDERS
from reports.plan.lines import ReminderLine
from reports.plan.problems import Findings

_WITH_A_BEGINNING = (DeadlineKind.CONSULTATION, DeadlineKind.EVENT)
"""What begins at a certain minute, beside what merely has to be done by then."""


def check_reminders(lines: list[ReminderLine], findings: Findings) -> None:
    """Reminders each by itself, none twice, and the quiet hours."""
    readable = [line for line in lines if line.has("kind")]
    rules = [line for line in readable if line.kind is not None]
    for line in rules:
        _check_rule(line, findings)
    by_days = [
        line for line in rules if line.days is not None and line.minutes is None and line.has("minutes")
    ]
    by_minutes = [line for line in rules if line.minutes is not None]
    check_unique(REMINDERS, by_days, ("kind", "audience", "days"), findings)
    check_unique(REMINDERS, by_minutes, ("kind", "audience", "minutes"), findings)
    quiet = [line for line in readable if line.kind is None]
    for line in quiet:
        _check_quiet_hours(line, findings)
    for line in quiet[1:]:
        findings.at(REMINDERS, line.number, "kind", other_line(quiet[0].number))


def _check_rule(line: ReminderLine, findings: Findings) -> None:
    if line.audience is None and line.has("audience"):
        findings.at(REMINDERS, line.number, "audience", say("누구에게 알릴지 ‘받는사람’을 적어 주세요."))
    if line.until is not None:
        phrase = say("‘까지’는 야간보류에만 적습니다. 비워 주세요.")
        findings.at(REMINDERS, line.number, "until", phrase)
    if line.minutes is not None:
        _check_minutes(line, findings)
    elif line.days is None and line.has("days", "minutes"):
        phrase = say("언제 알릴지 ‘근무일’을 적어 주세요. 예: 3근무일 전이면 -3, 기한 날이면 0")
        findings.at(REMINDERS, line.number, "days", phrase)


def _check_minutes(line: ReminderLine, findings: Findings) -> None:
    if line.kind not in _WITH_A_BEGINNING:
        phrase = say("‘분전’은 컨설팅과 행사에만 적습니다. 비우고 ‘근무일’을 적어 주세요.")
        findings.at(REMINDERS, line.number, "minutes", phrase)
    elif line.days is not None:
        phrase = say(
            "‘근무일’과 ‘분전’은 함께 적지 않습니다. 하나만 남기고, 둘 다 필요하면 줄을 나누어 주세요."
        )
        findings.at(REMINDERS, line.number, "minutes", phrase)
    if line.at is not None:
        phrase = say("‘분전’을 적은 줄에는 시각이 필요 없습니다. 이 칸은 비워 주세요.")
        findings.at(REMINDERS, line.number, "at", phrase)
    if line.repeated:
        phrase = say("‘분전’을 적은 줄은 반복하지 않습니다. 이 칸은 비워 주세요.")
        findings.at(REMINDERS, line.number, "repeated", phrase)


def _check_quiet_hours(line: ReminderLine, findings: Findings) -> None:
    for field in ("at", "until"):
        if getattr(line, field) is None and line.has(field):
            phrase = say("야간보류에는 ‘시각’과 ‘까지’를 모두 적어 주세요. 예: 20:00, 08:00")
            findings.at(REMINDERS, line.number, field, phrase)
    if line.at is not None and line.until is not None and line.at <= line.until:
        phrase = say("야간보류는 자정을 넘깁니다. ‘시각’을 ‘까지’보다 늦게 적어 주세요. 예: 20:00, 08:00")
        findings.at(REMINDERS, line.number, "until", phrase)
    for field in ("audience", "days", "minutes", "repeated", "anytime"):
        value = getattr(line, field)
        if value is not None and value is not False:
            phrase = say("야간보류에는 ‘시각’과 ‘까지’만 적습니다. 이 칸은 비워 주세요.")
            findings.at(REMINDERS, line.number, field, phrase)
