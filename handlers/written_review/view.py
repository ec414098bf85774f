"""The form of a view: four verdicts and a text, beside what the plan says of the indicator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.dialogue.answers import Answer, Filled, KeptForLater
from handlers.dialogue.book import Data
from handlers.dialogue.fields import ChoiceField, Field, Option, TextField
from handlers.dialogue.screens import Button, Form, Go, Notice, Screen, Style, Tone
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, Line, lines
from handlers.written_review.department import view_at
from handlers.written_review.note import tell_of_correction
from handlers.written_review.place import Part, consulted_part
from handlers.written_review.words import CRITERIA, QUESTIONS, VERDICTS, plan_lines, verdict_line
from models.consultation.papers import indicators_of, paper_of
from models.consultation.review import Criterion, Verdict, View, ViewStage
from models.consultation.tasks import correct_note
from models.consultation.views import Words, overtaken, view_of, views_of, words_of, write_view
from models.plan import Indicator
from models.words import Phrase, Refusal, say

_OPTIONS = [Option(verdict.value, label) for verdict, label in VERDICTS.items()]


def show(talk: Talk, data: Data) -> Screen:
    """The form, filled in with what was written, a note with what was written before the meeting."""
    part, indicator, stage = _about(talk, data)
    view = view_of(talk.session, part.programme_id, indicator.id or 0, stage)
    is_sent = view is not None and view.sent_at is not None
    if _revision(view) != data.get("revision", _revision(view)) or (is_sent and stage is ViewStage.WRITTEN):
        return _overtaken(talk, part, indicator, stage, view)
    before = view_of(talk.session, part.programme_id, indicator.id or 0, ViewStage.WRITTEN)
    told: list[Line] = [_where(talk, part, indicator), *plan_lines(talk, indicator)]
    if stage is ViewStage.NOTE and words_of(before).verdicts:
        told.append(say("서면 의견: {verdicts}", verdicts=verdict_line(words_of(before))))
    if is_sent:
        told.append(say("이미 보낸 결과입니다. 고치면 담당자에게 바로 전달됩니다."))
    return Form(
        title=indicator.name,
        text=lines(*told),
        fields=_fields(words_of(view or (before if stage is ViewStage.NOTE else None))),
        keep=not is_sent,
        cancel=part.of_stage(stage),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Writes the view; a whole one leads on to the next indicator."""
    if not isinstance(answer, Filled | KeptForLater):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    part, indicator, stage = _about(talk, data)
    key = (part.programme_id, indicator.id or 0)
    view = view_of(talk.session, *key, stage)
    revision = data.get("revision", _revision(view))
    words = _words(talk, part, indicator, stage, answer.values)
    if isinstance(answer, KeptForLater):
        if words != _shown_before(talk, part, indicator, stage):
            write_view(talk.session, talk.doer, *key, stage, words, revision)
            talk.toast(say("임시저장했습니다. 지표 목록에서 이어서 쓰실 수 있습니다."))
        return part.of_stage(stage)
    if not words.is_complete:
        raise Refusal("적정이 아닌 항목이 있으면 무엇을 어떻게 고치면 되는지 의견을 적어 주세요.")
    if view is not None and view.sent_at is not None:
        if words == words_of(view):
            talk.toast(say("바뀐 것이 없어 그대로 두었습니다."))
            return part.of_stage(stage)
        tell_of_correction(
            talk, part, indicator, correct_note(talk.session, talk.doer, *key, words, revision)
        )
    else:
        _write_first(talk, part, indicator, stage, words, revision)
    saved = {"programme": part.programme_id, "indicator": indicator.id, "stage": stage.value}
    return Go("written_review.saved", saved)


