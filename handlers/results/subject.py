"""One subject's result as it is now, for who sees all of them."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.results.words import part_shown, result_for, standing_of_subject, title_of_result, why
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """Its parts, with what could be had."""
    result = result_for(talk, data)
    one = next((one for one in result.subjects if one.subject.id == data["subject"]), None)
    if one is None:
        raise Refusal("찾으시는 평가대상이 없습니다. 목록에서 다시 선택해 주세요.")
    told: list[Line] = [Bold(say("{name}", name=one.name)), title_of_result(talk.session, result)]
    told.append(standing_of_subject(one))
    for part in one.score.parts:
        if not part.pieces and not part.weight:
            continue
        shown = part_shown(part.part.name, part.points, part.weight)
        told.append(say("{shown} (빠진 값 있음)", shown=shown) if part.is_missing else shown)
    back = Go("results.scheme", {key: data[key] for key in ("cycle", "scheme", "period")})
    asks = why(data["cycle"], data["scheme"], data["period"], data["subject"])
    return Notice(
        lines(*told),
        tone=Tone.WARNING if one.score.is_missing else Tone.NEUTRAL,
        buttons=[asks, Button(say("결과로"), back, Style.PRIMARY)],
    )
