"""My rounds, and the subjects of one: what is done, what is left, and where to go on."""

from __future__ import annotations

from sqlmodel import select

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.ratings.words import answers_of, how_far, state_of, title_of, until
from handlers.wording import HOME, is_pressing
from models.organization import Role
from models.rating.papers import PaperFile, Round, round_of, rounds_of
from models.rating.table import PaperState, Rating
from models.words import Phrase, say


def show(talk: Talk, _data: Data) -> Screen:
    """Every round that wants something of this person; administrators find the progress of all beside it."""
    rounds = rounds_of(talk.session, talk.person_id, talk.now)
    is_office = talk.standing.has(Role.ADMINISTRATOR)
    buttons = [Button(say("평가 진행 현황"), Go("ratings.rounds")), HOME] if is_office else [HOME]
    if not rounds:
        return Notice(lines(say("배정된 평가가 없습니다.")), buttons=buttons)
    choices = [_choice(talk, one) for one in rounds]
    return Menu(lines(Bold(say("내 평가")), say("평가를 선택해 주세요.")), choices, buttons=buttons)


def choice(talk: Talk) -> Choice | None:
    """The line of the first screen; None for whom there is nothing to rate or to look after."""
    found = rounds_of(talk.session, talk.person_id, talk.now)
    rounds = [one for one in found if one.due_at(talk.now) > talk.now]
    left = sum(one.left(talk.now) for one in rounds)
    if not rounds:
        has_any = talk.standing.has(Role.ADMINISTRATOR) and talk.session.exec(select(Rating.id)).first()
        detail = say("평가단별 제출 현황, 독려, 위원 간 편차, 설문")
        return Choice(say("평가"), Go("ratings.rounds"), detail) if has_any else None
    if not left:
        return Choice(say("평가"), Go("ratings.home"), say("배정된 평가를 모두 제출하셨습니다."))
    due = min(one.due_at(talk.now) for one in rounds if one.left(talk.now))
    tone = Tone.WARNING if is_pressing(talk, due) else Tone.NEUTRAL
    badge = Badge(say("{count}건", count=left), tone)
    return Choice(say("평가"), Go("ratings.home"), say("제출할 평가 {count}건", count=left), badge)


def show_list(talk: Talk, data: Data) -> Screen:
    """The subjects of a round with how far each is; the button goes on where the rater stopped."""
    round_ = round_of(talk.session, talk.person_id, data["rating"])
    several = len({one.group.id for one in (*round_.papers, *round_.recused)}) > 1
    choices = [
        Choice(
            _name(one, several),
            Go("ratings.subject", {"paper": one.id}),
            answers_of(round_.criteria, one.paper.answers) if one.paper.answers else "",
            state_of(round_.criteria, one),
        )
        for one in (*round_.papers, *round_.recused)
    ]
    told: list[Line] = [Bold(title_of(talk, round_.rating)), (how_far(round_), " · ", until(talk, round_))]
    if round_.to_hand_in(talk.now):
        told.append(say("답한 평가는 제출해야 반영됩니다."))
    if any(one.paper.answers and _is_too_late(talk, one) for one in round_.papers):
        told.append(
            say("임시저장한 답은 반영되지 않습니다. 관리자가 마감을 연장하면 이어서 제출하실 수 있습니다.")
        )
    return Menu(
        lines(*told), choices, buttons=[*going_on(talk, round_), Button(say("내 평가"), Go("ratings.home"))]
    )


def _is_too_late(talk: Talk, one: PaperFile) -> bool:
    """Whether it was not handed in and cannot be any more."""
    return one.paper.state is PaperState.OPEN and not one.is_open(talk.now)


def going_on(talk: Talk, round_: Round) -> list[Button]:
    """On to the next subject without all answers, and to handing in what is answered."""
    buttons = []
    following = round_.next_after(None, talk.now)
    if following is not None:
        label = say("이어서 평가: {name}", name=following.name)
        buttons.append(Button(label, Go("ratings.subject", {"paper": following.id}), Style.PRIMARY))
    if waiting := len(round_.to_hand_in(talk.now)):
        style = Style.PLAIN if following else Style.PRIMARY
        label = say("답 확인하고 제출 ({count}건)", count=waiting)
        buttons.append(Button(label, Go("ratings.review", {"rating": round_.rating.id}), style))
    return buttons


def _choice(talk: Talk, round_: Round) -> Choice:
    to = Go("ratings.list", {"rating": round_.rating.id})
    detail = (how_far(round_), " · ", until(talk, round_))
    return Choice(title_of(talk, round_.rating), to, detail, _badge(talk, round_))


def _badge(talk: Talk, round_: Round) -> Badge | None:
    missing, left = len(round_.papers) - round_.submitted(), round_.left(talk.now)
    if not missing:
        return Badge(say("완료"), Tone.GOOD)
    if not left:
        return Badge(say("미제출 {count}건", count=missing), Tone.BAD)
    tone = Tone.WARNING if is_pressing(talk, round_.due_at(talk.now)) else Tone.NEUTRAL
    return Badge(say("{count}건 남음", count=left), tone)


def _name(one: PaperFile, several: bool) -> Phrase:
    """With the group, where the rater sits in more than one."""
    if several:
        return say("{name} ({group})", name=one.name, group=one.group.name)
    return say("{name}", name=one.name)
