"""What is told of moves: to both departments, to who reports from now on, to the evaluation office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Notice, Press, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.planning.place import PLANS
from handlers.planning.telling import News, news_of_evaluation
from handlers.wording import HOME
from models.organization import Department, Role
from models.plan import Cycle, Indicator
from models.planning.drafts import drafts_of, total_weight
from models.planning.file import may_see_plan, open_plan, subject_of
from models.planning.moves import Handover, cancel_move, planned_moves
from models.planning.table import IndicatorMove
from models.reminding.circle import Circle
from models.scheme.table import Subject
from models.words import Phrase, Refusal, say

_MOST_NAMED = 10


def news_of(session: Session, today: date, done: Sequence[Handover]) -> list[News]:
    """For both departments and who reports from then on; for the evaluation office, that an extra prior evaluation is
    due."""
    circle = Circle.on(session, today)
    news: list[News] = []
    for one in done:
        people: list[int | None] = []
        for place in (one.from_id, one.to_id):
            people += circle.nearest(Role.TEAM_LEAD, place)
        named = [move.officer_id for move in one.moves]
        people += named if any(named) else circle.nearest(Role.OFFICER, one.to_id)
        people += circle.nearest(Role.OFFICER, one.from_id)
        to = Go("plan.moved", {"moves": [move.id for move in one.moves]})
        news += [(person_id, to) for person_id in circle.receivers(people)]
        if one.is_done:
            places = (one.from_id, one.to_id)
            news += news_of_evaluation(session, today, places, one.subjects, one.moves[0].reason)
    return news


def tell_of_moves(talk: Talk, done: Sequence[Handover]) -> None:
    """Tells everybody concerned, and redraws the plans."""
    for person_id, to in news_of(talk.session, talk.today, done):
        talk.tell(person_id, to)
    redraw_plans(talk, done)


def redraw_plans(talk: Talk, done: Sequence[Handover]) -> None:
    """Every card of both departments' plans."""
    for one in done:
        for place in (one.from_id, one.to_id):
            talk.changed(subject_of(one.cycle.id or 0, place))


def show(talk: Talk, data: Data) -> Screen:
    """What goes where, from when on, and what is to be done now."""
    moves = _moves(talk, data)
    if not moves:
        return Notice(lines(say("취소된 이관입니다.")), buttons=[HOME])
    first = moves[0]
    source = talk.session.get_one(Department, first.from_department_id).name
    to, day = talk.session.get_one(Department, first.to_department_id).name, first.on_day
    is_done = first.applied_at is not None
    title = (
        say("{day}부터 {source} 지표가 {to:으로/로} 이관되었습니다.", source=source, to=to, day=day)
        if is_done
        else say("{day}부터 {source} 지표가 {to:으로/로} 이관될 예정입니다.", source=source, to=to, day=day)
    )
    told: list[Line] = [Bold(title), *_named(talk, moves), say("사유: {reason}", reason=first.reason)]
    told.append(say("이력과 지난 실적은 지표를 따라가고, 이미 끝난 기간의 점수는 옛 부서에 남습니다."))
    if is_done:
        told += _to_do(talk, moves)
    return Notice(lines(*told), tone=Tone.WARNING, buttons=_buttons(talk, moves))


def may_hear(talk: Talk, data: Data) -> bool:
    """Its reader sees the plan of one of both departments."""
    moves = _moves(talk, data)
    places = {place for move in moves for place in (move.from_department_id, move.to_department_id)}
    return any(may_see_plan(talk.standing, talk.session.get_one(Department, one)) for one in places)


def show_planned(talk: Talk, _data: Data) -> Screen:
    """Moves whose day is to come; pressing one cancels it."""
    if not (talk.standing.has(Role.ADMINISTRATOR) or talk.standing.has(Role.EVALUATOR)):
        raise Refusal("관리자와 평가자만 볼 수 있습니다. 필요하면 관리자에게 문의해 주세요.")
    moves = planned_moves(talk.session)
    if not moves:
        return Notice(lines(say("예정된 지표 이관이 없습니다.")), buttons=[PLANS])
    choices = []
    for move in moves:
        to = talk.session.get_one(Department, move.to_department_id).name
        detail = say("{day} · {to:으로/로}", day=move.on_day, to=to)
        name = talk.session.get_one(Indicator, move.indicator_id).name
        choices.append(Choice(name, Press("cancel", {"move": move.id}), detail))
    told = lines(Bold(say("이관 예정")), say("취소할 이관이 있으면 선택해 주세요."))
    return Menu(told, choices, buttons=[PLANS])


