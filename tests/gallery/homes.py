"""Slack's App Home of the people of the stories."""

from __future__ import annotations

from sqlmodel import select

from bot.slack.home import draw_home
from handlers.book import BOOK
from handlers.dialogue.talk import Talk
from models.messaging.account import Account, Messenger
from models.organization import Person
from tests.gallery.recorder import RecordedTown, linked, reader_of
from tests.kit.conversation import Speaker


def see_home(town: RecordedTown, speaker: Speaker) -> None:
    """Writes down the App Home of this person, as it is now; nothing of it stays in the city."""
    with town.database.write() as session:
        person = session.get_one(Person, speaker.person_id)
        nested = session.begin_nested()
        account = linked(session, town, speaker.person_id, Messenger.SLACK)
        view = draw_home(session, Talk(session, town.now(), person, account), BOOK)
        nested.rollback()
        assert not session.exec(select(Account).where(Account.messenger == Messenger.SLACK)).all()
        town.record.homes[reader_of(session, person)] = view
