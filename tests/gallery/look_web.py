"""A screen as somebody sees it on the web: drawn in the reader's browser by the web messenger's own scripts.

Its modules are put into the page as they are, each in a function of its own, since a page that is opened from the
disk may not import files beside it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from bot.web.page_words import PAGE_WORDS
from models.words import translator
from tests.gallery.recorder import Seen
from tests.kit.words import ROOT

STATIC = ROOT / "bot/web/static"
_STYLES = ("base", "log", "screens", "form", "files")
_ENTRY = "draw/line.js"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (function|class|const) (\w+)", re.MULTILINE)


def scripts() -> str:
    """The modules that draw a line of the talk, as one script that leaves them in `modules`."""
    made: dict[str, str] = {}
    _add(_ENTRY, made)
    return "const modules = {};\n" + "\n".join(made.values())


def style() -> str:
    """The messenger's style, for a tree of its own: light whatever the reader's system says."""
    text = "\n".join((STATIC / f"style/{name}.css").read_text(encoding="utf-8") for name in _STYLES)
    text = text.replace(":root", ":host").replace("(prefers-color-scheme: dark)", "not all")
    return re.sub(r"^body \{", ".messenger {", text, flags=re.MULTILINE).replace("light dark", "light")


def words() -> dict[str, dict[str, str]]:
    """What the page says by itself, by language."""
    return {
        locale: {key: translator(locale)(words) for key, words in PAGE_WORDS.items()}
        for locale in ("ko", "en")
    }


def line(seen: Seen) -> dict[str, Any]:
    """The line as the web messenger gets it."""
    body = seen.body | {"live": seen.live}
    if body.get("files"):
        body["files"] = [file | {"href": "https://bogobot.example/file"} for file in body["files"]]
    if body.get("picture"):
        body["picture"] |= {"href": "https://bogobot.example/file"}
    return {"id": 1, "who": "bot", "at": "2019-07-08T09:00", "time": "09:00", "body": body}


def as_script(given: object) -> str:
    """JSON that may stand within a script."""
    return json.dumps(given, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _add(path: str, made: dict[str, str]) -> None:
    """A module after those that it needs."""
    if path in made:
        return
    text = (STATIC / path).read_text(encoding="utf-8")
    for _, needed in _IMPORT.findall(text):
        _add(_resolved(path, needed), made)
    text = _IMPORT.sub(lambda found: f'const {{{found[1]}}} = modules["{_resolved(path, found[2])}"];', text)
    names = ", ".join(name for _, name in _EXPORT.findall(text))
    text = _EXPORT.sub(r"\1 \2", text)
    made[path] = f'modules["{path}"] = (() => {{\n{text}\nreturn {{ {names} }};\n}})();'


def _resolved(path: str, needed: str) -> str:
    place = (STATIC / path).parent / needed
    return str(place.resolve().relative_to(STATIC.resolve()))
