"""Rounds of ratings by the clock: papers are dealt when a round opens, and their raters are told."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from handlers.dialogue.book import Book
from handlers.dialogue.screens import Go
from handlers.dialogue.sending import reader_of, show_to
from models.rating.dealing import deal, rounds_to_deal
from models.rating.recusing import left_behind, release
from models.reminding.table import hours_of

AT_ONCE = 40
"""So many papers of raters who left are dealt anew in one transaction."""


def papers_wait(session: Session, now: datetime) -> bool:
    """Whether there is a paper to be dealt, or a round to be found complete."""
    return bool(left_behind(session, now)) or bool(rounds_to_deal(session, now))


def deal_papers(session: Session, book: Book, now: datetime) -> bool:
    """Deals some papers of the first round that lacks any; whether there may be more. At night and on days off nobody
    is told: their reminder comes by day."""
    left = left_behind(session, now)[:AT_ONCE]
    for paper_id in left:
        release(session, now, paper_id)
    rounds = rounds_to_deal(session, now)
    if not rounds or left:
        return bool(left)
    rating_id = rounds[0].id or 0
    raters = deal(session, now, rating_id)
    for person_id in raters if hours_of(session).suit(now) else ():
        if (reader := reader_of(book, session, now, person_id)) is not None:
            show_to(book, reader, Go("ratings.dealt", {"rating": rating_id}))
    return True
