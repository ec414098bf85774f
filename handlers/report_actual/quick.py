"""The quick line: "민원처리율 97.3", a file with it or not, opens that indicator's form, filled in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from handlers.dialogue.answers import Said
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Choice, Go, Menu, Notice, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import lines
from handlers.wording import HOME, badge_of, days_left
from models.numbers import read_number
from models.submission.lists import Task, own_tasks
from models.words import Refusal, say

# The longest name of an indicator and the longest number, with room between them.
_LONGEST = 300


def understand(talk: Talk, said: Said) -> Go | None:
    """Where a quick line leads; None when it names none of the person's indicators."""
    tasks = own_tasks(talk.session, talk.standing, talk.today)
    files = list(said.files)
    words = said.text.split() if len(said.text) <= _LONGEST else []
    for length in range(len(words) - 1, 0, -1):
        name, number = " ".join(words[:length]), " ".join(words[length:])
        found = [task for task in named(tasks, name) if _reads(number, task)]
        if found:
            return _lead(found, {"value": number, "files": files}, name)
    if words and (found := named(tasks, said.text)):
        return _lead(found, {"files": files}, said.text)
    if files:
        return _lead([task for task in tasks if task.is_open()], {"files": files}, "")
    return None


def named(tasks: Sequence[Task], name: str) -> list[Task]:
    """The tasks whose indicator is called so; failing that, those whose name contains it."""
    wanted = _folded(name)
    exact = [task for task in tasks if _folded(task.indicator.name) == wanted]
    close = exact or [task for task in tasks if wanted and wanted in _folded(task.indicator.name)]
    return _once_each([task for task in close if task.is_open()] or close)


def show_which(talk: Talk, data: Data) -> Screen:
    """Asks which of several indicators is meant."""
    tasks = own_tasks(talk.session, talk.standing, talk.today)
    tasks = named(tasks, data["name"]) if data["name"] else [task for task in tasks if task.is_open()]
    if not tasks:
        return Notice(
            lines(say("지금 보고할 지표가 없습니다. 올리신 파일은 저장하지 않았습니다.")), buttons=[HOME]
        )
    question = (
        say("'{name}'에 해당하는 지표가 여럿입니다. 어느 지표입니까?", name=data["name"])
        if data["name"]
        else say("어느 지표의 증빙입니까?")
    )
    return Menu(lines(question), [_choice(talk, task, data["given"]) for task in tasks], buttons=[HOME])


def _choice(talk: Talk, task: Task, given: Data) -> Choice:
    detail = (task.department.name, " · ", task.period.name, " · ", days_left(talk, task.due_at))
    return Choice(task.indicator.name, _to_form(task, given), detail, badge_of(talk, task.state, task.due_at))


def _lead(found: Sequence[Task], given: Data, name: str) -> Go:
    if len(found) == 1:
        return _to_form(found[0], given)
    return Go("report_actual.which", {"name": name, "given": given})


def _to_form(task: Task, given: Data) -> Go:
    place = {"indicator": task.indicator.id, "period": task.period.id}
    if not task.is_open() or not any(given.values()):
        return Go("report_actual.open", place)
    return Go("report_actual.entry", place | given)


def _once_each(tasks: Sequence[Task]) -> list[Task]:
    """Of an indicator that is asked for in several periods, the one due first is meant."""
    first: dict[int | None, Task] = {}
    for task in sorted(tasks, key=lambda task: task.due_at):
        first.setdefault(task.indicator.id, task)
    return [task for task in tasks if first[task.indicator.id] is task]


def _reads(number: str, task: Task) -> bool:
    try:
        read_number(number, task.indicator.unit)
    except Refusal:
        return False
    return True


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
