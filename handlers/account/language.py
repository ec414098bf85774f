"""Choosing the language everything is said in."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Choice, Go, Menu, Press, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.wording import HOME
from models.audit import record
from models.words import Refusal, say
from models.words.translate import LOCALES

_NAMES = {"ko": "한국어", "en": "English"}


def show(talk: Talk, _data: Data) -> Screen:
    """The languages, each in its own words."""
    choices = [Choice(_NAMES[locale], Press("choose", {"locale": locale})) for locale in LOCALES]
    return Menu(lines(say("어느 언어로 안내해 드릴까요?")), choices, buttons=[HOME])


def take(talk: Talk, _data: Data, answer: Answer) -> Go:
    """Sets the language of everything said from now on."""
    if not isinstance(answer, Pressed) or answer.args.get("locale") not in LOCALES:
        raise Refusal("보기에 있는 언어를 선택해 주세요.")
    talk.person.locale = answer.args["locale"]
    talk.session.add(talk.person)
    subject = f"person:{talk.person_id}"
    record(talk.session, talk.now, talk.doer.actor(), "account.language", subject, locale=talk.person.locale)
    return Go("account.home")
