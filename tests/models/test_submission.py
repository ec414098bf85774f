"""The life of a report, from draft to decision, on both databases."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from models.audit import AuditRow, verify
from models.doer import Doer
from models.evidence.kinds import FileKind
from models.evidence.table import Parcel, receive
from models.evidence.vault import Kept
from models.organization import Person, Role, RoleHeld
from models.period import close
from models.plan import Cycle, Indicator, Period, PeriodState
from models.scores.frozen import FrozenScore
from models.store import Database
from models.submission import (
    DecisionKind,
    Entry,
    ReasonCode,
    Return,
    State,
    SubmissionFile,
    approve,
    confirm,
    decisions_on,
    find,
    may_decide,
    open_file,
    return_,
    save,
    submit,
    versions_of,
    withdraw,
)
from models.submission.lists import queue
from models.words import Refusal, translator
from tests.kit.city import JULY, City, small_city

Verb = Callable[[Session, Doer], Any]
LATER = JULY + timedelta(days=7)
AGAIN = Return(ReasonCode.CALCULATION, "분모에 6월분이 빠졌습니다.", LATER)


@pytest.fixture
def city(any_database: Database, tmp_path, monkeypatch) -> City:
    """한빛시 in either database: small_city would make a SQLite file of its own."""
    monkeypatch.setattr("tests.kit.city.Database", lambda url: any_database)
    return small_city(tmp_path)


@pytest.fixture
def confirming_city(city: City) -> City:
    """한빛시 where a team lead confirms before an evaluator decides."""
    city.change(Cycle, city.cycle_id, asks_confirmation=True)
    return city


def do(city: City, person: str, verb: Verb, after: timedelta = timedelta(0)) -> Any:
    """What the verb returns when the person does it, `after` 14:00 on 15 July, in a transaction of its own."""
    with city.database.write() as session:
        return verb(session, city.at_work(session, person, JULY + after))


def refused(city: City, person: str, verb: Verb) -> str:
    """What the person is told instead."""
    with pytest.raises(Refusal) as refusal:
        do(city, person, verb)
    return translator("ko")(refusal.value.phrase)


def seen(city: City, submission: int) -> SubmissionFile:
    with city.database.read() as session:
        return open_file(session, submission)


def saving(city: City, entry: Entry, code: str = "G1", period: str = "H1") -> Verb:
    return lambda session, doer: save(session, doer, city.indicators[code], city.periods[period], entry)


def written(city: City, person: str, value: str) -> SubmissionFile:
    """A draft of G1 in the first half, with a file."""

    def write(session: Session, doer: Doer) -> SubmissionFile:
        entry = Entry(Decimal(value), added=[parcel(session, doer)])
        return save(session, doer, city.indicators["G1"], city.periods["H1"], entry)

    found: SubmissionFile = do(city, person, write)
    return found


def parcel(session: Session, doer: Doer, mark: str = "a") -> Parcel:
    kept = Kept(mark * 64, 100, FileKind.PDF, f"증빙 {mark}.pdf")
    return receive(session, doer.now, doer.person_id, kept)


def submitted(city: City, person: str = "officer", value: str = "97.3") -> int:
    """A report of G1 in the first half, handed in; its id."""
    draft = written(city, person, value)
    do(city, person, lambda session, doer: submit(session, doer, draft.id, draft.submission.revision))
    return draft.id


def give_role(city: City, person: str, role: Role, absent: str | None = None) -> None:
    with city.database.write() as session:
        stands_in_for = city.people[absent] if absent else None
        session.add(RoleHeld(person_id=city.people[person], role=role, stands_in_for_id=stands_in_for))


def deciding(city: City, submission: int, verb: Callable[..., Any] = approve, *more: Any) -> Verb:
    """The verb on the report as it stands now."""
    revision = seen(city, submission).submission.revision
    return lambda session, doer: verb(session, doer, submission, revision, *more)


def test_a_report_lives_from_draft_through_return_to_approval(confirming_city):
    city = confirming_city
    report = submitted(city)
    assert (seen(city, report).submission.state, seen(city, report).version.number) == (State.SUBMITTED, 1)
    do(city, "lead", deciding(city, report, confirm))
    assert seen(city, report).submission.state is State.CONFIRMED

    do(city, "evaluator", deciding(city, report, return_, AGAIN))
    back = seen(city, report)
    assert (back.submission.state, back.due_at, back.submission.submitted_at) == (State.RETURNED, LATER, None)

    second = do(city, "officer", saving(city, Entry(Decimal("96.8"))))
    assert (second.submission.state, second.version.number) == (State.DRAFT, 2)
    with city.database.write() as session:
        first = versions_of(session, report)[0]
        files = [file.id for file in open_file(session, report).evidence(session)]
        assert (first.value, files) == (Decimal("97.3"), [])
    written(city, "officer", "96.8")
    do(city, "officer", deciding(city, report, submit))
    do(city, "lead", deciding(city, report, confirm))
    do(city, "evaluator", deciding(city, report))

    done = seen(city, report).submission
    assert (done.state, done.recognised, done.version_number) == (State.APPROVED, Decimal("96.8"), 2)
    with city.database.read() as session:
        kinds = [(one.kind, one.reason_code) for one in decisions_on(session, report)]
        actions = session.exec(select(AuditRow.action).order_by(AuditRow.id)).all()
        assert verify(session) == []
    assert kinds == [
        (DecisionKind.CONFIRM, None),
        (DecisionKind.RETURN, ReasonCode.CALCULATION),
        (DecisionKind.CONFIRM, None),
        (DecisionKind.APPROVE, None),
    ]
    assert actions == [
        "report.save", "report.submit", "report.confirm", "report.return",
        "report.save", "report.save", "report.submit", "report.confirm", "report.approve",
    ]  # fmt: skip


def test_the_new_version_takes_over_the_files_that_are_kept(city):
    report = submitted(city)
    do(city, "evaluator", deciding(city, report, return_, AGAIN))
    with city.database.read() as session:
        [before] = open_file(session, report).evidence(session)

    def write(session, doer):
        entry = Entry(Decimal("96.8"), kept=[before.id], added=[parcel(session, doer, "b")])
        return save(session, doer, city.indicators["G1"], city.periods["H1"], entry)

    do(city, "officer", write)
    with city.database.read() as session:
        first, second = versions_of(session, report)
        names = [file.name for file in open_file(session, report).evidence(session)]
    assert names == ["증빙 a.pdf", "증빙 b.pdf"]
    assert (first.value, second.value) == (Decimal("97.3"), Decimal("96.8"))


def test_another_value_is_recognised_only_with_a_reason(city):
    report = submitted(city)
    other = Decimal("95.5")
    assert "사유를 적어" in refused(city, "evaluator", deciding(city, report, approve, other, "  "))
    assert seen(city, report).submission.state is State.SUBMITTED
    do(city, "evaluator", deciding(city, report, approve, other, "중복 3건을 뺐습니다."))
    with city.database.read() as session:
        [decision] = decisions_on(session, report)
        done = open_file(session, report)
    assert (done.submission.recognised, done.version.value) == (other, Decimal("97.3"))
    assert (decision.recognised, decision.reason) == (other, "중복 3건을 뺐습니다.")


def test_the_reported_value_is_recognised_without_a_reason(city):
    report = submitted(city)
    do(city, "evaluator", deciding(city, report, approve, Decimal("97.30")))
    assert seen(city, report).submission.recognised == Decimal("97.3")


IMPOSSIBLE = [
    ("G3", "2", "달성했으면 1, 아니면 0으로"),
    ("W1", "-1", "발생 건수는 0 이상으로"),
    ("F1", "100.1", "0에서 100 사이로"),
    ("F1", "-0.1", "0에서 100 사이로"),
]
"""What an indicator of that kind cannot reach."""


@pytest.mark.parametrize(("code", "value", "said"), IMPOSSIBLE)
def test_what_cannot_be_is_not_saved(city, code, value, said):
    person = {"G": "officer", "W": "carer", "F": "builder"}[code[0]]
    assert said in refused(city, person, saving(city, Entry(Decimal(value)), code))
    with city.database.read() as session:
        assert find(session, city.indicators[code], city.periods["H1"]) is None


@pytest.mark.parametrize(("code", "value", "said"), IMPOSSIBLE)
def test_what_cannot_be_is_not_recognised(city, code, value, said):
    report = city.report(code, "H1", 1, State.SUBMITTED)
    verb = deciding(city, report, approve, Decimal(value), "자료와 다릅니다.")
    assert said in refused(city, "evaluator", verb)
    assert seen(city, report).submission.state is State.SUBMITTED


def test_what_cannot_be_and_was_reported_all_the_same_is_not_approved(city):
    report = city.report("W1", "H1", -1, State.SUBMITTED)
    assert "발생 건수는 0 이상으로" in refused(city, "evaluator", deciding(city, report))
    assert seen(city, report).submission.recognised is None


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Return(ReasonCode.OTHER, " ", LATER), "반려 사유를 적어"),
        (Return(ReasonCode.OTHER, "다시", JULY), "지금보다 뒤여야"),
    ],
)
def test_a_return_needs_a_reason_and_a_deadline_ahead(city, why, said):
    report = submitted(city)
    assert said in refused(city, "evaluator", deciding(city, report, return_, why))
    assert seen(city, report).submission.state is State.SUBMITTED


@pytest.mark.parametrize("person", ["civil", "lead", "evaluator", "administrator", "stand_in"])
def test_only_the_officer_or_their_deputy_reports(city, person):
    assert "담당자만 보고할 수 있습니다" in refused(city, person, saving(city, Entry(None)))
    with city.database.read() as session:
        assert find(session, city.indicators["G1"], city.periods["H1"]) is None


@pytest.mark.parametrize("person", ["officer", "deputy", "lead", "civil", "administrator", "consultant"])
def test_only_evaluators_and_their_deputies_decide(city, person):
    report = submitted(city)
    assert "평가자만" in refused(city, person, deciding(city, report))
    assert "평가자만" in refused(city, person, deciding(city, report, return_, AGAIN))


@pytest.mark.parametrize("person", ["officer", "evaluator", "administrator"])
def test_only_the_team_lead_confirms(confirming_city, person):
    report = submitted(confirming_city)
    assert "팀장만" in refused(confirming_city, person, deciding(confirming_city, report, confirm))


def test_an_evaluator_waits_for_the_team_lead_where_the_cycle_asks_for_it(confirming_city):
    report = submitted(confirming_city)
    said = refused(confirming_city, "evaluator", deciding(confirming_city, report))
    assert said == "팀장 확인을 기다리는 보고입니다. 확인 후에 결정해 주세요."


def test_a_team_lead_returns_what_waits_for_their_confirmation(confirming_city):
    report = submitted(confirming_city)
    do(confirming_city, "lead", deciding(confirming_city, report, return_, AGAIN))
    assert seen(confirming_city, report).submission.state is State.RETURNED


def test_a_deputy_acts_for_the_absent_and_is_shown_as_deputy(city):
    report = submitted(city, "deputy")
    do(city, "stand_in", deciding(city, report))
    with city.database.read() as session:
        version = open_file(session, report).version
        [decision] = decisions_on(session, report)
        acting = session.exec(select(AuditRow.action, AuditRow.person_id, AuditRow.acting_for_id)).all()
    people = city.people
    assert (version.submitted_by_id, version.submitted_for_id) == (people["deputy"], people["officer"])
    assert (decision.decided_by_id, decision.decided_for_id) == (people["stand_in"], people["evaluator"])
    assert ("report.submit", people["deputy"], people["officer"]) in acting
    assert ("report.approve", people["stand_in"], people["evaluator"]) in acting


@pytest.mark.parametrize(
    ("author", "decider"),
    [
        ("officer", "officer"),  # their own report
        ("deputy", "deputy"),  # one they handed in for another
        ("deputy", "officer"),  # one that was handed in for them
    ],
)
def test_nobody_decides_on_their_own(city, author, decider):
    give_role(city, decider, Role.EVALUATOR)
    report = submitted(city, author)
    for verb, more in ((approve, ()), (return_, (AGAIN,))):
        assert "본인이 결정할 수 없습니다" in refused(city, decider, deciding(city, report, verb, *more))
    with city.database.read() as session:
        doer = city.at_work(session, decider, JULY)
        assert not may_decide(doer, open_file(session, report)) and queue(session, doer) == []


def test_a_deputy_does_not_decide_on_what_the_absent_reported_themselves(city):
    city.change(Indicator, city.indicators["G1"], officer_id=city.people["evaluator"])
    report = submitted(city, "evaluator")
    assert "본인이 결정할 수 없습니다" in refused(city, "stand_in", deciding(city, report))
    with city.database.read() as session:
        assert not may_decide(city.at_work(session, "stand_in", JULY), open_file(session, report))


def test_a_deputy_of_two_decides_for_the_one_who_did_not_report(city):
    city.change(Indicator, city.indicators["G1"], officer_id=city.people["evaluator"])
    give_role(city, "civil", Role.EVALUATOR)
    give_role(city, "stand_in", Role.DEPUTY, "civil")
    report = submitted(city, "evaluator")
    do(city, "stand_in", deciding(city, report))
    with city.database.read() as session:
        [decision] = decisions_on(session, report)
    assert decision.decided_for_id == city.people["civil"]


def test_whoever_handed_it_in_for_the_evaluator_does_not_approve_it_for_them(city):
    city.change(Indicator, city.indicators["G1"], officer_id=city.people["evaluator"])
    report = submitted(city, "stand_in")
    assert "본인이 결정할 수 없습니다" in refused(city, "stand_in", deciding(city, report))


def test_a_team_lead_does_not_confirm_what_they_handed_in(confirming_city):
    city = confirming_city
    give_role(city, "lead", Role.DEPUTY, "officer")
    report = submitted(city, "lead")
    assert "본인이 결정할 수 없습니다" in refused(city, "lead", deciding(city, report, confirm))


def test_a_closed_period_refuses_everything(city):
    report = submitted(city)
    city.change(Period, city.periods["H1"], state=PeriodState.CLOSED)
    closed = "상반기는 마감되어 변경할 수 없습니다."
    for verb, more in ((approve, ()), (return_, (AGAIN,))):
        assert closed in refused(city, "evaluator", deciding(city, report, verb, *more))
    assert closed in refused(city, "officer", deciding(city, report, withdraw))
    assert closed in refused(city, "officer", saving(city, Entry(Decimal(8)), "G2"))
    assert seen(city, report).submission.state is State.SUBMITTED


def test_a_closed_period_refuses_a_confirmation(confirming_city):
    report = submitted(confirming_city)
    confirming_city.change(Period, confirming_city.periods["H1"], state=PeriodState.CLOSED)
    assert "마감되어" in refused(confirming_city, "lead", deciding(confirming_city, report, confirm))


def test_a_period_that_has_not_begun_is_not_reported_yet(city):
    city.change(Period, city.periods["H2"], starts_on=LATER.date())
    assert "부터 보고할 수 있습니다" in refused(city, "officer", saving(city, Entry(None), period="H2"))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"value": None}, "실적 값이 비어 있습니다"),
        ({"value": Decimal(1)}, "증빙자료가 없습니다"),
        ({"value": None, "not_applicable": True, "note": " "}, "사유를 '설명'에"),
    ],
)
def test_an_incomplete_report_is_not_handed_in(city, entry, said):
    draft = do(city, "officer", saving(city, Entry(**entry)))
    assert said in refused(city, "officer", deciding(city, draft.id, submit))
    assert seen(city, draft.id).submission.state is State.DRAFT


def test_what_does_not_apply_needs_its_reason_only_and_is_approved_as_such(city):
    entry = Entry(None, not_applicable=True, note="올해 사업이 없습니다.")
    draft = do(city, "officer", saving(city, entry))
    do(city, "officer", deciding(city, draft.id, submit))
    do(city, "evaluator", deciding(city, draft.id))
    done = seen(city, draft.id).submission
    assert (done.recognised, done.recognised_not_applicable) == (None, True)


def test_an_undecided_report_is_withdrawn_and_written_anew(city):
    report = submitted(city)
    assert "먼저 제출을 회수해" in refused(city, "officer", saving(city, Entry(Decimal(1))))
    do(city, "officer", deciding(city, report, withdraw))
    assert seen(city, report).submission.state is State.WITHDRAWN
    assert "다시 제출되면 알려" in refused(city, "evaluator", deciding(city, report))
    assert written(city, "officer", "96").version.number == 2
    do(city, "officer", deciding(city, report, submit))
    assert seen(city, report).submission.state is State.SUBMITTED


def test_a_decided_report_is_neither_withdrawn_nor_written(city):
    report = submitted(city)
    do(city, "evaluator", deciding(city, report))
    assert "정평가 님이" in refused(city, "officer", deciding(city, report, withdraw))
    assert "이미 승인된" in refused(city, "officer", saving(city, Entry(Decimal(1))))
    assert "이미 승인된" in refused(city, "officer", deciding(city, report, submit))


def test_a_decision_binds_to_the_version_that_was_seen(city):
    report = submitted(city)
    on_the_first = deciding(city, report)
    do(city, "officer", deciding(city, report, withdraw))
    written(city, "officer", "50")
    do(city, "officer", deciding(city, report, submit))
    assert "그사이 내용이 바뀌었습니다" in refused(city, "evaluator", on_the_first)
    assert seen(city, report).submission.state is State.SUBMITTED


def test_a_draft_that_changed_since_is_not_handed_in(city):
    draft = written(city, "officer", "97.3")
    handing_in = deciding(city, draft.id, submit)
    written(city, "deputy", "12")
    assert "그사이 내용이 바뀌었습니다" in refused(city, "officer", handing_in)


def test_whoever_is_too_late_learns_who_was_first(city):
    report = submitted(city)
    late = deciding(city, report, return_, AGAIN)
    do(city, "stand_in", deciding(city, report))
    assert refused(city, "evaluator", late) == "문대행 님이 7. 15.(월) 14:00에 먼저 승인했습니다."


ON_POSTGRES = [pytest.param("postgres", marks=pytest.mark.postgres)]
"""For what cannot happen on SQLite, where nobody reads, meaning to write, while another does."""


@pytest.mark.parametrize("any_database", ON_POSTGRES, indirect=True)
def test_whoever_read_the_report_before_it_was_decided_learns_who_was_first_too(city):
    report = submitted(city)
    first = deciding(city, report)
    with city.database.write() as session:
        late = city.at_work(session, "evaluator", JULY)
        opened = open_file(session, report)
        do(city, "stand_in", first)
        with pytest.raises(Refusal, match="문대행"):
            approve(session, late, report, opened.submission.revision)


@pytest.mark.parametrize("any_database", ON_POSTGRES, indirect=True)
def test_two_who_begin_the_same_report_at_once_write_one_after_the_other(city):
    with ThreadPoolExecutor(1) as pool:
        with city.database.write() as session:
            saving(city, Entry(Decimal(1)))(session, city.at_work(session, "officer", JULY))
            second = pool.submit(do, city, "deputy", saving(city, Entry(Decimal(2))))
            wait_until_held_up(city.database, second)
        assert second.result().version.value == 2


@pytest.mark.parametrize("any_database", ON_POSTGRES, indirect=True)
def test_closing_a_period_waits_for_the_decision_under_way(city):
    report = submitted(city)
    with ThreadPoolExecutor(1) as pool:
        with city.database.write() as session:
            deciding(city, report)(session, city.at_work(session, "evaluator", JULY))
            closing = pool.submit(
                do, city, "administrator", lambda session, doer: close(session, doer, city.periods["H1"], 0)
            )
            wait_until_held_up(city.database, closing)
        closing.result()
    with city.database.read() as session:
        frozen = session.exec(select(FrozenScore).where(FrozenScore.indicator_id == city.indicators["G1"]))
        assert [row.recognised for row in frozen] == [Decimal("97.3")]


@pytest.mark.parametrize("any_database", ON_POSTGRES, indirect=True)
def test_a_decision_while_the_period_is_being_closed_comes_too_late(city):
    report = submitted(city)
    late = deciding(city, report)
    with ThreadPoolExecutor(1) as pool:
        with city.database.write() as session:
            close(session, city.at_work(session, "administrator", JULY), city.periods["H1"], 0)
            decision = pool.submit(do, city, "evaluator", late)
            wait_until_held_up(city.database, decision)
        with pytest.raises(Refusal, match="마감되어"):
            decision.result()
    assert seen(city, report).submission.state is State.SUBMITTED


def wait_until_held_up(database: Database, other: Future[Any]) -> None:
    """Returns when the other waits for a lock of ours, or is through already."""
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while not other.done():
        with database.read() as session:
            if session.execute(waiting).scalar():
                return


def test_of_twenty_who_decide_at_once_exactly_one_wins_and_the_others_learn_who(city):
    report = submitted(city)
    with city.database.write() as session:
        people = [Person(code=f"E{number}", name=f"평가{number}") for number in range(20)]
        session.add_all(people)
        session.flush()
        session.add_all(RoleHeld(person_id=person.id, role=Role.EVALUATOR) for person in people)
    names = {person.id: person.name for person in people}
    revision = seen(city, report).submission.revision
    start = Barrier(20)

    def decide(person: Person) -> str | None:
        start.wait()
        try:
            with city.database.write() as session:
                doer = Doer.at_work(session, person.id, JULY, "test")
                approve(session, doer, report, revision)
        except Refusal as refusal:
            return translator("ko")(refusal.phrase)
        return None

    with ThreadPoolExecutor(20) as pool:
        said = list(pool.map(decide, people))
    with city.database.read() as session:
        [decision] = decisions_on(session, report)
        assert verify(session) == []
    winner = names[decision.decided_by_id]
    assert said.count(None) == 1
    assert set(said) - {None} == {f"{winner} 님이 7. 15.(월) 14:00에 먼저 승인했습니다."}


def test_reading_and_then_writing_at_once_loses_no_update(city):
    # On PostgreSQL the row has to be locked for it; on SQLite every writing transaction begins with the lock.
    def count(_: int) -> None:
        with city.database.write() as session:
            cycle = session.exec(select(Cycle).with_for_update()).one()
            cycle.note = str(int(cycle.note or "0") + 1)
            session.add(cycle)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count, range(60)))
    with city.database.read() as session:
        assert session.exec(select(Cycle)).one().note == "60"


def test_a_snapshot_does_not_see_what_is_written_meanwhile(city):
    with city.database.read() as session:
        before = session.exec(select(Cycle.note)).one()
        city.change(Cycle, city.cycle_id, note="바뀜")
        assert session.exec(select(Cycle.note)).one() == before


@pytest.mark.postgres
def test_a_reader_of_postgresql_cannot_write(postgres_database):
    with pytest.raises(DBAPIError, match="read-only"), postgres_database.read() as session:
        session.add(Person(code="x", name="x"))
        session.flush()
