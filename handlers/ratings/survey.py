"""The results of a survey brought in by an administrator: a template to take away, a file to hand in."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlmodel import Session

from handlers.dialogue.answers import Answer, Filled, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.fields import FilesField
from handlers.dialogue.screens import Button, Choice, FileAsk, Go, Menu, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.problems import not_registered, problems_told
from handlers.ratings.words import title_of
from handlers.wording import HOME, parcel_shown
from models.evidence.kinds import FileKind
from models.evidence.table import Parcel, parcels, receive
from models.period import administering
from models.rating.people import rated_in
from models.rating.said import criteria_of
from models.rating.survey import add_survey, known_answers, ready_for_survey
from models.rating.table import Group, Rating
from models.words import Refusal, say
from reports.plan import PlanRejected, Problem

_SHOWN = 20


def show(talk: Talk, data: Data) -> Screen:
    """What can be done: take the template away, hand the results in."""
    administering(talk.doer)
    rating, group = talk.session.get_one(Rating, data["rating"]), talk.session.get_one(Group, data["group"])
    known = len(known_answers(talk.session, data["rating"], data["group"]))
    told: list[Line] = [
        Bold(say("{rating} · {group}", rating=title_of(talk, rating), group=group.name)),
        say("지금까지 등록된 응답 {count}건", count=known),
    ]
    here = {"rating": rating.id, "group": group.id}
    choices = [
        Choice(say("설문 서식 받기"), Press("template"), say("대상과 항목이 적힌 빈 엑셀")),
        Choice(
            say("설문 결과 올리기"), Go("ratings.survey_file", here), say("엑셀(.xlsx)이나 CSV 파일 한 개")
        ),
    ]
    back = Button(say("진행 현황으로"), Go("ratings.progress", {"rating": rating.id}))
    return Menu(lines(*told), choices, buttons=[back, HOME])


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Asks for the template."""
    administering(talk.doer)
    if not isinstance(answer, Pressed) or answer.action != "template":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    talk.errand("survey_template", rating=data["rating"], group=data["group"])
    return Go("ratings.survey_running", {**data, "what": "template"})


def show_file(talk: Talk, data: Data) -> Screen:
    """Asks for the file."""
    ready_for_survey(talk.session, talk.doer, data["rating"], data["group"])
    field = FilesField(
        "survey",
        say("설문 결과"),
        say("서식에 적은 엑셀(.xlsx)이나 CSV 파일 한 개를 올려 주세요."),
        most=1,
        kinds=[FileKind.XLSX, FileKind.CSV],
    )
    text = lines(
        say("오류가 하나라도 있으면 아무것도 등록하지 않고, 고칠 곳을 칸으로 모두 알려 드립니다."),
        say("이미 등록된 응답번호는 답이 같으면 건너뛰고, 다르면 오류로 알려 드립니다."),
    )
    return FileAsk(say("설문 결과 올리기"), text, field, cancel=_survey(data))


def take_file(talk: Talk, data: Data, answer: Answer) -> Go:
    """Writes the errand down; the result is told when it is done."""
    ready_for_survey(talk.session, talk.doer, data["rating"], data["group"])
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    parcel = parcels(talk.session, talk.person_id, answer.values["survey"])[0]
    talk.errand("survey", rating=data["rating"], group=data["group"], parcel=parcel.id)
    return Go("ratings.survey_running", {**data, "what": "import"})


def show_running(_talk: Talk, data: Data) -> Screen:
    """It takes a moment."""
    told = say("설문 결과를 확인하고 있습니다. 끝나면 결과를 알려 드리겠습니다.")
    if data["what"] == "template":
        told = say("서식을 만들고 있습니다. 준비되면 이 대화로 보내 드리겠습니다.")
    return Notice(lines(told), buttons=[Button(say("설문으로"), _survey(data))])


