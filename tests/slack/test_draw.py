"""Drawing for Slack: nothing anybody wrote becomes more than words, and nothing is longer than Slack takes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.outgoing.load import Load
from bot.slack.draw import Drawn, draw, ring
from bot.slack.text import cut_name, escape, passages, read_out, text_object, width
from models.messaging.outbox import Operation
from models.words import say
from tests.kit.slack.blocks import check_message, size_in_message, with_ids
from tests.kit.slack.reading import Pressable, pressables, seen

Body = dict[str, Any]
TOKEN = "a-token-of-twenty-cs"
MARKED = ["*굵게*", "_기울여_", "~지움~", "`코드`", ":smile:", "3*4*5", "a_b.pdf"]
TAGS = ["<@U0BOGOBOT>", "<!channel>", "<#C123>", "<https://evil.example|누르세요>", "&lt;@U1&gt;", "a & b"]


FILE = {"name": "a.pdf", "size": 1, "reference": "evidence:1", "token": f"{TOKEN}.1"}


def notice(*lines: list[Body], **more: Any) -> Body:
    return {"kind": "notice", "text": list(lines), "tone": "neutral", "files": [], "buttons": []} | more


def button(label: str, token: str = f"{TOKEN}.0", **more: str) -> Body:
    return {"label": label, "style": "plain", "token": token} | more


def card(**more: Any) -> Body:
    empty: Body = {"title": "민원처리율", "badge": None, "facts": [], "text": [], "files": [], "buttons": []}
    return {"kind": "card"} | empty | more


def menu(*choices: Body, **more: Any) -> Body:
    return {"kind": "menu", "text": [[{"b": "내 지표"}]], "choices": list(choices), "buttons": []} | more


def choice(label: str, detail: str = "", badge: Body | None = None, token: str = f"{TOKEN}.0") -> Body:
    return {"label": label, "detail": [{"t": detail}], "badge": badge, "token": token}


def field(name: str, kind: str = "text", **more: Any) -> Body:
    plain = {"label": name, "hint": "적어 주세요.", "required": True, "may_be_empty": False, "state": "later"}
    return {"name": name, "kind": kind, "value": "없음", "raw": "", "longest": 1000} | plain | more


def form(*fields: Body, **more: Any) -> Body:
    return {"kind": "form", "title": "보고", "text": [], "fields": list(fields), "buttons": []} | more


def drawn(body: Body, live: bool = True, locale: str = "ko") -> Drawn:
    message = draw(body, live, locale, TOKEN)
    assert_slack_takes(message.blocks)
    assert size_in_message(message.blocks) <= 13_200
    return message


def assert_slack_takes(blocks: list[Body]) -> None:
    """By what is published, and by Slack's own models, which know each part of these blocks and its limits."""
    assert check_message(blocks) == []
    assert [checked(block) for block in blocks] == blocks


def checked(block: Body) -> Body:
    model = Block.parse(block)
    assert model is not None
    return dict(model.to_dict())


def reads(body: Body, live: bool = True) -> str:
    return seen({"blocks": with_ids(drawn(body, live).blocks)}, {}).text


def presses(body: Body, live: bool = True) -> list[Pressable]:
    return list(pressables({"blocks": with_ids(drawn(body, live).blocks)}))


def marked_texts(message: Drawn) -> list[str]:
    """Every text in which Slack looks for marks."""

    def found(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["text"]] if part.get("type") == "mrkdwn" else []
            return own + [text for inner in part.values() for text in found(inner)]
        return [text for inner in part for text in found(inner)] if isinstance(part, list) else []

    return found(message.blocks)


def screens_with(words: str) -> list[Body]:
    """Screens on which the words stand wherever words can."""
    return [
        notice([{"t": words}]),
        notice([{"t": "앞 "}, {"b": words}, {"c": words}]),
        card(title=words, facts=[["설명", [{"t": words}]]], badge={"label": words, "tone": "good"}),
        menu(choice(words, words), choice(words, "", {"label": words, "tone": "bad"})),
        form(field("note", state="done", value=words, raw=words, error=words), title=words),
    ]


@pytest.mark.parametrize("words", MARKED)
def test_no_sign_in_words_is_taken_for_a_mark(words: str) -> None:
    for body in screens_with(words):
        assert all(escape(words) not in text for text in marked_texts(drawn(body)))
        assert words in reads(body)


