"""One part of a total: its pieces, how they combine, and what each source says for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models.explaining.explained import Explained, Place
from models.explaining.figures import added, shown
from models.explaining.given import explain_given
from models.explaining.known import Known
from models.explaining.sources import explain_indicators, explain_ratings, explain_schemes
from models.explaining.told import Told
from models.explaining.total import subject_in
from models.scheme.rules import YEAR, PartScore
from models.scheme.table import BASE, Combine, Source
from models.scoring import rounded
from models.words import Phrase, Refusal, say

_COMBINED = {
    Combine.YEAR: say("연간 값"),
    Combine.MEAN: say("기간의 평균"),
    Combine.SUM: say("기간의 합계"),
    Combine.LAST: say("마지막 기간의 값"),
    Combine.SHARES: say("기간비중에 따른 평균"),
}


def explain_part(known: Known, place: Place) -> Explained:
    """The part's arithmetic, then where its pieces come from."""
    result = known.result(place)
    one = subject_in(result, place.subject_id)
    found = zip(result.parts, one.score.parts, strict=True)
    part, score = next((both for both in found if both[0].code == place.part), (None, None))
    if part is None or score is None:
        raise Refusal("이 평가체계의 항목이 아닙니다. 총점에서 다시 선택해 주세요.")
    told = Told(known, result, one, part, score, place)
    lines: list[Phrase] = []
    if part.source in BASE:
        lines += [*_pieces(told), *_arithmetic(score, result.scheme.digits)]
    else:
        lines += _on_top(score)
    of_source, below = _BY_SOURCE[part.source](told)
    if part.note:
        lines.append(say("배점표: {note}", note=part.note))
    title = say("{name} · {part}", name=one.name, part=part.name)
    return Explained(title, (*lines, *of_source), tuple(below))


def _pieces(told: Told) -> list[Phrase]:
    lines = []
    for piece in told.score.pieces:
        name = told.period_name(piece.period)
        percent = shown(piece.percent)
        lines.append(
            say("{period}: {percent} % (아직 다 들어오지 않음)", period=name, percent=percent)
            if piece.is_missing
            else say("{period}: {percent} %", period=name, percent=percent)
            if piece.percent is not None
            else say("{period}: 해당 없음", period=name)
        )
    return lines


def _arithmetic(score: PartScore, digits: int) -> list[Phrase]:
    if score.percent is None or score.weight is None:
        return [say("이 대상에는 해당하지 않아, 배점을 다른 항목에 나누었습니다.")]
    lines = []
    if score.weight != score.part.points:
        lines.append(
            say(
                "배점 {planned}점에 해당 없는 항목의 몫을 더해 {weight}점",
                planned=score.part.points or 0,
                weight=score.weight,
            )
        )
    if any(piece.period != YEAR for piece in score.pieces):
        lines.append(_combined(score))
    lines.append(
        say(
            "{weight} × {percent} ÷ 100 = {points}점(소수 {digits}자리, 반올림)",
            weight=score.weight,
            percent=shown(score.percent),
            points=rounded(score.points, digits),
            digits=digits,
        )
    )
    return lines


def _combined(score: PartScore) -> Phrase:
    if len(score.pieces) == 1:
        return say("이 기간의 값을 씁니다.")
    how: Phrase = _COMBINED[score.part.combine]
    if score.part.combine is Combine.SHARES:
        shares = ", ".join(f"{period} {share:f}" for period, share in score.part.shares.items())
        return say("{how} ({shares}) → {percent} %", how=how, shares=shares, percent=shown(score.percent))
    return say("{how} → {percent} %", how=how, percent=shown(score.percent))


def _on_top(score: PartScore) -> list[Phrase]:
    given = [piece.percent for piece in score.pieces if piece.percent is not None]
    if score.part.points is None:
        return [say("합계 {sum}점 → 반영 {points}점", sum=added(given), points=score.points)]
    return [
        say(
            "합계 {sum}점, 최대 {most}점 → 반영 {points}점",
            sum=added(given),
            most=score.part.points,
            points=score.points,
        )
    ]


_BY_SOURCE: Mapping[Source, Callable[[Told], tuple[list[Phrase], list[tuple[Place, Phrase]]]]] = {
    Source.INDICATORS: explain_indicators,
    Source.MILEAGE: explain_indicators,
    Source.RATING: explain_ratings,
    Source.SCHEME: explain_schemes,
    Source.OWNER: explain_given,
    Source.BONUS: explain_given,
    Source.DEDUCTION: explain_given,
    Source.CONSULTATION: explain_given,
}
