"""Every table there is: importing this module makes SQLModel's metadata complete."""

from sqlmodel import SQLModel

from models import audit, leave, organization, plan, special_days
from models.consultation import booking, deduction, programme, review
from models.evidence import table as evidence
from models.forecast import table as forecast
from models.messaging import account, arrival, conversation, errand, inbox, linking, outbox, upload_link, web
from models.reminding import table as reminding
from models.scores import frozen
from models.submission import table as submission

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "account",
    "arrival",
    "audit",
    "booking",
    "conversation",
    "deduction",
    "errand",
    "evidence",
    "forecast",
    "frozen",
    "inbox",
    "leave",
    "linking",
    "organization",
    "outbox",
    "plan",
    "programme",
    "reminding",
    "review",
    "special_days",
    "submission",
    "upload_link",
    "web",
]
