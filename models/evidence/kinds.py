"""The kinds of file that are taken as evidence."""

from __future__ import annotations

from models.evidence.inspection.faults import Fault
from models.evidence.inspection.kind import FileKind, promised_kind
from models.evidence.refusals import refusal

__all__ = ["FileKind", "kind_by_name"]


def kind_by_name(name: str) -> FileKind:
    """The kind that the name's extension promises; Refusal where it is none we take, saying which we do."""
    try:
        return promised_kind(name)
    except Fault as fault:
        raise refusal(fault.reason, fault.values, fault.entry) from None
