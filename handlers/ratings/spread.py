"""How far the raters of a round are apart: figures a subject, what stands out, and a picture of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Badge, Button, Choice, Go, Menu, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.ratings.words import title_of
from handlers.wording import HOME, name_of, parcel_shown
from models.evidence.table import Parcel, receive
from models.organization import Person
from models.period import administering
from models.plan import Period
from models.rating.spread import FAR_POINTS, RoundSpread, SubjectSpread, spread_of
from models.rating.table import Rating
from models.scoring import rounded
from models.words import Phrase, Refusal, Translator, say, translator

_DIGITS = 1
_MOST_NAMES = 10


def show(talk: Talk, data: Data) -> Screen:
    """The figures of every subject; one with somebody far off says so."""
    administering(talk.doer)
    rating = talk.session.get_one(Rating, data["rating"])
    spread = spread_of(talk.session, rating)
    back = Button(say("진행 현황으로"), Go("ratings.progress", {"rating": rating.id}))
    if not spread.subjects:
        return Notice(lines(say("제출된 평가가 아직 없습니다.")), buttons=[back, HOME])
    choices = [
        Choice(
            say("{name}", name=one.name),
            Go("ratings.answers", {"rating": rating.id, "subject": one.subject_id}),
            figures(one),
            Badge(say("큰 차이"), Tone.WARNING) if one.far else None,
        )
        for one in spread.subjects
    ]
    told: list[Line] = [
        Bold(say("{rating} 위원 간 편차", rating=title_of(talk, rating))),
        *_warnings(talk, spread),
    ]
    picture = Button(say("그림으로 보기"), Press("picture"), Style.PRIMARY)
    return Menu(lines(*told), choices, buttons=[picture, back, HOME])


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Writes the errand down that draws the picture."""
    administering(talk.doer)
    if not isinstance(answer, Pressed) or answer.action != "picture":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    talk.errand("rating_spread", rating=data["rating"])
    return Go("ratings.picture_running", {"rating": data["rating"]})


def show_answers(talk: Talk, data: Data) -> Screen:
    """What each rater gave one subject."""
    administering(talk.doer)
    rating = talk.session.get_one(Rating, data["rating"])
    found = [one for one in spread_of(talk.session, rating).subjects if one.subject_id == data["subject"]]
    back = Button(say("위원 간 편차"), Go("ratings.spread", {"rating": rating.id}))
    if not found:
        return Notice(lines(say("제출된 평가가 아직 없습니다.")), buttons=[back, HOME])
    one = found[0]
    told: list[Line] = [Bold(say("{name}", name=one.name)), figures(one), ""]
    for score in sorted(one.scores, key=lambda score: -score.score):
        said = (name_of(talk.session, score.rater_id), " — ", _points(score.score))
        told.append((*said, " · ", say("큰 차이")) if score in one.far else said)
    if one.far:
        told += ["", _what_far_means()]
    return Notice(lines(*told), buttons=[back, HOME])


def show_running(_talk: Talk, data: Data) -> Screen:
    """The picture takes a moment."""
    back = Button(say("위원 간 편차"), Go("ratings.spread", {"rating": data["rating"]}))
    return Notice(lines(say("그림을 그리고 있습니다. 준비되면 이 대화로 보내 드리겠습니다.")), buttons=[back])


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Draws the spread as it stands now."""
    with workshop.database.read() as session:
        rating = session.get_one(Rating, data["rating"])
        translate = translator(session.get_one(Person, data["person"]).locale)
        period = session.get(Period, rating.period_id) if rating.period_id else None
        title = f"{rating.name} · {period.name}" if period else rating.name
        picture = _draw(title, spread_of(session, rating), translate)
    target = workshop.folder / "spread.png"
    target.write_bytes(picture)
    kept = workshop.keep(target, f"{translate(say('{rating} 편차', rating=title))}.png".replace("/", " "))

    def finish(talk: Talk) -> Go:
        administering(talk.doer)
        parcel = receive(talk.session, talk.now, talk.person_id, kept)
        return Go("ratings.picture", {"rating": data["rating"], "parcel": parcel.id})

    return finish


def show_picture(talk: Talk, data: Data) -> Screen:
    """The picture, with what its marks mean."""
    rating = talk.session.get_one(Rating, data["rating"])
    back = Button(say("위원 간 편차"), Go("ratings.spread", {"rating": rating.id}))
    told = say("점 하나가 위원 한 사람입니다. 선은 최저에서 최고까지, 세로 표시는 평균입니다.")
    return Notice(
        lines(Bold(say("{rating} 위원 간 편차", rating=title_of(talk, rating))), told),
        buttons=[back, HOME],
        picture=parcel_shown(talk.session.get_one(Parcel, data["parcel"])),
    )


def figures(one: SubjectSpread) -> Phrase:
    """`위원 5명 · 최저 62 · 최고 95 · 평균 81.4 · 표준편차 9.8`."""
    return say(
        "위원 {count}명 · 최저 {lowest} · 최고 {highest} · 평균 {mean} · 표준편차 {deviation}",
        count=len(one.scores),
        lowest=_points(one.lowest),
        highest=_points(one.highest),
        mean=_points(one.mean),
        deviation=_points(one.deviation),
    )


def _points(value: Decimal) -> Decimal:
    return rounded(value, _DIGITS)


def _warnings(talk: Talk, spread: RoundSpread) -> list[Line]:
    """What stands out, and what it means: nobody is in the wrong by it."""
    told: list[Line] = []
    if spread.same:
        names = _names(talk, spread.same)
        told.append(
            say(
                "모든 대상에 같은 점수를 준 위원: {names}. 이 위원의 평가로는 대상이 구별되지 않습니다.",
                names=names,
            )
        )
    if any(one.far for one in spread.subjects):
        told.append(_what_far_means())
    return told


def _what_far_means() -> Phrase:
    return say(
        "‘큰 차이’는 다른 위원들의 평균에서 {points}점 이상, 다른 위원들 표준편차의 2배 이상 떨어진 평가입니다. "
        "잘못 입력했거나 대상을 달리 본 것일 수 있으니 위원에게 확인해 주세요.",
        points=FAR_POINTS,
    )


def _names(talk: Talk, people: Sequence[int]) -> str:
    names = ", ".join(talk.translate(name_of(talk.session, one)) for one in people[:_MOST_NAMES])
    more = len(people) - _MOST_NAMES
    return talk.translate(say("{names} 외 {count}명", names=names, count=more)) if more > 0 else names


def _draw(title: str, found: RoundSpread, translate: Translator) -> bytes:
    # Imported here: matplotlib takes a second to load, and nobody who rates needs it.
    from reports.charts.spread import MOST, SpreadRow, SpreadShown, SpreadWords, spread

    rows = [
        SpreadRow(
            one.name, [score.score for score in one.scores], [score.score for score in one.far], one.mean
        )
        for one in found.subjects
    ]
    more = len(rows) - MOST
    note = say("위원이 준 점수(%)") if more <= 0 else say("위원이 준 점수(%) · 외 {count}건", count=more)
    words = SpreadWords(translate(say("위원")), translate(say("큰 차이")), translate(say("평균")))
    return spread(SpreadShown(title, translate(note), rows, words))
