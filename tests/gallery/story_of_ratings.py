"""A round of ratings: told, rated subject by subject, handed in, stepped back from; the office looks on; a survey."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from models.rating.again import rate_again
from tests.dialogues import city
from tests.dialogues.rating import EXPERTS, begins, citizens
from tests.gallery.recorder import RecordedTown
from tests.kit.conversation import Speaker
from tests.kit.rated import Round


def tell(town: RecordedTown) -> None:
    """Ten departments, four experts and a survey of citizens."""
    made = begins(town, citizens(), rates_changes=True)
    rater, administrator = town.person("E0"), town.person(city.ADMINISTRATOR)
    _rated(town, rater)
    _nudged(administrator, town.person("E1"))
    _apart(town, made, administrator)
    _surveyed(town, administrator)
    _again(town, made, rater)
    town.time_goes_on(days=6)
    rater.says("평가")
    town.passes(days=7)
    rater.says("평가")
    rater.presses("정성평가 · 상반기")


def _rated(town: RecordedTown, rater: Speaker) -> None:
    """Two subjects, one stepped back from, one left half answered; then one is corrected."""
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("다음 쪽")
    rater.presses("이어서 평가: 총무과")
    rater.presses("평가하기")
    rater.presses("탁월")
    rater.says("101")
    rater.says("90")
    rater.says("민원창구를 한곳으로 모았습니다.")
    rater.presses("평가하기")
    rater.presses("우수")
    rater.says("75")
    rater.presses("의견 없음")
    rater.presses("회피")
    rater.presses("취소")
    rater.presses("회피")
    rater.says("배우자가 돌봄과에 근무합니다.")
    rater.presses("평가하기")
    rater.presses("보통")
    rater.presses("임시저장")
    rater.presses("답 확인하고 제출 (2건)")
    rater.presses("2건 제출하기")
    rater.presses("대상 목록")
    rater.presses("총무과")
    rater.presses("답 고치기")
    rater.presses("고치기: 난이도")
    rater.says("85")
    rater.says("평가")
    rater.presses("정성평가 · 상반기")
    rater.presses("총무과")
    rater.says("메뉴")


def _nudged(administrator: Speaker, other: Speaker) -> None:
    administrator.says("메뉴")
    administrator.presses("평가")
    administrator.presses("정성평가 · 상반기")
    administrator.presses("두위원")
    other.presses("평가 시작")


def _apart(town: RecordedTown, made: Round, administrator: Speaker) -> None:
    administrator.is_shown("ratings.spread", rating=made.id)
    for rater, number in zip(EXPERTS[1:], (88, 86, 10), strict=True):
        made.rates(rater, "GA", town.now(), IMP="우수" if number > 50 else "미흡", DIF=str(number))
    for subject in ("CI", "CA", "SF"):
        made.rates("E1", subject, town.now(), IMP="우수", DIF="88")
    administrator.is_shown("ratings.spread", rating=made.id)
    administrator.presses("총무과")
    administrator.presses("위원 간 편차")
    administrator.presses("그림으로 보기")
    town.do_errands()
    administrator.presses("위원 간 편차")
    administrator.presses("진행 현황으로")


def _surveyed(town: RecordedTown, administrator: Speaker) -> None:
    """The template, a file with faults, and the same put right."""
    administrator.presses("시민 설문 결과 올리기")
    administrator.presses("설문 서식 받기")
    town.do_errands()
    book = load_workbook(BytesIO(administrator.takes("설문 서식.xlsx")))
    for row in (["GA", "1", "탁월", "100"], ["XX", "2", "좋음", "500"]):
        book["설문"].append(row)
    administrator.presses("설문 결과 올리기")
    administrator.attaches(_saved(book), "설문 결과.xlsx")
    administrator.presses("다음")
    town.do_errands()
    administrator.presses("고쳐서 다시 올리기")
    administrator.attaches("대상,응답번호,IMP,DIF\nGA,1,탁월,100\nCI,1,미흡,0\n".encode(), "설문 결과.csv")
    administrator.presses("다음")
    town.do_errands()
    administrator.presses("진행 현황으로")


def _again(town: RecordedTown, made: Round, rater: Speaker) -> None:
    """The plan of a subject has changed."""
    with town.database.write() as session:
        rate_again(session, town.now(), [made.subjects["CI"]], "조직개편")
    town.do_errands()
    rater.presses("이어서 평가")
    rater.presses("민원과")


def _saved(book: Any) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()
