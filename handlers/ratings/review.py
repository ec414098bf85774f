"""One's answers once more before they are handed in, all at once."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.ratings.facts import read_ahead
from handlers.ratings.home import going_on
from handlers.ratings.words import answers_of, how_far, title_of, until
from handlers.wording import HOME
from models.rating.answering import hand_in
from models.rating.papers import open_paper, round_of
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """Every subject that is answered and not handed in, with its answers; choosing one leads back to it."""
    round_ = round_of(talk.session, talk.person_id, data["rating"])
    back = Button(say("대상 목록"), Go("ratings.list", {"rating": round_.rating.id}))
    waiting = round_.to_hand_in(talk.now)
    if not waiting:
        told = say("제출할 답이 없습니다.")
        return Notice(lines(Bold(title_of(talk, round_.rating)), told), buttons=[back, HOME])
    choices = [
        Choice(
            say("{name}", name=one.name),
            Go("ratings.subject", {"paper": one.id}),
            answers_of(round_.criteria, one.paper.answers),
        )
        for one in waiting
    ]
    seen = {str(one.id): one.paper.revision for one in waiting}
    hand = Button(
        say("{count}건 제출하기", count=len(waiting)), Press("hand_in", {"seen": seen}), Style.PRIMARY
    )
    told_: list[Line] = [
        Bold(say("{rating} 답 확인", rating=title_of(talk, round_.rating))),
        (how_far(round_), " · ", until(talk, round_)),
        say("항목: {criteria}", criteria=" · ".join(one.name for one in round_.criteria)),
        say("고칠 대상은 아래에서 선택하세요. 제출한 뒤에도 마감 전에는 고칠 수 있습니다."),
    ]
    if left := round_.left(talk.now) - len(waiting):
        told_.append(
            say("아직 답하지 않은 대상이 {count}건 있습니다. 답한 것만 먼저 제출할 수 있습니다.", count=left)
        )
    return Menu(lines(*told_), choices, buttons=[hand, back])


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Hands in what was seen, all of it or nothing."""
    if not isinstance(answer, Pressed) or answer.action != "hand_in":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    seen = {int(key): revision for key, revision in answer.args["seen"].items()}
    entries = hand_in(talk.session, talk.doer, seen)
    papers = [open_paper(talk.session, entry.paper_id) for entry in entries]
    read_ahead(talk, papers)
    for one in papers:
        talk.changed(one.key)
    return Go("ratings.handed_in", {"rating": data["rating"], "count": len(entries)})


def show_handed_in(talk: Talk, data: Data) -> Screen:
    """How many went in, and how many are left."""
    round_ = round_of(talk.session, talk.person_id, data["rating"])
    left, due = round_.left(talk.now), round_.due_at(talk.now)
    told: list[Line] = [Bold(say("평가 {count}건을 제출했습니다.", count=data["count"]))]
    if left:
        told.append(say("남은 평가가 {count}건 있습니다.", count=left))
    elif round_.submitted() == len(round_.papers):
        told.append(say("배정된 평가를 모두 제출하셨습니다. {due}까지 고칠 수 있습니다.", due=due))
    back = Button(say("대상 목록"), Go("ratings.list", {"rating": data["rating"]}))
    return Notice(lines(*told), buttons=[*going_on(talk, round_), back, HOME], tone=Tone.GOOD)
