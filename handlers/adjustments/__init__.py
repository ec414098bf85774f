"""Bonus and deduction (가감점): proposed with a reason, decided by somebody else, told to whose they are."""

from handlers.adjustments import card, decide, listing, proposing
from handlers.dialogue.book import Dialogue
from models.words import say

dialogue = Dialogue("adjustments")
dialogue.step("list", listing.show)
dialogue.step("parts", proposing.show_parts)
dialogue.step("subjects", proposing.show_subjects)
dialogue.step("propose", proposing.show, proposing.take)
dialogue.step("card", card.show, guard=card.may_leave, ring=say("가감점에 관한 소식이 있습니다."))
dialogue.step("decide", decide.show, decide.take, guard=card.may_leave)
dialogue.step("done", decide.show_done, guard=card.may_leave)
