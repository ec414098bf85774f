"""What people answer in Seoul's year beside their reports; the columns are those of docs/schemes.md."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator_of_cities.columns import ADJUSTMENTS, ATTENDANCE, OWNER_VALUES, PAPERS
from generator_of_cities.rating import answer

from generator.chance import between, draw
from generator.consultation import slot_rows
from generator.indicators import CYCLE
from generator.organization import INSTITUTION
from generator.people import LEAD, OFFICER, Posts
from generator.ratings import MEMBERS, ROUNDS, criteria_of, raters, rounds_of
from generator.schemes import COOPERATION, INSTITUTIONS, PERSONS
from generator.vocabulary import KIND_OF_BUREAU, Department

Row = dict[str, str]
RECUSED = "회피"
CRITERIA = ("IMPORTANCE", "DIFFICULTY", "ADEQUACY", "CHALLENGE", "CAPABILITY", "RESULT", "EFFORT")
PAPER_COLUMNS = (*PAPERS, *CRITERIA, RECUSED)
SAME_FOR_MOST = Decimal("0.8")
"""Of 248 departments 199 had the same integrity: measured city-wide, it told nothing apart."""
STAYED_AWAY = {
    "청년교류담당관": ("확정", "사전 연락 없이 컨설팅에 참여하지 않음"),
    "언론담당관": ("취소", "산불 상황실 근무로 참여하지 못해 서면으로 컨설팅을 받음"),
}
"""Departments that took a seat in spring and did not come, what was decided on the deduction, and why."""
TRANSFERS = ("성과주기", "지표코드", "이관일", "부서", "담당자", "사유")
MOVED, MOVED_ON, MOVED_TO = "K0802-3", "2019-08-05", "디자인정책과"
"""An indicator that is not scored goes from 도시브랜드담당관 to a division of another bureau. Both institutions are
rated once more: the papers of their prior evaluation here are those handed in after it."""
STEPS_BACK = ("QUAL", "H1", "S-0022", "B14", "해당 기관의 자문위원을 맡고 있습니다.")


def paper_rows(departments: list[Department], posts: Posts) -> Iterator[Row]:
    """A row a rater and subject. Who leads a subject's bureau is left blank: whoever that is answers so."""
    for rating, (_, scheme) in ROUNDS.items():
        for period in rounds_of(rating):
            for group, _, _, _, _, members in MEMBERS[rating]:
                for subject, level, own in _subjects(scheme, departments, posts):
                    for rater in raters(members, posts) or ("",):
                        if rater not in own:
                            yield _paper(rating, period, group, rater, subject, level)


def _paper(rating: str, period: str, group: str, rater: str, subject: str, level: Decimal) -> Row:
    cells = (CYCLE, rating, period, group, rater, subject)
    row = dict.fromkeys(PAPER_COLUMNS, "") | dict(zip(PAPERS, cells, strict=True))
    if (rating, period, rater, subject) == STEPS_BACK[:4]:
        return row | {RECUSED: STEPS_BACK[4]}
    about = (rating, period, group, rater, subject)
    return row | {code: answer(scale, level, *about, code) for code, _, _, _, scale in criteria_of(rating)}


def _subjects(
    scheme: str, departments: list[Department], posts: Posts
) -> Iterator[tuple[str, Decimal, frozenset[str]]]:
    """Each subject with the level it is rated around, and who may not rate it: those who belong to it."""
    if scheme == INSTITUTIONS:
        belonging = {one.name: one for one in departments}
        for code in _institutions(departments):
            own = {
                posts[name, LEAD].number
                for name, one in belonging.items()
                if code in (one.code, one.parent) and (name, LEAD) in posts
            }
            yield code, between("74", "97", "level", code), frozenset(own)
    else:
        for one in departments:
            if one.kind != KIND_OF_BUREAU:
                number = posts[one.name, LEAD].number
                above = next(place for place in departments if place.code == one.parent)
                own = {number, posts[above.name, LEAD].number} - {""}
                yield number, between("70", "98", "level", number), frozenset(own)


def owner_rows(departments: list[Department], posts: Posts) -> Iterator[Row]:
    """Nine items of every institution, and overtime and leave of every person."""
    for code, _, points, _, kind, target in COOPERATION:
        for subject in _institutions(departments):
            yield _given(INSTITUTIONS, code, subject, _value(code, points, kind, target, subject))
    for one in departments:
        if one.kind != KIND_OF_BUREAU:
            number = posts[one.name, LEAD].number
            fall = between("-8", "14", "overtime", number).quantize(Decimal("0.1"))
            leave = between("6", "13", "leave", number).quantize(Decimal("0.1"))
            yield _given(PERSONS, "OVERTIME", number, str(fall))
            yield _given(PERSONS, "LEAVE", number, str(leave))


def _value(code: str, points: str, kind: str, target: str, subject: str) -> str:
    if code == "DISAB" and subject == INSTITUTION:
        return "해당없음"
    if kind:
        return str((Decimal(target) * between("0.82", "1.08", code, subject)).quantize(Decimal("0.1")))
    if code == "INTEG" and draw(code, subject) < SAME_FOR_MOST:
        return "1.6"
    return str((Decimal(points) * between("0.6", "1", code, subject)).quantize(Decimal("0.1")))


def _given(scheme: str, item: str, subject: str, value: str) -> Row:
    return dict(zip(OWNER_VALUES, (CYCLE, scheme, item, "", subject, value), strict=True))


def _institutions(departments: list[Department]) -> list[str]:
    return [*(one.code for one in departments if one.kind == KIND_OF_BUREAU), INSTITUTION]


def attendance_rows(departments: list[Department], posts: Posts) -> Iterator[Row]:
    """In spring each department takes the next slot that is free, and comes, but for two."""
    slots = [row["코드"] for row in slot_rows() if row["프로그램"] == "SPRING"]
    for one, slot in zip(departments, slots, strict=False):
        came = "아니오" if one.name in STAYED_AWAY else "예"
        cells = (CYCLE, "SPRING", slot, one.code, posts[one.name, OFFICER].number, came)
        yield dict(zip(ATTENDANCE, cells, strict=True))


def adjustment_rows(departments: list[Department]) -> Iterator[Row]:
    """The deductions proposed for who stayed away: one is confirmed, one dropped."""
    for one in departments:
        if one.name in STAYED_AWAY:
            decision, reason = STAYED_AWAY[one.name]
            cells = (CYCLE, INSTITUTIONS, "CONS", "", one.code, "0.5", reason, decision)
            yield dict(zip(ADJUSTMENTS, cells, strict=True))


def transfer_rows(departments: list[Department], posts: Posts) -> Iterator[Row]:
    """What goes from one division to another, from which day on and who reports it then."""
    codes = {one.name: one.code for one in departments}
    officer = posts[MOVED_TO, OFFICER].number
    cells = (CYCLE, MOVED, MOVED_ON, codes[MOVED_TO], officer, "2019. 8. 5. 조직개편")
    yield dict(zip(TRANSFERS, cells, strict=True))
