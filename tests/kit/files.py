"""Evidence files made by hand: one of every kind, in order; tests/kit/hostile.py has the others.

Each function returns the bytes of a file. Hangul documents are skeletons: all streams and no text.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tests.kit.compound import compound_file

OPEN_XML = "application/vnd.openxmlformats-officedocument"
HWP_PACKED = 1


def pdf(catalog: str = "", trailer: str = "", extra: Iterable[bytes] = ()) -> bytes:
    """A PDF of one page that says 97.3; additions go into its catalog, its trailer or behind its objects."""
    text = b"BT /F1 24 Tf 72 720 Td (97.3 %) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
        *extra,
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, trailer.encode(), len(data))
    )


def hwp(
    flags: int = HWP_PACKED,
    script: str = "",
    more: Mapping[str, bytes] | None = None,
    text: bytes = b"\0" * 64,
) -> bytes:
    """A HWP 5 document with the streams of Hancom's program; `script` goes behind its empty handler."""
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010000, flags)
    header_script = "var Documents = XHwpDocuments;\r\nvar Document = Documents.Active_XHwpDocument;\r\n"
    source = "function OnDocument_New()\r\n{\r\n\t//todo : \r\n}\r\n" + script
    texts = [header_script, source, "", ""]
    scripts = b"".join(struct.pack("<I", len(one)) + one.encode("utf-16-le") for one in texts) + b"\xff" * 4
    return compound_file(
        {
            "FileHeader": header.ljust(256, b"\0"),
            "DocInfo": deflated(b"\0" * 128),
            "BodyText/Section0": deflated(text),
            "Scripts/DefaultJScript": deflated(scripts),
            **(more or {}),
        }
    )


def deflated(data: bytes) -> bytes:
    """Deflated without a header, as HWP does it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def hwpx(more: Mapping[str, bytes] | None = None) -> bytes:
    """A HWPX document: its first entry is its type, stored."""
    section = (
        '<?xml version="1.0" encoding="UTF-8"?><hs:sec xmlns:hs="s"><hp:t xmlns:hp="p">97.3%</hp:t></hs:sec>'
    )
    script = "function OnDocument_New()\r\n{\r\n\t//todo : \r\n}\r\n"
    parts = {
        "version.xml": b'<?xml version="1.0"?><hv:HCFVersion xmlns:hv="v" major="5"/>',
        "Contents/content.hpf": b'<?xml version="1.0"?><opf:package xmlns:opf="o"/>',
        "Contents/header.xml": b'<?xml version="1.0"?><hh:head xmlns:hh="h"/>',
        "Contents/section0.xml": section.encode(),
        "Scripts/sourceScripts.js": script.encode("utf-16-le"),
        "Preview/PrvText.txt": b"97.3%",
        "META-INF/container.xml": b'<?xml version="1.0"?><ocf:container xmlns:ocf="c"/>',
        "META-INF/manifest.xml": b'<?xml version="1.0"?><odf:manifest xmlns:odf="m"/>',
        **(more or {}),
    }
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        file.writestr("mimetype", b"application/hwp+zip", ZIP_STORED)
        for name, data in parts.items():
            file.writestr(name, data)
    return target.getvalue()


def xlsx(more: Mapping[str, bytes] | None = None, main_type: str | None = None, types: str = "") -> bytes:
    """A workbook of one sheet with one figure."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    workbook = (
        f'<workbook xmlns="{main}" xmlns:r="{relations}">'
        '<sheets><sheet name="실적" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    row = '<row r="1"><c r="A1"><v>97.3</v></c></row>'
    sheet = f'<worksheet xmlns="{main}"><sheetData>{row}</sheetData></worksheet>'
    sheet_type = f"{OPEN_XML}.spreadsheetml.worksheet+xml"
    types = f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet_type}"/>{types}'
    parts = {
        "xl/workbook.xml": workbook.encode(),
        "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet.encode(),
        **(more or {}),
    }
    main_type = main_type or f"{OPEN_XML}.spreadsheetml.sheet.main+xml"
    return _office("xl/workbook.xml", main_type, parts, types)


