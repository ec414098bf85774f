"""Seoul's year of 2019, month by month: what its people do, in chat and, the most of it, by the verbs.

Through the chat go: consultation of the departments of two bureaus and what is decided on who stayed away, the
reports of twelve bureaus' departments (76 people) in both halves, the move of an indicator, what two of the experts
say of institutions in the first half, the prior evaluation that the move asks for, all values of the owner departments,
closing and announcing (to over 250 people). Everything else is done by the same people with the verbs that the
dialogues call.
"""

from __future__ import annotations

from collections import Counter

from tests.cities import (
    adjusting,
    attending,
    attending_by_verbs,
    closing,
    owning,
    rating,
    rating_by_verbs,
    reporting,
    reporting_in_bulk,
)
from tests.cities.answers import Row, rows
from tests.cities.filling import chooses, fills_in
from tests.cities.naming import name_of_subject
from tests.cities.place import Place

OFFICE, EVALUATOR = "S-0003", "S-0001"
INSTITUTIONS, PERSONS = ("2019", "INST"), ("2019", "PERS")
BOTH = (INSTITUTIONS, PERSONS)
YEAR = "2019년 성과관리 연간"
REPORT_IN_CHAT = ("04", "05", "09", "10", "13", "20", "24", "25", "26", "31", "35", "42")
COME_IN_CHAT = ("04", "09")
CONCERNED = ("B08", "B22")
"""The institutions of both divisions."""
RESEARCHERS = ("S-0011", "S-0012", "S-0013")
EXPERTS = ("S-0021", "S-0022")
"""Two of the four: those who rate in the chat."""
CRITERIA = ("IMPORTANCE", "DIFFICULTY", "ADEQUACY", "CHALLENGE")


def spring(place: Place) -> None:
    """March to June: all departments are consulted, but for two that stay away; the first prior evaluation."""
    expected = attending.rows_of(place.name, "2019", "SPRING")
    others = [row for row in expected if not comes_in_chat(row["부서"])]
    assert attending.all_sign_up(place, "2019", "SPRING", comes_in_chat) == 248 - len(others)
    attending_by_verbs.sign_up(place, others)
    place.at(2019, 4, 17, 18)
    assert attending.attendance(place, "2019", "SPRING", OFFICE, comes_in_chat) == 2
    attending_by_verbs.attendance(place, others)
    place.at(2019, 4, 22)
    place.town.time_goes_on()
    place.person(OFFICE).says("감점")
    place.person(OFFICE).sees("청년교류담당관", "언론담당관")
    assert adjusting.all_decide_absences(place, *INSTITUTIONS, OFFICE) == 2
    place.at(2019, 6, 10)
    assert rating_by_verbs.all_rate(place, "2019", "PRIOR", answers=before_the_move(place)) == 135


def summer(place: Place) -> None:
    """July and August: the first half's reports and ratings; an indicator moves, and what it moved between is rated
    once more."""
    place.at(2019, 7, 10)
    assert report(place, "H1") == 90
    place.at(2019, 8, 1)
    moves(place)
    place.at(2019, 8, 5, 9)
    place.town.time_goes_on()
    place.person(EVALUATOR).sees("추가 사전평가 대상", "• 도시브랜드담당관", "• 디자인정책과")
    place.at(2019, 8, 12)
    assert sum(rates_again(place, number) for number in RESEARCHERS) == 2 * len(RESEARCHERS)
    experts = EXPERTS.__contains__
    assert rating.all_rate(place, "2019", "QUAL", "H1", by_field=0, in_chat=experts) == 2 * 45 - 1
    assert rating_by_verbs.all_rate(place, "2019", "QUAL", "H1") == 2 * 44 + 2 * 45
    rate_the_others(place, "H1")
    place.at(2019, 8, 26)
    closing.closes(place, OFFICE, "2019", "H1")


def autumn_and_second_half(place: Place) -> None:
    """September to January: the prior evaluation of persons, the second half's reports."""
    place.at(2019, 9, 16)
    assert rating_by_verbs.all_rate(place, "2019", "P-PRIOR") == 204
    place.at(2020, 1, 10)
    assert report(place, "H2") == 91


def february(place: Place) -> None:
    """The second half is rated, owners give their items, everything is closed and announced."""
    place.at(2020, 2, 10)
    assert rating_by_verbs.all_rate(place, "2019", "QUAL", "H2") == 4 * 45 + 2 * 44
    rate_the_others(place, "H2")
    place.at(2020, 2, 13)
    assert owning.all_give(place, *INSTITUTIONS) == 9 * 45
    integrity_tells_few_apart(place)
    assert owning.all_give(place, *PERSONS) == 2 * 204
    place.at(2020, 2, 24)
    closing.closes(place, OFFICE, "2019", "H2")
    for scheme in BOTH:
        closing.announces(place, OFFICE, *scheme)


