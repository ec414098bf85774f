"""The first screen, help, and a person's own settings."""

from handlers.account import home, language
from handlers.dialogue.book import Dialogue

dialogue = Dialogue("account")
dialogue.step("home", home.show)
dialogue.step("help", home.show_help)
dialogue.step("unknown", home.show_unknown)
dialogue.step("language", language.show, language.take)
