"""Plans that live: drafted, consulted on, confirmed, adjusted; indicators that go from one department to another."""

from handlers.dialogue.book import Dialogue
from handlers.dialogue.errands import Work
from handlers.planning import (
    card,
    findings,
    home,
    indicators,
    manual,
    moved,
    moving,
    picture,
    place,
    reason,
    write,
)
from models.words import say

dialogue = Dialogue("plan")
dialogue.step("home", home.show)
dialogue.step("card", card.show, card.take, guard=place.may_see, ring=say("성과계획에 관한 소식이 있습니다."))
dialogue.step("indicators", indicators.show, guard=place.may_see)
dialogue.step("indicator", indicators.show_one, indicators.take_one, guard=place.may_see)
dialogue.step("kind", write.show_kinds)
dialogue.step("write", write.show, write.take)
dialogue.step("reason", reason.show, reason.take)
dialogue.step("manual", manual.show)
dialogue.step("findings", findings.show)
dialogue.step("picture", picture.show)
dialogue.step(
    "again", moved.show_again, guard=moved.hears_of_evaluations, ring=say("추가 사전평가 대상이 있습니다.")
)
dialogue.step("move", moving.show_departments)
dialogue.step("move_what", moving.show_indicators, moving.take_indicators)
dialogue.step("move_to", moving.show_targets)
dialogue.step("move_officer", moving.show_officers)
dialogue.step("move_when", moving.show_form, moving.take_form)
dialogue.step("moves", moved.show_planned, moved.take_planned)
dialogue.step(
    "move_cancelled",
    moved.show_cancelled,
    guard=moved.hears_of_cancelled,
    ring=say("지표 이관이 취소되었습니다."),
)
dialogue.step("moved", moved.show, guard=moved.may_hear, ring=say("지표 이관 소식이 있습니다."))

ERRANDS: dict[str, Work] = {"plan_picture": picture.work}
