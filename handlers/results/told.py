"""A result as it was announced: one's own with its parts, or all of it for the evaluation office."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold
from handlers.dialogue.text import Line as Told
from handlers.dialogue.text import lines as text_of
from handlers.results.telling import kind_of
from handlers.results.words import (
    about,
    how_many,
    must_see_all,
    part_shown,
    sees_all,
    short_standing,
    standing_of,
    title_of,
    why,
)
from handlers.wording import deadline, parcel_shown
from models.evidence.table import Parcel
from models.scheme.announced import Line, announced
from models.scheme.announcing import appeal_until, may_see_result, told_before
from models.scheme.finding import find_subject
from models.scheme.result import schemes_of
from models.scheme.table import Announcement, SubjectKind
from models.words import Phrase, Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The reader's own result: what it was, what changed since it was last told, until when one may appeal."""
    if not may_leave(talk, data):
        raise Refusal("이 결과를 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    made = talk.session.get_one(Announcement, data["announcement"])
    own = next(line for line in announced(made) if line.subject_id == data["subject"])
    told: list[Told] = [Bold(_title(talk, made)), _standing(own)]
    told += _changes(talk, made, own)
    told += [part_shown(part.name, part.points, part.weight) for part in own.parts]
    due = appeal_until(talk.session, made.cycle_id, made.period_id)
    buttons = [why(made.cycle_id, made.scheme, made.period_id, own.subject_id)]
    if due is not None and talk.now <= due:
        told.append(say("이의신청: {due}", due=deadline(talk, due)))
        if kind_of(talk.session, made) is SubjectKind.DEPARTMENT:
            buttons.append(Button(say("이의신청"), Go("appeals.list")))
    elif due is not None:
        told.append(say("이의신청 기간이 {due}에 끝났습니다.", due=due))
    buttons.append(Button(say("결과 목록"), Go("results.list")))
    parcel = data.get("parcel")
    picture = parcel_shown(talk.session.get_one(Parcel, parcel)) if parcel else None
    return Notice(text_of(*told), buttons=buttons, picture=picture)


def may_leave(talk: Talk, data: Data) -> bool:
    """Whether the subject's result is its reader's to know."""
    return may_see_result(talk.session, talk.doer, find_subject(talk.session, data["subject"]))


def show_full(talk: Talk, data: Data) -> Screen:
    """All of it, as it was announced."""
    must_see_all(talk)
    made = talk.session.get_one(Announcement, data["announcement"])
    rows = announced(made)
    before = told_before(talk.session, made)
    told: list[Told] = [Bold(say("{title} 결과 게시", title=_title(talk, made)))]
    count = how_many(kind_of(talk.session, made), len(rows))
    told.append(say("평가대상 {count} · {at} 게시", count=count, at=made.announced_at))
    if before:
        changed = [line.name for line in rows if before.get(line.subject_id) != line]
        told.append(say("지난 게시와 달라진 대상: {names}", names=", ".join(changed)))
    place = about(made.cycle_id, made.scheme, made.period_id)
    choices = [
        Choice(
            say("{rank}위 {name}", rank=line.rank, name=line.name),
            Go("results.subject", {**place, "subject": line.subject_id}),
            short_standing(line.total, line.grouping, line.grade, line.prize),
        )
        for line in rows
    ]
    back = Button(say("지금 결과 보기"), Go("results.scheme", place), Style.PRIMARY)
    return Menu(text_of(*told), choices, buttons=[back])


def may_see_all(talk: Talk, _data: Data) -> bool:
    return sees_all(talk)


def _standing(own: Line) -> Phrase:
    return say("{name}: {standing}", name=own.name, standing=_where(own))


def _where(line: Line) -> Phrase:
    return standing_of(line.total, line.rank, line.among, line.grouping, line.grade, line.prize)


def _changes(talk: Talk, made: Announcement, own: Line) -> Iterator[Told]:
    """What was told before and is so no more."""
    before = told_before(talk.session, made).get(own.subject_id)
    if before is None or before == own:
        return
    yield say("지난 게시에서 달라졌습니다. 지난 게시: {standing}", standing=_where(before))
    points = {part.code: part.points for part in before.parts}
    for part in own.parts:
        was = points.get(part.code)
        if was is not None and was != part.points:
            yield say(
                "• {name}: {before} → {after}", name=part.name, before=f"{was:f}", after=f"{part.points:f}"
            )


def _title(talk: Talk, made: Announcement) -> Phrase:
    name = schemes_of(talk.session, made.cycle_id, made.scheme)[-1].name
    return title_of(talk.session, made.cycle_id, made.period_id, name)
