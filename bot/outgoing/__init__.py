"""The way out to remote messengers: what waits is claimed, sent at the messenger's pace, and settled."""
