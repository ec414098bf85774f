"""What happens again and again in conversations about a written review, told once."""

from __future__ import annotations

from sqlmodel import select

from models.consultation.papers import PaperEntry, hand_in, indicators_of, save_paper
from models.consultation.programme import Programme
from models.consultation.review import Verdict, ViewStage
from models.consultation.tasks import send_notes
from models.consultation.views import send_views, write_view
from models.doer import Doer
from models.organization import Department, Role
from tests.dialogues.city import OFFICER
from tests.kit import files
from tests.kit.consultation import add_person, add_review, words
from tests.kit.conversation import Speaker, Town

CONSULTANT, OTHER_CONSULTANT, ELSEWHERE = "6001", "6002", "6003"
GOOD = ("적정",) * 4
INDICATORS = ("민원처리율", "민원 처리기간", "청렴교육 이수율")
"""Of 총무과."""


def has_review(town: Town) -> None:
    """A written review until Wednesday 17 July, with two consultants of the city and one of the 복지국."""
    add_review(town.database)
    add_person(town.database, CONSULTANT, "한연구", Role.CONSULTANT)
    add_person(town.database, OTHER_CONSULTANT, "윤연구", Role.CONSULTANT)
    add_person(town.database, ELSEWHERE, "문연구", Role.CONSULTANT, "WE")


def hands_in(officer: Speaker, text: str = "목표치를 봐 주십시오.") -> None:
    """The paper of the officer's department, with a file."""
    officer.says("컨설팅")
    officer.presses("서면검토 자료")
    officer.presses("자료 작성")
    officer.says(text)
    officer.attaches(files.hwp(), "지표정의서.hwp")
    officer.presses("다음")
    officer.presses("제출하기")


def judges(consultant: Speaker, *verdicts: str, text: str = "") -> None:
    """Fills in the open form of a view: all is good where nothing is said."""
    for verdict in verdicts or GOOD:
        consultant.presses(verdict)
    if text:
        consultant.says(text)
    else:
        consultant.presses("건너뛰기")


def views_all(consultant: Speaker) -> None:
    """Goes through 총무과's three indicators; the formula of the first is to be mended."""
    consultant.presses("의견 쓰기")
    consultant.presses("민원처리율")
    judges(consultant, "적정", "보완", "적정", "적정", text="분모를 접수 건수로 바꾸어 주세요.")
    for _ in INDICATORS[1:]:
        consultant.presses("다음 지표로")
        judges(consultant)
    consultant.presses("지표 목록")


def finds_all_good(consultant: Speaker) -> None:
    """The same where nothing is to be mended, by way of the list; and sends it."""
    consultant.presses("의견 쓰기")
    for name in INDICATORS:
        consultant.presses(name)
        judges(consultant)
        consultant.presses("지표 목록")
    consultant.presses("의견 보내기")


def notes_all(consultant: Speaker) -> None:
    """Writes the notes after the meeting as the views were."""
    consultant.presses("보낸 의견 보기")
    consultant.presses("면담 결과 쓰기")
    consultant.presses("민원처리율")
    consultant.presses("그대로 두고 계속")
    for _ in INDICATORS[1:]:
        consultant.presses("다음 지표로")
        # Where all is good there is no text yet, which is still asked for.
        has_text = "그대로 두고 계속" in consultant.buttons()
        consultant.presses("그대로 두고 계속" if has_text else "건너뛰기")
    consultant.presses("지표 목록")


def is_asked(town: Town) -> tuple[Speaker, Speaker]:
    """As far as the one task of 민원처리율, without a word said; its officer and the consultant."""
    officer, consultant = town.person(OFFICER), town.person(CONSULTANT)
    mend = words("분모를 접수 건수로 바꾸어 주세요.", formula=Verdict.MEND)
    with town.database.write() as session:
        department = session.exec(select(Department.id).where(Department.code == "GA")).one() or 0
        programme = session.exec(select(Programme)).one()
        part = (programme.id or 0, department)
        writer = Doer.at_work(session, officer.person_id, town.now(), "test")
        viewer = Doer.at_work(session, consultant.person_id, town.now(), "test")
        paper = save_paper(session, writer, *part, PaperEntry("목표치를 봐 주십시오."))
        hand_in(session, writer, *part, paper.revision)
        indicators = indicators_of(session, programme, department)
        for stage in ViewStage:
            for number, one in enumerate(indicators):
                said = words() if number else mend
                write_view(session, viewer, part[0], one.id or 0, stage, said, 0)
            if stage is ViewStage.WRITTEN:
                send_views(session, viewer, *part)
        send_notes(session, viewer, *part)
    officer.is_shown("written_review.result", programme=part[0], department=department)
    consultant.is_shown("written_review.notes_sent", programme=part[0], department=department)
    return officer, consultant
