"""Looking at reports: the queue, one report with what changed, and the decisions on it."""

from handlers.dialogue.book import Dialogue
from handlers.report_actual.facts import may_see_report
from handlers.review import card, decided, queue, recognise, return_
from models.words import say

dialogue = Dialogue("review")
dialogue.step("queue", queue.show)
dialogue.step("by_department", queue.show_departments)
dialogue.step("by_period", queue.show_periods)
dialogue.step("card", card.show, card.take, guard=may_see_report, ring=say("검토하실 보고가 도착했습니다."))
dialogue.step("recognise", recognise.show, recognise.take, guard=may_see_report)
dialogue.step("return", return_.show, return_.take, guard=may_see_report)
dialogue.step("decided", decided.show)
dialogue.step("told", decided.show_told, guard=may_see_report, ring=say("보고하신 건에 결정이 있습니다."))
