"""Setting up: what Telegram does not take of it is told, and what a simpler server does not know stops nothing."""

from pathlib import Path
from unittest.mock import patch

import pytest
import telegram
from telegram.error import BadRequest, InvalidToken, TelegramError

from tests.kit.city import City
from tests.telegram.kit.desk import open_desk


async def test_commands_that_cannot_be_published_are_no_fault(city: City, tmp_path: Path) -> None:
    with patch("bot.telegram.channel.publish_commands", side_effect=InvalidToken("Not Found")):
        async with open_desk(city, tmp_path, webhook=True) as desk:
            await desk.linked("officer")
            assert desk.house.channels[0].faults() == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BadRequest("Bad webhook: HTTPS url must be provided"), "the address of the webhook"),
        (InvalidToken("Unauthorized"), "refuses the token"),
    ],
)
async def test_a_webhook_that_is_not_taken_is_a_fault(
    city: City, tmp_path: Path, error: TelegramError, told: str
) -> None:
    with patch.object(telegram.Bot, "set_webhook", side_effect=error):
        async with open_desk(city, tmp_path, webhook=True) as desk:
            await desk.until(lambda: bool(desk.house.channels[0].faults()))
            assert told in desk.house.channels[0].faults()[0]
