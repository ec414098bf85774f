"""Appeals against a score: who may, until when, against which figures; decided by somebody else, with what moves."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models.appeal.deciding import accept, dismiss, may_decide
from models.appeal.filing import AppealEntry, file_appeal, withdraw_appeal
from models.appeal.reading import AppealFile, appeals_seen_by, evidence_of_appeal, open_appeal
from models.appeal.results import own_results
from models.appeal.table import AppealState
from models.audit import AuditRow, verify
from models.doer import Doer
from models.evidence.taking import take_file
from models.organization import Role, RoleHeld
from models.period import close, reopen
from models.plan import Indicator, Period, Target
from models.scores import FrozenScore, ScoreRow, score_sheet
from models.scoring import Kind
from models.store import Database
from models.submission import State, decisions_on, open_file
from models.words import Refusal, translator
from tests.kit.city import JULY, City, small_city
from tests.kit.consultation import add_person
from tests.models.test_submission import parcel

Verb = Callable[[Session, Doer], Any]
WHY = "5월분 처리 건수가 빠졌습니다."
SUNDAY = datetime(2019, 7, 28, 9, tzinfo=UTC)
"""18:00 in Seoul."""
LAST = datetime(2019, 7, 29, 9, tzinfo=UTC)
"""18:00 of the working day after."""


def settled(city: City) -> City:
    """G1, G2 and W3 were decided on by 정평가; G3 was handed in and not decided on. Appeals are taken until a Sunday,
    and 한평가 is a second evaluator."""
    city.people["other"] = add_person(city.database, "other", "한평가", Role.EVALUATOR)
    city.change(Period, city.periods["H1"], objection_due=SUNDAY)
    city.report("G1", "H1", 95, recognised=90, reason="6월분은 대상이 아닙니다.", evidence=["처리대장.pdf"])
    city.report("G2", "H1", 10)
    city.report("G3", "H1", 1, State.SUBMITTED)
    city.report("W3", "H1", 85)
    return city


@pytest.fixture
def city(database: Database, tmp_path: Path) -> City:
    """The first half is closed."""
    made = settled(small_city(tmp_path, database))
    set_closed(made, "H1", True)
    return made


@pytest.fixture
def any_city(any_database: Database, tmp_path: Path) -> City:
    """The same on SQLite, and again on PostgreSQL."""
    made = settled(small_city(tmp_path, any_database))
    set_closed(made, "H1", True)
    return made


def set_closed(city: City, period: str, closed: bool, at: datetime = JULY) -> None:
    key = city.periods[period]
    with city.database.write() as session:
        doer, revision = city.at_work(session, "administrator", at), session.get_one(Period, key).revision
        if closed:
            close(session, doer, key, revision)
        else:
            reopen(session, doer, key, revision, "실적 정정")


def do(city: City, person: str, verb: Verb, at: datetime = JULY) -> Any:
    """What the verb returns when the person does it, at 14:00 on Monday 15 July, in a transaction of its own."""
    with city.database.write() as session:
        return verb(session, city.at_work(session, person, at))


def refused(city: City, person: str, verb: Verb, at: datetime = JULY) -> str:
    """What the person is told instead."""
    with pytest.raises(Refusal) as refusal:
        do(city, person, verb, at)
    return translator("ko")(refusal.value.phrase)


def filing(city: City, code: str = "G1", reason: str = WHY, asked: str | None = None, files: int = 0) -> Verb:
    value = None if asked is None else Decimal(asked)

    def file(session: Session, doer: Doer) -> AppealFile:
        added = [parcel(session, doer, mark) for mark in "abc"[:files]]
        entry = AppealEntry(reason, value, added)
        return file_appeal(session, doer, city.indicators[code], city.periods["H1"], entry)

    return file


def accepting(
    value: str | None, reason: str = "처리대장을 확인했습니다.", appeal: int = 1, seen: int = 0
) -> Verb:
    given = None if value is None else Decimal(value)
    return lambda session, doer: accept(session, doer, appeal, seen, given, reason)


def dismissing(reason: str = "기한 뒤의 건입니다.", appeal: int = 1, seen: int = 0) -> Verb:
    return lambda session, doer: dismiss(session, doer, appeal, seen, reason)


def withdrawing(appeal: int = 1, seen: int = 0) -> Verb:
    return lambda session, doer: withdraw_appeal(session, doer, appeal, seen)


def rows_of(city: City, period: str | None) -> dict[str, ScoreRow]:
    with city.database.read() as session:
        rows = score_sheet(session, city.cycle_id, city.periods[period] if period else None).rows
    return {row.plan.code: row for row in rows}


def moved(before: dict[str, ScoreRow], after: dict[str, ScoreRow]) -> set[str]:
    """Indicators whose figures are others now."""
    return {code for code in before if before[code].figures != after[code].figures}


def audited(city: City, action: str) -> list[dict[str, Any]]:
    with city.database.read() as session:
        assert verify(session) == []
        query = select(AuditRow).where(AuditRow.action == action).order_by(col(AuditRow.id))
        return [row.detail for row in session.exec(query)]


# Filing.


def test_an_appeal_is_filed_against_the_figures_as_they_were(any_city):
    city = any_city
    opened = do(city, "officer", filing(city, asked="95", files=2))
    one = opened.appeal
    assert (one.state, one.reason, one.asked, one.revision) == (AppealState.FILED, WHY, 95, 0)
    assert {name: one.snapshot[name] for name in ("target", "reported", "recognised", "achievement")} == {
        "target": "95", "reported": "95", "recognised": "90", "achievement": "94.7",
    }  # fmt: skip
    assert (one.snapshot["weight"], one.snapshot["points"]) == ("40", "37.88")
    assert one.snapshot["rule"]["kind"] == "higher"
    assert one.decision_due == datetime(2019, 7, 29, 9, tzinfo=UTC)  # ten working days on, 18:00
    assert audited(city, "appeal.file") == [
        {
            "indicator": city.indicators["G1"], "period": city.periods["H1"], "recognised": "90",
            "asked": "95", "points": "37.88", "reason": WHY, "files": 2,
        }
    ]  # fmt: skip
    with city.database.read() as session:
        assert [file.name for file in evidence_of_appeal(session, 1)] == ["증빙 a.pdf", "증빙 b.pdf"]


def test_before_the_period_is_closed_there_is_no_result_to_appeal_against(city):
    set_closed(city, "H1", False)
    told = refused(city, "officer", filing(city))
    assert told == "상반기는 아직 마감되지 않았습니다. 마감된 뒤에 이의를 신청할 수 있습니다."
    with city.database.read() as session:
        assert own_results(session, city.at_work(session, "officer", JULY)) == []


def test_a_last_day_off_moves_to_the_next_working_day_and_then_it_is_over(city):
    late = LAST + timedelta(seconds=1)
    assert refused(city, "officer", filing(city), late) == (
        "이의신청 기한이 7. 29.(월) 18:00에 끝났습니다. 관리자에게 문의해 주세요."
    )
    with city.database.read() as session:
        assert own_results(session, city.at_work(session, "officer", late)) == []
        assert len(own_results(session, city.at_work(session, "officer", LAST))) == 3
    assert do(city, "officer", filing(city), LAST).appeal.filed_at == LAST


def test_a_last_working_day_stands_as_the_plan_has_it(city):
    friday = datetime(2019, 7, 26, 3, tzinfo=UTC)
    city.change(Period, city.periods["H1"], objection_due=friday)
    assert "7. 26.(금) 12:00에 끝났습니다" in refused(
        city, "officer", filing(city), friday + timedelta(hours=1)
    )


def test_without_a_window_in_the_plan_no_appeal_is_taken(city):
    city.change(Period, city.periods["H1"], objection_due=None)
    assert "기한이 정해지지 않았습니다" in refused(city, "officer", filing(city))


@pytest.mark.parametrize("person", ["officer", "deputy", "lead"])
def test_officers_their_deputies_and_the_team_lead_may_appeal(city, person):
    opened = do(city, person, filing(city))
    absent = city.people["officer"] if person == "deputy" else None
    assert (opened.appeal.filed_by_id, opened.appeal.filed_for_id) == (city.people[person], absent)


def test_an_officer_of_the_department_sees_no_result_of_a_colleague_s(city):
    city.people["colleague"] = add_person(city.database, "colleague", "이동료", Role.OFFICER, "GEN")
    assert "담당자와 팀장만" in refused(city, "colleague", filing(city))
    for person, codes in (("colleague", []), ("officer", ["G1", "G2", "G3"]), ("lead", ["G1", "G2", "G3"])):
        with city.database.read() as session:
            found = own_results(session, city.at_work(session, person, JULY))
        assert [one.indicator.code for one in found if one.department.code == "GEN"] == codes


@pytest.mark.parametrize("person", ["civil", "evaluator", "administrator"])
def test_nobody_else_may(city, person):
    told = refused(city, person, filing(city))
    assert told == "민원처리율의 이의신청은 담당자와 팀장만 할 수 있습니다."


def test_an_appeal_needs_a_reason_and_a_value_that_can_be(city):
    assert refused(city, "officer", filing(city, reason=" \n")) == "이의신청 사유를 적어 주세요."
    refused(city, "officer", filing(city, "G3", asked="3"))  # yes or no


def test_a_score_is_appealed_against_once_and_again_after_a_withdrawal(any_city):
    city = any_city
    do(city, "officer", filing(city))
    assert refused(city, "lead", filing(city)) == (
        "김담당 님이 7. 15.(월) 14:00에 이미 이의를 신청했습니다. "
        "'이의신청' 목록에서 진행 상황을 확인해 주세요."
    )
    assert "담당자와 팀장만" in refused(city, "evaluator", withdrawing())
    assert do(city, "lead", withdrawing()).appeal.state is AppealState.WITHDRAWN
    assert refused(city, "other", dismissing()) == "최팀장 님이 7. 15.(월) 14:00에 이의신청을 취하했습니다."
    again = do(city, "officer", filing(city))
    assert (again.id, again.appeal.state) == (2, AppealState.FILED)
    do(city, "other", dismissing(appeal=2))
    assert "이미 이의를 신청했습니다" in refused(city, "officer", filing(city))
    assert "먼저 이의신청을 기각했습니다" in refused(city, "officer", withdrawing(2))
    assert audited(city, "appeal.withdraw") == [{}]


def test_of_several_who_file_at_once_one_does(any_city):
    people = ["officer", "lead", "deputy"]
    start = Barrier(len(people), timeout=30)

    def press(person: str) -> str:
        start.wait()
        try:
            do(any_city, person, filing(any_city))
        except Refusal as refusal:
            return translator("ko")(refusal.phrase)
        return "filed"

    with ThreadPoolExecutor(len(people)) as pool:
        told = list(pool.map(press, people))
    assert told.count("filed") == 1
    assert sum("이미 이의를 신청했습니다" in one for one in told) == 2


def test_where_nothing_was_handed_in_there_is_nothing_to_recognise(city):
    city.report("C1", "H1", 3, State.DRAFT)
    set_closed(city, "H1", False)
    set_closed(city, "H1", True)
    for code in ("C1", "C2"):
        assert "제출한 실적이 없어" in refused(city, "civil", filing(city, code))


def test_the_new_evidence_is_for_who_may_see_the_appeal(city):
    do(city, "officer", filing(city, files=1))
    for person, may in (("officer", True), ("lead", True), ("other", True), ("civil", False)):
        with city.database.write() as session:
            doer = city.at_work(session, person, JULY)
            assert (take_file(session, JULY, doer, "appeal:1") is not None) is may
            assert bool(appeals_seen_by(session, doer)) is may


# Who decides.


def test_who_decided_first_reported_or_filed_it_does_not_decide(city):
    do(city, "lead", filing(city))
    own = "이의신청은 처음 보고하거나 결정하지 않은 평가자가 결정합니다. 다른 평가자에게 요청해 주세요."
    with city.database.write() as session:
        for person in ("officer", "lead"):
            session.add(RoleHeld(person_id=city.people[person], role=Role.EVALUATOR))
    for person in ("evaluator", "stand_in", "officer", "lead"):
        assert refused(city, person, dismissing()) == own
        with city.database.read() as session:
            assert not may_decide(session, city.at_work(session, person, JULY), open_appeal(session, 1))
    assert refused(city, "civil", dismissing()) == "이의신청은 평가자만 결정할 수 있습니다."
    with city.database.read() as session:
        assert may_decide(session, city.at_work(session, "other", JULY), open_appeal(session, 1))


def test_whose_deputy_decided_first_does_not_decide_either(city):
    city.report("F1", "H1", 30, decided_by="stand_in", decided_for="evaluator")
    set_closed(city, "H1", False)
    set_closed(city, "H1", True)
    do(city, "builder", filing(city, "F1"))
    for person in ("evaluator", "stand_in"):
        assert "다른 평가자에게 요청해" in refused(city, person, dismissing())


def test_who_once_reported_it_does_not_decide_nor_for_whom_it_was(city):
    city.report("F1", "H1", 30, submitted_by="carer", submitted_for="rater")
    set_closed(city, "H1", False)
    set_closed(city, "H1", True)
    do(city, "builder", filing(city, "F1"))
    with city.database.write() as session:
        for person in ("carer", "rater"):
            session.add(RoleHeld(person_id=city.people[person], role=Role.EVALUATOR))
    for person in ("carer", "rater"):
        assert "다른 평가자에게 요청해" in refused(city, person, dismissing())


def test_what_was_not_seen_as_it_is_is_not_decided_on(city):
    changed = "그사이 내용이 바뀌었습니다. 새로 고친 화면에서 다시 확인해 주세요."
    do(city, "officer", filing(city))
    assert refused(city, "other", dismissing(seen=7)) == changed
    do(city, "officer", withdrawing())
    assert "이의신청을 취하했습니다" in refused(city, "other", dismissing(seen=1))


def test_who_decides_for_somebody_is_kept_as_deputy(city):
    with city.database.write() as session:
        deputy = RoleHeld(
            person_id=city.people["civil"], role=Role.DEPUTY, stands_in_for_id=city.people["other"]
        )
        session.add(deputy)
    do(city, "officer", filing(city))
    one = do(city, "civil", dismissing()).appeal
    assert (one.decided_by_id, one.decided_for_id) == (city.people["civil"], city.people["other"])


def test_of_two_decisions_at_once_the_second_is_told_of_the_first(any_city):
    city = any_city
    city.people["third"] = add_person(city.database, "third", "도평가", Role.EVALUATOR)
    do(city, "officer", filing(city))
    start = Barrier(2, timeout=30)

    def press(one: tuple[str, Verb]) -> str:
        start.wait()
        try:
            do(city, *one)
        except Refusal as refusal:
            return translator("ko")(refusal.phrase)
        return one[0]

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(press, [("other", accepting("95")), ("third", dismissing())]))
    won = next(one for one in told if one in ("other", "third"))
    lost = next(one for one in told if one != won)
    name, done = {"other": ("한평가", "받아들였습니다"), "third": ("도평가", "기각했습니다")}[won]
    assert lost == f"{name} 님이 7. 15.(월) 14:00에 먼저 이의신청을 {done}."


def test_an_appeal_is_decided_before_its_period_is_open_again_or_not_at_all(any_city):
    city = any_city
    do(city, "officer", filing(city))
    start = Barrier(2, timeout=30)

    def press(does: Callable[[], object]) -> str:
        start.wait()
        try:
            does()
        except Refusal as refusal:
            return translator("ko")(refusal.phrase)
        return ""

    with ThreadPoolExecutor(2) as pool:
        presses = [lambda: set_closed(city, "H1", False), lambda: do(city, "other", accepting("95"))]
        reopened, decided = pool.map(press, presses)
    with city.database.read() as session:
        accepted = open_appeal(session, 1).appeal.state is AppealState.ACCEPTED
        kept = len(session.exec(select(FrozenScore.id)).all())
        assert verify(session) == []
    assert (reopened, kept) == ("", 0)
    assert accepted == (decided == "") and (accepted or "마감이 해제되어" in decided)


def test_while_the_period_is_open_again_nothing_is_decided(city):
    do(city, "officer", filing(city))
    set_closed(city, "H1", False)
    assert "마감이 해제되어 지금은 결정할 수 없습니다" in refused(city, "other", dismissing())
    set_closed(city, "H1", True)
    assert do(city, "other", dismissing()).appeal.state is AppealState.DISMISSED


# What a decision does.


def test_a_dismissal_moves_nothing(city):
    do(city, "officer", filing(city))
    before = rows_of(city, "H1"), rows_of(city, None)
    assert refused(city, "other", dismissing("")) == "결정 사유를 적어 주세요."
    one = do(city, "other", dismissing()).appeal
    assert (one.state, one.decision_reason, one.moved) == (AppealState.DISMISSED, "기한 뒤의 건입니다.", [])
    assert (rows_of(city, "H1"), rows_of(city, None)) == before
    assert audited(city, "appeal.dismiss") == [
        {"reason": "기한 뒤의 건입니다.", "recognised": "90", "points": "37.88"}
    ]


def test_an_acceptance_recognises_another_value_and_moves_that_score_alone(any_city):
    city = any_city
    do(city, "officer", filing(city, asked="95"))
    before = rows_of(city, "H1")
    opened = do(city, "other", accepting("95"))
    after = rows_of(city, "H1")
    assert moved(before, after) == {"G1"}
    figures = after["G1"].figures
    assert (figures.recognised, figures.achievement, figures.points) == (95, 100, 40)
    assert (opened.before("points"), opened.after("points")) == (Decimal("37.88"), 40)
    assert after["G1"].standing.decided_by == "한평가"
    with city.database.read() as session:
        file = open_file(session, opened.appeal.submission_id)
        decisions = decisions_on(session, file.id)
    assert (file.submission.state, file.submission.recognised) == (State.APPROVED, 95)
    assert [(one.id, one.recognised) for one in decisions] == [(1, 90), (opened.appeal.decision_id, 95)]
    why = "처리대장을 확인했습니다."
    assert audited(city, "appeal.accept") == [
        {
            "reason": why, "recognised_before": "90", "recognised": "95", "points_before": "37.88",
            "points": "40", "moved": 1,
        }
    ]  # fmt: skip
    assert audited(city, "report.amend") == [
        {"version": 1, "before": "90", "recognised": "95", "reason": why}
    ]


def test_an_acceptance_needs_a_reason_and_another_value(city):
    do(city, "officer", filing(city))
    assert refused(city, "other", accepting("95", " ")) == "결정 사유를 적어 주세요."
    assert "지금 인정된 실적과 같은 값입니다" in refused(city, "other", accepting("90"))
    do(city, "officer", filing(city, "G3"))
    refused(city, "other", accepting("3", appeal=2))  # neither yes nor no


def test_a_report_nobody_had_decided_on_is_approved_by_it(city):
    before = rows_of(city, "H1")
    do(city, "officer", filing(city, "G3"))
    do(city, "other", accepting("1"))
    after = rows_of(city, "H1")
    assert moved(before, after) == {"G3"}
    assert (before["G3"].figures.points, after["G3"].figures.points) == (None, 30)
    assert after["G3"].standing.state is State.APPROVED


def test_what_is_recognised_as_not_applicable_gives_its_weight_to_the_others(city):
    before = rows_of(city, "H1")
    do(city, "officer", filing(city))
    opened = do(city, "other", accepting(None))
    after = rows_of(city, "H1")
    assert moved(before, after) == {"G1", "G2", "G3"}
    assert (after["G1"].figures.not_applicable, after["G1"].figures.weight) == (True, 0)
    assert (after["G2"].figures.weight, after["G2"].figures.points) == (50, 40)  # 8 / 10 days: 80 %
    assert (after["G2"].figures.recognised, after["G2"].figures.achievement) == (10, 80)
    assert [one["indicator"] for one in opened.appeal.moved] == [city.indicators[f"G{n}"] for n in (1, 2, 3)]
    assert "지금 인정된 실적과 같은 값입니다" in refused(city, "other", accepting(None))


def test_what_was_not_applicable_before_takes_none_of_the_weight(city):
    set_closed(city, "H1", False)
    city.report("W1", "H1", None, not_applicable=True)
    set_closed(city, "H1", True)
    before = rows_of(city, "H1")
    assert [before[code].figures.weight for code in ("W1", "W2", "W3")] == [0, 50, 50]
    do(city, "carer", filing(city, "W3"))
    do(city, "other", accepting(None))
    after = rows_of(city, "H1")
    assert [after[code].figures.weight for code in ("W1", "W2", "W3")] == [0, 100, 0]


def test_a_weight_that_is_not_shared_out_anew_stays_as_it_was_kept(city):
    with city.database.write() as session:
        beside = FrozenScore.indicator_id == city.indicators["G2"]
        session.exec(select(FrozenScore).where(beside)).one().weight = Decimal(31)
    before = rows_of(city, "H1")
    do(city, "officer", filing(city))
    do(city, "other", accepting("95"))
    assert moved(before, rows_of(city, "H1")) == {"G1"}


def test_the_frozen_rule_and_weight_hold_whatever_the_plan_says_since(city):
    do(city, "officer", filing(city))
    with city.database.write() as session:
        target = session.exec(select(Target).where(Target.indicator_id == city.indicators["G1"])).one()
        target.value = Decimal(50)
        session.add(target)
    city.change(Indicator, city.indicators["G1"], weight=Decimal(10), kind=Kind.LOWER_RATIO, digits=0)
    city.change(Indicator, city.indicators["G2"], department_id=city.departments["CIV"])
    before = rows_of(city, "H1")
    do(city, "other", accepting("92"))
    after = rows_of(city, "H1")
    assert moved(before, after) == {"G1"}
    figures = after["G1"].figures
    assert (figures.target, figures.weight, figures.achievement) == (95, 40, Decimal("96.8"))
    assert figures.points == Decimal("38.72")


def test_the_year_moves_with_it_where_it_is_kept_and_nothing_else(any_city):
    city = any_city
    city.report("G2", "H2", 6)
    set_closed(city, "H2", True)
    before = rows_of(city, None), rows_of(city, "H2")
    assert before[0]["G2"].figures.recognised == 8  # the mean of 10 and 6
    do(city, "officer", filing(city, "G2"))
    opened = do(city, "other", accepting("12"))
    after = rows_of(city, None), rows_of(city, "H2")
    assert (moved(before[0], after[0]), moved(before[1], after[1])) == ({"G2"}, set())
    figures = after[0]["G2"].figures
    assert (figures.values, figures.recognised, figures.achievement) == ((12, 6), 9, Decimal("88.9"))
    assert figures.points == Decimal("26.67")
    assert [one["period"] for one in opened.appeal.moved] == [city.periods["H1"], None]
    assert opened.appeal.moved[1]["before"]["points"] == "30"
    with city.database.read() as session:
        assert {one.frozen_at for one in session.exec(select(FrozenScore))} == {JULY}


def test_the_result_stays_when_the_period_is_reopened_and_closed_again(city):
    do(city, "officer", filing(city))
    do(city, "other", accepting("95"))
    before = rows_of(city, "H1")
    set_closed(city, "H1", False)
    set_closed(city, "H1", True)
    assert rows_of(city, "H1") == before
