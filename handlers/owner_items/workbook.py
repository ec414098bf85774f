"""The workbook of an item: made and taken away, and asked for again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.fields import FilesField
from handlers.dialogue.screens import Button, FileAsk, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.owner_items.listing import own_item
from handlers.owner_items.words import (
    go_to,
    item_of,
    named_subjects,
    place_of,
    rule_of,
    title_of,
    unit_of,
)
from handlers.wording import parcel_shown
from models.clock import local_day
from models.evidence.kinds import FileKind
from models.evidence.table import Parcel, parcels, receive
from models.plan import Cycle, Period
from models.scheme.finding import must_be_open
from models.scheme.owning import Item, values_of
from models.words import Phrase, Refusal, say, translator

if TYPE_CHECKING:
    from reports.owner_values import About

_STEPS = (
    say("‘값’ 열에 적습니다. 해당이 없는 대상은 목록에서 ‘해당없음’을 선택합니다."),
    say("빈 칸은 지금 값을 그대로 둡니다. 비고는 값을 적은 행만 반영됩니다."),
    say("‘코드’ 열과 머리글은 바꾸지 마세요. 이 시트도 지우지 마세요."),
    say("이 항목의 ‘엑셀 올리기’로 올리면 달라지는 점을 보여 드리고, ‘반영’을 누르면 반영됩니다."),
)


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Makes the workbook with the values there are."""
    # Imported here: openpyxl takes a while to load, and nobody who reports an actual needs it.
    from reports.owner_values import Asked, write_values

    target = workshop.folder / "values.xlsx"
    with workshop.database.read() as session:
        item = item_of(session, data)
        values = values_of(session, item)
        rows = []
        for subject, name in named_subjects(session, item):
            given = values.get(subject.id or 0)
            value, note = (given.value, given.note) if given else (None, "")
            unasked = given is not None and given.not_applicable
            rows.append(Asked(subject.code, name, subject.grouping, value, unasked, note))
        write_values(target, about(session, item), rows)
        name = f"{_korean(title_of(session, item))} {local_day(workshop.clock.now()):%Y%m%d}.xlsx"
    kept = workshop.keep(target, name)

    def finish(talk: Talk) -> Go:
        own_item(talk, data)
        parcel = receive(talk.session, talk.now, talk.person_id, kept)
        return Go("owner_items.book", {**place_of(item), "parcel": parcel.id})

    return finish


def about(session: Session, item: Item) -> About:
    """What the workbook says it is about; in Korean whoever takes it away, since it is a document of the city."""
    from reports.owner_values import About

    told = [title_of(session, item), rule_of(item.part), *_STEPS]
    cycle = session.get_one(Cycle, item.scheme.cycle_id)
    period = session.get_one(Period, item.period_id).code if item.period_id is not None else "연간"
    key = "/".join((cycle.code, item.scheme.code, item.part.code, period))
    return About(key, _korean(told[0]), [_korean(one) for one in told[1:]], unit_of(item.part))


def show_book(talk: Talk, data: Data) -> Screen:
    """The workbook to take away."""
    item = own_item(talk, data)
    upload = Button(say("엑셀 올리기"), Go("owner_items.file", place_of(item)), Style.PRIMARY)
    return Notice(
        lines(title_of(talk.session, item), say("‘값’ 열을 채워 다시 올려 주세요.")),
        files=[parcel_shown(talk.session.get_one(Parcel, data["parcel"]))],
        tone=Tone.GOOD,
        buttons=[upload, Button(say("항목으로"), go_to(item))],
    )


def show_file(talk: Talk, data: Data) -> Screen:
    """Asks for the workbook."""
    item = own_item(talk, data)
    must_be_open(talk.session, item.scheme.cycle_id, item.period_id)
    field = FilesField(
        "values",
        say("소관 항목 엑셀"),
        say("이 항목에서 받은 엑셀(.xlsx) 한 개를 값을 채워 올려 주세요."),
        most=1,
        kinds=[FileKind.XLSX],
    )
    text = lines(
        title_of(talk.session, item),
        say("오류가 하나라도 있으면 아무것도 바꾸지 않고, 고칠 칸을 모두 알려 드립니다."),
        say("올리면 먼저 달라지는 점과 분포를 보여 드립니다."),
    )
    return FileAsk(say("엑셀 올리기"), text, field, cancel=go_to(item))


def take_file(talk: Talk, data: Data, answer: Answer) -> Go:
    """Has the workbook read."""
    item = own_item(talk, data)
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    parcel = parcels(talk.session, talk.person_id, answer.values["values"])[0]
    talk.errand("owner_items_read", **place_of(item), parcel=parcel.id)
    return Go("owner_items.running", place_of(item))


def show_running(talk: Talk, data: Data) -> Screen:
    item = item_of(talk.session, data)
    told = say("준비하고 있습니다. 끝나면 이 대화로 알려 드리겠습니다.")
    return Notice(lines(told), buttons=[Button(say("항목으로"), go_to(item))])


def _korean(phrase: Phrase) -> str:
    return translator("ko")(phrase)
