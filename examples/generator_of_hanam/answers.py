"""What people answered: the panel, the heads, the owner departments, bonuses and deductions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from generator.chance import between, pick
from generator.people import Person
from generator_of_cities.columns import RECUSED
from generator_of_cities.files import Row
from generator_of_cities.planned import NOT_APPLICABLE

from generator_of_hanam.people import ON_THE_PANEL, Posts
from generator_of_hanam.schemes import CASE, DEVOTION, DIVISIONS, NOMINATED, TEAMS
from generator_of_hanam.words import CYCLE, INNOVATION, PLANNING, divisions, teams

# Who stepped back from judging which team, and why: by group, place in it, team.
STEPPED_BACK = {
    ("INSIDE", 4, "D0202-1"): "배우자가 이 팀에서 함께 출장하였습니다.",
    ("OUTSIDE", 2, "D0103-2"): "방문한 기업에 자문하고 있습니다.",
}
NOT_FOR_THE_CITY = "D0503-2"
"""What this team saw is no task of the city: it cannot be adopted."""
ADOPTED = {"D0204-2": "0"}

# The third and the fourth division have the same total: the mean of their teams tells them apart.
SHARED = {"D0304": "17.88"}

# Part, team, points, reason, what came of it.
ADJUSTMENTS = (
    ("BONUS", "D0102-1", "2", "공유회 첫째 날 대표 사례로 발표하였습니다.", "확정"),
    ("BONUS", "D0301-1", "2", "공유회 둘째 날 대표 사례로 발표하였습니다.", "확정"),
    ("BONUS", "D0401-2", "2", "공유회 첫째 날 대표 사례로 발표하였습니다.", "확정"),
    ("BONUS", "D0401-2", "1.5", "다른 부서 두 곳에 사례를 전수하였습니다.", "확정"),
    ("BONUS", "D0502-2", "2", "공유회에서 발표하기로 하였습니다.", "취소"),
    ("MINUS", "D0204-2", "1", "보고서를 기한까지 내지 않았습니다.", "확정"),
    ("MINUS", "D0303-2", "0.5", "여비를 기한까지 정산하지 않았습니다.", "확정"),
)


def paper_rows(posts: Posts) -> Iterator[Row]:
    """Papers about teams and about officials. Nobody has one about their own division, but for its head."""
    for team in teams():
        judges = [("INSIDE", place, posts.heads[code]) for place, code in enumerate(ON_THE_PANEL, 1)]
        judges = [one for one in judges if one[2].department != team.division]
        judges += [("OUTSIDE", place, expert) for place, expert in enumerate(posts.experts, 1)]
        judges.append(("HEADS", 1, posts.heads[team.division]))
        for group, place, judge in judges:
            reason = STEPPED_BACK.get((group, place, team.code))
            answers = {RECUSED: reason} if reason else _on_case(team.code, judge)
            yield _paper(CASE, group, judge, team.code) | answers
    for code, place in NOMINATED:
        person = posts.members[code][place - 1]
        judges = [("HEADS", 1, posts.heads[person.department])]
        if person.department != INNOVATION:
            judges += [("OFFICE", number, member) for number, member in enumerate(posts.office, 1)]
        for group, _, judge in judges:
            yield _paper(DEVOTION, group, judge, person.number) | _on_devotion(person.number, judge)


def owner_rows() -> Iterator[Row]:
    """Adopted tasks of each team; of each division what it shared and what it means to do. Nobody marks themselves."""
    for team in teams():
        drawn = pick(("0", "1", "1", "2"), team.code, "adopted")
        value = NOT_APPLICABLE if team.code == NOT_FOR_THE_CITY else ADOPTED.get(team.code, drawn)
        yield _owned(TEAMS, "ADOPT", team.code, value)
    for division in divisions():
        code = division["코드"]
        shared = SHARED.get(code, _rounded(between("11", "19.5", code, "shared"), "0.01"))
        yield _owned(DIVISIONS, "SHARE", code, NOT_APPLICABLE if code == INNOVATION else shared)
        followed = pick(("7", "8", "8.5", "9", "9.5"), code, "followed")
        yield _owned(DIVISIONS, "FOLLOW", code, NOT_APPLICABLE if code == PLANNING else followed)


def adjustment_rows() -> Iterator[Row]:
    names = ("항목", "대상", "점수", "사유", "결과")
    for adjustment in ADJUSTMENTS:
        yield {"성과주기": CYCLE, "체계": TEAMS, **dict(zip(names, adjustment, strict=True))}


def _paper(rating: str, group: str, judge: Person, subject: str) -> Row:
    return {"성과주기": CYCLE, "평가": rating, "평가단": group, "위원": judge.number, "대상": subject}


def _owned(scheme: str, part: str, subject: str, value: str) -> Row:
    return {"성과주기": CYCLE, "체계": scheme, "항목": part, "대상": subject, "값": value}


def _on_case(team: str, judge: Person) -> Row:
    merit = between("0.6", "0.97", team, "merit") + between("-0.08", "0.08", team, judge.number)
    best = min(max(merit, Decimal("0.4")), Decimal(1))
    return {
        "NEW": _label(best + between("-0.1", "0.1", team, judge.number, "new")),
        "FIT": _rounded(best * 100, "1"),
        "REACH": _label(best),
        "TOLD": _rounded(1 + best * 4, "1"),
    }


def _on_devotion(person: str, judge: Person) -> Row:
    merit = between("0.65", "1", person, "merit") + between("-0.06", "0.06", person, judge.number)
    best = min(merit, Decimal(1))
    return {"PART": _label(best), "SPREAD": _rounded(best * 10, "1")}


def _label(share: Decimal) -> str:
    bounds = ((Decimal("0.88"), "탁월"), (Decimal("0.76"), "우수"), (Decimal("0.64"), "보통"))
    return next((label for bound, label in bounds if share >= bound), "미흡")


def _rounded(value: Decimal, step: str) -> str:
    """`value` to the nearest whole number of steps."""
    unit = Decimal(step)
    whole = (value / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    return f"{whole.normalize():f}"
