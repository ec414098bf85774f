"""Announcing a result: what will be told to whom, and the button that does it."""

from __future__ import annotations

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.results.scheme import undecided
from handlers.results.telling import kind_of, tell
from handlers.results.words import how_many, result_for, title_of_result
from handlers.wording import deadline
from models.appeal.reading import undecided_appeals
from models.period import administering
from models.plan import PeriodState, periods_of
from models.scheme.announced import fingerprint, lines_of
from models.scheme.announcing import announce, appeal_until, changed_lines, last_announcement
from models.scheme.missing import missing_of
from models.scheme.table import Announcement, SubjectKind
from models.words import Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """What to know before it is made known."""
    administering(talk.doer)
    result = result_for(talk, data)
    back = Button(say("결과로"), Go("results.scheme", _about(data)))
    if fingerprint(lines_of(result)) != data["seen"]:
        return Notice(lines(say("그사이 결과가 바뀌었습니다. 새 결과를 확인해 주세요.")), buttons=[back])
    told: list[Line] = [Bold(say("{title} 결과 게시", title=title_of_result(talk.session, result)))]
    if result.scheme.subject_kind is SubjectKind.PERSON:
        told.append(say("평가대상 {count}명에게 본인의 결과만 알립니다.", count=len(result.subjects)))
    else:
        told.append(say("평가대상 {count}곳의 팀장과 담당자에게 알립니다.", count=len(result.subjects)))
    told.append(say("관리자와 평가자는 전체 결과를 받습니다."))
    if last_announcement(talk.session, data["cycle"], data["scheme"], data["period"]) is not None:
        told.append(say("다시 게시하면 결과가 달라진 대상에게만 무엇이 달라졌는지 알립니다."))
    if missing_of(talk.session, result):
        told.append(say("⚠ 빠진 값이 있습니다. 빠진 값은 0점으로 계산한 결과입니다."))
    told += undecided(result)
    if unclosed := _unclosed(talk, data):
        told.append(
            say("⚠ 마감하지 않은 기간: {periods}. 마감해야 이의신청을 받을 수 있습니다.", periods=unclosed)
        )
    if waiting := undecided_appeals(talk.session, data["cycle"], data["period"]):
        told.append(
            say("⚠ 심의 중인 이의신청 {count}건의 결정에 따라 결과가 달라질 수 있습니다.", count=waiting)
        )
    due = appeal_until(talk.session, data["cycle"], data["period"])
    told.append(
        say("이의신청 기간이 계획에 없습니다.")
        if due is None
        else say("이의신청: {due}", due=deadline(talk, due))
    )
    does = Button(
        say("게시"), Press("announce"), Style.PRIMARY, confirm=say("지금 게시하고 대상에게 알릴까요?")
    )
    return Notice(lines(*told), buttons=[does, back])


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Announces it, and has everybody told."""
    if not isinstance(answer, Pressed) or answer.action != "announce":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    made = announce(talk.session, talk.doer, data["cycle"], data["scheme"], data["period"], data["seen"])
    tell(talk, made)
    return Go("results.announced", {"announcement": made.id})


def show_announced(talk: Talk, data: Data) -> Screen:
    """That it is done, and how many are told."""
    administering(talk.doer)
    made = talk.session.get_one(Announcement, data["announcement"])
    count = how_many(kind_of(talk.session, made), len(changed_lines(talk.session, made)))
    told = say("결과를 게시했습니다. 대상 {count}의 결과를 보냅니다.", count=count)
    full = Button(say("게시한 결과 보기"), Go("results.full", {"announcement": made.id}), Style.PRIMARY)
    return Notice(lines(told), tone=Tone.GOOD, buttons=[full, Button(say("결과 목록"), Go("results.list"))])


def _unclosed(talk: Talk, data: Data) -> str:
    """The periods of the result whose scores are not kept yet, so that nobody could appeal against them."""
    open_ones = [
        one for one in periods_of(talk.session, data["cycle"]) if one.state is not PeriodState.CLOSED
    ]
    return ", ".join(one.name for one in open_ones if data["period"] in (None, one.id))


def _about(data: Data) -> Data:
    return {key: data[key] for key in ("cycle", "scheme", "period")}
