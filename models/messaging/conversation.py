"""Where a person stands in their conversation, and the screens that were drawn for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.store import json_field

BUTTONS_LAST = timedelta(days=90)


class Conversation(SQLModel, table=True):
    """One conversation a person, whichever messenger they use: the step they are at and what they entered.

    The row is locked for the length of a turn.
    """

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    step: str = Field(max_length=80)
    data: dict[str, Any] = json_field()
    view: dict[str, Any] = json_field()
    """How far a form is filled in, or which page of a menu is open: kept by the dialogue language."""
    shelf: dict[str, Any] | None = json_field(default=None, nullable=True)
    """A form that was left half filled in and keeps no draft: its step, its data, its view, and when."""
    screen_id: int | None = Field(default=None, foreign_key="drawn_screen.id")
    """The screen that is waiting for an answer."""
    updated_at: datetime


class DrawnScreen(SQLModel, table=True):
    """A screen that was drawn for a person, with what each of its buttons does.

    A button's value is the screen's random token and the button's place: it stands for (person, screen, action,
    version, expiry) here and means nothing by itself. `subject` finds every copy of a card when it is decided.
    """

    __tablename__ = "drawn_screen"
    __table_args__ = (sa.Index("ix_drawn_screen_subject", "subject", "account_id"),)

    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(max_length=32, unique=True)
    person_id: int = Field(foreign_key="person.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    step: str = Field(max_length=80)
    data: dict[str, Any] = json_field()
    kind: str = Field(max_length=20)
    drawn: dict[str, Any] = json_field()
    """The screen in its reader's language, neutral, before any messenger's markup."""
    actions: list[dict[str, Any]] = json_field()
    former_token: str | None = Field(default=None, max_length=32, index=True)
    former_actions: list[dict[str, Any]] = json_field(default=[])
    """What a card's buttons did before it was last redrawn: who presses one that is just being taken away is
    told what came between, instead of nothing."""
    live: bool = True
    """Whether its buttons still work; a screen that is over is drawn without them."""
    subject: str | None = Field(default=None, max_length=120)
    message: str | None = Field(default=None, max_length=120)
    """The messenger's own id of the message that shows it, once it was sent; the web's lines know their screen."""
    drawn_at: datetime
    expires_at: datetime
