"""What has become of a digest by the moment it leaves, late as that may be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select

from bot.outgoing.claiming import Claiming
from bot.outgoing.claims import Claimant
from bot.outgoing.load import Load
from handlers.book import BOOK
from models.evidence.vault import Vault
from models.messaging.account import Account, Messenger
from models.messaging.outbox import NOTHING_LEFT, Outbox, Sending
from models.reminding.table import Reminder, ReminderState
from tests.reminding.hall import Hall, hours, seoul

D3, D0 = seoul("2019-07-10 09:00"), seoul("2019-07-15 09:00")
EVENING, NIGHT, MORNING = seoul("2019-07-10 19:50"), seoul("2019-07-11 02:00"), seoul("2019-07-11 09:00")


def test_a_digest_held_up_into_the_night_waits_for_the_morning(hall: Hall) -> None:
    hall.looks(EVENING)
    hall.gathers(EVENING)
    hall.delivers(NIGHT)
    assert hall.messages("a") == []
    for now in hours(NIGHT, MORNING):
        hall.runs(now)
    assert [one.at for one in hall.received if one.person == "a"] == [MORNING, MORNING]
    assert len(hall.messages("a")) == 1


def test_one_held_up_into_a_leave_waits_for_its_end(hall: Hall) -> None:
    hall.looks(D3)
    hall.gathers(D3)
    hall.is_away("a", "2019-07-10", "2019-07-11")
    hall.delivers(D3 + timedelta(minutes=1))
    assert hall.messages("a") == [] and len(hall.messages("b")) == 1
    for now in hours(D3, seoul("2019-07-12 09:00")):
        hall.runs(now)
    assert {one.at for one in hall.received if one.person == "a"} == {seoul("2019-07-12 09:00")}


def test_what_cannot_wait_leaves_at_night_without_what_can(hall: Hall) -> None:
    soon = hall.returns("A1", D3 - timedelta(days=6), seoul("2019-07-11 07:00"))
    hall.looks(EVENING)
    hall.gathers(EVENING)
    hall.delivers(NIGHT)
    assert hall.told("a") == [f"return:officer:-1 return:{soon}"]
    for now in hours(NIGHT, MORNING):
        hall.runs(now)
    assert "report:officer:-3 A2" in hall.told("a", MORNING)


def test_only_what_was_told_counts_as_told(hall: Hall) -> None:
    hall.looks(D3)
    hall.gathers(D3)
    hall.hands_in("A1")
    hall.delivers(D3)
    states = {
        row.subject.partition(":")[2]: row.state for row in hall.rows(Reminder.person_id == hall.people["a"])
    }
    first, second = (f"{hall.indicators[code]}.{hall.period}" for code in ("A1", "A2"))
    assert states == {first: ReminderState.SILENT, second: ReminderState.TOLD}


def test_where_everything_is_done_nothing_leaves(hall: Hall) -> None:
    hall.looks(D3)
    hall.gathers(D3)
    hall.hands_in("B1")
    hall.delivers(D3)
    assert hall.messages("b") == []
    with hall.database.read() as session:
        faults = session.exec(select(Outbox.fault).where(Outbox.state == Sending.DEAD))
        assert list(faults) == [NOTHING_LEFT]


class Courier:
    """Claims what waits for Telegram, as the courier of a process does."""

    def __init__(self, hall: Hall, folder: Path) -> None:
        self.hall = hall
        self.claiming = Claiming(Claimant(folder / "sending"), BOOK, Vault(folder / "evidence"))
        with hall.database.write() as session:
            for account in session.exec(select(Account).where(Account.person_id == hall.people["a"])):
                account.messenger, account.address = Messenger.TELEGRAM, "91"

    def claims(self, now) -> list[Load]:  # type: ignore[no-untyped-def]
        with self.hall.database.write() as session:
            return self.claiming.waiting(session, now, now, Messenger.TELEGRAM, 40)


def test_on_telegram_it_is_claimed_as_it_stands_then(hall: Hall, tmp_path: Path) -> None:
    courier = Courier(hall, tmp_path)
    hall.looks(D3)
    hall.gathers(D3)
    hall.hands_in("A1")
    [load] = courier.claims(D3)
    assert "A2" in str(load.body["text"]) and "A1" not in str(load.body["text"])


def test_on_telegram_what_an_outage_held_up_into_the_night_waits_for_the_morning(
    hall: Hall, tmp_path: Path
) -> None:
    courier = Courier(hall, tmp_path)
    hall.looks(EVENING)
    hall.gathers(EVENING)
    assert courier.claims(NIGHT) == []
    with hall.database.read() as session:
        [row] = session.exec(select(Outbox).where(col(Outbox.messenger) == Messenger.TELEGRAM))
        assert (row.state, row.fault) == (Sending.DEAD, NOTHING_LEFT)
    for now in hours(NIGHT, MORNING):
        hall.runs(now)
        loads = courier.claims(now)
        assert len(loads) == (now == MORNING)
