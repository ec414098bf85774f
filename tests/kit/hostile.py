"""Evidence files that must not be taken: locked, active, lying about themselves, or made to explode."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tests.kit.compound import compound_file
from tests.kit.files import HWP_PACKED, OPEN_XML, deflated, docx, hwp, hwpx, pdf, png, pptx, xlsx, zip_of

MIB = 1024 * 1024
# Where in a zip an entry, an entry of the list and the end of the list begin.
LOCAL, LIST, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def encrypted_pdf() -> bytes:
    return pdf(trailer="/Encrypt 5 0 R", extra=[b"<< /Filter /Standard /V 2 /R 3 >>"])


def pdf_with_script() -> bytes:
    return pdf(catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")


def pdf_with_disguised_script() -> bytes:
    """The same name with one of its letters as a hex number."""
    return pdf(catalog="/OpenAction << /S /J#61vaScript /JS (app.alert(1)) >>")


def pdf_with_packed(
    objects: bytes, filters: bytes = b"/FlateDecode", type_: bytes = b"/Type /ObjStm /N 1 /First 4"
) -> bytes:
    """Objects in a compressed stream, where no search of the file sees them."""
    packed = zlib.compress(b"6 0 " + objects)
    return pdf_with_stream(b"<< %b /Filter %b /Length %d >>" % (type_, filters, len(packed)), packed)


def pdf_with_stream(dictionary: bytes, data: bytes) -> bytes:
    return pdf(extra=[dictionary + b"\nstream\r\n" + data + b"\nendstream"])


def pdf_that_launches() -> bytes:
    return pdf(catalog="/OpenAction << /S /Launch /F (calc.exe) >>")


def pdf_with_attachment() -> bytes:
    return pdf(catalog="/Names << /EmbeddedFiles << /Names [(a.exe) 5 0 R] >> >>")


def encrypted_xlsx() -> bytes:
    return compound_file({"EncryptionInfo": b"\4\0\4\0" + b"\0" * 100, "EncryptedPackage": b"\1" * 5000})


def old_xls() -> bytes:
    return compound_file({"Workbook": b"\x09\x08" + b"\0" * 5000})


def encrypted_hwp() -> bytes:
    return hwp(HWP_PACKED | 2)


def hwp_with_script_flag() -> bytes:
    return hwp(HWP_PACKED | 8)


def hwp_with_script() -> bytes:
    """The flag says there is none."""
    return hwp(script="function OnDocument_Open()\r\n{\r\n\tDocument.Save();\r\n}\r\n")


def hwp_with_object(streams: dict[str, bytes]) -> bytes:
    """A document with an OLE object of these streams, its length before it as Hancom's program writes it."""
    inner = compound_file(streams)
    return hwp(more={"BinData/BIN0001.OLE": deflated(struct.pack("<I", len(inner)) + inner)})


