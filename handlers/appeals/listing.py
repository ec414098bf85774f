"""Appeals a person may see, what waits for a decision first; and the results they may appeal against."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.appeals.facts import BADGES, points_of
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.wording import HOME, deadline, is_pressing, value_of
from models.appeal.deciding import may_decide
from models.appeal.reading import AppealFile, appeals_seen_by
from models.appeal.result import Result, window_ends
from models.appeal.results import own_results
from models.appeal.table import AppealState
from models.organization import Role
from models.words import say

_RESULTS = Button(say("평가 결과에서 신청"), Go("appeals.results"))


def show(talk: Talk, _data: Data) -> Screen:
    """Every appeal the person may see."""
    seen = appeals_seen_by(talk.session, talk.doer)
    buttons = [_RESULTS, HOME] if own_results(talk.session, talk.doer) else [HOME]
    if not seen:
        return Notice(lines(say("이의신청이 없습니다.")), buttons=buttons)
    waiting = _waiting(talk, seen)
    told = [say("결정을 기다리는 이의신청 {count}건", count=len(waiting))] if waiting else []
    return Menu(lines(Bold(say("이의신청")), *told), [_choice(one) for one in seen], buttons=buttons)


def show_results(talk: Talk, _data: Data) -> Screen:
    """The person's results against which an appeal is possible now, or was filed."""
    results = own_results(talk.session, talk.doer)
    back = Button(say("이의신청 목록"), Go("appeals.list"))
    if not results:
        told = say("지금 이의를 신청할 수 있는 평가 결과가 없습니다.")
        return Notice(lines(told), buttons=[back, HOME])
    ends = {one.period.name: window_ends(talk.session, one.period) for one in results}
    dues = [
        say("{period} 이의신청: {due}", period=name, due=deadline(talk, due))
        for name, due in ends.items()
        if due
    ]
    return Menu(
        lines(Bold(say("어느 결과에 이의가 있으십니까?")), *dues),
        choices_of(talk, results),
        buttons=[back, HOME],
    )


def choices_of(talk: Talk, results: Sequence[Result]) -> list[Choice]:
    """Each result with what became of an appeal against it; pressing it opens it."""
    filed: dict[tuple[int | None, int | None], AppealFile] = {
        (one.appeal.indicator_id, one.appeal.period_id): one
        for one in appeals_seen_by(talk.session, talk.doer)
        if one.appeal.state is not AppealState.WITHDRAWN
    }
    return [_result(one, filed.get((one.indicator.id, one.period.id))) for one in results]


def choice(talk: Talk) -> Choice | None:
    """The line of the first screen, with what is to be done first; None for who has nothing there."""
    to = Go("appeals.list")
    waiting = appeals_seen_by(talk.session, talk.doer, waiting=True)
    mine = _waiting(talk, waiting)
    if mine:
        pressing = is_pressing(talk, min(one.appeal.decision_due for one in mine))
        badge = Badge(say("{count}건", count=len(mine)), Tone.WARNING if pressing else Tone.NEUTRAL)
        return Choice(say("이의신청"), to, say("결정을 기다리는 이의신청 {count}건", count=len(mine)), badge)
    if results := own_results(talk.session, talk.doer):
        ends = [end for one in results if (end := window_ends(talk.session, one.period)) is not None]
        return Choice(
            say("이의신청"), to, say("평가 결과에 대한 이의신청: {due}", due=deadline(talk, min(ends)))
        )
    if waiting:
        return Choice(say("이의신청"), to, say("심의 중인 이의신청 {count}건", count=len(waiting)))
    return None


def _waiting(talk: Talk, seen: list[AppealFile]) -> list[AppealFile]:
    """Those on which this person's decision is awaited."""
    if not talk.standing.has(Role.EVALUATOR):
        return []
    return [one for one in seen if may_decide(talk.session, talk.doer, one)]


def _choice(one: AppealFile) -> Choice:
    return Choice(
        one.indicator.name,
        Go("appeals.card", {"appeal": one.id}),
        (one.department.name, " · ", one.period.name),
        BADGES[one.appeal.state],
    )


def _result(one: Result, appeal: AppealFile | None) -> Choice:
    recognised = value_of(one.score.recognised, one.indicator, one.score.not_applicable)
    points = points_of(one.score.points)
    return Choice(
        one.indicator.name,
        Go("appeals.result", {"indicator": one.indicator.id, "period": one.period.id}),
        say(
            "{period} · 인정 실적 {value} · {points}", period=one.period.name, value=recognised, points=points
        ),
        BADGES[appeal.appeal.state] if appeal else None,
    )
