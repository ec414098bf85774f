"""A team lead's board, once a day while something is due or late: who is missing what, and what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Badge, Button, Card, Go, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, Text, lines
from handlers.reminders.leaving import duties_of
from handlers.reminders.lines import instead_of
from handlers.reminders.officers import Officer, officers_of, told_of
from handlers.wording import period_in_full
from models.messaging.account import reachable_account
from models.organization import Person
from models.reminding.circle import Circle
from models.reminding.duty import Duty
from models.reminding.missing import Missing, missing_reports, points_at_stake
from models.reminding.nudging import LEADING, nudge, nudged_by
from models.words import Phrase, Refusal, say

_MOST_OFFICERS = 10
_MOST_PLACES = 10


def tell(talk: Talk, data: Data, duties: list[Duty]) -> Screen:
    """What is missing, departments first, then officer by officer; of a board that is there already, that all is
    done by now."""
    missing = missing_reports(talk.session, duties)
    if not missing:
        done = say("이 현황에 있던 보고가 모두 처리되었습니다.")
        return Notice(lines(done), buttons=[Button(say("부서 현황"), Go("team_board.board"))], tone=Tone.GOOD)
    nudged = nudged_by(talk.session, talk.person_id, talk.today)
    officers = officers_of(talk, Circle.on(talk.session, talk.today), missing, nudged)
    return Card(
        title=say("부서에서 챙기실 보고 {count}건", count=len(missing)),
        subject=_subject(data),
        badge=_badge(talk, missing),
        prompt=_instead_of(talk, missing),
        facts=_stakes(talk, missing),
        text=_told(talk, officers, missing),
        buttons=[*_helping(talk, officers[:_MOST_OFFICERS]), *_looking(missing)],
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Nudges an officer: whoever does their work today gets what is missing, with the buttons that do it."""
    if not isinstance(answer, Pressed) or answer.action != "nudge":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    circle = Circle.on(talk.session, talk.today)
    person = talk.session.get_one(Person, answer.args["person"])
    missing = missing_reports(talk.session, duties_of(talk, data["digest"]))
    theirs = [one for one in missing if one.officer_id == person.id]
    if not theirs or person.id is None:
        raise Refusal("{name} 님이 챙길 보고가 그사이 모두 처리되었습니다.", name=person.name)
    receivers = circle.receivers([person.id])
    if receivers == (person.id,) and person.id in circle.away:
        raise Refusal("{name} 님은 부재 중입니다. 대결자를 지정해 주세요.", name=person.name)
    if not any(reachable_account(talk.session, one) for one in receivers):
        raise Refusal(
            "{name} 님은 연결된 메신저가 없습니다. 직접 알려 주시고, 관리자에게 연결 코드를 요청해 주세요.",
            name=person.name,
        )
    key = nudge(talk.session, talk.doer, circle, person.id, [one.duty for one in theirs])
    about = [one.duty.subject for one in theirs]
    for receiver in receivers:
        talk.tell(receiver, Go("reminders.nudged", {"nudge": key, "about": about}))
    talk.changed(_subject(data))
    return Go("reminders.nudge_sent", {"nudge": key, "count": len(about)})


def _subject(data: Data) -> str:
    return f"board:{data['digest']}"


def _badge(talk: Talk, missing: Sequence[Missing]) -> Badge:
    late = sum(one.is_late(talk.now) for one in missing)
    if late:
        return Badge(say("기한 지남 {count}건", count=late), Tone.BAD)
    return Badge(say("기한 임박"), Tone.WARNING)


def _instead_of(talk: Talk, missing: Sequence[Missing]) -> Text:
    """Whose board it is, where its reader only stands in for them."""
    leads = {person for one in missing for audience in LEADING for person in one.duty.people(audience)}
    absent = instead_of(talk, leads)
    return lines(say("{name} 님을 대신해 받으시는 현황입니다.", name=absent)) if absent else ()


def _stakes(talk: Talk, missing: Sequence[Missing]) -> list[tuple[Phrase, Line]]:
    """What hangs on it, by department and period, the most first."""
    piles: dict[tuple[int | None, int | None], list[Missing]] = {}
    for one in missing:
        piles.setdefault((one.department.id, one.period.id), []).append(one)
    worst = sorted(piles.values(), key=lambda pile: -points_at_stake(pile))
    facts = [(_place(talk, pile[0]), _stake(talk, pile)) for pile in worst[:_MOST_PLACES]]
    if len(worst) > _MOST_PLACES:
        facts.append((say("그 밖"), say("{count}곳", count=len(worst) - _MOST_PLACES)))
    return facts


def _place(talk: Talk, one: Missing) -> Phrase:
    period = period_in_full(talk.session, one.period)
    return say("{department} · {period}", department=one.department.name, period=period)


def _stake(talk: Talk, pile: Sequence[Missing]) -> Line:
    """`보고 3건 · 늦은 2건 · 70점이 걸려 있습니다.`"""
    late, points = sum(one.is_late(talk.now) for one in pile), points_at_stake(pile)
    told = [say("보고 {count}건", count=len(pile))]
    told += [say("늦은 {count}건", count=late)] if late else []
    told += [say("{points}점이 걸려 있습니다.", points=points)] if points else []
    spans: list[Phrase | str] = []
    for phrase in told:
        spans += [" · ", phrase] if spans else [phrase]
    return tuple(spans)


def _told(talk: Talk, officers: Sequence[Officer], missing: Sequence[Missing]) -> Text:
    has_places = len({one.department.id for one in missing}) > 1
    told: list[Line] = []
    for officer in officers[:_MOST_OFFICERS]:
        told += [*told_of(talk, officer, has_places=has_places), ""]
    if len(officers) > _MOST_OFFICERS:
        told.append(say("외 {count}명의 보고는 부서 현황에 있습니다.", count=len(officers) - _MOST_OFFICERS))
    if points_at_stake(missing):
        told.append(say("승인된 실적이 없는 지표는 점수를 받지 못합니다."))
    return lines(*told)


def _helping(talk: Talk, officers: Sequence[Officer]) -> list[Button]:
    """What can be done for each officer: nudge them, or name a deputy for who is away."""
    buttons = []
    for officer in officers:
        if officer.id is None or officer.has_left or officer.id == talk.person_id:
            continue
        if officer.away_until and not officer.deputies:
            to = Go("absence.deputy", {"person": officer.id})
            buttons.append(Button(say("대결자 지정: {name}", name=officer.name), to))
        elif officer.nudged_at is None:
            press = Press("nudge", {"person": officer.id})
            buttons.append(Button(say("독려: {name}", name=officer.name), press))
    return buttons


def _looking(missing: Sequence[Missing]) -> list[Button]:
    """The period that is most urgent, in full, and the people a deputy may be named for."""
    board = Go("team_board.board", {"period": missing[0].period.id})
    return [
        Button(say("부서 현황"), board, Style.PRIMARY),
        Button(say("대결자 지정"), Go("absence.people")),
    ]
