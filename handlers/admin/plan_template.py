"""The empty plan workbook, for administrators who have no command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.admin.home import ADMIN
from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.wording import parcel_shown
from models.evidence.table import Parcel, receive
from models.period import administering
from models.words import Refusal, say
from reports.plan import write_template

_NAME = "성과관리계획 서식.xlsx"


def take(talk: Talk, _data: Data, answer: Answer) -> Go:
    """Pressed in the administrator's menu: writes the errand down."""
    administering(talk.doer)
    if not isinstance(answer, Pressed) or answer.action != "template":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    talk.errand("template")
    return Go("admin.template_running")


def show_running(_talk: Talk, _data: Data) -> Screen:
    return Notice(
        lines(say("서식을 만들고 있습니다. 준비되면 이 대화로 보내 드리겠습니다.")), buttons=[ADMIN]
    )


def work(workshop: Workshop, _data: Mapping[str, Any]) -> Finish:
    """Writes the workbook and keeps it in the vault."""
    target = workshop.folder / "template.xlsx"
    write_template(target)
    kept = workshop.keep(target, _NAME)

    def finish(talk: Talk) -> Go:
        administering(talk.doer)
        return Go("admin.template_done", {"parcel": receive(talk.session, talk.now, talk.person_id, kept).id})

    return finish


def show_done(talk: Talk, data: Data) -> Screen:
    """The workbook to take away and fill in."""
    parcel = talk.session.get_one(Parcel, data["parcel"])
    return Notice(
        lines(say("서식이 준비되었습니다. '안내' 시트를 보고 적은 뒤 '성과관리계획 등록'에 올려 주세요.")),
        files=[parcel_shown(parcel)],
        buttons=[Button(say("성과관리계획 등록"), Go("admin.import"), Style.PRIMARY), ADMIN],
    )
