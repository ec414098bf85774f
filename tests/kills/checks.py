"""What must hold at the end of all lives, whatever happened in them. Everything wrong is named at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from sqlmodel import Session, col, select

from models.audit import AuditRow, verify
from models.evidence.table import EvidenceFile
from models.evidence.vault import Vault
from models.messaging.account import Account, Messenger
from models.messaging.arrival import Arrival
from models.messaging.conversation import DrawnScreen
from models.messaging.inbox import Inbox
from models.messaging.outbox import Operation, Outbox, Sending
from models.submission import SubmissionVersion
from tests.kills import shown
from tests.kills.ledger import Ledger
from tests.kills.people import LANGUAGES, SUBMITS, TAKES_BACK, Someone
from tests.kills.town import Town

_EFFECTS = {
    "account.language": tuple(LANGUAGES),
    "report.submit": (SUBMITS,),
    "report.withdraw": (TAKES_BACK,),
}
"""Kinds of audit rows, and the buttons that bring each about."""


def find_wrong(town: Town, people: Sequence[Someone], told: Someone, delivered: Iterable[str]) -> list[str]:
    """Everything that is wrong. `told` only reads; `delivered` are the keys of what the service brought and was told
    it was taken in."""
    with town.database.read() as session:
        wrong = [
            *(f"taken in and not in the inbox: {key}" for key in _not_in_the_inbox(session, delivered)),
            *(f"kept and never taken: {row.payload}" for row in session.exec(select(Arrival))),
            *(fault for one in people for fault in _effects(session, town.messenger, one)),
            *(fault for one in people for fault in _answers(session, town.messenger, one)),
            *verify(session),
            *_unsent(session, town.ledger),
            *_not_told(session, told),
            *_sent_again(town),
            *_evidence(session, people, town.folder / "evidence"),
            *shown.find_wrong(session, town),
        ]
    return [*wrong, *(f"the bot logged: {fault}" for fault in town.lives.faults()), *_complaints(town)]


def unsettled(session: Session) -> list[str]:
    """What is on its way, in or out."""
    waits = select(Outbox).where(col(Outbox.state).in_((Sending.TODO, Sending.SENDING, Sending.UNKNOWN)))
    out = [
        f"row {row.id} ({row.operation}) is {row.state} after {row.tries} lost answers"
        for row in session.exec(waits)
    ]
    return [*out, *(f"kept and not taken: {row.payload}" for row in session.exec(select(Arrival)))]


def open_rows(session: Session) -> set[int]:
    """Rows of the outbox that are not settled as sent."""
    rows = session.exec(select(Outbox.id).where(Outbox.state != Sending.SENT))
    return {row for row in rows if row is not None}


def duplicates(town: Town) -> int:
    """How many messages came more than once."""
    return sum(len(calls) - 1 for calls in town.ledger.posts().values())


def _not_in_the_inbox(session: Session, delivered: Iterable[str]) -> Iterator[str]:
    kept = set(session.exec(select(Inbox.key)))
    yield from (key for key in delivered if key not in kept)


def _effects(session: Session, messenger: Messenger, one: Someone) -> Iterator[str]:
    """Each press of a button did what it says once. In Telegram every press is brought until it is taken; in Slack
    one that was not acknowledged may have been lost, or have met a screen that was over; what they saw come true is."""
    rows = Counter(session.exec(select(AuditRow.action).where(AuditRow.person_id == one.person_id)))
    for action, labels in _EFFECTS.items():
        presses = [one.hands.presses_of[label] for label in labels if label in one.hands.presses_of]
        most = sum(len(of_one.tried) for of_one in presses)
        least = most if messenger is Messenger.TELEGRAM else one.rounds * len(presses)
        if not least <= rows[action] <= most:
            yield f"{one.hands.code}: {rows[action]} × {action}, with {least} to {most} presses"


def _answers(session: Session, messenger: Messenger, one: Someone) -> Iterator[str]:
    """Each of their words was answered once, the first one among them."""
    posted = select(Outbox.id).join(Account, col(Account.id) == col(Outbox.account_id))
    posted = posted.join(DrawnScreen, col(DrawnScreen.id) == col(Outbox.screen_id))
    mine = posted.where(Account.person_id == one.person_id, Outbox.operation == Operation.POST)
    mine = mine.where(~col(DrawnScreen.step).startswith("reminders."))
    answers = len(session.exec(mine).all())
    if messenger is Messenger.TELEGRAM and one.words and answers != one.words + 1:
        yield f"{one.hands.code}: {answers} answers to {one.words + 1} messages"


def _unsent(session: Session, ledger: Ledger) -> Iterator[str]:
    """Nothing is left, and what is said to be sent has come. What was replaced before it came is not sent any more."""
    posts = ledger.posts()
    for row in session.exec(select(Outbox).where(Outbox.messenger != Messenger.WEB)):
        if row.state is not Sending.SENT:
            yield f"row {row.id} ({row.operation}) is {row.state}: {row.fault or 'no reason'}"
        elif row.operation is Operation.POST and row.id not in posts and not shown.was_replaced(session, row):
            yield f"row {row.id} is said to be sent, and never came"


def _not_told(session: Session, told: Someone) -> Iterator[str]:
    """Who decides is told of each report, once."""
    submitted = session.exec(select(AuditRow.id).where(AuditRow.action == "report.submit")).all()
    cards = shown.cards_of(session, told.person_id)
    if len(cards) != len(submitted):
        yield f"{len(submitted)} reports, of which {told.hands.code} was told {len(cards)}"


def _sent_again(town: Town) -> Iterator[str]:
    """A message came again only where the life that sent it ended before it was settled."""
    for row, calls in town.ledger.posts().items():
        for earlier, later in pairwise(calls):
            if earlier.life == later.life:
                yield f"row {row} came twice in life {later.life}"
            elif any(row not in town.open_after[life] for life in range(earlier.life, later.life)):
                yield f"row {row} was settled, and came again in life {later.life}"


def _evidence(session: Session, people: Iterable[Someone], folder: Path) -> Iterator[str]:
    """Every file of a report is what its officer sent, whole, in the vault; and none of theirs is missing there."""
    vault, sent = Vault(folder), {name: content for one in people for name, content in one.sent.items()}
    taken = set[tuple[int, str]]()
    versions = select(EvidenceFile).join(
        SubmissionVersion, col(SubmissionVersion.id) == col(EvidenceFile.version_id)
    )
    for file in session.exec(versions):
        if (file.version_id, file.name) in taken:
            yield f"evidence {file.name} is twice in one report"
        taken.add((file.version_id, file.name))
        if hashlib.sha256(sent.get(file.name, b"")).hexdigest() != file.sha256:
            yield f"evidence {file.name} is not what was sent"
        elif not vault.verify(file.sha256):
            yield f"evidence {file.name} is not whole in the vault"
    names = {name for _, name in taken}
    yield from (f"evidence {name} was sent and is in no report" for name in sent if name not in names)


def _complaints(town: Town) -> Iterator[str]:
    """Slips the service noticed, and calls it refused for another reason than that they were done before."""
    yield from (f"the service complains: {one}" for one in town.service.complaints)
    yield from (f"the service refused: {one}" for one in shown.strange_refusals(town.service.refusals))
