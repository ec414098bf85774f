"""Which result: all of them for the evaluation office, what was announced of one's own for everybody else."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Choice, Go, Menu, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.results.words import about, sees_all, title_of
from handlers.wording import HOME
from models.plan import Period, periods_of
from models.scheme.announcing import announcements_for, anything_announced, last_announcement
from models.scheme.finding import name_of_subject, newest_parts
from models.scheme.table import BASE, Combine
from models.words import say


def choice(talk: Talk) -> Choice | None:
    """The line of the first screen, where there is a result for the person to see."""
    if sees_all(talk):
        if not newest_parts(talk.session, talk.today):
            return None
        return Choice(say("평가 결과"), Go("results.list"), say("순위·등급·빠진 값, 결과 게시"))
    if not anything_announced(talk.session, talk.today) or not announcements_for(talk.session, talk.doer):
        return None
    return Choice(say("평가 결과"), Go("results.list"), say("게시된 우리 결과"))


def show(talk: Talk, _data: Data) -> Screen:
    """The results there are for the person."""
    choices = [*(_all(talk) if sees_all(talk) else ()), *_own(talk)]
    if not choices:
        return Notice(lines(say("아직 게시된 평가 결과가 없습니다.")), buttons=[HOME])
    return Menu(lines(Bold(say("평가 결과"))), choices, buttons=[HOME])


def _all(talk: Talk) -> list[Choice]:
    """Every scheme for the year and, where a period gives points, the periods that have begun."""
    parts = newest_parts(talk.session, talk.today)
    by_period = {
        (one.cycle_id, one.code)
        for one, part in parts
        if part.source in BASE and part.combine is not Combine.YEAR
    }
    found = []
    for (cycle_id, code), name in _names(talk).items():
        begun: list[Period | None] = [
            one
            for one in periods_of(talk.session, cycle_id)
            if one.starts_on <= talk.today and (cycle_id, code) in by_period
        ]
        for period in [*begun, None]:
            key = period.id if period else None
            last = last_announcement(talk.session, cycle_id, code, key)
            badge = Badge(say("게시됨"), Tone.GOOD) if last is not None else None
            detail = say("{at} 게시", at=last.announced_at) if last is not None else say("아직 게시하지 않음")
            label = title_of(talk.session, cycle_id, key, name)
            found.append(Choice(label, Go("results.scheme", about(cycle_id, code, key)), detail, badge))
    return found


def _own(talk: Talk) -> list[Choice]:
    """What was announced of the person, or of departments where they lead or report."""
    names = _names(talk)
    found = []
    for one, subject in announcements_for(talk.session, talk.doer):
        title = title_of(talk.session, one.cycle_id, one.period_id, names.get((one.cycle_id, one.scheme), ""))
        label = say("{title} · {name}", title=title, name=name_of_subject(talk.session, subject))
        to = Go("results.told", {"announcement": one.id, "subject": subject.id})
        found.append(Choice(label, to, say("{at} 게시", at=one.announced_at)))
    return found


def _names(talk: Talk) -> dict[tuple[int, str], str]:
    """The schemes of cycles at hand by cycle and code, as their newest version calls them."""
    return {(one.cycle_id, one.code): one.name for one, _ in newest_parts(talk.session, talk.today)}
