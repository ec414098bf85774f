"""Attendance of consultations, training and meetings, noted by who takes part in them with one press each."""

from handlers.attendance import slot, slots
from handlers.dialogue.book import Dialogue

dialogue = Dialogue("attendance")
dialogue.step("slots", slots.show)
dialogue.step("slot", slot.show, slot.take, guard=slot.may_leave)
dialogue.step("taken", slot.show_taken)
