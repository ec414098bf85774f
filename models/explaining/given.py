"""Where what was given to a subject comes from: who gave or decided it, when, with which reason or file."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from sqlmodel import Session

from models.explaining.figures import shown
from models.explaining.told import Below, Told, called
from models.organization import Department
from models.plan import Indicator, rule_of
from models.scheme.given import adjustments, deductions, is_taken, owner_values
from models.scheme.table import OwnerValue, Source
from models.scheme.tree import covered
from models.scoring import explain as arithmetic
from models.words import Phrase, say


def explain_given(told: Told) -> tuple[list[Phrase], Below]:
    """Values of owners, bonuses and deductions: who gave what when, with which reason or file."""
    if told.part.source is Source.OWNER:
        return _values(told), []
    if told.part.source is Source.CONSULTATION:
        return _deductions(told), []
    return _adjustments(told), []


def _values(told: Told) -> list[Phrase]:
    values = owner_values(told.session, [told.one.subject], told.part.code, told.place.as_of)
    periods = {code: period.id for code, period in told.periods().items()}
    lines = []
    for piece in told.score.pieces:
        value = values.get((told.one.subject.id or 0, periods.get(piece.period)))
        if value is None:
            continue
        line = _value(told.session, value, told.period_name(piece.period))
        if not is_taken(told.part, value):
            line = say("{line} · 이 배점표로는 계산할 수 없는 값이라 다시 받아야 합니다.", line=line)
        lines.append(line)
        if is_taken(told.part, value) and value.value is not None:
            lines.append(say("산출식: {formula}", formula=_formula(told, value.value, piece.period)))
    return lines


def _formula(told: Told, value: Decimal, period: str) -> Phrase:
    part = told.part
    if part.kind is None:
        return say("{value} ÷ {most} × 100", value=value, most=part.points or Decimal(0))
    on = told.periods()[period].ends_on if period else told.result.cycle.ends_on
    weight = told.score.weight or Decimal(0)
    # The names of a part's rule are those of an indicator's.
    return arithmetic(rule_of(cast(Indicator, part), part.target), value, weight, on).formula


def _value(session: Session, value: OwnerValue, period: Phrase) -> Phrase:
    by = called(session, value.given_by_id, value.given_for_id)
    shown_value = shown(None if value.not_applicable else value.value)
    told = say(
        "{period} 입력값 {value} — {by}, {at}", period=period, value=shown_value, by=by, at=value.given_at
    )
    if value.note:
        told = say("{told} · {note}", told=told, note=value.note)
    if value.file_sha256:
        told = say("{told} · {file}(SHA-256 {hash})", told=told, file=value.file_name, hash=value.file_sha256)
    return told


def _adjustments(told: Told) -> list[Phrase]:
    found = adjustments(
        told.session, [told.one.subject], told.part.code, told.place.period_id, told.place.as_of
    )
    return [
        say(
            "{points}점: {reason} — {proposed} 제안, {decided} 확정, {at}",
            points=one.points,
            reason=one.reason,
            proposed=called(told.session, one.proposed_by_id),
            decided=called(told.session, one.decided_by_id),
            at=one.decided_at or one.proposed_at,
        )
        for one in found
    ]


def _deductions(told: Told) -> list[Phrase]:
    places = told.known.places(told.view())
    own = covered(places, told.one.subject.department_id, below=told.part.below)
    return [
        say(
            "{points}점: {department}의 {programme} 미참여 — {by} 확정, {at}, {reason}",
            points=deduction.points,
            department=told.session.get_one(Department, deduction.department_id).name,
            programme=programme.name,
            by=called(told.session, deduction.decided_by_id),
            at=deduction.decided_at or deduction.proposed_at,
            reason=deduction.reason,
        )
        for deduction, programme in deductions(told.session, told.place.cycle_id, told.place.as_of)
        if deduction.department_id in own
    ]
