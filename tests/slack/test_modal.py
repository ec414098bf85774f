"""A form as one modal: every field in it, what was entered before, and what comes back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.modal import errors, modal, read_submission
from models.words import say, translator
from tests.kit.slack.blocks import check_view, with_ids
from tests.kit.slack.modal import Modal, filled, state_of
from tests.kit.slack.modal import modal as shown_modal
from tests.slack.test_draw import Body, checked, field, form

OPTIONS = [{"label": "증빙 부족", "value": "evidence_missing"}, {"label": "기타", "value": "other"}]
FILES = {"files": [], "most": 10, "cap": 52_428_800, "accept": [".pdf", ".hwp", ".hwpx"]}
KEPT = [{"id": f"evidence:{number}", "name": f"{number}.pdf", "size": 3} for number in range(12)]


def choice(**more: Any) -> Body:
    return field("reason", "choice", label="반려 사유", options=OPTIONS, **more)


def day(raw: str = "", **more: Any) -> Body:
    return field("due", "date", label="새 기한", earliest="2019-07-08", raw=raw, **more)


def files(**more: Any) -> Body:
    return field("files", "files", label="증빙자료", **FILES | more)


def opened(*fields: Body, locale: str = "ko", **more: Any) -> Modal:
    """The modal as a person has it before them."""
    view = modal(7, form(*fields, **more), locale)
    assert check_view(view, "modal") == []
    assert [checked(block) for block in view["blocks"]] == view["blocks"]
    return shown_modal(as_stored(view), {}, {}, {})


def as_stored(view: Body) -> Body:
    return view | {"id": "V1", "blocks": with_ids(view["blocks"])}


def submitted(view: Body, values: Body) -> Body:
    """The view as Slack sends it once it was filled in, by block."""
    view = as_stored(view)
    typed = {}
    for block in view["blocks"]:
        if block.get("block_id") in values:
            element = block["element"]
            held = filled(element, values[block["block_id"]], lambda name: {"id": f"F{name}", "name": name})
            typed["V1", block["block_id"], element["action_id"]] = held
    return view | {"state": {"values": state_of(view["blocks"], "V1", typed)}}


def test_every_field_has_its_input() -> None:
    number = field("value", "number", label="실적", unit="%")
    shown = opened(number, field("note", label="설명"), choice(), day(), files(), title="민원처리율")
    assert shown.labels == ["실적 (%)", "설명", "반려 사유", "새 기한", "증빙자료"]
    kinds = [one.element["type"] for one in shown.fields]
    assert kinds == ["plain_text_input", "plain_text_input", "radio_buttons", "datepicker", "file_input"]
    assert (shown.title, shown.submit, shown.close) == ("민원처리율", "입력 완료", "닫기")
    assert (shown.view["private_metadata"], shown.view["callback_id"]) == ("7", "form")


def test_a_long_title_is_cut_and_told_in_full_inside() -> None:
    title = "다른 값으로 승인: 종이 없는 보고를 하는 부서의 비율"
    shown = opened(field("note"), title=title)
    assert len(shown.title) == 24
    assert shown.title.endswith("…")
    assert title in shown.text
    assert opened(field("note"), title="가" * 24).text.count("가" * 24) == 0


def test_what_was_entered_before_is_there() -> None:
    shown = opened(
        field("value", "number", raw="97.3"),
        field("note", raw="상반기 누계입니다."),
        choice(raw="other"),
        day(raw="7. 19."),
        files(files=KEPT[:2]),
    )
    assert shown.values == {
        "value": "97.3",
        "note": "상반기 누계입니다.",
        "반려 사유": "기타",
        "새 기한": "2019-07-19",
        "증빙자료: 올린 파일": ["0.pdf", "1.pdf"],
        "증빙자료": [],
    }


@pytest.mark.parametrize("raw", ["어제", "2018-01-01", "7. 32."])
def test_a_day_that_cannot_be_is_asked_for_anew(raw: str) -> None:
    assert opened(day(raw=raw)).values == {"새 기한": None}


def test_a_text_has_its_length_and_room() -> None:
    short, long, longest = (
        opened(field("note", longest=length, raw="가" * 5_000)).fields[0].element
        for length in (50, 2_000, 9_000)
    )
    assert (short["max_length"], long["max_length"], longest["max_length"]) == (50, 2_000, 3_000)
    assert (short.get("multiline", False), long["multiline"]) == (False, True)
    assert len(long["initial_value"]) == 2_000


def test_only_what_may_be_empty_is_optional() -> None:
    needed, free = opened(field("value"), field("note", may_be_empty=True)).fields
    assert (needed.is_optional, free.is_optional) == (False, True)


def test_what_is_needed_in_the_end_says_what_leaving_it_empty_means() -> None:
    skip: Body = {"may_be_empty": True, "skip": "해당 없음"}
    number = opened(field("value", "number", **skip)).fields[0]
    assert number.hint == "적어 주세요. 비워 두시면 '해당 없음'으로 처리합니다."
    without: Body = {"may_be_empty": True, "skip": "파일 없이 계속"}
    assert opened(files(**without)).fields[0].hint.endswith("비워 두시면 '파일 없이 계속'으로 처리합니다.")
    # Slack says of it that it is optional, and that is all there is to say.
    assert opened(field("note", **skip, required=False)).fields[0].hint == "적어 주세요."
    # The ticks are what is left empty there, or not.
    assert "비워" not in opened(files(**without, files=KEPT[:1])).field("증빙자료").hint
    assert "비워" not in opened(field("value")).fields[0].hint


def test_a_choice_calls_being_empty_by_its_own_words() -> None:
    own = opened(choice(may_be_empty=True, skip="해당 없음")).fields[0]
    assert own.options == ["증빙 부족", "기타", "해당 없음"]
    assert "비워" not in own.hint
    assert opened(choice(may_be_empty=True)).fields[0].options[-1] == "선택 안 함"
    view = modal(1, form(choice(may_be_empty=True, skip="해당 없음", raw="other")), "ko")
    came = submitted(view, {"field:reason": "해당 없음"})
    assert read_submission(came).values == {"reason": ""}


def test_what_is_wrong_with_the_whole_form_stands_at_its_top() -> None:
    shown = opened(field("note"), text=[[{"t": "안내"}]], error="파일이 너무 많습니다.")
    assert shown.text.startswith("⚠️ 파일이 너무 많습니다.\n안내")


def test_files_that_are_there_need_no_others() -> None:
    assert not opened(files()).fields[0].is_optional
    assert opened(files(files=KEPT[:1])).field("증빙자료").is_optional


def test_the_window_says_how_large_files_may_be_and_where_larger_ones_go() -> None:
    one = opened(files(most=30)).field("증빙자료")
    assert "10 MB까지" in one.hint
    assert "대화에 올려 주세요" in one.hint
    assert one.element["max_files"] == 10
    assert one.element["filetypes"] == ["pdf", "hwp", "hwpx"]
    assert opened(files(most=1)).field("증빙자료").element["max_files"] == 1


def test_ten_files_are_ticked_in_a_block() -> None:
    kept = [one for one in opened(files(files=KEPT)).fields if one.element["type"] == "checkboxes"]
    assert [len(one.value) for one in kept] == [10, 2]


def test_a_choice_of_many_is_a_list_and_of_very_many_in_groups() -> None:
    def many(count: int) -> Body:
        options = [{"label": f"{number}", "value": f"v{number}"} for number in range(count)]
        return opened(choice() | {"options": options, "raw": "v3"}).fields[0].element

    assert [many(count)["type"] for count in (6, 7)] == ["radio_buttons", "static_select"]
    assert len(many(100)["options"]) == 100
    assert [len(group["options"]) for group in many(101)["option_groups"]] == [100, 1]
    assert many(101)["initial_option"]["value"] == "v3"


def test_what_was_wrong_stands_before_its_field() -> None:
    shown = opened(field("value", error="숫자로 읽을 수 없습니다."), field("note"))
    assert "⚠️ value: 숫자로 읽을 수 없습니다." in shown.text


def test_what_was_filled_in_comes_back_by_field() -> None:
    view = modal(41, form(field("value", "number"), choice(), day(), files(files=KEPT), field("note")), "ko")
    came = submitted(
        view,
        {
            "field:value": "1만 2천",
            "field:reason": "other",
            "field:due": "2019-07-19",
            "kept:0:files": ["evidence:0", "evidence:9"],
            "kept:10:files": ["evidence:11"],
            "field:files": ["new.pdf"],
            "field:note": None,
        },
    )
    read = read_submission(came)
    assert read.screen_id == 41
    assert read.values == {
        "value": "1만 2천",
        "reason": "other",
        "due": "2019-07-19",
        "note": "",
        "files": ["evidence:0", "evidence:9", "evidence:11"],
    }
    assert read.uploads == {"files": [{"id": "Fnew.pdf", "name": "new.pdf"}]}


def test_what_was_left_empty_comes_back_empty() -> None:
    empty = form(field("value", "number"), choice(may_be_empty=True), day(), files())
    read = read_submission(submitted(modal(1, empty, "ko"), {}))
    assert read.values == {"value": "", "reason": "", "due": "", "files": []}
    assert read.uploads == {"files": []}


@pytest.mark.parametrize("left_out", [{}, {"held": {}}, {"held": None}, None])
def test_what_was_left_empty_may_be_left_out_of_what_comes(left_out: Body | None) -> None:
    empty = form(field("value", "number"), choice(may_be_empty=True), day(), files(files=KEPT[:1]))
    came = submitted(modal(1, empty, "ko"), {})
    values = came["state"]["values"]
    came["state"]["values"] = {} if left_out is None else dict.fromkeys(values, left_out)
    read = read_submission(came)
    assert read.values == {"value": "", "reason": "", "due": "", "files": []}
    assert read.uploads == {"files": []}


def test_an_answer_can_be_taken_back_where_it_may_be_empty() -> None:
    view = modal(1, form(choice(may_be_empty=True, raw="other")), "ko")
    came = submitted(view, {"field:reason": "선택 안 함"})
    assert read_submission(came).values == {"reason": ""}
    assert "선택 안 함" not in opened(choice()).fields[0].options


def test_what_is_wrong_stands_beside_its_input() -> None:
    view = as_stored(modal(1, form(field("value"), files(files=KEPT), field("note")), "ko"))
    wrong = {"note": say("꼭 필요합니다."), "files": say("파일이 너무 많습니다.")}
    assert errors(view, wrong, translator("ko")) == {
        "field:note": "꼭 필요합니다.",
        "field:files": "파일이 너무 많습니다.",
    }


def test_what_is_wrong_with_no_field_of_the_window_stands_beside_the_first() -> None:
    view = as_stored(modal(1, form(field("value"), field("note"), text=[[{"t": "안내"}]]), "ko"))
    wrong = {"": say("지난 화면입니다."), "gone": say("없는 항목입니다."), "value": say("숫자가 아닙니다.")}
    told = errors(view, wrong, translator("ko"))
    assert told == {"field:value": "지난 화면입니다. 없는 항목입니다. 숫자가 아닙니다."}


def test_what_is_said_to_be_wrong_is_short_enough() -> None:
    view = as_stored(modal(1, form(field("value")), "ko"))
    assert (
        len(errors(view, {"value": say("{words}", words="가" * 3_000)}, translator("ko"))["field:value"])
        == 2_000
    )


def test_a_hundred_blocks_are_the_most() -> None:
    fields = [field(f"f{number}", error="잘못됐습니다.") for number in range(60)]
    assert len(modal(1, form(*fields), "ko")["blocks"]) == 100
