"""Moves of indicators by the clock: once their day has come they are handed over, and everybody concerned is told."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from handlers.dialogue.book import Book
from handlers.dialogue.sending import reader_of, show_to
from handlers.dialogue.stage import Stage
from handlers.planning.moved import news_of, redraw_plans
from models.clock import local_day
from models.messaging.conversation import Conversation
from models.planning.moves import apply_moves, moves_wait
from models.reminding.table import hours_of


def handovers_wait(session: Session, now: datetime) -> bool:
    """Whether the day of a move has come. At night and on days off nobody is told, so that it waits for the morning:
    it counts from its day on all the same."""
    return moves_wait(session, now) and hours_of(session).suit(now)


def hand_over(session: Session, book: Book, now: datetime) -> bool:
    """Applies the moves whose day has come; never more to do."""
    done = apply_moves(session, now)
    told = None
    for person_id, to in news_of(session, local_day(now), done):
        reader = reader_of(book, session, now, person_id)
        if reader is not None:
            show_to(book, reader, to)
            told = told or reader
    if told is not None:
        redraw_plans(told, done)
        conversation = Conversation(person_id=told.person_id, step=book.front_door.home.step, updated_at=now)
        Stage(told, conversation).send_to_others(book)
    return False
