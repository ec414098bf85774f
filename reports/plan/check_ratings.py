"""Whether rounds of ratings, their criteria and their groups of raters fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from models.rating.scale import read_scale
from models.rating.table import GroupKind
from models.words import Refusal, say
from reports.plan.check_lines import check_known, check_unique
from reports.plan.columns import PEOPLE, PERIODS
from reports.plan.columns_of_ratings import CRITERIA, RATERS, RATINGS
from reports.plan.columns_of_schemes import SCHEMES
from reports.plan.existing import Existing
from reports.plan.existing_schemes import Pair, Triple
from reports.plan.known import Known
from reports.plan.lines import Plan
from reports.plan.lines_of_schemes import CriterionLine, RaterLine, RatingLine
from reports.plan.problems import Findings

_OF_THE_GROUP = ("name", "share", "kind", "trim", "fewest", "each")


def check_ratings(plan: Plan, known: Known, existing: Existing, findings: Findings) -> None:
    """Rounds: each once, open before they close, all of a rating about one scheme; a form and groups to go by."""
    check_unique(RATINGS, plan.ratings, ("cycle", "code", "period"), findings)
    first: dict[Pair, RatingLine] = {}
    for line in plan.ratings:
        if check_known(RATINGS, line, "cycle", PERIODS, known.cycles, findings):
            periods = known.periods.get(line.cycle, ())
            check_known(RATINGS, line, "period", PERIODS, periods, findings)
            check_known(RATINGS, line, "scheme", SCHEMES, known.schemes(line.cycle), findings)
        if line.has("opens_at", "closes_at") and line.closes_at <= line.opens_at:
            phrase = say("마감이 시작보다 늦어야 합니다. 시각을 확인해 주세요.")
            findings.at(RATINGS, line.number, "closes_at", phrase)
        if line.has("cycle", "code"):
            earlier = first.setdefault((line.cycle, line.code), line)
            _check_scheme(earlier, line, existing, findings)
    _check_is_complete(list(first.values()), plan, existing, findings)


def _check_scheme(first: RatingLine, line: RatingLine, existing: Existing, findings: Findings) -> None:
    if not first.has("scheme") or not line.has("scheme"):
        return
    if line.scheme != first.scheme:
        phrase = say(
            "같은 평가의 {number}행과 다릅니다. 한 평가는 한 체계의 대상만 평가합니다.", number=first.number
        )
        findings.at(RATINGS, line.number, "scheme", phrase)
        return
    others = {
        row["scheme"]
        for key, row in existing.schemes.ratings.items()
        if key[:2] == (line.cycle, line.code) and key[2] != line.period
    }
    if line is first and len(others) == 1 and line.scheme not in others:
        phrase = say(
            "이 평가의 다른 회차는 {scheme}의 대상을 평가합니다. 체계를 고치거나 모든 회차를 함께 적어 주세요.",
            scheme=others.pop(),
        )
        findings.at(RATINGS, line.number, "scheme", phrase)


def _check_is_complete(lines: list[RatingLine], plan: Plan, existing: Existing, findings: Findings) -> None:
    stored = existing.schemes
    forms = {key[:2] for key in stored.criteria} | {(line.cycle, line.rating) for line in plan.criteria}
    panels = {key[:2] for key in stored.groups} | {(line.cycle, line.rating) for line in plan.raters}
    below: list[CriterionLine | RaterLine] = [*plan.criteria, *plan.raters]
    unread = {line.cycle for line in below if not line.has("cycle", "rating")}
    for line in lines:
        key = line.cycle, line.code
        lacking = [sheet.name for sheet, known in ((CRITERIA, forms), (RATERS, panels)) if key not in known]
        if lacking and line.cycle not in unread:
            phrase = say(
                "‘{sheets}’ 시트에 이 평가의 줄이 없습니다. 적어 주세요.", sheets="’, ‘".join(lacking)
            )
            findings.at(RATINGS, line.number, "code", phrase)


def check_criteria(lines: list[CriterionLine], known: Known, findings: Findings) -> None:
    """Criteria: each once, with a weight and a scale that can be read."""
    check_unique(CRITERIA, lines, ("cycle", "rating", "code"), findings)
    for line in lines:
        if check_known(CRITERIA, line, "cycle", PERIODS, known.cycles, findings):
            check_known(CRITERIA, line, "rating", RATINGS, known.ratings(line.cycle), findings)
        if line.has("weight") and line.weight <= 0:
            findings.at(CRITERIA, line.number, "weight", say("배점은 0보다 크게 적어 주세요."))
        if line.has("scale"):
            try:
                read_scale(line.scale)
            except Refusal as refusal:
                findings.at(CRITERIA, line.number, "scale", refusal.phrase)


def check_raters(lines: list[RaterLine], known: Known, findings: Findings) -> None:
    """Groups: what is repeated agrees, and there are as many raters as it takes."""
    check_unique(RATERS, lines, ("cycle", "rating", "code", "person"), findings)
    groups: dict[Triple, list[RaterLine]] = defaultdict(list)
    for line in lines:
        if check_known(RATERS, line, "cycle", PERIODS, known.cycles, findings):
            check_known(RATERS, line, "rating", RATINGS, known.ratings(line.cycle), findings)
        if line.has("share") and line.share <= 0:
            findings.at(RATERS, line.number, "share", say("몫은 0보다 크게 적어 주세요."))
        _check_person(line, known.people, findings)
        if line.has("cycle", "rating", "code"):
            groups[line.cycle, line.rating, line.code].append(line)
    for members in groups.values():
        for line in members[1:]:
            _check_agreement(members[0], line, findings)
        _check_numbers(members, findings)


def _check_person(line: RaterLine, people: Collection[str], findings: Findings) -> None:
    check_known(RATERS, line, "person", PEOPLE, people, findings)
    if not line.has("kind", "person"):
        return
    if line.kind is GroupKind.NAMED and not line.person:
        findings.at(RATERS, line.number, "person", say("방식이 지정이면 위원의 번호를 적어 주세요."))
    elif line.kind is not GroupKind.NAMED and line.person:
        phrase = say("‘위원’ 칸은 방식이 지정일 때만 적습니다. 비워 주세요.")
        findings.at(RATERS, line.number, "person", phrase)
    if line.kind is not GroupKind.NAMED and line.has("each") and line.each is not None:
        phrase = say("‘평가수’ 칸은 방식이 지정일 때만 적습니다. 비워 주세요.")
        findings.at(RATERS, line.number, "each", phrase)


def _check_agreement(first: RaterLine, line: RaterLine, findings: Findings) -> None:
    for field in _OF_THE_GROUP:
        if first.has(field) and line.has(field) and getattr(first, field) != getattr(line, field):
            phrase = say(
                "같은 평가단의 {number}행과 다릅니다. 평가단 안에서는 똑같이 적어 주세요.",
                number=first.number,
            )
            findings.at(RATERS, line.number, field, phrase)


def _check_numbers(members: list[RaterLine], findings: Findings) -> None:
    """With so few raters papers would never be enough to count, or to leave any out."""
    first, count = members[0], len(members)
    if not all(line.has("kind", "person") for line in members) or first.kind is not GroupKind.NAMED:
        return
    if first.has("fewest") and first.fewest > count:
        phrase = say(
            "위원이 {count}명뿐이라 이 평가단의 평가는 반영되지 않습니다. 최소평가수를 줄여 주세요.",
            count=count,
        )
        findings.at(RATERS, first.number, "fewest", phrase)
    if first.has("trim") and first.trim and 2 * first.trim + 1 > count:
        phrase = say(
            "위원이 {count}명뿐이라 절사할 수 없습니다. 절사를 줄이거나 위원을 {needed}명 이상 적어 주세요.",
            count=count,
            needed=2 * first.trim + 1,
        )
        findings.at(RATERS, first.number, "trim", phrase)
