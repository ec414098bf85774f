"""Whether ratings stay as they were where papers were dealt out, answered or closed (docs/decisions/0018)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.plan import PeriodState
from models.words import Phrase, say
from reports.plan.column import Sheet
from reports.plan.columns_of_ratings import CRITERIA, RATERS, RATINGS
from reports.plan.existing import Existing
from reports.plan.existing_schemes import Pair, Triple
from reports.plan.line import Line
from reports.plan.lines import Plan
from reports.plan.lines_of_schemes import CriterionLine, RaterLine, RatingLine
from reports.plan.problems import Findings
from reports.plan.rows import Row


def check_answered(plan: Plan, existing: Existing, findings: Findings) -> None:
    """Rounds, the form, and the groups."""
    stored = existing.schemes
    closed = {key for key, row in existing.periods.items() if row["state"] is PeriodState.CLOSED}
    whole = {cycle for cycle, _ in existing.periods} - {
        cycle for cycle, _ in existing.periods.keys() - closed
    }
    ended = {
        key[:2] for key in stored.ratings if (key[0], key[2]) in closed or (not key[2] and key[0] in whole)
    }
    for line in plan.ratings:
        if line.has("cycle", "code", "period"):
            over = (line.cycle, line.period) in closed or (not line.period and line.cycle in whole)
            _check_round(line, over, existing, findings)
    forms: dict[Pair, list[CriterionLine]] = {}
    for criterion in plan.criteria:
        forms.setdefault((criterion.cycle, criterion.rating), []).append(criterion)
    for rating, criteria in forms.items():
        if rating in ended or rating in stored.answered_ratings:
            _check_form(rating, criteria, rating in ended, existing, findings)
    panels: dict[Pair, dict[str, RaterLine]] = {}
    for rater in plan.raters:
        panels.setdefault((rater.cycle, rater.rating), {}).setdefault(rater.code, rater)
    for rating, groups in panels.items():
        _check_groups(rating, groups, rating in ended, existing, findings)


def _check_round(line: RatingLine, over: bool, existing: Existing, findings: Findings) -> None:
    stored = existing.schemes.ratings.get((line.cycle, line.code, line.period))
    if stored is None:
        if over:
            phrase = say("마감된 기간의 평가는 더할 수 없습니다. 먼저 마감을 해제해 주세요.")
            findings.at(RATINGS, line.number, "period", phrase)
        return
    for field in ("opens_at", "closes_at") if over else ():
        if line.has(field) and getattr(line, field) != stored[field]:
            phrase = say("마감된 기간의 평가 일정은 바꿀 수 없습니다. 먼저 마감을 해제해 주세요.")
            findings.at(RATINGS, line.number, field, phrase)
    dealt = (line.cycle, line.code) in existing.schemes.dealt_ratings
    if (dealt or over) and line.has("scheme") and line.scheme != stored["scheme"]:
        phrase = say("이미 시작한 평가의 체계는 바꿀 수 없습니다. 코드를 새로 정해 한 줄 더 적어 주세요.")
        findings.at(RATINGS, line.number, "scheme", phrase)


def _check_form(
    rating: Pair, lines: list[CriterionLine], ended: bool, existing: Existing, findings: Findings
) -> None:
    """What was answered stays to be answered, by the same scale; once it is over also at the same weight."""
    if not all(line.has("code") for line in lines):
        return
    answered = say(
        "이미 답한 사람이 있는 평가입니다. 항목을 더하거나 빼거나 척도를 바꾸려면 코드가 다른 평가를 새로 적어 주세요."
    )
    stored = _of_the_rating(rating, existing.schemes.criteria)
    by_code = {line.code: line for line in lines}
    # One that has another code is both new and missing: said once.
    if by_code.keys() <= stored.keys():
        _check_all_there(CRITERIA, by_code, stored, answered, findings)
    for line in lines:
        before = stored.get(line.code)
        if before is None:
            findings.at(CRITERIA, line.number, "code", answered)
        elif line.has("scale") and line.scale != before["scale"]:
            findings.at(CRITERIA, line.number, "scale", answered)
        elif ended and line.has("weight") and line.weight != before["weight"]:
            findings.at(CRITERIA, line.number, "weight", _closed())


def _check_groups(
    rating: Pair, lines: Mapping[str, RaterLine], ended: bool, existing: Existing, findings: Findings
) -> None:
    """A group whose raters have papers stays, and is made up as it was; once it is over nothing else changes."""
    if not all(line.has("code") for line in lines.values()):
        return
    stored = _of_the_rating(rating, existing.schemes.groups)
    dealt = {code: row for code, row in stored.items() if row["id"] in existing.schemes.dealt_groups}
    phrase = say("이미 평가를 맡긴 평가단이 있습니다. 빼거나 방식을 바꿀 수 없으니 전과 같이 적어 주세요.")
    _check_all_there(RATERS, lines, dealt, phrase, findings)
    if ended and lines.keys() <= stored.keys():
        _check_all_there(RATERS, lines, stored.keys() - dealt.keys(), _closed(), findings)
    for code, line in lines.items():
        before = stored.get(code)
        if before is None:
            if ended:
                findings.at(RATERS, line.number, "code", _closed())
            continue
        if code in dealt and line.has("kind") and line.kind is not before["kind"]:
            findings.at(RATERS, line.number, "kind", phrase)
        for field in ("share", "trim", "fewest") if ended else ():
            if line.has(field) and getattr(line, field) != before[field]:
                findings.at(RATERS, line.number, field, _closed())


def _of_the_rating(rating: Pair, rows: Mapping[Triple, Row]) -> dict[str, Row]:
    return {key[2]: row for key, row in rows.items() if key[:2] == rating}


def _check_all_there(
    sheet: Sheet, lines: Mapping[str, Line], codes: Iterable[Any], phrase: Phrase, findings: Findings
) -> None:
    """None of the codes may be missing; what is said stands at the first line of the rating."""
    if any(code not in lines for code in codes):
        findings.at(sheet, next(iter(lines.values())).number, "code", phrase)


def _closed() -> Phrase:
    return say("마감된 기간의 결과가 이 값을 따랐습니다. 먼저 마감을 해제해 주세요.")
