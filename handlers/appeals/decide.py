"""The forms in which an appeal is accepted or dismissed, each with a reason, and what is said after them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.appeals.card import has_changed, seen_appeal
from handlers.appeals.facts import points_of
from handlers.appeals.telling import tell_department
from handlers.appeals.write import value_field, value_given
from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import TextField
from handlers.dialogue.screens import Button, Form, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import value_of
from models.appeal.deciding import accept, dismiss, may_decide, must_be_as_seen
from models.appeal.reading import AppealFile, appeals_seen_by
from models.appeal.table import AppealState
from models.words import Refusal, say

_LONGEST = 2000


def show_accept(talk: Talk, data: Data) -> Screen:
    """Asks which value is recognised, and why."""
    opened = seen_appeal(talk, data)
    if (gone := _overtaken(talk, opened, data["revision"])) is not None:
        return gone
    one, indicator = opened.appeal, opened.indicator
    recognised = value_of(opened.before("recognised"), indicator, bool(one.snapshot["not_applicable"]))
    value = value_field(
        indicator,
        say("인정 실적"),
        say("인정할 값을 적어 주세요. 점수는 마감할 때의 산식과 가중치로 다시 계산합니다."),
        say("해당 없음으로 인정"),
        required=True,
        initial="" if one.asked is None else format(one.asked, "f"),
    )
    hint = say("받아들이는 사유를 적어 주세요. 담당자와 팀장에게 전달됩니다.")
    return Form(
        title=say("이의신청 인용: {indicator}", indicator=indicator.name),
        text=lines(say("지금 인정 실적: {value}", value=recognised), *_wanted(opened)),
        fields=[value, TextField("reason", say("사유"), hint, longest=_LONGEST)],
        cancel=Go("appeals.card", {"appeal": opened.id}),
    )


def take_accept(talk: Talk, data: Data, answer: Answer) -> Go:
    """Recognises the value, reckons anew, and tells the department."""
    values = _filled(answer)
    value, reason = value_given(values["value"]), values["reason"]
    return _done(talk, accept(talk.session, talk.doer, data["appeal"], data["revision"], value, reason))


def show_dismiss(talk: Talk, data: Data) -> Screen:
    """Asks why the score stays as it is."""
    opened = seen_appeal(talk, data)
    if (gone := _overtaken(talk, opened, data["revision"])) is not None:
        return gone
    hint = say("받아들이지 않는 사유를 적어 주세요. 담당자와 팀장에게 전달됩니다.")
    return Form(
        title=say("이의신청 기각: {indicator}", indicator=opened.indicator.name),
        text=lines(*_wanted(opened)),
        fields=[TextField("reason", say("사유"), hint, longest=_LONGEST)],
        cancel=Go("appeals.card", {"appeal": opened.id}),
    )


def take_dismiss(talk: Talk, data: Data, answer: Answer) -> Go:
    """Dismisses it, and tells the department."""
    reason = _filled(answer)["reason"]
    return _done(talk, dismiss(talk.session, talk.doer, data["appeal"], data["revision"], reason))


def show_decided(talk: Talk, data: Data) -> Screen:
    """What was decided, and the next one that waits."""
    opened = seen_appeal(talk, data)
    waiting = [
        one
        for one in appeals_seen_by(talk.session, talk.doer, waiting=True)
        if may_decide(talk.session, talk.doer, one)
    ]
    buttons = [Button(say("이의신청 목록"), Go("appeals.list"))]
    if waiting:
        following = Go("appeals.card", {"appeal": waiting[0].id})
        buttons.insert(0, Button(say("다음 이의신청 보기"), following, Style.PRIMARY))
    title = say("{indicator} 이의신청", indicator=opened.indicator.name)
    return Notice(lines(Bold(title), *_told(opened)), tone=Tone.GOOD, buttons=buttons)


def _done(talk: Talk, opened: AppealFile) -> Go:
    tell_department(talk, opened)
    has_changed(talk, opened)
    return Go("appeals.decided", {"appeal": opened.id})


def _told(opened: AppealFile) -> list[Line]:
    if opened.appeal.state is not AppealState.ACCEPTED:
        return [say("기각하고 담당자와 팀장에게 알렸습니다.")]
    before, after = points_of(opened.before("points")), points_of(opened.after("points"))
    return [
        say("인용하고 담당자와 팀장에게 알렸습니다."),
        say("점수: {before} → {after}", before=before, after=after),
    ]


def _wanted(opened: AppealFile) -> list[Line]:
    """What the department asks for."""
    one = opened.appeal
    told: list[Line] = [say("이의신청 사유: {text}", text=one.reason)]
    if one.asked is not None:
        told.append(say("요청하는 실적: {value}", value=value_of(one.asked, opened.indicator)))
    return told


def _overtaken(talk: Talk, opened: AppealFile, revision: int) -> Notice | None:
    """Why there is nothing to decide any more on what was seen at `revision`; None where there is."""
    try:
        must_be_as_seen(talk.session, talk.doer, opened, revision)
    except Refusal as refusal:
        see = Button(say("이의신청 보기"), Go("appeals.card", {"appeal": opened.id}), Style.PRIMARY)
        return Notice(lines(refusal.phrase), tone=Tone.WARNING, buttons=[see])
    return None


def _filled(answer: Answer) -> Mapping[str, Any]:
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    return answer.values
