"""One subject before it is rated: what there is to know of it, and what was answered so far."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Card, Go, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, Text, lines
from handlers.ratings.facts import facts_of
from handlers.ratings.words import answers_of, state_of, title_of
from handlers.wording import deadline
from models.rating.papers import PaperFile, Round, is_answered, open_paper, round_of
from models.rating.table import Criterion, Entry, Group, Paper, PaperState, Rating
from models.scheme.table import Subject
from models.store.kept import kept
from models.words import Phrase, Refusal, say

_READ_FROM = (Criterion, Entry, Group, Paper, Rating, Subject)


def show(talk: Talk, data: Data) -> Screen:
    """The card of a subject; only its own rater sees it."""
    opened = own_paper(talk, data["paper"])
    round_ = _round(talk, opened.rating.id or 0)
    return Card(
        title=opened.name,
        subject=opened.key,
        badge=state_of(round_.criteria, opened),
        prompt=_prompt(opened),
        facts=_about(talk, opened, round_),
        text=lines(*facts_of(talk, opened)) if opened.paper.state is not PaperState.RECUSED else (),
        buttons=_buttons(talk, opened, round_),
    )


def may_leave(talk: Talk, data: Data) -> bool:
    """It is the rater's own."""
    return open_paper(talk.session, data["paper"]).paper.rater_id == talk.person_id


def own_paper(talk: Talk, paper_id: int) -> PaperFile:
    """The paper, for its rater alone: nobody stands in for who rates."""
    opened = open_paper(talk.session, paper_id)
    if opened.paper.rater_id != talk.person_id:
        raise Refusal("평가는 배정된 위원 본인만 볼 수 있습니다.")
    return opened


def _round(talk: Talk, rating_id: int) -> Round:
    """Read once, however many of its cards are redrawn."""
    key = ("round", talk.person_id, rating_id)
    return kept(talk.session, key, _READ_FROM, lambda: round_of(talk.session, talk.person_id, rating_id))


def _prompt(opened: PaperFile) -> Text:
    told: list[Line] = []
    if opened.paper.turn > 1:
        told.append(say("성과계획이 바뀌어 다시 평가합니다."))
    if opened.was_handed_in and opened.paper.state is PaperState.OPEN:
        told.append(say("고치는 중입니다. 다시 제출할 때까지는 앞서 제출한 답이 반영됩니다."))
    return lines(*told)


def _about(talk: Talk, opened: PaperFile, round_: Round) -> list[tuple[Phrase, Line]]:
    papers = [one.id for one in round_.papers]
    facts: list[tuple[Phrase, Line]] = [(say("평가"), title_of(talk, opened.rating))]
    if opened.id in papers:
        place = say("{at}/{all}번째", at=papers.index(opened.id) + 1, all=len(papers))
        facts.append((say("순서"), place))
    due = (
        deadline(talk, opened.due_at)
        if talk.now < opened.due_at
        else say("{due}에 마감됨", due=opened.due_at)
    )
    facts.append((say("제출 기한"), due))
    if opened.paper.answers:
        facts.append((say("내 답"), answers_of(round_.criteria, opened.paper.answers)))
    if opened.paper.comment:
        facts.append((say("의견"), opened.paper.comment))
    if opened.paper.state is PaperState.RECUSED:
        facts.append((say("회피 사유"), opened.paper.reason))
    return facts


def _buttons(talk: Talk, opened: PaperFile, round_: Round) -> list[Button]:
    buttons, here = [], {"paper": opened.id}
    if opened.is_open(talk.now):
        is_done = is_answered(round_.criteria, opened.paper)
        label = say("답 고치기") if is_done else say("평가하기")
        buttons.append(Button(label, Go("ratings.form", here), Style.PLAIN if is_done else Style.PRIMARY))
    following = round_.next_after(opened.id, talk.now)
    if following is not None:
        buttons.append(Button(say("다음 대상"), Go("ratings.subject", {"paper": following.id})))
    if round_.to_hand_in(talk.now):
        buttons.append(Button(say("답 확인하고 제출"), Go("ratings.review", {"rating": opened.rating.id})))
    if opened.is_open(talk.now):
        buttons.append(Button(say("회피"), Go("ratings.recuse", here)))
    return [*buttons, Button(say("대상 목록"), Go("ratings.list", {"rating": opened.rating.id}))]
