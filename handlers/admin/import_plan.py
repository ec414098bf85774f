"""Importing a plan workbook in chat: all or nothing, every error named by sheet and cell."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

from handlers.admin.home import ADMIN
from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.fields import FilesField
from handlers.dialogue.screens import Button, FileAsk, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.problems import not_registered, problems_told
from handlers.wording import HOME, counted
from models.evidence.kinds import FileKind
from models.evidence.table import Parcel, parcels
from models.period import administering
from models.words import Phrase, Refusal, say
from reports.plan import Changes, PlanRejected, Problem, TableChanges, apply_plan, check_plan, read_plan

_SHOWN = 20
_CELLS = 8
_TABLES = {
    "department": say("조직"),
    "department_term": say("조직 변경 이력"),
    "person": say("사람"),
    "role_held": say("역할"),
    "cycle": say("성과주기"),
    "period": say("기간"),
    "perspective": say("관점"),
    "strategic_goal": say("전략목표"),
    "performance_goal": say("성과목표"),
    "main_project": say("주요사업"),
    "indicator": say("지표"),
    "target": say("목표"),
    "past_actual": say("과거 실적"),
    "special_day": say("휴일"),
    "programme": say("컨설팅"),
    "slot": say("일정"),
    "scheme": say("평가체계"),
    "scheme_part": say("배점"),
    "scheme_grade": say("등급"),
    "scheme_prize": say("포상"),
    "scheme_subject": say("평가대상"),
    "rating": say("평가"),
    "rating_criterion": say("평가항목"),
    "rater_group": say("평가단"),
    "rater": say("평가위원"),
    "reminder_rule": say("알림"),
    "quiet_hours": say("야간보류"),
}


def show(talk: Talk, _data: Data) -> Screen:
    """Asks for the workbook."""
    administering(talk.doer)
    field = FilesField(
        "plan",
        say("계획 엑셀"),
        say("서식에 맞춰 적은 엑셀(.xlsx) 한 개를 올려 주세요. 빈 서식은 '관리'에서 받으실 수 있습니다."),
        most=1,
        kinds=[FileKind.XLSX],
    )
    text = lines(
        say("오류가 하나라도 있으면 아무것도 바꾸지 않고, 고칠 곳을 시트와 칸으로 모두 알려 드립니다."),
        say("다시 등록하면 바뀐 내용만 반영합니다."),
    )
    return FileAsk(say("성과관리계획 등록"), text, field, cancel=Go("admin.home"))


def take(talk: Talk, _data: Data, answer: Answer) -> Go:
    """Writes the errand down; the result is told when it is done."""
    administering(talk.doer)
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    parcel = parcels(talk.session, talk.person_id, answer.values["plan"])[0]
    talk.errand("import", parcel=parcel.id)
    return Go("admin.import_running", {"name": parcel.name})


def show_running(_talk: Talk, data: Data) -> Screen:
    return Notice(
        lines(say("{name:을/를} 확인하고 있습니다. 끝나면 결과를 알려 드리겠습니다.", name=data["name"])),
        buttons=[ADMIN],
    )


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Reads the workbook; checks and applies it in the transaction that ends the errand."""
    with workshop.database.read() as session:
        parcel = session.get_one(Parcel, data["parcel"])
    source = workshop.folder / "plan.xlsx"
    shutil.copyfile(workshop.vault.path(parcel.sha256), source)
    try:
        raw = read_plan(source)
    except PlanRejected as rejected:
        problems = rejected.problems
        return lambda talk: _rejected(talk, parcel.name, problems)

    def finish(talk: Talk) -> Go:
        administering(talk.doer)
        try:
            plan = check_plan(raw, talk.session)
        except PlanRejected as rejected:
            return _rejected(talk, parcel.name, rejected.problems)
        changes = apply_plan(talk.session, talk.now, talk.doer.actor(), plan)
        told = [talk.translate(line) for line in [*summary_of(changes), *changes.lines]]
        return Go("admin.import_done", {"name": parcel.name, "lines": told[:_SHOWN], "all": len(told)})

    return finish


def show_done(_talk: Talk, data: Data) -> Screen:
    """What changed."""
    told: list[Line] = [Bold(say("{name:을/를} 등록했습니다.", name=data["name"])), *data["lines"]]
    if data["all"] > len(data["lines"]):
        told.append(say("그 밖에 {count}건", count=data["all"] - len(data["lines"])))
    progress = Button(say("전체 진행 보기"), Go("admin.progress"), Style.PRIMARY)
    return Notice(lines(*told), tone=Tone.GOOD, buttons=[progress, HOME])


def show_rejected(_talk: Talk, data: Data) -> Screen:
    """Every error, as far as a chat can show them."""
    again = Button(say("고쳐서 다시 올리기"), Go("admin.import"), Style.PRIMARY)
    return Notice(lines(*problems_told(not_registered(data), data)), tone=Tone.BAD, buttons=[again, ADMIN])


def _rejected(talk: Talk, name: str, problems: list[Problem]) -> Go:
    """The problems, each sentence once with all the cells of a sheet it is about."""
    cells: dict[tuple[str, str], list[str]] = {}
    for one in problems:
        cells.setdefault((one.sheet, talk.translate(one.phrase)), []).append(one.cell)
    shown = list(cells.items())[:_SHOWN]
    rows = [[sheet, _several(talk, found), text] for (sheet, text), found in shown]
    left = len(problems) - sum(len(found) for _, found in shown)
    told = {"name": name, "problems": rows, "all": len(problems), "left": left}
    return Go("admin.import_rejected", told)


def _several(talk: Talk, cells: list[str]) -> str:
    """`C3, C4, C7`; of very many the first few and how many more."""
    named, left = ", ".join(cells[:_CELLS]), len(cells) - _CELLS
    return talk.translate(say("{cells} 외 {count}칸", cells=named, count=left)) if left > 0 else named


def summary_of(changes: Changes) -> list[Phrase]:
    """One line a table that the plan touched, then what the source of a scheme says two things about."""
    if changes.nothing:
        return [say("이미 등록된 내용과 같아 바뀐 것이 없습니다."), *changes.notes]
    tables = [
        say("{table}: {counts}", table=_TABLES.get(name, name), counts=_counts(table))
        for name, table in changes.tables.items()
        if table.added or table.changed or table.removed
    ]
    return [*tables, *changes.notes]


def _counts(table: TableChanges) -> Phrase:
    return counted(
        (table.added, say("추가 {count}건", count=table.added)),
        (table.changed, say("변경 {count}건", count=table.changed)),
        (table.removed, say("삭제 {count}건", count=table.removed)),
        (table.unchanged, say("그대로 {count}건", count=table.unchanged)),
        (table.absent, say("파일에 없어 그대로 둔 것 {count}건", count=table.absent)),
    )
