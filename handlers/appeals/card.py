"""One appeal: the result it is against, why, with which evidence, what was decided, and what its reader may do."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.appeals.facts import BADGES, decision_facts, figure_facts, outcome_of, points_of
from handlers.appeals.result import subject_of
from handlers.dialogue.answers import Answer, Pressed
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Card, FileShown, Go, Press, Screen, Style
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, Text, lines
from handlers.wording import deadline, name_of, value_of
from models.appeal.deciding import may_decide
from models.appeal.filing import withdraw_appeal
from models.appeal.reading import AppealFile, evidence_of_appeal, may_file, open_appeal
from models.appeal.result import window_ends
from models.appeal.table import AppealEvidence, AppealState
from models.organization import Role
from models.plan import PeriodState
from models.reminding.circle import Circle
from models.reminding.of_appeals import deciders
from models.rights import may_see
from models.submission import decisions_on
from models.words import Phrase, Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """The card; once it is decided no decision is left to press."""
    opened = seen_appeal(talk, data)
    return Card(
        title=say("{indicator} 이의신청", indicator=opened.indicator.name),
        subject=opened.subject,
        badge=BADGES[opened.appeal.state],
        prompt=_prompt(talk, opened),
        facts=_facts(talk, opened),
        text=_as_of_then(opened) or _why_not(talk, opened),
        files=_shown(evidence_of_appeal(talk.session, opened.id)),
        buttons=_buttons(talk, opened),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Takes it back."""
    if not isinstance(answer, Pressed) or answer.action != "withdraw":
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    opened = withdraw_appeal(talk.session, talk.doer, data["appeal"], answer.args["revision"])
    has_changed(talk, opened)
    again = say("이의신청을 취하했습니다. 기한 안에 다시 신청하실 수 있습니다.")
    talk.toast(say("이의신청을 취하했습니다.") if _is_last(talk, opened) else again)
    return Go("appeals.card", {"appeal": opened.id})


def may_leave(talk: Talk, data: Data) -> bool:
    """Its reader may see it."""
    opened = open_appeal(talk.session, data["appeal"])
    return may_see(talk.standing, opened.indicator, opened.department.path)


