"""The published limits on sending, counted over sliding windows of the server's own clock.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: in one chat no more than a message a
second, with short bursts; in a group 20 a minute; to all of them about 30 a second. They are about messages: edits,
deletions, chat actions and answers to buttons are not counted.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from tests.kit.telegram.chats import Chat, Kind
from tests.kit.telegram.clock import Clock
from tests.kit.telegram.refusals import too_many_requests

OVERALL = 30
IN_A_GROUP = 20
MINUTE = 60.0


@dataclass
class Window:
    """At most so many messages in any stretch of so many seconds."""

    most: int
    seconds: float
    sent: deque[float] = field(default_factory=deque)
    blocked_until: float = 0.0

    def wait(self, now: float, count: int) -> float:
        """Seconds until so many messages may be sent; an album larger than the window needs all of it."""
        while self.sent and self.sent[0] <= now - self.seconds:
            self.sent.popleft()
        if now < self.blocked_until:
            return self.blocked_until - now
        over = len(self.sent) + min(count, self.most) - self.most
        return self.sent[over - 1] + self.seconds - now if over > 0 else 0.0


@dataclass
class Limits:
    """What was sent lately, overall and to each chat."""

    clock: Clock
    burst: int = 1
    """How many messages a private chat takes at once; over as many seconds it is one a second all the same."""
    _overall: Window = field(default_factory=lambda: Window(OVERALL, 1.0))
    _chats: dict[int, Window] = field(default_factory=dict)

    def check(self, chat: Chat, count: int = 1) -> None:
        """Refuses what is too much, and from then on everything of that scope until the time it names is over.

        Raises:
            Refused: 429, with the seconds to wait.
        """
        now = self.clock.monotonic()
        for window in (self._window(chat), self._overall):
            wait = window.wait(now, count)
            if wait > 0:
                refused = too_many_requests(wait)
                if now >= window.blocked_until:
                    window.blocked_until = now + refused.parameters["retry_after"]
                raise refused

    def count(self, chat: Chat, count: int = 1) -> None:
        """Messages were sent."""
        times = [self.clock.monotonic()] * count
        self._window(chat).sent.extend(times)
        self._overall.sent.extend(times)

    def _window(self, chat: Chat) -> Window:
        if chat.chat_id not in self._chats:
            in_private = Window(self.burst, float(self.burst))
            self._chats[chat.chat_id] = (
                in_private if chat.kind is Kind.PRIVATE else Window(IN_A_GROUP, MINUTE)
            )
        return self._chats[chat.chat_id]
