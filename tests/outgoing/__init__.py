"""The way out to remote messengers."""
