"""Words that no screen asked for: commands, the quick line, or nothing we know."""

from __future__ import annotations

from handlers.dialogue.answers import Said
from handlers.dialogue.book import FrontDoor
from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from handlers.report_actual.quick import understand

_COMMANDS = {
    "account.home": ("메뉴", "처음", "처음으로", "시작", "홈", "menu", "home", "start"),
    "account.help": ("도움말", "도움", "help", "?"),
    "account.language": ("언어", "language"),
    "my_indicators.list": ("내지표", "지표", "mine", "myindicators"),
    "team_board.board": ("부서현황", "현황", "board"),
    "review.queue": ("대기함", "검토", "검토대기함", "queue"),
    "absence.home": ("부재", "휴가", "대결", "absence"),
    "consultation.home": ("컨설팅", "교육", "일정", "컨설팅·교육", "예약", "consultation"),
    "consultation.bookings": ("내예약", "bookings", "mybookings"),
    "attendance.slots": ("출석", "출석기록", "attendance"),
    "ratings.home": ("평가", "내평가", "ratings"),
    "deductions.list": ("감점", "미참여감점", "deductions"),
    "appeals.list": ("이의신청", "이의", "appeals"),
    "adjustments.list": ("가감점", "가점", "adjustments"),
    "results.list": ("평가결과", "결과", "results"),
    "owner_items.list": ("소관항목", "소관", "owneritems"),
    "plan.home": ("계획", "성과계획", "plan"),
    "admin.home": ("관리", "admin"),
}
_STEPS = {word: step for step, words in _COMMANDS.items() for word in words}
_LONGEST_SHOWN = 40


def command(said: Said) -> Go | None:
    """Where a command leads; None where it is none."""
    word = "".join(said.text.casefold().split()).removeprefix("/")
    return Go(_STEPS[word]) if word in _STEPS and not said.files else None


def unknown(_talk: Talk, said: Said) -> Go:
    """Says that it was not understood, and what would be."""
    text = " ".join(said.text.split())
    shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
    return Go("account.unknown", {"text": shown})


FRONT_DOOR = FrontDoor(home=Go("account.home"), command=command, quick=understand, unknown=unknown)
