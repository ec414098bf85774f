"""What a rater does with a paper: answers it bit by bit, hands it in, corrects it while the round is open.

Nobody rates for somebody else: what a deputy (대결) may do ends here, since whose view was asked for is named in the
plan.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import record
from models.doer import Doer
from models.numbers import read_number
from models.rating.papers import PaperFile, is_answered, is_of_last_turn, last_entry, open_paper
from models.rating.people import has_stake
from models.rating.said import criteria_of
from models.rating.scale import UNIT, read_scale
from models.rating.table import Criterion, Entry, GroupKind, Paper, PaperState
from models.store import changed_one
from models.words import Refusal


def save(
    session: Session, doer: Doer, paper_id: int, answers: Mapping[str, str], comment: str = ""
) -> PaperFile:
    """Keeps what was answered so far. What was handed in before counts on until the paper is handed in again."""
    return _keep(session, doer, ready_to_answer(session, doer, paper_id), answers, comment)


def keep_late(
    session: Session, doer: Doer, paper_id: int, answers: Mapping[str, str], comment: str = ""
) -> PaperFile:
    """Keeps as a draft what was being written when the round closed or the plan changed. It counts only once the
    round is open longer and it is handed in."""
    return _keep(session, doer, own_to_write(session, doer, paper_id), answers, comment)


def _keep(
    session: Session, doer: Doer, opened: PaperFile, answers: Mapping[str, str], comment: str
) -> PaperFile:
    draft = read_answers(criteria_of(session, opened.rating.cycle_id, opened.rating.code), answers)
    if (opened.paper.answers, opened.paper.comment) == (draft, comment.strip()):
        return opened
    values = {"answers": draft, "comment": comment.strip(), "saved_at": doer.now}
    change(session, opened, (PaperState.OPEN, PaperState.SUBMITTED), PaperState.OPEN, **values)
    record(session, doer.now, doer.actor(), "rating.save", opened.key, answered=len(draft))
    return open_paper(session, opened.id)


def submit(session: Session, doer: Doer, paper_id: int, revision: int) -> Entry:
    """Hands the paper in as it was shown at `revision`; it counts from now on."""
    opened = ready_to_answer(session, doer, paper_id)
    criteria = criteria_of(session, opened.rating.cycle_id, opened.rating.code)
    if opened.paper.revision != revision:
        raise overtaken(opened)
    if opened.group.kind is GroupKind.NAMED and has_stake(session, doer.person_id, opened.paper.subject_id):
        raise Refusal(
            "{name:은/는} 지금 소속과 관계있는 대상이라 평가할 수 없습니다. 그 대상에서 ‘회피’를 선택해 주세요.",
            name=opened.name,
        )
    if not is_answered(criteria, opened.paper):
        missing = ", ".join(one.name for one in criteria if one.code not in opened.paper.answers)
        raise Refusal("{name}: 답하지 않은 항목이 있습니다({missing}).", name=opened.name, missing=missing)
    draft = read_answers(criteria, opened.paper.answers)
    change(session, opened, (PaperState.OPEN,), PaperState.SUBMITTED)
    before = last_entry(session, paper_id)
    entry = Entry(
        paper_id=paper_id,
        number=1 if before is None else before.number + 1,
        answers=draft,
        comment=opened.paper.comment,
        submitted_by_id=doer.person_id,
        submitted_at=doer.now,
    )
    session.add(entry)
    session.flush()
    told = json.dumps(draft, ensure_ascii=False, sort_keys=True)
    record(session, doer.now, doer.actor(), "rating.submit", opened.key, number=entry.number, answers=told)
    return entry


def hand_in(session: Session, doer: Doer, seen: Mapping[int, int]) -> list[Entry]:
    """Hands in all these papers, each as it was seen at its revision: all of them or none."""
    return [submit(session, doer, paper_id, revision) for paper_id, revision in seen.items()]


def read_answers(criteria: Sequence[Criterion], given: Mapping[str, str]) -> dict[str, str]:
    """The answers as they are kept: the scale's own label, or the plain number. Refusal for one not on its scale."""
    scales = {one.code: one.scale for one in criteria}
    return {code: kept_as(scales[code], answer) for code, answer in given.items() if code in scales}


@lru_cache(maxsize=10_000)
def kept_as(scale_text: str, answer: str) -> str:
    """`7` for `７`, the label in its spelling; Refusal where the answer is not on the scale. Of the thousands of a
    survey most are the same few."""
    scale = read_scale(scale_text)
    percent = scale.percent_of(answer)
    if scale.is_number:
        return f"{int(read_number(answer, UNIT))}"
    return next(label for label in scale.labels() if scale.percents[label] == percent)


def ready_to_answer(session: Session, doer: Doer, paper_id: int) -> PaperFile:
    """The rater's own paper while it can be answered, or a refusal that says why it cannot."""
    opened = own_to_write(session, doer, paper_id)
    if doer.now < opened.rating.opens_at:
        raise Refusal("아직 시작하지 않은 평가입니다. {at}에 시작합니다.", at=opened.rating.opens_at)
    if doer.now >= opened.due_at:
        raise Refusal("{due}에 마감된 평가입니다. 필요하면 관리자에게 문의해 주세요.", due=opened.due_at)
    is_last = session.exec(select(Paper.id).where(Paper.id == paper_id, is_of_last_turn())).first()
    if is_last is None:
        raise Refusal(
            "{name}의 성과계획이 바뀌어 새로 평가합니다. ‘평가’를 입력해 새 평가를 열어 주세요.",
            name=opened.name,
        )
    return opened


def own_to_write(session: Session, doer: Doer, paper_id: int) -> PaperFile:
    """The rater's own paper, from which they did not step back, whether it can still be handed in or not."""
    opened = open_paper(session, paper_id)
    if opened.paper.rater_id != doer.person_id:
        raise Refusal("평가는 배정된 위원 본인만 할 수 있습니다. 대결자는 대신 평가하지 않습니다.")
    if opened.paper.state is PaperState.RECUSED:
        raise Refusal(
            "{name:은/는} 평가 배정에서 제외되었습니다. 사유: {reason}",
            name=opened.name,
            reason=opened.paper.reason,
        )
    return opened


def change(
    session: Session, opened: PaperFile, allowed: Sequence[PaperState], to: PaperState, **values: Any
) -> None:
    """Sets the state where the paper is still as it was read; else says what came between."""
    revision = opened.paper.revision
    changed = changed_one(
        session,
        sa.update(Paper)
        .where(col(Paper.id) == opened.id, col(Paper.revision) == revision, col(Paper.state).in_(allowed))
        .values(state=to, revision=revision + 1, **values),
    )
    if not changed:
        raise overtaken(open_paper(session, opened.id))
    session.refresh(opened.paper)


def overtaken(opened: PaperFile) -> Refusal:
    """What came between a press and its effect."""
    match opened.paper.state:
        case PaperState.SUBMITTED:
            return Refusal(
                "{name:은/는} 그사이 이미 제출되었습니다. 제출한 내용을 확인해 주세요.", name=opened.name
            )
        case PaperState.RECUSED:
            return Refusal("{name:은/는} 그사이 회피 처리되었습니다.", name=opened.name)
        case _:
            return Refusal(
                "{name}의 답이 그사이 바뀌었습니다. 다시 확인한 뒤 제출해 주세요.", name=opened.name
            )
