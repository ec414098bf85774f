"""Excel, Word and PowerPoint files: a zip with a list of content types and one main part."""

from __future__ import annotations

from io import BytesIO
from xml.parsers.expat import ParserCreate

from .archive import SIGNATURES, Archive, Entry
from .budget import Budget
from .faults import Fault, Reason
from .kind import FileKind

_CONTENT_TYPES = "[Content_Types].xml"
_OPEN = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    f"{_OPEN}spreadsheetml.sheet.main+xml": FileKind.XLSX,
    f"{_OPEN}wordprocessingml.document.main+xml": FileKind.DOCX,
    f"{_OPEN}presentationml.presentation.main+xml": FileKind.PPTX,
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": FileKind.XLSX,
    "application/vnd.ms-word.document.macroenabled.main+xml": FileKind.DOCX,
    "application/vnd.ms-powerpoint.presentation.macroenabled.main+xml": FileKind.PPTX,
}
_MACRO_TYPES = ("macroenabled", "macrosheet", "vbaproject", "activex")
_COMPOUND = b"\xd0\xcf\x11\xe0"
_LONGEST_MARK = 2 * len("<!DOCTYPE")


def ooxml_kind(archive: Archive) -> FileKind | None:
    """The kind that the main part is of; None for a zip that is no office file."""
    if _CONTENT_TYPES not in archive.by_name:
        return None
    kinds = {_MAIN[type_] for type_ in _content_types(archive).values() if type_ in _MAIN}
    return kinds.pop() if len(kinds) == 1 else None


def check_ooxml(archive: Archive, budget: Budget) -> None:
    """Fault where the file carries macros, objects or entities, lacks its main part or is damaged."""
    types = _content_types(archive)
    if any(mark in type_ for type_ in types.values() for mark in _MACRO_TYPES):
        raise Fault(Reason.MACRO)
    if any(name.lower().endswith("vbaproject.bin") for name in archive.by_name):
        raise Fault(Reason.MACRO)
    main = [part for part, type_ in types.items() if type_ in _MAIN]
    if "_rels/.rels" not in archive.by_name or not any(part in archive.by_name for part in main):
        raise Fault(Reason.DAMAGED)
    for entry in archive.entries:
        check_part(archive, entry, budget)


def check_part(archive: Archive, entry: Entry, budget: Budget) -> None:
    """Reads one part to its end; what is embedded in it must be an office file that is itself in order."""
    tail = head = b""
    marks = _entity_marks(entry.name)
    for piece in archive.chunks(entry):
        seen = tail + piece
        head = head or seen[:4]
        if head == _COMPOUND:
            raise Fault(Reason.EMBEDDED)
        if any(mark in seen for mark in marks):
            raise Fault(Reason.ENTITY)
        tail = seen[-_LONGEST_MARK:]
    if head in SIGNATURES:
        check_embedded(archive.read(entry), budget)


def _entity_marks(name: str) -> list[bytes]:
    """What would let a part declare entities, in UTF-8 and UTF-16: no office program writes a DOCTYPE.

    Printer settings from a Mac are Apple's own XML and have one; a text preview may speak of anything.
    """
    if name.endswith(".txt"):
        return []
    mark = "<!ENTITY" if "/printerSettings/" in name else "<!DOCTYPE"
    return [mark.encode(), mark.encode("utf-16-le")]


def check_embedded(data: bytes, budget: Budget) -> None:
    """A zip inside a document: the workbook behind a chart is in order, anything else is not."""
    with budget.one_deeper():
        inner = Archive(BytesIO(data), budget)
        if ooxml_kind(inner) is None:
            raise Fault(Reason.EMBEDDED)
        check_ooxml(inner, budget)


def _content_types(archive: Archive) -> dict[str, str]:
    """Content type, in small letters, by part; a default counts as the part `*.extension`."""
    types: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        part = attributes.get("PartName", "*." + attributes.get("Extension", "")).lstrip("/")
        types[part] = attributes.get("ContentType", "").lower()

    def doctype(*_: object) -> None:
        raise Fault(Reason.ENTITY)

    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(archive.read(archive.by_name[_CONTENT_TYPES]), True)
    return types
