"""Signatures: what is accepted, and that nothing a stranger may send is, or raises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.signature import is_genuine
from tests.kit.slack.http_events import signature

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
BODY = '{"type":"event_callback","text":"실적"}'.encode()


def signed(stamp: str) -> list[str]:
    return [signature(SECRET, stamp, BODY)]


SUM = signed(STAMP)[0].removeprefix("v0=")


def test_the_example_of_slacks_documentation_is_genuine() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    told = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    at = datetime.fromtimestamp(1531420618, UTC)
    assert is_genuine(SECRET, at, ["1531420618"], [told], body)


@pytest.mark.parametrize("age", [300, 60, 0, -30])
def test_a_request_of_the_last_five_minutes_is_genuine(age: int) -> None:
    assert is_genuine(SECRET, NOW + timedelta(seconds=age), [STAMP], signed(STAMP), BODY)


@pytest.mark.parametrize("age", [301, 86_400, -31, -86_400])
def test_one_that_is_stale_or_from_the_future_is_not(age: int) -> None:
    assert not is_genuine(SECRET, NOW + timedelta(seconds=age), [STAMP], signed(STAMP), BODY)


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        "yesterday",
        "1e9",
        "1_000",
        "+5",
        "-5",
        " 5",
        "５",
        "0x10",
        "nan",
        "9" * 5000,
        f"{STAMP}.0",
        STAMP + "\n",
    ],
)
def test_a_timestamp_that_is_no_plain_integer_is_not(stamp: str) -> None:
    assert not is_genuine(SECRET, NOW, [stamp], signed(stamp), BODY)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "v0",
        "v0=",
        "v0=" + "0" * 64,
        "v1=" + signed(STAMP)[0][3:],
        "서명",
        "v0=서명",
        "\udcff",
        signed(STAMP)[0][3:],
    ],
)
def test_a_signature_that_is_not_ours_is_not(given: str) -> None:
    assert not is_genuine(SECRET, NOW, [STAMP], [given], BODY)


def test_headers_that_are_missing_or_doubled_are_not() -> None:
    assert not is_genuine(SECRET, NOW, [], signed(STAMP), BODY)
    assert not is_genuine(SECRET, NOW, [STAMP], [], BODY)
    assert not is_genuine(SECRET, NOW, [STAMP, STAMP], signed(STAMP), BODY)
    assert not is_genuine(SECRET, NOW, [STAMP], signed(STAMP) * 2, BODY)


def test_another_body_another_secret_and_another_time_are_not() -> None:
    later = str(int(STAMP) + 1)
    assert not is_genuine(SECRET, NOW, [STAMP], signed(STAMP), BODY + b" ")
    assert not is_genuine("another", NOW, [STAMP], signed(STAMP), BODY)
    assert not is_genuine(SECRET, NOW, [later], signed(STAMP), BODY)
