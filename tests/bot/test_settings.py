"""Settings of the remote messengers: what is set up by what, and what is never shown."""

from __future__ import annotations

from typing import Any

import pytest

from bot.settings import Settings, SettingsError, load_settings


def _settings(**given: Any) -> Settings:
    return load_settings(_env_file=None, **given)


def test_nothing_is_set_up_by_itself() -> None:
    settings = _settings()
    assert (settings.chat_mode, settings.slack_link_by_email) == ("full", False)
    assert not settings.telegram_token.get_secret_value() and not settings.slack_bot_token.get_secret_value()
    assert (settings.telegram_api_url, settings.slack_api_url) == (
        "https://api.telegram.org",
        "https://slack.com/api/",
    )


@pytest.mark.parametrize(
    "given", ["http://127.0.0.1:1/api", "http://127.0.0.1:1/api/", "http://127.0.0.1:1/api//"]
)
def test_slacks_address_ends_in_one_slash(given: str) -> None:
    assert _settings(slack_api_url=given).slack_api_url == "http://127.0.0.1:1/api/"


@pytest.mark.parametrize("way", ["slack_app_token", "slack_signing_secret"])
def test_slack_needs_one_way_in_and_either_will_do(way: str) -> None:
    assert _settings(slack_bot_token="xoxb-1", **{way: "x"}).slack_bot_token.get_secret_value() == "xoxb-1"
    with pytest.raises(SettingsError, match="BOGOBOT_SLACK_SIGNING_SECRET"):
        _settings(slack_bot_token="xoxb-1")


def test_a_webhook_needs_a_secret_that_telegram_takes() -> None:
    secret = "A-z_9" * 51 + "A"
    settings = _settings(telegram_webhook_url="https://bot.example/t", telegram_webhook_secret=secret)
    assert settings.telegram_webhook_secret.get_secret_value() == secret
    with pytest.raises(SettingsError, match="a webhook needs one"):
        _settings(telegram_webhook_url="https://bot.example/t")


def test_no_secret_is_shown_when_settings_are() -> None:
    shown = repr(
        _settings(
            telegram_token="1:SECRET", telegram_webhook_secret="SECRET", slack_bot_token="SECRET",
            slack_app_token="SECRET", slack_signing_secret="SECRET",
        )
    )  # fmt: skip
    assert "SECRET" not in shown


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOGOBOT_CHAT_MODE", "notices")
    monkeypatch.setenv("BOGOBOT_TELEGRAM_API_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("BOGOBOT_SLACK_LINK_BY_EMAIL", "true")
    settings = _settings()
    assert (settings.chat_mode, settings.telegram_api_url) == ("notices", "http://127.0.0.1:1")
    assert settings.slack_link_by_email
