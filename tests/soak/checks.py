"""What must hold when all is quiet again. Everything wrong is named at once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from bot.database.check import check
from models.evidence.vault import Vault
from models.messaging.account import Account, Messenger
from models.messaging.conversation import Conversation, DrawnScreen
from models.messaging.outbox import Outbox, Sending
from models.organization import Person
from models.submission import SubmissionVersion
from tests.dialogues.city import (
    ADMINISTRATOR,
    BUREAU_LEAD,
    CARER,
    CIVIL,
    DEPUTY,
    EVALUATOR,
    LEAD,
    LEAVER,
    OFFICER,
    OTHER_EVALUATOR,
    SAFETY,
    SECOND,
    STAND_IN,
)
from tests.kit.slack.reading import pressables
from tests.soak.crowd import Crowd

STALE = ("지난 화면의 버튼", "belongs to an earlier screen", "an old screen")
_TELEGRAM_REFUSES = (
    "message is not modified", "message to delete not found", "message can't be deleted", "query is too old",
    "bot was blocked by the user", "Too Many Requests: retry after 1", "Internal Server Error",
    "terminated by other getUpdates request", "editMessageReplyMarkup: Bad Request: message to edit not found",
)  # fmt: skip
"""What it did already, its answer having been lost; what faults say; and what people did to us."""
_AFTER_FAULTS = ("message to edit not found",)
"""What was taken away by a call whose answer was lost."""
_SLACK_REFUSES = ("message_not_found", "expired_trigger_id", "exchanged_trigger_id")
_DEAD = ("not see it any more", "another messenger", "unlinked or cannot be reached", "blocked by the user")
_MARK = re.compile(r"비밀초안(\w\w) (\d+)|비밀초안(\w\w)")
_CITY = {EVALUATOR, OTHER_EVALUATOR, STAND_IN, ADMINISTRATOR}
_DRAFTERS = {
    "GA": {OFFICER, SECOND, DEPUTY, LEAD}, "CI": {CIVIL, LEAVER}, "CA": {CARER}, "SF": {SAFETY},
}  # fmt: skip
_READERS = {"GA": {BUREAU_LEAD}, "CI": {BUREAU_LEAD}, "CA": set[str](), "SF": set[str]()}
_ASKING = re.compile(r"처리하지 못했습니다|연결 코드|1:1 대화|보고봇과의 대화|안내")


def find_wrong(crowd: Crowd, *, faulty: bool) -> list[str]:
    """Everything that is wrong now."""
    with crowd.town.database.read() as session:
        wrong = [
            *crowd.waiting(),
            *_dead(session),
            *_screens(session, crowd),
            *_one_question(session),
            *_twice(crowd),
            *_secrets(session, crowd),
        ]
    findings = check(crowd.town.database, Vault(crowd.folder / "evidence"))
    wrong += [
        *findings.faults,
        *_strangers(crowd),
        *_services(crowd, faulty),
        *_spinning(crowd),
        *_in_the_log(crowd),
    ]
    return [*wrong, *(f"logged: {line}" for line in crowd.lines.errors(faulty=faulty))]


def _dead(session: Session) -> Iterator[str]:
    for row in session.exec(select(Outbox).where(Outbox.state == Sending.DEAD)):
        if not any(known in row.fault for known in _DEAD):
            yield f"{row.messenger} {row.operation} {row.id} is dead: {row.fault!r}"


def _services(crowd: Crowd, faulty: bool) -> Iterator[str]:
    yield from (f"Telegram complains: {one}" for one in crowd.telegram.complaints)
    yield from (f"Slack complains: {one}" for one in crowd.slack.complaints)
    refused = Counter(f"Telegram refused {one.method}: {one.description}" for one in crowd.telegram.refusals)
    refused.update(f"Slack refused {one.method}: {one.error} {one.answer}" for one in crowd.slack.refusals)
    explained = (*_TELEGRAM_REFUSES, *_SLACK_REFUSES, *(_AFTER_FAULTS if faulty else ()))
    for words, count in refused.items():
        if not any(known in words for known in explained):
            yield f"{count} × {words}"


def _spinning(crowd: Crowd) -> Iterator[str]:
    """A press whose answer met a fault is not answered again: it is worthless by then."""
    state = crowd.telegram.state
    open_presses = [one for one in state.queries.values() if one.answer is None]
    lost = sum(method == "answerCallbackQuery" for method, _ in crowd.telegram.faults.met)
    if len(open_presses) > lost:
        yield f"{len(open_presses)} presses were never answered, of which faults explain {lost}"


def _screens(session: Session, crowd: Crowd) -> Iterator[str]:
    """What stands in a chat has the buttons that the database says."""
    now = crowd.town.clock.now()
    rows = session.exec(
        select(DrawnScreen, Account).join(Account, col(Account.id) == col(DrawnScreen.account_id))
    )
    for screen, account in rows:
        if account.address is None or account.unreachable_since is not None or screen.expires_at <= now:
            continue
        if account.messenger is Messenger.WEB or not screen.message:
            continue
        if (account.messenger is Messenger.SLACK) != (":" in screen.message):
            yield f"screen {screen.id} is {account.messenger}'s and has the message {screen.message}"
        found = _tokens(crowd, account, screen.message)
        wanted = {screen.token} if screen.live and screen.actions else set()
        if found is not None and found != wanted and not _is_passed_over(session, screen, account):
            yield (
                f"{account.messenger} message {screen.message} of screen {screen.id} ({screen.kind} {screen.step}) "
                f"has buttons of {found}, not of {wanted}"
            )


def _is_passed_over(session: Session, screen: DrawnScreen, account: Account) -> bool:
    """Slack takes few updates: what is over there says so itself when it is pressed. What was to be redrawn while
    its reader could not be reached was not."""
    ends = select(Outbox.state).where(Outbox.screen_id == screen.id, Outbox.state == Sending.DEAD)
    return (account.messenger is Messenger.SLACK and not screen.live) or session.exec(
        ends
    ).first() is not None


def _tokens(crowd: Crowd, account: Account, message: str) -> set[str] | None:
    """Of the buttons of a message; None where somebody deleted it."""
    assert account.address is not None
    if account.messenger is Messenger.TELEGRAM:
        shown = crowd.telegram.person(int(account.address)).chat.messages.get(_number(message))
        if shown is None or shown.is_deleted:
            return None
        return {_token(button["callback_data"]) for button in shown.buttons() if "callback_data" in button}
    channel, _, ts = message.partition(":")
    raw = crowd.slack.workspace.conversation(channel).messages.get(ts)
    if raw is None:
        return None
    values = [str((one.option or one.element).get("value") or "") for one in pressables(raw)]
    return {_token(value) for value in values if value}


def _number(message: str) -> int:
    """Of the last part of a text; none where the message is another messenger's."""
    last = message.split(",")[-1]
    return int(last) if last.isdecimal() else 0


