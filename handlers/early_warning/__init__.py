"""Early warning (조기 경보): officers and team leads are told in time that a year's target is likely missed."""

from handlers.dialogue.book import Dialogue
from handlers.dialogue.errands import Work
from handlers.early_warning import notice, telling
from models.words import say

dialogue = Dialogue("early_warning")
dialogue.step(
    "notice",
    notice.show,
    guard=notice.may_leave,
    ring=say("올해 목표 달성이 어려울 것으로 예상되는 지표가 있습니다."),
)

ERRANDS: dict[str, Work] = {"early_warning": telling.work}
