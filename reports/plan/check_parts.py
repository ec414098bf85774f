"""Whether the parts of each version have what their source needs, and nothing else, and sum to 100."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from models.scheme.shares import read_shares
from models.scheme.table import BASE, Combine, Source
from models.scoring import check_rule
from models.words import Refusal, say
from reports.plan.check_basis import check_basis
from reports.plan.check_lines import check_keys, check_known
from reports.plan.columns import DEPARTMENTS
from reports.plan.columns_of_schemes import PARTS, SOURCES
from reports.plan.existing_schemes import Version
from reports.plan.known import Known, check_version
from reports.plan.lines import Plan
from reports.plan.lines_of_schemes import PartLine
from reports.plan.problems import Findings
from reports.plan.rules import OF_THE_RULE, against, rule_of, with_harmless_target
from reports.plan.values_of_schemes import part_values

_FULL = Decimal(100)
_RULE = ("kind", "target", *OF_THE_RULE[1:])
_USED_BY: dict[str, tuple[Source, ...]] = {
    "below": (Source.INDICATORS, Source.SCHEME, Source.CONSULTATION, Source.MILEAGE),
    "combine": BASE,
    "shares": BASE,
    "basis": (Source.RATING, Source.SCHEME, Source.MILEAGE),
    **dict.fromkeys(("owner", *_RULE), (Source.OWNER,)),
}
"""The sources that have a use for a column; all use the others."""
_HEADINGS = {column.field: column.name for column in PARTS.columns}
_WORDS = {source: word for word, source in SOURCES.items()}


def check_parts(plan: Plan, known: Known, findings: Findings) -> dict[Version, list[PartLine]]:
    """Each part by itself, then those of a version together; the lines by the version they belong to."""
    by_version: dict[Version, list[PartLine]] = defaultdict(list)
    for line in plan.parts:
        if version := check_version(PARTS, line, known, findings):
            by_version[version].append(line)
        if line.has("source"):
            _check_columns(line, findings)
            _check_points(line, findings)
            _check_owner(line, plan, known, findings)
        shares = _check_shares(line, known, findings)
        if line.has("source", "cycle", "scheme", "basis"):
            check_basis(line, shares, known, findings)
    strayed = len(plan.parts) > sum(map(len, by_version.values()))
    for lines in by_version.values():
        check_keys(PARTS, [(line.code, line) for line in lines if line.has("code")], "code", findings)
        orders = [(line.tie_order, line) for line in lines if line.has("tie_order") and line.tie_order]
        check_keys(PARTS, orders, "tie_order", findings)
        if not strayed and all(line.has("source", "points") for line in lines):
            _check_sum(lines, findings)
    return by_version


def _check_columns(line: PartLine, findings: Findings) -> None:
    for field, sources in _USED_BY.items():
        value = getattr(line, field)
        given = (
            line.has(field)
            and not any(value is blank for blank in (None, False, Combine.YEAR))
            and value != ""
        )
        if given and line.source not in sources:
            phrase = say(
                "‘{column}’ 칸은 원천이 {sources}일 때만 적습니다. 비워 주세요.",
                column=_HEADINGS[field],
                sources=", ".join(_WORDS[source] for source in sources),
            )
            findings.at(PARTS, line.number, field, phrase)


def _check_points(line: PartLine, findings: Findings) -> None:
    if not line.has("points"):
        return
    if line.points is None and line.source in BASE:
        findings.at(PARTS, line.number, "points", say("이 항목의 배점을 적어 주세요."))
    elif line.points is not None and line.points <= 0:
        findings.at(PARTS, line.number, "points", say("배점은 0보다 크게 적어 주세요."))


def _check_sum(lines: list[PartLine], findings: Findings) -> None:
    base = [line for line in lines if line.source in BASE]
    total = sum((line.points or Decimal(0) for line in base), Decimal(0))
    if total != _FULL and all(line.points is not None for line in base):
        phrase = say(
            "이 체계의 지표, 평가, 소관, 다른평가 배점의 합이 {total}입니다. 100이 되게 고쳐 주세요.",
            total=total,
        )
        findings.at(PARTS, (base or lines)[0].number, "points", phrase)


def _check_shares(line: PartLine, known: Known, findings: Findings) -> dict[str, Decimal]:
    """The shares of the periods, as far as they can be read."""
    if not line.has("shares", "combine", "source") or line.source not in BASE:
        return {}
    if (line.combine is Combine.SHARES) is not bool(line.shares):
        phrase = (
            say("‘기간비중’은 결합이 비중일 때만 적습니다. 비워 주세요.")
            if line.shares
            else say("결합이 비중이면 ‘기간비중’을 적어 주세요. 예: H1:40; H2:60")
        )
        findings.at(PARTS, line.number, "shares", phrase)
        return {}
    try:
        shares = read_shares(line.shares)
    except Refusal as refusal:
        findings.at(PARTS, line.number, "shares", refusal.phrase)
        return {}
    if line.shares and not shares:
        phrase = say("결합이 비중이면 ‘기간비중’을 적어 주세요. 예: H1:40; H2:60")
        findings.at(PARTS, line.number, "shares", phrase)
    unknown = [period for period in shares if period not in known.periods.get(line.cycle, ())]
    if unknown and line.cycle in known.cycles:
        phrase = say(
            "‘기간’ 시트에 코드 {codes:이/가} 없습니다. 기간비중을 고쳐 주세요.", codes=", ".join(unknown)
        )
        findings.at(PARTS, line.number, "shares", phrase)
        return {}
    return shares


def _check_owner(line: PartLine, plan: Plan, known: Known, findings: Findings) -> None:
    """An owner's part: who gives the values, and how a value becomes points."""
    if line.source is not Source.OWNER:
        return
    if line.has("owner", "cycle", "scheme") and not line.owner:
        _check_supervisors(line, plan, findings)
    check_known(PARTS, line, "owner", DEPARTMENTS, known.departments, findings)
    if not line.has("kind"):
        return
    if line.kind is not None:
        _check_rule(line, findings)
        return
    for field in _RULE:
        if line.has(field) and getattr(line, field) not in (None, ""):
            phrase = say(
                "‘{column}’ 칸은 배점방식이 있을 때만 적습니다. 비우거나 배점방식을 적어 주세요.",
                column=_HEADINGS[field],
            )
            findings.at(PARTS, line.number, field, phrase)


