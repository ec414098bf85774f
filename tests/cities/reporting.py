"""The reports of a year: handed in by officers with evidence, confirmed by team leads, decided by evaluators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from models.organization import Role
from tests.cities import reporting_by_verbs
from tests.cities.answers import Row, rows
from tests.cities.place import Place
from tests.cities.reporting_by_verbs import NOT_APPLICABLE
from tests.kit import files
from tests.kit.conversation import Speaker

_EVIDENCE = files.pdf()


def reports(city: str, period: str, cycle: str) -> list[tuple[Row, Row]]:
    """Each report of a period, with its indicator."""
    indicators = {(row["성과주기"], row["코드"]): row for row in rows(city, "지표")}
    return [
        (row, indicators[cycle, row["지표코드"]])
        for row in rows(city, "actuals/실적")
        if (row["성과주기"], row["기간"]) == (cycle, period)
    ]


def all_report(place: Place, period: str, cycle: str, in_chat: Callable[[str], bool] = lambda _: True) -> int:
    """Everybody reports a period, and all of it is decided; how many reports that were. Departments for whose code
    `in_chat` says no do it by the verbs that the dialogues call, unless a report is returned: that saves time."""
    given = reports(place.name, period, cycle)
    for report, indicator in given:
        if in_chat(indicator["부서"]) or report.get("반려"):
            report_one(place, report, indicator)
        else:
            asks_lead = asks_confirmation(place.name, report)
            reporting_by_verbs.report_one(place, report, indicator, asks_lead=asks_lead)
    return len(given)


def report_one(place: Place, report: Row, indicator: Row) -> None:
    """One report from the officer's line to the evaluator's decision; some come back once on the way."""
    officer = place.person(indicator["담당자"] or place.who(Role.OFFICER, indicator["부서"]))
    lead = place.person(place.who(Role.TEAM_LEAD, indicator["부서"]))
    evaluator = place.person(place.who(Role.EVALUATOR, indicator["부서"]))
    hands_in(officer, report, indicator)
    if asks_confirmation(place.name, report):
        lead.presses("확인")
    if report.get("반려"):
        due = place.town.now() + timedelta(days=3)
        returns(evaluator, f"{due:%Y-%m-%d}")
        hands_in_again(officer)
        if asks_confirmation(place.name, report):
            lead.presses("확인")
    approves(evaluator, report)


def asks_confirmation(city: str, report: Row) -> bool:
    """Whether the report's cycle asks the team lead first."""
    periods = {row["성과주기"]: row for row in rows(city, "기간")}
    return periods[report["성과주기"]].get("팀장확인", "") == "예"


def hands_in(officer: Speaker, report: Row, indicator: Row) -> None:
    """A quick line with the value and a file; a yes or no, and what does not apply, are chosen in the form."""
    value = report["실적"]
    parcel = officer.hands_in(_EVIDENCE, f"{indicator['코드']} 증빙.pdf")
    officer.says(f"{indicator['지표명']} {'0' if value == NOT_APPLICABLE else value}", parcel)
    if value == NOT_APPLICABLE:
        officer.presses("고치기: 실적")
        officer.presses("해당 없음")
        officer.says("이 기간에는 해당하지 않습니다.")
    else:
        officer.presses("건너뛰기")
    officer.presses("제출하기")


def hands_in_again(officer: Speaker) -> None:
    """The same value once more, with a word about it."""
    officer.presses("고쳐서 다시 보고")
    officer.says("증빙을 보완하였습니다.")
    officer.presses("제출하기")


def returns(evaluator: Speaker, due: str) -> None:
    evaluator.presses("반려")
    evaluator.presses("증빙 부족")
    evaluator.says("근거 공문을 붙여 주세요.")
    evaluator.says(due)


def approves(evaluator: Speaker, report: Row) -> None:
    """Recognises what was reported, or another value with the reason."""
    if not report.get("인정실적"):
        evaluator.presses("승인")
        return
    evaluator.presses("다른 값으로 승인")
    evaluator.says(report["인정실적"])
    evaluator.says(report["사유"])
