"""The rows of 지표 and 목표."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.chance import pick
from generator.figures import PAST_YEARS, Rule, past_of, rule_of, targets_of
from generator.people import OFFICER, SECOND, Posts
from generator.vocabulary import Measure, read

CYCLE = "2019"
COLUMNS = (
    "성과주기", "코드", "지표명", "부서", "담당자", "부담당자", "관점", "전략목표", "성과목표", "주요사업",
    "단위", "산식", "증빙자료", "증빙필수", "가중치", "평가반영", "배점방식", "집계방식",
    "기준값", "하한값", "상한값", "감점률", "단계표", "최저", "최고", "소수자리", "종료일",
    *(f"{year}실적" for year in PAST_YEARS),
)  # fmt: skip
TARGET_COLUMNS = ("성과주기", "지표코드", "기간", "목표치")

# How a department's 100 is shared out, by the number of its scored indicators.
WEIGHTS = {
    1: ((100,),),
    2: ((60, 40), (50, 50), (55, 45), (70, 30)),
    3: ((40, 30, 30), (40, 35, 25), (35, 35, 30), (50, 25, 25), (30, 40, 30)),
    4: ((30, 30, 20, 20), (25, 25, 25, 25), (40, 20, 20, 20), (30, 25, 25, 20)),
}
ROLLUPS = {"누적": "최종"}
FORMULAS_BY_ROLLUP = {
    "합계": "해당 기간 {name} 합계",
    "평균": "해당 기간 월별 {name}의 평균",
    "최종": "기간 말 현재 {name}",
    "최대": "해당 기간 {name}의 최고값",
    "누적": "연초부터 기간 말까지 {name}의 누계",
}
PROGRESS = "단계표에 따른 누적 추진율"


def indicator_rows(measures: list[Measure], posts: Posts) -> list[dict[str, str]]:
    """A row for each indicator."""
    weights = weights_of(measures)
    evidence, formulas = _by_word("evidence.csv", "증빙자료"), _by_word("formulas.csv", "산식")
    rows = []
    for measure in measures:
        cells = {
            "산식": _formula(measure, _first_match(formulas, measure.name)),
            "증빙자료": _first_match(evidence, measure.name),
            "가중치": plain(weights[measure.code]),
        }
        rows.append(_row(measure, posts) | cells)
    return rows


def target_rows(measures: list[Measure]) -> Iterator[dict[str, str]]:
    """The target of the year and, for those that have them, of the halves."""
    for measure in measures:
        targets = targets_of(measure)
        yield _target(measure, "", targets.year)
        if targets.first_half is not None:
            yield _target(measure, "H1", targets.first_half)
            yield _target(measure, "H2", targets.second_half)


def weights_of(measures: list[Measure]) -> dict[str, Decimal]:
    """The weight of each indicator by code; an unscored one weighs nothing."""
    weights = {one.code: Decimal(one.exceptions.get("가중치", "0")) for one in measures}
    departments: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.scored:
            departments.setdefault(measure.department.code, []).append(measure)
    for code, scored in departments.items():
        if not any("가중치" in one.exceptions for one in scored):
            shares = pick(WEIGHTS[len(scored)], code, "weights")
            weights |= {one.code: Decimal(share) for one, share in zip(scored, shares, strict=True)}
    return weights


def plain(value: Decimal | None) -> str:
    """A number as a cell shows it."""
    return "" if value is None else f"{value:f}"


def _row(measure: Measure, posts: Posts) -> dict[str, str]:
    department = measure.department.name
    officer = measure.exceptions.get("담당자") or posts[department, OFFICER].number
    second = posts.get((department, SECOND))
    if "담당자" in measure.exceptions:
        second = posts[department, OFFICER]
    values = {
        "성과주기": CYCLE,
        "코드": measure.code,
        "지표명": measure.name,
        "부서": measure.department.code,
        "담당자": officer,
        "부담당자": second.number if second else "",
        "관점": measure.perspective,
        "전략목표": measure.strategic_goal,
        "성과목표": measure.performance_goal,
        "주요사업": measure.project,
        "단위": measure.unit,
        "증빙필수": "예" if measure.scored else "아니오",
        "평가반영": "예" if measure.scored else "아니오",
        "배점방식": measure.kind,
        "집계방식": ROLLUPS.get(measure.rollup, measure.rollup),
        **_rule_cells(rule_of(measure)),
        "최고": measure.exceptions.get("최고", ""),
    }
    past = {f"{year}실적": plain(value) for year, value in past_of(measure).items()}
    return dict.fromkeys(COLUMNS, "") | values | past


def _rule_cells(rule: Rule) -> dict[str, str]:
    return {
        "기준값": plain(rule.baseline),
        "하한값": plain(rule.low),
        "상한값": plain(rule.high),
        "감점률": plain(rule.loss_per_unit),
        "단계표": rule.table,
    }


def _formula(measure: Measure, usual: str) -> str:
    """The formula of the vocabulary, where `a/b` is a share in %; without one, the `usual` for such a name."""
    if "/" in measure.formula:
        part, whole = measure.formula.split("/")
        return f"({part} ÷ {whole}) × 100"
    if measure.formula:
        return measure.formula
    if measure.kind == "마일스톤":
        return PROGRESS
    return (usual or FORMULAS_BY_ROLLUP[measure.rollup]).format(name=measure.name)


def _by_word(file: str, column: str) -> list[tuple[list[str], str]]:
    return [(row["낱말"].split(";"), row[column]) for row in read(file)]


def _first_match(texts: list[tuple[list[str], str]], name: str) -> str:
    """The text of the first row with a word that the name contains; an empty word fits every name."""
    return next((text for words, text in texts if any(word in name for word in words)), "")


def _target(measure: Measure, period: str, value: Decimal | None) -> dict[str, str]:
    return dict(zip(TARGET_COLUMNS, (CYCLE, measure.code, period, plain(value)), strict=True))
