"""The total of a subject: the sum of its parts, its place, grade and prize."""

from __future__ import annotations

from decimal import Decimal

from models.explaining.explained import Explained, Place
from models.explaining.figures import added
from models.scheme.result import SchemeResult, SubjectResult
from models.scheme.rules import PartScore, Score
from models.words import Phrase, Refusal, say


def subject_in(result: SchemeResult, subject_id: int | None) -> SubjectResult:
    """The subject's line of a result, or a refusal."""
    found = next((one for one in result.subjects if one.subject.id == subject_id), None)
    if found is None:
        raise Refusal("이 평가체계의 대상이 아닙니다. 목록에서 다시 선택해 주세요.")
    return found


def explain_total(result: SchemeResult, place: Place) -> Explained:
    """Every part with its points, and what they add up to."""
    one = subject_in(result, place.subject_id)
    scope = result.period.name if result.period else result.cycle.name
    told: list[Phrase] = [*_sum(one.score), *_standing(one)]
    told.append(
        say(
            "{scheme}: {day}부터 적용된 배점표입니다.",
            scheme=result.scheme.name,
            day=result.scheme.valid_from,
        )
    )
    if result.scheme.note:
        told.append(say("배점표 비고: {note}", note=result.scheme.note))
    if place.as_of is not None:
        told.append(say("{instant} 현재의 기록으로 다시 계산한 값입니다.", instant=place.as_of))
    below = [(place.at_part(part.part.code), _line(part)) for part in one.score.parts if part.pieces]
    title = say("{name} · {scheme} · {scope}", name=one.name, scheme=result.scheme.name, scope=scope)
    return Explained(title, tuple(told), tuple(below))


def _sum(score: Score) -> list[Phrase]:
    counted = [part.points for part in score.parts if part.pieces]
    told = say("{sum} = {total}점", sum=added(counted), total=sum(counted, Decimal(0)))
    if sum(counted, Decimal(0)) == score.total:
        return [told]
    return [told, say("총점은 0점 아래로 내려가지 않으므로 {total}점입니다.", total=score.total)]


def _standing(one: SubjectResult) -> list[Phrase]:
    place = one.place
    group: Phrase | str = one.subject.grouping or say("전체")
    told = [say("순위: {rank}위 ({group} {among})", rank=place.rank, group=group, among=place.among)]
    if place.sharing > 1:
        told[0] = say(
            "순위: 공동 {rank}위 ({group} {among}, 동점 {sharing})",
            rank=place.rank,
            group=group,
            among=place.among,
            sharing=place.sharing,
        )
    if place.grade:
        told.append(say("등급: {grade}", grade=place.grade))
    if place.prize:
        told.append(say("포상: {prize}", prize=place.prize))
    if place.undecided:
        told.append(say("동점이라 {prize}의 수상자를 정해야 합니다.", prize=", ".join(place.undecided)))
    if one.score.is_missing:
        told.append(say("빠진 값이 있습니다. 빠진 값은 0점으로 계산했습니다."))
    return told


def _line(part: PartScore) -> Phrase:
    if part.weight is None:
        return say("{part} {points}점", part=part.part.name, points=part.points)
    if part.percent is None:
        return say("{part} 해당 없음", part=part.part.name)
    return say("{part} {points}/{weight}점", part=part.part.name, points=part.points, weight=part.weight)
