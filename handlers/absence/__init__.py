"""Absence: leave is registered, a deputy is named, and whom it concerns is told."""

from handlers.absence import deputy, home, told
from handlers.dialogue.book import Dialogue
from models.words import say

dialogue = Dialogue("absence")
dialogue.step("home", home.show)
dialogue.step("register", home.show_register, home.take_register)
dialogue.step("choose", home.show_choose, home.take_choose)
dialogue.step("leave", home.show_leave, home.take_leave, guard=home.may_leave)
dialogue.step("people", deputy.show_people)
dialogue.step("deputy", deputy.show, deputy.take)
dialogue.step(
    "deputised", told.show_deputised, guard=told.may_hear_of_deputy, ring=say("대결 지정 소식이 있습니다.")
)
dialogue.step(
    "away", told.show_away, guard=told.may_hear_of_leave, ring=say("부서원의 부재 소식이 있습니다.")
)
