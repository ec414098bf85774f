"""What stands in people's chats, against what the database holds to stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import Session, col, select

from models.messaging.account import Account
from models.messaging.conversation import DrawnScreen
from models.messaging.outbox import Outbox
from tests.dialogues.city import MONDAY
from tests.kills.hands import token_of
from tests.kills.town import Town
from tests.kit.slack import SlackServer
from tests.kit.slack.reading import pressables
from tests.kit.telegram import TelegramServer

_DONE_BEFORE = ("message is not modified", "message to delete not found", "query is too old")
"""How Telegram refuses what it did already, and was to do again since its answer was lost."""

Buttons = dict[str, list[tuple[str, str]]]
"""By message: label and token of each button."""


def find_wrong(session: Session, town: Town) -> Iterator[str]:
    """Chats that do not show what they should, or buttons that contradict each other."""
    rows = session.exec(
        select(DrawnScreen, Account)
        .join(Account, col(Account.id) == col(DrawnScreen.account_id))
        .where(Account.messenger == town.messenger)
        .order_by(col(DrawnScreen.id))
    ).all()
    by_chat: defaultdict[str, list[DrawnScreen]] = defaultdict(list)
    for screen, account in rows:
        by_chat[account.address or ""].append(screen)
    for address, screens in by_chat.items():
        buttons = _buttons(town.service, address)
        yield from _not_as_they_stand(screens, buttons)
        yield from _contradictions(screens, buttons)


def was_replaced(session: Session, row: Outbox) -> bool:
    """Whether its screen was over before it came, and another one shown below it."""
    return session.get_one(DrawnScreen, row.screen_id).expires_at <= MONDAY


def cards_of(session: Session, person_id: int) -> list[DrawnScreen]:
    """Cards of reports that a person was told."""
    mine = select(DrawnScreen).where(DrawnScreen.person_id == person_id, DrawnScreen.kind == "card")
    mine = mine.where(~col(DrawnScreen.step).startswith("reminders."))
    return list(session.exec(mine))


def strange_refusals(refusals: Iterable[Any]) -> Iterator[Any]:
    """Those that no call made again explains."""
    for one in refusals:
        words = str(getattr(one, "description", getattr(one, "error", "")))
        if not any(known in words for known in (*_DONE_BEFORE, "message_not_found")):
            yield one


def _not_as_they_stand(screens: Iterable[DrawnScreen], buttons: Buttons) -> Iterator[str]:
    """The message of a screen that waits has the screen's buttons as they were drawn last. Those of one that is over
    may be left standing by a kill, and say so themselves when they are pressed: Slack, which takes few updates, has
    them off when there is time, and of 500 kills on PostgreSQL three left some in Telegram."""
    for screen in screens:
        message = (screen.message or "").rpartition(":")[2].rpartition(",")[2]
        if screen.expires_at <= MONDAY or not message:
            continue
        tokens = {token for _, token in buttons.get(message, [])}
        wanted = {screen.token} if screen.live and screen.actions else set()
        if tokens != wanted and screen.live:
            yield f"message {message} of screen {screen.id} has buttons of {tokens}, not of {wanted}"


def _contradictions(screens: Iterable[DrawnScreen], buttons: Buttons) -> Iterator[str]:
    """What can still be pressed says one thing: copies of a screen have the same buttons, and one question waits."""
    working = {screen.token: screen for screen in screens if screen.live and screen.expires_at > MONDAY}
    seen: defaultdict[int, set[tuple[str, ...]]] = defaultdict(set)
    questions = set()
    for on_message in buttons.values():
        labels = tuple(label for label, token in on_message if token in working)
        for screen in {token: working[token] for _, token in on_message if token in working}.values():
            assert screen.id is not None
            seen[screen.id].add(labels)
            questions |= {screen.id} if screen.kind in ("menu", "form", "fileask") else set()
    yield from (f"copies of screen {key} differ: {kinds}" for key, kinds in seen.items() if len(kinds) > 1)
    if len(questions) > 1:
        yield f"screens {sorted(questions)} wait for an answer at once"


def _buttons(service: TelegramServer | SlackServer, address: str) -> Buttons:
    if isinstance(service, SlackServer):
        messages = service.workspace.direct_message(address.partition(":")[2]).messages
        return {ts: _on_slack(raw) for ts, raw in messages.items()}
    chat = service.person(int(address)).chat
    return {
        str(one.message_id): [(button["text"], token_of(button["callback_data"])) for button in one.buttons()]
        for one in chat.shown()
    }


def _on_slack(raw: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for one in pressables(raw):
        value = (one.option or one.element).get("value")
        if value:
            found.append((one.label, token_of(str(value))))
    return found