def work_template(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Writes the template of one round."""
    # Imported here: openpyxl takes a while to load, and nobody who rates needs it.
    from reports.survey import write_template

    with workshop.database.read() as session:
        survey = _asked(session, data["rating"])
    target = workshop.folder / "survey.xlsx"
    write_template(target, survey)
    kept = workshop.keep(target, "설문 서식.xlsx")

    def finish(talk: Talk) -> Go:
        administering(talk.doer)
        parcel = receive(talk.session, talk.now, talk.person_id, kept)
        return Go("ratings.survey_template", {"parcel": parcel.id, **_place(data)})

    return finish


def show_template(talk: Talk, data: Data) -> Screen:
    """The template to take away."""
    parcel = talk.session.get_one(Parcel, data["parcel"])
    told = say("서식이 준비되었습니다. 한 행에 한 응답을 적어 ‘설문 결과 올리기’에 올려 주세요.")
    again = Button(say("설문 결과 올리기"), Go("ratings.survey_file", _place(data)), Style.PRIMARY)
    return Notice(lines(told), files=[parcel_shown(parcel)], buttons=[again, HOME])


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Reads the file; checks and adds it in the transaction that ends the errand."""
    from reports.survey import check_grid, read_grid

    with workshop.database.read() as session:
        parcel = session.get_one(Parcel, data["parcel"])
    try:
        grid = read_grid(_source(workshop, parcel))
    except PlanRejected as rejected:
        problems = rejected.problems
        return lambda talk: _rejected(talk, data, parcel.name, problems)

    def finish(talk: Talk) -> Go:
        rating, group = data["rating"], data["group"]
        # Held before it is checked: nothing that is added meanwhile escapes the check.
        ready_for_survey(talk.session, talk.doer, rating, group)
        try:
            given = check_grid(grid, _asked(talk.session, rating), known_answers(talk.session, rating, group))
        except PlanRejected as rejected:
            return _rejected(talk, data, parcel.name, rejected.problems)
        done = add_survey(talk.session, talk.doer, rating, group, given, parcel.name, parcel.sha256)
        told = {"name": parcel.name, "new": done.new, "known": done.known}
        return Go("ratings.survey_done", {**told, **_place(data)})

    return finish


def show_done(_talk: Talk, data: Data) -> Screen:
    """How many answers came."""
    told: list[Line] = [
        Bold(say("{name:을/를} 등록했습니다.", name=data["name"])),
        say("새 응답 {count}건", count=data["new"]),
    ]
    if data["known"]:
        told.append(say("이미 등록되어 있어 건너뛴 응답 {count}건", count=data["known"]))
    back = Button(say("진행 현황으로"), Go("ratings.progress", {"rating": data["rating"]}), Style.PRIMARY)
    return Notice(lines(*told), buttons=[back, HOME], tone=Tone.GOOD)


def show_rejected(_talk: Talk, data: Data) -> Screen:
    """Every error, as far as a chat can show them."""
    told = problems_told(not_registered(data), data)
    again = Button(say("고쳐서 다시 올리기"), Go("ratings.survey_file", _place(data)), Style.PRIMARY)
    return Notice(lines(*told), buttons=[again, HOME], tone=Tone.BAD)


def _rejected(talk: Talk, data: Mapping[str, Any], name: str, problems: list[Problem]) -> Go:
    rows = [[one.sheet, one.cell, talk.translate(one.phrase)] for one in problems[:_SHOWN]]
    told = {"name": name, "problems": rows, "all": len(problems)}
    return Go("ratings.survey_rejected", {**told, **_place(data)})


def _asked(session: Session, rating_id: int) -> Any:
    """What the survey of a round asks."""
    from reports.survey import Asked, Survey

    rating = session.get_one(Rating, rating_id)
    criteria = criteria_of(session, rating.cycle_id, rating.code)
    return Survey(
        rating.name,
        {one.code: (one.id, one.name) for one in rated_in(session, rating)},
        [Asked(one.code, one.name, one.scale) for one in criteria],
    )


def _source(workshop: Workshop, parcel: Parcel) -> Path:
    """The file as its reader wants it: a workbook, or a folder with the CSV file in it."""
    if parcel.name.lower().endswith(".csv"):
        folder = workshop.folder / "survey"
        folder.mkdir()
        shutil.copyfile(workshop.vault.path(parcel.sha256), folder / "설문.csv")
        return folder
    source = workshop.folder / "survey.xlsx"
    shutil.copyfile(workshop.vault.path(parcel.sha256), source)
    return source


def _place(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"rating": data["rating"], "group": data["group"]}


def _survey(data: Mapping[str, Any]) -> Go:
    return Go("ratings.survey", _place(data))
