"""Which remote messengers are set up. Their libraries are loaded only where they are."""

from __future__ import annotations

from bot.parts import Channel, Parts
from bot.settings import Settings


def open_channels(settings: Settings, parts: Parts) -> list[Channel]:
    """A channel for each messenger that has a token."""
    channels: list[Channel] = []
    if settings.telegram_token.get_secret_value():
        from bot.telegram.channel import TelegramChannel

        channels.append(TelegramChannel(settings, parts))
    if settings.slack_bot_token.get_secret_value():
        from bot.slack.channel import SlackChannel

        channels.append(SlackChannel(settings, parts))
    return channels
