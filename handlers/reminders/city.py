"""An administrator's view of the city, once a day: what is late, where, and what could not be delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time

from handlers.admin.deliveries import failures_since
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.wording import counted, name_of
from models.clock import SEOUL
from models.period import administering
from models.plan import reported_now
from models.reminding.circle import Circle
from models.reminding.duty import Duty
from models.reminding.rule import DeadlineKind
from models.reminding.sources import SOURCES
from models.reminding.unreached import unreached
from models.scores import Progress, department_progress
from models.words import Phrase, Refusal, say

_MOST_PLACES = 10
_MOST_NAMES = 5


def tell(talk: Talk, _data: Data, duties: list[Duty]) -> Screen:
    """What is late and who gets no notices; Refusal where there is neither, or the reader is no administrator."""
    administering(talk.doer)
    late = [duty for duty in duties if duty.topic != "unreached"]
    people = _unreached(talk, Circle.on(talk.session, talk.today))
    if not late and not people:
        raise Refusal("알려 드릴 일이 모두 처리되었습니다.")
    failed = failures_since(talk.session, _last_working_day(talk))
    return Notice(
        lines(*_late(talk, late), *_undelivered(talk, people, failed)),
        buttons=_buttons(late, people, failed),
        tone=Tone.WARNING,
    )


def _unreached(talk: Talk, circle: Circle) -> list[int]:
    """People on no messenger who still have something to do of what they were to be reminded of."""
    return list(unreached(talk.session, circle, talk.now, SOURCES))


def _last_working_day(talk: Talk) -> datetime:
    """When it began."""
    return datetime.combine(talk.working_days.add(talk.today, -1), time(), SEOUL)


def _late(talk: Talk, late: Sequence[Duty]) -> list[Line]:
    if not late:
        return [Bold(say("알림을 받지 못하는 직원이 있습니다."))]
    told: list[Line] = [Bold(say("기한이 지난 일이 {count}건 있습니다.", count=len(late))), _kinds(late)]
    worst = _worst(talk)
    told += [_place(one) for one in worst[:_MOST_PLACES]]
    if len(worst) > _MOST_PLACES:
        told.append(say("외 {count}곳", count=len(worst) - _MOST_PLACES))
    return told


def _kinds(late: Sequence[Duty]) -> Phrase:
    """Who decides is late once for a department and a period, however many reports wait."""
    count = Counter(duty.kind for duty in late)
    reports, returned = count.pop(DeadlineKind.REPORT, 0), count.pop(DeadlineKind.RETURN, 0)
    confirming, reviewing = count.pop(DeadlineKind.CONFIRMATION, 0), count.pop(DeadlineKind.REVIEW, 0)
    objections = count.pop(DeadlineKind.OBJECTION, 0)
    ratings = count.pop(DeadlineKind.RATING, 0)
    others = count.total()
    return counted(
        (reports, say("실적 보고 {count}건", count=reports)),
        (returned, say("반려 후 보완 {count}건", count=returned)),
        (confirming, say("팀장 확인이 밀린 부서 {count}곳", count=confirming)),
        (reviewing, say("평가자 검토가 밀린 부서 {count}곳", count=reviewing)),
        (objections, say("결정이 밀린 이의신청 {count}건", count=objections)),
        (ratings, say("제출하지 않은 평가위원 {count}명", count=ratings)),
        (others, say("그 밖의 일 {count}건", count=others)),
    )


def _worst(talk: Talk) -> list[list[Progress]]:
    """Departments where a report is late, each with its periods, those with most late ones first."""
    places: dict[int, list[Progress]] = {}
    for period in reported_now(talk.session, talk.today):
        assert period.id is not None
        for one in department_progress(talk.session, talk.now, period.id):
            places.setdefault(one.department_id, []).append(one)
    late = {key: sum(one.late for one in place) for key, place in places.items()}
    return [places[key] for key in sorted(places, key=lambda key: -late[key]) if late[key]]


def _place(place: Sequence[Progress]) -> Line:
    counts = say(
        "늦은 보고 {late}건, 미제출 {missing}건 / 지표 {total}건",
        late=sum(one.late for one in place),
        missing=sum(one.missing for one in place),
        total=sum(one.indicators for one in place),
    )
    return (say("• {department}", department=place[0].name), " — ", counts)


def _undelivered(talk: Talk, people: Sequence[int], failed: int) -> list[Line]:
    told: list[Line] = []
    if people:
        names = ", ".join(talk.translate(name_of(talk.session, one)) for one in people[:_MOST_NAMES])
        told.append(say("연결된 메신저가 없어 알림을 받지 못한 직원 {count}명", count=len(people)))
        more = len(people) - _MOST_NAMES
        told.append(say("{names} 외 {count}명", names=names, count=more) if more > 0 else names)
    if failed:
        told.append(say("지난 근무일부터 전달되지 못한 알림 {count}건", count=failed))
    return ["", *told] if told else []


def _buttons(late: Sequence[Duty], people: Sequence[int], failed: int) -> list[Button]:
    buttons = []
    if any(duty.kind is not DeadlineKind.RATING for duty in late):
        buttons.append(Button(say("전체 진행"), Go("admin.progress"), Style.PRIMARY))
    if any(duty.kind is DeadlineKind.RATING for duty in late):
        buttons.append(Button(say("평가 진행 현황"), Go("ratings.rounds")))
    if people:
        buttons.append(Button(say("연결 코드 만들기"), Go("admin.codes")))
    if people or failed:
        buttons.append(Button(say("알림 발송 상태"), Go("admin.deliveries")))
    return buttons
