"""The picture of an indicator: the past years, where they lead, and the target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.dialogue.book import Data
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.planning.place import opened
from handlers.wording import parcel_shown
from models.evidence.table import Parcel, receive
from models.organization import Person
from models.plan import Indicator, past_actuals, rule_of, target_of
from models.planning.drafting import find_draft
from models.planning.drafts import drafted
from models.planning.file import open_plan
from models.planning.lint import Drafted, expected, goal, trend
from models.words import Refusal, Translator, say, translator

_MOST_YEARS = 6


def work(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
    """Draws it for one reader."""
    with workshop.database.read() as session:
        plan = open_plan(session, data["cycle"], data["department"])
        (one,) = drafted(session, plan.cycle, [find_draft(session, plan, data["code"])])
        translate = translator(session.get_one(Person, data["person"]).locale)
    picture = draw(one, translate)
    target = workshop.folder / "picture.png"
    target.write_bytes(picture)
    kept = workshop.keep(target, f"{translate(say('{indicator} 추이', indicator=one.name))}.png")
    place = {name: data[name] for name in ("cycle", "department", "code")}

    def finish(talk: Talk) -> Go:
        return Go(
            "plan.picture", {**place, "parcel": receive(talk.session, talk.now, talk.person_id, kept).id}
        )

    return finish


def show(talk: Talk, data: Data) -> Screen:
    """The picture, and the way back."""
    plan = opened(talk, data)
    draft = find_draft(talk.session, plan, data["code"])
    here = {name: data[name] for name in ("cycle", "department", "code")}
    told = lines(
        Bold(say("{indicator} 추이", indicator=draft.plan["name"])),
        say("추세는 지난 실적에 가장 잘 맞는 직선(최소제곱법)을 올해까지 이은 것입니다."),
    )
    return Notice(
        told,
        buttons=[Button(say("지표로"), Go("plan.indicator", here), Style.PRIMARY)],
        picture=parcel_shown(talk.session.get_one(Parcel, data["parcel"])),
    )


def has_picture(talk: Talk, indicator: Indicator) -> bool:
    """Whether there are years enough to draw, and a target."""
    past = [(one.year, one.value) for one in past_actuals(talk.session, indicator)]
    if trend(past, 0) is None:
        return False
    return goal(rule_of(indicator, target_of(talk.session, indicator, None)))[0] is not None


def ask_for_picture(talk: Talk, indicator: Indicator) -> None:
    """Has it drawn; it comes by itself."""
    place = {"cycle": indicator.cycle_id, "department": indicator.department_id}
    talk.errand("plan_picture", **place, code=indicator.code)
    talk.toast(say("추이 그림을 그리고 있습니다. 잠시 뒤 보내 드립니다."))


def must_be_drawable(one: Drafted) -> None:
    """Refuses where there is nothing to draw."""
    if expected(one) is None or goal(one.rule)[0] is None:
        raise Refusal("지난 실적이 3년 이상 있고 목표가 있는 지표만 추이를 그릴 수 있습니다.")


def draw(one: Drafted, translate: Translator) -> bytes:
    """The picture as PNG, in the reader's language. Refusal where there is nothing to draw."""
    # Imported here: matplotlib takes a second to load, and few of those who draft ask for a picture.
    from reports.charts import Trend, TrendWords
    from reports.charts import trend as drawn

    must_be_drawable(one)
    led_to, target = expected(one), goal(one.rule)[0]
    assert led_to is not None and target is not None
    *before, last = one.past[-_MOST_YEARS:]
    words = TrendWords(
        past=translate(say("지난 실적")),
        actual=translate(say("마지막 실적")),
        projected=translate(say("추세")),
        end=str(one.year),
        target=translate(say("목표")),
    )
    shown = Trend(
        title=one.name,
        unit=one.unit,
        past=[(str(year), value) for year, value in before],
        actuals=[(str(last[0]), last[1])],
        projected=led_to,
        low=None,
        high=None,
        target=target,
        words=words,
    )
    return drawn(shown)
