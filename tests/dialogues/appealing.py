"""What happens before an appeal: a report is recognised with less than was reported, and the result is out."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import select

from models.plan import Cycle, Period
from tests.dialogues import city
from tests.dialogues.story import closes, hands_in
from tests.kit.conversation import Speaker, Town

SUNDAY = datetime(2019, 7, 28, 9, tzinfo=UTC)
"""18:00 in Seoul: the last day is off, so appeals are taken until Monday."""
RESULT = "민원처리율 평가 결과"
APPEAL = "민원처리율 이의신청"
WHY = "5월 민원 12건은 평가 대상입니다."


def has_window(town: Town) -> None:
    """Appeals against the first half of the performance plan are taken until SUNDAY."""
    with town.database.write() as session:
        query = select(Period).join(Cycle).where(Cycle.code == "2019", Period.code == "H1")
        session.exec(query).one().objection_due = SUNDAY


def decided(town: Town, officer: Speaker, by: Speaker | None = None) -> None:
    """민원처리율: 97.3 reported, confirmed by 최팀장, 93.1 recognised by 정평가 unless by somebody else."""
    has_window(town)
    lead, evaluator = town.person(city.LEAD), by or town.person(city.EVALUATOR)
    hands_in(officer)
    lead.presses("확인")
    evaluator.presses("다른 값으로 승인")
    evaluator.says("93.1")
    evaluator.says("5월분 12건은 대상이 아닙니다.")


def announced(town: Town, officer: Speaker, by: Speaker | None = None) -> None:
    """The same, and the first half is closed."""
    decided(town, officer, by)
    closes(town.person(city.ADMINISTRATOR), "2019년 성과관리 상반기")


def files(person: Speaker, content: bytes, asked: str = "97.3") -> None:
    """Appeals with a reason, a value and new evidence, from the list of results."""
    person.says("이의신청")
    person.presses("평가 결과에서 신청")
    person.presses("민원처리율")
    person.presses("이의신청")
    person.says(WHY)
    person.says(asked)
    person.attaches(content, "5월 처리대장.pdf")
    person.presses("다음")
