"""What people are reminded of: a digest of their duties, a team lead's board, an administrator's view of the city."""

from handlers.dialogue.book import Dialogue
from handlers.reminders import board, city, digest, listing, nudged
from handlers.reminders.leaving import as_it_leaves, as_it_stands
from models.words import say

dialogue = Dialogue("reminders")
dialogue.step(
    "digest",
    as_it_stands(digest.tell),
    digest.take,
    guard=digest.may_leave,
    ring=say("기한이 다가온 일이 있습니다."),
    fresh=as_it_leaves(digest.tell),
)
dialogue.step(
    "board",
    as_it_stands(board.tell),
    board.take,
    guard=digest.may_leave,
    ring=say("부서에 챙기실 일이 있습니다."),
    fresh=as_it_leaves(board.tell),
)
dialogue.step(
    "city",
    as_it_stands(city.tell),
    guard=digest.may_leave,
    ring=say("전체 진행을 확인하실 때입니다."),
    fresh=as_it_leaves(city.tell),
)
dialogue.step("list", listing.show)
dialogue.step(
    "nudged",
    nudged.show,
    guard=nudged.may_leave,
    ring=say("챙겨 달라는 요청이 있습니다."),
    fresh=nudged.show,
)
dialogue.step("nudge_sent", nudged.show_sent)
