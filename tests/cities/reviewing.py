"""A written review: departments hand in their papers, consultants look at every indicator and send what they think."""

from __future__ import annotations

from sqlmodel import Session, select

from models.consultation.papers import PaperEntry, departments_of, hand_in, indicators_of, save_paper
from models.consultation.programme import Programme
from models.consultation.review import Verdict, ViewStage
from models.consultation.views import send_views, write_view
from models.organization import Department, Role
from models.plan import Indicator
from tests.cities.filling import chooses, fills_in
from tests.cities.place import Place
from tests.kit import files
from tests.kit.consultation import words

_CRITERIA = ("연계", "산식", "목표치 적합성", "도전성")
_ADVICE = "도전성: 지난 실적보다 높은 목표를 세워 주세요."


def all_hand_in(place: Place, programme: str, in_chat: int) -> int:
    """The paper of every department: the first so many in chat, the others by the verbs; how many that are."""
    departments = _departments(place, programme)
    for at, department in enumerate(departments):
        officer = place.who(Role.OFFICER, department.code)
        if at < in_chat:
            _hands_in(place, officer)
            continue
        with place.town.database.write() as session:
            part = _programme(session, programme).id or 0, department.id or 0
            paper = save_paper(
                session, place.doer(session, officer), *part, PaperEntry("지표를 봐 주십시오.")
            )
            hand_in(session, place.doer(session, officer), *part, paper.revision)
    return len(departments)


def all_are_viewed(place: Place, programme: str, consultants: list[str], in_chat: int) -> int:
    """Every indicator of every department, the departments shared out among the consultants; how many indicators."""
    seen = 0
    for at, department in enumerate(_departments(place, programme)):
        consultant = consultants[at % len(consultants)]
        with place.town.database.read() as session:
            own = indicators_of(session, _programme(session, programme), department.id or 0)
        if at < in_chat:
            _views(place, consultant, department, own)
        else:
            _views_by_verbs(place, programme, consultant, department, own)
        seen += len(own)
    return seen


def _hands_in(place: Place, number: str) -> None:
    officer = place.person(number)
    officer.says("컨설팅")
    officer.presses("서면검토 자료")
    officer.presses("자료 작성")
    officer.says("지표를 봐 주십시오.")
    officer.attaches(files.hwp(), "지표정의서.hwp")
    officer.presses("다음")
    officer.presses("제출하기")
    officer.sees("서면검토 자료를 제출했습니다.")


def _views(place: Place, number: str, department: Department, own: list[Indicator]) -> None:
    """The first indicator is to be mended."""
    consultant = place.person(number)
    consultant.says("컨설팅")
    consultant.presses("서면검토 의견")
    chooses(consultant, department.name)
    for at, one in enumerate(own):
        chooses(consultant, one.name)
        good = dict.fromkeys(_CRITERIA, "적정") | {"의견": ""}
        fills_in(consultant, good if at else good | {"도전성": "보완", "의견": _ADVICE})
        consultant.sees("의견을 저장했습니다.")
        consultant.presses("지표 목록")
    consultant.presses("의견 보내기")
    consultant.sees("의견을 보냈습니다.")


def _views_by_verbs(
    place: Place, programme: str, number: str, department: Department, own: list[Indicator]
) -> None:
    with place.town.database.write() as session:
        doer, key = place.doer(session, number), _programme(session, programme).id or 0
        for at, one in enumerate(own):
            said = words() if at else words(_ADVICE, challenge=Verdict.MEND)
            write_view(session, doer, key, one.id or 0, ViewStage.WRITTEN, said, 0)
        send_views(session, doer, key, department.id or 0)


def _departments(place: Place, programme: str) -> list[Department]:
    with place.town.database.read() as session:
        return departments_of(session, _programme(session, programme))


def _programme(session: Session, code: str) -> Programme:
    return session.exec(select(Programme).where(Programme.code == code)).one()
