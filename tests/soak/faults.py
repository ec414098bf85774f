"""What goes wrong at random on the way to the services and back."""

from __future__ import annotations

from random import Random

from tests.kit.slack import SlackServer
from tests.kit.telegram import ANY, TelegramServer

_TELEGRAM = (
    ANY,
    ANY,
    "sendMessage",
    "editMessageText",
    "deleteMessage",
    "getUpdates",
    "getFile",
    "sendDocument",
)
_SLACK = (
    "chat.postMessage", "chat.postMessage", "chat.update", "chat.delete", "views.open", "views.publish", "download",
    "chat.postEphemeral", "conversations.history", "users.info", "upload", "files.completeUploadExternal",
)  # fmt: skip


def strike_telegram(server: TelegramServer, random: Random) -> None:
    """One more fault in store."""
    method, accepted, faults = random.choice(_TELEGRAM), random.random() < 0.5, server.faults
    match random.randrange(8):
        case 0 | 1:
            faults.answers_with(method, random.choice((500, 502)), random.randint(1, 2), accepted=accepted)
        case 2 | 3:
            faults.drops(method, accepted=accepted)
        case 4:
            faults.is_slow(method, random.uniform(0.2, 1.5))
        case 5:
            faults.says_too_many(method, 1)
        case 6:
            faults.talks_garbage(method, accepted=accepted)
        case 7:
            server.updates.deliver_twice(random.randint(1, 3))


def strike_slack(server: SlackServer, random: Random) -> None:
    """One more fault in store, or the sockets cut."""
    method, accepted, faults = random.choice(_SLACK), random.random() < 0.5, server.faults
    match random.randrange(9):
        case 0 | 1:
            faults.fails(method, random.randint(1, 2), accepted=accepted)
        case 2 | 3:
            faults.drops(method, accepted=accepted)
        case 4:
            faults.is_slow(method, random.uniform(0.2, 1.5))
        case 5:
            faults.ratelimits(method, 1)
        case 6:
            faults.garbles(method, accepted=accepted)
        case 7:
            faults.refuses(method, random.choice(("internal_error", "service_unavailable", "fatal_error")))
        case 8:
            server.sockets.cut()


def end(telegram: TelegramServer, slack: SlackServer) -> None:
    """Nothing more goes wrong."""
    telegram.faults._to_come.clear()
    telegram.updates._twice = 0
    slack.faults._stored.clear()
