"""OLE compound files: what is in one, and which objects inside a document are harmless."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from olefile import DEFECT_INCORRECT, OleFileIO  # type: ignore[import-untyped]

from .budget import Budget
from .faults import Fault, Reason
from .kind import FileKind
from .ooxml import check_embedded

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HWP_SIGNATURE = b"HWP Document File"
_OLD = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_MACRO_STORAGES = {"macros", "vba", "_vba_project_cur", "_vba_project"}
_CARRIED_FILE = "\x01Ole10Native"
_BITMAP = b"BM"  # a drawing pasted from 그림판 comes as a carried file, too
_CARRIED_OFFICE_FILE = "Package"


def open_compound(file: BinaryIO) -> OleFileIO:
    """The file opened strictly: what the format forbids is damage, not something to guess around."""
    return OleFileIO(file, raise_defects=DEFECT_INCORRECT)


def compound_kind(ole: OleFileIO) -> str | None:
    """The extension that belongs to the content, None where none is known; Fault for encrypted OOXML."""
    if ole.exists("EncryptedPackage"):
        raise Fault(Reason.ENCRYPTED)
    if ole.exists("FileHeader") and ole.openstream("FileHeader").read(17) == HWP_SIGNATURE:
        return FileKind.HWP
    return next((old for stream, old in _OLD.items() if ole.exists(stream)), None)


def check_object(data: bytes, budget: Budget) -> None:
    """An object in a HWP document. Charts and equations are objects too; files and macros are refused."""
    start = data.find(SIGNATURE, 0, 16)  # its length may stand before it
    if start < 0:
        return
    ole = open_compound(BytesIO(data[start:]))
    names = {name for path in ole.listdir(storages=True) for name in path}
    if _MACRO_STORAGES & {name.lower() for name in names}:
        raise Fault(Reason.MACRO)
    if _CARRIED_FILE in names and ole.openstream(_CARRIED_FILE).read()[4:6] != _BITMAP:
        raise Fault(Reason.EMBEDDED)
    if ole.exists(_CARRIED_OFFICE_FILE):
        check_embedded(ole.openstream(_CARRIED_OFFICE_FILE).read(), budget)
