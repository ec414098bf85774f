"""The consultant's views: a verdict on each criterion of an indicator and what to do, written one by one, sent at once.

Nothing of them is the department's to read until all its indicators have one and they were sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import record
from models.consultation.papers import (
    all_indicators,
    departments_of,
    find_department,
    find_programme,
    indicators_of,
    paper_of,
    subject_of,
)
from models.consultation.programme import Programme
from models.consultation.review import Criterion, Paper, PaperState, Verdict, View, ViewStage
from models.doer import Doer
from models.organization import Department, Person, Role
from models.plan import Indicator
from models.rights import Holding
from models.store import changed_one, insert_if_absent
from models.words import Refusal


@dataclass(frozen=True)
class Words:
    """What a consultant says of an indicator; a criterion without a verdict is still to be judged."""

    verdicts: Mapping[Criterion, Verdict]
    text: str = ""

    @property
    def to_mend(self) -> list[Criterion]:
        """The criteria that are judged and not good."""
        return [one for one in Criterion if self.verdicts.get(one, Verdict.GOOD) is not Verdict.GOOD]

    @property
    def is_complete(self) -> bool:
        """Whether every criterion is judged, and there is a text where one is not good."""
        return len(self.verdicts) == len(Criterion) and bool(self.text or not self.to_mend)


def words_of(view: View | None) -> Words:
    """What a view says; nothing where there is none."""
    if view is None:
        return Words({})
    judged = {one: getattr(view, one.value) for one in Criterion}
    return Words({one: Verdict(verdict) for one, verdict in judged.items() if verdict is not None}, view.text)


def view_of(session: Session, programme_id: int, indicator_id: int, stage: ViewStage) -> View | None:
    """The view on an indicator at that stage, if one was begun."""
    query = select(View).where(
        View.programme_id == programme_id, View.indicator_id == indicator_id, View.stage == stage
    )
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def views_of(
    session: Session, programme: Programme, department_id: int, stage: ViewStage
) -> list[tuple[Indicator, View | None]]:
    """The department's indicators, each with its view at that stage."""
    indicators = indicators_of(session, programme, department_id)
    query = select(View).where(View.programme_id == programme.id, View.stage == stage)
    query = query.where(col(View.indicator_id).in_([one.id for one in indicators]))
    views = {
        view.indicator_id: view for view in session.exec(query.execution_options(populate_existing=True))
    }
    return [(one, views.get(one.id or 0)) for one in indicators]


@dataclass(frozen=True)
class Progress:
    """Of how many indicators of a department the view is complete."""

    complete: int = 0
    all: int = 0


def progress_of(session: Session, programme: Programme, stage: ViewStage) -> dict[int, Progress]:
    """How far the views at that stage are, by department."""
    views = select(View).where(View.programme_id == programme.id, View.stage == stage)
    written = {view.indicator_id for view in session.exec(views) if words_of(view).is_complete}
    found: dict[int, Progress] = {}
    for indicator in all_indicators(session, programme):
        sofar = found.get(indicator.department_id, Progress())
        found[indicator.department_id] = Progress(sofar.complete + (indicator.id in written), sofar.all + 1)
    return found


def views_missing(session: Session, programme: Programme) -> list[Department]:
    """Departments that handed in a paper and have not been sent their views."""
    waiting = select(Paper.department_id).where(
        Paper.programme_id == programme.id, Paper.state == PaperState.HANDED_IN
    )
    there = set(session.exec(waiting))
    return [one for one in departments_of(session, programme) if one.id in there]


def write_view(
    session: Session,
    doer: Doer,
    programme_id: int,
    indicator_id: int,
    stage: ViewStage,
    words: Words,
    revision: int,
) -> View:
    """Writes a view that was not sent yet, whole or in part; `revision` is that of what was seen, 0 for none."""
    indicator, holding = right_to_view(session, doer, programme_id, indicator_id)
    if stage is ViewStage.WRITTEN:
        _begin(session, doer, programme_id, indicator.department_id)
    view = put_view(session, doer, programme_id, indicator_id, stage, words, revision)
    record(session, doer.now, doer.actor(holding), f"view.{stage.value}", f"view:{view.id}")
    return view


def send_views(session: Session, doer: Doer, programme_id: int, department_id: int) -> Paper:
    """Gives the department all its written views to read."""
    programme = find_programme(session, programme_id)
    department, holding = right_to_consult(session, doer, department_id)
    paper = paper_of(session, programme_id, department_id)
    # The paper first: from here on nobody writes a view until this transaction ends.
    changed = changed_one(
        session,
        sa.update(Paper)
        .where(
            col(Paper.programme_id) == programme_id,
            col(Paper.department_id) == department_id,
            col(Paper.state) == PaperState.HANDED_IN,
        )
        .values(state=PaperState.VIEWED, viewed_at=doer.now, revision=col(Paper.revision) + 1),
    )
    if paper is not None:
        session.refresh(paper)
    if paper is None or not changed:
        raise _not_waiting(paper, department)
    views = all_complete(views_of(session, programme, department_id, ViewStage.WRITTEN))
    for view in views:
        view.sent_at = doer.now
        session.add(view)
    session.flush()
    subject = subject_of(programme_id, department_id)
    record(session, doer.now, doer.actor(holding), "views.send", subject, count=len(views))
    return paper


