"""Files: fetched after they were kept, taken as one answer with what they came with, refused with what to do."""

import re
from unittest.mock import patch

import pytest

from bot.telegram import files as telegram_files
from bot.telegram.read import Attached, Message
from models.evidence.table import Parcel
from models.messaging.account import Account
from models.messaging.arrival import Arrival
from models.messaging.outbox import Outbox, Sending
from models.messaging.upload_link import UploadLink
from tests.kit import files, hostile
from tests.telegram.kit.desk import Desk

FORM = "실적 보고: 민원처리율"


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1], [1, 2, 0]])
async def test_an_album_is_one_answer_in_the_order_it_was_written(desk: Desk, order: list[int]) -> None:
    officer = await desk.linked("officer")
    before = len(officer.messages)
    album = [(files.pdf(), "가.pdf"), (files.xlsx(), "나.xlsx"), (files.jpg(), "다.jpg")]
    await officer.sends_album(album, "민원처리율 97.3", order)
    await desk.until(lambda: len(desk.waits()) == 3)
    assert len(officer.messages) == before
    await desk.passes(seconds=1)
    await officer.sees("가.pdf", "나.xlsx", "다.jpg")
    await officer.settles()
    (shown,) = officer.messages[before:]
    names = ("가.pdf", "나.xlsx", "다.jpg")
    assert sorted(names, key=shown.text.index) == list(names) and "97.3" in shown.text
    assert [parcel.name for parcel in desk.rows(Parcel)] == list(names)
    assert desk.waits() == []


async def test_an_album_whose_parts_come_twice_is_taken_once(desk: Desk) -> None:
    officer = await desk.linked("officer")
    desk.server.updates.deliver_twice(2)
    await officer.sends_album([(files.pdf(), "가.pdf"), (files.xlsx(), "나.xlsx")], "민원처리율 97.3")
    await desk.server.until(lambda: not desk.server.updates.unsettled)
    assert len(desk.waits()) == 2
    await desk.passes(seconds=1)
    await officer.sees("가.pdf")
    assert len(desk.rows(Parcel)) == 2


async def test_words_after_a_file_wait_for_it_and_presses_do_not(desk: Desk) -> None:
    officer = await desk.linked("officer")
    held = desk.server.faults.holds("getFile", accepted=True)
    await officer.sends_file(files.pdf(), "증빙.pdf", "민원처리율 97.3")
    await held.comes()
    await officer.says("도움말")
    await officer.presses("4. 언어 · Language")
    await officer.sees("English")
    assert "이렇게 입력해 보세요" not in officer.reads()
    held.release()
    await officer.sees("이렇게 입력해 보세요")
    assert len(desk.rows(Parcel)) == 1 and desk.waits() == []
    assert "typing" in officer.actions


async def test_what_is_wrong_with_one_file_keeps_no_other_from_being_taken(desk: Desk) -> None:
    officer = await desk.linked("officer")
    album = [
        (hostile.encrypted_pdf(), "잠김.pdf"),
        (files.pdf(), "증빙.pdf"),
        (hostile.macro_xlsx(), "매크로.xlsx"),
    ]
    await officer.sends_album(album, "민원처리율 97.3")
    await officer.settles()
    await desk.passes(seconds=1)
    await officer.sees("잠김.pdf: 암호가 걸린 파일입니다.", "매크로.xlsx: 매크로나", "증빙.pdf")
    await officer.settles()
    told, form = officer.messages[-2:]
    assert "증빙.pdf" not in told.text and "증빙.pdf" in form.text and "97.3" in form.text
    assert [parcel.name for parcel in desk.rows(Parcel)] == ["증빙.pdf"]


async def test_a_file_alone_that_is_refused_is_said_and_changes_nothing(desk: Desk) -> None:
    officer = await desk.linked("officer")
    await officer.sends_file(b"MZ", "일.exe")
    await officer.sees("일.exe: 받을 수 있는 파일이 아닙니다.")
    await officer.settles()
    assert "무슨 말씀인지" not in officer.reads() and not desk.rows(Parcel) and not desk.waits()
    await officer.presses("3. 도움말")
    await officer.sees("이렇게 입력해 보세요")


async def test_what_is_said_of_a_refused_file_is_said_once(desk: Desk) -> None:
    officer = await desk.linked("officer")
    await officer.sends_file(hostile.encrypted_pdf(), "잠김.pdf")
    await officer.sees("잠김.pdf")
    # Whatever else may be waiting in the outbox goes with this.
    desk.house.delivery.wake()
    await desk.until(lambda: all(row.state is Sending.SENT for row in desk.rows(Outbox)))
    await officer.settles()
    assert sum("잠김.pdf" in message.text for message in officer.messages) == 1


async def test_a_file_without_a_name_is_refused_in_a_sentence(desk: Desk) -> None:
    officer = await desk.linked("officer")
    stored = desk.server.state.files.keep(files.pdf(), "이름.pdf").as_document()
    del stored["file_name"]
    await officer.sends(document=stored)
    await officer.sees("파일 이름이 비어 있습니다. 이름을 붙여 다시 올려 주세요.")
    assert ": 파일 이름이" not in officer.reads()


