"""Telegram for tests: its Bot API over HTTP, and people who talk through it."""

from tests.kit.telegram.faults import ANY, Faults, Held
from tests.kit.telegram.people import Group, Person
from tests.kit.telegram.server import TelegramServer, telegram_server

__all__ = ["ANY", "Faults", "Group", "Held", "Person", "TelegramServer", "telegram_server"]