@pytest.mark.parametrize("words", ["> 인용", "말\n> 인용", "  > 인용"])
def test_no_line_becomes_a_quotation(words: str) -> None:
    for body in screens_with(words):
        lines = [line for text in marked_texts(drawn(body)) for line in text.splitlines()]
        assert not any(line.strip().startswith("&gt;") for line in lines)
        assert words.strip() in reads(body)


@pytest.mark.parametrize("words", TAGS)
def test_nobody_is_mentioned_and_nothing_linked_by_words(words: str) -> None:
    for body in screens_with(words):
        assert all("<" not in text for text in [*marked_texts(drawn(body)), drawn(body).text])
        assert words in reads(body)


def test_only_our_own_words_are_printed_bold() -> None:
    assert marked_texts(drawn(notice([{"b": "굵은 말"}], [{"t": "보통 "}, {"c": "1+1"}]))) == [
        "*굵은 말*\n보통 `1+1`"
    ]
    assert marked_texts(drawn(notice([{"b": "*굵은 말*"}]))) == []


def test_a_mark_inside_a_word_is_left_out_for_slack_would_show_it() -> None:
    assert marked_texts(drawn(notice([{"b": "민원처리율"}, {"t": "을 확인해 주세요."}]))) == [
        "민원처리율을 확인해 주세요."
    ]


def test_a_line_with_signs_takes_the_print_of_no_other_line() -> None:
    assert marked_texts(drawn(notice([{"b": "제목"}], [{"t": "7.1.~7.15."}], [{"b": "끝"}]))) == [
        "*제목*",
        "*끝*",
    ]


def test_a_link_is_a_link_only_where_its_address_is_one() -> None:
    good = notice([{"t": "웹 메신저", "href": "https://bogo.example/?a=1&b=2"}])
    assert marked_texts(drawn(good)) == ["<https://bogo.example/?a=1&amp;b=2|웹 메신저>"]
    assert "https://bogo.example/?a=1&amp;b=2" in drawn(good).text
    assert read_out(good["text"][0]) == "웹 메신저 (https://bogo.example/?a=1&b=2)"
    for address in ("javascript:alert(1)", "https://a>b", "https://a|b"):
        assert marked_texts(drawn(notice([{"t": "여기", "href": address}]))) == ["여기"]


@given(st.text(alphabet="*_~`:&<>| \na가", max_size=60), st.sampled_from(["t", "b", "c"]))
def test_whatever_is_written_is_read_as_it_was_written(words: str, print_: str) -> None:
    read = [seen({"blocks": [{"type": "section", "text": one}]}, {}) for one in
            passages([[{"t": "앞 "}, {print_: words}]], 3000)]  # fmt: skip
    assert "".join(read[0].text.split()) == "".join(f"앞{words}".split())


@given(st.lists(st.text(alphabet="a&*가 \n", max_size=40), max_size=12), st.integers(10, 60))
def test_a_long_text_loses_nothing_and_fits_in_its_passages(lines: list[str], most: int) -> None:
    spans = [[{"t": line}] for line in lines]
    texts = list(passages(spans, most))
    assert all(0 < len(text["text"]) <= most for text in texts)
    read = "".join(
        text["text"].replace("&amp;", "&") if text["type"] == "mrkdwn" else text["text"] for text in texts
    )
    assert "".join(read.split()) == "".join("".join(lines).split())


def test_a_text_that_is_nothing_is_no_text() -> None:
    assert list(passages([[{"t": ""}], [{"t": " "}]], 100)) == []
    assert text_object([[{"t": ""}]], 100)["text"] == "-"


def test_a_text_that_is_too_long_with_its_print_goes_without() -> None:
    assert text_object([[{"b": "&" * 5}]], 25) == {
        "type": "plain_text",
        "text": "&&&&&",
        "emoji": False,
    }
    assert text_object([[{"b": "&" * 5}]], 27)["text"] == "*&amp;&amp;&amp;&amp;&amp;*"
    block = drawn(menu(choice("민원처리율", "가" * 4_000))).blocks[2]
    assert len(block["elements"][0]["text"]) == 3_000


def test_a_screen_without_words_has_a_text_too() -> None:
    assert drawn(notice(buttons=[button("처음으로")])).text == "-"


def test_a_name_is_shortened_in_its_middle() -> None:
    assert cut_name("가" * 100 + ".hwpx", 20) == "가가가가가가가가가…가가가가가.hwpx"
    assert len(cut_name("가" * 100 + ".hwpx", 73)) == 73
    assert cut_name("짧은.pdf", 73) == "짧은.pdf"


