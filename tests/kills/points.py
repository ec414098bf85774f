"""The points a bot can be stopped at. Only what is born in tests/kills/zygote.py is changed, after its fork.

Where the process itself stops, it dies by its own hand, as by the machine's, between one statement and the next. Where
something else has to come about first (the acknowledgement is out), what was about to happen waits for ever, and the
test kills.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import bot.outgoing.courier as courier
import bot.slack.sender as slack
import bot.telegram.sender as telegram
from bot.arrivals import Arrivals
from bot.slack.waiting import Waiting
from bot.telegram.intake import Intake
from bot.workers import Workers
from scheduler import due

_TURNS = {"take_turn", "_turn", "_taken"}


class Point(StrEnum):
    """Between which two things. What happens while a service holds a call is killed from there."""

    NOWHERE = ""
    AFTER_RECEIPT = "after receipt"
    BEFORE_COMMIT = "before commit"
    AFTER_COMMIT = "after commit, before the acknowledgement"
    AFTER_KEEPING = "after keeping what came, before the acknowledgement"
    BEFORE_TAKING = "between keeping what came and taking it"
    BEFORE_SENDING = "after the acknowledgement, before sending"
    BEFORE_RECORDING = "after sending, before recording"
    BEFORE_WRITING = "before the commit of reminders"
    BETWEEN_PIECES = "between two pieces of reminders"
    BEFORE_DIGESTS = "gathered, before the commit of digests"
    AFTER_DIGESTS = "after the commit of digests, before sending"


WAITS_FOR_ITS_KILLER = {Point.BEFORE_TAKING, Point.BEFORE_SENDING}


def stop_at(point: Point, nth: int, reached: Callable[[], None]) -> None:
    """Stops this process when it comes to the point for the nth time."""
    count = _Countdown(nth, reached)
    match point:
        case Point.AFTER_RECEIPT | Point.BEFORE_COMMIT | Point.AFTER_COMMIT:
            _around_writes(point, count, _is_turn)
        case Point.AFTER_KEEPING:
            _around_writes(Point.AFTER_COMMIT, count, _is_keeping)
        case Point.BEFORE_TAKING:
            _wait_before(Arrivals, "_take_one", count)
        case Point.BEFORE_SENDING:
            for sender in (telegram.TelegramSender, slack.SlackSender):
                _wait_before(sender, "send", count)
        case Point.BEFORE_RECORDING:
            _die_before_settling(count)
        case Point.BEFORE_WRITING | Point.BETWEEN_PIECES:
            _in_the_course("write", count, before_commit=point is Point.BEFORE_WRITING)
        case Point.BEFORE_DIGESTS | Point.AFTER_DIGESTS:
            _in_the_course("send_digests", count, before_commit=point is Point.BEFORE_DIGESTS)


class _Countdown:
    def __init__(self, nth: int, reached: Callable[[], None]) -> None:
        self._left = nth
        self._reached = reached

    def is_over(self) -> bool:
        self._left -= 1
        if self._left == 0:
            self._reached()
        return self._left == 0

    def die(self) -> None:
        if self.is_over():
            os.kill(os.getpid(), signal.SIGKILL)


def _wait_before(owner: Any, name: str, count: _Countdown) -> None:
    done = getattr(owner, name)

    async def waiting(*args: Any) -> Any:
        if count.is_over():
            await asyncio.Event().wait()
        return await done(*args)

    setattr(owner, name, waiting)


def _die_before_settling(count: _Countdown) -> None:
    settle = vars(courier)["settle"]

    def dying(*args: Any) -> Any:
        count.die()
        return settle(*args)

    vars(courier)["settle"] = dying


def _in_the_course(name: str, count: _Countdown, *, before_commit: bool) -> None:
    """Around a piece of what the clock has done."""
    piece, write = vars(due)[name], Workers._write
    done = threading.local()

    def doing(*args: Any) -> Any:
        result = piece(*args)
        done.it = True
        if before_commit:
            count.die()
        return result

    def writing(self: Workers, work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        done.it = False
        result = write(self, work, args)
        if done.it and not before_commit:
            count.die()
        return result

    vars(due)[name] = doing
    Workers._write = writing  # type: ignore[method-assign]


def _around_writes(point: Point, count: _Countdown, is_it: Callable[[Callable[..., Any]], bool]) -> None:
    write = Workers.write

    async def dying(self: Workers, work: Callable[..., Any], *args: Any) -> Any:
        if not is_it(work):
            return await write(self, work, *args)
        if point is Point.AFTER_RECEIPT:
            count.die()

        def worked(*given: Any) -> Any:
            done = work(*given)
            if point is Point.BEFORE_COMMIT:
                count.die()
            return done

        done = await write(self, worked, *args)
        if point is Point.AFTER_COMMIT:
            count.die()
        return done

    Workers.write = dying  # type: ignore[method-assign]


def _is_turn(work: Callable[..., Any]) -> bool:
    """Whether it is a turn: take_turn itself, or what a messenger does around it."""
    return getattr(work, "__name__", "") in _TURNS


def _is_keeping(work: Callable[..., Any]) -> bool:
    """Whether it writes down what has to wait."""
    return isinstance(getattr(work, "__self__", None), Intake | Waiting) and not _is_turn(work)
