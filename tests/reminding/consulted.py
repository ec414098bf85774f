"""A consultation in the town hall: papers by 10 July, views by 17, bookings from 1 until 19, slots on 24 July 2019.

Rows are changed directly, past all rights and rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from models.consultation.booking import Booking, BookingState
from models.consultation.deduction import Deduction, DeductionState
from models.consultation.programme import Programme, ProgrammeKind, Slot
from models.consultation.review import Criterion, Paper, PaperState, ReviewTask, Verdict, View, ViewStage
from models.messaging.account import web_account
from models.organization import Person, Role, RoleHeld
from models.plan import Period, PeriodState
from models.reminding.table import Reminder, ReminderState
from tests.reminding.hall import DUE, Hall, added, seoul

STARTS = seoul("2019-07-24 14:00")
BEFORE, HALF_AN_HOUR = seoul("2019-07-23 09:00"), STARTS - timedelta(minutes=30)
ENDS = STARTS + timedelta(minutes=40)
EARLIER = seoul("2019-07-01 10:00")
_GOOD: dict[str, Any] = {one.value: Verdict.GOOD for one in Criterion}


@dataclass
class Consulted:
    """The programme and its slot, run by a consultant and for the office by the evaluator."""

    hall: Hall
    programme: int = 0
    slot: int = 0

    def __post_init__(self) -> None:
        self.hall.changes(Period, self.hall.period, state=PeriodState.CLOSED)  # nothing is said of reports
        for name in ("consultant", "other_consultant"):
            self.joins(name, Role.CONSULTANT)
        self.programme = self.hall.adds(
            Programme(
                cycle_id=1, code="C", name="지표 컨설팅", kind=ProgrammeKind.CONSULTATION,
                written_due=seoul("2019-07-10 18:00"), views_due=seoul("2019-07-17 18:00"),
                booking_opens=seoul("2019-07-01 09:00"), booking_due=seoul("2019-07-19 18:00"),
                notes_due=seoul("2019-07-31 18:00"), absence_points=Decimal(2),
            )
        )  # fmt: skip
        self.slot = self.has_slot("S")

    def joins(self, name: str, role: Role) -> None:
        """Somebody new, who may be written to, with a role in the whole city."""
        with self.hall.database.write() as session:
            self.hall.people[name] = key = added(session, Person(code=name, name=name))
            web_account(session, DUE - timedelta(days=300), key)
            session.add(RoleHeld(person_id=key, role=role))

    def has_slot(self, code: str, **more: Any) -> int:
        plain: dict[str, Any] = {
            "programme_id": self.programme, "starts_at": STARTS, "ends_at": ENDS, "place": "소회의실",
            "link": "https://meet.example/7", "consultant_id": self.hall.people["consultant"],
            "office_id": self.hall.people["evaluator"],
        }  # fmt: skip
        return self.hall.adds(Slot(code=code, **plain | more))

    def asks_for(self, **values: Any) -> None:
        """Other dates of the programme; what is not named is not asked for."""
        dates = ("written_due", "views_due", "booking_due", "notes_due")
        self.hall.changes(Programme, self.programme, **dict.fromkeys(dates) | values)

    def hands_in(self, place: str, state: PaperState = PaperState.HANDED_IN, **more: Any) -> int:
        where = self.hall.places[place]
        return self.hall.adds(Paper(programme_id=self.programme, department_id=where, state=state, **more))

    def books(self, person: str, place: str = "D", at: datetime = EARLIER, **more: Any) -> int:
        where = self.hall.places[place]
        plain: dict[str, Any] = {
            "programme_id": self.programme, "slot_id": self.slot, "seat": 1, "holder": f"department:{where}",
            "department_id": where, "person_id": self.hall.people[person], "uid": f"{person}{place}{at}",
            "booked_at": at, "changed_at": at,
        }  # fmt: skip
        return self.hall.adds(Booking(**plain | more))

    def cancels(self, booking: int) -> None:
        self.hall.changes(Booking, booking, state=BookingState.CANCELLED, seat=None, holder=None)

    def moves(self, to: datetime) -> None:
        """The slot is at another time."""
        self.hall.changes(Slot, self.slot, starts_at=to, ends_at=to + timedelta(minutes=40))

    def came(self, booking: int) -> None:
        self.hall.changes(Booking, booking, state=BookingState.ATTENDED)

    def notes(self, code: str, sent_at: datetime | None) -> int:
        """A note on an indicator by its code."""
        by = self.hall.people["consultant"]
        return self.hall.adds(
            View(
                programme_id=self.programme, indicator_id=self.hall.indicators[code], stage=ViewStage.NOTE,
                consultant_id=by, written_at=STARTS, sent_at=sent_at, **_GOOD,
            )
        )  # fmt: skip

    def task(self, code: str, due: datetime) -> int:
        """What a note asks of an indicator's officer."""
        indicator = self.hall.indicators[code]
        view = self.notes(code, STARTS)
        return self.hall.adds(
            ReviewTask(view_id=view, indicator_id=indicator, criterion=Criterion.TARGET, due_at=due)
        )

    def deduction(self, due: datetime, state: DeductionState = DeductionState.CONFIRMED) -> int:
        """One of the department D, decided on a working day and a half before it is too late to object."""
        return self.hall.adds(
            Deduction(
                programme_id=self.programme, department_id=self.hall.places["D"], points=Decimal(2),
                state=state, proposed_at=EARLIER, decided_by_id=self.hall.people["administrator"],
                decided_at=EARLIER, objection_due=due, reason="통보 없이 불참",
            )
        )  # fmt: skip

    def told(self, person: str, at: datetime | None = None) -> list[str]:
        """What a person was told of consultations, or is about to be, in order: `consultation:officer:-1 paper`."""
        mine = Reminder.person_id == self.hall.people[person]
        rows = self.hall.rows(mine, Reminder.state != ReminderState.SILENT)
        return [f"{one.kind} {one.subject.split(':')[0]}" for one in rows if at in (None, one.made_at)]

    def day(self, *instants: str) -> None:
        """The clock ticks at these instants; what is due is written."""
        for instant in instants:
            self.hall.looks(seoul(f"2019-{instant}"))
