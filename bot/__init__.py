"""The outside world: settings, command line, wiring, the turn, delivery, and the messengers."""
