"""Why a file is not taken, as a name that the child can pass on; models.evidence.refusals has the words."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason, one sentence."""

    EMPTY = "empty"
    UNKNOWN_EXTENSION = "unknown_extension"
    OLD_FORMAT = "old_format"
    MACRO_FORMAT = "macro_format"
    FALSE_EXTENSION = "false_extension"
    UNRECOGNISED = "unrecognised"
    NOT_TEXT = "not_text"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    RIGHTS_MANAGED = "rights_managed"
    MACRO = "macro"
    ACTIVE_PDF = "active_pdf"
    OPAQUE_PDF = "opaque_pdf"
    EMBEDDED = "embedded"
    ENTITY = "entity"
    BOMB = "bomb"
    INCONSISTENT_ZIP = "inconsistent_zip"
    EMPTY_ZIP = "empty_zip"
    ODD_COMPRESSION = "odd_compression"
    UNSAFE_PATH = "unsafe_path"
    LINK = "link"
    ZIP_IN_ZIP = "zip_in_zip"
    HUGE_PICTURE = "huge_picture"
    TOO_SLOW = "too_slow"
    TOO_HEAVY = "too_heavy"
    STOPPED = "stopped"


class Fault(Exception):
    """A file is not taken. `entry` names the file inside a zip that it is about, if it is about one."""

    def __init__(self, reason: Reason, **values: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values
        self.entry: str | None = None
