"""The result of an indicator in a closed period, and whether an appeal against it is possible now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.appeal.reading import AppealFile, may_file, standing_appeal
from models.clock import local_day
from models.doer import Doer
from models.organization import Department, Person
from models.plan import Indicator, Period, PeriodState
from models.rights import Holding
from models.scores import FrozenScore
from models.special_days import last_hour, working_days
from models.submission import find, open_file
from models.submission.amend import REPORTED
from models.words import Refusal


@dataclass(frozen=True)
class Result:
    """The kept score of an indicator in a closed period, with all it belongs to."""

    score: FrozenScore
    indicator: Indicator
    period: Period
    department: Department
    submission_id: int | None


def window_ends(session: Session, period: Period) -> datetime | None:
    """Until when appeals against the period's scores are taken; a last day off moves to the next working day, 18:00.
    None where the plan has no window."""
    if period.objection_due is None:
        return None
    day = local_day(period.objection_due)
    if working_days(session).is_working(day):
        return period.objection_due
    return last_hour(session, day)


def open_result(session: Session, indicator_id: int, period_id: int) -> Result:
    """The result as it is kept. Refusal where it is not out yet."""
    period = session.get(Period, period_id)
    if period is None:
        raise Refusal("찾으시는 기간이 없습니다. 목록에서 다시 선택해 주세요.")
    session.refresh(period)
    if period.state is not PeriodState.CLOSED:
        raise Refusal(
            "{period:은/는} 아직 마감되지 않았습니다. 마감된 뒤에 이의를 신청할 수 있습니다.",
            period=period.name,
        )
    query = (
        sa.select(FrozenScore, Indicator, Department)
        .join(Indicator, col(Indicator.id) == col(FrozenScore.indicator_id))
        .join(Department, col(Department.id) == col(FrozenScore.department_id))
        .where(col(FrozenScore.indicator_id) == indicator_id, col(FrozenScore.period_id) == period_id)
    )
    row = session.execute(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise Refusal("이 기간에 평가한 지표가 아닙니다. 목록에서 다시 선택해 주세요.")
    score, indicator, department = row
    return Result(score, indicator, period, department, find(session, indicator_id, period_id))


def must_be_appealable(session: Session, doer: Doer, result: Result) -> Holding:
    """Refuses whoever may not appeal against the result now, and says why; else the right it rests on."""
    holding = may_file(doer.standing, result.indicator, result.department.path)
    if holding is None:
        raise Refusal(
            "{indicator}의 이의신청은 담당자와 팀장만 할 수 있습니다.", indicator=result.indicator.name
        )
    ends = window_ends(session, result.period)
    if ends is None:
        raise Refusal(
            "{period:은/는} 이의신청 기한이 정해지지 않았습니다. 관리자에게 문의해 주세요.",
            period=result.period.name,
        )
    if doer.now > ends:
        raise Refusal("이의신청 기한이 {due}에 끝났습니다. 관리자에게 문의해 주세요.", due=ends)
    standing = standing_appeal(session, result.score.indicator_id, result.score.period_id or 0)
    if standing is not None:
        raise filed_before(session, standing)
    return holding


def must_have_report(session: Session, result: Result) -> int:
    """The report the score rests on, whether it was decided or not; refuses a result without any."""
    report = None if result.submission_id is None else open_file(session, result.submission_id)
    if report is None or report.submission.state not in REPORTED:
        raise Refusal("제출한 실적이 없어 이의를 신청할 수 없습니다. 관리자에게 마감 해제를 요청해 주세요.")
    return report.id


def filed_before(session: Session, standing: AppealFile) -> Refusal:
    """Who appealed before, and when."""
    name = session.get_one(Person, standing.appeal.filed_by_id).name
    return Refusal(
        "{name} 님이 {at}에 이미 이의를 신청했습니다. '이의신청' 목록에서 진행 상황을 확인해 주세요.",
        name=name,
        at=standing.appeal.filed_at,
    )