def test_a_long_title_is_told_in_full_below() -> None:
    title = "가" * 151
    blocks = drawn(card(title=title)).blocks
    assert len(blocks[0]["text"]["text"]) == 150
    assert blocks[1]["text"]["text"] == title
    assert len(drawn(card(title="가" * 150)).blocks) == 1


def test_facts_are_a_table_and_long_ones_stand_alone() -> None:
    facts = [[f"항목{number}", [{"t": f"값{number}"}]] for number in range(12)]
    blocks = drawn(card(facts=facts)).blocks[1:]
    assert [len(block["fields"]) for block in blocks] == [10, 10, 4]
    assert [one["text"] for one in blocks[2]["fields"]] == ["*항목10*", "값10", "*항목11*", "값11"]
    long = [["짧음", [{"t": "값"}]], ["설명", [{"t": "긴 말 " * 100}]], ["짧음", [{"t": "값"}]]]
    assert ["fields" in block for block in drawn(card(facts=long)).blocks[1:]] == [True, False, True]


@pytest.mark.parametrize(
    "value", ["7.1.~7.15.", "a_b.pdf", "3*4", "`코드`", ":smile:", "> 인용", "가" * 200 + "*"]
)
def test_a_fact_keeps_its_name_in_bold_whatever_its_value_holds(value: str) -> None:
    message = drawn(card(facts=[["제출 기간", [{"t": value}]], ["부서", [{"t": "총무과"}]]]))
    assert [text for text in marked_texts(message) if text.startswith("*")] == ["*제출 기간*", "*부서*"]
    assert value in reads(card(facts=[["제출 기간", [{"t": value}]]]))


def test_a_badge_has_one_sign_for_its_tone() -> None:
    signs = [
        reads(card(badge={"label": "상태", "tone": tone})).splitlines()[1]
        for tone in ("neutral", "waiting", "good", "warning", "bad")
    ]
    assert len(set(signs)) == 5
    assert all(sign.endswith(" 상태") for sign in signs)
    assert reads(notice([{"t": "했습니다."}], tone="good")) == signs[2].replace("상태", "했습니다.")


def test_a_choice_is_a_button_with_its_name_and_what_there_is_to_know_below() -> None:
    body = menu(choice("민원처리율", "상반기", {"label": "미제출", "tone": "warning"}, f"{TOKEN}.3"))
    _, button, below = drawn(body).blocks
    [pressed] = button["elements"]
    assert (pressed["text"]["text"], pressed["value"]) == ("민원처리율", f"{TOKEN}.3")
    assert below["elements"][0]["text"] == "⚠️ 미제출 · 상반기"
    assert reads(body).count("민원처리율") == 1
    assert reads(body, live=False).splitlines()[1:] == ["민원처리율", "⚠️ 미제출 · 상반기"]


def test_a_name_that_a_button_may_not_show_whole_is_told_below() -> None:
    alike = [f"종이 없는 보고를 하는 부서의 비율을 높이는 사업 {year}년" for year in (2018, 2019)]
    body = menu(*(choice(name, "상반기", token=f"{TOKEN}.{place}") for place, name in enumerate(alike)))
    found = presses(body)
    assert [one.label[-6:] for one in found] == [" 2018년", " 2019년"]
    assert [one.name for one in found] == alike
    assert all(len(one.label) == 30 for one in found)
    for name in alike:
        assert f"{name}\n상반기" in reads(body)
    # As long as a button is wide, and one letter more.
    fits, does_not = "가" * 15, "가" * 15 + "a"
    assert (width(fits), width(does_not)) == (30, 31)
    assert reads(menu(choice(fits), choice(does_not))).splitlines()[1:] == [
        f"[{fits}]", f"[{does_not}]", does_not,
    ]  # fmt: skip


def test_choices_that_are_mere_words_stand_in_a_row() -> None:
    blocks = drawn(menu(choice("한국어"), choice("English"))).blocks
    assert [one["text"]["text"] for one in blocks[1]["elements"]] == ["한국어", "English"]


def test_pages_can_be_turned_and_a_search_taken_back() -> None:
    more = {"page": [2, 3], "previous": f"{TOKEN}.5", "next": f"{TOKEN}.6"}
    search = {"query": "돌봄", "found": 20, "hint": "'돌봄' 검색 결과 20건", "clear": f"{TOKEN}.7"}
    body = menu(choice("가람동", "한 줄"), **more, search=search)
    found = {one.label: one.element["value"] for one in presses(body)}
    assert found["이전 쪽"] == f"{TOKEN}.5"
    assert found["다음 쪽"] == f"{TOKEN}.6"
    assert found["검색 지우기"] == f"{TOKEN}.7"
    assert "2/3쪽 · '돌봄' 검색 결과 20건" in reads(body).splitlines()
    assert "2/3쪽" in reads(body, live=False).splitlines()


