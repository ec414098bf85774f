"""A server for tests that plays Slack, and people of Slack who talk through it."""

from tests.kit.slack.modal import Modal, Submission
from tests.kit.slack.people import Person
from tests.kit.slack.reading import Pressable, Seen
from tests.kit.slack.server import SlackServer, slack_server
from tests.kit.slack.workspace import ApiError

__all__ = ["ApiError", "Modal", "Person", "Pressable", "Seen", "SlackServer", "Submission", "slack_server"]
