"""What is missing of a result: by part, and by whom it is awaited."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.results.words import how_many, result_for, title_of_result
from models.scheme.missing import Missing, missing_of
from models.scheme.table import Source, SubjectKind
from models.words import Phrase, say

_MOST_NAMED = 10


def show(talk: Talk, data: Data) -> Screen:
    """Part by part."""
    result = result_for(talk, data)
    back = Button(say("결과로"), Go("results.scheme", dict(data)), Style.PRIMARY)
    told: list[Line] = [Bold(say("{title} 빠진 값", title=title_of_result(talk.session, result)))]
    missing = missing_of(talk.session, result)
    if not missing:
        told.append(say("빠진 값이 없습니다."))
    for one in missing:
        told.append(Bold(say("{part} · {whom}", part=one.part.name, whom=_whom(one))))
        told.append(_subjects(result.scheme.subject_kind, one))
    return Notice(lines(*told), tone=Tone.WARNING if missing else Tone.GOOD, buttons=[back])


def _whom(one: Missing) -> Phrase:
    if one.owner:
        return say("소관부서 {owner}", owner=one.owner)
    if one.raters:
        named = ", ".join(f"{name} {count}" for name, count in one.raters[:_MOST_NAMED])
        left = len(one.raters) - _MOST_NAMED
        if left > 0:
            return say("평가표를 내지 않은 위원: {names} 외 {count}명", names=named, count=left)
        return say("평가표를 내지 않은 위원: {names}", names=named)
    if one.part.source is Source.RATING:
        return say("평가표 부족")
    if one.part.source is Source.SCHEME:
        return say("근거가 되는 평가에 빠진 값이 있음")
    return say("승인되지 않은 실적이 있음")


def _subjects(kind: SubjectKind, one: Missing) -> Phrase:
    named = ", ".join(one.subjects[:_MOST_NAMED])
    count, left = how_many(kind, len(one.subjects)), len(one.subjects) - _MOST_NAMED
    if left > 0:
        return say("{count}: {names} 외 {left}", count=count, names=named, left=how_many(kind, left))
    return say("{count}: {names}", count=count, names=named)
