"""What the first screen has of the written review."""

from __future__ import annotations

from handlers.dialogue.screens import Badge, Choice, Go, Tone
from handlers.dialogue.talk import Talk
from handlers.wording import is_pressing
from handlers.written_review.place import is_consultant, own_departments
from handlers.written_review.views import looks_on
from handlers.written_review.words import paper_badge
from models.consultation.papers import departments_of, paper_of, written_reviews
from models.consultation.programme import Programme
from models.consultation.review import TaskState
from models.consultation.tasks import notes_missing, own_tasks
from models.consultation.views import views_missing
from models.words import say


def choices(talk: Talk) -> list[Choice]:
    """One a written review for who hands in, one for who views or looks on, and one for what is to mend."""
    found: list[Choice] = []
    for programme in written_reviews(talk.session, talk.today):
        found += [*_paper(talk, programme), *_views(talk, programme)]
    return [*found, *_tasks(talk)]


def _paper(talk: Talk, programme: Programme) -> list[Choice]:
    departments = own_departments(talk, programme)
    if not departments:
        return []
    badge = None
    if len(departments) == 1:
        paper = paper_of(talk.session, programme.id or 0, departments[0].id or 0)
        badge = paper_badge(talk, programme, paper)
    to = Go("written_review.paper", {"programme": programme.id})
    return [Choice(say("서면검토 자료"), to, programme.name, badge)]


def _views(talk: Talk, programme: Programme) -> list[Choice]:
    if not any(looks_on(talk.standing, one) for one in departments_of(talk.session, programme)):
        return []
    missing = (*views_missing(talk.session, programme), *notes_missing(talk.session, programme))
    waiting = [one for one in missing if is_consultant(talk.standing, one)]
    badge = Badge(say("{count}건", count=len(waiting))) if waiting else None
    to = Go("written_review.views", {"programme": programme.id})
    return [Choice(say("서면검토 의견"), to, programme.name, badge)]


def _tasks(talk: Talk) -> list[Choice]:
    left = [one for one in own_tasks(talk.session, talk.standing) if one.task.state is TaskState.OPEN]
    if not left:
        return []
    dues = [one.task.due_at for one in left if one.task.due_at is not None]
    tone = Tone.WARNING if dues and is_pressing(talk, min(dues)) else Tone.NEUTRAL
    badge = Badge(say("{count}건", count=len(left)), tone)
    return [
        Choice(say("컨설팅 결과 고칠 점"), Go("written_review.tasks"), say("답변을 기다리는 항목"), badge)
    ]