def docx(more: Mapping[str, bytes] | None = None, main_type: str | None = None, types: str = "") -> bytes:
    """A document of one paragraph."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraph = "<w:p><w:r><w:t>처리율 97.3%</w:t></w:r></w:p>"
    text = f'<w:document xmlns:w="{main}"><w:body>{paragraph}</w:body></w:document>'
    parts = {"word/document.xml": text.encode(), **(more or {})}
    main_type = main_type or f"{OPEN_XML}.wordprocessingml.document.main+xml"
    return _office("word/document.xml", main_type, parts, types)


def pptx(more: Mapping[str, bytes] | None = None) -> bytes:
    """A presentation without slides."""
    main = "http://schemas.openxmlformats.org/presentationml/2006/main"
    text = f'<p:presentation xmlns:p="{main}"><p:notesSz cx="1" cy="1"/></p:presentation>'
    parts = {"ppt/presentation.xml": text.encode(), **(more or {})}
    return _office("ppt/presentation.xml", f"{OPEN_XML}.presentationml.presentation.main+xml", parts)


def jpg(width: int = 8, height: int = 8) -> bytes:
    """A grey picture, 8 × 8 unless its header is to say something else."""
    scan = bytes([1, 1, 0, 0, 63, 0])
    parts = {
        0xE0: b"JFIF\0" + struct.pack(">BBBHHBB", 1, 1, 0, 1, 1, 0, 0),
        0xDB: b"\0" + b"\1" * 64,
        0xC0: struct.pack(">BHHB3B", 8, height, width, 1, 1, 0x11, 0),
        0xC4: b"\x00\x01" + b"\0" * 15 + b"\0" + b"\x10\x01" + b"\0" * 15 + b"\0",
        0xDA: scan,
    }
    segments = b"".join(
        struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data for marker, data in parts.items()
    )
    return b"\xff\xd8" + segments + b"\x3f\xff\xd9"


def png(width: int = 8, height: int = 8, pixels: bool = True) -> bytes:
    """A white picture; without pixels only its header says how large it is."""
    rows = (b"\0" + b"\xff" * width) * height if pixels else b""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def zip_of(
    files: Mapping[str, bytes] | Iterable[tuple[str | ZipInfo, bytes]], method: int = ZIP_DEFLATED
) -> bytes:
    """These files zipped, in their order."""
    target = BytesIO()
    with ZipFile(target, "w", method) as file:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            file.writestr(name, data, method)
    return target.getvalue()


def zip_evidence() -> bytes:
    """A zip as an officer makes it: files of several kinds, one in a folder."""
    return zip_of({"보고서.pdf": pdf(), "실적/집계.xlsx": xlsx(), "실적/사진.jpg": jpg()})


def txt(encoding: str = "utf-8") -> bytes:
    return "MZ세대 민원처리율 97.3%\r\n".encode(encoding)


def csv(encoding: str = "cp949") -> bytes:
    return "지표,실적\r\n민원처리율,97.3\r\n".encode(encoding)


def every_kind() -> dict[str, bytes]:
    """One file in order of each kind, by a name it may have."""
    return {
        "보고서.pdf": pdf(), "보고서.hwp": hwp(), "보고서.hwpx": hwpx(),
        "집계.xlsx": xlsx(), "문서.docx": docx(), "발표.pptx": pptx(),
        "현장.jpg": jpg(), "현장.JPEG": jpg(), "화면.png": png(), "증빙.zip": zip_evidence(),
        "메모.txt": txt(), "옛메모.txt": txt("cp949"), "목록.csv": csv(), "새목록.csv": csv("utf-8-sig"),
    }  # fmt: skip


def _office(main_part: str, main_type: str, parts: Mapping[str, bytes], types: str = "") -> bytes:
    content_types = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main_part}" ContentType="{main_type}"/>{types}</Types>'
    )
    first = {
        "[Content_Types].xml": content_types.encode(),
        "_rels/.rels": _relations("officeDocument", main_part),
    }
    return zip_of({**first, **parts})


def _relations(kind: str, target: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="' + target + '"'
        f' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    ).encode()
