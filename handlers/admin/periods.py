"""Closing a period and reopening it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from handlers.admin.home import ADMIN
from handlers.dialogue.answers import Answer, Filled, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.fields import TextField
from handlers.dialogue.screens import (
    Badge,
    Button,
    Card,
    Choice,
    Form,
    Go,
    Menu,
    Notice,
    Press,
    Screen,
    Style,
    Tone,
)
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import counted, period_in_full
from models.appeal.result import window_ends
from models.period import administering, close, reopen
from models.plan import Cycle, Period, PeriodState
from models.scores import Progress, department_progress
from models.submission import State
from models.words import Phrase, Refusal, say

_BADGES = {
    PeriodState.OPEN: Badge(say("진행 중"), Tone.WAITING),
    PeriodState.CLOSED: Badge(say("마감됨"), Tone.NEUTRAL),
}


def show(talk: Talk, _data: Data) -> Screen:
    """Every period."""
    administering(talk.doer)
    periods = talk.session.exec(
        select(Period)
        .join(Cycle, col(Cycle.id) == col(Period.cycle_id))
        .order_by(col(Cycle.starts_on).desc(), col(Cycle.id), col(Period.position))
    ).all()
    choices = [
        Choice(
            period_in_full(talk.session, period),
            Go("admin.period", {"period": period.id}),
            say("보고 기한 {due}", due=period.report_due),
            _BADGES[period.state],
        )
        for period in periods
    ]
    return Menu(lines(Bold(say("기간을 선택해 주세요."))), choices, buttons=[ADMIN])


def show_one(talk: Talk, data: Data) -> Screen:
    """One period with its deadlines, and the press that closes it."""
    administering(talk.doer)
    period = talk.session.get_one(Period, data["period"])
    progress = department_progress(talk.session, talk.now, data["period"])
    here = {"period": period.id, "revision": period.revision}
    button = Button(say("마감 해제"), Go("admin.reopen", here))
    if period.state is PeriodState.OPEN:
        sure = _sure(period_in_full(talk.session, period), progress)
        button = Button(say("마감하기"), Press("close", here), Style.DANGER, confirm=sure)
    counts = [
        (say("미제출"), sum(one.missing for one in progress)),
        (say("검토 중"), sum(one.undecided for one in progress)),
        (say("승인됨"), sum(one.by_state[State.APPROVED] for one in progress)),
    ]
    return Card(
        title=period_in_full(talk.session, period),
        subject=f"period:{period.id}",
        badge=_BADGES[period.state],
        facts=[
            (say("대상 기간"), say("{start} ~ {end}", start=period.starts_on, end=period.ends_on)),
            (say("보고 기한"), say("{at}", at=period.report_due)),
            (say("검토 기한"), say("{at}", at=period.review_due)),
            *_window(talk, period),
            *[(label, say("{count}건", count=count)) for label, count in counts if count],
        ],
        buttons=[button, Button(say("기간 목록"), Go("admin.periods"))],
    )


def _window(talk: Talk, period: Period) -> list[tuple[Phrase, Line]]:
    """Until when appeals are taken. Closed later than that, nobody could appeal, and no date could be moved."""
    ends = window_ends(talk.session, period)
    if ends is None:
        return []
    if ends < talk.now and period.state is PeriodState.OPEN:
        late = say("{at}에 끝났습니다. 이의신청을 받으려면 마감하기 전에 계획의 날짜를 고쳐 주세요.", at=ends)
        return [(say("이의신청"), late)]
    return [(say("이의신청"), say("{at}까지", at=ends))]


def _sure(period: Phrase, progress: Sequence[Progress]) -> Phrase:
    """What is asked before closing, with what would not score."""
    undecided, missing = sum(one.undecided for one in progress), sum(one.missing for one in progress)
    if not undecided and not missing:
        return say("{period:을/를} 마감할까요?", period=period)
    counts = counted(
        (missing, say("미제출 {count}건", count=missing)),
        (undecided, say("검토 중 {count}건", count=undecided)),
    )
    return say(
        "{period:을/를} 마감할까요? {counts}은 점수에 반영되지 않습니다.", period=period, counts=counts
    )


def take_one(talk: Talk, _data: Data, answer: Answer) -> Go:
    """Closes the period."""
    if not isinstance(answer, Pressed) or answer.action != "close":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    period = close(talk.session, talk.doer, answer.args["period"], answer.args["revision"])
    talk.changed(f"period:{period.id}")
    talk.toast(say("{period:을/를} 마감했습니다.", period=period_in_full(talk.session, period)))
    return Go("admin.periods")


def show_reopen(talk: Talk, data: Data) -> Screen:
    """Asks why it is reopened."""
    period = talk.session.get_one(Period, data["period"])
    here = Go("admin.period", {"period": period.id})
    if period.revision != data["revision"]:
        gone = say("그사이 기간의 상태가 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
        return Notice(lines(gone), tone=Tone.WARNING, buttons=[Button(say("기간 보기"), here, Style.PRIMARY)])
    field = TextField("reason", say("사유"), say("마감을 해제하는 사유를 적어 주세요. 감사 기록에 남습니다."))
    return Form(
        say("{period} 마감 해제", period=period_in_full(talk.session, period)),
        (),
        [field],
        cancel=here,
    )


def take_reopen(talk: Talk, data: Data, answer: Answer) -> Go:
    """Reopens the period."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    period = reopen(talk.session, talk.doer, data["period"], data["revision"], answer.values["reason"])
    talk.changed(f"period:{period.id}")
    talk.toast(say("{period}의 마감을 해제했습니다.", period=period_in_full(talk.session, period)))
    return Go("admin.periods")
