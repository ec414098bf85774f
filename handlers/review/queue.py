"""The queue of reports that wait for a decision, oldest first, by department and period."""

from __future__ import annotations

from collections import Counter

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.wording import HOME, is_pressing, period_in_full
from models.clock import local_day
from models.submission import SubmissionFile
from models.submission.lists import queue
from models.words import Phrase, say


def show(talk: Talk, data: Data) -> Screen:
    """Reports waiting for this person, filtered as chosen."""
    waiting = queue(talk.session, talk.doer, data.get("department"), data.get("period"))
    filters = [
        Button(say("부서별로 보기"), Go("review.by_department", dict(data))),
        Button(say("기간별로 보기"), Go("review.by_period", dict(data))),
    ]
    if data:
        filters.append(Button(say("전체 보기"), Go("review.queue")))
    if not waiting:
        text = (
            say("이 조건에서 기다리는 보고가 없습니다.") if data else say("결정을 기다리는 보고가 없습니다.")
        )
        return Notice(lines(text), buttons=[*(filters[-1:] if data else []), HOME])
    return Menu(
        lines(
            Bold(say("검토 대기 {count}건", count=len(waiting))), say("먼저 제출된 보고부터 보여 드립니다.")
        ),
        [_choice(talk, one) for one in waiting],
        buttons=[*filters, HOME],
    )


def show_departments(talk: Talk, data: Data) -> Screen:
    """The queue by department."""
    waiting = queue(talk.session, talk.doer, None, data.get("period"))
    names = {one.department.id: one.department.name for one in waiting}
    counts = Counter(one.department.id for one in waiting)
    choices = [
        Choice(names[id_], Go("review.queue", {**data, "department": id_}), _count(count))
        for id_, count in counts.most_common()
    ]
    back = Button(say("대기함으로"), Go("review.queue", dict(data)))
    return Menu(lines(say("어느 부서의 보고를 볼까요?")), choices, buttons=[back])


def show_periods(talk: Talk, data: Data) -> Screen:
    """The queue by period."""
    waiting = queue(talk.session, talk.doer, data.get("department"), None)
    names = {one.period.id: period_in_full(talk.session, one.period) for one in waiting}
    counts = Counter(one.period.id for one in waiting)
    choices = [
        Choice(names[id_], Go("review.queue", {**data, "period": id_}), _count(count))
        for id_, count in counts.items()
    ]
    back = Button(say("대기함으로"), Go("review.queue", dict(data)))
    return Menu(lines(say("어느 기간의 보고를 볼까요?")), choices, buttons=[back])


def _choice(talk: Talk, one: SubmissionFile) -> Choice:
    return Choice(
        one.indicator.name,
        Go("review.card", {"submission": one.submission.id}),
        (one.department.name, " · ", one.period.name),
        badge=_age(talk, one),
    )


def _age(talk: Talk, one: SubmissionFile) -> Badge | None:
    if one.submission.submitted_at is None:
        return None
    days = (talk.today - local_day(one.submission.submitted_at)).days
    tone = Tone.WARNING if is_pressing(talk, one.period.review_due) else Tone.WAITING
    return Badge(say("{days}일 지남", days=days) if days else say("오늘 제출"), tone)


def _count(count: int) -> Phrase:
    return say("{count}건", count=count)
