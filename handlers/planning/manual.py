"""The design manual where it is needed: the kind of scoring, and every field of its form."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from models.planning.manual import FIELDS, KINDS, NEEDS, Advice
from models.scoring import Kind
from models.words import say

_ALWAYS = ("name", "formula", "unit", "weight", "rollup", "evidence_hint")


def show(_talk: Talk, data: Data) -> Screen:
    """What each is, an example, a trap."""
    kind = Kind(data["kind"])
    told: list[Line] = [Bold(say("작성 요령: {kind}", kind=KINDS[kind].label)), *_advice(KINDS[kind])]
    for name in (*_ALWAYS[:3], *NEEDS[kind], *_ALWAYS[3:]):
        told += ["", Bold(FIELDS[name].label), *_advice(FIELDS[name])]
    here = {name: data[name] for name in ("cycle", "department", "code")}
    back = Button(say("지표로"), Go("plan.indicator", here), Style.PRIMARY)
    return Notice(lines(*told), buttons=[back])


def _advice(one: Advice) -> list[Line]:
    return [
        one.what,
        say("예: {example}", example=one.example),
        say("주의: {trap}", trap=one.trap),
    ]
