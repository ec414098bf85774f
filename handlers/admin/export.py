"""The score workbook, made from one snapshot and handed over in chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from handlers.admin.home import ADMIN
from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Choice, Go, Menu, Notice, Press, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.wording import parcel_shown, period_in_full
from models.audit import record
from models.evidence.table import Parcel, receive
from models.period import administering
from models.plan import Cycle, PeriodState, periods_of
from models.words import Refusal, say


def show(talk: Talk, _data: Data) -> Screen:
    """Which period, or the whole cycle."""
    administering(talk.doer)
    choices: list[Choice] = []
    for cycle in talk.session.exec(select(Cycle).order_by(col(Cycle.starts_on).desc())):
        assert cycle.id is not None
        for period in periods_of(talk.session, cycle.id):
            args = {"cycle": cycle.id, "period": period.id}
            state = say("마감됨") if period.state is PeriodState.CLOSED else say("진행 중")
            label = period_in_full(talk.session, period)
            choices.append(Choice(label, Press("export", args), state))
        whole = Press("export", {"cycle": cycle.id, "period": None})
        choices.append(Choice(say("{cycle} 연간", cycle=cycle.name), whole, say("모든 기간을 집계")))
    return Menu(lines(Bold(say("어느 기간의 성과표를 만들까요?"))), choices, buttons=[ADMIN])


def take(talk: Talk, _data: Data, answer: Answer) -> Go:
    """Writes the errand down."""
    administering(talk.doer)
    if not isinstance(answer, Pressed) or answer.action != "export":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    talk.errand("export", cycle=answer.args["cycle"], period=answer.args["period"])
    return Go("admin.export_running")


def show_running(_talk: Talk, _data: Data) -> Screen:
    told = say("성과표를 만들고 있습니다. 준비되면 이 대화로 보내 드리겠습니다.")
    return Notice(lines(told), buttons=[ADMIN])


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Makes the workbook from one snapshot and keeps it in the vault."""
    # Imported here: openpyxl takes a while to load, and nobody who reports an actual needs it.
    from reports.scores import export_scores

    target = workshop.folder / "scores.xlsx"
    with workshop.database.read() as session:
        made = export_scores(session, target, data["cycle"], data["period"], workshop.clock.now())
    kept = workshop.keep(target, made.name)

    def finish(talk: Talk) -> Go:
        administering(talk.doer)
        parcel = receive(talk.session, talk.now, talk.person_id, kept)
        subject = f"cycle:{data['cycle']}"
        record(talk.session, talk.now, talk.doer.actor(), "scores.export", subject, sha256=kept.sha256)
        return Go("admin.export_done", {"parcel": parcel.id})

    return finish


def show_done(talk: Talk, data: Data) -> Screen:
    """The workbook to take away."""
    parcel = talk.session.get_one(Parcel, data["parcel"])
    return Notice(
        lines(say("성과표가 준비되었습니다. '검산' 시트의 차이가 0인지 확인해 주세요.")),
        files=[parcel_shown(parcel)],
        tone=Tone.GOOD,
        buttons=[ADMIN],
    )
