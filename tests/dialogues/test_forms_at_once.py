"""Forms filled in whole, as a modal is: taken, or every wrong field named, and nothing that was entered is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlmodel import func, select

from bot.turn import Outcome, find_faults
from handlers.dialogue.answers import FilledAtOnce, PressedToken
from handlers.dialogue.navigation import STALE
from models.audit import AuditRow
from models.messaging.conversation import Conversation, DrawnScreen
from models.messaging.inbox import Inbox
from models.messaging.outbox import Operation, Outbox
from models.submission import SubmissionVersion
from models.words import Phrase, Refusal
from tests.dialogues.city import CIVIL, OFFICER
from tests.dialogues.story import hands_in
from tests.kit import files
from tests.kit.conversation import Speaker, Town
from tests.kit.remote import Phone

Values = dict[str, str | Sequence[str]]
RIGHT: Values = {"value": "8", "files": [], "note": "상반기 평균입니다."}
WRONG: Values = {"value": "여덟", "files": [], "note": "가" * 2001}


@pytest.fixture
def phone(officer: Speaker) -> Phone:
    """김주무's, before the empty form of 민원 처리기간, which the messenger has opened whole."""
    phone = Phone.of(officer)
    phone.says("민원 처리기간")
    assert phone.presses("실적 보고").form is not None
    phone.is_read()
    return phone


def _form(phone: Phone) -> DrawnScreen:
    return [screen for screen in phone.screens() if screen.kind in ("form", "fileask")][-1]


def _fills(phone: Phone, values: Values, *, is_open: bool = True) -> Outcome:
    return phone.fills(_form(phone).id or 0, values, is_open=is_open)


def _fields(screen: DrawnScreen) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in screen.drawn["fields"]}


def _notes(town: Town) -> list[str]:
    with town.database.read() as session:
        return [version.note for version in session.exec(select(SubmissionVersion))]


def _everything(town: Town) -> list[Any]:
    """How many rows there are of whatever a turn writes, and where the officer stands."""
    with town.database.read() as session:
        tables = (Inbox, Outbox, DrawnScreen, AuditRow, SubmissionVersion)
        counts = [session.exec(select(func.count()).select_from(table)).one() for table in tables]
        return [*counts, [one.model_dump() for one in session.exec(select(Conversation))]]


def test_a_form_that_is_shown_is_told_to_who_can_open_it_whole(officer: Speaker) -> None:
    phone = Phone.of(officer)
    assert phone.says("민원 처리기간").form is None
    outcome = phone.presses("실적 보고")
    assert outcome.form is not None
    assert (outcome.form.screen_id, outcome.form.drawn) == (_form(phone).id, _form(phone).drawn)


def test_what_is_right_is_taken_and_the_form_shows_it_without_buttons(town: Town, phone: Phone) -> None:
    outcome = _fills(phone, RIGHT)
    assert (outcome.known, outcome.wrong, outcome.toasts) == (True, {}, [])
    form, check = phone.screens()[-2:]
    assert (form.live, check.step) == (False, "report_actual.check")
    assert {name: field["value"] for name, field in _fields(form).items()} == {
        "value": "8 일", "files": "없음", "note": "상반기 평균입니다.",
    }  # fmt: skip
    operations = [(row.operation, row.screen_id) for row in phone.waiting()]
    assert {(Operation.POST, check.id), (Operation.REDRAW, form.id)} <= set(operations)
    assert _notes(town) == ["상반기 평균입니다."]


def test_every_wrong_field_is_named_and_the_form_behind_stays_as_it_is(town: Town, phone: Phone) -> None:
    before = phone.screens()
    outcome = _fills(phone, WRONG)
    assert set(outcome.wrong) == {"value", "note"} and outcome.form is None
    assert "수를 읽지 못했습니다" in outcome.wrong["value"].text
    assert phone.screens() == before and not phone.waiting()
    assert _notes(town) == []
    assert _fills(phone, RIGHT).wrong == {}


def test_what_was_entered_beside_a_wrong_field_is_kept_for_when_it_is_shown_again(phone: Phone) -> None:
    _fills(phone, {"value": "여덟", "files": [], "note": "평균입니다."})
    phone.answers(PressedToken("no-such-screen.0"))
    fields = _fields(_form(phone))
    assert (fields["value"]["state"], fields["note"]["value"]) == ("now", "평균입니다.")
    assert "수를 읽지 못했습니다" in fields["value"]["error"]
    phone.says("8")
    assert phone.screens()[-1].step == "report_actual.check"


def test_where_it_cannot_be_shown_beside_the_fields_it_is_asked_field_by_field(phone: Phone) -> None:
    outcome = _fills(phone, {"value": "여덟", "files": [], "note": "평균입니다."}, is_open=False)
    assert outcome.wrong == {}
    shown = _form(phone)
    assert phone.waiting()[-1].screen_id == shown.id
    fields = _fields(shown)
    assert (fields["value"]["state"], fields["note"]["state"]) == ("now", "done")
    assert "수를 읽지 못했습니다" in fields["value"]["error"]
    phone.says("8")
    assert phone.screens()[-1].step == "report_actual.check"


