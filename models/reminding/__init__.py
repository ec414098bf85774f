"""Reminders: what the plan says of them, when one is due, and which were given."""
