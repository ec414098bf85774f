"""The whole story for those who read English: nothing is Korean but what the city and its people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from handlers.dialogue.draw import draw
from handlers.dialogue.drawing import Drawing
from handlers.dialogue.screens import Screen, Tone
from handlers.dialogue.talk import Talk
from models.organization import Department, Person
from models.plan import Cycle, Indicator, Period
from models.words import Phrase
from tests.dialogues import city
from tests.dialogues.city import DEPUTY, EVALUATOR, LEAD, OFFICER, OTHER_EVALUATOR
from tests.kit import files
from tests.kit.conversation import Speaker, Town
from tests.kit.plans import HEADINGS, put, write_xlsx

LANGUAGES = ("한국어", "언어")
WORKBOOK = ("검산", *HEADINGS, *(heading for row in HEADINGS.values() for heading in row.split()))
"""Names of sheets and columns: the workbooks are Korean whoever reads them."""

NOTE, MEND, WHY = "상반기 누계입니다.", "6월 통계를 붙여 주세요.", "5월분은 대상이 아닙니다."
PROOF, PLAN = "처리대장.pdf", "2019 계획.xlsx"
BEFORE, AFTER = "민원처리율", "민원 처리율(개정)"
"""The name of an indicator in the plan, and in the plan brought later."""
WRITTEN = (NOTE, MEND, WHY, PROOF, PLAN, BEFORE)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every word of every screen drawn for a reader of English, and every passing word said to one."""
    words: list[str] = []
    toast = Talk.toast

    def draw_and_listen(screen: Screen, drawing: Drawing, view: dict[str, Any]) -> dict[str, Any]:
        body = draw(screen, drawing, view)
        if drawing.translate.locale == "en":
            words.extend(_words(body))
        return body

    def toast_and_listen(talk: Talk, phrase: Phrase, tone: Tone = Tone.GOOD) -> None:
        if talk.translate.locale == "en":
            words.append(talk.translate(phrase))
        toast(talk, phrase, tone)

    monkeypatch.setattr("handlers.dialogue.sending.draw", draw_and_listen)
    monkeypatch.setattr(Talk, "toast", toast_and_listen)
    return words


def test_a_report_is_returned_corrected_and_approved_in_english(town: Town, heard: list[str]) -> None:
    officer, lead, evaluator = (_english(town, code) for code in (OFFICER, LEAD, EVALUATOR))
    officer.sees("Hello, 김주무 (총무과).", "My indicators (Indicators to report: 3) 3")
    _hands_in(officer)
    officer.sees("민원처리율 was submitted.", "Next step: Team lead confirmation.")

    lead.sees("Reported actual: 97.3 %", "Submitted: 김주무 · Mon 8 Jul 09:00", f"Note: {NOTE}", PROOF)
    lead.presses("Confirm")
    lead.sees("You confirmed 민원처리율.", "No report is left to review.")
    officer.sees("The team lead confirmed 민원처리율.", "최팀장 · Mon 8 Jul 09:00")

    evaluator.sees("Confirmed by team lead · 최팀장", "[Approve another value]")
    evaluator.presses("Return")
    evaluator.presses("Evidence missing")
    evaluator.says(MEND)
    evaluator.says("7/19")
    evaluator.sees("You returned 민원처리율.")
    officer.sees(
        "민원처리율 was returned.",
        f"Reason: Evidence missing — {MEND}",
        "New deadline: Due Fri 19 Jul 18:00 · Working days left: 9",
    )

    officer.presses("Correct and report again")
    officer.says("97")
    officer.sees("→ achievement 102.1 % → cap 100 → 40.00/40 points")
    officer.presses("Submit")
    lead.presses("Confirm")
    evaluator.sees("Changes since the last submission (version 1)", "Actual: 97.3 % → 97 %")
    evaluator.presses("Approve another value")
    evaluator.says("ninety")
    evaluator.sees("That could not be read as a number.")
    evaluator.says("96.8")
    evaluator.says(WHY)
    evaluator.sees("You approved 민원처리율.")
    officer.sees("민원처리율 was approved.", "Recognised value: 96.8 %", f"Reason: {WHY}")
    officer.presses("Show the indicator")
    officer.presses("Show history")
    officer.sees("Version 1: 97.3 % — submitted by 김주무, Mon 8 Jul 09:00", "Past actuals: 2017: 91.2 %")
    assert _korean(town, heard) == []


def test_what_may_come_between_is_told_in_english(town: Town, heard: list[str]) -> None:
    officer, lead, deputy = (_english(town, code) for code in (OFFICER, LEAD, DEPUTY))
    officer.says("민원처리율 97.3")
    officer.presses("Save draft")
    officer.sees("Draft saved. You can go on with it from 'My indicators'.")
    officer.presses("Report the actual")
    stale = officer.button("Cancel")
    officer.says("cancel")
    officer.presses_again(stale)
    officer.sees("That button is of an earlier screen.")
    _hands_in(deputy)
    lead.sees("Submitted: 송대결 (standing in for 김주무)")
    officer.says("my indicators")
    officer.presses("민원처리율")
    officer.presses("Withdraw")
    officer.sees("The report is withdrawn.")
    officer.says("종이 없는 보고 45")
    officer.attaches(files.pdf(), PROOF)
    officer.presses("Next")
    officer.presses("Skip")
    officer.presses("Submit")
    evaluators = [_english(town, code) for code in (EVALUATOR, OTHER_EVALUATOR)]
    for evaluator in evaluators:
        evaluator.says("queue")
        evaluator.presses("종이 없는 보고")
    late = evaluators[1].button("Approve")
    evaluators[0].presses("Approve")
    evaluators[1].presses_again(late)
    evaluators[1].sees("정평가 approved first, Mon 8 Jul 09:00.")
    town.passes(days=10)
    lead.says("board")
    lead.presses("Another period")
    lead.presses("2019년 성과관리 상반기")
    lead.sees("Department board · 2019년 성과관리 상반기", "Overdue")
    assert _korean(town, heard) == []