def right_to_consult(session: Session, doer: Doer, department_id: int) -> tuple[Department, Holding]:
    """The department, and the right of a consultant over it; Refusal without one."""
    department = find_department(session, department_id)
    holding = doer.standing.right(Role.CONSULTANT, department.path)
    if holding is None:
        raise Refusal("{department}의 컨설턴트만 의견을 쓸 수 있습니다.", department=department.name)
    return department, holding


def right_to_view(
    session: Session, doer: Doer, programme_id: int, indicator_id: int
) -> tuple[Indicator, Holding]:
    """The indicator, if the programme looks at it, and the right of a consultant over its department."""
    programme = find_programme(session, programme_id)
    indicator = session.get(Indicator, indicator_id)
    here = [] if indicator is None else indicators_of(session, programme, indicator.department_id)
    if indicator is None or indicator not in here:
        raise Refusal("찾으시는 지표가 없습니다. 목록에서 다시 선택해 주세요.")
    return indicator, right_to_consult(session, doer, indicator.department_id)[1]


def all_complete(rows: Sequence[tuple[Indicator, View | None]]) -> list[View]:
    """Every view; Refusal while an indicator has none that is complete."""
    open_ = [indicator for indicator, view in rows if not words_of(view).is_complete]
    if open_:
        raise Refusal(
            "의견을 다 쓰지 않은 지표가 {count}개 있습니다. 먼저 {indicator} 의견을 마저 써 주세요.",
            count=len(open_),
            indicator=open_[0].name,
        )
    return [view for _, view in rows if view is not None]


def put_view(
    session: Session,
    doer: Doer,
    programme_id: int,
    indicator_id: int,
    stage: ViewStage,
    words: Words,
    revision: int,
    *,
    was_sent: bool = False,
) -> View:
    """Writes the row where it is still as it was seen and `was_sent` or not; else says who was quicker."""
    verdicts = {one.value: words.verdicts.get(one) for one in Criterion}
    values = {**verdicts, "text": words.text.strip(), "written_at": doer.now, "consultant_id": doer.person_id}
    key = {"programme_id": programme_id, "indicator_id": indicator_id, "stage": stage}
    if revision == 0 and not was_sent:
        done = insert_if_absent(session, View, **key, **values, revision=1) is not None
    else:
        done = changed_one(
            session,
            sa.update(View)
            .filter_by(**key, revision=revision)
            .where(col(View.sent_at).is_not(None) if was_sent else col(View.sent_at).is_(None))
            .values(**values, revision=revision + 1),
        )
    view = view_of(session, programme_id, indicator_id, stage)
    if view is None or not done:
        raise overtaken(session, view)
    return view


def overtaken(session: Session, view: View | None) -> Refusal:
    """Names who wrote or sent the view meanwhile."""
    if view is None:
        return Refusal("그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")
    if view.sent_at is not None:
        return Refusal("{at}에 이미 부서에 보낸 의견입니다. 새 화면에서 확인해 주세요.", at=view.sent_at)
    name = session.get_one(Person, view.consultant_id).name
    return Refusal(
        "{name} 님이 {at}에 먼저 의견을 썼습니다. 그 의견을 확인한 뒤 고쳐 주세요.",
        name=name,
        at=view.written_at,
    )


def _begin(session: Session, doer: Doer, programme_id: int, department_id: int) -> None:
    """Notes who reviews the paper, which cannot be taken back from here on."""
    begun = changed_one(
        session,
        sa.update(Paper)
        .where(
            col(Paper.programme_id) == programme_id,
            col(Paper.department_id) == department_id,
            col(Paper.state) == PaperState.HANDED_IN,
        )
        .values(consultant_id=sa.func.coalesce(col(Paper.consultant_id), doer.person_id)),
    )
    if not begun:
        paper = paper_of(session, programme_id, department_id)
        raise _not_waiting(paper, find_department(session, department_id))


def _not_waiting(paper: Paper | None, department: Department) -> Refusal:
    if paper is not None and paper.state is PaperState.VIEWED and paper.viewed_at is not None:
        return Refusal("{at}에 이미 부서에 보낸 의견입니다. 새 화면에서 확인해 주세요.", at=paper.viewed_at)
    return Refusal(
        "{department:은/는} 아직 서면검토 자료를 제출하지 않았습니다. 제출되면 알려 드리겠습니다.",
        department=department.name,
    )
