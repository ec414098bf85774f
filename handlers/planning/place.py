"""Which plan a step is about, who may see it, and the words its screens share."""

from __future__ import annotations

import hashlib
import json

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Go, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line
from models.planning.drafts import Draft
from models.planning.file import PlanFile, may_see_plan, open_plan, right_to_draft
from models.planning.lint import Finding, Severity
from models.planning.table import PlanState
from models.words import Phrase, Refusal, say

PLANS = Button(say("계획 목록"), Go("plan.home"))
_BADGES = {
    PlanState.DRAFT: Badge(say("작성 중"), Tone.NEUTRAL),
    PlanState.CONSULTATION: Badge(say("컨설팅 중"), Tone.WAITING),
    PlanState.REVIEW: Badge(say("검토 중"), Tone.WAITING),
    PlanState.CONFIRMED: Badge(say("확정됨"), Tone.GOOD),
}
_ADJUSTED = Badge(say("조정 중"), Tone.WARNING)


def opened(talk: Talk, data: Data) -> PlanFile:
    """The plan of that cycle and department; Refusal for who may not see it."""
    found = open_plan(talk.session, data["cycle"], data["department"])
    if not may_see_plan(talk.standing, found.department):
        raise Refusal("이 계획을 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    return found


def may_see(talk: Talk, data: Data) -> bool:
    """Asked again when a screen about the plan leaves for its reader."""
    return may_see_plan(talk.standing, open_plan(talk.session, data["cycle"], data["department"]).department)


def go(step: str, plan: PlanFile, **more: str | int | None) -> Go:
    """To another step about the same plan."""
    return Go(f"plan.{step}", {"cycle": plan.cycle_id, "department": plan.department_id, **more})


def badge_of(plan: PlanFile) -> Badge:
    """Where it stands in a word."""
    is_adjusted = plan.state is PlanState.DRAFT and plan.was_confirmed
    return _ADJUSTED if is_adjusted else _BADGES[plan.state]


def may_draft(talk: Talk, plan: PlanFile) -> bool:
    """Whether the person may change the draft now."""
    asks = plan.cycle.asks_plan_confirmation
    return (
        asks and plan.state is PlanState.DRAFT and right_to_draft(talk.standing, plan.department) is not None
    )


def seen_of(draft: Draft) -> str:
    """A short mark of what an indicator was when it was shown: another one, once it has changed."""
    return hashlib.sha256(json.dumps(draft.plan, sort_keys=True, default=str).encode()).hexdigest()[:16]


def finding_lines(findings: list[Finding]) -> list[Line]:
    """Each finding with what to do about it."""
    told: list[Line] = []
    for one in findings:
        label = say("고쳐야 함") if one.severity is Severity.WRONG else say("확인 필요")
        told += [(say("• [{label}] ", label=label), one.said), (say("   → "), one.to_do)]
    return told


def counted_findings(findings: dict[str, list[Finding]]) -> Phrase | None:
    """`고쳐야 함 1건, 확인 필요 3건`; None where there is nothing."""
    wrong = sum(one.severity is Severity.WRONG for own in findings.values() for one in own)
    doubts = sum(len(own) for own in findings.values()) - wrong
    if wrong and doubts:
        return say("고쳐야 함 {wrong}건, 확인 필요 {doubts}건", wrong=wrong, doubts=doubts)
    if wrong:
        return say("고쳐야 함 {wrong}건", wrong=wrong)
    return say("확인 필요 {doubts}건", doubts=doubts) if doubts else None
