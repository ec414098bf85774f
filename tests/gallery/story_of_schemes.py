"""A scheme in its last days: values of owner departments, bonuses and deductions, the result and its announcement."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.organization import Role
from models.plan import Period
from tests.dialogues import city
from tests.gallery.homes import see_home
from tests.gallery.recorder import RecordedTown
from tests.kit.consultation import add_person
from tests.kit.conversation import Speaker
from tests.kit.schemes import institutions, period_id

_OTHER = "9002"
_ITEM = "2019년 성과관리 연간 · 소통"
_YEAR = "2019년 성과관리 연간 기관평가"


def tell(town: RecordedTown) -> None:
    """Three departments, ranked by indicators and by what two owner departments give them."""
    institutions(town.database, note="원문 3쪽은 20점, 7쪽 표는 25점으로 적어 표를 따랐습니다.")
    add_person(town.database, _OTHER, "배관리", Role.ADMINISTRATOR)
    with town.database.write() as session:
        last = session.get_one(Period, period_id(session, "H2"))
        last.objection_due = session.get_one(Period, period_id(session, "H1")).review_due
        session.add(last)
    owner, administrator = town.person(city.CIVIL), town.person(city.ADMINISTRATOR)
    _values(town, owner)
    _adjustments(town, administrator)
    _result(town, administrator, owner)


def _values(town: RecordedTown, owner: Speaker) -> None:
    """One by one, then by workbook: first a wrong one."""
    see_home(town, owner)
    owner.presses("소관 항목")
    owner.presses(_ITEM)
    owner.presses("총무과")
    owner.says("12")
    owner.says("7.5")
    owner.says("시민 제안 2건 채택")
    owner.presses("엑셀로 받기")
    town.do_errands()
    taken = owner.takes(f"{_ITEM} 20190708.xlsx")
    for values in (("좋음", 30), (7.5, 7.5), (7.5, 3)):
        owner.presses(
            next(label for label in ("엑셀 올리기", "고쳐서 다시 올리기") if label in owner.buttons())
        )
        owner.attaches(_filled(taken, *values), "소통 점수.xlsx")
        owner.presses("다음")
        town.do_errands()
        if values[1] == 7.5:
            owner.presses("취소")
    owner.presses("반영")
    town.do_errands()
    owner.presses("항목으로")
    owner.presses("분포 보기")
    town.do_errands()
    town.time_goes_on(days=1, hours=1)
    town.person(city.EVALUATOR).says("소관항목")


def _filled(workbook: bytes, *values: object) -> bytes:
    """The workbook with values for the departments after the first."""
    opened = load_workbook(BytesIO(workbook))
    page = opened["소관항목"]
    assert isinstance(page, Worksheet)
    for row, value in enumerate(values, start=3):
        page[f"D{row}"] = value
    written = BytesIO()
    opened.save(written)
    return written.getvalue()


def _adjustments(town: RecordedTown, administrator: Speaker) -> None:
    """A bonus confirmed and withdrawn, a deduction dropped."""
    other, officer = town.person(_OTHER), town.person(city.OFFICER)
    administrator.says("가감점")
    for part, points, reason in (
        ("가점", "1.5", "우수사례 경진대회 최우수(총무과-1234)"),
        ("가점", "1", "적극행정 우수(총무과-1301)"),
        ("감점", "0.5", "자체감사 지적 1건(감사-77)"),
    ):
        if "제안하기" not in administrator.buttons():
            administrator.presses("가감점 목록")
        administrator.presses("제안하기")
        administrator.presses(f"{_YEAR} · {part}")
        administrator.presses("총무과")
        administrator.says(points)
        administrator.says(reason)
    other.says("가감점")
    for how, reason in (
        ("반영하지 않음", "이미 시정했습니다."),
        ("확정", "상장을 확인했습니다."),
        ("확정", "공문을 확인했습니다."),
    ):
        if "총무과" in other.buttons():
            other.presses("총무과")
        other.presses(how)
        other.says(reason)
        if "다음 가감점 보기" in other.buttons():
            other.presses("다음 가감점 보기")
    officer.says("가감점")
    other.presses("가감점 목록")
    other.presses("총무과")
    other.presses("확정 철회")
    other.says("수상이 취소되었습니다.")
    administrator.is_shown("adjustments.card", adjustment=1)


def _result(town: RecordedTown, administrator: Speaker, owner: Speaker) -> None:
    """Looked at, announced; a value is corrected, and it is announced once more."""
    officer = town.person(city.OFFICER)
    administrator.says("메뉴")
    administrator.presses("평가 결과")
    administrator.presses(_YEAR)
    administrator.presses("빠진 값 보기")
    administrator.presses("결과로")
    administrator.presses("1위 총무과")
    administrator.presses("결과로")
    administrator.presses("결과 게시")
    administrator.presses("게시")
    with town.doing("결과가 게시됨"):
        town.do_errands()
    administrator.presses("게시한 결과 보기")
    officer.presses("왜 이 점수인가요?")
    owner.says("소관항목")
    owner.presses(_ITEM)
    owner.presses("총무과")
    owner.says("9")
    administrator.presses("지금 결과 보기")
    administrator.presses("결과 게시")
    administrator.presses("게시")
    with town.doing("결과가 다시 게시됨"):
        town.do_errands()
    officer.says("평가결과")
