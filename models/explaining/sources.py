"""Where the pieces of a part come from, by its source."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlmodel import col, select

from models.explaining.figures import shown
from models.explaining.told import Below, Told
from models.plan import Cycle, Period
from models.rating.reading import rating_scores
from models.rating.table import Rating
from models.scheme.pieces import belongs
from models.scheme.table import Source
from models.scheme.tree import covered
from models.scores.row import Figures
from models.words import Phrase, say


def explain_indicators(told: Told) -> tuple[list[Phrase], Below]:
    """Each indicator's points out of its weight, for every period that counts."""
    lines: list[Phrase] = []
    below: Below = []
    places = told.known.places(told.view())
    for cycle_id, period in _scopes(told):
        view = told.known.view(cycle_id, period.id if period else None, told.place.as_of)
        ids = covered(places, told.one.subject.department_id, below=told.part.below)
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
        for row in rows:
            place = told.place.at_indicator(row.plan.id, cycle_id, period.id if period else None)
            below.append((place, _row(row.plan.name, name, row.figures)))
    return lines, below


def _row(name: str, period: Phrase, figures: Figures) -> Phrase:
    weight = figures.weight or Decimal(0)
    if figures.not_applicable:
        return say("{name} · {period} 해당 없음", name=name, period=period)
    if figures.points is not None:
        return say(
            "{name} · {period} {points}/{weight}점",
            name=name,
            period=period,
            points=figures.points,
            weight=weight,
        )
    if figures.recognised is None:
        return say(
            "{name} · {period} 0/{weight}점(승인된 실적 없음)", name=name, period=period, weight=weight
        )
    return say("{name} · {period} 0/{weight}점(계산할 수 없음)", name=name, period=period, weight=weight)


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
    query = (
        select(Rating)
        .where(Rating.cycle_id == told.place.cycle_id, Rating.code == told.part.basis)
        .order_by(col(Rating.opens_at), col(Rating.id))
    )
    periods = {period.id: code for code, period in told.periods().items()}
    asked = {piece.period for piece in told.score.pieces}
    rounds = [one for one in told.session.exec(query) if periods.get(one.period_id, "") in asked]
    scores = rating_scores(told.session, [one.id or 0 for one in rounds], told.place.as_of)
    lines = []
    for one in rounds:
        name = say(
            "{rating} {period}", rating=one.name, period=told.period_name(periods.get(one.period_id, ""))
        )
        score = scores.get((one.id or 0, told.one.subject.id or 0))
        for group in score.groups if score is not None else ():
            lines.append(
                say(
                    "{rating} · {group}(몫 {share}): {expected}부 중 {counted}부 제출, 절사 {trimmed}부, 평균 {mean}",
                    rating=name,
                    group=group.name,
                    share=group.share,
                    expected=group.expected,
                    counted=group.counted,
                    trimmed=group.trimmed,
                    mean=shown(group.percent) if group.percent is not None else say("없음"),
                )
            )
        if score is not None and len(score.groups) > 1:
            lines.append(say("{rating} · 몫대로 평균 {percent}", rating=name, percent=shown(score.percent)))
    return lines, []


def explain_schemes(told: Told) -> tuple[list[Phrase], Below]:
    """The other scheme's subjects that count, each with its own total."""
    places = told.known.places(told.view())
    lines: list[Phrase] = []
    below: Below = []
    for _, period in _scopes(told):
        here = replace(
            told.place,
            period_id=period.id if period else None,
            scheme=told.part.basis,
            subject_id=None,
            part="",
        )
        other = told.known.result(here)
        name = told.period_name(period.code if period else "")
        theirs = [
            one
            for one in other.subjects
            if belongs(one.subject, told.one.subject, places, below=told.part.below)
        ]
        lines.append(
            say(
                "{period}: ‘{scheme}’ 대상 {count}개의 총점 평균입니다.",
                period=name,
                scheme=other.scheme.name,
                count=len(theirs),
            )
        )
        for one in theirs:
            label = say("{name} · {period} {total}점", name=one.name, period=name, total=one.score.total)
            below.append((replace(here, subject_id=one.subject.id), label))
    return lines, below
