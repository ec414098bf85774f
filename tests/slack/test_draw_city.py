"""Every screen of a city's work, drawn for Slack as it stands and as it is when it is over: Slack takes all of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.slack.draw import Drawn, draw
from bot.slack.limits import MESSAGE_TEXT
from bot.slack.modal import modal
from handlers.dialogue.draw import draw as draw_neutral
from handlers.dialogue.drawing import Drawing
from handlers.dialogue.screens import Screen
from models.clock import MovableClock
from models.evidence.vault import Vault
from models.organization import Person
from models.store import Database
from tests.dialogues import city
from tests.dialogues.story import fills_in, hands_in, returns
from tests.kit import files
from tests.kit.conversation import Speaker, Town, shown
from tests.kit.plans import put, write_xlsx
from tests.kit.slack.blocks import check_view, repeated_actions, size_in_message, with_ids
from tests.kit.slack.reading import Seen, seen
from tests.slack.test_draw import assert_slack_takes

Body = dict[str, Any]


@pytest.fixture
def town(hanbit: Database, tmp_path: Path) -> Town:
    """한빛시 on Monday 8 July 2019, 09:00."""
    return Town(hanbit, Vault(tmp_path / "evidence"), MovableClock(city.MONDAY, ticking=False))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Body, str, str]]:
    """Every screen that was drawn: its neutral body, its token, its reader's language."""
    bodies: list[tuple[Body, str, str]] = []

    def draw_and_keep(screen: Screen, drawing: Drawing, view: dict[str, Any]) -> Body:
        body = draw_neutral(screen, drawing, view)
        bodies.append((body, drawing.token, drawing.translate.locale))
        return body

    monkeypatch.setattr("handlers.dialogue.sending.draw", draw_and_keep)
    return bodies


def _english(town: Town, code: str) -> Speaker:
    person = town.person(code)
    with town.database.write() as session:
        session.get_one(Person, person.person_id).locale = "en"
    person.says("menu")
    return person


def _officers_work(town: Town, tmp_path: Path) -> None:
    officer, safety = town.person(city.OFFICER), town.person(city.SAFETY)
    for words in ("도움말", "언어", "내 지표", "민원", "그게 *뭔가요*? <@U1>", "관리"):
        officer.says(words)
    officer.presses_again(fills_in(officer, evidence="처리_대장*최종*.pdf"))
    officer.says("민원 처리기간")
    officer.presses("실적 보고")
    officer.says("아마 *여덟* 날")
    officer.says("8")
    officer.attaches(files.pdf(), "a" * 90 + ".pdf")
    officer.presses("다음")
    officer.says("> 인용\n`코드` & <https://example.org|여기> :smile: " + "긴 설명 " * 300)
    officer.presses("나중에")
    safety.says("안전 인증")
    safety.presses("실적 보고")
    safety.presses("달성")


def _evaluators_work(town: Town, tmp_path: Path) -> None:
    officer, evaluator = town.person(city.OFFICER), town.person(city.EVALUATOR)
    hands_in(officer, "종이 없는 보고 45")
    evaluator.says("대기함")
    evaluator.presses("부서별로 보기")
    evaluator.presses("총무과")
    evaluator.presses("기간별로 보기")
    evaluator.says("대기함")
    evaluator.presses("종이 없는 보고")
    returns(evaluator)
    officer.presses("고쳐서 다시 보고")
    officer.says("47")
    officer.presses("제출하기")
    evaluator.presses("다른 값으로 승인")
    evaluator.says("46")
    evaluator.says("5월분은 대상이 아닙니다.")
    officer.says("종이 없는 보고")
    officer.presses("이력 보기")


def _team_leads_work(town: Town, tmp_path: Path) -> None:
    lead, carer = town.person(city.LEAD), _english(town, city.CARER)
    hands_in(town.person(city.OFFICER))
    lead.presses("확인")
    lead.says("부서 현황")
    lead.presses("다른 기간")
    carer.says("my indicators")
    carer.presses("다음 쪽")
    carer.presses("이전 쪽")
    carer.says("ㅋ")
    carer.says("마루")


def _administrators_work(town: Town, tmp_path: Path) -> None:
    administrator = town.person(city.ADMINISTRATOR)
    for label in (
        "전체 진행",
        "기간 마감",
        "연결 코드",
        "알림 발송 상태",
        "성과표 내려받기",
        "계획 서식 내려받기",
    ):
        administrator.says("관리")
        administrator.presses(label)
    town.do_errands()
    plan = city.plan()
    for word in ("2019 계획.xlsx", "틀린 계획.xlsx"):
        administrator.says("관리")
        administrator.presses("성과관리계획 등록")
        administrator.attaches(write_xlsx(plan, tmp_path / "plan.xlsx").read_bytes(), word)
        administrator.presses("다음")
        town.do_errands()
        for row in range(2, 20):
            put(plan, "지표", f"C{row}", "")
    administrator.says("관리")
    administrator.presses("기간 마감")
    administrator.presses("2019년 성과관리 상반기")
    administrator.presses("마감하기")
    administrator.says("관리")
    administrator.presses("연결 코드")
    administrator.says("김주무")
    administrator.presses("김주무")


WORK = [_officers_work, _evaluators_work, _team_leads_work, _administrators_work]


@pytest.mark.parametrize("work", WORK)
def test_slack_takes_every_screen(
    town: Town, drawn: list[tuple[Body, str, str]], work: Callable[[Town, Path], None], tmp_path: Path
) -> None:
    work(town, tmp_path)
    assert len(drawn) > 10
    for (body, token, locale), live in itertools.product(drawn, (True, False)):
        message = draw(body, live, locale, token)
        assert_slack_takes(message.blocks)
        assert repeated_actions(message.blocks) == set()
        assert size_in_message(message.blocks) <= 13_200
        assert 0 < len(message.text) <= MESSAGE_TEXT
        assert bool(_read(message).buttons) <= live


@pytest.mark.parametrize("work", WORK)
def test_nothing_on_a_screen_is_left_out(
    town: Town, drawn: list[tuple[Body, str, str]], work: Callable[[Town, Path], None], tmp_path: Path
) -> None:
    work(town, tmp_path)
    for body, token, locale in drawn:
        read = _read(draw(body, True, locale, token))
        said = [span for line in body.get("text", []) for span in line]
        said += [span for _, value in body.get("facts", []) for span in value]
        for span in said:
            for line in _lines(span):
                assert line in read.text, shown(body)
        for one in [*body.get("choices", []), *(body["buttons"] if body["kind"] != "form" else [])]:
            assert one["label"] in [found.name for found in read.pressables]
        values = [one.element["value"] for one in read.pressables]
        assert len(values) == len(set(values))


@pytest.mark.parametrize("work", WORK)
def test_slack_opens_every_form(
    town: Town, drawn: list[tuple[Body, str, str]], work: Callable[[Town, Path], None], tmp_path: Path
) -> None:
    work(town, tmp_path)
    forms = [(body, locale) for body, _, locale in drawn if body["kind"] == "form"]
    for body, locale in forms:
        view = modal(7, body, locale)
        assert check_view(view, "modal") == [], shown(body)
        labels = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
        assert all(any(one["label"] in label for label in labels) for one in body["fields"])


def _read(message: Drawn) -> Seen:
    return seen({"blocks": with_ids(message.blocks)}, {})


def _lines(span: Body) -> list[str]:
    words = str(span.get("t") or span.get("b") or span.get("c") or "")
    return [line.strip() for line in words.splitlines() if line.strip()]
