"""What a rater is told: that papers were dealt, and that somebody waits for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.ratings.words import how_far, title_of, until
from handlers.wording import HOME, name_of
from models.rating.papers import Round, round_of
from models.rating.table import PaperState
from models.reminding.table import Nudge, hours_of
from models.words import Refusal, say


def show_dealt(talk: Talk, data: Data) -> Screen:
    """How many subjects there are to rate, until when, and how it goes."""
    round_ = _waiting(talk, data)
    told: list[Line] = [
        Bold(say("평가를 부탁드립니다: {rating}", rating=title_of(talk, round_.rating))),
        (say("대상 {count}건", count=len(round_.papers)), " · ", until(talk, round_)),
        *_again(round_),
        say("대상마다 답이 저장되므로 나누어 하셔도 됩니다. 다 하신 뒤 한 번에 제출해 주세요."),
        say("이해관계가 있는 대상은 회피해 주세요."),
    ]
    return Notice(lines(*told), buttons=[_begin(round_), HOME])


def work_dealt(_workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """The errand by which a rater hears of papers that somebody else's turn has dealt."""
    return lambda _talk: Go("ratings.dealt", {"rating": data["rating"]})


def show_nudged(talk: Talk, data: Data) -> Screen:
    """Who waits, and for how many; Refusal where everything was handed in meanwhile."""
    round_ = _waiting(talk, data)
    by = name_of(talk.session, talk.session.get_one(Nudge, data["nudge"]).by_id)
    told: list[Line] = [
        Bold(say("{name} 님이 평가 제출을 요청하셨습니다.", name=by)),
        (title_of(talk, round_.rating), " — ", how_far(round_), " · ", until(talk, round_)),
    ]
    return Notice(lines(*told), buttons=[_begin(round_), HOME], tone=Tone.WARNING)


def may_leave(talk: Talk, data: Data) -> bool:
    """There is still something of the reader's own to be handed in."""
    try:
        _waiting(talk, data)
    except Refusal:
        return False
    return True


def tell_successor(talk: Talk, person_id: int, rating_id: int) -> None:
    """Tells who rates a subject in another's place; at night and on days off their reminder does."""
    if hours_of(talk.session).suit(talk.now):
        talk.tell(person_id, Go("ratings.dealt", {"rating": rating_id}))


def _again(round_: Round) -> list[Line]:
    """How many are to be rated once more."""
    again = sum(one.paper.turn > 1 and one.paper.state is PaperState.OPEN for one in round_.papers)
    return [say("성과계획이 바뀌어 다시 평가할 대상 {count}건", count=again)] if again else []


def _waiting(talk: Talk, data: Data) -> Round:
    round_ = round_of(talk.session, talk.person_id, data["rating"])
    if not round_.left(talk.now):
        raise Refusal("이 평가에는 하실 일이 남아 있지 않습니다.")
    return round_


def _begin(round_: Round) -> Button:
    label = say("이어서 평가") if round_.answered() else say("평가 시작")
    return Button(label, Go("ratings.list", {"rating": round_.rating.id}), Style.PRIMARY)
