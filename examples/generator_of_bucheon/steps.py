"""Indicators of the divisions: a schedule of steps each (월별 공정표), and a few more, all reported every month."""

from __future__ import annotations

import calendar
from decimal import ROUND_HALF_UP, Decimal

from generator.chance import between, draw
from generator_of_cities.files import Row
from generator_of_cities.planned import NOT_APPLICABLE, WHOLE_CYCLE, Planned

from generator_of_bucheon.people import Posts
from generator_of_bucheon.words import CYCLE, MONTHS, strategic_goal, words

# Cumulative % planned for the end of each month.
SCHEDULES = {
    "고르게": (8, 16, 25, 33, 42, 50, 58, 67, 75, 83, 92, 100),
    "앞당김": (10, 20, 35, 45, 55, 65, 72, 80, 86, 92, 96, 100),
    "후반": (3, 6, 10, 15, 22, 30, 40, 52, 65, 78, 90, 100),
}
HUNDRED = Decimal(100)
CAP_OF_SCHEDULES = "110"
"""Whoever is ahead of the schedule gets up to a tenth more."""
# Nothing is planted in winter, and nothing is designated before the plan was announced.
NOT_BEGUN = {"D0603": ("M01", "M02"), "D0604": ("M01",)}
# How far above and below the target an outcome lies, in parts of it, by the way the actuals roll up.
SWING = {"합계": ("-0.12", "0.16"), "평균": ("-0.03", "0.03")}
INJURED = {"M07": "1"}


def step_indicators(posts: Posts) -> list[Planned]:
    """The schedules of the 24 divisions, and the other indicators of four of them."""
    more = words("monthly")
    shared = {row["부서"] for row in more}
    schedules = [_schedule(row, posts, "60" if row["부서"] in shared else "100") for row in words("steps")]
    return sorted([*schedules, *(_monthly(row, posts) for row in more)], key=lambda one: one.code)


def _schedule(row: Row, posts: Posts, weight: str) -> Planned:
    division, plan = row["부서"], SCHEDULES[row["공정"]]
    staged = row["배점방식"] == "마일스톤"
    cells = _cells(row, posts, f"{division}-1") | {
        "단위": "%",
        "산식": "공정별 비중 × 진척률의 합(연초부터 누계)",
        "증빙자료": "월별 공정표와 추진 상황 사진 또는 공문",
        "가중치": weight,
        "집계방식": "최종",
        "단계표": _stages(plan) if staged else "",
        "최고": "" if staged else CAP_OF_SCHEDULES,
    }
    targets = {WHOLE_CYCLE: "100"} | {
        month: str(percent) for month, percent in zip(MONTHS, plan, strict=True)
    }
    return Planned(cells, targets, _progress(division, plan))


def _monthly(row: Row, posts: Posts) -> Planned:
    cells = _cells(row, posts, f"{row['부서']}-2") | {
        "단위": row["단위"],
        "산식": row["산식"],
        "증빙자료": "월별 실적 집계표와 근거 공문",
        "가중치": "40",
        "집계방식": row["집계방식"],
        "단계표": row["규칙"],
        "최고": row["최고"],
    }
    cells |= {name: row[name] for name in row if name.endswith("실적")}
    targets = {WHOLE_CYCLE: row["연목표"]}
    targets |= dict(zip(MONTHS, row["월목표"].split(), strict=True)) if row["월목표"] else {}
    return Planned(cells, targets, {month: _actual(row, targets, month) for month in MONTHS})


def _cells(row: Row, posts: Posts, code: str) -> Row:
    division = row["부서"]
    return {
        "성과주기": CYCLE,
        "코드": code,
        "지표명": row["지표명"],
        "부서": division,
        "담당자": posts.officers[division].number,
        "부담당자": posts.second(division),
        "관점": row["관점"],
        "전략목표": strategic_goal(division, row["관점"]),
        "성과목표": row["성과목표"],
        "주요사업": row["주요사업"],
        "증빙필수": "예",
        "평가반영": "예",
        "배점방식": row["배점방식"],
    }


def _stages(plan: tuple[int, ...]) -> str:
    days = (
        f"2006-{month:02}-{calendar.monthrange(2006, month)[1]}:{percent}"
        for month, percent in enumerate(plan, 1)
    )
    return "; ".join(days)


def _progress(division: str, plan: tuple[int, ...]) -> dict[str, str]:
    """Cumulative % month by month: each division keeps a pace of its own, and none goes back."""
    pace = between("0.88", "1.05", division, "pace")
    reached: dict[str, str] = {}
    done = 0
    for month, percent in zip(MONTHS, plan, strict=True):
        jitter = between("-0.05", "0.05", division, month, "month")
        done = min(max(done, _whole(percent * (pace + jitter))), 100)
        late = month in NOT_BEGUN.get(division, ())
        reached[month] = NOT_APPLICABLE if late else str(done)
    if pace >= Decimal("0.95"):
        reached[MONTHS[-1]] = "100"
    return reached


def _actual(row: Row, targets: dict[str, str], month: str) -> str:
    if row["배점방식"] == "무사고":
        return INJURED.get(month, "0")
    target = Decimal(targets.get(month, targets[WHOLE_CYCLE]))
    low, high = SWING[row["집계방식"]]
    value = target * (1 + between(low, high, row["부서"], month, "actual"))
    if row["단위"] == "%":
        value = min(value, HUNDRED)
    places = Decimal("0.01") if row["단위"] == "kg" else Decimal("0.1")
    return f"{value.quantize(places, ROUND_HALF_UP):f}"


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def handed_in_twice(planned: list[Planned]) -> dict[tuple[str, str], Row]:
    """A few reports are returned once for want of evidence."""
    return {
        (one.code, month): {"반려": "예"}
        for one in planned
        for month in one.actuals
        if draw(one.code, month, "returned") < Decimal("0.02") and one.actuals[month] != NOT_APPLICABLE
    }
