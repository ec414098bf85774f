"""The rows of 사람: who works where, in which roles, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.chance import draw, pick
from generator.organization import EVALUATION_OFFICE
from generator.vocabulary import FOLDER, KIND_OF_BUREAU, Department, read

COLUMNS = (
    "번호", "이름", "직위", "소속", "역할", "관할", "대결대상", "시작일", "종료일", "이메일", "언어", "퇴직일",
)  # fmt: skip
OFFICER, LEAD, SECOND = "담당자", "팀장", "부담당자"
WHOLE_CITY = "전체"

FIRST_NUMBER = 103
SECOND_OFFICERS = Decimal("0.2")
ALONE = ("시민봉사담당관",)
ENGLISH_SPEAKING = ("국제교류담당관", "외국인다문화담당관")

# Roles that somebody holds beside their own: the department and post they have, the role, and where.
MORE_ROLES = (
    (EVALUATION_OFFICE, LEAD, "평가자", WHOLE_CITY),
    ("기획담당관", LEAD, "평가위원", WHOLE_CITY),
    ("예산담당관", LEAD, "평가위원", WHOLE_CITY),
    ("인사과", OFFICER, "담당자", "인력개발과"),
    ("정보공개정책과", OFFICER, "담당자", "총무과"),
)
# Who stands in for whom in the same post of another department, and from when until when.
ABSENCES = (
    ("자치행정과", LEAD, "시민봉사담당관", "2019-08-05", "2019-08-09"),
    ("교통정책과", OFFICER, "버스정책과", "2019-07-08", "2019-07-12"),
    ("가족담당관", OFFICER, "보육담당관", "2019-03-04", "2019-08-30"),
    ("재정관리담당관", LEAD, "예산담당관", "2020-01-13", "2020-01-17"),
)
EVALUATOR_ABSENCE = ("S-0006", "S-0002", "2019-07-22", "2019-07-26")


@dataclass(frozen=True)
class Person:
    """A person in one role, or in several that hold for the same place and time."""

    number: str
    name: str
    title: str
    department: str
    role: str
    scope: str = ""
    stands_in_for: str = ""
    starts_on: str = ""
    ends_on: str = ""
    language: str = "ko"
    left_on: str = ""

    def row(self) -> dict[str, str]:
        return {
            "번호": self.number,
            "이름": self.name,
            "직위": self.title,
            "소속": self.department,
            "역할": self.role,
            "관할": self.scope,
            "대결대상": self.stands_in_for,
            "시작일": self.starts_on,
            "종료일": self.ends_on,
            "이메일": self.number.replace("-", "").lower() + "@seoul.example",
            "언어": self.language,
            "퇴직일": self.left_on,
        }


Posts = dict[tuple[str, str], Person]
"""Who is officer, team lead or second officer, by name of the department."""


def posts_of(departments: list[Department]) -> Posts:
    """Fills every department's posts: people who have to exist first, then others with made-up names."""
    codes = {one.code: one.name for one in departments}
    people = key_people()
    posts = {(codes[one.department], one.role): one for one in people if one.role in (OFFICER, LEAD)}
    taken = {one.name for one in people}
    number = FIRST_NUMBER
    for department, post in _vacancies(departments):
        if (department.name, post) not in posts:
            person = _somebody(f"S-{number:04}", department, post, taken)
            posts[department.name, post] = person
            taken.add(person.name)
            number += 1
    return posts


def people_rows(departments: list[Department], posts: Posts) -> list[dict[str, str]]:
    """A row for each person and, for those with more roles or a colleague to stand in for, more rows."""
    people = {one.number: one for one in [*key_people(), *posts.values()]}
    codes = {one.name: one.code for one in departments} | {WHOLE_CITY: WHOLE_CITY}
    more = [
        replace(posts[name, post], role=role, scope=codes[place]) for name, post, role, place in MORE_ROLES
    ]
    for name, post, absent, first, last in ABSENCES:
        more.append(_deputy(posts[name, post], posts[absent, post], first, last))
    deputy, absent, first, last = EVALUATOR_ABSENCE
    more.append(_deputy(people[deputy], people[absent], first, last))
    in_order = sorted([*people.values(), *more], key=lambda one: one.number)
    return [one.row() for one in in_order]


def key_people() -> list[Person]:
    """The people named in the vocabulary: evaluation office, administrators, experts and a few officers."""
    return [
        Person(
            number=row["번호"],
            name=row["이름"],
            title=row["직위"],
            department=row["소속"],
            role=row["역할"],
            scope=row["관할"],
            starts_on=row["시작일"],
            ends_on=row["종료일"],
            language=row["언어"],
            left_on=row["퇴직일"],
        )
        for row in read("key_people.csv")
    ]


def _vacancies(departments: list[Department]) -> Iterator[tuple[Department, str]]:
    for department in departments:
        yield department, OFFICER
        yield department, LEAD
        small = department.kind == KIND_OF_BUREAU or department.name in ALONE
        if not small and draw(department.code, "second officer") < SECOND_OFFICERS:
            yield department, SECOND


def _somebody(number: str, department: Department, post: str, taken: set[str]) -> Person:
    title = (department.head_title or "팀장") if post == LEAD else "주무관"
    speaks_english = post == OFFICER and department.name in ENGLISH_SPEAKING
    return Person(
        number=number,
        name=_new_name(number, taken),
        title=title,
        department=department.code,
        role=LEAD if post == LEAD else "담당자",
        language="en" if speaks_english else "ko",
    )


def _new_name(number: str, taken: set[str]) -> str:
    family_names = [row["성"] for row in read("family_names.csv") for _ in range(int(row["비중"]))]
    given_names = (FOLDER / "given_names.txt").read_text(encoding="utf-8").split()
    attempt = 0
    while True:
        about = (number, str(attempt))
        name = pick(family_names, "성", *about) + pick(given_names, "이름", *about)
        if name not in taken:
            return name
        attempt += 1


def _deputy(deputy: Person, absent: Person, first: str, last: str) -> Person:
    return replace(
        deputy,
        role="대결",
        scope=absent.scope or absent.department,
        stands_in_for=absent.number,
        starts_on=first,
        ends_on=last,
    )