def integrity_tells_few_apart(place: Place) -> None:
    """Its owner is told that most got the same, with the picture; what others own is none of its business."""
    values = Counter(owning.values_of(place.name, *INSTITUTIONS, "INTEG", "").values())
    commonest, count = values.most_common(1)[0]
    assert count > 45 * 3 / 4
    owner = place.person(owning.who_gives(place, "D0701"))
    owner.says("소관항목")
    owner.does_not_see("조기집행")
    chooses(owner, f"{YEAR} · 청렴도")
    owner.sees(f"⚠ 값을 받은 대상 45건 가운데 {count}건(", f"{commonest}점으로 같습니다.")
    owner.presses("분포 보기")
    place.town.do_errands()
    assert owner.screens()[-1]["picture"]["name"] == "분포.png"


def comes_in_chat(department: str) -> bool:
    return department[1:3] in COME_IN_CHAT


def report(place: Place, half: str) -> int:
    """All 697 reports of a half, with the indicator where it is by then; how many were made in chat."""
    given = [
        (row, {**indicator, **(transfer() if is_moved(indicator, half) else {})})
        for row, indicator in reporting.reports(place.name, half, "2019")
    ]
    in_bulk = []
    for row, indicator in given:
        if indicator["부서"][1:3] in REPORT_IN_CHAT or row["반려"]:
            reporting.report_one(place, row, indicator)
        else:
            in_bulk.append((row, indicator))
    reporting_in_bulk.report(place, in_bulk)
    assert len(given) == 697
    return len(given) - len(in_bulk)


def transfer() -> Row:
    """The only indicator that goes to another division."""
    (found,) = rows("seoul-2019", "actuals/이관")
    return found


def is_moved(indicator: Row, half: str) -> bool:
    return (indicator["코드"], half) == (transfer()["지표코드"], "H2")


def before_the_move(place: Place) -> rating.Answers:
    """What was said of both institutions before an indicator moved between them must not count: the file has what was
    said afterwards."""
    given = rating.answers_of(place.name, "2019", "PRIOR", "")
    return {
        key: {code: "부진" if value and code in CRITERIA else value for code, value in row.items()}
        if key[2] in CONCERNED
        else row
        for key, row in given.items()
    }


def moves(place: Place) -> None:
    """Ordered on the 1st for the 5th of August."""
    evaluator = place.person(EVALUATOR)
    evaluator.says("계획")
    evaluator.presses("지표 이관")
    chooses(evaluator, "도시브랜드담당관")
    chooses(evaluator, "공공 캐릭터 상품 매출액")
    evaluator.presses("1개 옮기기")
    chooses(evaluator, "디자인정책과")
    evaluator.presses(name_of_subject(place.name, transfer()["담당자"]))
    evaluator.says(transfer()["이관일"])
    evaluator.says(transfer()["사유"])
    evaluator.sees("8. 5.(월)부터 도시브랜드담당관 지표가 디자인정책과로 이관될 예정입니다.")


def rates_again(place: Place, number: str) -> int:
    """One researcher, both institutions, from the file."""
    answers = rating.answers_of(place.name, "2019", "PRIOR", "")
    names = {row["코드"]: row["이름"] for row in rows(place.name, "평가항목") if row["평가"] == "PRIOR"}
    rater = place.person(number)
    rater.says("평가")
    rater.presses("사전평가")
    for at, subject in enumerate(CONCERNED):
        if not at:
            rater.presses(f"이어서 평가: {name_of_subject(place.name, subject)}")
        rater.sees("성과계획이 바뀌어 다시 평가합니다.")
        rater.presses("평가하기")
        row = answers["ORG", number, subject]
        fills_in(rater, {name: row[code] for code, name in names.items()} | {"의견": ""})
    rating.hands_in(rater, len(CONCERNED))
    return len(CONCERNED)


def rate_the_others(place: Place, half: str) -> None:
    """What the planning office says of institutions, and everybody of persons."""
    assert rating_by_verbs.all_rate(place, "2019", "RATER", half) == 2 * 44
    assert rating_by_verbs.all_rate(place, "2019", "P-QUAL", half) == 204 + 203 + 204
    assert rating_by_verbs.all_rate(place, "2019", "P-RATER", half) == 204