def test_a_button_asks_first_where_it_cannot_be_undone() -> None:
    body = notice([{"t": "?"}], buttons=[button("마감하기", style="danger", confirm="정말 " + "가" * 400)])
    [found] = presses(body)
    assert found.element["style"] == "danger"
    assert found.confirm is not None
    assert found.confirm["style"] == "danger"
    assert len(found.confirm["text"]["text"]) == 300
    assert found.confirm["confirm"]["text"] == "마감하기"
    assert found.confirm["deny"]["text"] == "돌아가기"


def test_buttons_have_ids_of_their_own_and_their_places_as_values() -> None:
    body = card(
        buttons=[button("승인", f"{TOKEN}.1", style="primary"), button("반려" * 50, f"{TOKEN}.2")],
        files=[{"name": "a" * 90 + ".pdf", "size": 3, "reference": "evidence:1", "token": f"{TOKEN}.0"}],
    )
    found = presses(body)
    assert [one.element["value"] for one in found] == [f"{TOKEN}.{place}" for place in range(3)]
    assert len({one.element["action_id"] for one in found}) == 3
    assert found[0].label.startswith("📎 aaa") and found[0].label.endswith(".pdf")
    assert len(found[0].label) == 30
    assert len(found[0].name) == 75 and found[0].name.endswith(".pdf")
    assert all(len(one.label) <= 75 for one in found)
    assert [one.element.get("style") for one in found] == [None, "primary", None]


def test_a_file_that_comes_by_itself_has_no_button() -> None:
    files = [
        {"name": name, "size": 3, "reference": reference, "token": f"{TOKEN}.{place}"}
        for place, (name, reference) in enumerate((("성과표.xlsx", "parcel:7"), ("대장.pdf", "evidence:7")))
    ]
    assert [one.label for one in presses(notice([{"t": "여기 있습니다."}], files=files))] == ["📎 대장.pdf"]


def test_twenty_five_buttons_are_a_row() -> None:
    body = notice([{"t": "고르세요."}], buttons=[button(f"{n}", f"{TOKEN}.{n}") for n in range(30)])
    assert [len(block["elements"]) for block in drawn(body).blocks[1:]] == [25, 5]


def test_what_is_over_has_no_button() -> None:
    bodies = [
        notice([{"t": "끝"}], buttons=[button("처음으로")]),
        card(buttons=[button("승인")], files=[FILE]),
        menu(choice("민원처리율", "상반기"), page=[1, 2], next=f"{TOKEN}.9", buttons=[button("처음으로")]),
        menu(choice("한국어")),
        form(field("note"), buttons=[button("취소")]),
    ]
    for body in bodies:
        assert presses(body, live=False) == []
        assert presses(body) != []
        assert "민원처리율" not in reads(body) or "민원처리율" in reads(body, live=False)


def test_a_form_shows_what_was_entered_and_opens() -> None:
    body = form(
        field("실적", "number", state="done", value="97.3 %", raw="97.3"),
        field("설명", state="now", error="꼭 필요합니다."),
        field("증빙", "files", value="처리대장.pdf", files=[{"id": "evidence:1", "name": "처리대장.pdf"}]),
        buttons=[button("건너뛰기"), button("이전"), button("임시저장"), button("취소")],
    )
    text = reads(body)
    for words in ("실적: 97.3 %", "설명: 미입력", "증빙: 처리대장.pdf", "⚠️ 설명: 꼭 필요합니다."):
        assert words in text
    found = presses(body)
    assert [one.label for one in found] == ["입력창 열기", "임시저장", "취소"]
    assert (found[0].element["value"], found[0].element["action_id"]) == (f"{TOKEN}.form", "form")
    assert "⚠️" not in reads(body, live=False)


def test_what_is_wrong_with_a_whole_form_stands_above_it() -> None:
    body = form(field("설명"), error="파일이 너무 많습니다.")
    assert reads(body).startswith("⚠️ 파일이 너무 많습니다.")
    assert "⚠️" not in reads(body, live=False)


def test_what_was_entered_keeps_its_name_in_bold_whatever_it_is() -> None:
    body = form(field("설명", state="done", value="7.1.~7.15."), field("실적", state="done", value="3"))
    assert marked_texts(drawn(body)) == ["*설명*:", "*실적*: 3"]
    assert "설명:\n7.1.~7.15.\n실적: 3" in reads(body)