def take_planned(talk: Talk, _data: Data, answer: Answer) -> Go:
    """Cancels one."""
    if not isinstance(answer, Pressed) or answer.action != "cancel":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    told = Go("plan.move_cancelled", cancel_move(talk.session, talk.doer, answer.args["move"]))
    circle = Circle.on(talk.session, talk.today)
    people: list[int | None] = [told.data["officer"]]
    for place in (told.data["source"], told.data["to"]):
        people += [*circle.nearest(Role.TEAM_LEAD, place), *circle.nearest(Role.OFFICER, place)]
    for person_id in circle.receivers(people):
        talk.tell(person_id, told)
    talk.toast(say("{indicator} 이관을 취소했습니다.", indicator=_name(talk, dict(told.data))))
    return Go("plan.moves")


def show_cancelled(talk: Talk, data: Data) -> Screen:
    """That what was announced is not going to happen."""
    to, day = talk.session.get_one(Department, data["to"]).name, date.fromisoformat(data["day"])
    told = say(
        "{day}에 {to:으로/로} 예정되었던 {indicator} 이관이 취소되었습니다.",
        day=day,
        to=to,
        indicator=_name(talk, data),
    )
    return Notice(lines(told), buttons=[HOME])


def hears_of_cancelled(talk: Talk, data: Data) -> bool:
    """Its reader sees the plan of one of both departments."""
    places = (talk.session.get_one(Department, data[side]) for side in ("source", "to"))
    return any(may_see_plan(talk.standing, one) for one in places)


def _name(talk: Talk, data: Data) -> str:
    return talk.session.get_one(Indicator, data["indicator"]).name


def show_again(talk: Talk, data: Data) -> Screen:
    """That plans have changed after they were confirmed, and whose prior evaluation is due once more."""
    if not hears_of_evaluations(talk, data):
        raise Refusal("관리자와 평가자만 볼 수 있습니다. 필요하면 관리자에게 문의해 주세요.")
    departments = talk.session.exec(select(Department).where(col(Department.id).in_(data["departments"])))
    names = [say("• {name}", name=one.name) for one in departments]
    subjects = talk.session.exec(select(Subject).where(col(Subject.id).in_(data["subjects"]))).all()
    told: list[Line] = [
        Bold(say("추가 사전평가 대상")),
        say("확정된 성과계획이 바뀌었습니다. 아래 부서의 사전평가를 한 번 더 실시해 주세요."),
        *names,
        say("사유: {reason}", reason=data["reason"]),
    ]
    if subjects:
        told.append(say("평가대상 {count}건에 새 평가가 배정됩니다.", count=len(subjects)))
    return Notice(lines(*told), tone=Tone.WARNING, buttons=[PLANS])


def hears_of_evaluations(talk: Talk, _data: Data) -> bool:
    """Its reader is of the evaluation office, or an administrator."""
    return talk.standing.has(Role.EVALUATOR) or talk.standing.has(Role.ADMINISTRATOR)


def _moves(talk: Talk, data: Data) -> Sequence[IndicatorMove]:
    query = select(IndicatorMove).where(col(IndicatorMove.id).in_(data["moves"]))
    return talk.session.exec(query.order_by(col(IndicatorMove.id))).all()


def _named(talk: Talk, moves: Sequence[IndicatorMove]) -> list[Phrase]:
    names = [talk.session.get_one(Indicator, move.indicator_id).name for move in moves]
    told = [say("• {name}", name=name) for name in names[:_MOST_NAMED]]
    more = len(names) - _MOST_NAMED
    return [*told, say("외 {count}건", count=more)] if more > 0 else told


def _to_do(talk: Talk, moves: Sequence[IndicatorMove]) -> list[Phrase]:
    """Which plans are to be confirmed once more, or which weights do not sum up."""
    cycle = _cycle(talk, moves)
    if cycle.asks_plan_confirmation:
        return [say("두 부서의 성과계획을 다시 확정해야 합니다. 가중치를 조정해 검토를 요청해 주세요.")]
    told = []
    for place in dict.fromkeys((moves[0].from_department_id, moves[0].to_department_id)):
        plan = open_plan(talk.session, cycle.id or 0, place)
        total = total_weight(drafts_of(talk.session, plan))
        if total != 100 and not cycle.counts_mileage:
            told.append(
                say(
                    "{department}의 가중치 합이 {total}입니다. 100이 되게 관리자가 계획을 다시 등록해야 합니다.",
                    department=plan.department.name,
                    total=total,
                )
            )
    return told


def _cycle(talk: Talk, moves: Sequence[IndicatorMove]) -> Cycle:
    return talk.session.get_one(Cycle, talk.session.get_one(Indicator, moves[0].indicator_id).cycle_id)


def _buttons(talk: Talk, moves: Sequence[IndicatorMove]) -> list[Button]:
    cycle_id = _cycle(talk, moves).id
    buttons = []
    for place in dict.fromkeys((moves[0].from_department_id, moves[0].to_department_id)):
        department = talk.session.get_one(Department, place)
        if may_see_plan(talk.standing, department):
            label = say("{department} 계획", department=department.name)
            to = Go("plan.card", {"cycle": cycle_id, "department": place})
            buttons.append(Button(label, to, Style.PLAIN))
    return buttons
