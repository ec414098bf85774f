"""Who comes in: by a code, by their e-mail, and who does not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.slack.linking import code_in
from models.messaging.account import Messenger
from models.messaging.arrival import Arrival, keep
from models.messaging.conversation import DrawnScreen
from models.messaging.linking import Guesses
from models.organization import Person as Row
from models.store import Database
from tests.kit import files
from tests.kit.served_city import mishaps  # noqa: F401
from tests.slack.talking import OFFICER, Talking, read, talking, until

ASKS = "관리자에게 받은 연결 코드"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2345ABCDEF", "2345ABCDEF"),
        ("2345-abcdef", "2345abcdef"),
        ("2345 ABCDEF", "2345ABCDEF"),
        ("연결 2345ABCDEF", "2345ABCDEF"),
        ("link: 2345", "2345"),
        ("안녕하세요", ""),
        ("연결 방법을 알려 주세요", ""),
        ("민원처리율 97.3", ""),
        ("", ""),
    ],
)
def test_a_code_is_told_from_words(text: str, code: str) -> None:
    assert code_in(text) == code


async def test_a_code_links_by_the_command_too(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path) as talk:
        await talk.settles()
        officer = talk.slack.person(f"U{OFFICER}")
        said = await officer.types_command("/bogobot", f"연결 {talk.town.code(OFFICER)}")
        assert "연결되었습니다" in said
        await talk.sees(officer, "무엇을 도와드릴까요?")
        account = talk.account(OFFICER)
        assert account is not None and account.address == f"{talk.slack.team_id}:U{OFFICER}"
        assert talk.audited("account.link") == 1


async def test_strangers_learn_nothing_and_hear_one_sentence_a_minute(
    hanbit: Database, tmp_path: Path
) -> None:
    async with talking(hanbit, tmp_path) as talk:
        await talk.settles()
        stranger = talk.slack.person("U666")
        for text in ("내 지표", "민원처리율 97.3", "메뉴"):
            await stranger.says(text)
        await stranger.sends_file(files.pdf(), "증빙.pdf")
        await stranger.types_command("/bogobot", "관리")
        await talk.sees(stranger, ASKS)
        await talk.settles()
        assert len(stranger.ephemerals) == 1 and stranger.messages == []
        await stranger.opens_home()
        await until(lambda: stranger.home is not None, lambda: "no home")
        assert stranger.home is not None and ASKS in stranger.home.text and stranger.home.buttons == []
        talk.town.machine.move(timedelta(minutes=1))
        await stranger.says("내 지표")
        await talk.settles()
        assert len(stranger.ephemerals) == 2
        assert talk.slack.calls_of("users.info") == []


async def test_who_guesses_codes_is_locked_out(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path) as talk:
        await talk.settles()
        stranger, code = talk.slack.person("U666"), talk.town.code(OFFICER)
        for number in range(5):
            await stranger.says(f"2345ABCDE{number}")
        await stranger.says(code)
        await talk.sees(stranger, "연결 코드가 맞지 않거나", "1시간 뒤에 다시")
        assert talk.account("666") is None and talk.audited("account.locked") == 1
        talk.town.clock.move(timedelta(hours=1, seconds=1))
        await stranger.says(code)
        await talk.sees(stranger, "무엇을 도와드릴까요?")


async def test_a_wrong_guess_that_is_brought_twice_counts_once(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path) as talk:
        await talk.settles()
        stranger = talk.slack.person("U666")
        await stranger.says("2345ABCDEF")
        await talk.slack.deliveries.deliver("events_api", talk.slack.acks[-1].delivery.payload)
        assert [one.wrong for one in talk.rows(Guesses)] == [1]


@pytest.mark.parametrize("flag", ["is_restricted", "is_ultra_restricted", "deleted", "is_bot"])
async def test_guests_and_bots_are_refused_though_they_hold_a_code(
    hanbit: Database, tmp_path: Path, flag: str
) -> None:
    async with talking(hanbit, tmp_path) as talk:
        await talk.settles()
        guest = talk.slack.person(f"U{OFFICER}", **{flag: True})
        await guest.types_command("/bogobot", f"연결 {talk.town.code(OFFICER)}")
        await talk.sees(guest, "정식 구성원만")
        assert talk.account(OFFICER) is None


@pytest.mark.parametrize("flags", [{"team_id": "T0OTHER"}, {"is_stranger": True}])
async def test_people_of_other_workspaces_are_refused(
    hanbit: Database, tmp_path: Path, flags: dict[str, object]
) -> None:
    async with talking(hanbit, tmp_path) as talk:
        await talk.settles()
        stranger = talk.slack.person(f"U{OFFICER}", **flags)
        await stranger.says(talk.town.code(OFFICER))
        await stranger.opens_home()
        await stranger.types_command("/bogobot", f"연결 {talk.town.code(OFFICER)}")
        await talk.settles()
        assert talk.account(OFFICER) is None and stranger.messages == []


async def test_where_it_is_allowed_the_confirmed_address_links(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path, slack_link_by_email=True) as talk:
        await talk.settles()
        give_addresses(talk)
        other = talk.slack.person("U7", email="nobody@hanbit.go.kr")
        unconfirmed = talk.slack.person("U8", email="1001@hanbit.go.kr", is_email_confirmed=False)
        guest = talk.slack.person("U9", email="1001@hanbit.go.kr", is_restricted=True)
        for one in (other, unconfirmed, guest):
            await one.says("안녕하세요")
        await talk.sees(other, ASKS)
        await talk.sees(unconfirmed, ASKS)
        await talk.sees(guest, "정식 구성원만")
        officer = talk.slack.person(f"U{OFFICER}", email="1001@Hanbit.go.kr")
        await officer.opens_home()
        await talk.sees(officer, "무엇을 도와드릴까요?")
        assert [talk.account(one) is not None for one in ("7", "8", "9", OFFICER)] == [False] * 3 + [True]


async def test_where_it_is_not_allowed_no_address_links(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path) as talk:
        await talk.settles()
        give_addresses(talk)
        officer = talk.slack.person(f"U{OFFICER}", email="1001@hanbit.go.kr")
        await officer.says("안녕하세요")
        await talk.sees(officer, ASKS)
        assert talk.account(OFFICER) is None


@pytest.mark.parametrize("flag", ["deleted", "is_restricted"])
async def test_who_is_no_member_any_more_is_not_listened_to_until_they_are_again(
    hanbit: Database, tmp_path: Path, flag: str
) -> None:
    async with talking(hanbit, tmp_path) as talk:
        officer = await talk.linked(OFFICER)
        assert (await officer.becomes(**{flag: True})).ok
        account = talk.account(OFFICER)
        assert account is not None and account.unreachable_since is not None
        shown = len(officer.messages)
        await officer.says("도움말")
        await talk.sees(officer, "정식 구성원만")
        assert len(officer.messages) == shown
        await officer.becomes(**{flag: False})
        await officer.says("도움말")
        await talk.sees(officer, "이렇게 입력해 보세요")


async def test_who_is_a_member_again_is_told_things_again(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path) as talk:
        officer = await talk.linked(OFFICER)
        for is_guest in (True, False):
            assert (await officer.becomes(is_restricted=is_guest)).ok
            account = talk.account(OFFICER)
            assert account is not None and (account.unreachable_since is not None) == is_guest


async def test_a_change_of_their_name_changes_nothing(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path) as talk:
        officer = await talk.linked(OFFICER)
        await officer.becomes(real_name="김주사")
        account = talk.account(OFFICER)
        assert account is not None and account.unreachable_since is None


async def test_in_notices_mode_one_is_linked_and_sent_to_the_web_messenger(
    hanbit: Database, tmp_path: Path
) -> None:
    way = "slack"
    async with talking(hanbit, tmp_path, way, chat_mode="notices", public_url="https://in.hanbit") as talk:
        await talk.settles()
        officer = talk.slack.person(f"U{OFFICER}")
        await officer.says(talk.town.code(OFFICER))
        await talk.sees(officer, "내부 웹 메신저에서 하실 수 있습니다: https://in.hanbit")
        assert talk.account(OFFICER) is not None
        await officer.says("내 지표")
        await officer.sends_file(files.pdf(), "증빙.pdf")
        assert "내부 웹 메신저" in await officer.types_command("/bogobot", "내 지표")
        await officer.opens_home()
        await until(lambda: officer.home is not None, lambda: "no home")
        await talk.settles()
        assert officer.messages == [] and "지표" not in read(officer)


async def test_in_notices_mode_who_is_a_member_again_is_rung_again(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path, chat_mode="notices", public_url="https://in.hanbit") as talk:
        await talk.settles()
        officer = talk.slack.person(f"U{OFFICER}")
        await officer.says(talk.town.code(OFFICER))
        await talk.sees(officer, "내부 웹 메신저")
        for is_guest in (True, False):
            await officer.becomes(is_restricted=is_guest)
            await officer.says("메뉴")
            await talk.settles()
            account = talk.account(OFFICER)
            assert account is not None and (account.unreachable_since is not None) == is_guest


async def test_in_notices_mode_what_waited_is_not_taken_any_more(hanbit: Database, tmp_path: Path) -> None:
    async with talking(hanbit, tmp_path, chat_mode="notices", public_url="https://in.hanbit") as talk:
        await talk.settles()
        officer = talk.slack.person(f"U{OFFICER}")
        await officer.says(talk.town.code(OFFICER))
        await talk.sees(officer, "내부 웹 메신저")
        account = talk.account(OFFICER)
        assert account is not None and account.address is not None
        payload = {"key": "e1", "user": f"U{OFFICER}", "channel": "", "files": {}, "said": "민원처리율 97.3"}
        now = talk.town.machine.now()
        with talk.town.database.write() as session:
            keep(session, now, "e1", Messenger.SLACK, account.address, payload, ready_at=now)
        await talk.town.house.tick()
        await until(lambda: talk.rows(Arrival) == [], lambda: "it waits")
        await talk.settles()
        assert talk.rows(DrawnScreen) == [] and officer.messages == []


def give_addresses(talk: Talking) -> None:
    with talk.town.database.write() as session:
        for person in talk.rows(Row):
            session.merge(Row.model_validate(person.model_dump() | {"email": f"{person.code}@hanbit.go.kr"}))
