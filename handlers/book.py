"""Every dialogue there is, in one book."""

from handlers import (
    absence,
    account,
    admin,
    attendance,
    consultation,
    deductions,
    early_warning,
    my_indicators,
    reminders,
    report_actual,
    review,
    team_board,
    written_review,
)
from handlers.dialogue.book import Book
from handlers.dialogue.errands import Work
from handlers.front_door import FRONT_DOOR

BOOK = Book(
    [
        account.dialogue,
        my_indicators.dialogue,
        report_actual.dialogue,
        review.dialogue,
        team_board.dialogue,
        reminders.dialogue,
        written_review.dialogue,
        early_warning.dialogue,
        absence.dialogue,
        consultation.dialogue,
        attendance.dialogue,
        deductions.dialogue,
        admin.dialogue,
    ],
    FRONT_DOOR,
)

ERRANDS: dict[str, Work] = {**admin.ERRANDS, **consultation.ERRANDS, **early_warning.ERRANDS}
