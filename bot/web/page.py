"""The pages of the web messenger: HTML with marked places, filled with words in the reader's language."""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path

from starlette.responses import HTMLResponse

from bot.web.page_words import PAGE_WORDS
from models.words import translator

_PAGES = Path(__file__).parent / "pages"


def page(name: str, locale: str, status: int = 200, **values: str) -> HTMLResponse:
    """The page `name`.html; `<!--key-->` becomes a word of PAGE_WORDS or one of `values`, escaped."""
    words = page_words(locale)
    text = _source(name)
    for key, value in {
        **words,
        "lang": locale,
        "words": json.dumps(words, ensure_ascii=False),
        **values,
    }.items():
        text = text.replace(f"<!--{key}-->", html.escape(value))
    return HTMLResponse(text, status)


def page_words(locale: str) -> dict[str, str]:
    """The page's own words; places for values stay open, the script fills them."""
    translate = translator(locale)
    return {key: translate.template(phrase) for key, phrase in PAGE_WORDS.items()}


@cache
def _source(name: str) -> str:
    return (_PAGES / f"{name}.html").read_text(encoding="utf-8")
