"""The kinds of evidence file, and which one a name promises."""

from __future__ import annotations

from enum import StrEnum

from .faults import Fault, Reason


class FileKind(StrEnum):
    """A kind of file that is taken as evidence (증빙자료)."""

    PDF = "pdf"
    HWP = "hwp"
    HWPX = "hwpx"
    XLSX = "xlsx"
    DOCX = "docx"
    PPTX = "pptx"
    JPG = "jpg"
    PNG = "png"
    ZIP = "zip"
    TXT = "txt"
    CSV = "csv"


# What to save it as instead: old binary formats, and the formats made to carry macros.
OLD_FORMATS = {"doc": FileKind.DOCX, "xls": FileKind.XLSX, "ppt": FileKind.PPTX}
_MACRO_FORMATS = {
    "docm": FileKind.DOCX, "dotm": FileKind.DOCX, "pptm": FileKind.PPTX, "ppsm": FileKind.PPTX,
    "potm": FileKind.PPTX, "xlsm": FileKind.XLSX, "xltm": FileKind.XLSX, "xlam": FileKind.XLSX,
    "xlsb": FileKind.XLSX,
}  # fmt: skip


def extension(name: str) -> str:
    """What follows the last dot, in small letters; empty where there is no dot or nothing before it."""
    stem, _, ending = name.rpartition(".")
    return ending.lower() if stem else ""


def promised_kind(name: str) -> FileKind:
    """The kind that the name's extension promises; Fault where it is none we take."""
    ending = extension(name)
    if ending == "jpeg":
        return FileKind.JPG
    if ending in OLD_FORMATS:
        raise Fault(Reason.OLD_FORMAT, old=ending, new=OLD_FORMATS[ending])
    if ending in _MACRO_FORMATS:
        raise Fault(Reason.MACRO_FORMAT, old=ending, new=_MACRO_FORMATS[ending])
    if ending not in set(FileKind):
        raise Fault(Reason.UNKNOWN_EXTENSION, kinds=", ".join(FileKind))
    return FileKind(ending)
