"""What people answered in the year: the committee, 3,000 citizens, owner departments, bonuses and deductions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from generator.chance import between, draw
from generator_of_cities.columns import RECUSED
from generator_of_cities.files import Row
from generator_of_cities.planned import NOT_APPLICABLE

from generator_of_bucheon.people import Posts
from generator_of_bucheon.schemes import ADVICE, CRITERIA, DIVISIONS, SURVEY
from generator_of_bucheon.words import CYCLE, EVALUATION, divisions

ROUNDS = ("M06", "M12")
# A member steps back: round, place in the committee, division, reason.
STEPPED_BACK = {
    ("M06", 7, "D0302"): "부서가 지원하는 기업의 사외이사를 맡고 있어 회피합니다.",
    ("M12", 7, "D0302"): "부서가 지원하는 기업의 사외이사를 맡고 있어 회피합니다.",
    ("M12", 3, "D0601"): "도시계획 자문을 맡고 있어 회피합니다.",
}
ANSWERS_A_DIVISION = 125

# The best label first, and up to which share of those who are served least well each is chosen.
SATISFACTION = (
    ("매우 만족", Decimal("0.30")), ("만족", Decimal("0.68")), ("보통", Decimal("0.90")),
    ("불만족", Decimal("0.97")), ("매우 불만족", Decimal(1)),
)  # fmt: skip

# The third and the fourth place have the same total: the points of STEP tell them apart, and one prize is left.
META = {"D0303": "7.00"}
NO_BUDGET = ("D0102", "D0203")
"""Divisions whose budget is nowhere meant to be spent early."""
LESS_THAN_ALL = {
    "D0103": "4", "D0202": "4", "D0301": "3", "D0403": "4", "D0501": "3", "D0602": "4", "D0604": "2",
}  # fmt: skip
"""The other 17 of 24 have all 5 points: such a part tells nobody apart."""

# Part, period, division, points, reason, what came of it.
ADJUSTMENTS = (
    ("BONUS", "", "D0204", "1.5", "전자정부 우수사례 경진대회에서 우수상을 받았습니다.", "확정"),
    ("BONUS", "", "D0402", "2", "다른 지방자치단체에 보육 사례를 전수하였습니다.", "확정"),
    ("BONUS", "", "D0402", "1.5", "여성정책 평가에서 우수기관으로 뽑혔습니다.", "확정"),
    ("BONUS", "M05", "D0303", "1", "문화축제를 예산을 늘리지 않고 하루 더 열었습니다.", "확정"),
    ("BONUS", "", "D0603", "0.5", "학교 숲 조성으로 감사패를 받았습니다.", "확정"),
    ("BONUS", "", "D0502", "2", "버스정보시스템 시범 운영을 언론에 알렸습니다.", "취소"),
    ("MINUS", "", "D0602", "1", "종합감사에서 시정 요구를 받았습니다.", "확정"),
    ("MINUS", "M09", "D0404", "0.5", "공정표를 기한까지 고치지 않았습니다.", "확정"),
    ("MINUS", "", "D0503", "0.5", "추진상황 보고회에 알리지 않고 참석하지 않았습니다.", "취소"),
)


def paper_rows(posts: Posts) -> Iterator[Row]:
    """Twelve papers about each division, twice; who stepped back gave a reason and no answers."""
    for period in ROUNDS:
        for place, member in enumerate(posts.members, 1):
            for division in divisions():
                subject = division["코드"]
                row = {
                    "성과주기": CYCLE, "평가": ADVICE, "기간": period, "평가단": "COMMITTEE",
                    "위원": member.number, "대상": subject,
                }  # fmt: skip
                reason = STEPPED_BACK.get((period, place, subject))
                yield row | ({RECUSED: reason} if reason else _answers(period, str(place), subject))


def survey_rows() -> Iterator[Row]:
    """125 citizens about each of the 24 divisions are 3,000."""
    number = 0
    for division in divisions():
        subject = division["코드"]
        served = between("1", "1.4", subject, "served")
        for _ in range(ANSWERS_A_DIVISION):
            number += 1
            row = {"성과주기": CYCLE, "평가": SURVEY, "대상": subject, "응답번호": f"{number:04}"}
            chosen = {code: _satisfied(served, code, str(number)) for code, *_ in CRITERIA[SURVEY]}
            yield row | chosen


def owner_rows() -> Iterator[Row]:
    """The owner does not mark itself; who has no such budget has no such rate."""
    for division in divisions():
        subject = division["코드"]
        drawn = _rounded(between("6.5", "9.7", subject, "meta"), "0.01")
        meta = NOT_APPLICABLE if subject == EVALUATION else META.get(subject, drawn)
        spent = _rounded(between("44", "68", subject, "budget"), "0.1")
        budget = NOT_APPLICABLE if subject in NO_BUDGET else spent
        values = {"META": meta, "BUDGET": budget, "CLEAN": LESS_THAN_ALL.get(subject, "5")}
        for part, value in values.items():
            yield {"성과주기": CYCLE, "체계": DIVISIONS, "항목": part, "대상": subject, "값": value}


def adjustment_rows() -> Iterator[Row]:
    names = ("항목", "기간", "대상", "점수", "사유", "결과")
    for adjustment in ADJUSTMENTS:
        yield {"성과주기": CYCLE, "체계": DIVISIONS, **dict(zip(names, adjustment, strict=True))}


def _answers(period: str, place: str, subject: str) -> Row:
    """How well the division does, more or less, seen by one member who is mild or severe."""
    merit = between("0.62", "0.95", subject, period, "merit")
    seen = merit + between("-0.06", "0.06", place, "mild") + between("-0.05", "0.05", subject, period, place)
    best = min(max(seen, Decimal("0.3")), Decimal(1))
    labels = ("부진", "미흡", "보통", "우수", "탁월")
    return {
        "PLAN": labels[min(int(max(best - Decimal("0.45"), Decimal(0)) * 10), 4)],
        "RUN": _rounded(best * 10, "1"),
        "EFFECT": _rounded(best * 100, "1"),
    }


def _satisfied(served: Decimal, code: str, number: str) -> str:
    luck = draw("citizen", number, code) / served
    return next(label for label, share in SATISFACTION if luck < share)


def _rounded(value: Decimal, place: str) -> str:
    return f"{value.quantize(Decimal(place), ROUND_HALF_UP):f}"
