"""The sheet 알림: for which deadline, for whom and when there is a reminder, and the quiet hours."""

from __future__ import annotations

from models.reminding.rule import Audience, DeadlineKind
from reports.plan.column import Sheet, choice, may_choose, time_of_day, whole, yes_no
from reports.plan.lines import QUIET_HOURS, ReminderLine

_KINDS = {
    "보고": DeadlineKind.REPORT,
    "확인": DeadlineKind.CONFIRMATION,
    "검토": DeadlineKind.REVIEW,
    "보완": DeadlineKind.RETURN,
    "이의신청": DeadlineKind.OBJECTION,
    "컨설팅": DeadlineKind.CONSULTATION,
    "평정": DeadlineKind.RATING,
    "행사": DeadlineKind.EVENT,
    QUIET_HOURS: None,
}
_AUDIENCES = {
    "담당자": Audience.OFFICER,
    "부담당자": Audience.DEPUTY,
    "팀장": Audience.TEAM_LEAD,
    "부서장": Audience.HEAD,
    "평가자": Audience.EVALUATOR,
    "컨설턴트": Audience.CONSULTANT,
    "참석자": Audience.PARTICIPANT,
    "관리자": Audience.ADMINISTRATOR,
}

REMINDERS = Sheet(
    "알림",
    "비워 두면 기본 알림을 보냅니다. 한 줄이라도 적은 종류는 적은 대로만, 안 적은 종류는 기본대로 알립니다.",
    ReminderLine,
    (
        choice("종류", "kind", "무엇의 기한인지. 야간보류는 알림을 보내지 않는 시간입니다.", _KINDS),
        may_choose("받는사람", "audience", "누구에게 알리는지. 야간보류는 비웁니다.", _AUDIENCES),
        whole("근무일", "days", "기한에서 몇 근무일인지. 예: 전이면 -3, 당일 0, 지나서 1", (-250, 250)),
        time_of_day("시각", "at", "그날 몇 시에. 비우면 09:00. 야간보류는 시작하는 시각. 예: 20:00"),
        whole("분전", "minutes", "시작 몇 분 전인지. 적으면 근무일은 비웁니다. 예: 30", (1, 1440)),
        yes_no("반복", "repeated", "그날부터 끝날 때까지 근무일마다. 비우면 아니오.", False),
        yes_no("언제든", "anytime", "밤이나 쉬는 날에도 보내는지. 비우면 아니오.", False),
        time_of_day("까지", "until", "야간보류가 끝나는 시각. 예: 08:00"),
    ),
    required=False,
)
