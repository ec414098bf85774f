"""The words of the score workbook. It is a document of the city, in Korean whoever takes it away."""

from __future__ import annotations

from models.scores import Standing, View
from models.scoring import Kind, Rollup
from models.submission import ReasonCode, State
from models.words import Phrase, translator

KINDS = {
    Kind.HIGHER: "상향",
    Kind.LOWER_RATIO: "하향A",
    Kind.LOWER_MIRROR: "하향B",
    Kind.FROM_BASELINE: "기준대비",
    Kind.ZERO: "무사고",
    Kind.RANGE: "목표범위",
    Kind.STEPS: "단계형",
    Kind.MILESTONE: "마일스톤",
    Kind.YES_NO: "여부",
    Kind.GRADED_TARGET: "목표부여",
}
ROLLUPS = {Rollup.SUM: "합계", Rollup.MEAN: "평균", Rollup.LAST: "최종", Rollup.MAX: "최대"}
NOT_REPORTED = "미보고"
STATES = {
    None: NOT_REPORTED,
    State.DRAFT: "작성 중",
    State.SUBMITTED: "제출",
    State.CONFIRMED: "팀장 확인",
    State.RETURNED: "반려",
    State.APPROVED: "승인",
    State.WITHDRAWN: "회수",
}
REASONS = {
    ReasonCode.EVIDENCE_MISSING: "증빙 누락",
    ReasonCode.EVIDENCE_MISMATCH: "증빙 불일치",
    ReasonCode.CALCULATION: "산식 오류",
    ReasonCode.PERIOD: "기간 오류",
    ReasonCode.EXPLANATION: "설명 부족",
    ReasonCode.OTHER: "기타",
}
ACTIONS = {
    "report.submit": "제출",
    "report.withdraw": "회수",
    "report.confirm": "팀장 확인",
    "report.approve": "승인",
    "report.return": "반려",
    "report.amend": "이의신청 인용",
    "period.close": "기간 마감",
    "period.reopen": "마감 해제",
}
NOT_APPLICABLE = "해당 없음"


def korean(phrase: Phrase) -> str:
    return translator("ko")(phrase)


def scope_name(view: View) -> str:
    """What is scored: `2019년 성과관리 상반기`."""
    return f"{view.cycle.name} {view.period.name if view.period else '연간'}"


def signed(name: str, absent: str) -> str:
    """Who did it; a deputy (대결) with the person stood in for."""
    return f"{name} (대결: {absent})" if absent else name


def why(standing: Standing) -> str:
    """The reason of a decision, with its code where it has one."""
    code = REASONS[standing.reason_code] if standing.reason_code else ""
    return f"[{code}] {standing.reason}" if code else standing.reason
