"""As of which day: the same place, reckoned again from what was known at the end of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import DateField
from handlers.dialogue.screens import Form, Go, Screen
from handlers.dialogue.talk import Talk
from handlers.explain.place import go_to, must_see, place_of
from models.clock import SEOUL, local_day
from models.plan import Cycle
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """Asks for a day between the beginning of the cycle and today."""
    place = place_of(data)
    must_see(talk, place)
    cycle = talk.session.get_one(Cycle, place.cycle_id)
    # With its year: a cycle and the weeks after it know some days twice.
    hint = say("그날까지의 기록으로 다시 계산합니다. 예: {example}", example=talk.today.isoformat())
    field = DateField(
        "day", say("기준일"), hint, earliest=min(cycle.starts_on, talk.today), latest=talk.today
    )
    return Form(say("다른 날 기준으로 보기"), (), [field], cancel=go_to(place))


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    if not isinstance(answer, Filled):
        raise Refusal("날짜를 적어 주세요. 예: 7월 31일")
    day = local_day(answer.values["day"])
    end = datetime.combine(day, time.max, SEOUL)
    return go_to(replace(place_of(data), as_of=None if day == talk.today else end))
