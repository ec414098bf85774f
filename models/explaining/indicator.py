"""One indicator's points: the plan's version, the reports, who decided, the files, and the formula with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from models.evidence.table import evidence_of
from models.explaining.explained import Explained, Place
from models.explaining.figures import listed
from models.explaining.known import Known
from models.explaining.told import called
from models.plan import Indicator, Period
from models.planning.table import IndicatorVersion
from models.scores.past import closed_by
from models.scores.reading import View
from models.scores.row import ScoreRow
from models.scoring import Rollup
from models.scoring import explain as arithmetic
from models.submission import Decision, DecisionKind, Submission, SubmissionVersion
from models.words import Phrase, Refusal, say

_DECIDED = {
    DecisionKind.CONFIRM: say("팀장 확인"),
    DecisionKind.APPROVE: say("승인"),
    DecisionKind.RETURN: say("반려"),
}
_ROLLED_UP = {
    Rollup.SUM: say("합계"),
    Rollup.MEAN: say("평균"),
    Rollup.LAST: say("최종"),
    Rollup.MAX: say("최대"),
}


def explain_indicator(known: Known, place: Place) -> Explained:
    """Everything behind the points of `place.indicator_id`. Refusal where it was not in the plan then."""
    session = known.session
    view = known.view(*place.sheet, place.as_of)
    indicator = session.get(Indicator, place.indicator_id)
    if indicator is None:
        raise Refusal("찾으시는 지표가 없습니다. 목록에서 다시 선택해 주세요.")
    row = known.row(view, indicator)
    scope = view.period.name if view.period else view.cycle.name
    title = say(
        "{name} · {department} · {scope}", name=row.plan.name, department=row.department.name, scope=scope
    )
    lines = [
        *_arithmetic(row, view),
        *_guideline(indicator, row),
        *_plan(session, indicator, row, view),
    ]
    files: list[Phrase] = []
    for period in view.periods:
        for version in _versions(session, indicator, period, place.as_of):
            lines += [_handed_in(session, version, period), *_decisions(session, version, place.as_of)]
            files += _files(session, version, period)
    return Explained(title, tuple(lines), files=tuple(files))


def _arithmetic(row: ScoreRow, view: View) -> list[Phrase]:
    figures = row.figures
    if figures.not_applicable:
        return [
            say(
                "해당 없음으로 인정되어 가중치 {weight:을/를} 다른 지표에 나누었습니다.",
                weight=figures.planned_weight,
            )
        ]
    if figures.recognised is None:
        return [
            say(
                "승인된 실적이 없어 0점입니다. 가중치 {weight}",
                weight=figures.weight or figures.planned_weight,
            )
        ]
    told: list[Phrase] = []
    given = [value for value in figures.values if value is not None]
    if len(given) > 1:
        told.append(
            say(
                "기간별 인정 실적의 {rollup}: {values} → {recognised}",
                rollup=_ROLLED_UP[row.plan.rollup],
                values=listed(given),
                recognised=figures.recognised,
            )
        )
    if figures.achievement is None:
        fault = figures.fault or say("달성률을 계산할 수 없습니다.")
        return [*told, fault]
    worked = arithmetic(row.rule, figures.recognised, figures.weight or figures.planned_weight, view.last_day)
    told += [worked.phrase, say("산출식: {formula}", formula=worked.formula)]
    if figures.weight is None:
        told.append(say("점수에 넣지 않는 지표입니다."))
    return told


def _guideline(indicator: Indicator, row: ScoreRow) -> list[Phrase]:
    told = []
    if row.plan.formula:
        told.append(say("지침의 산식: {formula}", formula=row.plan.formula))
    if indicator.evidence_hint:
        told.append(say("지침의 증빙: {hint}", hint=indicator.evidence_hint))
    return told


def _plan(session: Session, indicator: Indicator, row: ScoreRow, view: View) -> list[Phrase]:
    """Which version of the plan the weight and the target are from, and since when."""
    told = [say("가중치 {weight}", weight=row.figures.planned_weight)]
    # What does not apply gives its weight away, and said so already.
    if row.figures.weight and row.figures.weight != row.figures.planned_weight:
        told[0] = say(
            "가중치 {weight}, 해당 없는 지표의 몫을 더해 {shared}",
            weight=row.figures.planned_weight,
            shared=row.figures.weight,
        )
    closed = closed_by(session, view, view.as_of)
    instant = closed or view.as_of
    query = select(IndicatorVersion).where(IndicatorVersion.indicator_id == indicator.id)
    if instant is not None:
        query = query.where(col(IndicatorVersion.recorded_at) <= instant)
    version = session.exec(query.order_by(col(IndicatorVersion.number).desc())).first()
    if version is not None:
        told.append(
            say(
                "계획 {number}판, {day}부터 적용 — {by}, {at} 등록",
                number=version.number,
                day=version.effective_on,
                at=version.recorded_at,
                by=called(session, version.person_id) or say("계획 파일"),
            )
        )
        if version.reason:
            told.append(say("바꾼 사유: {reason}", reason=version.reason))
    if closed is not None:
        told.append(say("{at} 마감 때의 계획과 실적입니다.", at=closed))
    return told


def _versions(
    session: Session, indicator: Indicator, period: Period, as_of: datetime | None
) -> Sequence[SubmissionVersion]:
    """Every version that was handed in for the period."""
    query = (
        select(SubmissionVersion)
        .join(Submission, col(Submission.id) == col(SubmissionVersion.submission_id))
        .where(Submission.indicator_id == indicator.id, Submission.period_id == period.id)
        .where(col(SubmissionVersion.submitted_at).is_not(None))
        .order_by(col(SubmissionVersion.number))
    )
    if as_of is not None:
        query = query.where(col(SubmissionVersion.submitted_at) <= as_of)
    return session.exec(query).all()


def _handed_in(session: Session, version: SubmissionVersion, period: Period) -> Phrase:
    value = say("해당 없음") if version.not_applicable else say("{value}", value=version.value or 0)
    return say(
        "{period} {number}차 보고: {value} — {by}, {at}",
        period=period.name,
        number=version.number,
        value=value,
        by=called(session, version.submitted_by_id, version.submitted_for_id),
        at=version.submitted_at or version.saved_at,
    )


def _files(session: Session, version: SubmissionVersion, period: Period) -> list[Phrase]:
    return [
        say(
            "{period} {number}차 증빙: {file} (SHA-256 {hash})",
            period=period.name,
            number=version.number,
            file=file.name,
            hash=file.sha256,
        )
        for file in evidence_of(session, version.id or 0)
    ]


def _decisions(session: Session, version: SubmissionVersion, as_of: datetime | None) -> list[Phrase]:
    query = select(Decision).where(Decision.version_id == version.id).order_by(col(Decision.id))
    if as_of is not None:
        query = query.where(col(Decision.decided_at) <= as_of)
    told = []
    for one in session.exec(query):
        line = say(
            "{what} — {by}, {at}",
            what=_DECIDED[one.kind],
            by=called(session, one.decided_by_id, one.decided_for_id),
            at=one.decided_at,
        )
        if one.kind is DecisionKind.APPROVE:
            counted = say("해당 없음") if one.recognised is None else say("{value}", value=one.recognised)
            line = say("{line} · 인정 {value}", line=line, value=counted)
        told.append(say("{line} · {reason}", line=line, reason=one.reason) if one.reason else line)
    return told
