"""What happens again and again in these conversations, told once."""

from __future__ import annotations

from tests.kit import files
from tests.kit.conversation import Speaker


def fills_in(person: Speaker, line: str = "민원처리율 97.3", evidence: str = "처리대장.pdf") -> str:
    """Reports by a quick line with a file, as far as the button that hands it in."""
    person.says(line, person.hands_in(files.pdf(), evidence))
    person.presses("건너뛰기")
    return person.button("제출하기")


def hands_in(person: Speaker, line: str = "민원처리율 97.3", evidence: str = "처리대장.pdf") -> None:
    """Reports by a quick line with a file, and hands it in."""
    person.presses_again(fills_in(person, line, evidence))


def returns(person: Speaker, text: str = "6월 통계를 붙여 주세요.", due: str = "7. 19.") -> None:
    """Sends back the report on the newest card."""
    person.presses("반려")
    person.presses("증빙 부족")
    person.says(text)
    person.says(due)


def closes(administrator: Speaker, period: str) -> None:
    """Closes the period of that name, as the list of periods has it."""
    administrator.says("관리")
    administrator.presses("기간 마감")
    administrator.presses(period)
    administrator.presses("마감하기")