def seen_appeal(talk: Talk, data: Data) -> AppealFile:
    """The appeal, for who may see it."""
    opened = open_appeal(talk.session, data["appeal"])
    if not may_see(talk.standing, opened.indicator, opened.department.path):
        raise Refusal("이 이의신청을 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    return opened


def has_changed(talk: Talk, opened: AppealFile) -> None:
    """Redraws the appeal, the result it is against, and the report behind that."""
    talk.changed(opened.subject)
    talk.changed(subject_of(opened.appeal.indicator_id, opened.appeal.period_id))
    talk.changed(f"submission:{opened.appeal.submission_id}")


def _prompt(talk: Talk, opened: AppealFile) -> Text:
    """What the reader is asked for, or told."""
    if may_decide(talk.session, talk.doer, opened):
        return lines(say("이의신청을 검토해 인용할지 기각할지 결정해 주세요."))
    if may_file(talk.standing, opened.indicator, opened.department.path) is None:
        return ()
    if opened.appeal.state is AppealState.ACCEPTED:
        return lines(say("이의신청이 받아들여져 점수를 다시 계산했습니다."))
    if opened.appeal.state is AppealState.DISMISSED:
        return lines(say("이의신청이 받아들여지지 않았습니다. 점수는 그대로입니다."))
    return ()


def _facts(talk: Talk, opened: AppealFile) -> list[tuple[Phrase, Line]]:
    """The result as it was when the appeal was filed, the appeal, and what was decided."""
    one = opened.appeal
    first = [last for last in decisions_on(talk.session, one.submission_id) if last.id != one.decision_id]
    before = [last for last in first if last.decided_at <= one.filed_at]
    who = name_of(talk.session, one.filed_by_id, one.filed_for_id)
    facts: list[tuple[Phrase, Line]] = [
        (say("부서"), opened.department.name),
        (say("대상 기간"), say("{cycle} {period}", cycle=opened.cycle.name, period=opened.period.name)),
        *figure_facts(one.snapshot, opened.indicator),
        *decision_facts(talk.session, before),
        (say("이의신청 사유"), say("{text} ({name} · {at})", text=one.reason, name=who, at=one.filed_at)),
    ]
    if one.asked is not None:
        facts.append((say("요청하는 실적"), value_of(one.asked, opened.indicator)))
    if one.state is AppealState.FILED:
        facts.append((say("결정 기한"), deadline(talk, one.decision_due)))
    if (outcome := outcome_of(talk.session, opened)) is not None:
        facts.append((say("심의 결과"), outcome))
    return facts + _new_figures(opened)


def _new_figures(opened: AppealFile) -> list[tuple[Phrase, Line]]:
    """What came of an appeal that was accepted."""
    one = opened.appeal
    if one.state is not AppealState.ACCEPTED:
        return []
    points = say(
        "{before} → {after}",
        before=points_of(opened.before("points")),
        after=points_of(opened.after("points")),
    )
    return [(say("새 점수"), Bold(points))]


def _as_of_then(opened: AppealFile) -> Text:
    """That the figures are not those of now, where they are not."""
    if opened.appeal.state is not AppealState.ACCEPTED:
        return ()
    return lines(say("목표부터 점수까지는 이의를 신청할 때의 값입니다."))


def _why_not(talk: Talk, opened: AppealFile) -> Text:
    """Why there is nothing to press for an evaluator, and whom an administrator has to look for."""
    if opened.appeal.state is not AppealState.FILED or may_decide(talk.session, talk.doer, opened):
        return ()
    is_evaluator = talk.standing.right(Role.EVALUATOR, opened.department.path) is not None
    is_administrator = talk.standing.has(Role.ADMINISTRATOR)
    if opened.period.state is not PeriodState.CLOSED and (is_evaluator or is_administrator):
        return lines(say("기간의 마감이 해제되어 있습니다. 다시 마감된 뒤에 결정할 수 있습니다."))
    if is_evaluator:
        return lines(say("처음 보고하거나 결정하셨으므로 다른 평가자가 결정합니다."))
    circle = Circle.on(talk.session, talk.today)
    if is_administrator and not deciders(talk.session, circle, opened):
        return lines(
            say("결정할 수 있는 평가자가 없습니다. 처음 결정에 참여하지 않은 평가자를 지정해 주세요.")
        )
    return ()


def _buttons(talk: Talk, opened: AppealFile) -> list[Button]:
    here = {"appeal": opened.id, "revision": opened.appeal.revision}
    buttons: list[Button] = []
    if may_decide(talk.session, talk.doer, opened):
        buttons += [
            Button(say("인용"), Go("appeals.accept", here), Style.PRIMARY),
            Button(say("기각"), Go("appeals.dismiss", here), Style.DANGER),
        ]
    mine = may_file(talk.standing, opened.indicator, opened.department.path) is not None
    if mine and opened.appeal.state is AppealState.FILED:
        sure = say("이의신청을 취하할까요? 심의가 중단됩니다.")
        if _is_last(talk, opened):
            sure = say("이의신청을 취하할까요? 기한이 지나 다시 신청하실 수 없습니다.")
        press = Press("withdraw", {"revision": opened.appeal.revision})
        buttons.append(Button(say("신청 취하"), press, Style.DANGER, confirm=sure))
    history = Go("my_indicators.history", {"submission": opened.appeal.submission_id})
    return [*buttons, Button(say("이력 보기"), history)]


def _is_last(talk: Talk, opened: AppealFile) -> bool:
    """Whether no other can be filed in place of one that is taken back."""
    ends = window_ends(talk.session, opened.period)
    return ends is None or talk.now > ends


def _shown(files: Sequence[AppealEvidence]) -> list[FileShown]:
    return [FileShown(file.name, file.size, f"appeal:{file.id}") for file in files]
