"""What happens by the clock, and that a tick cut off is no mishap."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.evidence.vault import Vault
from models.messaging.inbox import Inbox, first_time
from models.messaging.web import WebSession
from scheduler.housekeeping import INBOX_KEPT
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
