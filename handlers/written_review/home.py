"""What 컨설팅·교육 has of the written review."""

from __future__ import annotations

from handlers.dialogue.screens import Badge, Choice, Go, Tone
from handlers.dialogue.talk import Talk
from handlers.wording import is_pressing
from handlers.written_review.place import is_consultant, own_departments
from handlers.written_review.views import looks_on
from handlers.written_review.words import paper_badge
from models.consultation.papers import departments_of, paper_of, written_reviews
from models.consultation.programme import Programme
from models.consultation.review import PaperState, TaskState
from models.consultation.tasks import notes_missing, own_tasks
from models.consultation.views import views_missing
from models.words import say


def choices(talk: Talk) -> list[Choice]:
    """One a written review for who hands in, one for who views or looks on, and one for what is to mend."""
    return [choice for choice, _ in _entries(talk)]


def waiting(talk: Talk) -> Choice | None:
    """The first of them that asks something of the reader."""
    return next((choice for choice, asks in _entries(talk) if asks), None)


def _entries(talk: Talk) -> list[tuple[Choice, bool]]:
    """Each with whether it asks something of the reader."""
    found: list[tuple[Choice, bool]] = []
    for programme in written_reviews(talk.session, talk.today):
        found += [*_paper(talk, programme), *_views(talk, programme)]
    return [*found, *_tasks(talk)]


def _paper(talk: Talk, programme: Programme) -> list[tuple[Choice, bool]]:
    departments = own_departments(talk, programme)
    if not departments:
        return []
    papers = [paper_of(talk.session, programme.id or 0, one.id or 0) for one in departments]
    badge = paper_badge(talk, programme, papers[0]) if len(papers) == 1 else None
    asks = any(paper is None or paper.state is PaperState.DRAFT for paper in papers)
    to = Go("written_review.paper", {"programme": programme.id})
    return [(Choice(say("서면검토 자료"), to, programme.name, badge), asks)]


def _views(talk: Talk, programme: Programme) -> list[tuple[Choice, bool]]:
    if not any(looks_on(talk.standing, one) for one in departments_of(talk.session, programme)):
        return []
    missing = (*views_missing(talk.session, programme), *notes_missing(talk.session, programme))
    waits = [one for one in missing if is_consultant(talk.standing, one)]
    badge = Badge(say("{count}건", count=len(waits))) if waits else None
    to = Go("written_review.views", {"programme": programme.id})
    return [(Choice(say("서면검토 의견"), to, programme.name, badge), bool(waits))]


def _tasks(talk: Talk) -> list[tuple[Choice, bool]]:
    own = own_tasks(talk.session, talk.standing)
    if not own:
        return []
    left = [one for one in own if one.task.state is TaskState.OPEN]
    dues = [one.task.due_at for one in left if one.task.due_at is not None]
    tone = Tone.WARNING if dues and is_pressing(talk, min(dues)) else Tone.NEUTRAL
    badge = Badge(say("{count}건", count=len(left)), tone) if left else None
    detail = say("답변을 기다리는 항목") if left else say("모두 답변했습니다.")
    return [(Choice(say("컨설팅 결과 고칠 점"), Go("written_review.tasks"), detail, badge), bool(left))]
