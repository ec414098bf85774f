"""Every table there is: importing this module makes SQLModel's metadata complete."""

from sqlmodel import SQLModel

from models import audit, organization, plan, special_days
from models.evidence import table as evidence
from models.messaging import account, arrival, conversation, errand, inbox, linking, outbox, upload_link, web
from models.scores import frozen
from models.submission import table as submission

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "account",
    "arrival",
    "audit",
    "conversation",
    "errand",
    "evidence",
    "frozen",
    "inbox",
    "linking",
    "organization",
    "outbox",
    "plan",
    "special_days",
    "submission",
    "upload_link",
    "web",
]
