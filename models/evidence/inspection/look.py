"""Looks into one file: is it of the kind its name says, and is there nothing in it that should not be?"""

from __future__ import annotations

from collections.abc import Callable
from io import SEEK_END, BytesIO
from typing import BinaryIO

from .archive import SIGNATURES as ZIP_SIGNATURES
from .archive import Archive
from .budget import Budget
from .compound import HWP_SIGNATURE, compound_kind, open_compound
from .compound import SIGNATURE as COMPOUND_SIGNATURE
from .faults import Fault, Reason
from .hangul import check_hwp, check_hwpx, is_hwpx
from .kind import OLD_FORMATS, FileKind, promised_kind
from .ooxml import check_ooxml, ooxml_kind
from .pdf import SIGNATURE as PDF_SIGNATURE
from .pdf import check_pdf
from .picture import JPG_SIGNATURE, PNG_SIGNATURE, check_jpg, check_png
from .text import is_text

_PLAIN = {PDF_SIGNATURE: FileKind.PDF, JPG_SIGNATURE: FileKind.JPG, PNG_SIGNATURE: FileKind.PNG}
_PLAIN_CHECKS: dict[FileKind, Callable[[bytes, Budget], None]] = {
    FileKind.PDF: check_pdf,
    FileKind.JPG: check_jpg,
    FileKind.PNG: check_png,
}
# Told by name, so that a person knows what they picked; none of these is taken.
_FOREIGN = {
    b"MZ": "exe", b"\x7fELF": "elf", b"GIF8": "gif", b"Rar!": "rar", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gz",
}  # fmt: skip
# What document security (문서보안) of Fasoo, SoftCamp and NASCA writes over a file.
_RIGHTS_MANAGED = (b"\x9b DRMONE", b"SCDSA0", b"<## NASCA DRM FILE")


def look(file: BinaryIO, promised: FileKind) -> None:
    """Returns where the file is in order. Fault says what is wrong; MemoryError is left to the caller."""
    size = file.seek(0, SEEK_END)
    if not size:
        raise Fault(Reason.EMPTY)
    try:
        _look(file, promised, Budget(size))
    except (Fault, MemoryError):
        raise
    except Exception:
        # Parsers meet hostile bytes here: whatever they stumble over, the file is not in order.
        raise Fault(Reason.DAMAGED) from None


def _look(file: BinaryIO, promised: FileKind, budget: Budget) -> None:
    file.seek(0)
    head = file.read(32)
    if head.startswith(_RIGHTS_MANAGED):
        raise Fault(Reason.RIGHTS_MANAGED)
    if head.startswith(ZIP_SIGNATURES):
        _look_into_zip(Archive(file, budget), promised, budget)
    elif head.startswith(COMPOUND_SIGNATURE):
        ole = open_compound(file)
        _expect(promised, compound_kind(ole))
        check_hwp(ole, budget)
    else:
        file.seek(0)
        data = file.read()
        found = _plain_kind(data)
        _expect(promised, found)
        if check := _PLAIN_CHECKS.get(promised):
            check(data, budget)


def _look_into_zip(archive: Archive, promised: FileKind, budget: Budget) -> None:
    found = FileKind.HWPX if is_hwpx(archive) else ooxml_kind(archive) or FileKind.ZIP
    _expect(promised, found)
    if found is FileKind.ZIP:
        _check_evidence_zip(archive, budget)
    else:
        (check_hwpx if found is FileKind.HWPX else check_ooxml)(archive, budget)


def _check_evidence_zip(archive: Archive, budget: Budget) -> None:
    """Every file in it is looked into as if it had come alone; a zip in a zip is not taken."""
    for entry in archive.entries:
        try:
            promised = promised_kind(entry.name.rpartition("/")[2])
            if promised is FileKind.ZIP:
                raise Fault(Reason.ZIP_IN_ZIP)
            if not entry.size:
                raise Fault(Reason.EMPTY)
            with budget.one_deeper():
                _look(BytesIO(archive.read(entry)), promised, budget)
        except Fault as fault:
            fault.entry = entry.name
            raise


def _plain_kind(data: bytes) -> str | None:
    """The kind of a file that is no container. Text goes before foreign signatures: it may begin "MZ세대"."""
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, kind in _PLAIN.items():
        if head.startswith(signature):
            return kind
    if data.startswith(HWP_SIGNATURE):
        return "hwp3"
    if is_text(data):
        return FileKind.TXT
    return next((kind for signature, kind in _FOREIGN.items() if data.startswith(signature)), None)


def _expect(promised: FileKind, found: str | None) -> None:
    if found == promised or (found == FileKind.TXT and promised is FileKind.CSV):
        return
    if found == "hwp3" and promised is FileKind.HWP:
        raise Fault(Reason.OLD_FORMAT, old=found, new=promised)
    if found in OLD_FORMATS and promised is OLD_FORMATS[found]:
        raise Fault(Reason.OLD_FORMAT, old=found, new=promised)
    if found:
        raise Fault(Reason.FALSE_EXTENSION, named=promised, found=found)
    if promised in (FileKind.TXT, FileKind.CSV):
        raise Fault(Reason.NOT_TEXT)
    raise Fault(Reason.UNRECOGNISED, named=promised)
