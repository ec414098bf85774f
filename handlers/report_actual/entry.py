"""The form of a report: the actual, a note, the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from handlers.dialogue.answers import Answer, Filled, KeptForLater
from handlers.dialogue.book import Data
from handlers.dialogue.fields import SKIPPED, ChoiceField, FilesField, NumberField, Option, TextField
from handlers.dialogue.screens import Form, Go, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, lines
from handlers.report_actual.facts import Place, find_place
from handlers.wording import deadline, target_shown
from models.evidence.table import EvidenceFile, parcels
from models.rights import may_report
from models.scoring import Kind, check_actual
from models.submission import Entry, must_be_open, save
from models.submission.report import must_be_asked, must_be_in_force
from models.submission.table import HANDED_IN
from models.words import Refusal, say

_EVIDENCE = "evidence:"
_YES_NO = (Option("1", say("달성")), Option("0", say("미달성")))


def show(talk: Talk, data: Data) -> Screen:
    """The form, filled in with what was saved before or given with the quick line."""
    place = find_place(talk, data["indicator"], data["period"])
    if may_report(talk.standing, place.indicator, place.department.path) is None:
        raise Refusal("{indicator:은/는} 담당자만 보고할 수 있습니다.", indicator=place.indicator.name)
    must_be_open(place.period)
    must_be_in_force(talk.session, place.indicator)
    must_be_asked(talk.session, place.indicator, place.period)
    if place.report and place.report.submission.state in HANDED_IN:
        raise Refusal(
            "{indicator:은/는} 이미 제출되었습니다. '내 지표'에서 진행 상황을 확인해 주세요.",
            indicator=place.indicator.name,
        )
    told: list[Line] = [
        say(
            "{period} · 목표 {target}",
            period=place.period.name,
            target=target_shown(place.target, place.indicator),
        ),
        deadline(talk, place.due_at),
    ]
    return Form(
        title=place.indicator.name,
        text=lines(*told),
        fields=[_value(place, data), _files(talk, place, data), _note(place)],
        keep=True,
        cancel=Go("report_actual.open", {"indicator": place.indicator.id, "period": place.period.id}),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Saves what was entered as a draft; a complete form goes on to the check."""
    if not isinstance(answer, Filled | KeptForLater):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    entry = _entry(talk, data, answer.values, whole=isinstance(answer, Filled))
    back = Go("report_actual.open", {"indicator": data["indicator"], "period": data["period"]})
    if isinstance(answer, KeptForLater) and not _is_news(talk, data, entry):
        return back
    opened = save(talk.session, talk.doer, data["indicator"], data["period"], entry)
    talk.changed(opened.subject)
    # Cards drawn before there was a report are known by their indicator.
    talk.changed(f"indicator:{opened.indicator.id}")
    if isinstance(answer, KeptForLater):
        talk.toast(say("임시저장했습니다. '내 지표'에서 이어서 작성하실 수 있습니다."))
        return back
    return Go("report_actual.check", {"submission": opened.id})


def _entry(talk: Talk, data: Data, values: Mapping[str, Any], *, whole: bool) -> Entry:
    """What the form says. A half-filled one leaves alone what was saved before in the fields it does not have."""
    place = find_place(talk, data["indicator"], data["period"])
    before = place.report.version if place.report and not whole else None
    value: Decimal | None = before.value if before else None
    if "value" in values:
        # A choice of yes or no comes as the words "1" and "0".
        value = None if values["value"] in (None, SKIPPED) else Decimal(values["value"])
    ids: list[str] = values.get("files", [])
    if "files" not in values and place.report and not whole:
        ids = [f"{_EVIDENCE}{file.id}" for file in place.report.evidence(talk.session)]
    return Entry(
        value=value,
        not_applicable=value is None and whole,
        note=values.get("note", before.note if before else ""),
        kept=[int(one.removeprefix(_EVIDENCE)) for one in ids if one.startswith(_EVIDENCE)],
        added=parcels(talk.session, talk.person_id, [one for one in ids if not one.startswith(_EVIDENCE)]),
    )


def _is_news(talk: Talk, data: Data, entry: Entry) -> bool:
    """Whether the entry says anything that is not there yet: looking at a returned report begins no new one."""
    report = find_place(talk, data["indicator"], data["period"]).report
    if report is None or entry.added:
        return True
    kept = {file.id for file in report.evidence(talk.session)}
    return (entry.value, entry.note, set(entry.kept)) != (report.version.value, report.version.note, kept)


def _value(place: Place, data: Data) -> NumberField | ChoiceField:
    saved = place.report.version.value if place.report else None
    initial = str(data.get("value") or "") or ("" if saved is None else format(saved, "f"))
    label, skip = say("실적"), say("해당 없음")
    if place.indicator.kind is Kind.YES_NO:
        hint = say("달성했습니까? 해당 사항이 없으면 '해당 없음'을 선택하고 설명에 사유를 적어 주세요.")
        return ChoiceField("value", label, hint, [*_YES_NO], skip=skip, initial=initial)
    hint = say(
        "숫자로 적어 주세요. 예: 97.3, 1,234, 1만 2천. "
        "해당 사항이 없으면 '해당 없음'을 선택하고 설명에 사유를 적어 주세요."
    )
    possible = partial(check_actual, place.indicator.kind)
    return NumberField("value", label, hint, place.indicator.unit, possible, skip=skip, initial=initial)


def _files(talk: Talk, place: Place, data: Data) -> FilesField:
    given = parcels(talk.session, talk.person_id, data.get("files", []))
    saved: list[EvidenceFile] = place.report.evidence(talk.session) if place.report else []
    here = [{"id": f"{_EVIDENCE}{file.id}", "name": file.name, "size": file.size} for file in saved]
    new = [{"id": one.id, "name": one.name, "size": one.size} for one in given]
    hint = place.indicator.evidence_hint
    return FilesField(
        "files",
        say("증빙자료"),
        say("필요한 증빙: {hint}. 파일을 올려 주세요.", hint=hint)
        if hint
        else say("실적을 확인할 수 있는 파일을 올려 주세요."),
        required=place.indicator.evidence_required,
        skip=say("파일 없이 계속"),
        initial=[*here, *new],
    )


def _note(place: Place) -> TextField:
    saved = place.report.version.note if place.report else ""
    return TextField(
        "note",
        say("설명"),
        say("실적의 근거나 특이사항을 적어 주세요. 없으면 적지 않으셔도 됩니다."),
        longest=2000,
        required=False,
        skip=say("건너뛰기"),
        initial=saved,
    )
