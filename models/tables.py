"""Every table there is: importing this module makes SQLModel's metadata complete."""

from sqlmodel import SQLModel

from models import audit, organization, plan, special_days
from models.evidence import table as evidence
from models.messaging import account, conversation, errand, inbox, outbox, web
from models.scores import frozen
from models.submission import table as submission

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "account",
    "audit",
    "conversation",
    "errand",
    "evidence",
    "frozen",
    "inbox",
    "organization",
    "outbox",
    "plan",
    "special_days",
    "submission",
    "web",
]
