"""The department's paper in the written review (서면 검토): written, handed in, taken back; who may read what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import record
from models.consultation.programme import Programme, ProgrammeKind
from models.consultation.review import Paper, PaperFile, PaperState
from models.doer import Doer
from models.evidence.table import Parcel
from models.organization import Department, Person, Role
from models.plan import Cycle, Indicator
from models.rights import Holding, Standing
from models.store import changed_one, insert_if_absent
from models.words import Refusal


@dataclass(frozen=True)
class PaperEntry:
    """What a department writes: words, and files. `kept` are files already there; what is in neither is taken out."""

    text: str
    kept: Sequence[int] = ()
    added: Sequence[Parcel] = ()


def subject_of(programme_id: int, department_id: int) -> str:
    """What the audit and the cards call a department's part in a programme, begun or not."""
    return f"written:{programme_id}.{department_id}"


def find_programme(session: Session, programme_id: int) -> Programme:
    """The consultation of that id; Refusal where there is none."""
    found = session.get(Programme, programme_id)
    if found is None or found.kind is not ProgrammeKind.CONSULTATION:
        raise Refusal("찾으시는 컨설팅이 없습니다. '메뉴'에서 다시 선택해 주세요.")
    return found


def find_department(session: Session, department_id: int) -> Department:
    """The department of that id; Refusal where there is none."""
    found = session.get(Department, department_id)
    if found is None:
        raise Refusal("찾으시는 부서가 없습니다. 목록에서 다시 선택해 주세요.")
    return found


def written_reviews(session: Session, today: date) -> list[Programme]:
    """The consultations with a written review whose cycle is not over, what is due first before the rest."""
    query = (
        select(Programme)
        .join(Cycle, col(Cycle.id) == col(Programme.cycle_id))
        .where(Programme.kind == ProgrammeKind.CONSULTATION, col(Programme.written_due).is_not(None))
        .where(Cycle.ends_on >= today)
    )
    return list(session.exec(query.order_by(col(Programme.written_due), col(Programme.id))))


def departments_of(session: Session, programme: Programme) -> list[Department]:
    """Whose indicators the programme looks at, in the plan's order."""
    own = sa.select(col(Indicator.department_id)).where(_looked_at(programme))
    query = select(Department).where(col(Department.id).in_(own))
    return list(session.exec(query.order_by(col(Department.position), col(Department.id))))


def all_indicators(session: Session, programme: Programme) -> list[Indicator]:
    """Every indicator the programme looks at, in the plan's order."""
    query = select(Indicator).where(_looked_at(programme))
    return list(session.exec(query.order_by(col(Indicator.position), col(Indicator.id))))


def indicators_of(session: Session, programme: Programme, department_id: int) -> list[Indicator]:
    """The department's indicators the programme looks at, in the plan's order."""
    query = select(Indicator).where(_looked_at(programme), Indicator.department_id == department_id)
    return list(session.exec(query.order_by(col(Indicator.position), col(Indicator.id))))


def _looked_at(programme: Programme) -> sa.ColumnElement[bool]:
    """Indicators of the programme's cycle that live to its end: nothing is mended in one that goes before."""
    ends_on = sa.select(col(Cycle.ends_on)).where(col(Cycle.id) == programme.cycle_id).scalar_subquery()
    lasting = col(Indicator.ends_on).is_(None) | (col(Indicator.ends_on) > ends_on)
    return (col(Indicator.cycle_id) == programme.cycle_id) & lasting


def may_write(standing: Standing, department_path: str) -> Holding | None:
    """The department's officers and team leads, and who stands in for one of them."""
    officer = standing.right(Role.OFFICER, department_path)
    return officer or standing.right(Role.TEAM_LEAD, department_path)


def may_read(standing: Standing, department_path: str) -> bool:
    """Who writes, the consultants and the evaluation office of the department, and administrators."""
    roles = (Role.CONSULTANT, Role.EVALUATOR)
    return (
        may_write(standing, department_path) is not None
        or any(standing.right(role, department_path) for role in roles)
        or standing.has(Role.ADMINISTRATOR)
    )


def paper_of(session: Session, programme_id: int, department_id: int) -> Paper | None:
    """The department's paper, if it began one."""
    query = select(Paper).where(Paper.programme_id == programme_id, Paper.department_id == department_id)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def papers_of(session: Session, programme: Programme) -> dict[int, Paper]:
    """Every paper of a programme, by its department."""
    query = select(Paper).where(Paper.programme_id == programme.id)
    return {paper.department_id: paper for paper in session.exec(query)}


def files_of(session: Session, paper: Paper | None) -> list[PaperFile]:
    """The paper's files in the order they came."""
    if paper is None:
        return []
    query = select(PaperFile).where(PaperFile.paper_id == paper.id)
    return list(session.exec(query.order_by(col(PaperFile.id))))


def papers_missing(session: Session, programme: Programme) -> list[Department]:
    """Departments that have indicators in the cycle and have handed in no paper; none where none is asked for."""
    if programme.written_due is None:
        return []
    handed_in = select(Paper.department_id).where(
        Paper.programme_id == programme.id, Paper.state != PaperState.DRAFT
    )
    there = set(session.exec(handed_in))
    return [one for one in departments_of(session, programme) if one.id not in there]


