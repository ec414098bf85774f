"""The manifest: as Slack takes it, and with nothing in it that the code does not use."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.slack.manifest import EMAIL_SCOPE, EVENTS, SCOPES, manifest
from models.words import Phrase

WEB = "https://bogo.hanbit.example"
CALLS = {
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "users.info": "users:read",
}
HEARS = {"app_mention": "app_mentions:read", "message.im": "im:history", "user_change": "users:read"}


def _scopes(made: dict[str, Any]) -> list[str]:
    return list(made["oauth_config"]["scopes"]["bot"])


def test_over_a_socket_nothing_is_called_from_outside() -> None:
    made = manifest(WEB, True)
    assert WEB not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"] == {"is_enabled": True}


def test_over_http_everything_goes_to_one_address() -> None:
    made = manifest(WEB, False)
    address = f"{WEB}/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": address}
    assert made["features"]["slash_commands"][0]["url"] == address
    assert made["settings"]["socket_mode_enabled"] is False


def test_it_has_everything_that_people_use() -> None:
    made = manifest(WEB, True)
    assert made["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    [command], [shortcut] = made["features"]["slash_commands"], made["features"]["shortcuts"]
    assert command["command"] == "/bogobot"
    assert re.search("[가-힣]", command["usage_hint"])
    assert (shortcut["name"], shortcut["type"]) == ("증빙으로 제출", "message")
    assert shortcut["callback_id"] == "evidence"
    assert made["settings"]["token_rotation_enabled"] is False


def test_lengths_are_as_slack_takes_them() -> None:
    for locale in ("ko", "en"):
        made = manifest(WEB, True, locale=locale)
        about = made["display_information"]
        assert len(about["name"]) <= 35
        assert len(about["description"]) <= 140
        assert 174 <= len(about["long_description"]) <= 4_000
        assert re.fullmatch(r"#[0-9a-f]{6}", about["background_color"])
        assert re.fullmatch(r"[a-z0-9._-]{1,80}", made["features"]["bot_user"]["display_name"])
        [command], [shortcut] = made["features"]["slash_commands"], made["features"]["shortcuts"]
        assert len(command["description"]) <= 2_000 and len(command["usage_hint"]) <= 1_000
        assert len(shortcut["name"]) <= 24 and len(shortcut["description"]) <= 150


def test_mail_addresses_are_asked_for_only_where_they_link() -> None:
    assert EMAIL_SCOPE not in _scopes(manifest(WEB, True))
    assert EMAIL_SCOPE in _scopes(manifest(WEB, True, link_by_email=True))


def test_each_scope_and_event_has_its_reason() -> None:
    assert all(isinstance(why, Phrase) and why.text for why in [*SCOPES.values(), *EVENTS.values()])
    assert _scopes(manifest(WEB, True)) == list(SCOPES)
    assert manifest(WEB, True)["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)


def test_what_the_code_calls_and_hears_is_granted_and_no_more() -> None:
    code = "\n".join(path.read_text() for path in Path("bot/slack").glob("*.py") if path.name != "limits.py")
    called = {scope for method, scope in CALLS.items() if f'"{method}"' in code or _by_name(method) in code}
    heard = {scope for event, scope in HEARS.items() if event in EVENTS}
    assert called | heard | {"commands", "files:read"} == set(SCOPES)


def _by_name(method: str) -> str:
    return f".{method.replace('.', '_')}("


def test_it_is_printed_as_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BOGOBOT_PUBLIC_URL", WEB)
    assert _types(monkeypatch, "slack", "manifest") == 0
    assert json.loads(capsys.readouterr().out) == manifest(WEB, True)
    monkeypatch.setenv("BOGOBOT_SLACK_LINK_BY_EMAIL", "true")
    assert _types(monkeypatch, "slack", "manifest", "--http") == 0
    assert json.loads(capsys.readouterr().out) == manifest(WEB, False, link_by_email=True)


def test_an_address_slack_would_not_call_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOGOBOT_PUBLIC_URL", "http://bogo.hanbit.example")
    assert _types(monkeypatch, "slack", "manifest", "--http") == 2
    assert "BOGOBOT_PUBLIC_URL does not begin with https://" in capsys.readouterr().err


def _types(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["bogobot", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)
