"""Screens as Telegram shows them: escaped once, short enough, buttons that fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.outgoing.load import Load
from bot.telegram.draw import Drawn, draw, ring
from bot.telegram.keyboard import SIGNS, confirm_keyboard, cut, keyboard, width
from bot.telegram.limits import LONGEST_CALLBACK
from bot.telegram.text import Line, Run, line, link, parts
from handlers.dialogue.screens import Tone
from models.messaging.outbox import Operation
from models.words import say
from tests.dialogues import conftest as people
from tests.kit import files
from tests.kit.conversation import Speaker
from tests.kit.telegram.formatting import formatted
from tests.kit.telegram.markup import inline_keyboard

town, officer, lead = people.town, people.officer, people.lead
carer, safety, administrator = people.carer, people.safety, people.administrator

TOKEN = "AbCdEfGhIjKlMnOpQrSt"
Body = dict[str, Any]


def notice(*lines: list[Body], **more: Any) -> Body:
    body = {"kind": "notice", "text": list(lines), "tone": "neutral", "files": [], "buttons": []}
    return body | more


def button(label: str, place: int = 0, style: str = "plain", **more: str) -> Body:
    return {"label": label, "style": style, "token": f"{TOKEN}.{place}"} | more


def choice(label: str, detail: str = "", badge: Body | None = None, place: int = 0) -> Body:
    return {"label": label, "detail": [{"t": detail}], "badge": badge, "token": f"{TOKEN}.{place}"}


def menu(*choices: Body, **more: Any) -> Body:
    return {"kind": "menu", "text": [[{"t": "고르세요"}]], "choices": list(choices), "buttons": []} | more


def read(drawn: Drawn) -> str:
    """What a person reads, all parts together; everything is as the Bot API takes it."""
    for one in inline_keyboard(drawn.keyboard.to_dict()) if drawn.keyboard else []:
        assert all(len(pressed["callback_data"].encode()) <= LONGEST_CALLBACK for pressed in one)
    return "\n".join(formatted(part, "HTML", None).text for part in drawn.parts)


def labels(made: InlineKeyboardMarkup | None) -> list[list[str]]:
    return [[one.text for one in row] for row in made.inline_keyboard] if made else []


def newest(speaker: Speaker) -> Drawn:
    body = speaker.screens()[-1]
    return draw(body, body["live"], "ko")


def test_what_people_wrote_is_escaped_once() -> None:
    drawn = draw(notice([{"b": "<b>A & B</b>"}, {"t": " &lt; "}, {"c": "x<y"}]), True, "ko")
    assert drawn.parts == ["<b>&lt;b&gt;A &amp; B&lt;/b&gt;</b> &amp;lt; <code>x&lt;y</code>"]
    assert read(drawn) == "<b>A & B</b> &lt; x<y"


def test_an_address_with_quotes_stays_inside_its_tag() -> None:
    address = 'https://city.go.kr/?q="><b>&x=1'
    drawn = draw(notice([{"t": "열기", "href": address}]), True, "ko")
    assert read(drawn) == "열기"
    assert formatted(drawn.parts[0], "HTML", None).entities[0]["url"] == address


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8080/x",
        "http://127.0.0.1/x",
        "http://[::1]/x",
        "http://10.0.0.7",
        "ftp://city.go.kr",
        "http://a]",
    ],
)
def test_an_address_telegram_would_not_take_is_shown_to_be_copied(address: str) -> None:
    assert parts([line(*link("여기", address))]) == [f"여기: <code>{address}</code>"]
    assert parts([line(*link("", address))]) == [f"<code>{address}</code>"]


def test_an_address_telegram_takes_is_a_link() -> None:
    assert parts([line(*link("여기", "https://city.go.kr/x"))]) == ['<a href="https://city.go.kr/x">여기</a>']


def test_a_long_text_is_cut_between_lines() -> None:
    drawn = draw(notice(*([{"t": f"{number}번 줄 " + "가" * 90}] for number in range(100))), True, "ko")
    assert len(drawn.parts) == 3
    assert all(part.endswith("가") and part[0].isdigit() for part in drawn.parts)


def test_a_long_line_is_cut_between_words_and_no_tag_is_torn() -> None:
    drawn = draw(notice([{"b": "낱말<&> " * 2_000}]), True, "ko")
    assert len(drawn.parts) > 1
    for part in drawn.parts:
        assert part.startswith("<b>낱말") and part.endswith("&gt; </b>")


def test_buttons_are_under_the_last_part() -> None:
    drawn = draw(notice([{"t": "가" * 9_000}], buttons=[button("확인")]), True, "ko")
    assert len(drawn.parts) == 3 and labels(drawn.keyboard) == [["확인"]]


_words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
_runs = st.builds(Run, _words, st.sampled_from(["", "b", "i", "code"]))


@given(st.lists(st.builds(Line, st.lists(_runs, max_size=4), st.booleans()), max_size=8), st.integers(1, 400))
def test_every_text_is_short_enough_and_nothing_is_lost(lines: list[Line], times: int) -> None:
    made = [Line([Run(run.words * times, run.tag) for run in one.runs], one.is_quoted) for one in lines]
    texts = [formatted(part, "HTML", None).text for part in parts(made)]
    assert all(0 < len(text.encode("utf-16-le")) // 2 <= 4096 or not text.strip() for text in texts)
    if len(texts) < 10:
        said = "".join("".join(run.words for run in one.runs) for one in made)
        assert "".join("".join(texts).split()) == "".join(said.split())


def test_a_screen_without_a_word_still_has_a_text() -> None:
    assert draw(notice([{"t": " "}]), True, "ko").parts == ["…"]


def test_every_tone_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == {tone.value for tone in Tone}
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_choices_are_one_a_row_with_their_state_and_are_numbered_where_the_text_says_more() -> None:
    badge = {"label": "미제출", "tone": "warning"}
    drawn = draw(menu(choice("민원처리율", "15일까지", badge), choice("처리기간", "")), True, "ko")
    assert read(drawn) == "고르세요\n\n1. 민원처리율 🟠 미제출\n15일까지\n2. 처리기간"
    assert labels(drawn.keyboard) == [["1. 민원처리율"], ["2. 처리기간"]]


def test_choices_with_nothing_more_to_say_are_buttons_alone() -> None:
    drawn = draw(menu(choice("한국어"), choice("English")), True, "ko")
    assert read(drawn) == "고르세요" and labels(drawn.keyboard) == [["한국어"], ["English"]]


def test_a_long_choice_is_cut_before_its_state() -> None:
    (row,) = labels(keyboard(menu(choice("아주 " * 30, "", {"label": "반려", "tone": "bad"})), True))
    assert row[0].endswith("… · 🔴 반려") and width(row[0]) <= 40


def test_pages_are_in_one_row_under_their_numbers() -> None:
    more = {"page": [2, 3], "previous": f"{TOKEN}.8", "next": f"{TOKEN}.9"}
    drawn = draw(menu(choice("가"), **more), True, "ko")
    assert labels(drawn.keyboard) == [["가"], ["‹ 1", "3 ›"]] and read(drawn).endswith("2/3쪽")
    assert labels(keyboard(menu(choice("가"), page=[1, 2], next=f"{TOKEN}.9"), True)) == [["가"], ["2 ›"]]


def test_a_search_is_told_and_can_be_taken_back() -> None:
    search = {"query": "민원", "found": 1, "hint": "1건", "clear": f"{TOKEN}.5"}
    drawn = draw(menu(choice("가"), search=search), True, "ko")
    assert "🔎 1건" in read(drawn) and ["🔎 ✕ 민원"] in labels(drawn.keyboard)
    assert "🔎" not in read(draw(menu(choice("가"), search=search), False, "ko"))


def test_short_buttons_share_a_row_and_long_ones_have_their_own() -> None:
    made = keyboard(
        notice(buttons=[button(one) for one in ("예", "아니요", "아주 긴 이름의 단추입니다", "끝")]), True
    )
    assert labels(made) == [["예", "아니요"], ["아주 긴 이름의 단추입니다"], ["끝"]]


def test_what_is_over_has_no_buttons() -> None:
    assert keyboard(notice(buttons=[button("확인")]), False) is None


def test_dangerous_buttons_are_red_and_the_main_one_is_blue() -> None:
    made = keyboard(
        notice(buttons=[button("반려", 0, "danger"), button("확인", 1, "primary"), button("뒤로", 2)]), True
    )
    assert made is not None
    assert [one.style for row in made.inline_keyboard for one in row] == ["danger", "primary", None]


def test_a_button_that_asks_first_is_asked_about_and_taken_back() -> None:
    body = notice(buttons=[button("마감하기", 3, "danger", confirm="마감할까요?"), button("뒤로", 4)])
    made = keyboard(body, True)
    assert made is not None
    assert [one.callback_data for one in made.inline_keyboard[0]] == [f"?{TOKEN}.3", f"{TOKEN}.4"]
    asked = confirm_keyboard(body, f"{TOKEN}.3", "ko")
    assert asked is not None and asked[1] == "마감할까요?"
    assert [(one.text, one.callback_data) for row in asked[0].inline_keyboard for one in row] == [
        ("네, 마감하기", f"{TOKEN}.3"),
        ("아니요", f"!{TOKEN}"),
    ]
    assert confirm_keyboard(body, f"{TOKEN}.4", "ko") is None and confirm_keyboard(body, "x", "ko") is None


def test_a_keyboard_that_is_too_large_loses_choices_and_never_the_ways_out() -> None:
    options = [
        {"label": f"{number}번 아주 긴 부서 이름", "value": "x", "token": f"{TOKEN}.{number}"}
        for number in range(150)
    ]
    body = {"kind": "form", "title": "부서", "text": [], "buttons": [button("취소", 999)]}
    field = {
        "name": "place",
        "kind": "choice",
        "label": "부서",
        "hint": "",
        "state": "now",
        "value": "",
        "raw": "",
    }
    drawn = draw(body | {"fields": [field | {"options": options}]}, True, "ko")
    read(drawn)
    assert drawn.keyboard is not None and len(drawn.keyboard.inline_keyboard) > 30
    assert labels(drawn.keyboard)[-1] == ["취소"]


def test_there_are_no_more_buttons_than_telegram_takes() -> None:
    made = keyboard(menu(*(choice(str(number)) for number in range(150)), buttons=[button("뒤로")]), True)
    assert made is not None and sum(len(row) for row in made.inline_keyboard) == 100
    assert labels(made)[-1] == ["뒤로"]


def test_files_of_a_notice_come_by_themselves() -> None:
    file = {"name": "성과표.xlsx", "size": 1, "reference": "parcel:1", "token": f"{TOKEN}.1"}
    assert keyboard(notice(files=[file]), True) is None


def test_empty_lines_part_what_is_said_and_nothing_else() -> None:
    lines = [[{"t": one}] for one in ("", "가", "", "", "나", "")]
    assert draw(notice(*lines), True, "ko").parts == ["가\n\n나"]


def test_no_screen_has_more_messages_than_can_be_remembered() -> None:
    assert len(parts([line("가" * 4_000)] * 12)) == 10


def test_a_field_that_is_opened_again_shows_what_it_holds(officer: Speaker) -> None:
    officer.says("민원처리율 97.3")
    officer.presses("고치기: 실적")
    assert "▶ 실적 (1/3)\n지금 값: 97.3 %\n" in read(newest(officer))


def test_a_label_is_cut_by_the_room_it_takes() -> None:
    assert cut("가나다", 6) == "가나다" and cut("가나다라", 6) == "가나…" and cut("abcdefg", 6) == "abcde…"


def test_a_ring_says_nothing_but_where_to_read() -> None:
    load = Load(
        1, 1, "5", Operation.RING, 1, TOKEN, {}, True, "ko", False, ring=say("확인하실 소식이 있습니다.")
    )
    assert ring(load, "https://house.city.go.kr").splitlines() == [
        "확인하실 소식이 있습니다.",
        '<a href="https://house.city.go.kr">https://house.city.go.kr</a>',
    ]


def test_a_card_reads_as_one(officer: Speaker, lead: Speaker) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("건너뛰기")
    officer.presses("제출하기")
    lead.says("검토")
    lead.presses("민원처리율")
    drawn = newest(lead)
    assert read(drawn).startswith("민원처리율\n🟡 제출됨\n검토하실 보고가 도착했습니다.\n\n부서 총무과\n")
    assert "보고한 실적 97.3 %\n제출 김주무 · 7. 8.(월) 09:00\n\n목표 95 · 실적 97.3" in read(drawn)
    assert labels(drawn.keyboard) == [["📎 처리대장.pdf"], ["확인", "반려"], ["이력 보기"]]


def test_a_form_shows_what_is_done_what_is_asked_and_what_comes(officer: Speaker) -> None:
    officer.says("민원처리율 97.3")
    drawn = newest(officer)
    assert "✓ 실적: 97.3 %\n\n▶ 증빙자료 (2/3)\n" in read(drawn) and "다음 순서: 설명" in read(drawn)
    assert labels(drawn.keyboard)[-2:] == [["임시저장", "취소"], ["✎ 실적"]]


def test_a_form_says_what_was_wrong_and_how_many_files_came(officer: Speaker) -> None:
    officer.says("민원처리율 97.3")
    officer.says("틀림")
    assert "🔴 지금은 파일을 기다리고 있습니다." in read(newest(officer))
    officer.attaches(files.pdf(), "가나다라마바사아자차카타파하가나다라마바사.pdf")
    officer.attaches(files.pdf(), "둘.pdf")
    drawn = newest(officer)
    assert "받은 파일 2개 (최대 10개)" in read(drawn) and "📎 둘.pdf" in read(drawn)
    assert labels(drawn.keyboard)[0][0] == "다음"
    assert labels(drawn.keyboard)[-1] == ["✕ 둘.pdf", "✎ 실적"]
    first = labels(drawn.keyboard)[-2]
    assert first[0].startswith("✕ 가나다라") and first[0].endswith("….pdf")


def test_a_form_that_is_over_is_its_values(officer: Speaker) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("취소")
    body = next(one for one in reversed(officer.screens()) if one["kind"] == "form")
    drawn = draw(body, body["live"], "ko")
    assert drawn.keyboard is None and "▶" not in read(drawn)
    assert read(drawn).endswith("실적: 97.3 %\n증빙자료: 처리대장.pdf")


def test_options_of_a_choice_are_buttons(safety: Speaker) -> None:
    safety.says("안전 인증")
    safety.presses("실적 보고")
    assert ["달성", "미달성"] in labels(newest(safety).keyboard)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_screen_of_a_story_is_taken_by_telegram(
    officer: Speaker, lead: Speaker, carer: Speaker, administrator: Speaker, locale: str
) -> None:
    officer.says("민원처리율 97.3", officer.hands_in(files.pdf(), "처리대장.pdf"))
    officer.presses("건너뛰기")
    officer.presses("제출하기")
    for words in ("내지표", "도움말", "언어", "뭐라고요"):
        officer.says(words)
    lead.says("검토")
    lead.presses("민원처리율")
    lead.presses("반려")
    carer.says("지표")
    carer.presses("다음 쪽")
    administrator.says("관리")
    administrator.presses("기간 마감")
    seen = set()
    for person in (officer, lead, carer, administrator):
        for body in person.screens():
            drawn = draw(body, body["live"], locale)
            assert read(drawn).strip()
            seen.add(body["kind"])
    assert seen == {"notice", "menu", "form", "card"}
