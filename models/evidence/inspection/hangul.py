"""Hangul documents: HWP 5 is an OLE compound file, HWPX a zip.

Stream names, flag bits and script layout follow Hancom's published format, 한글 문서 파일 형식 5.0.
"""

from __future__ import annotations

import re
import zlib

from olefile import OleFileIO  # type: ignore[import-untyped]

from .archive import Archive
from .budget import Budget, inflated
from .compound import check_object
from .faults import Fault, Reason
from .ooxml import check_part

_HWPX_TYPE = b"application/hwp+zip"
_PACKED, _PASSWORD, _DISTRIBUTION, _SCRIPT, _DRM, _CERTIFIED, _CERTIFIED_DRM = 1, 2, 4, 8, 16, 256, 1024
_COMMENT = re.compile(r"/\*.*?\*/|//[^\r\n]*", re.DOTALL)
# Hancom's program writes these into every document: two variables and empty handlers.
_IDLE = re.compile(r"var\s+\w+\s*=\s*[\w.]+\s*;|function\s+\w+\s*\(\s*\)\s*\{\s*\}")


def check_hwp(ole: OleFileIO, budget: Budget) -> None:
    """Fault where the document is locked, carries a script or a file, or is damaged."""
    flags = int.from_bytes(ole.openstream("FileHeader").read()[36:40], "little")
    if flags & (_PASSWORD | _CERTIFIED):
        raise Fault(Reason.ENCRYPTED)
    if flags & (_DRM | _CERTIFIED_DRM):
        raise Fault(Reason.RIGHTS_MANAGED)
    if flags & _SCRIPT:
        raise Fault(Reason.MACRO)
    # A distribution document (배포용 문서) can be read by anyone; its text is scrambled, not deflated.
    text = "ViewText" if flags & _DISTRIBUTION else "BodyText"
    if not (ole.exists("DocInfo") and ole.exists(f"{text}/Section0")):
        raise Fault(Reason.DAMAGED)
    for path in ole.listdir():
        data = ole.openstream(path).read()
        if path[0] in ("DocInfo", "BodyText") and flags & _PACKED:
            for _ in inflated([data], budget):
                pass
        if path[0] == "BinData" and path[-1].lower().endswith(".ole"):
            check_object(_unpacked(data, budget), budget)
        if path == ["Scripts", "DefaultJScript"] and not flags & _DISTRIBUTION:
            _refuse_script(_hwp_script(_unpacked(data, budget)))


def is_hwpx(archive: Archive) -> bool:
    first = archive.entries[0]
    return first.name == "mimetype" and archive.read(first) == _HWPX_TYPE


def check_hwpx(archive: Archive, budget: Budget) -> None:
    """Fault where the document is locked, carries a script, a file or entities, or is damaged."""
    if not {"Contents/content.hpf", "Contents/section0.xml"} <= archive.by_name.keys():
        raise Fault(Reason.DAMAGED)
    manifest = archive.by_name.get("META-INF/manifest.xml")
    if manifest and b"encryption-data" in archive.read(manifest):
        raise Fault(Reason.ENCRYPTED)
    for entry in archive.entries:
        if entry.name.lower().endswith(".ole"):
            check_object(archive.read(entry), budget)
        elif entry.name.startswith("Scripts/"):
            data = archive.read(entry)
            _refuse_script(data.decode("utf-16" if data.startswith(b"\xff\xfe") else _width(data)))
        else:
            check_part(archive, entry, budget)


def _refuse_script(script: str) -> None:
    if _IDLE.sub("", _COMMENT.sub("", script)).strip("\ufeff\0 \t\r\n"):
        raise Fault(Reason.MACRO)


def _width(data: bytes) -> str:
    return "utf-16-le" if b"\0" in data[:4] else "utf-8"


def _hwp_script(data: bytes) -> str:
    """Header, source, and what runs before and after: each UTF-16 behind its length in characters."""
    texts, position = [], 0
    for _ in range(4):
        start = position + 4
        position = start + 2 * int.from_bytes(data[position:start], "little")
        texts.append(data[start:position].decode("utf-16-le"))
    return "\n".join(texts)


def _unpacked(data: bytes, budget: Budget) -> bytes:
    """Streams in HWP are deflated or not, each as it likes."""
    try:
        return b"".join(inflated([data], budget))
    except zlib.error:
        return data
