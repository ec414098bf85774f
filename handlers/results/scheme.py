"""A scheme's result: ranks, totals, grades and prizes; how much is missing; what has to be decided."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.results.words import how_many, result_for, short_standing, title_of_result
from models.organization import Role
from models.scheme.announced import fingerprint, lines_of
from models.scheme.announcing import last_announcement
from models.scheme.missing import missing_of
from models.scheme.result import SchemeResult
from models.words import say

_LIST = Button(say("결과 목록"), Go("results.list"))


def show(talk: Talk, data: Data) -> Screen:
    """Every subject in order of rank; whoever administers announces it from here."""
    result = result_for(talk, data)
    title = Bold(title_of_result(talk.session, result))
    if not result.subjects:
        return Notice(lines(title, say("이 평가체계에 등록된 평가대상이 없습니다.")), buttons=[_LIST])
    choices = [
        Choice(
            say("{rank}위 {name}", rank=one.place.rank, name=one.name),
            Go("results.subject", {**data, "subject": one.subject.id}),
            short_standing(one.score.total, one.subject.grouping, one.place.grade, one.place.prize),
            Badge(say("빠진 값 있음"), Tone.WARNING) if one.score.is_missing else None,
        )
        for one in result.subjects
    ]
    return Menu(lines(title, *_told(talk, result)), choices, buttons=_buttons(talk, data, result))


def _told(talk: Talk, result: SchemeResult) -> Iterator[Line]:
    lacking = sum(one.score.is_missing for one in result.subjects)
    kind = result.scheme.subject_kind
    yield say("평가대상 {count}", count=how_many(kind, len(result.subjects)))
    if lacking:
        count = how_many(kind, lacking)
        yield say("⚠ 값이 빠진 대상 {count}은 빠진 값을 0점으로 계산했습니다.", count=count)
    yield from undecided(result)
    last = last_announcement(
        talk.session, result.cycle.id or 0, result.scheme.code, result.period.id if result.period else None
    )
    if last is not None:
        yield say("{at}에 게시했습니다.", at=last.announced_at)
    if result.scheme.note:
        yield say("비고: {note}", note=result.scheme.note)


def undecided(result: SchemeResult) -> Iterator[Line]:
    """Prizes for which equals would have to be parted."""
    for prize in dict.fromkeys(name for one in result.subjects for name in one.place.undecided):
        tied = [one.name for one in result.subjects if prize in one.place.undecided]
        yield say(
            "⚠ {prize}: 동점인 {names} 가운데 누구에게 줄지 정해야 합니다.",
            prize=prize,
            names=", ".join(tied),
        )


def _buttons(talk: Talk, data: Data, result: SchemeResult) -> list[Button]:
    buttons = []
    if talk.standing.has(Role.ADMINISTRATOR):
        seen = fingerprint(lines_of(result))
        to = Go("results.announce", {**data, "seen": seen})
        buttons.append(Button(say("결과 게시"), to, Style.PRIMARY))
    if missing_of(talk.session, result):
        buttons.append(Button(say("빠진 값 보기"), Go("results.missing", dict(data))))
    return [*buttons, _LIST]
