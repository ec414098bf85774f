"""Deductions for not taking part: put before administrators, decided with a reason, objected to, settled."""

from handlers.deductions import card, decide, listing
from handlers.dialogue.book import Dialogue
from models.words import say

dialogue = Dialogue("deductions")
dialogue.step("list", listing.show)
dialogue.step("card", card.show, guard=card.may_leave, ring=say("미참여 감점에 관한 소식이 있습니다."))
dialogue.step(
    "proposed",
    listing.show_proposed,
    guard=listing.may_leave,
    ring=say("결정하실 미참여 감점이 있습니다."),
)
dialogue.step("decide", decide.show, decide.take, guard=card.may_leave)
dialogue.step("object", decide.show_objection, decide.take_objection, guard=card.may_leave)
dialogue.step("done", decide.show_done, guard=card.may_leave)
