"""Where the pieces of a part come from, by its source."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session, col, select

from models.consultation.deduction import COUNTS, Deduction
from models.consultation.programme import Programme
from models.explaining.explained import Place
from models.explaining.figures import shown
from models.explaining.told import Below, Told, called
from models.plan import Cycle, Period
from models.rating.reading import rating_scores
from models.rating.table import Rating
from models.scheme.given import owner_values
from models.scheme.pieces import belongs
from models.scheme.table import Adjustment, AdjustmentState, OwnerValue, Source
from models.scores.line import department_lines
from models.words import Phrase, say

_MOST_BELOW = 400
"""So many indicators at most are led to from one part."""


def explain_indicators(told: Told) -> tuple[list[Phrase], Below]:
    """Each indicator's points out of its weight, for every period that counts."""
    lines: list[Phrase] = []
    below: Below = []
    for cycle_id, period in _scopes(told):
        view = told.known.view(cycle_id, period.id if period else None, told.place.as_of)
        places = department_lines(told.session)
        path = places[told.one.subject.department_id].path
        ids = [
            key
            for key, line in places.items()
            if key == told.one.subject.department_id or (told.part.below and line.path.startswith(path))
        ]
        rows = [row for own in told.known.rows(view, ids).values() for row in own if row.plan.scored]
        earned = sum((row.figures.points or Decimal(0) for row in rows), Decimal(0))
        weight = sum((row.figures.weight or Decimal(0) for row in rows), Decimal(0))
        name = say("{name}", name=period.name) if period else say("연간")
        lines.append(
            say(
                "{period}: 지표 {count}개, {points}점 / 가중치 {weight}",
                period=name,
                count=len(rows),
                points=earned,
                weight=weight,
            )
        )
        for row in rows[:_MOST_BELOW]:
            place = told.place.at_indicator(row.plan.id, cycle_id, period.id if period else None)
            below.append((place, _row(row.plan.name, name, row.figures.points, row.figures.weight)))
    return lines, below


def _row(name: str, period: Phrase, points: Decimal | None, weight: Decimal | None) -> Phrase:
    if points is None:
        return say(
            "{name} · {period} 0/{weight}점(승인된 실적 없음)", name=name, period=period, weight=weight or 0
        )
    return say(
        "{name} · {period} {points}/{weight}점", name=name, period=period, points=points, weight=weight or 0
    )


def _scopes(told: Told) -> list[tuple[int, Period | None]]:
    """The cycle and period of each sheet that the part goes by."""
    if told.part.source is Source.MILEAGE and told.part.basis not in ("", told.result.cycle.code):
        other = told.session.exec(select(Cycle).where(Cycle.code == told.part.basis)).one()
        return [(other.id or 0, None)]
    periods = told.periods()
    return [
        (told.place.cycle_id, periods[piece.period] if piece.period else None) for piece in told.score.pieces
    ]


def explain_ratings(told: Told) -> tuple[list[Phrase], Below]:
    """Each round: what every group says, how many papers count, how many were left out. Raters stay unnamed."""
    query = select(Rating).where(Rating.cycle_id == told.place.cycle_id, Rating.code == told.part.basis)
    periods = {period.id: code for code, period in told.periods().items()}
    asked = {piece.period for piece in told.score.pieces}
    rounds = [one for one in told.session.exec(query) if periods.get(one.period_id, "") in asked]
    scores = rating_scores(told.session, [one.id or 0 for one in rounds], told.place.as_of)
    lines = []
    for one in rounds:
        score = scores[one.id or 0, told.one.subject.id or 0]
        for group in score.groups:
            lines.append(
                say(
                    "{rating} · {group}(몫 {share}): {expected}부 가운데 {counted}부, 절사 {trimmed}부, 평균 {mean}",
                    rating=one.name,
                    group=group.name,
                    share=group.share,
                    expected=group.expected,
                    counted=group.counted,
                    trimmed=group.trimmed,
                    mean=shown(group.percent) if group.percent is not None else say("없음"),
                )
            )
    return lines, []