def test_a_form_keeps_its_ways_out_whatever_language_it_was_drawn_in() -> None:
    body = form(field("note"), buttons=[button("Skip"), button("Save draft"), button("Cancel")])
    labels = [one.label for one in presses(body)]
    assert labels == ["입력창 열기", "Save draft", "Cancel"]


def test_fifty_blocks_are_kept_to_and_the_buttons_stay() -> None:
    body = menu(*[choice(f"지표 {n}", "한 줄", token=f"{TOKEN}.{n}") for n in range(60)])
    body["buttons"] = [button("처음으로", f"{TOKEN}.99")]
    assert len(drawn(body).blocks) == 50
    assert presses(body)[-1].label == "처음으로"
    assert "여기까지만" not in reads(menu(*body["choices"][:23], buttons=body["buttons"]))
    assert "여기까지만" in reads(menu(*body["choices"][:24], buttons=body["buttons"]))
    assert "여기까지만 보여 드립니다" in reads(body)


def test_a_message_holds_so_many_characters_and_the_buttons_stay() -> None:
    body = notice(*[[{"t": "가" * 2_900}] for _ in range(6)], buttons=[button("처음으로")])
    assert [one.label for one in presses(body)] == ["처음으로"]
    assert "여기까지만 보여 드립니다" in reads(body)
    assert "여기까지만" not in reads(notice(*[[{"t": "가" * 2_900}] for _ in range(4)]))


@pytest.mark.parametrize("sign", ["가", "*", "&"])
def test_of_the_last_text_as_much_is_told_as_there_is_room_for(sign: str) -> None:
    body = notice(*[[{"t": sign * 2_900}] for _ in range(6)], buttons=[button("처음으로")])
    blocks = drawn(body).blocks
    assert blocks[-3]["text"]["text"].endswith(sign + "…")
    assert 12_900 < size_in_message(blocks) <= 13_000


LONG = st.integers(0, 4_000).map(lambda count: [{"t": "가*& "[count % 4] * count}])


@settings(max_examples=60)
@given(st.lists(LONG, max_size=25), st.lists(LONG, max_size=40), st.integers(0, 30))
def test_nothing_is_too_long_for_a_message(texts: list[Any], values: list[Any], count: int) -> None:
    labels = [f"{'가' * (count * 3)}{number}" for number in range(count)]
    body = card(text=texts, facts=[["이름", one] for one in values], buttons=[button(one) for one in labels])
    assert len(presses(body)) == count
    chosen = menu(
        *(choice(one, read_out(detail)) for one, detail in zip(labels, values, strict=False)), text=texts
    )
    drawn(chosen)


@pytest.mark.parametrize("words", ["가" * 9_000, "&" * 9_000, "<@U1>" * 2_000])
def test_there_is_always_a_text_that_is_short_enough_and_names_nobody(words: str) -> None:
    text = drawn(notice([{"t": words}])).text
    assert 0 < len(text) <= 4_000
    assert "<" not in text


def test_the_text_says_what_the_blocks_say() -> None:
    body = card(
        badge={"label": "제출됨", "tone": "waiting"},
        facts=[["부서", [{"t": "총무과 & 민원과"}]]],
        text=[[{"b": "설명"}], [{"t": "7.1.~7.15. *"}]],
    )
    assert drawn(body).text == "민원처리율\n⏳ 제출됨\n부서\n총무과 &amp; 민원과\n설명\n7.1.~7.15. *"


def test_a_ring_says_where_to_look_and_nothing_more() -> None:
    made = Load(
        1, 1, "T1:U1", Operation.RING, 5, TOKEN, {}, True, "ko", False, ring=say("반려된 보고가 있습니다.")
    )
    for load, words in (
        (made, "반려된 보고가 있습니다."),
        (replace(made, ring=None), "확인하실 소식이 있습니다."),
    ):
        message = ring(load, "https://bogo.example")
        assert_slack_takes(message.blocks)
        assert message.text == f"{words}\nhttps://bogo.example"
        assert message.blocks[0]["text"]["text"] == f"{words}\n<https://bogo.example|https://bogo.example>"


def test_the_text_of_a_menu_names_its_choices() -> None:
    name = "종이 없는 보고를 하는 부서의 비율을 높이는 사업 2019년"
    body = menu(choice("민원처리율", "상반기"), choice(name), buttons=[button("처음으로")])
    assert drawn(body).text == f"내 지표\n민원처리율\n상반기\n{name}"
    assert drawn(menu(choice("한국어"), choice("English"))).text == "내 지표\n한국어\nEnglish"
