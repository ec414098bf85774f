"""Every dialogue there is, in one book."""

from handlers import (
    absence,
    account,
    adjustments,
    admin,
    appeals,
    attendance,
    consultation,
    deductions,
    early_warning,
    explain,
    my_indicators,
    owner_items,
    planning,
    ratings,
    reminders,
    report_actual,
    results,
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
        explain.dialogue,
        absence.dialogue,
        consultation.dialogue,
        attendance.dialogue,
        deductions.dialogue,
        ratings.dialogue,
        appeals.dialogue,
        owner_items.dialogue,
        adjustments.dialogue,
        results.dialogue,
        planning.dialogue,
        admin.dialogue,
    ],
    FRONT_DOOR,
)

ERRANDS: dict[str, Work] = {
    **admin.ERRANDS,
    **consultation.ERRANDS,
    **early_warning.ERRANDS,
    **ratings.ERRANDS,
    **owner_items.ERRANDS,
    **results.ERRANDS,
    **planning.ERRANDS,
}
