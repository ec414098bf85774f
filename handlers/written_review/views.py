"""Every department of a written review, for its consultants, and for the evaluation office to look on."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Choice, Menu, Notice, Screen, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import HOME, counted, deadline
from handlers.written_review.place import Part, is_consultant
from handlers.written_review.words import is_late, views_badge
from models.consultation.papers import departments_of, find_programme, papers_of
from models.consultation.programme import Programme
from models.consultation.review import Paper, PaperState, ViewStage
from models.consultation.tasks import notes_missing
from models.consultation.views import Progress, progress_of
from models.organization import Department, Role
from models.rights import Standing
from models.words import Phrase, Refusal, say

_ORDER = {PaperState.HANDED_IN: 0, PaperState.DRAFT: 1, PaperState.VIEWED: 2}


def show(talk: Talk, data: Data) -> Screen:
    """What waits for views first."""
    programme = find_programme(talk.session, data["programme"])
    departments = [one for one in departments_of(talk.session, programme) if looks_on(talk.standing, one)]
    if not departments:
        if not any(talk.standing.has(role) for role in (Role.CONSULTANT, Role.EVALUATOR, Role.ADMINISTRATOR)):
            raise Refusal("서면검토 현황은 컨설턴트와 평가부서가 보는 화면입니다.")
        return Notice(lines(say("이 컨설팅에는 지표가 있는 부서가 없습니다.")), buttons=[HOME])
    papers = papers_of(talk.session, programme)
    met = [one for one in notes_missing(talk.session, programme) if is_consultant(talk.standing, one)]
    progress = progress_of(talk.session, programme, ViewStage.WRITTEN)
    ordered = sorted(departments, key=lambda one: _ORDER[_state(papers.get(one.id or 0))])
    told: list[Line] = [Bold(say("서면검토 · {programme}", programme=programme.name))]
    told.append(_counts([_state(papers.get(one.id or 0)) for one in departments]))
    if programme.views_due is not None:
        told.append(say("의견 기한: {due}", due=deadline(talk, programme.views_due)))
    choices = [_to_note(Part(programme, one)) for one in met]
    choices += [
        _choice(talk, Part(programme, one), papers.get(one.id or 0), progress.get(one.id or 0, Progress()))
        for one in ordered
        if one not in met
    ]
    return Menu(lines(*told), choices, buttons=[HOME])


def looks_on(standing: Standing, department: Department) -> bool:
    """Whether the person follows the department's review: its consultants, its evaluators, administrators."""
    office = standing.right(Role.EVALUATOR, department.path) or standing.right(Role.ADMINISTRATOR)
    return is_consultant(standing, department) or office is not None


def _to_note(part: Part) -> Choice:
    """A department that was at its meeting and waits for what came of it."""
    due = part.programme.notes_due
    detail = Phrase("") if due is None else say("결과 기한 {due}", due=due)
    return Choice(
        part.department.name, part.go("notes"), detail, Badge(say("면담 결과 쓰기 전"), Tone.WAITING)
    )


def _choice(talk: Talk, part: Part, paper: Paper | None, progress: Progress) -> Choice:
    step = "paper"
    if _state(paper) is PaperState.VIEWED or is_consultant(talk.standing, part.department):
        step = "department"
    badge = views_badge(talk, part.programme, paper, progress)
    return Choice(part.department.name, part.go(step), _when(part.programme, paper), badge)


def _when(programme: Programme, paper: Paper | None) -> Phrase:
    if paper is None or paper.handed_in_at is None:
        due = programme.written_due
        return Phrase("") if due is None else say("제출 기한 {due}", due=due)
    if is_late(programme, paper):
        return say("{at} 제출(기한 지남)", at=paper.handed_in_at)
    return say("{at} 제출", at=paper.handed_in_at)


def _state(paper: Paper | None) -> PaperState:
    return PaperState.DRAFT if paper is None else paper.state


def _counts(states: list[PaperState]) -> Phrase:
    missing, waiting, sent = (states.count(one) for one in PaperState)
    return counted(
        (missing, say("미제출 {count}곳", count=missing)),
        (waiting, say("의견 기다림 {count}곳", count=waiting)),
        (sent, say("의견 보냄 {count}곳", count=sent)),
    )
