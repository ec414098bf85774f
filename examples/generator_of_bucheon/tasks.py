"""The 148 innovation tasks and the 21 common ones: weights are mileage points, and add up."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from generator.chance import draw, pick
from generator_of_cities.columns import REPORT_PERIODS
from generator_of_cities.files import Row
from generator_of_cities.planned import WHOLE_CYCLE, Planned

from generator_of_bucheon.people import Posts
from generator_of_bucheon.words import TASKS, words

COMMON = "공통"
HALVES = ("H1", "H2")
MILEAGE = ("0.3", "0.5", "0.8", "1")
MILEAGE_OF_COMMON = "0.4"
STAGES = {"H1": "2006-03-31:40; 2006-06-30:100", "H2": "2006-06-30:30; 2006-09-30:60; 2006-12-31:100"}
STEPS = "0:0; 2:60; 4:80; 6:100"
STEPS_OF_COMMON = "0:0; 70:60; 85:80; 95:100"
KINDS = {
    "여부": ("여부", "과제를 마치면 1 마치지 못하면 0", "결과 보고 공문"),
    "마일스톤": ("%", "추진 단계에 따른 누적 추진율", "단계별 방침서와 결과 보고 공문"),
    "단계형": ("회", "연초부터 기간 말까지 실시한 횟수", "실시 결과 보고 공문"),
}


def task_indicators(posts: Posts) -> list[Planned]:
    """Innovation tasks are reported in the half in which they are due, common ones in both halves."""
    numbers: Counter[str] = Counter()
    planned = []
    for row in words("tasks"):
        division, common = row["부서"], row["구분"] == COMMON
        numbers[division] += 1
        code = f"{'C' if common else 'T'}{division[1:]}-{numbers[division]}"
        planned.append(_common(code, row, posts) if common else _innovation(code, row, posts))
    return planned


def _innovation(code: str, row: Row, posts: Posts) -> Planned:
    kind, half = row["배점방식"], pick(("H1", "H2", "H2"), code, "half")
    steps = {"마일스톤": STAGES[half], "단계형": STEPS}.get(kind, "")
    cells = _cells(code, row, posts) | {"가중치": pick(MILEAGE, code, "mileage"), "단계표": steps}
    cells[REPORT_PERIODS] = half
    target = "100" if kind == "마일스톤" else ""
    return Planned(cells, {WHOLE_CYCLE: target, half: target}, {half: _actual(code, kind)})


def _common(code: str, row: Row, posts: Posts) -> Planned:
    """What every division has to do: the one that watches over it reports how many of them do."""
    cells = _cells(code, row, posts) | {
        "단위": "%",
        "산식": "(이행한 부서 수 ÷ 전체 부서 수) × 100",
        "증빙자료": "부서별 이행 실적 집계표",
        "가중치": MILEAGE_OF_COMMON,
        "단계표": STEPS_OF_COMMON,
    }
    first, second = (
        pick(("58.3", "66.7", "70.8", "75"), code, "H1"),
        pick(("83.3", "87.5", "95.8", "100"), code),
    )
    return Planned(cells, dict.fromkeys((WHOLE_CYCLE, *HALVES), ""), {"H1": first, "H2": second})


def _cells(code: str, row: Row, posts: Posts) -> Row:
    unit, formula, evidence = KINDS[row["배점방식"]]
    return {
        "성과주기": TASKS,
        "코드": code,
        "지표명": row["과제명"],
        "부서": row["부서"],
        "담당자": posts.officers[row["부서"]].number,
        "부담당자": posts.second(row["부서"]),
        "관점": f"{row['구분']}과제",
        "단위": unit,
        "산식": formula,
        "증빙자료": evidence,
        "증빙필수": "예",
        "평가반영": "예",
        "배점방식": row["배점방식"],
        "집계방식": "최종",
    }


def _actual(code: str, kind: str) -> str:
    if kind == "여부":
        return "1" if draw(code, "done") < Decimal("0.88") else "0"
    if kind == "마일스톤":
        return pick(("100", "100", "100", "90", "70"), code, "progress")
    return pick(("3", "4", "5", "6", "6", "7"), code, "times")
