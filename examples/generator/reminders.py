"""The rows of 알림: what everybody is reminded of anyway, and the ladder that lateness climbs in this city."""

from __future__ import annotations

from collections.abc import Iterator

COLUMNS = ("종류", "받는사람", "근무일", "시각", "분전", "반복", "언제든", "까지")

# Working days after the deadline, before it with a minus; + goes on every working day until it is done, and
# m is minutes before something begins, told even at night.
OWN = "-7 -3 -1 0 1+"
LATE = "1+"
HEAD = "3"
TO_COME = "-1 30m"

RULES = (
    ("보고", "담당자", OWN),
    ("보고", "부담당자", "-1+"),
    ("보고", "팀장", "-1+"),
    ("보고", "부서장", HEAD),
    ("보고", "관리자", LATE),
    ("보완", "담당자", OWN),
    ("보완", "부담당자", "-1+"),
    ("보완", "팀장", "-1+"),
    ("보완", "부서장", HEAD),
    ("보완", "관리자", LATE),
    ("확인", "팀장", OWN),
    ("확인", "부서장", HEAD),
    ("확인", "관리자", LATE),
    ("검토", "평가자", OWN),
    ("검토", "관리자", LATE),
    ("이의신청", "담당자", "-7 -3 -1 0"),
    ("이의신청", "평가자", OWN),
    ("이의신청", "관리자", LATE),
    ("컨설팅", "담당자", OWN),
    ("컨설팅", "컨설턴트", OWN),
    ("컨설팅", "관리자", LATE),
    ("컨설팅", "참석자", TO_COME),
    ("평정", "담당자", OWN),
    ("평정", "관리자", LATE),
    ("행사", "담당자", "-7 -3 -1 0"),
    ("행사", "참석자", TO_COME),
)
QUIET_HOURS = {"종류": "야간보류", "시각": "20:00", "까지": "08:00"}


def reminder_rows() -> Iterator[dict[str, str]]:
    """A row for each stage of each kind of deadline, and the quiet hours."""
    for kind, audience, stages in RULES:
        for stage in stages.split():
            yield {"종류": kind, "받는사람": audience, **_when(stage)}
    yield QUIET_HOURS


def _when(stage: str) -> dict[str, str]:
    if stage.endswith("m"):
        return {"분전": stage[:-1], "언제든": "예"}
    return {"근무일": stage.rstrip("+"), "시각": "09:00", "반복": "예" if stage.endswith("+") else ""}
