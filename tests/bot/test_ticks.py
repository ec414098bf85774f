"""What happens by the clock, and that a tick cut off is no mishap."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from models.evidence.vault import Vault
from models.messaging.account import Messenger, web_account
from models.messaging.arrival import Arrival, ArrivalState
from models.messaging.inbox import Inbox, first_time
from models.messaging.linking import Guesses
from models.messaging.upload_link import LINK_LASTS, UploadLink, make_upload_link
from models.messaging.web import WebSession
from scheduler.housekeeping import FAILED_ARRIVALS_KEPT, INBOX_KEPT, LINKS_KEPT, LOCKS_KEPT, tidy
from tests.kit.city import City
from tests.kit.served import Served, serving


async def test_what_is_too_old_to_be_of_use_is_thrown_away(served: Served) -> None:
    served.new_session("officer")
    served.write(lambda session: first_time(session, "web:1:old", served.clock.now() - INBOX_KEPT))
    served.write(lambda session: first_time(session, "web:1:new", served.clock.now()))
    served.clock.move(timedelta(seconds=1))
    served.machine.move(timedelta(hours=12, seconds=1))
    served.new_session("civil")
    await served.house.tick()
    assert [row.account_id for row in served.rows(WebSession)] == [2]
    assert [row.key for row in served.rows(Inbox)] == ["web:1:new"]


async def test_links_locks_and_what_could_not_be_taken_go_when_nobody_needs_them_any_more(
    served: Served,
) -> None:
    machine, now = served.machine.now(), served.clock.now()
    long_ago, later = timedelta(days=31), timedelta(seconds=1)

    def fill(session: Session) -> None:
        account = web_account(session, now, served.city.people["officer"]).id or 0
        for made in (now - LINK_LASTS - LINKS_KEPT - later, now - LINK_LASTS, now):
            make_upload_link(session, made, account)
        for address, locked_until in (
            ("over", now - LOCKS_KEPT - later),
            ("locked", now),
            ("guessing", None),
        ):
            session.add(Guesses(messenger=Messenger.TELEGRAM, address=address, locked_until=locked_until))
        for address, state, ready_at in (
            ("old", ArrivalState.FAILED, machine - long_ago),
            ("late", ArrivalState.WAITING, machine - long_ago),
            ("new", ArrivalState.FAILED, machine - FAILED_ARRIVALS_KEPT + later),
        ):
            session.add(
                Arrival(
                    messenger=Messenger.SLACK, address=address, payload={}, state=state, ready_at=ready_at
                )
            )

    served.write(fill)
    served.write(lambda session: tidy(session, now, machine))
    assert sorted(row.expires_at for row in served.rows(UploadLink)) == [now, now + LINK_LASTS]
    assert {row.address for row in served.rows(Guesses)} == {"locked", "guessing"}
    assert {row.address for row in served.rows(Arrival)} == {"late", "new"}


async def test_stopping_in_the_midst_of_a_tick_is_no_mishap(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def sweeps_for_long(_vault: Vault, _older_than: Any) -> int:
        begun.set()
        return int(may_end.wait(10))

    monkeypatch.setattr(Vault, "sweep", sweeps_for_long)
    async with serving(city, tmp_path) as served:
        await served.house.workers.block(begun.wait, 10)
    may_end.set()
