"""A round from the first answer to its scores: drafts, handing in, corrections, races, what it was on a past day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from sqlmodel import Session, col, select

from handlers.book import BOOK
from models.audit import AuditRow, verify
from models.doer import Doer
from models.organization import Department, Role, RoleHeld
from models.rating.again import rate_again
from models.rating.answering import hand_in, save, submit
from models.rating.papers import open_paper, round_of
from models.rating.reading import rating_scores
from models.rating.recusing import step_back
from models.rating.scores import RatingScore
from models.rating.spread import spread_of
from models.rating.table import Entry, GroupKind, Paper, PaperState, Rating
from models.reminding.circle import Circle
from models.reminding.of_ratings import OF_RATINGS
from models.reminding.rule import Audience
from models.store import Database
from models.words import Refusal
from scheduler.due import run_due
from tests.kit.rated import CLOSES, OPENS, Asks, Of, Round, add_expert, add_round, person_of, small_city

LATER = OPENS + timedelta(hours=2)
TWELVE = [f"E{number}" for number in range(12)]


@pytest.fixture
def twelve(database: Database) -> Round:
    """Ten departments, a committee of twelve of which the two highest and lowest are left out, and planners."""
    groups = [
        Of("COM", "자문위원회", "60", TWELVE[:10], trim=2, fewest=5),
        Of("PLN", "기획실", "40", TWELVE[10:]),
    ]
    asks = [Asks("IMP", "중요도", weight="60"), Asks("DIF", "난이도", "0~100", "40")]
    made = add_round(database, small_city(database), groups, asks, rates_changes=True)
    run_due(database, BOOK, OPENS)
    return made


def score_of(made: Round, subject: str, as_of: datetime | None = None) -> RatingScore:
    with made.database.read() as session:
        return rating_scores(session, [made.id], as_of)[made.id, made.subjects[subject]]


def at_work(session: Session, code: str, now: datetime = LATER) -> Doer:
    return Doer.at_work(session, person_of(session, code).id or 0, now, "test")


def paper_of(made: Round, rater: str, subject: str) -> Paper:
    with made.database.read() as session:
        person = person_of(session, rater).id
    return made.papers(rater_id=person, subject_id=made.subjects[subject])[-1]


def test_a_subject_s_score_by_hand(twelve: Round) -> None:
    # 60 % of the label's per cent and 40 % of the number.
    given = [("탁월", 90), ("우수", 90), ("우수", 80), ("보통", 80), ("보통", 70), ("미흡", 0)]
    # 96, 90, 86, 80, 76, 36: without the two highest and lowest 86 and 80, so 83
    for rater, (label, number) in zip(TWELVE, given, strict=False):
        twelve.rates(rater, "D0", LATER, IMP=label, DIF=str(number))
    score = score_of(twelve, "D0")
    assert score.groups[0].percent == 83
    assert (score.groups[0].counted, score.groups[0].expected, score.groups[0].trimmed) == (6, 10, 4)
    # The planners have not said anything: their share falls to the committee, and they are shown as missing.
    assert (score.percent, score.is_missing) == (Decimal(83), True)

    twelve.rates("E10", "D0", LATER, IMP="탁월", DIF="100")
    # (60 × 83 + 40 × 100) ÷ 100 = 89.8
    assert (score_of(twelve, "D0").percent, score_of(twelve, "D0").is_missing) == (Decimal("89.8"), False)


def test_with_fewer_papers_than_the_plan_wants_a_group_does_not_count(twelve: Round) -> None:
    for rater in TWELVE[:4]:
        twelve.rates(rater, "D1", LATER, IMP="탁월", DIF="100")
    assert score_of(twelve, "D1").percent is None and score_of(twelve, "D1").is_missing
    twelve.rates("E4", "D1", LATER, IMP="탁월", DIF="100")
    assert score_of(twelve, "D1").percent == 100


def test_the_score_of_a_past_moment_is_worked_out_again(twelve: Round) -> None:
    hours = [LATER + timedelta(hours=hour) for hour in range(5)]
    before = OPENS - timedelta(hours=1)
    assert score_of(twelve, "D0", before).percent is None and score_of(twelve, "D0", before).is_missing
    twelve.rates("E10", "D0", hours[0], IMP="탁월", DIF="100")
    twelve.rates("E11", "D0", hours[1], IMP="우수", DIF="90")
    twelve.rates("E10", "D0", hours[2], IMP="보통", DIF="80")
    with twelve.database.write() as session:
        paper = paper_of(twelve, "E11", "D0")
        step_back(
            session, at_work(session, "E11", hours[3]), paper.id or 0, paper.revision, "친족이 근무합니다."
        )
    told = [score_of(twelve, "D0", moment).percent for moment in hours]
    assert told == [100, 95, 85, 80, 80]
    assert score_of(twelve, "D0").groups[1].expected == 1


def test_a_draft_counts_nothing_and_a_correction_only_once_it_is_handed_in(twelve: Round) -> None:
    twelve.rates("E10", "D0", LATER, IMP="탁월", DIF="100")
    with twelve.database.write() as session:
        paper = paper_of(twelve, "E10", "D0")
        save(session, at_work(session, "E10"), paper.id or 0, {"IMP": "미흡", "DIF": "0"})
    assert paper_of(twelve, "E10", "D0").state is PaperState.OPEN
    assert score_of(twelve, "D0").percent == 100


def test_saving_what_is_there_already_takes_nothing_back(twelve: Round) -> None:
    twelve.rates("E10", "D0", LATER, IMP="탁월", DIF="100")
    with twelve.database.write() as session:
        paper = paper_of(twelve, "E10", "D0")
        save(session, at_work(session, "E10"), paper.id or 0, {"IMP": "탁월", "DIF": "１００"})
    assert paper_of(twelve, "E10", "D0").state is PaperState.SUBMITTED


@pytest.mark.parametrize(
    ("answers", "said"),
    [({"DIF": "101"}, "0에서 100"), ({"DIF": "7.5"}, "정수"), ({"IMP": "최고"}, "척도에 없는")],
)
def test_only_what_is_on_the_scale_is_kept(twelve: Round, answers: dict[str, str], said: str) -> None:
    paper = paper_of(twelve, "E10", "D0")
    with twelve.database.write() as session, pytest.raises(Refusal, match=said):
        save(session, at_work(session, "E10"), paper.id or 0, answers)


def test_a_paper_without_all_answers_is_not_handed_in(twelve: Round) -> None:
    with twelve.database.write() as session:
        doer = at_work(session, "E10")
        paper = save(session, doer, paper_of(twelve, "E10", "D0").id or 0, {"IMP": "탁월"}).paper
        with pytest.raises(Refusal, match=r"D0과: 답하지 않은 항목이 있습니다\(난이도\)"):
            submit(session, doer, paper.id or 0, paper.revision)


def test_nobody_rates_for_another_not_even_their_deputy(twelve: Round) -> None:
    paper = paper_of(twelve, "E0", "D0")
    with twelve.database.write() as session:
        stands_in = person_of(session, "E5").id or 0
        absent = person_of(session, "E0").id
        session.add(RoleHeld(person_id=stands_in, role=Role.DEPUTY, stands_in_for_id=absent))
        session.flush()
        for code in ("E5", "E11"):
            with pytest.raises(Refusal, match="위원 본인만"):
                save(session, at_work(session, code), paper.id or 0, {"IMP": "탁월"})


@pytest.mark.parametrize(("now", "said"), [(CLOSES, "마감된 평가"), (OPENS - timedelta(1), "시작하지 않은")])
def test_a_round_is_answered_while_it_is_open(twelve: Round, now: datetime, said: str) -> None:
    paper = paper_of(twelve, "E0", "D0")
    with twelve.database.write() as session, pytest.raises(Refusal, match=said):
        save(session, at_work(session, "E0", now), paper.id or 0, {"IMP": "탁월"})


def test_what_was_handed_in_is_not_handed_in_again(twelve: Round) -> None:
    twelve.rates("E10", "D0", LATER, IMP="탁월", DIF="100")
    paper = paper_of(twelve, "E10", "D0")
    with twelve.database.write() as session, pytest.raises(Refusal, match="이미 제출되었습니다"):
        submit(session, at_work(session, "E10"), paper.id or 0, paper.revision)


def test_who_has_come_to_the_department_since_steps_back_instead(twelve: Round) -> None:
    paper = paper_of(twelve, "E10", "D0")
    with twelve.database.write() as session:
        doer = at_work(session, "E10")
        rater = person_of(session, "E10")
        rater.department_id = session.exec(select(Department.id).where(Department.code == "D0")).one()
        session.add(rater)
        seen = save(session, doer, paper.id or 0, {"IMP": "탁월", "DIF": "100"}).paper.revision
        with pytest.raises(Refusal, match=r"D0과.*‘회피’"):
            submit(session, doer, paper.id or 0, seen)
        step_back(session, doer, paper.id or 0, seen, "그 부서로 옮겼습니다.")
    twelve.rates("E10", "D1", LATER, IMP="탁월", DIF="100")


def test_all_is_handed_in_or_nothing(twelve: Round) -> None:
    with twelve.database.write() as session:
        doer = at_work(session, "E10")
        seen = {}
        for subject in ("D0", "D1"):
            paper = save(
                session, doer, paper_of(twelve, "E10", subject).id or 0, {"IMP": "탁월", "DIF": "1"}
            ).paper
            seen[paper.id or 0] = paper.revision
        save(session, doer, paper.id or 0, {"IMP": "보통", "DIF": "1"})
        with pytest.raises(Refusal, match="D1과의 답이 그사이 바뀌었습니다"), session.begin_nested():
            hand_in(session, doer, seen)
    assert twelve.papers(state=PaperState.SUBMITTED) == []


def test_of_two_that_hand_in_at_once_one_does(any_database: Database) -> None:
    made = add_round(any_database, small_city(any_database, 2), [Of("EX", "전문가", raters=TWELVE)])
    run_due(any_database, BOOK, OPENS)
    for number in range(3):
        rater = TWELVE[number]
        paper_id = paper_of(made, rater, "D0").id or 0
        with any_database.write() as session:
            revision = save(session, at_work(session, rater), paper_id, {"IMP": "우수"}).paper.revision
        start = Barrier(2, timeout=30)

        def press(
            _: int, key: int = paper_id, seen: int = revision, code: str = rater, at: Barrier = start
        ) -> str:
            at.wait()
            try:
                with made.database.write() as session:
                    submit(session, at_work(session, code), key, seen)
            except Refusal as refusal:
                return refusal.phrase.text
            return "in"

        with ThreadPoolExecutor(2) as pool:
            told = sorted(pool.map(press, range(2)))
        assert told[0] == "in" and "이미 제출되었습니다" in told[1]
    with any_database.read() as session:
        assert len(session.exec(select(Entry)).all()) == 3
        assert verify(session) == []


def test_two_processes_deal_a_round_once(any_database: Database) -> None:
    made = add_round(
        any_database,
        small_city(any_database),
        [Of("A", "가", raters=TWELVE), Of("B", "나", raters=TWELVE, each=3)],
    )
    start = Barrier(2, timeout=30)

    def tick(_: int) -> None:
        start.wait()
        run_due(any_database, BOOK, OPENS)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tick, range(2)))
    assert len(made.papers()) == 120 + 36


def test_what_is_rated_again_counts_by_the_last_turn_alone(twelve: Round) -> None:
    twelve.rates("E10", "D0", LATER, IMP="탁월", DIF="100")
    twelve.rates("E10", "D1", LATER, IMP="탁월", DIF="100")
    twelve.rates("E11", "D0", LATER, IMP="탁월", DIF="100")
    with twelve.database.write() as session:
        paper = paper_of(twelve, "E11", "D0")
        step_back(session, at_work(session, "E11"), paper.id or 0, paper.revision, "이해관계")
    moved = LATER + timedelta(hours=1)
    wanted = {twelve.subjects["D0"], twelve.subjects["D5"]}
    with twelve.database.write() as session:
        # Of D5 nothing was handed in; E11 stepped back.
        assert rate_again(session, moved, wanted, "조직개편") == 11
        assert rate_again(session, moved, wanted, "조직개편") == 0
        with pytest.raises(Refusal, match="새로 평가합니다"):
            first = next(one for one in twelve.papers(subject_id=twelve.subjects["D0"]) if one.turn == 1)
            save(session, at_work(session, "E0", moved), first.id or 0, {"IMP": "탁월"})
    run_due(twelve.database, BOOK, moved)
    assert len(twelve.papers(turn=2)) == 11
    assert score_of(twelve, "D0").percent is None and score_of(twelve, "D0").is_missing
    assert score_of(twelve, "D0", LATER).percent == 100
    assert score_of(twelve, "D1").percent == 100
    twelve.rates("E10", "D0", moved, IMP="보통", DIF="80")
    assert score_of(twelve, "D0").percent == 80


def test_a_round_that_is_over_is_taken_up_again_for_as_long_as_it_lasted(twelve: Round) -> None:
    twelve.rates("E10", "D0", LATER, IMP="탁월", DIF="100")
    late = CLOSES + timedelta(days=5)
    too_late = CLOSES + (CLOSES - OPENS)
    with twelve.database.write() as session:
        assert rate_again(session, too_late, [twelve.subjects["D0"]], "조직개편") == 0
        assert rate_again(session, late, [twelve.subjects["D0"]], "조직개편") == 12
    with twelve.database.read() as session:
        assert open_paper(session, paper_of(twelve, "E10", "D0").id or 0).due_at == late + (CLOSES - OPENS)
        assert len(round_of(session, person_of(session, "E10").id or 0, twelve.id).papers) == 10
    twelve.rates("E10", "D0", late + timedelta(days=10), IMP="미흡", DIF="60")
    assert score_of(twelve, "D0").percent == 60


def test_only_rounds_that_ask_for_it_are_rated_again(twelve: Round) -> None:
    twelve.rates("E10", "D0", LATER, IMP="탁월", DIF="100")
    with twelve.database.write() as session:
        session.get_one(Rating, twelve.id).rates_changes = False
        session.flush()
        assert rate_again(session, LATER, [twelve.subjects["D0"]], "조직개편") == 0


def test_who_leads_and_nobody_else_is_asked_again(database: Database) -> None:
    small_city(database, 2, 0)
    with database.write() as session:
        for code in ("L1", "L2"):
            add_expert(session, code, code)
        place = add_place(session, "D0", "L1")
    made = add_round(database, ["D0"], [Of("OWN", "소속", kind=GroupKind.LEADS)], rates_changes=True)
    run_due(database, BOOK, OPENS)
    made.rates("L1", "D0", LATER, IMP="탁월")
    with database.write() as session:
        held = session.exec(select(RoleHeld)).one()
        session.delete(held)
        session.add(
            RoleHeld(person_id=person_of(session, "L2").id or 0, role=Role.TEAM_LEAD, department_id=place)
        )
        session.flush()
        rate_again(session, LATER, [made.subjects["D0"]], "조직개편")
    assert [one.turn for one in made.papers()] == [1, 2]
    assert made.papers(turn=2)[0].rater_id != made.papers(turn=1)[0].rater_id


def add_place(session: Session, department: str, lead: str) -> int:
    place = session.exec(select(Department.id).where(Department.code == department)).one() or 0
    session.add(
        RoleHeld(person_id=person_of(session, lead).id or 0, role=Role.TEAM_LEAD, department_id=place)
    )
    session.flush()
    return place


def test_a_rater_s_papers_are_one_duty_of_their_own_until_they_are_handed_in(twelve: Round) -> None:
    def duties(now: datetime) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
        with twelve.database.read() as session:
            circle = Circle.on(session, now.date())
            found = OF_RATINGS[0].duties(session, circle, now, None)
            return {
                one.key[1]: (
                    one.receivers(circle, Audience.OFFICER),
                    tuple(one.people(Audience.ADMINISTRATOR)),
                )  # type: ignore[arg-type]
                for one in found
            }

    with twelve.database.write() as session:
        rater, office = person_of(session, "E10").id or 0, person_of(session, "E0").id or 0
        session.add(RoleHeld(person_id=office, role=Role.ADMINISTRATOR))
        deputy = person_of(session, "E1").id or 0
        session.add(RoleHeld(person_id=deputy, role=Role.DEPUTY, stands_in_for_id=rater))
    assert duties(OPENS - timedelta(hours=1)) == duties(OPENS)
    assert len(duties(LATER)) == 12
    # Their deputy cannot do it and is not asked.
    assert duties(LATER)[rater] == ((rater,), (office,))
    for number in range(10):
        twelve.rates("E10", f"D{number}", LATER, IMP="탁월", DIF="1")
    assert rater not in duties(LATER)
    # When it is too late only the office hears of it, for a week.
    late = duties(CLOSES + timedelta(days=1))
    assert late[office] == ((), (office,)) and len(late) == 11
    assert duties(CLOSES + timedelta(days=8)) == {}


def test_what_stands_out_in_the_spread(twelve: Round) -> None:
    for number, rater in enumerate(TWELVE[:5]):
        twelve.rates(rater, "D0", LATER, IMP="우수", DIF=str(90 - 2 * number))
    twelve.rates("E5", "D0", LATER, IMP="미흡", DIF="20")
    for subject in ("D1", "D2", "D3"):
        twelve.rates("E6", subject, LATER, IMP="보통", DIF="80")
        twelve.rates("E7", subject, LATER, IMP="보통", DIF=subject[1])
    with twelve.database.read() as session:
        found = spread_of(session, session.get_one(Rating, twelve.id))
        people = {person_of(session, code).id: code for code in TWELVE}
    first = found.subjects[0]
    # 90, 89.2, 88.4, 87.6, 86.8 and 44
    assert (first.lowest, first.highest, first.mean) == (44, 90, 81)
    # √(((9² + 8.2² + 7.4² + 6.6² + 5.8²) + 37²) ÷ 6) = √(1649.2 ÷ 6)
    assert abs(first.deviation - Decimal("16.5791")) < Decimal("0.0001")
    assert [people[one.rater_id] for one in first.far] == ["E5"]
    assert [people[one] for one in found.same] == ["E6"]
    assert all(not one.far for one in found.subjects[1:])


def test_everything_that_was_done_is_in_the_audit(twelve: Round) -> None:
    twelve.rates("E10", "D0", LATER, IMP="탁월", DIF="100")
    paper = paper_of(twelve, "E10", "D0")
    with twelve.database.read() as session:
        rows = session.exec(
            select(AuditRow).where(AuditRow.subject == f"rating_paper:{paper.id}").order_by(col(AuditRow.id))
        ).all()
    assert [row.action for row in rows] == ["rating.save", "rating.submit"]
    assert rows[1].detail["answers"] == '{"DIF": "100", "IMP": "탁월"}'