def save_paper(
    session: Session, doer: Doer, programme_id: int, department_id: int, entry: PaperEntry
) -> Paper:
    """Writes the draft, beginning it if need be; refused once it is handed in."""
    holding = _right_to_write(session, doer, programme_id, department_id)
    key = {"programme_id": programme_id, "department_id": department_id}
    insert_if_absent(session, Paper, **key, state=PaperState.DRAFT, text="", revision=0)
    paper = _there(session, programme_id, department_id)
    _change(session, paper, PaperState.DRAFT, paper.revision, text=entry.text.strip())
    _set_files(session, paper, entry)
    _record(session, doer, holding, "paper.save", paper)
    return paper


def hand_in(session: Session, doer: Doer, programme_id: int, department_id: int, revision: int) -> Paper:
    """Hands the draft in as it was seen at `revision`; late too, and never once the views were sent."""
    holding = _right_to_write(session, doer, programme_id, department_id)
    paper = _there(session, programme_id, department_id)
    if not paper.text and not files_of(session, paper):
        raise Refusal("제출할 내용이 없습니다. 설명을 적거나 파일을 올려 주세요.")
    _change(
        session,
        paper,
        PaperState.DRAFT,
        revision,
        state=PaperState.HANDED_IN,
        handed_in_by_id=doer.person_id,
        handed_in_at=doer.now,
    )
    _record(session, doer, holding, "paper.hand_in", paper)
    return paper


def take_back(session: Session, doer: Doer, programme_id: int, department_id: int, revision: int) -> Paper:
    """Takes the paper back to write it anew, while no consultant has begun to view it."""
    holding = _right_to_write(session, doer, programme_id, department_id)
    paper = _there(session, programme_id, department_id)
    _change(
        session,
        paper,
        PaperState.HANDED_IN,
        revision,
        col(Paper.consultant_id).is_(None),
        state=PaperState.DRAFT,
        handed_in_by_id=None,
        handed_in_at=None,
    )
    _record(session, doer, holding, "paper.take_back", paper)
    return paper


def _right_to_write(session: Session, doer: Doer, programme_id: int, department_id: int) -> Holding:
    programme = find_programme(session, programme_id)
    department = find_department(session, department_id)
    holding = may_write(doer.standing, department.path)
    if holding is None:
        raise Refusal(
            "{department}의 담당자나 팀장만 서면검토 자료를 낼 수 있습니다.", department=department.name
        )
    if programme.written_due is None:
        raise Refusal("{programme:은/는} 서면검토가 없습니다.", programme=programme.name)
    return holding


def _there(session: Session, programme_id: int, department_id: int) -> Paper:
    paper = paper_of(session, programme_id, department_id)
    if paper is None:
        raise Refusal("아직 작성한 자료가 없습니다. 먼저 자료를 작성해 주세요.")
    return paper


def _change(
    session: Session,
    paper: Paper,
    was: PaperState,
    revision: int,
    *conditions: sa.ColumnElement[bool],
    **values: object,
) -> None:
    """Changes the paper where it is still as it was seen; else says what came between."""
    changed = changed_one(
        session,
        sa.update(Paper)
        .where(col(Paper.id) == paper.id, col(Paper.state) == was, col(Paper.revision) == revision)
        .where(*conditions)
        .values(revision=revision + 1, **values),
    )
    session.refresh(paper)
    if not changed:
        raise _overtaken(session, paper)


def _overtaken(session: Session, paper: Paper) -> Refusal:
    if paper.state is PaperState.VIEWED and paper.viewed_at is not None:
        return Refusal("컨설턴트가 {at}에 의견을 보냈으므로 자료를 바꿀 수 없습니다.", at=paper.viewed_at)
    if paper.state is PaperState.HANDED_IN and paper.consultant_id is not None:
        name = session.get_one(Person, paper.consultant_id).name
        return Refusal("{name} 님이 검토를 시작하여 자료를 바꿀 수 없습니다.", name=name)
    if paper.state is PaperState.HANDED_IN and paper.handed_in_by_id and paper.handed_in_at:
        name = session.get_one(Person, paper.handed_in_by_id).name
        return Refusal(
            "{name} 님이 {at}에 제출한 자료입니다. 고치려면 먼저 회수해 주세요.",
            name=name,
            at=paper.handed_in_at,
        )
    return Refusal("그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요.")


def _set_files(session: Session, paper: Paper, entry: PaperEntry) -> None:
    before = files_of(session, paper)
    here = {file.sha256 for file in before if file.id in entry.kept}
    for file in before:
        if file.id not in entry.kept:
            session.delete(file)
    for parcel in entry.added:
        if parcel.sha256 not in here:
            here.add(parcel.sha256)
            session.add(
                PaperFile(paper_id=paper.id or 0, sha256=parcel.sha256, name=parcel.name, size=parcel.size)
            )
    session.flush()


def _record(session: Session, doer: Doer, holding: Holding, action: str, paper: Paper) -> None:
    subject = subject_of(paper.programme_id, paper.department_id)
    record(session, doer.now, doer.actor(holding), action, subject, revision=paper.revision)
