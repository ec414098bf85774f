"""Every table there is: importing this module makes SQLModel's metadata complete."""

from sqlmodel import SQLModel

from models import audit, leave, organization, plan, plan_records, special_days
from models.appeal import table as appeal
from models.consultation import booking, deduction, programme, review
from models.evidence import table as evidence
from models.forecast import table as forecast
from models.messaging import account, arrival, conversation, errand, inbox, linking, outbox, upload_link, web
from models.planning import table as planning
from models.rating import table as rating
from models.reminding import table as reminding
from models.scheme import table as scheme
from models.scores import frozen
from models.submission import table as submission

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "account",
    "appeal",
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
    "plan_records",
    "planning",
    "programme",
    "rating",
    "reminding",
    "review",
    "scheme",
    "special_days",
    "submission",
    "upload_link",
    "web",
]
