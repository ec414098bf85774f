"""The bot over 한빛시 with Telegram beside it, both in this process."""
