"""Results of schemes: looked at, announced, told to whose they are."""

from handlers.dialogue.book import Dialogue
from handlers.dialogue.errands import Work
from handlers.results import announcing, listing, missing, scheme, subject, telling, told
from models.words import say

dialogue = Dialogue("results")
dialogue.step("list", listing.show)
dialogue.step("scheme", scheme.show)
dialogue.step("missing", missing.show)
dialogue.step("subject", subject.show)
dialogue.step("announce", announcing.show, announcing.take)
dialogue.step("announced", announcing.show_announced)
dialogue.step("told", told.show, guard=told.may_leave, ring=say("평가 결과가 게시되었습니다."))
dialogue.step("full", told.show_full, guard=told.may_see_all, ring=say("평가 결과가 게시되었습니다."))

ERRANDS: dict[str, Work] = {"result_told": telling.work}
