"""Appeals against a score: the result as it stands, the appeal with new evidence, its decision by somebody else."""

from handlers.appeals import card, decide, listing, result, write
from handlers.dialogue.book import Dialogue
from models.words import say

dialogue = Dialogue("appeals")
dialogue.step("list", listing.show)
dialogue.step("results", listing.show_results)
dialogue.step("result", result.show, guard=result.may_leave)
dialogue.step("file", write.show, write.take, guard=result.may_leave)
dialogue.step("filed", write.show_filed, guard=card.may_leave)
dialogue.step(
    "card", card.show, card.take, guard=card.may_leave, ring=say("이의신청에 관한 소식이 있습니다.")
)
dialogue.step("accept", decide.show_accept, decide.take_accept, guard=card.may_leave)
dialogue.step("dismiss", decide.show_dismiss, decide.take_dismiss, guard=card.may_leave)
dialogue.step("decided", decide.show_decided, guard=card.may_leave)
