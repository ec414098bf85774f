"""Answers of a survey (설문), brought in as a whole: each respondent's is a paper that was handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import record
from models.doer import Doer
from models.period import administering
from models.rating.answering import read_answers
from models.rating.said import criteria_of
from models.rating.table import Entry, Group, GroupKind, Paper, PaperState, Rating
from models.words import Refusal

Key = tuple[int, str]
"""The subject's id and the respondent's number."""


@dataclass(frozen=True)
class Answered:
    """What one respondent said of one subject, by code of the criterion."""

    subject_id: int
    respondent: str
    answers: Mapping[str, str]

    @property
    def key(self) -> Key:
        return self.subject_id, self.respondent


@dataclass(frozen=True)
class Imported:
    """How many answers are new, and how many were there already, the same."""

    new: int
    known: int


def ready_for_survey(session: Session, doer: Doer, rating_id: int, group_id: int) -> tuple[Rating, Group]:
    """The round and its survey group while answers can be brought in, held until the transaction ends."""
    administering(doer)
    locked = select(Rating).where(Rating.id == rating_id).with_for_update()
    rating = session.exec(locked.execution_options(populate_existing=True)).one_or_none()
    group = session.get(Group, group_id)
    if rating is None or group is None or group.kind is not GroupKind.SURVEY:
        raise Refusal("찾으시는 설문이 없습니다. 목록에서 다시 선택해 주세요.")
    if doer.now < rating.opens_at:
        raise Refusal("아직 시작하지 않은 평가입니다. {at}에 시작합니다.", at=rating.opens_at)
    if doer.now >= rating.closes_at:
        raise Refusal(
            "{due}에 마감된 평가입니다. 성과관리계획의 평가 시트에서 마감을 늦춘 뒤 올려 주세요.",
            due=rating.closes_at,
        )
    return rating, group


def known_answers(session: Session, rating_id: int, group_id: int) -> dict[Key, dict[str, str]]:
    """What was brought in before."""
    query = (
        sa.select(col(Paper.subject_id), col(Paper.respondent), col(Entry.answers))
        .join(Entry, col(Entry.paper_id) == col(Paper.id))
        .where(col(Paper.rating_id) == rating_id, col(Paper.group_id) == group_id)
    )
    return {(subject, respondent): answers for subject, respondent, answers in session.execute(query)}


def add_survey(
    session: Session,
    doer: Doer,
    rating_id: int,
    group_id: int,
    given: Sequence[Answered],
    file_name: str,
    file_sha256: str,
) -> Imported:
    """Adds the answers that are new. All or nothing: refused where a respondent said something else before."""
    rating, _ = ready_for_survey(session, doer, rating_id, group_id)
    criteria = criteria_of(session, rating.cycle_id, rating.code)
    known = known_answers(session, rating_id, group_id)
    new: dict[Key, dict[str, str]] = {}
    for one in given:
        answers = read_answers(criteria, one.answers)
        if len(answers) < len(criteria):
            raise Refusal("{number}번 응답에 답하지 않은 항목이 있습니다.", number=one.respondent)
        before = known.get(one.key, new.get(one.key))
        if before is not None and before != answers:
            raise Refusal("{number}번 응답이 앞서 등록한 답과 다릅니다.", number=one.respondent)
        if before is None:
            new[one.key] = answers
    _write(session, doer.now, rating_id, group_id, new)
    record(
        session, doer.now, doer.actor(administering(doer)), "rating.survey", f"rating:{rating_id}",
        group=group_id, answers=len(new), file=file_name, sha256=file_sha256,
    )  # fmt: skip
    return Imported(len(new), len(given) - len(new))


def _write(
    session: Session, now: datetime, rating_id: int, group_id: int, new: Mapping[Key, dict[str, str]]
) -> None:
    """Two statements, however many answers."""
    if not new:
        return
    about: dict[str, Any] = {"rating_id": rating_id, "group_id": group_id, "turn": 1, "revision": 0}
    state = {"state": PaperState.SUBMITTED, "comment": "", "reason": "", "dealt_at": now, "saved_at": now}
    papers = [
        {**about, **state, "subject_id": subject, "respondent": respondent, "answers": answers}
        for (subject, respondent), answers in new.items()
    ]
    session.connection().execute(sa.insert(Paper), papers)
    columns = (Paper.id, Paper.subject_id, Paper.respondent)
    query = sa.select(*map(col, columns)).where(
        col(Paper.rating_id) == rating_id, col(Paper.group_id) == group_id
    )
    ids = {(subject, respondent): key for key, subject, respondent in session.execute(query)}
    entries = [
        {"paper_id": ids[key], "number": 1, "answers": answers, "comment": "", "submitted_at": now}
        for key, answers in new.items()
    ]
    session.connection().execute(sa.insert(Entry), entries)
