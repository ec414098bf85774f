"""A department's paper as one card: for who writes it, and for who reads it once it is handed in."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Card, Choice, Go, Menu, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, Text, lines
from handlers.wording import HOME, deadline, name_of
from handlers.written_review.place import Part, is_consultant, may_see_part, own_departments, part_of
from handlers.written_review.telling import tell_consultants
from handlers.written_review.words import files_shown, is_late, paper_badge
from models.consultation.papers import files_of, find_programme, hand_in, may_write, paper_of, take_back
from models.consultation.review import Paper, PaperState, ViewStage
from models.words import Phrase, Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The paper of the department, or of the only one this person hands in for."""
    if "department" not in data:
        return _own(talk, data)
    part = part_of(talk, data)
    paper = paper_of(talk.session, part.programme_id, part.department_id)
    is_theirs = may_write(talk.standing, part.department.path) is not None
    is_shown = is_theirs or (paper is not None and paper.state is not PaperState.DRAFT)
    return Card(
        title=say("{department} 서면검토 자료", department=part.department.name),
        subject=part.subject,
        badge=paper_badge(talk, part.programme, paper),
        prompt=_asked(talk, part, paper),
        facts=_facts(talk, part, paper if is_shown else None),
        text=lines(*_told(talk, part, paper, is_theirs=is_theirs)),
        files=files_shown(files_of(talk.session, paper)) if is_shown else (),
        buttons=_buttons(talk, part, paper, is_theirs=is_theirs),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Hands in, or takes back."""
    if not isinstance(answer, Pressed):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    part, revision = _own_part(talk, data), answer.args["revision"]
    keys = (part.programme_id, part.department_id)
    talk.changed(part.subject)
    if answer.action == "hand_in":
        hand_in(talk.session, talk.doer, *keys, revision)
        tell_consultants(talk, part.department, part.go("paper"))
        return part.go("handed_in")
    if answer.action == "take_back":
        take_back(talk.session, talk.doer, *keys, revision)
        talk.toast(say("자료를 회수했습니다. 고친 뒤 다시 제출해 주세요."))
        return part.go("paper")
    raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")


def show_handed_in(talk: Talk, data: Data) -> Screen:
    """Says that it arrived, that it was late where it was, and what comes next."""
    part = part_of(talk, data)
    paper = paper_of(talk.session, part.programme_id, part.department_id)
    late = paper is not None and is_late(part.programme, paper)
    done = say("기한이 지나 늦게 제출한 것으로 표시됩니다.") if late else say("기한 안에 제출했습니다.")
    return Notice(
        lines(
            Bold(say("{department} 서면검토 자료를 제출했습니다.", department=part.department.name)),
            done,
            say("컨설턴트의 의견이 오면 알려 드리겠습니다."),
        ),
        tone=Tone.NEUTRAL if late else Tone.GOOD,
        buttons=[Button(say("제출한 자료 보기"), part.go("paper"), Style.PRIMARY), HOME],
    )


def may_leave(talk: Talk, data: Data) -> bool:
    """Asked again when the card leaves; without a department it is one's own."""
    return "department" not in data or may_see_part(talk, data)


def _own_part(talk: Talk, data: Data) -> Part:
    """What was pressed on: without a department it is the only one this person hands in for."""
    if "department" not in data:
        own = own_departments(talk, find_programme(talk.session, data["programme"]))
        data = {**data, "department": own[0].id if own else None}
    return part_of(talk, data)


def _own(talk: Talk, data: Data) -> Screen:
    programme = find_programme(talk.session, data["programme"])
    departments = own_departments(talk, programme)
    if not departments:
        raise Refusal("서면검토 자료는 지표가 있는 부서의 담당자나 팀장이 냅니다.")
    parts = [Part(programme, one) for one in departments]
    if len(parts) == 1:
        return show(talk, dict(parts[0].go("paper").data))
    papers = [paper_of(talk.session, one.programme_id, one.department_id) for one in parts]
    choices = [
        Choice(part.department.name, part.go("paper"), badge=paper_badge(talk, programme, paper))
        for part, paper in zip(parts, papers, strict=True)
    ]
    return Menu(lines(say("어느 부서의 자료를 볼까요?")), choices, buttons=[HOME])


def _facts(talk: Talk, part: Part, paper: Paper | None) -> list[tuple[Phrase, Line]]:
    programme, due = part.programme, part.programme.written_due
    facts: list[tuple[Phrase, Line]] = [(say("컨설팅"), programme.name)]
    is_open = paper is None or paper.state is PaperState.DRAFT
    if due is not None:
        facts.append((say("제출 기한"), deadline(talk, due) if is_open else say("{at}", at=due)))
    if paper is not None and paper.handed_in_at is not None:
        who = name_of(talk.session, paper.handed_in_by_id)
        facts.append((say("제출"), say("{name} · {at}", name=who, at=paper.handed_in_at)))
    if paper is not None and paper.text:
        facts.append((say("설명"), paper.text))
    return facts


def _asked(talk: Talk, part: Part, paper: Paper | None) -> Text:
    """What the department's consultant is told of a paper nobody has begun to view."""
    waits = paper is not None and paper.state is PaperState.HANDED_IN and paper.consultant_id is None
    if not waits or not is_consultant(talk.standing, part.department):
        return ()
    return lines(say("검토하실 서면검토 자료가 도착했습니다."))


def _told(talk: Talk, part: Part, paper: Paper | None, *, is_theirs: bool) -> list[Line]:
    """What to do, for who has to."""
    due = part.programme.written_due
    if paper is not None and paper.state is not PaperState.DRAFT:
        begun = paper.state is PaperState.HANDED_IN and paper.consultant_id is not None
        reader = name_of(talk.session, paper.consultant_id)
        return [say("{name} 님이 검토하고 있습니다.", name=reader)] if begun else []
    if not is_theirs:
        return [say("부서에서 아직 자료를 제출하지 않았습니다. 제출되면 여기에 보입니다.")]
    if due is not None and due < talk.now:
        return [say("기한이 지났지만 지금도 제출하실 수 있습니다. 늦게 제출한 것으로 표시됩니다.")]
    return []


def _buttons(talk: Talk, part: Part, paper: Paper | None, *, is_theirs: bool) -> list[Button]:
    buttons: list[Button] = []
    state = PaperState.DRAFT if paper is None else paper.state
    if is_theirs and state is PaperState.DRAFT:
        ready = paper is not None and (paper.text or files_of(talk.session, paper))
        if paper is not None and ready:
            press = Press("hand_in", {"revision": paper.revision})
            buttons.append(Button(say("제출하기"), press, Style.PRIMARY))
        label = say("고치기") if ready else say("자료 작성")
        buttons.append(Button(label, part.go("write"), Style.PLAIN if ready else Style.PRIMARY))
    if is_theirs and paper is not None and state is PaperState.HANDED_IN and paper.consultant_id is None:
        sure = say("자료를 회수할까요? 다시 제출해야 검토를 받습니다.")
        press = Press("take_back", {"revision": paper.revision})
        buttons.append(Button(say("자료 회수"), press, Style.DANGER, confirm=sure))
    if is_consultant(talk.standing, part.department) and state is PaperState.HANDED_IN:
        buttons.append(Button(say("의견 쓰기"), part.go("department"), Style.PRIMARY))
    if state is PaperState.VIEWED:
        seen = part.go("sent", stage=ViewStage.WRITTEN.value)
        buttons.append(Button(say("컨설턴트 의견 보기"), seen, Style.PRIMARY))
    return buttons
