"""Telegram: what comes from its Bot API and what is drawn for it."""