def _token(value: str) -> str:
    return value.lstrip("?!").partition(".")[0]


def _twice(crowd: Crowd) -> Iterator[str]:
    """What was sent and answered is not sent again, whatever else went wrong."""
    for (messenger, key), count in crowd.sent.items():
        if count > 1:
            yield f"{messenger} row {key} was sent {count} times"


def _one_question(session: Session) -> Iterator[str]:
    """Where a person stands, and nothing else of theirs, waits for an answer."""
    waits: defaultdict[int, list[DrawnScreen]] = defaultdict(list)
    asking = select(DrawnScreen).where(
        col(DrawnScreen.live), col(DrawnScreen.kind).in_(("form", "fileask", "menu"))
    )
    for screen in session.exec(asking):
        waits[screen.person_id].append(screen)
    for person, screens in waits.items():
        at = session.get(Conversation, person)
        if len(screens) > 1 or (at is not None and at.screen_id != screens[0].id):
            yield f"person {person} has {[(one.id, one.kind, one.step) for one in screens]} open at once"


def _secrets(session: Session, crowd: Crowd) -> Iterator[str]:
    """Drafts are their officers' alone; what was handed in is for those above and for the whole city's eyes."""
    notes = session.exec(
        select(SubmissionVersion.note).where(col(SubmissionVersion.submitted_at).is_not(None))
    ).all()
    handed_in = {found[0] for note in notes for found in _MARK.finditer(note)}
    for one in crowd.everybody:
        for found in set(_MARK.finditer(one.reads())):
            place = found[1] or found[3]
            if place == "XX" or one.was & _DRAFTERS.get(place, set()):
                continue
            may = bool(one.was & (_CITY | _READERS.get(place, set())))
            if not may or found[0] not in handed_in:
                yield f"{one.code} ({type(one).__name__}) reads {found[0]!r}"


def _strangers(crowd: Crowd) -> Iterator[str]:
    for one in crowd.strangers:
        strange = [line for line in one.reads().splitlines() if line.strip() and not _ASKING.search(line)]
        if strange:
            yield f"a stranger reads {strange[:3]}"
    for chat in crowd.telegram.state.chats._by_id.values():
        said = [one.text for one in chat.shown() if chat.user is None and crowd.telegram.state.is_mine(one)]
        if len(said) > 1:
            yield f"a group reads {said[:3]}"
    for place in crowd.slack.workspace.conversations.values():
        if not place.is_direct:
            bots = [raw for raw in place.messages.values() if raw.get("user") == crowd.slack.bot_user_id]
            yield from (f"a channel reads {raw.get('text')!r}" for raw in bots)


def _in_the_log(crowd: Crowd) -> Iterator[str]:
    """No token, no name, nothing that was said, no address of a file."""
    with crowd.town.database.read() as session:
        names: list[Any] = list(session.exec(select(Person.name)).all())
    secrets = (
        crowd.telegram.token,
        crowd.slack.bot_token,
        crowd.slack.app_token,
        "비밀초안",
        "/file/bot",
        "files-pri",
    )
    text = crowd.lines.text
    yield from (f"the log has {one!r} in it" for one in (*secrets, *names, "민원처리율") if one in text)