def _check_supervisors(line: PartLine, plan: Plan, findings: Findings) -> None:
    """Without an owner each subject's value is its supervising department's, so there must be one."""
    supervisors = {one.code: one.supervisor for one in plan.departments}
    homes = {one.code: one.department for one in plan.people}
    theirs = [one for one in plan.subjects if (one.cycle, one.scheme) == (line.cycle, line.scheme)]
    places = [(one.code, one.department or homes.get(one.code, one.code)) for one in theirs]
    lacking = [code for code, place in places if place in supervisors and not supervisors[place]]
    if lacking:
        phrase = say(
            "‘소관부서’가 비어 있으면 평가대상마다 감독부서가 값을 줍니다. {codes}의 감독부서를 ‘조직’ 시트에 적거나 "
            "소관부서를 적어 주세요.",
            codes=", ".join(lacking[:10]),
        )
        findings.at(PARTS, line.number, "owner", phrase)


def _check_rule(line: PartLine, findings: Findings) -> None:
    if not line.has(*OF_THE_RULE):
        return
    try:
        rule = rule_of(part_values(line))
    except Refusal as refusal:
        findings.at(PARTS, line.number, "steps", refusal.phrase)
        return
    for phrase in check_rule(with_harmless_target(rule)):
        findings.at(PARTS, line.number, "kind", phrase)
    if line.has("target"):
        for phrase in against(rule, line.target):
            findings.at(PARTS, line.number, "target", phrase)