def test_an_administrator_runs_the_city_in_english(town: Town, heard: list[str], tmp_path: Path) -> None:
    administrator = _english(town, city.ADMINISTRATOR)
    for name in ("Overall progress", "Message delivery"):
        administrator.says("admin")
        administrator.presses(name)
    administrator.says("admin")
    administrator.presses("Link code")
    administrator.says("박민원")
    administrator.presses("박민원")
    administrator.sees("Link code of 박민원:", "It works once, within the next 24 hours.")
    administrator.says("admin")
    administrator.presses("Download the score workbook")
    administrator.presses("2019년 성과관리 상반기")
    town.do_errands()
    administrator.sees("The score workbook is ready.", "sheet '검산'")
    administrator.says("admin")
    administrator.presses("Close a period")
    administrator.presses("2019년 혁신과제 상반기")
    administrator.presses("Close")
    administrator.sees("2019년 혁신과제 상반기 is closed.")
    plan = city.plan()
    put(plan, "지표", "O2", "forty")
    _brings(administrator, write_xlsx(plan, tmp_path / "plan.xlsx").read_bytes())
    administrator.sees("was not imported. Places to correct: ", "That could not be read as a number.")
    put(plan, "지표", "O2", 40)
    put(plan, "지표", "C2", AFTER)
    _brings(administrator, write_xlsx(plan, tmp_path / "plan.xlsx").read_bytes())
    administrator.sees("was imported.", "Indicator: changed 1, unchanged 30\n", f"{BEFORE} → {AFTER}")
    assert _korean(town, heard, *WORKBOOK) == []


def test_every_word_that_help_offers_leads_somewhere(town: Town, heard: list[str]) -> None:
    officer = _english(town, OFFICER)
    officer.says("help")
    offered = re.findall(r"'([^']+)'", officer.reads())
    assert {"menu", "cancel", "my indicators", "board", "queue", "admin"} < set(offered)
    officer.says("민원처리율 97.3")
    for word in ["cancel", *(word for word in offered if word != "cancel")]:
        officer.says(word)
        officer.does_not_see("That was not understood")
    officer.says("good morning")
    officer.sees("That was not understood: 'good morning'", "Example: ")
    assert _korean(town, heard) == []


def test_what_nobody_translated_would_be_found(town: Town) -> None:
    told = ["기한 지남", "3건", "총무과 담당자", "민원처리율 97.3 %", "97.3 건", "목표"]
    assert _korean(town, told) == ["기한 지남", "3건", "총무과 담당자", "목표"]


def _english(town: Town, code: str) -> Speaker:
    """The person of that code, who chose English."""
    person = town.person(code)
    person.presses("언어 · Language")
    person.presses("English")
    return person


def _hands_in(person: Speaker) -> None:
    person.says("민원처리율 97.3", person.hands_in(files.pdf(), PROOF))
    person.sees("Due Mon 15 Jul 18:00 · Working days left: 5", "Actual [done] 97.3 %")
    person.says(NOTE)
    person.sees("Target 95 · actual 97.3 → achievement 102.4 % → cap 100 → 40.00/40 points", "Evidence: 1")
    person.presses("Submit")


def _brings(person: Speaker, workbook: bytes) -> None:
    person.says("admin")
    person.presses("Import a performance plan")
    person.attaches(workbook, PLAN)
    person.presses("Next")
    person.town.do_errands()


def _words(body: Any) -> Iterator[str]:
    """The words in what was drawn, but for the names of files."""
    match body:
        case str():
            yield body
        case list():
            for part in body:
                yield from _words(part)
        case dict():
            for key, part in body.items():
                if key not in ("files", "token"):
                    yield from _words(part)


def _korean(town: Town, told: list[str], *more: str) -> list[str]:
    """What is Korean in `told` beside what the city and its people wrote themselves."""
    with town.database.read() as session:
        known = {*LANGUAGES, *WRITTEN, *more, *_of_the_plan(session)}
    longest_first = sorted(filter(None, known), key=len, reverse=True)
    # Whole words only: a unit such as 건 must not hide what was left of "3건".
    theirs = re.compile(r"(?<![가-힣\d])(?:" + "|".join(map(re.escape, longest_first)) + ")(?![가-힣])")
    return [words for words in told if re.search("[가-힣]", theirs.sub("", words))]


def _of_the_plan(session: Session) -> Iterator[str]:
    for department in session.exec(select(Department)):
        yield department.name
    for person in session.exec(select(Person)):
        yield from (person.name, person.title)
    for named in (*session.exec(select(Cycle)), *session.exec(select(Period))):
        yield named.name
    for one in session.exec(select(Indicator)):
        yield from (one.name, one.unit, one.formula, one.evidence_hint)
