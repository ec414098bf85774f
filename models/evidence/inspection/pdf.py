"""PDF: not drawn, only searched for what it must not hold."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from .budget import Budget, inflated
from .faults import Fault, Reason

SIGNATURE = b"%PDF-"
_END_WITHIN = 2048
_DICTIONARY_WITHIN = 64 * 1024


def _name(word: str) -> bytes:
    """A pattern for a PDF name, any letter of which may be written as `#` and two hex digits."""
    letters = "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in word)
    return f"/{letters}(?![A-Za-z0-9#])".encode()


def _any_name(*words: str) -> bytes:
    return b"(?:" + b"|".join(_name(word) for word in words) + b")"


_VALUE = rb"\s*(?:<<|\d+\s+\d+\s+R)"
_ENCRYPTED = re.compile(_name("Encrypt") + _VALUE)
_ACTIVE = re.compile(_any_name("JavaScript", "Launch"))
_CARRIED = re.compile(
    _any_name("EmbeddedFile", "EmbeddedFiles", "FileAttachment", "RichMedia") + b"|" + _name("EF") + _VALUE
)
_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)")
_OBJECTS = re.compile(_name("ObjStm") + b"|" + _name("First"))
_FILTER = re.compile(_name("Filter"))
_PLAIN_DEFLATE = re.compile(_name("Filter") + rb"\s*\[?\s*" + _name("FlateDecode") + rb"\s*\]?\s*(?:/|>>)")
_PREDICTED = re.compile(_name("Predictor"))
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")


def check_pdf(data: bytes, budget: Budget) -> None:
    """Fault where the file is locked, runs something, carries a file, hides its objects or is cut off."""
    end = _START.search(data, max(0, len(data) - _END_WITHIN))
    if end is None or int(end[1]) >= len(data):
        raise Fault(Reason.DAMAGED)
    if _ENCRYPTED.search(data):
        raise Fault(Reason.ENCRYPTED)
    _refuse_active(data)
    for objects in _object_streams(data, budget):
        _refuse_active(objects)


def _refuse_active(data: bytes) -> None:
    if _ACTIVE.search(data):
        raise Fault(Reason.ACTIVE_PDF)
    if _CARRIED.search(data):
        raise Fault(Reason.EMBEDDED)


def _object_streams(data: bytes, budget: Budget) -> Iterator[bytes]:
    """Objects may lie compressed in streams, where a search of the file would not see them."""
    view = memoryview(data)
    for stream in _STREAM.finditer(data):
        begin = data.rfind(b"obj", max(0, stream.start() - _DICTIONARY_WITHIN), stream.start())
        if begin < 0:
            raise Fault(Reason.OPAQUE_PDF)
        dictionary = data[begin : stream.start()]
        if not _OBJECTS.search(dictionary) or not _FILTER.search(dictionary):
            continue
        if not _PLAIN_DEFLATE.search(dictionary) or _PREDICTED.search(dictionary):
            raise Fault(Reason.OPAQUE_PDF)
        try:
            yield b"".join(inflated([bytes(view[stream.end() :])], budget, zlib.MAX_WBITS))
        except zlib.error:
            raise Fault(Reason.OPAQUE_PDF) from None