def explain_schemes(told: Told) -> tuple[list[Phrase], Below]:
    """The other scheme's subjects that count, each with its own total."""
    other = told.known.result(told.place, told.part.basis)
    places = department_lines(told.session)
    below: Below = []
    for one in other.subjects:
        if belongs(one.subject, told.one.subject, places, below=told.part.below):
            place = Place(
                told.place.cycle_id,
                told.place.period_id,
                told.part.basis,
                one.subject.id,
                as_of=told.place.as_of,
            )
            below.append((place, say("{name} {total}점", name=one.name, total=one.score.total)))
    return [say("{scheme}의 대상 {count}", scheme=other.scheme.name, count=len(below))], below


def explain_given(told: Told) -> tuple[list[Phrase], Below]:
    """Values of owners, bonuses and deductions: who gave what when, with which reason or file."""
    if told.part.source is Source.OWNER:
        return _values(told), []
    if told.part.source is Source.CONSULTATION:
        return _deductions(told), []
    return _adjustments(told), []


def _values(told: Told) -> list[Phrase]:
    values = owner_values(told.session, [told.one.subject], told.part.code, told.place.as_of)
    periods = {period.id: code for code, period in told.periods().items()}
    asked = {piece.period for piece in told.score.pieces}
    return [
        _value(told.session, value, told.period_name(periods.get(period_id, "")))
        for (_, period_id), value in values.items()
        if periods.get(period_id, "") in asked
    ]


def _value(session: Session, value: OwnerValue, period: Phrase) -> Phrase:
    by = called(session, value.given_by_id, value.given_for_id)
    shown_value = shown(None if value.not_applicable else value.value)
    told = say("{period}: {value} — {by}, {at}", period=period, value=shown_value, by=by, at=value.given_at)
    if value.note:
        told = say("{told} · {note}", told=told, note=value.note)
    if value.file_sha256:
        told = say("{told} · {file}(SHA-256 {hash})", told=told, file=value.file_name, hash=value.file_sha256)
    return told


def _adjustments(told: Told) -> list[Phrase]:
    query = select(Adjustment).where(
        Adjustment.subject_id == told.one.subject.id, Adjustment.part == told.part.code
    )
    if told.place.period_id is not None:
        query = query.where(Adjustment.period_id == told.place.period_id)
    as_of = told.place.as_of
    lines = []
    for one in told.session.exec(query.order_by(col(Adjustment.id))):
        was_confirmed = one.state in (AdjustmentState.CONFIRMED, AdjustmentState.WITHDRAWN)
        is_withdrawn = one.withdrawn_at is not None and (as_of is None or one.withdrawn_at <= as_of)
        in_time = one.decided_at is not None and (as_of is None or one.decided_at <= as_of)
        if was_confirmed and in_time and not is_withdrawn:
            lines.append(
                say(
                    "{points}점: {reason} — {proposed} 제안, {decided} 확정, {at}",
                    points=one.points,
                    reason=one.reason,
                    proposed=called(told.session, one.proposed_by_id),
                    decided=called(told.session, one.decided_by_id),
                    at=one.decided_at or one.proposed_at,
                )
            )
    return lines


def _deductions(told: Told) -> list[Phrase]:
    query = (
        select(Deduction, Programme)
        .join(Programme, col(Programme.id) == col(Deduction.programme_id))
        .where(Programme.cycle_id == told.place.cycle_id, col(Deduction.state).in_(COUNTS))
        .where(Deduction.department_id == told.one.subject.department_id)
        .order_by(col(Deduction.id))
    )
    return [
        say(
            "{points}점: {programme} 미참여 — {by} 확정, {at}, {reason}",
            points=deduction.points,
            programme=programme.name,
            by=called(told.session, deduction.decided_by_id),
            at=deduction.decided_at or deduction.proposed_at,
            reason=deduction.reason,
        )
        for deduction, programme in told.session.exec(query)
    ]
