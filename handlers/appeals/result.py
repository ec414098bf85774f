"""The result of one indicator in a closed period: its figures, who decided why, and the way to appeal."""

from __future__ import annotations

from handlers.appeals.facts import BADGES, decision_facts, figure_facts
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Card, Go, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, Text, lines
from handlers.wording import deadline
from models.appeal.reading import AppealFile, standing_appeal
from models.appeal.result import Result, must_be_appealable, must_have_report, open_result, window_ends
from models.rights import may_see
from models.scores.frozen import plain_figures
from models.submission import decisions_on
from models.words import Phrase, Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The card; its button files an appeal while that is possible, and leads to the one that was filed."""
    result = open_result(talk.session, data["indicator"], data["period"])
    if not may_see(talk.standing, result.indicator, result.department.path):
        raise Refusal("이 지표의 결과를 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    appeal = standing_appeal(talk.session, data["indicator"], data["period"])
    return Card(
        title=say("{indicator} 평가 결과", indicator=result.indicator.name),
        subject=subject_of(data["indicator"], data["period"]),
        badge=BADGES[appeal.appeal.state] if appeal else None,
        facts=_facts(talk, result),
        text=_text(talk, result, appeal),
        buttons=[*buttons_for(talk, result, appeal), Button(say("이의신청 목록"), Go("appeals.list"))],
    )


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader may see the indicator."""
    result = open_result(talk.session, data["indicator"], data["period"])
    return may_see(talk.standing, result.indicator, result.department.path)


def subject_of(indicator_id: int, period_id: int) -> str:
    """What cards call the result of an indicator in a period."""
    return f"result:{indicator_id}.{period_id}"


def buttons_for(talk: Talk, result: Result, appeal: AppealFile | None) -> list[Button]:
    """The appeal that was filed, or the way to file one where that is possible now."""
    if appeal is not None:
        return [Button(say("이의신청 보기"), Go("appeals.card", {"appeal": appeal.id}), Style.PRIMARY)]
    if hindrance(talk, result) is not None:
        return []
    here = {"indicator": result.indicator.id, "period": result.period.id}
    return [Button(say("이의신청"), Go("appeals.file", here), Style.PRIMARY)]


def hindrance(talk: Talk, result: Result) -> Phrase | None:
    """Why the reader can't appeal against the result now; None where they can."""
    try:
        must_be_appealable(talk.session, talk.doer, result)
        must_have_report(talk.session, result)
    except Refusal as refusal:
        return refusal.phrase
    return None


def _facts(talk: Talk, result: Result) -> list[tuple[Phrase, Line]]:
    decisions = [] if result.submission_id is None else decisions_on(talk.session, result.submission_id)
    return [
        (say("부서"), result.department.name),
        (say("대상 기간"), result.period.name),
        *figure_facts(plain_figures(result.score), result.indicator),
        *decision_facts(talk.session, decisions),
    ]


def _text(talk: Talk, result: Result, appeal: AppealFile | None) -> Text:
    """Until when an appeal is taken, or why none is."""
    if appeal is not None:
        return ()
    if (why := hindrance(talk, result)) is not None:
        return lines(why)
    ends = window_ends(talk.session, result.period)
    return lines(say("이의신청: {due}", due=deadline(talk, ends))) if ends else ()
