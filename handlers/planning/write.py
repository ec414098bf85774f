"""Adding an indicator to a draft, and changing one: first how it is scored, then the form of that kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handlers.dialogue.answers import Answer, Filled
from handlers.dialogue.book import Data
from handlers.dialogue.fields import ChoiceField, Field, NumberField, Option, TextField
from handlers.dialogue.screens import Button, Choice, Form, Go, Menu, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.planning.indicators import ROLLUPS
from handlers.planning.place import go, opened, seen_of
from models.plan import periods_of
from models.planning.drafting import NEW, find_draft, must_be_drafted, write_indicator
from models.planning.drafts import Plan
from models.planning.file import PlanFile
from models.planning.manual import FIELDS, KINDS, NEEDS
from models.planning.period_targets import read_targets, write_targets
from models.scoring import Kind
from models.words import Phrase, Refusal, say

_NUMBERS = ("baseline", "low", "high", "loss_per_unit")
_LEFT_OUT = say("건너뛰기")


def show_kinds(talk: Talk, data: Data) -> Screen:
    """The kinds of scoring, each with what it means and an example."""
    plan = opened(talk, data)
    must_be_drafted(plan)
    code = data.get("code")
    kept = {"code": code, "revision": data["revision"], "seen": data.get("seen")}
    choices = [
        Choice(
            advice.label,
            go("write", plan, kind=kind.value, **kept),
            (advice.what, say(" 예: "), advice.example),
        )
        for kind, advice in KINDS.items()
    ]
    back = go("indicators", plan) if code is None else go("indicator", plan, code=code)
    title = lines(Bold(say("배점방식을 선택해 주세요.")), say("실적을 달성률로 바꾸는 방법입니다."))
    return Menu(title, choices, buttons=[Button(say("취소"), back)])


def show(talk: Talk, data: Data) -> Screen:
    """The form of that kind, filled in with what is there."""
    plan, kind, code = opened(talk, data), Kind(data["kind"]), data.get("code")
    now: Plan = NEW if code is None else find_draft(talk.session, plan, code).plan
    advice = KINDS[kind]
    title = say("지표 추가") if code is None else say("{name} 고치기", name=now["name"])
    back = go("indicators", plan) if code is None else go("indicator", plan, code=code)
    return Form(
        title=title,
        text=lines(
            say("{kind}: {what}", kind=advice.label, what=advice.what),
            say("주의: {trap}", trap=advice.trap),
        ),
        fields=_fields(talk, plan, kind, now, is_new=code is None),
        cancel=back,
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Writes it into the draft, and shows what is found about it."""
    if not isinstance(answer, Filled):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    plan = opened(talk, data)
    values = _values(talk, plan, Kind(data["kind"]), answer.values)
    revision, code = _revision(talk, plan, data), data.get("code")
    key = (talk.session, talk.doer, plan.cycle_id, plan.department_id)
    draft = write_indicator(*key, revision, code, values)
    talk.changed(plan.subject)
    talk.toast(say("저장했습니다. 점검 결과를 확인해 주세요."))
    return go("indicator", plan, code=draft.code)


def _revision(talk: Talk, plan: PlanFile, data: Data) -> int:
    """The plan's own where nothing comes between: an indicator is added, or is still what was seen. What others have
    drafted of the plan while a long form was filled in does not hold it up."""
    code = data.get("code")
    if code is None or data.get("seen") == seen_of(find_draft(talk.session, plan, code)):
        return plan.revision
    revision: int = data["revision"]
    return revision


def _fields(talk: Talk, plan: PlanFile, kind: Kind, now: Plan, *, is_new: bool) -> list[Field]:
    """What every indicator has, and what its kind needs; each says what is meant, with an example."""
    fields: list[Field] = [
        _text("name", now, longest=200),
        _text("formula", now, longest=500),
        _text("unit", now, longest=20, skip=_LEFT_OUT),
    ]
    for name in NEEDS[kind]:
        if name == "target":
            fields.append(_number(name, now["targets"].get("")))
        elif name == "targets":
            written = write_targets(now["targets"], periods_of(talk.session, plan.cycle_id))
            field = FIELDS[name]
            fields.append(
                TextField(
                    name,
                    field.label,
                    _hint(name),
                    longest=500,
                    required=False,
                    skip=_LEFT_OUT,
                    initial=written,
                )
            )
        elif name == "steps":
            fields.append(_text(name, now, longest=500))
        else:
            fields.append(_number(name, now[name]))
    fields.append(_number("weight", None if is_new else now["weight"]))
    options = [Option(rollup.value, label) for rollup, label in ROLLUPS.items()]
    label = FIELDS["rollup"].label
    fields.append(ChoiceField("rollup", label, _hint("rollup"), options, initial=now["rollup"]))
    return [*fields, _text("evidence_hint", now, longest=300, skip=_LEFT_OUT)]


def _text(name: str, now: Plan, longest: int, skip: Phrase | None = None) -> TextField:
    return TextField(
        name, FIELDS[name].label, _hint(name), longest=longest, required=skip is None, skip=skip,
        initial=now[name],
    )  # fmt: skip


def _number(name: str, value: str | None) -> NumberField:
    unit = "점" if name == "weight" else ""
    return NumberField(name, FIELDS[name].label, _hint(name), unit, initial=value or "")


def _hint(name: str) -> Phrase:
    """What is meant and an example, beside the field."""
    return say("{what} 예: {example}", what=FIELDS[name].what, example=FIELDS[name].example)


def _values(talk: Talk, plan: PlanFile, kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the indicator; what the kind does not need is empty."""
    targets: dict[str, Decimal | None] = {}
    if "target" in NEEDS[kind]:
        targets[""] = given["target"]
    if given.get("targets"):
        targets |= read_targets(given["targets"], periods_of(talk.session, plan.cycle_id), given["unit"])
    return {
        "name": given["name"],
        "formula": given["formula"],
        "unit": given["unit"],
        "kind": kind,
        "rollup": given["rollup"],
        "weight": given["weight"],
        "evidence_hint": given["evidence_hint"],
        "steps": given.get("steps", ""),
        **{name: given.get(name) for name in _NUMBERS},
        "targets": targets,
    }
