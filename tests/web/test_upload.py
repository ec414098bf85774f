"""Files on their way in: taken whole and in order, or not at all."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from bot.web.limits import Buckets
from models.evidence.inspection.faults import Reason
from models.evidence.refusals import refusal
from models.evidence.table import Parcel, StoredFile
from models.evidence.vault import CAP, MIB
from models.words import translator
from tests.kit import files, hostile
from tests.kit.served import Served

HOSTILE: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "빈 파일.pdf": (bytes, Reason.EMPTY),
    "암호.pdf": (hostile.encrypted_pdf, Reason.ENCRYPTED),
    "암호.xlsx": (hostile.encrypted_xlsx, Reason.ENCRYPTED),
    "암호.hwp": (hostile.encrypted_hwp, Reason.ENCRYPTED),
    "암호.hwpx": (hostile.encrypted_hwpx, Reason.ENCRYPTED),
    "암호.zip": (hostile.encrypted_zip, Reason.ENCRYPTED),
    "보안.docx": (hostile.rights_managed, Reason.RIGHTS_MANAGED),
    "매크로.xlsx": (hostile.macro_xlsx, Reason.MACRO),
    "매크로.docx": (hostile.macro_docx, Reason.MACRO),
    "스크립트.hwp": (hostile.hwp_with_script, Reason.MACRO),
    "스크립트.hwpx": (hostile.hwpx_with_script, Reason.MACRO),
    "개체.docx": (hostile.docx_with_object, Reason.EMBEDDED),
    "첨부.pdf": (hostile.pdf_with_attachment, Reason.EMBEDDED),
    "스크립트.pdf": (hostile.pdf_with_disguised_script, Reason.ACTIVE_PDF),
    "실행.pdf": (hostile.pdf_that_launches, Reason.ACTIVE_PDF),
    "웃음.docx": (hostile.entity_bomb, Reason.ENTITY),
    "폭탄.xlsx": (hostile.zip_bomb, Reason.BOMB),
    "폭탄.hwp": (hostile.hwp_bomb, Reason.BOMB),
    "거짓.zip": (hostile.bomb_that_lies_about_its_size, Reason.BOMB),
    "많음.zip": (hostile.many_entries, Reason.BOMB),
    "겹침.zip": (hostile.overlapping_bomb, Reason.INCONSISTENT_ZIP),
    "숨김.zip": (hostile.hidden_before, Reason.INCONSISTENT_ZIP),
    "겹겹.zip": (hostile.nested_bomb, Reason.ZIP_IN_ZIP),
    "빈 압축.zip": (hostile.empty_zip, Reason.EMPTY_ZIP),
    "방식.zip": (hostile.oddly_packed_zip, Reason.ODD_COMPRESSION),
    "깨짐.zip": (hostile.zip_with_broken_entry, Reason.DAMAGED),
    "글자.txt": (lambda: b"a\0b", Reason.NOT_TEXT),
}
NAMES = {
    "보고서.pdf": "보고서.pdf",
    "\u1107\u1169\u1100\u1169.pdf": "보고.pdf",  # as a Mac writes 보고
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\업무\\보고.pdf": "보고.pdf",
    "/보고.pdf": "보고.pdf",
    "a\r\nSet-Cookie: x=1.pdf": "aSet-Cookie: x=1.pdf",
    "보고\x00.exe.pdf": "보고.exe.pdf",
    "fdp.\u202egepj.pdf": "fdp.gepj.pdf",
    "보고.pdf.": "보고.pdf",
    "<script>alert(1)<script>.pdf": "<script>alert(1)<script>.pdf",
    "가" * 300 + ".pdf": "가" * 116 + ".pdf",
}


async def send(served: Served, content: Any, name: str, **headers: str) -> httpx.Response:
    headers = {"X-File-Name": quote(name), **served.cookies("officer"), **headers}
    return await served.client.post("/files", content=content, headers=headers)


def nothing_is_left(served: Served) -> bool:
    return not served.kept_files() and not served.rows(StoredFile) and not served.rows(Parcel)


async def test_a_file_in_order_is_kept_under_its_hash_and_named_to_its_owner(served: Served) -> None:
    content = files.pdf()
    answer = await send(served, content, "보고서.pdf")
    assert answer.status_code == 200
    [parcel] = served.rows(Parcel)
    assert answer.json() == {"id": parcel.id, "name": "보고서.pdf", "size": len(content)}
    assert parcel.owner_id == served.city.people["officer"]
    [kept] = served.kept_files()
    assert kept.name == parcel.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.read_bytes() == content


async def test_every_kind_of_evidence_is_taken(served: Served) -> None:
    for name, content in files.every_kind().items():
        assert (await send(served, content, name)).status_code == 200, name


async def test_the_same_bytes_are_kept_once_for_everybody_who_sends_them(served: Served) -> None:
    answers = await asyncio.gather(*(send(served, files.pdf(), f"{number}.pdf") for number in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(served.kept_files()) == len(served.rows(StoredFile)) == 1
    assert len(served.rows(Parcel)) == 4


async def test_each_hostile_file_has_its_own_refusal_and_leaves_nothing(served: Served) -> None:
    translate = translator("ko")
    served.house.uploads = Buckets(per_second=0, burst=100)
    for name, (make, reason) in HOSTILE.items():
        answer = await send(served, make(), name)
        assert answer.status_code == 415, name
        assert translate(refusal(reason, {}).phrase) in answer.json()["error"], name
        assert nothing_is_left(served), name


async def test_a_kind_that_is_not_evidence_is_refused(served: Served) -> None:
    for name in ("a.exe", "a.xlsm", "a.html", "a.svg", "a", ".pdf", "보고.pdf.exe", "a.pdf "):
        answer = await send(served, hostile.program(), name)
        assert answer.status_code == 415 and answer.json()["error"], name
    assert nothing_is_left(served)


async def test_names_are_data_and_never_a_path(served: Served) -> None:
    for name, expected in NAMES.items():
        answer = await send(served, files.pdf(), name)
        assert answer.status_code == 200, name
        assert answer.json()["name"] == expected
    assert len(served.kept_files()) == 1


async def test_a_file_without_a_name_is_refused(served: Served) -> None:
    for name in ("", "/", "..", "%", "%ff%fe", "\\\\", "..."):
        headers = {"X-File-Name": name, **served.cookies("officer")}
        answer = await served.client.post("/files", content=files.pdf(), headers=headers)
        assert answer.status_code == 415, name
    assert nothing_is_left(served)


async def raw(served: Served, text: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = served.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(text)
    return reader, writer


def head(served: Served, *lines: str, person: str = "officer") -> bytes:
    cookie = served.cookies(person)["Cookie"]
    told = ["POST /files HTTP/1.1", "Host: x", f"Cookie: {cookie}", "X-File-Name: a.pdf", *lines]
    return "\r\n".join([*told, "", ""]).encode()


async def answer_of(reader: asyncio.StreamReader) -> tuple[int, dict[str, Any]]:
    async with asyncio.timeout(5):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(line for line in head.split("\r\n") if line.lower().startswith("content-length"))
        body = await reader.readexactly(int(length.split(":")[1]))
    return int(head.split()[1]), json.loads(body) if body.startswith(b"{") else {}


async def test_a_file_over_the_cap_is_refused_before_a_byte_of_it_came(served: Served) -> None:
    reader, writer = await raw(served, head(served, f"Content-Length: {51 * MIB}"))
    status, told = await answer_of(reader)
    assert status == 413 and "50MB" in told["error"]
    writer.close()
    assert nothing_is_left(served)


async def test_a_file_of_unsaid_size_is_refused_as_soon_as_it_is_over_the_cap(served: Served) -> None:
    served.house.vault.cap = MIB

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(3 * 16):
            yield b"a" * (MIB // 16)

    answer = await send(served, pieces(), "a.txt")
    assert answer.status_code == 413 and "1MB" in answer.json()["error"]
    assert nothing_is_left(served)


async def test_a_file_of_exactly_the_cap_is_taken(served: Served) -> None:
    served.house.vault.cap = MIB
    assert (await send(served, b"a" * MIB, "a.txt")).status_code == 200
    assert (await send(served, b"a" * (MIB + 1), "a.txt")).status_code == 413
    assert CAP == 50 * MIB


async def test_an_upload_cut_off_in_the_middle_leaves_nothing(served: Served) -> None:
    _reader, writer = await raw(
        served, head(served, f"Content-Length: {2 * MIB}") + b"%PDF-1.7\n" + b"a" * MIB
    )
    while not served.kept_files():
        await asyncio.sleep(0.01)
    writer.transport.abort()
    async with asyncio.timeout(5):
        while served.kept_files():
            await asyncio.sleep(0.01)
    assert nothing_is_left(served)


async def test_an_upload_while_the_bot_is_stopped_leaves_nothing_after_the_next_hour(served: Served) -> None:
    left = served.evidence / "incoming" / ("0" * 32)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a file")
    served.machine.move(timedelta(hours=1, seconds=1))
    await served.house.tick()
    assert nothing_is_left(served)


async def test_who_is_not_logged_in_hands_in_nothing(served: Served) -> None:
    answer = await served.client.post("/files", content=files.pdf(), headers={"X-File-Name": "a.pdf"})
    assert answer.status_code == 401 and "다시 로그인" in answer.json()["error"]
    assert nothing_is_left(served)


async def test_who_uploads_too_fast_is_told_to_wait(served: Served) -> None:
    served.house.uploads = Buckets(per_second=0, burst=1)
    assert (await send(served, files.pdf(), "a.pdf")).status_code == 200
    answer = await send(served, files.pdf(), "a.pdf")
    assert answer.status_code == 429 and "너무 빠르게" in answer.json()["error"]


async def test_a_refused_body_is_never_read_as_another_request(served: Served) -> None:
    inner = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    outer = head(served, f"Content-Length: {len(inner)}").replace(b"bogobot=", b"bogobot=x")
    reader, writer = await raw(served, outer + inner + b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n")
    assert [(await answer_of(reader))[0] for _ in range(2)] == [401, 404]
    writer.close()


@pytest.mark.parametrize(
    "lines",
    [
        ["Content-Length: -5"],
        ["Content-Length: abc"],
        ["Content-Length: 5", "Content-Length: 6"],
        ["Content-Length: 5, 6"],
        ["Transfer-Encoding: gzip"],
        ["Transfer-Encoding: chunked, chunked"],
    ],
)
async def test_a_body_whose_length_is_not_clear_is_refused(served: Served, lines: list[str]) -> None:
    reader, writer = await raw(served, head(served, *lines) + b"5\r\nhello\r\n0\r\n\r\n")
    async with asyncio.timeout(5):
        status = int((await reader.readline()).split()[1])
    assert status in (400, 501)
    writer.close()
    assert nothing_is_left(served)


async def test_another_persons_file_cannot_be_handed_in(served: Served) -> None:
    async with served.window("officer") as officer, served.window("civil") as civil:
        parcel = await officer.uploads(files.pdf(), "남의 것.pdf")
        await civil.says("재발급률 2.5")
        await civil.sees("증빙자료")
        await civil.says("", parcel)
        await civil.sees("파일 1개를 찾을 수 없습니다")
        assert "남의 것" not in str(civil.events)


async def test_the_event_loop_goes_on_while_files_are_written_and_looked_into(served: Served) -> None:
    content = files.zip_of({f"{number}.txt": b"a" * 1000 for number in range(2000)})
    async with served.window("officer") as officer:
        uploads = asyncio.gather(*(send(served, content, f"{number}.zip") for number in range(4)))
        await officer.says("도움말")
        assert not uploads.done()
        assert {answer.status_code for answer in await uploads} == {200}