async def test_a_photo_is_taken_under_its_time_with_a_word_about_originals(desk: Desk) -> None:
    officer = await desk.linked("officer")
    await officer.says("민원처리율 97.3")
    await officer.sees("증빙자료")
    message = await officer.sends_photo(files.jpg())
    await officer.sees("텔레그램은 사진을 압축합니다. 원본을 남기시려면 '파일'로 다시 보내 주세요.")
    (parcel,) = desk.rows(Parcel)
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d \d{{6}} {message.message_id}\.jpg", parcel.name)


@pytest.mark.parametrize("says_size", [True, False])
async def test_a_file_too_large_for_bots_gets_a_link_of_its_own(desk: Desk, says_size: bool) -> None:
    officer = await desk.linked("officer")
    large = desk.server.state.files.keep(bytes(21 * 1024 * 1024), "큰 자료.pdf")
    document = large.as_document()
    if not says_size:
        del document["file_size"]
    await officer.sends(document=document, caption="민원처리율 97.3")
    await officer.sees("큰 자료.pdf는 20MB가 넘어 텔레그램으로 받을 수 없습니다. 아래 주소에서 60분 안에")
    await officer.settles()
    found = re.search(r"(http://\S+)/upload/[\w-]{32}", officer.reads())
    assert found is not None and found[1] == desk.house.address
    (link,) = desk.rows(UploadLink)
    assert desk.rows(Account, Account.id == link.account_id)[0].address == str(officer.user_id)
    assert "97.3" in officer.messages[-1].text
    assert desk.server.count("getFile") == (0 if says_size else 1)


async def test_a_file_over_the_cap_is_refused_without_being_fetched(desk: Desk) -> None:
    officer = await desk.linked("officer")
    document = {
        "file_id": "x",
        "file_unique_id": "x",
        "file_name": "아주 큰.pdf",
        "file_size": 51 * 1024 * 1024,
    }
    await officer.sends(document=document)
    await officer.sees("아주 큰.pdf: 파일이 50MB를 넘습니다.")
    assert desk.rows(UploadLink) == [] and desk.server.count("getFile") == 0


async def test_a_fetch_that_fails_in_passing_is_tried_again_and_the_file_taken(desk: Desk) -> None:
    desk.expected = {"arrival.failed"}
    officer = await desk.linked("officer")
    desk.server.faults.answers_with("getFile", 502)
    await officer.sends_file(files.pdf(), "증빙.pdf", "민원처리율 97.3")
    await desk.until(lambda: [one.tries for one in desk.waits()] == [1])
    await desk.passes(seconds=6)
    await officer.sees("증빙.pdf")
    assert desk.waits() == [] and len(desk.rows(Parcel)) == 1


async def test_a_turn_that_fails_after_the_fetch_keeps_the_file_waiting(desk: Desk) -> None:
    desk.expected = {"arrival.failed"}
    officer = await desk.linked("officer")
    with patch("bot.telegram.talking.take_turn", side_effect=LookupError):
        await officer.sends_file(files.pdf(), "증빙.pdf", "민원처리율 97.3")
        await desk.until(lambda: [one.tries for one in desk.waits()] == [1])
    assert desk.rows(Parcel) == []
    await desk.passes(seconds=6)
    await officer.sees("증빙.pdf")


async def test_what_another_bot_took_meanwhile_is_not_taken_again(desk: Desk) -> None:
    officer = await desk.linked("officer")
    held = desk.server.faults.holds("getFile", accepted=True)
    await officer.sends_file(files.pdf(), "증빙.pdf", "민원처리율 97.3")
    await held.comes()
    with desk.city.database.write() as session:
        session.delete(session.get_one(Arrival, desk.waits()[0].id))
    before = len(officer.messages)
    held.release()
    await desk.server.until(lambda: not desk.server.state.calls_under_way)
    await officer.presses("3. 도움말")
    await officer.sees("이렇게 입력해 보세요")
    await desk.until(lambda: not list(desk.evidence.glob("incoming/*")))
    await officer.settles()
    assert len(officer.messages) == before + 1 and not desk.rows(Parcel)


async def test_a_file_of_somebody_who_left_meanwhile_is_not_taken(desk: Desk) -> None:
    officer = await desk.linked("officer")
    held = desk.server.faults.holds("getFile", accepted=True)
    await officer.sends_file(files.pdf(), "증빙.pdf", "민원처리율 97.3")
    await held.comes()
    with desk.city.database.write() as session:
        account = session.get_one(Account, desk.account("officer").id)
        account.address = None
    held.release()
    await officer.sees("연결되지 않은 계정입니다.")
    await officer.settles()
    assert not desk.rows(Parcel) and not desk.waits()


def test_a_name_by_time_is_seouls() -> None:
    message = Message("1", 12, "", Attached("x", "1563166800", 0, is_photo=True))
    assert telegram_files.file_name(message) == "2019-07-15 140000 12.jpg"
