"""Consultation, training and meetings: booking a slot, moving, cancelling, waiting; slots made and changed in chat."""

from handlers.consultation import calendar, changing, done, home, making, offer, own, schedule, slot, slots
from handlers.dialogue.book import Dialogue
from handlers.dialogue.errands import Work
from models.words import say

dialogue = Dialogue("consultation")
dialogue.step("home", home.show)
dialogue.step("slots", slots.show, slots.take)
dialogue.step("slot", slot.show, slot.take, guard=slot.may_leave)
dialogue.step("done", done.show)
dialogue.step("bookings", own.show)
dialogue.step("waiting", own.show_waiting, own.take_waiting)
dialogue.step("offer", offer.show, offer.take, guard=offer.may_leave, ring=say("기다리시던 자리가 났습니다."))
dialogue.step("calendar", calendar.show, guard=calendar.may_leave, ring=say("일정에 관한 소식이 있습니다."))
dialogue.step("schedule", schedule.show)
dialogue.step("make", making.show, making.take)
dialogue.step("made", making.show_made)
dialogue.step("change", changing.show, changing.take)
dialogue.step("cancel_slot", changing.show_cancel, changing.take_cancel)
dialogue.step("cancel_booking", changing.show_cancel_booking, changing.take_cancel_booking)

ERRANDS: dict[str, Work] = {"calendar": calendar.work}
