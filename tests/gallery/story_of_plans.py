"""Plans that live: drafted, consulted on, returned, confirmed, adjusted; an indicator that moves."""

from __future__ import annotations

from tests.dialogues import city, planning
from tests.dialogues.planning import adds, changes, opens
from tests.gallery.homes import see_home
from tests.gallery.recorder import RecordedTown
from tests.kit.conversation import Speaker
from tests.kit.plans import Sheets


def plan() -> Sheets:
    """The plan, in which 민원처리율 has past years enough for a trend."""
    sheets = city.plan()
    heading, *rows = sheets["지표"]
    heading.append("2016실적")
    for row in rows:
        row.append("89.5" if "민원처리율" in row else "")
    return sheets


def tell(town: RecordedTown) -> None:
    """From the first draft to a move in the middle of the year."""
    planning.asks_for_plans(town)
    officer, lead = town.person(city.OFFICER), town.person(city.LEAD)
    evaluator, administrator = town.person(city.EVALUATOR), town.person(city.ADMINISTRATOR)
    see_home(town, officer)
    _drafted(town, officer)
    _decided(officer, lead, evaluator)
    _adjusted(officer, lead, evaluator)
    _moved(town, administrator)
    _looked_through(administrator)


def _drafted(town: RecordedTown, officer: Speaker) -> None:
    """What is found is told to the officer first."""
    opens(officer)
    officer.presses("지표 보기")
    officer.presses("민원처리율")
    officer.presses("추이 그림")
    town.do_errands()
    officer.presses("지표로")
    officer.presses("작성 요령")
    officer.presses("지표로")
    officer.presses("배점방식 바꾸기")
    officer.presses("취소")
    officer.presses("지표 목록")
    adds(officer, "민원 만족도", "시민 만족을 위해 노력", "80", "20")
    officer.presses("지표 목록")
    changes(officer, "민원처리율", 목표치="0")
    officer.presses("지표 목록")
    officer.presses("청렴교육 이수율")
    officer.presses("지표 빼기")
    officer.presses("다시 넣기")
    officer.presses("지표 목록")
    officer.presses("계획으로")


def _decided(officer: Speaker, lead: Speaker, evaluator: Speaker) -> None:
    """Handed in too early, consulted on, returned, confirmed."""
    opens(lead)
    lead.presses("검토 요청")
    opens(officer)
    officer.presses("지표 보기")
    changes(officer, "민원처리율", 가중치="20", 목표치="97")
    opens(officer)
    officer.presses("컨설팅 요청")
    opens(lead)
    lead.presses("검토 요청")
    evaluator.presses("반려")
    evaluator.says("민원 만족도의 산식을 적어 주세요.")
    officer.presses("지표 보기")
    changes(officer, "민원 만족도", 산식="만족 응답 수 ÷ 전체 응답 수 × 100")
    opens(officer)
    officer.presses("팀장에게 제출 요청")
    lead.presses("검토 요청")
    evaluator.presses("확정")


def _adjusted(officer: Speaker, lead: Speaker, evaluator: Speaker) -> None:
    """A plan is opened once more; whoever comes too late is told who was quicker."""
    opens(lead)
    late = lead.button("조정 신청")
    opens(officer)
    officer.presses("조정 신청")
    officer.says("2019년 하반기 조직개편")
    lead.presses_again(late)
    officer.presses("지표 보기")
    changes(officer, "민원처리율", 가중치="40")
    officer.presses("지표 목록")
    officer.presses("민원 만족도")
    officer.presses("지표 빼기")
    opens(lead)
    lead.presses("검토 요청")
    evaluator.presses("확정")


def _moved(town: RecordedTown, administrator: Speaker) -> None:
    """Ordered ahead, cancelled, ordered again, done on its day."""
    for is_cancelled in (True, False):
        administrator.says("계획")
        administrator.presses("지표 이관")
        administrator.presses("총무과")
        administrator.presses("민원처리율")
        administrator.presses("1개 옮기기")
        administrator.presses("민원과")
        administrator.presses("박민원")
        administrator.says("7. 10.")
        administrator.says("2019년 하반기 조직개편")
        administrator.says("계획")
        administrator.presses("이관 예정")
        if is_cancelled:
            administrator.presses("민원처리율")
    town.time_goes_on(days=2)


def _looked_through(administrator: Speaker) -> None:
    """The whole city."""
    administrator.says("계획")
    administrator.presses("지표 점검")
    administrator.presses("2019년 성과관리")
    administrator.presses("총무과")
