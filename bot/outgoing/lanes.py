"""Lanes: what one process has in hand, in the order in which each chat is to hear it."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from bot.outgoing.load import Load
from models.messaging.outbox import Operation

_REMEMBERED = 2_000


@dataclass
class Lane:
    """What is sent one after the other; the first is on its way."""

    key: tuple[int, bool]
    loads: deque[Load] = field(default_factory=deque)


class Lanes:
    """Two lanes an account, one for answers and one for what it is told, so that who waits for an answer does not
    wait for a notice's turn; what changes a screen follows it in the screen's own lane."""

    def __init__(self) -> None:
        self._lanes: dict[tuple[int, bool], Lane] = {}
        self._begun: set[int] = set()
        self._claimed: dict[int, int] = {}
        self._held: dict[int, set[int]] = {}
        self._released: set[int] = set()
        self._messages: OrderedDict[tuple[int, str | None], str] = OrderedDict()

    def join(self, load: Load) -> Lane:
        """Puts it at the end of its lane."""
        other = self._lanes.get((load.account_id, not load.urgent))
        if other is not None and any(one.screen_id == load.screen_id for one in other.loads):
            lane = other
        else:
            key = (load.account_id, load.urgent)
            lane = self._lanes.setdefault(key, Lane(key))
        lane.loads.append(load)
        return lane

    def leave(self, lane: Lane) -> None:
        """The lane is empty."""
        del self._lanes[lane.key]

    def ids(self) -> set[int]:
        """Messages that are in a lane."""
        return {load.outbox_id for lane in self._lanes.values() for load in lane.loads}

    def begun(self, load: Load) -> None:
        """It is being sent from now on."""
        self._begun.add(load.outbox_id)

    def done(self, load: Load) -> None:
        """It was sent, or is not going to be by this lane."""
        self._begun.discard(load.outbox_id)
        self._claimed.pop(load.outbox_id, None)

    def empty(self) -> set[int]:
        """Drops what has not begun; returns what has, and goes on being true of it."""
        for lane in self._lanes.values():
            first = lane.loads[0]
            lane.loads.clear()
            if first.outbox_id in self._begun:
                lane.loads.append(first)
        return self._begun

    def claimed(self, loads: Iterable[Load]) -> None:
        """They were claimed from the outbox, not by a turn."""
        for load in loads:
            self._claimed[load.outbox_id] = load.account_id
            if (waiting := self._held.get(load.account_id)) is not None:
                waiting.discard(load.outbox_id)
                if not waiting:
                    del self._held[load.account_id]

    def claimed_accounts(self) -> int:
        """For how many accounts something that was claimed is on its way."""
        return len(set(self._claimed.values()))

    def hold(self, load: Load) -> None:
        """It was put back: nothing of its account is sent before it."""
        self._held.setdefault(load.account_id, set()).add(load.outbox_id)

    def is_held(self, account_id: int) -> bool:
        """Whether something of the account was put back and has not been claimed again."""
        return account_id in self._held

    def held_by_nothing(self, ending: Collection[int]) -> list[int]:
        """Accounts that are held and have nothing on its way, nor an end that is not written down (`ending`): where
        the outbox has nothing for them either, what was put back has come to its end there."""
        busy = {account_id for account_id, _ in self._lanes}
        return [one for one in self._held if one not in busy and one not in ending]

    def let_go(self, accounts: Iterable[int]) -> None:
        """Nothing waits for them."""
        for one in accounts:
            self._held.pop(one, None)

    def released(self, ids: Iterable[int]) -> None:
        """They were given up in the outbox before any lane had them."""
        self._released |= set(ids)

    def was_released(self, load: Load) -> bool:
        """Whether it is somebody else's, who claims it from the outbox."""
        return load.outbox_id in self._released

    def shown(self, load: Load, message: str | None) -> None:
        """The message that shows a screen from now on, for what was claimed before that was written down."""
        if message is None or message == load.message or load.operation in (Operation.FILE, Operation.RING):
            return
        self._messages[load.screen_id, load.message] = message
        if len(self._messages) > _REMEMBERED:
            self._messages.popitem(last=False)

    def as_known(self, load: Load) -> Load:
        """With the message that shows its screen by now; one that another process wrote down is newer."""
        message, seen = load.message, {load.message}
        while (newer := self._messages.get((load.screen_id, message))) is not None and newer not in seen:
            message = newer
            seen.add(newer)
        is_new = load.operation is Operation.POST
        return load if is_new or message == load.message else replace(load, message=message)
