"""Slack: what comes from its events and clicks and what is drawn for it."""