def hwp_with_broken_chain() -> bytes:
    """A picture of 5,000 bytes whose chain of sectors ends after the third."""
    data = bytearray(hwp(more={"BinData/BIN0001.png": b"1" * 5000}))
    (table,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<I", data, 512 * (table + 1) + 4 * 2, 0xFFFFFFFE)
    return bytes(data)


def hwp_bomb() -> bytes:
    return hwp(text=b"\0" * 40 * MIB)


def encrypted_hwpx() -> bytes:
    manifest = (
        b'<odf:manifest xmlns:odf="m"><odf:file-entry><odf:encryption-data/></odf:file-entry></odf:manifest>'
    )
    return hwpx({"META-INF/manifest.xml": manifest})


def hwpx_with_script() -> bytes:
    return hwpx(
        {"Scripts/sourceScripts.js": "function OnDocument_Open() { Document.Save(); }".encode("utf-16-le")}
    )


def macro_xlsx() -> bytes:
    """Macros under a harmless name and type."""
    return xlsx({"xl/vbaProject.bin": compound_file({"VBA/dir": b"\0" * 64})})


def macro_docx() -> bytes:
    """A .docm renamed."""
    return docx(main_type="application/vnd.ms-word.document.macroEnabled.main+xml")


def xlsx_with_macro_sheet() -> bytes:
    part = (
        '<Override PartName="/xl/macrosheets/s.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'
    )
    return xlsx({"xl/macrosheets/s.xml": b"<m/>"}, types=part)


def docx_with_object() -> bytes:
    return docx({"word/embeddings/oleObject1.bin": compound_file({"\x01Ole10Native": b"\0" * 64})})


def pptx_with_chart_workbook(workbook: bytes) -> bytes:
    return pptx({"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": workbook})


def entity_bomb(encoding: str = "utf-8") -> bytes:
    """A billion laughs in a Word document."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><x>&l9;</x>'
    return docx({"word/document.xml": text.encode(encoding)})


def entity_bomb_in_types() -> bytes:
    text = '<!DOCTYPE x [<!ENTITY a "a">]><Types>&a;</Types>'
    return zip_of({"[Content_Types].xml": text.encode(), "word/document.xml": b"<x/>"})


def zip_bomb(size: int = 231 * MIB) -> bytes:
    """A workbook of a few hundred KB that unpacks to `size` bytes."""
    return xlsx({"xl/worksheets/sheet2.xml": b" " * size})


def nested_bomb() -> bytes:
    """Zips in zips, each holding several."""
    inner = zip_of({"0.txt": b" " * MIB})
    for _ in range(3):
        inner = zip_of({f"{number}.zip": inner for number in range(4)})
    return inner


def nested_office_bomb() -> bytes:
    """Workbooks in workbooks, each in order, deeper than anyone's chart."""
    inner = xlsx()
    for _ in range(5):
        inner = xlsx({"xl/embeddings/book.xlsx": inner})
    return inner


def bomb_that_lies_about_its_size() -> bytes:
    """40 MB of text, listed as ten bytes both times."""
    data = bytearray(zip_of({"a.txt": b" " * 40 * MIB}))
    for signature, offset in ((LOCAL, 22), (LIST, 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, 10)
    return bytes(data)


def many_entries(count: int = 6_000) -> bytes:
    return zip_of({f"{number}.txt": b"1" for number in range(count)})


def overlapping_bomb(depth: int = 30) -> bytes:
    """Each entry contains all those before it, so the list promises far more than there is."""
    body, listed = b"", list[bytes]()
    for number in range(depth):
        outer = zip_of({f"{number}.txt": body or b" " * MIB}, ZIP_STORED if body else ZIP_DEFLATED)
        record, entry = outer[: outer.index(LIST)], outer[outer.index(LIST) : outer.index(END)]
        listed = [_moved(one, len(record) - len(body)) for one in listed] + [entry]
        body = record
    return body + b"".join(listed) + _end(listed, len(body))


def zip_that_reaches_into_its_list() -> bytes:
    """Its entry claims ten bytes more than it has."""
    data = bytearray(zip_of({"a.txt": b"1" * 100}))
    for offset in (data.index(LOCAL) + 18, data.index(LIST) + 20):
        struct.pack_into("<I", data, offset, struct.unpack_from("<I", data, offset)[0] + 10)
    return bytes(data)


def zip_with_filled_folder() -> bytes:
    return zip_of({"폴더/": b"1" * 100, "a.txt": b"1"})


def _moved(entry: bytes, by: int) -> bytes:
    """An entry of the list, its file `by` bytes further on."""
    (offset,) = struct.unpack_from("<I", entry, 42)
    return entry[:42] + struct.pack("<I", offset + by) + entry[46:]


def _end(listed: list[bytes], start: int) -> bytes:
    size = sum(map(len, listed))
    return struct.pack("<4sHHHHIIH", END, 0, 0, len(listed), len(listed), size, start, 0)


def hidden_before() -> bytes:
    """A second zip in front, which a reader that goes by the list never sees."""
    first = zip_of({"숨은.txt": b"1"})
    return first[: first.index(LIST)] + zip_of({"a.txt": b"1"})


def zip_with_twins() -> bytes:
    return zip_of([("a.txt", b"1"), ("A.txt", b"2")])


def zip_with_other_local_name() -> bytes:
    data = zip_of({"aaaa.txt": b"1"})
    return data.replace(b"aaaa.txt", b"bbbb.txt", 1)


def zip_with_other_local_method() -> bytes:
    data = bytearray(zip_of({"a.txt": b"1" * 100}))
    data[data.index(LOCAL) + 8] = ZIP_STORED
    return bytes(data)


def zip_with_path(name: str) -> bytes:
    return zip_of({name: b"1"})


def zip_with_link() -> bytes:
    link = ZipInfo("현황.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    return zip_of([(link, b"/etc/passwd")])


def encrypted_zip(without: bytes = b"") -> bytes:
    """The flag of a password on the entry, in its own header and in the list unless one is to be left out."""
    data = bytearray(zip_of({"a.txt": b"1"}))
    for signature, offset in ((LOCAL, 6), (LIST, 8)):
        data[data.index(signature) + offset] |= signature != without
    return bytes(data)


def oddly_packed_zip() -> bytes:
    return zip_of({"a.txt": b"1" * 1000}, ZIP_BZIP2)


def empty_zip() -> bytes:
    return zip_of({})


def zip_with_broken_entry() -> bytes:
    """One byte of the packed data turned over."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        file.writestr("a.txt", bytes(range(1, 120)) * 20)
    data = bytearray(target.getvalue())
    data[60] ^= 0xFF
    return bytes(data)


def zip_with_a_very_large_text() -> bytes:
    """Enough beside it that the whole is no bomb."""
    return zip_of([("a.txt", b" " * 65 * MIB), ("b.jpg", os.urandom(MIB))])


def huge_png() -> bytes:
    return png(60_000, 60_000, pixels=False)


def program() -> bytes:
    """The beginning of a Windows program."""
    return b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + b"\0" * 200


def rights_managed() -> bytes:
    return b"\x9b DRMONE  This Document is encrypted and protected by Fasoo DRM" + b"\0" * 500


def mislabelled_template() -> bytes:
    return docx(main_type=f"{OPEN_XML}.wordprocessingml.template.main+xml")