def show_saved(talk: Talk, data: Data) -> Screen:
    """How far it is, and on to the next indicator that has no view yet."""
    part, indicator, stage = _about(talk, data)
    rows = views_of(talk.session, part.programme, part.department_id, stage)
    place = next(number for number, (one, _) in enumerate(rows) if one.id == indicator.id)
    left = [row for row in (*rows[place + 1 :], *rows[:place]) if not words_of(row[1]).is_complete]
    style = Style.PLAIN if left else Style.PRIMARY
    buttons = [Button(say("지표 목록"), part.of_stage(stage), style)]
    told = [say("지표 {all}개를 모두 썼습니다. 지표 목록에서 확인하고 보내 주세요.", all=len(rows))]
    view = rows[place][1]
    if view is not None and view.sent_at is not None:
        told = [say("고친 결과를 담당자에게 전달했습니다.")]
    elif left:
        told = [say("지표 {all}개 가운데 {count}개가 남았습니다.", all=len(rows), count=len(left))]
        following = view_at(part, left[0][0], stage, left[0][1])
        buttons.insert(0, Button(say("다음 지표로"), following, Style.PRIMARY))
    done = Bold(say("{indicator} 의견을 저장했습니다.", indicator=indicator.name))
    return Notice(lines(done, *told), tone=Tone.GOOD, buttons=buttons)


def _about(talk: Talk, data: Data) -> tuple[Part, Indicator, ViewStage]:
    indicator = talk.session.get(Indicator, data["indicator"])
    if indicator is None:
        raise Refusal("찾으시는 지표가 없습니다. 목록에서 다시 선택해 주세요.")
    here = {"programme": data["programme"], "department": indicator.department_id}
    return consulted_part(talk, here), indicator, ViewStage(data["stage"])


def _where(talk: Talk, part: Part, indicator: Indicator) -> Phrase:
    """`총무과 · 지표 2/3`."""
    ids = [one.id for one in indicators_of(talk.session, part.programme, part.department_id)]
    here = ids.index(indicator.id) + 1 if indicator.id in ids else 0
    return say("{department} · 지표 {here}/{all}", department=part.department.name, here=here, all=len(ids))


def _revision(view: View | None) -> int:
    return view.revision if view is not None else 0


def _overtaken(talk: Talk, part: Part, indicator: Indicator, stage: ViewStage, view: View | None) -> Notice:
    """Who was quicker, with the way to what they wrote."""
    again = view_at(part, indicator, stage, view)
    to = part.of_stage(stage) if view is not None and view.sent_at is not None else again
    buttons = [Button(say("쓴 의견 보기"), to, Style.PRIMARY), Button(say("지표 목록"), part.of_stage(stage))]
    told = overtaken(talk.session, view).phrase
    if view is not None and view.sent_at is None and view.consultant_id == talk.person_id:
        told = say("{at}에 이미 쓰신 의견이 있습니다. 확인한 뒤 고쳐 주세요.", at=view.written_at)
    return Notice(lines(told), tone=Tone.WARNING, buttons=buttons)


def _fields(words: Words) -> list[Field]:
    fields: list[Field] = []
    for one in Criterion:
        verdict = words.verdicts.get(one)
        initial = verdict.value if verdict else ""
        fields.append(ChoiceField(one.value, CRITERIA[one], QUESTIONS[one], _OPTIONS, initial=initial))
    hint = say("무엇을 어떻게 고치면 되는지 적어 주세요. 모두 적정이면 적지 않으셔도 됩니다.")
    text = TextField(
        "text", say("의견"), hint, longest=1000, required=False, skip=say("건너뛰기"), initial=words.text
    )
    return [*fields, text]


def _shown_before(talk: Talk, part: Part, indicator: Indicator, stage: ViewStage) -> Words:
    """What the form was filled in with."""
    key = (part.programme_id, indicator.id or 0)
    view = view_of(talk.session, *key, stage)
    if view is None and stage is ViewStage.NOTE:
        view = view_of(talk.session, *key, ViewStage.WRITTEN)
    return words_of(view)


def _words(
    talk: Talk, part: Part, indicator: Indicator, stage: ViewStage, values: Mapping[str, Any]
) -> Words:
    """What the form says; in a field it does not have, what was there before stays."""
    before = _shown_before(talk, part, indicator, stage)
    given = {one: Verdict(values[one.value]) for one in Criterion if values.get(one.value)}
    return Words({**before.verdicts, **given}, values.get("text", before.text))


def _write_first(
    talk: Talk, part: Part, indicator: Indicator, stage: ViewStage, words: Words, revision: int
) -> None:
    paper = paper_of(talk.session, part.programme_id, part.department_id)
    is_begun = paper is not None and paper.consultant_id is not None
    write_view(talk.session, talk.doer, part.programme_id, indicator.id or 0, stage, words, revision)
    if not is_begun:
        # From here on the department cannot take its paper back.
        talk.changed(part.subject)
