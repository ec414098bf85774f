"""The sheets of Seoul's ratings: rounds, criteria, and who rates."""

from __future__ import annotations

from collections.abc import Iterator

from generator_of_cities.columns import CRITERIA, GROUPS, RATINGS

from generator.indicators import CYCLE
from generator.people import LEAD, Posts
from generator.schemes import INSTITUTIONS, PERSONS

Row = dict[str, str]

HALVES = (
    ("H1", "2019-08-01 09:00", "2019-08-23 18:00"),
    ("H2", "2020-02-03 09:00", "2020-02-21 18:00"),
)
FIVE = "탁월:100; 우수:90; 보통:80; 미흡:70; 부진:60"
HUNDRED = "0~100"

ROUNDS = {
    "PRIOR": ("사전평가", INSTITUTIONS),
    "QUAL": ("정성평가", INSTITUTIONS),
    "RATER": ("평가자 점수", INSTITUTIONS),
    "P-PRIOR": ("개인 사전평가", PERSONS),
    "P-QUAL": ("개인 정성평가", PERSONS),
    "P-RATER": ("개인 평가자 점수", PERSONS),
}
ONCE = {
    "PRIOR": ("2019-06-03 09:00", "2019-07-31 18:00"),
    "P-PRIOR": ("2019-09-02 09:00", "2019-10-31 18:00"),
}
"""The prior evaluation is done once a year, and once more where a plan was adjusted."""

QUESTIONS = {
    "PRIOR": (
        ("IMPORTANCE", "중요도", "주요사업이 시정에 얼마나 중요한가", "30", FIVE),
        ("DIFFICULTY", "난이도", "주요사업을 이루기가 얼마나 어려운가", "20", FIVE),
        ("ADEQUACY", "적절성", "지표가 성과를 제대로 나타내는가", "25", FIVE),
        ("CHALLENGE", "도전성", "목표치가 얼마나 도전적인가", "25", FIVE),
    ),
    "QUAL": (
        ("IMPORTANCE", "중요도", "핵심사업이 시정에 얼마나 중요한가", "25", FIVE),
        ("DIFFICULTY", "난이도", "추진 여건이 얼마나 어려웠는가", "25", FIVE),
        ("CAPABILITY", "추진 역량", "계획하고 이끄는 힘이 어떠했는가", "20", FIVE),
        ("RESULT", "성과", "핵심사업의 결과가 어떠한가", "30", FIVE),
    ),
    "RATER": (
        ("DIFFICULTY", "난이도", "맡은 일이 얼마나 어려웠는가", "50", HUNDRED),
        ("EFFORT", "노력도", "얼마나 애썼는가", "50", HUNDRED),
    ),
}
# By rating: code of the group, name, share, way, how many are cut at each end, and the raters' numbers;
# a name instead of a number is the department whose head rates.
EXPERTS = ("S-0021", "S-0022", "S-0023", "S-0024")
RESEARCHERS = ("S-0011", "S-0012", "S-0013")
MEMBERS = {
    "PRIOR": (("ORG", "성과관리 전문기관", "100", "지정", "", RESEARCHERS),),
    "QUAL": (
        ("PLAN", "기획담당관", "50", "지정", "", ("기획담당관", "예산담당관")),
        ("EXPERT", "전문가", "50", "지정", "1", EXPERTS),
    ),
    "RATER": (("PLAN", "기획담당관", "100", "지정", "", ("기획담당관", "예산담당관")),),
    "P-PRIOR": (("ORG", "성과관리 전문기관", "100", "지정", "", RESEARCHERS[:1]),),
    "P-QUAL": (
        ("OWN", "소속 실국", "20", "소속장", "", ()),
        ("PLAN", "기획담당관", "10", "지정", "", ("기획담당관",)),
        ("EXPERT", "전문가", "10", "지정", "", EXPERTS[:1]),
    ),
    "P-RATER": (("OWN", "소속 실국", "100", "소속장", "", ()),),
}


def rating_rows() -> list[Row]:
    rows = []
    for code, (name, scheme) in ROUNDS.items():
        rounds = [("", *ONCE[code])] if code in ONCE else HALVES
        again = "예" if code == "PRIOR" else ""
        for period, opens, closes in rounds:
            cells = (CYCLE, code, name, period, scheme, opens, closes, again)
            rows.append(dict(zip(RATINGS, cells, strict=True)))
    return rows


def criteria_of(rating: str) -> tuple[tuple[str, str, str, str, str], ...]:
    """Persons are asked about as institutions are."""
    return QUESTIONS[rating.removeprefix("P-")]


def criterion_rows() -> list[Row]:
    return [
        dict(zip(CRITERIA, (CYCLE, rating, *question), strict=True))
        for rating in ROUNDS
        for question in criteria_of(rating)
    ]


def group_rows(posts: Posts) -> list[Row]:
    return [
        dict(zip(GROUPS, (CYCLE, rating, code, name, share, way, trim, "", "", rater), strict=True))
        for rating, groups in MEMBERS.items()
        for code, name, share, way, trim, members in groups
        for rater in raters(members, posts) or ("",)
    ]


def raters(members: tuple[str, ...], posts: Posts) -> tuple[str, ...]:
    """The numbers of named raters."""
    return tuple(one if one.startswith("S-") else posts[one, LEAD].number for one in members)


def rounds_of(rating: str) -> Iterator[str]:
    """The codes of the periods a rating has rounds for; "" for the whole year."""
    yield from ("",) if rating in ONCE else (period for period, _, _ in HALVES)
