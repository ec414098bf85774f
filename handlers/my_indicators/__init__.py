"""An officer's own indicators: what is due, what came back, what was approved, and the history of each."""

from handlers.dialogue.book import Dialogue
from handlers.my_indicators import history, listing
from handlers.report_actual.facts import may_see_report

dialogue = Dialogue("my_indicators")
dialogue.step("list", listing.show)
dialogue.step("closed", listing.show_closed)
dialogue.step("history", history.show, guard=may_see_report)