def test_what_the_step_itself_refuses_stands_at_the_last_field(
    town: Town, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refusal("지금은 접수할 수 없습니다.")

    with monkeypatch.context() as broken:
        broken.setattr("handlers.report_actual.entry.save", refuse)
        outcome = _fills(phone, RIGHT)
    assert {name: phrase.text for name, phrase in outcome.wrong.items()} == {
        "note": "지금은 접수할 수 없습니다."
    }
    assert _notes(town) == []


def test_a_form_that_is_over_is_not_taken(town: Town, phone: Phone) -> None:
    old = _form(phone).id or 0
    phone.says("메뉴")
    outcome = phone.fills(old, RIGHT)
    assert outcome.wrong == {"": STALE} and [toast.phrase for toast in outcome.toasts] == [STALE]
    assert phone.screens()[-1].kind == "menu" and _notes(town) == []


def test_another_s_form_is_not_taken(town: Town, phone: Phone) -> None:
    theirs = Phone.of(town.person(CIVIL), address="4712")
    before = _everything(town)[4]
    assert theirs.fills(_form(phone).id or 0, RIGHT).wrong == {"": STALE}
    assert _everything(town)[4] == before
    assert _fills(phone, RIGHT).wrong == {}


def test_the_same_submission_arriving_again_is_taken_once(town: Town, phone: Phone) -> None:
    filled = FilledAtOnce(_form(phone).id or 0, RIGHT)
    assert not phone.answers(filled, "v1").repeated
    before = _everything(town)
    assert phone.answers(filled, "v1").repeated
    assert _everything(town) == before


def test_files_that_were_there_before_stay_and_new_ones_join_them(town: Town, officer: Speaker) -> None:
    officer.says("민원 처리기간 8", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("임시저장")
    phone = Phone.of(officer)
    phone.says("민원 처리기간")
    phone.presses("실적 보고")
    [saved] = [file["id"] for file in _fields(_form(phone))["files"]["files"]]
    new = officer.hands_in(files.png(), "사진.png")
    assert _fills(phone, {**RIGHT, "files": [saved, new, saved]}).wrong == {}
    shown = phone.screens()[-1]
    assert [file["name"] for file in shown.drawn["files"]] == ["처리대장.pdf", "사진.png"]


def test_a_file_that_is_left_out_is_gone(officer: Speaker) -> None:
    officer.says("민원 처리기간 8", officer.hands_in(files.pdf(), "처리대장.pdf"))
    phone = Phone.of(officer)
    phone.answers(PressedToken("no-such-screen.0"))
    assert _fields(_form(phone))["files"]["value"] == "처리대장.pdf"
    _fills(phone, {**RIGHT, "files": []})
    assert phone.screens()[-1].drawn["files"] == []


def test_another_s_file_is_not_taken(town: Town, phone: Phone) -> None:
    theirs = town.person(CIVIL).hands_in(files.pdf(), "남의 것.pdf")
    _fills(phone, {**RIGHT, "files": [theirs]})
    assert "파일 1개를 찾을 수 없습니다" in str(phone.screens()[-1].drawn)
    assert "남의 것" not in str([screen.drawn for screen in phone.screens()])
    assert _notes(town) == []


def _faults(phone: Phone, values: Values, screen_id: int | None = None) -> dict[str, Phrase] | None:
    filled = FilledAtOnce(screen_id or _form(phone).id or 0, values)
    with phone.town.database.write() as session:
        return find_faults(session, phone.town.now(), phone.book, phone.incoming(filled), filled)


def test_faults_are_found_before_the_files_are_fetched_and_nothing_changes(town: Town, phone: Phone) -> None:
    before = _everything(town)
    assert set(_faults(phone, {"value": "여덟", "note": "가" * 2001}) or {}) == {"value", "note"}
    assert _faults(phone, {"value": "8", "note": ""}) == {}
    assert _faults(phone, RIGHT, screen_id=99_999) == {"": STALE}
    assert _everything(town) == before
    assert _fills(phone, RIGHT).wrong == {}


def test_files_that_have_not_come_yet_are_no_fault(officer: Speaker, administrator: Speaker) -> None:
    phone = Phone.of(administrator)
    phone.says("관리")
    phone.presses("성과관리계획 등록")
    assert _faults(phone, {}) == {}
    assert set(_fills(phone, {"plan": []}).wrong) == {"plan"}


def test_a_stranger_is_told_of_no_faults(phone: Phone) -> None:
    stranger = Phone(phone.town, 0, phone.messenger, "99999")
    assert _faults(stranger, WRONG, screen_id=_form(phone).id) is None


def test_a_choice_and_a_date_are_filled_in_whole_too(town: Town, evaluator: Speaker) -> None:
    hands_in(town.person(OFFICER), "종이 없는 보고 45")
    phone = Phone.of(evaluator)
    phone.says("대기함")
    phone.presses("종이 없는 보고")
    assert phone.presses("반려").form is not None
    wrong = _fills(phone, {"code": "없는 사유", "text": "", "due": "언젠가"}).wrong
    assert set(wrong) == {"code", "text", "due"}
    code = _fields(_form(phone))["code"]["options"][0]["value"]
    assert _fills(phone, {"code": code, "text": "6월분을 붙여 주세요.", "due": "2019-07-19"}).wrong == {}
    assert phone.screens()[-1].step == "review.decided"


def test_a_form_opened_on_one_messenger_and_shown_on_another_is_over(officer: Speaker, phone: Phone) -> None:
    old = _form(phone).id or 0
    officer.answers_with(PressedToken("no-such-screen.0"), "web-1")
    assert phone.fills(old, RIGHT).wrong == {"": STALE}
