"""Conversations on Slack, over a socket and over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.slack import turns
from bot.turn import take_turn
from models.evidence.table import EvidenceFile
from models.messaging.account import web_account
from models.messaging.conversation import DrawnScreen
from models.messaging.inbox import Inbox
from models.organization import Person as Row
from models.store import Database
from tests.kit import files
from tests.kit.served_city import mishaps  # noqa: F401
from tests.kit.slack import Person
from tests.kit.slack.files import file_object
from tests.slack.talking import EVALUATOR, LEAD, OFFICER, Talking, failing_once, read, talking, until

PDF = (files.pdf(), "처리대장.pdf")


@pytest.fixture(params=["slack", "slack_http"])
async def talk(request: pytest.FixtureRequest, hanbit: Database, tmp_path: Path) -> AsyncIterator[Talking]:
    async with talking(hanbit, tmp_path, request.param) as talk:
        yield talk
        assert talk.slack.complaints == []


async def test_a_report_is_filled_in_at_once_with_its_evidence_and_reviewed(talk: Talking) -> None:
    officer, lead = await talk.linked(OFFICER), await talk.linked(LEAD)
    await officer.types_command("/bogobot", "민원처리율 97.3")
    await talk.opens(officer)
    done = await officer.submits({"증빙자료": [PDF], "설명": "상반기 누계입니다."})
    assert done.closed and not done.errors
    await talk.sees(officer, "40.00/40점")
    await talk.presses(officer, "제출하기")
    await talk.sees(officer, "민원처리율을 제출했습니다.")
    await talk.sees(lead, "처리대장.pdf")
    await talk.presses(lead, "확인")
    await talk.sees(officer, "팀장이 민원처리율을 확인했습니다.")
    assert len(talk.rows(EvidenceFile)) == 1 and talk.audited("report.submit") == 1


async def test_what_is_wrong_stands_beside_its_field_and_the_same_modal_is_submitted_again(
    talk: Talking,
) -> None:
    officer = await form(talk)
    refused = await officer.submits({"실적 (일)": "백"})
    assert set(refused.errors) == {"실적 (일)"} and not refused.closed
    refused = await officer.submits({"실적 (일)": "백", "증빙자료": [PDF]})
    assert set(refused.errors) == {"실적 (일)"} and not refused.closed
    done = await officer.submits({"실적 (일)": "7.5", "증빙자료": [PDF]})
    assert done.closed, done
    await talk.sees(officer, "7.5 일", "처리대장.pdf")


async def test_the_button_opens_the_form_again_after_it_was_closed(talk: Talking) -> None:
    officer = await form(talk)
    await officer.submits({"실적 (일)": "백", "설명": "통계를 붙입니다."})
    await officer.closes_modal()
    await talk.presses(officer, "입력창 열기")
    await talk.opens(officer)
    assert (await officer.submits({"실적 (일)": "7.5"})).closed


async def test_the_button_of_a_form_that_is_over_opens_nothing_and_says_so(talk: Talking) -> None:
    officer = await form(talk)
    await officer.closes_modal()
    await until(lambda: "입력창 열기" in officer.buttons(), lambda: str(officer.buttons()))
    old = officer.button("입력창 열기")
    await officer.says("메뉴")
    await talk.sees(officer, "무엇을 도와드릴까요?")
    await officer.presses(old)
    await talk.sees(officer, "지난 화면의 버튼입니다.")
    assert officer.modal is None


async def test_a_value_that_was_made_by_hand_opens_nothing(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    menu = officer.button("도움말")
    menu.element["value"] = menu.element["value"].partition(".")[0] + ".form"
    ack = await officer.presses(menu)
    assert ack is not None and ack.ok
    await talk.sees(officer, "지난 화면의 버튼입니다.")
    menu.element["value"] = "제출하기"
    ack = await officer.presses(menu)
    assert ack is not None and ack.ok


async def test_a_passing_word_goes_to_no_other_host_than_slacks(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    await talk.presses(officer, "도움말")
    await talk.sees(officer, "이렇게 입력해 보세요")
    click = next(ack.delivery for ack in reversed(talk.slack.acks) if ack.delivery.kind == "interactive")
    forged = click.payload | {"response_url": f"{talk.slack.host.strangers_url}/actions"}
    forged["actions"] = [forged["actions"][0] | {"action_ts": "1.5"}]
    await talk.slack.deliveries.deliver("interactive", forged)
    await talk.sees(officer, "지난 화면의 버튼입니다.")
    assert talk.slack.calls_of("chat.postEphemeral")


async def test_files_without_words_go_into_the_form_that_is_open(talk: Talking) -> None:
    officer = await form(talk)
    await officer.closes_modal()
    await officer.sends_file(*PDF)
    await talk.sees(officer, "증빙자료: 처리대장.pdf")


async def test_what_comes_after_a_file_is_taken_after_it(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    talk.slack.faults.is_slow("download", 0.5)
    await officer.sends_file(*PDF, text="민원처리율 97.3")
    await officer.says("메뉴")
    await until(lambda: len(officer.messages) > 2, lambda: read(officer))
    order = [one.text for one in officer.messages[1:]]
    assert "처리대장.pdf" in order[0] and "무엇을 도와드릴까요?" in order[-1], order


async def test_the_shortcut_hands_in_the_files_of_a_message(talk: Talking) -> None:
    officer = await form(talk)
    await officer.closes_modal()
    kept = officer.uploads(*PDF)
    message = await officer.sends_file(files.png(), "사진.png")
    await talk.sees(officer, "증빙자료: 사진.png")
    message.raw["files"] = [file_object(talk.slack.workspace, kept)]
    talk.slack.workspace.direct_message(officer.id).messages.pop(message.ts)
    await officer.uses_shortcut("evidence", message)
    await talk.sees(officer, "파일을 확인하고 있습니다.", "처리대장.pdf")
    words = await officer.says("파일이 없는 말")
    await officer.uses_shortcut("evidence", words)
    await talk.sees(officer, "이 메시지에는 파일이 없습니다.")


async def test_home_is_drawn_when_it_is_looked_at_and_its_buttons_work(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    await officer.opens_home()
    await until(lambda: officer.home is not None, lambda: "no home")
    assert officer.home is not None and "지금 보고할 지표" in officer.home.text
    await officer.presses("도움말")
    await talk.sees(officer, "이렇게 입력해 보세요")


async def test_the_talk_begins_by_itself_where_it_never_has(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    shown = len(officer.messages)
    await officer.opens_home("messages")
    await talk.settles()
    assert len(officer.messages) == shown
    other = other_account(talk)
    with talk.town.database.write() as session:
        for screen in session.exec(select(DrawnScreen)):
            screen.account_id = other
    await officer.opens_home("messages")
    await until(lambda: len(officer.messages) > shown, lambda: read(officer))


async def test_a_click_that_is_brought_twice_is_taken_once(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    await talk.presses(officer, "도움말")
    await talk.sees(officer, "이렇게 입력해 보세요")
    await talk.settles()
    taken, shown = len(talk.rows(Inbox)), len(officer.messages)
    click = next(ack.delivery for ack in reversed(talk.slack.acks) if ack.delivery.kind == "interactive")
    assert (await talk.slack.deliveries.deliver("interactive", click.payload)).ok
    await talk.settles()
    assert (len(talk.rows(Inbox)), len(officer.messages)) == (taken, shown)


async def test_a_submission_that_is_brought_twice_is_taken_once(talk: Talking) -> None:
    officer = await form(talk)
    done = await officer.submits({"실적 (일)": "7.5", "증빙자료": [PDF]})
    await talk.sees(officer, "제출 전 확인")
    assert done.ack is not None
    again = await talk.slack.deliveries.deliver("interactive", done.ack.delivery.payload)
    assert again.body == {"response_action": "clear"}
    await talk.settles()
    assert sum("제출 전 확인" in one.text for one in officer.messages) == 1


async def test_a_click_whose_turn_fails_is_told_and_answered_by_no_ack(
    talk: Talking,
    monkeypatch: pytest.MonkeyPatch,
    mishaps: list[Any],  # noqa: F811
) -> None:
    officer = await talk.linked(OFFICER)
    talk.slack.ack_timeout = 0.5
    monkeypatch.setattr(turns, "take_turn", failing_once(take_turn, LookupError("97.3")))
    ack = await talk.presses(officer, "도움말")
    assert not ack.ok and ack.status in (0, 500)
    await talk.sees(officer, "처리하지 못했습니다. 잠시 뒤 다시 해 주세요.")
    assert [one["event"] for one in mishaps] == ["turn.failed"]
    mishaps.clear()
    await talk.presses(officer, "도움말")
    await talk.sees(officer, "이렇게 입력해 보세요")


async def test_a_trigger_that_has_expired_does_no_harm(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    talk.slack.faults.refuses("views.open", "expired_trigger_id")
    await officer.types_command("/bogobot", "민원처리율 97.3")
    await talk.presses(officer, "입력창 열기")
    await talk.opens(officer)


async def test_in_a_channel_nothing_is_shown_but_where_to_go(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    channel = talk.slack.channel("총무과")
    await officer.mentions(channel, "내 지표")
    await talk.sees(officer, "업무는 보고봇과의 대화에서만")
    said = await officer.types_command("/bogobot", "도움말", channel=channel)
    assert "민원처리율 97.3" in said
    await talk.sees(officer, "이렇게 입력해 보세요")
    shown = [one for one in talk.slack.workspace.conversation(channel).messages.values() if "bot_id" in one]
    assert shown == []


async def test_a_toast_is_for_whoever_pressed_alone(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    old = officer.button("도움말")
    await talk.presses(officer, "내 지표")
    await talk.sees(officer, "보고할 지표 3건")
    await officer.presses(old)
    await talk.sees(officer, "지난 화면의 버튼입니다.")
    assert any("지난 화면의 버튼입니다." in one.text for one in officer.ephemerals)


async def test_what_the_bot_says_itself_is_not_answered(talk: Talking) -> None:
    talk.slack.workspace.echoes_bot_messages = True
    officer = await talk.linked(OFFICER)
    await officer.says("도움말")
    await talk.sees(officer, "이렇게 입력해 보세요")
    await talk.settles()
    assert len(officer.messages) == 2 and talk.slack.acks[-1].ok


async def form(talk: Talking) -> Person:
    """The officer with the form of an empty report open."""
    officer = await talk.linked(OFFICER)
    await officer.says("민원 처리기간")
    await talk.presses(officer, "실적 보고")
    await talk.opens(officer)
    return officer


def other_account(talk: Talking) -> int:
    """An account of somebody else, for what is to be nobody's here."""
    with talk.town.database.write() as session:
        person = session.exec(select(Row).where(Row.code == EVALUATOR)).one()
        return web_account(session, talk.town.clock.now(), person.id or 0).id or 0
