"""Files people send on Slack: fetched from Slack alone, and checked for being what they claim."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.slack.hosts import Hosts
from models.evidence.table import Parcel
from models.evidence.vault import MIB
from models.messaging.arrival import Arrival, ArrivalState
from models.store import Database
from tests.kit import files
from tests.kit.served_city import mishaps  # noqa: F401
from tests.slack.talking import OFFICER, Talking, read, talking, until

SERVER = "http://127.0.0.1:9000/api/"


@pytest.fixture
async def talk(hanbit: Database, tmp_path: Path) -> AsyncIterator[Talking]:
    async with talking(hanbit, tmp_path) as talk:
        yield talk


@pytest.mark.parametrize(
    "url",
    [
        "https://files.slack.com/files-pri/T1-F1/download/a.pdf",
        "https://hanbit.slack.com/files/a.pdf",
        "https://slack.com/a",
        "https://hooks.slack.com:443/actions/T1/1",
        "http://127.0.0.1:9000/files-pri/a.pdf",
    ],
)
def test_addresses_of_slack_are_known(url: str) -> None:
    assert Hosts(SERVER).are_slacks(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.pdf",
        "http://files.slack.com/a.pdf",
        "https://files.slack.com:8443/a.pdf",
        "https://files.slack.com.evil.kr/a.pdf",
        "https://evilslack.com/a.pdf",
        "https://evil.kr/files.slack.com",
        "https://evil.kr#.slack.com",
        "https://files.slack.com@evil.kr/a.pdf",
        "https://evil.kr\\@files.slack.com/a.pdf",
        "https://evil.kr\t.slack.com/a.pdf",
        "https://user:word@files.slack.com/a.pdf",
        "https://user@files.slack.com/a.pdf",
        "https://files.slack.com:port/a.pdf",
        "https://[files.slack.com/a.pdf",
        "ftp://files.slack.com/a.pdf",
        "file:///etc/passwd",
        "http://127.0.0.1:9001/a.pdf",
        "https://127.0.0.1:9000/a.pdf",
        "http://localhost:9000/a.pdf",
        "http://127.0.0.1/a.pdf",
    ],
)
def test_every_other_address_is_refused(url: str) -> None:
    assert not Hosts(SERVER).are_slacks(url)


async def test_a_file_of_which_only_the_id_came_is_asked_about_first(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    officer.needs_file_info = True
    await officer.sends_file(files.pdf(), "처리대장.pdf", text="민원처리율 97.3")
    await talk.sees(officer, "증빙자료: 처리대장.pdf")
    assert len(talk.slack.calls_of("files.info")) == 1


@pytest.mark.parametrize(
    ("downloads", "told"),
    [
        ("redirect", "보고봇이 볼 수 없는 파일입니다."),
        ("login_page", "보고봇이 볼 수 없는 파일입니다."),
        ("wrong_size", "파일을 온전히 받지 못했습니다."),
    ],
)
async def test_what_is_not_the_file_is_refused_with_a_sentence(
    talk: Talking, downloads: Any, told: str
) -> None:
    officer = await talk.linked(OFFICER)
    await talk.settles()
    talk.slack.downloads = downloads
    await officer.sends_file(files.pdf(), "처리대장.pdf")
    await talk.sees(officer, f"'처리대장.pdf' 파일은 받지 못했습니다. {told}")
    assert talk.rows(Parcel) == [] and talk.rows(Arrival) == []
    assert talk.slack.given_away == []


@pytest.mark.parametrize("status", [403, 404])
async def test_a_file_that_is_kept_from_us_is_refused(talk: Talking, status: int) -> None:
    officer = await talk.linked(OFFICER)
    talk.slack.faults.fails("download", status=status)
    await officer.sends_file(files.pdf(), "처리대장.pdf")
    await talk.sees(officer, "보고봇이 볼 수 없는 파일입니다.")


async def test_an_address_of_somebody_else_is_not_asked(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    kept = officer.uploads(files.pdf(), "처리대장.pdf")
    talk.slack.workspace.url, ours = talk.slack.host.strangers_url, talk.slack.workspace.url
    await officer.sends_files([kept])
    talk.slack.workspace.url = ours
    await talk.sees(officer, "Slack에 올린 파일이 아닙니다.")
    assert talk.slack.given_away == [] and talk.slack.calls_of("download") == []


async def test_a_file_over_the_cap_is_refused_before_it_is_fetched(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    kept = officer.uploads(files.pdf(), "처리대장.pdf")
    kept.size = 50 * MIB + 1
    await officer.sends_files([kept])
    await talk.sees(officer, "파일이 50MB를 넘습니다.")
    assert talk.slack.calls_of("download") == []


async def test_one_that_says_it_is_small_is_stopped_at_the_cap(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    talk.town.house.vault.cap = 1000
    kept = officer.uploads(b"%PDF-1.7" + b"x" * 300_000, "처리대장.pdf")
    kept.size = 100
    await officer.sends_files([kept])
    await talk.sees(officer, "를 넘습니다.")
    assert talk.rows(Parcel) == []


async def test_a_kind_we_do_not_take_is_refused_and_the_others_go_on(talk: Talking) -> None:
    officer = await talk.linked(OFFICER)
    await officer.sends_files(
        [(b"MZ", "도구.exe"), (files.pdf(), "처리대장.pdf"), (b"not a pdf", "거짓.pdf")],
        text="민원처리율 97.3",
    )
    await talk.sees(officer, "증빙자료: 처리대장.pdf", "'도구.exe' 파일은", "'거짓.pdf' 파일은")
    assert [one.name for one in talk.rows(Parcel)] == ["처리대장.pdf"]
    assert len(talk.slack.calls_of("download")) == 2


async def test_evidence_of_a_modal_that_is_refused_is_told_and_the_form_is_asked_for_again(
    talk: Talking,
) -> None:
    officer = await talk.linked(OFFICER)
    await officer.types_command("/bogobot", "민원처리율 97.3")
    await talk.opens(officer)
    talk.slack.downloads = "login_page"
    done = await officer.submits({"증빙자료": [(files.pdf(), "처리대장.pdf")]})
    assert done.closed
    await talk.sees(officer, "'처리대장.pdf' 파일은 받지 못했습니다.", "97.3")


async def test_a_passing_fault_is_tried_again_and_holds_up_nobody_else(
    talk: Talking,
    mishaps: list[Any],  # noqa: F811
) -> None:
    officer = await talk.linked(OFFICER)
    talk.slack.faults.fails("download")
    talk.slack.faults.ratelimits("download", 1)
    await officer.sends_file(files.pdf(), "처리대장.pdf", text="민원처리율 97.3")
    for tries in (1, 2):
        await until(lambda: [one.tries for one in talk.rows(Arrival)] == [tries], lambda: read(officer))  # noqa: B023
        talk.town.machine.move(timedelta(minutes=1))
        await talk.town.house.tick()
    await talk.sees(officer, "증빙자료: 처리대장.pdf")
    assert {one["event"] for one in mishaps} == {"arrival.failed", "slack.limited"}
    assert talk.slack.bot_token not in str(mishaps)
    mishaps.clear()


async def test_what_fails_for_good_is_told(talk: Talking, mishaps: list[Any]) -> None:  # noqa: F811
    officer = await talk.linked(OFFICER)
    talk.slack.faults.fails("download", 10)
    await officer.sends_file(files.pdf(), "처리대장.pdf", text="민원처리율 97.3")
    for tries in (1, 2, 3):
        await until(lambda: [one.tries for one in talk.rows(Arrival)] == [tries], lambda: read(officer))  # noqa: B023
        talk.town.machine.move(timedelta(minutes=5))
        await talk.town.house.tick()
    await talk.sees(officer, "보내신 내용을 처리하지 못했습니다.")
    assert [one.state for one in talk.rows(Arrival)] == [ArrivalState.FAILED]
    mishaps.clear()


async def test_a_file_that_is_being_fetched_when_the_bot_ends_still_waits(
    hanbit: Database,
    tmp_path: Path,
    mishaps: list[Any],  # noqa: F811
) -> None:
    async with talking(hanbit, tmp_path) as talk:
        officer = await talk.linked(OFFICER)
        talk.slack.faults.is_slow("download", 60, accepted=False)
        await officer.sends_file(files.pdf(), "처리대장.pdf", text="민원처리율 97.3")
        assert talk.slack.acks[-1].ok and len(talk.rows(Arrival)) == 1
    assert [one.state for one in talk.rows(Arrival)] == [ArrivalState.WAITING]
