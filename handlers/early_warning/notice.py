"""The warning itself: the target, the actuals so far, what the year will likely come to, and how that was found."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.early_warning.figures import told
from handlers.wording import parcel_shown, value_of
from models.evidence.table import Parcel
from models.forecast.projecting import still_warns
from models.forecast.projection import Basis, Method
from models.forecast.reading import YearSoFar, year_so_far
from models.forecast.table import Projection
from models.organization import Department, Role
from models.plan import Indicator
from models.rights import may_see
from models.submission.table import Submission, SubmissionVersion
from models.words import Phrase, say

_METHODS = {
    Method.COMPLETE: say("모든 기간의 실적이 있어 그대로 집계했습니다."),
    Method.EXCEEDED: say("누적 실적이 이미 목표를 넘었고, 더 줄어들지 않습니다."),
    Method.PACE: say("남은 기간에도 지금까지의 평균만큼 쌓인다고 보았습니다."),
    Method.MEAN: say("남은 기간에도 지금까지의 평균이 이어진다고 보았습니다."),
    Method.LATEST: say("가장 최근 실적이 연말까지 이어진다고 보았습니다."),
    Method.TREND: say("올해 실적이 변해 온 만큼 연말까지 계속 변한다고 보았습니다."),
    Method.LARGEST: say("올해의 3분의 2가 지나, 지금까지의 최댓값이 바뀌기 어렵다고 보았습니다."),
}
_BASES = {
    Basis.PAST: say(
        "범위는 과거 연도별 증감을 바탕으로 계산했습니다. 실제 값은 세 번 중 두 번쯤 이 안에 듭니다."
    ),
    Basis.OWN: say(
        "범위는 올해 실적의 변동을 바탕으로 계산했습니다. 실제 값은 세 번 중 두 번쯤 이 안에 듭니다."
    ),
}


def show(talk: Talk, data: Data) -> Screen:
    """What the projection says, with the actuals as they stand and the picture."""
    projection = talk.session.get_one(Projection, data["projection"])
    indicator = talk.session.get_one(Indicator, projection.indicator_id)
    year = year_so_far(talk.session, indicator)
    return Notice(
        lines(*_told(projection, year)),
        buttons=_buttons(talk, projection),
        tone=Tone.WARNING,
        picture=parcel_shown(talk.session.get_one(Parcel, data["parcel"])),
    )


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader may still see the indicator, and the warning still holds."""
    projection = talk.session.get_one(Projection, data["projection"])
    indicator = talk.session.get_one(Indicator, projection.indicator_id)
    department = talk.session.get_one(Department, indicator.department_id)
    return may_see(talk.standing, indicator, department.path) and still_warns(talk.session, projection)


def _told(projection: Projection, year: YearSoFar) -> Iterator[Line]:
    indicator = year.indicator
    is_over = projection.method == Method.EXCEEDED
    yield Bold(say("조기 경보: {indicator}", indicator=indicator.name))
    yield (
        say("올해 목표를 이미 벗어났습니다.")
        if is_over
        else say("올해 목표 달성이 어려울 것으로 예상됩니다.")
    )
    yield ""
    yield say("목표: {target}", target=_target(projection, indicator))
    yield from _so_far(year)
    yield _expected(projection, year)
    yield ""
    yield from _how(projection)
    yield _to_do(year)


def _target(projection: Projection, indicator: Indicator) -> Phrase:
    """The bound that is missed, and from which side."""
    value, target = projection.value, projection.target
    shown = value_of(target, indicator)
    is_least = value is not None and target is not None and value < target
    return say("{target} 이상", target=shown) if is_least else say("{target} 이하", target=shown)


def _so_far(year: YearSoFar) -> Iterator[Line]:
    """`지금까지: 1분기 92.1 % · 2분기 91.4 %`."""
    reported = [
        say("{period} {value}", period=period.name, value=value_of(value, year.indicator))
        for period, value in zip(year.periods, year.actuals, strict=True)
        if value is not None
    ]
    if reported:
        joined = [part for one in reported for part in (" · ", one)][1:]
        yield (say("지금까지: "), *joined)


def _expected(projection: Projection, year: YearSoFar) -> Line:
    value = value_of(told(projection.value, year, projection), year.indicator)
    if projection.low is None or projection.high is None:
        return say("올해 예상: {value}", value=value)
    low, high = (told(one, year, projection) for one in (projection.low, projection.high))
    return say(
        "올해 예상: {value} (범위 {low}~{high})",
        value=value,
        low=value_of(low, year.indicator),
        high=value_of(high, year.indicator),
    )


def _how(projection: Projection) -> Iterator[Line]:
    if projection.method:
        yield (say("예측 방법: "), _METHODS[Method(projection.method)])
    if projection.basis in _BASES:
        yield _BASES[Basis(projection.basis)]


def _to_do(year: YearSoFar) -> Phrase:
    left = sum(value is None for value in year.actuals)
    return say("원인을 살펴보시고, 남은 {left}개 기간에 무엇을 보완할지 정해 주세요.", left=left)


def _buttons(talk: Talk, projection: Projection) -> list[Button]:
    version = talk.session.get_one(SubmissionVersion, projection.version_id)
    submission = talk.session.get_one(Submission, version.submission_id)
    place = {"indicator": projection.indicator_id, "period": submission.period_id}
    buttons = [Button(say("지표 보기"), Go("report_actual.open", place), Style.PRIMARY)]
    if talk.standing.has(Role.TEAM_LEAD):
        buttons.append(Button(say("부서 현황"), Go("team_board.board")))
    return buttons
