"""'왜 이 점수인가요?': from a total down to each point, as it is now or as of any day."""

from handlers.dialogue.book import Dialogue
from handlers.explain import day, place, steps

dialogue = Dialogue("explain")
dialogue.step("total", steps.show, guard=place.may_see)
dialogue.step("part", steps.show, guard=place.may_see)
dialogue.step("indicator", steps.show, guard=place.may_see)
dialogue.step("day", day.show, day.take)
