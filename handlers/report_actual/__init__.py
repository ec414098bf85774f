"""Reporting an actual: open the indicator, fill in the form, see the arithmetic, hand it in."""

from handlers.dialogue.book import Dialogue
from handlers.report_actual import check, entry, opening, quick
from handlers.report_actual.facts import may_see_report

dialogue = Dialogue("report_actual")
dialogue.step("open", opening.show, opening.take, guard=opening.may_leave)
dialogue.step("which", quick.show_which)
dialogue.step("entry", entry.show, entry.take, guard=opening.may_leave)
dialogue.step("check", check.show, check.take, guard=may_see_report)
dialogue.step("submitted", check.show_submitted, guard=may_see_report)
