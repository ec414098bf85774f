"""Every dialogue there is, in one book."""

from handlers import account, admin, my_indicators, reminders, report_actual, review, team_board
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
        admin.dialogue,
    ],
    FRONT_DOOR,
)

ERRANDS: dict[str, Work] = dict(admin.ERRANDS)
