"""What is kept is held against what the audit says: whatever is changed past the bot is named."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from handlers.book import BOOK
from models.appeal.deciding import accept
from models.appeal.filing import AppealEntry, file_appeal
from models.audit import verify
from models.evidence.kinds import FileKind
from models.evidence.table import Parcel, StoredFile
from models.period import close, reopen
from models.plan import Indicator, Period
from models.rating.recusing import step_back
from models.rating.table import PaperState
from models.recorded import differences
from models.scheme.adjusting import confirm as confirm_points
from models.scheme.adjusting import propose
from models.scheme.announced import fingerprint, lines_of
from models.scheme.announcing import announce
from models.scheme.owning import give_value, open_item
from models.scheme.result import result_of
from models.store import Database
from models.submission import Entry, approve, confirm, save, submit
from scheduler.due import run_due
from tests.dialogues import city
from tests.kit.rated import Of, add_expert, add_round
from tests.kit.schemes import at_work, cycle_id, institutions, notes_plan, period_id, subject_id

NOW = city.MONDAY
LATER = NOW + timedelta(days=1)


@pytest.fixture
def decided(any_hanbit: Database) -> Database:
    """Something of everything was decided in 한빛시, and the first half is closed."""
    institutions(any_hanbit)
    with any_hanbit.write() as session:
        _reports(session)
        _values(session)
        for code in ("E0", "E1"):
            add_expert(session, code, f"{code} 위원")
    made = add_round(any_hanbit, ("GA", "CI"), [Of("EX", "전문가", raters=("E0", "E1"))], opens=NOW)
    notes_plan(any_hanbit, NOW)
    run_due(any_hanbit, BOOK, NOW)
    made.rates("E0", "GA", LATER, IMP="탁월")
    made.rates("E1", "GA", LATER, IMP="우수")
    with any_hanbit.write() as session:
        rater = at_work(session, "E1", LATER)
        mine = made.papers(rater_id=rater.person_id)
        handed_in, other = sorted(mine, key=lambda one: one.state is not PaperState.SUBMITTED)
        for one in (handed_in, other):
            step_back(session, rater, one.id or 0, one.revision, "작년까지 근무했습니다.")
        _closing(session)
    return any_hanbit


def _reports(session: Session) -> None:
    officer, lead, evaluator = (
        at_work(session, one, NOW) for one in (city.OFFICER, city.LEAD, city.EVALUATOR)
    )
    parcel = _parcel(session, officer.person_id)
    period = period_id(session, "H1")
    session.get_one(Period, period).objection_due = NOW + timedelta(days=20)
    indicator = session.exec(select(Indicator).where(Indicator.name == "민원처리율")).one()
    opened = save(session, officer, indicator.id or 0, period, Entry(Decimal("97.30"), added=[parcel]))
    opened = submit(session, officer, opened.id, opened.submission.revision)
    opened = confirm(session, lead, opened.id, opened.submission.revision)
    approve(session, evaluator, opened.id, opened.submission.revision, Decimal("93.1"), "5월분 제외")


def _parcel(session: Session, owner: int) -> Parcel:
    session.add(StoredFile(sha256="ab" * 32, size=1, kind=FileKind.PDF, stored_at=NOW))
    session.flush()
    parcel = Parcel(id="p" * 32, owner_id=owner, sha256="ab" * 32, name="대장.pdf", size=1, at=NOW)
    session.add(parcel)
    session.flush()
    return parcel


def _values(session: Session) -> None:
    owner, evaluator, office = (
        at_work(session, one, NOW) for one in (city.CIVIL, city.EVALUATOR, city.ADMINISTRATOR)
    )
    item = open_item(session, cycle_id(session), "INST", "COMM", None)
    for value in ("9", "8.5"):
        give_value(session, owner, item, subject_id(session, "GA"), Decimal(value))
    give_value(session, owner, item, subject_id(session, "CA"), None)
    about = (subject_id(session, "GA"), "PLUS", None, Decimal("1.5"), "표창")
    confirm_points(session, office, propose(session, evaluator, *about).id, 0, "확인")
    propose(session, evaluator, *about)


def _closing(session: Session) -> None:
    office, officer = at_work(session, city.ADMINISTRATOR, LATER), at_work(session, city.OFFICER, LATER)
    period, cycle = session.get_one(Period, period_id(session, "H1")), cycle_id(session)
    close(session, office, period.id or 0, period.revision)
    reopen(session, office, period.id or 0, period.revision, "정정")
    close(session, office, period.id or 0, period.revision)
    seen = fingerprint(lines_of(result_of(session, cycle, "INST", None)))
    announce(session, office, cycle, "INST", None, seen)
    indicator = session.exec(select(Indicator.id).where(Indicator.name == "민원처리율")).one()
    appeal = file_appeal(session, officer, indicator or 0, period.id or 0, AppealEntry("5월분도 대상입니다."))
    other = at_work(session, city.OTHER_EVALUATOR, LATER)
    accept(session, other, appeal.id, 0, Decimal("95"), "대상이 맞습니다.")


def test_what_was_decided_is_kept_as_the_audit_says(decided: Database) -> None:
    with decided.read() as session:
        assert (verify(session), differences(session)) == ([], [])


CHANGES = [
    ("UPDATE submission_version SET value = value * 2", "submission:1, version 1 is 194.6, but row"),
    ("UPDATE submission_version SET not_applicable = true", "submission:1, version 1 is none, but row"),
    ("UPDATE submission SET recognised = recognised * 2", "submission:1 is approved 190, but row"),
    ("UPDATE submission SET state = 'returned'", "submission:1 is returned, but row"),
    ("UPDATE decision SET recognised = 1 WHERE kind = 'approve'", "submission:1, decision 2 is approve"),
    ("UPDATE owner_value SET value = value + 1 WHERE id = 2", "item:1.INST.COMM.year of GA, value 2 is"),
    ("DELETE FROM owner_value WHERE id = 3", "item:1.INST.COMM.year of CA, value 1 is gone: row"),
    ('UPDATE rating_entry SET answers = \'{"IMP": "미흡"}\' WHERE id = 1', 'entry 1 is {"IMP": "미흡"}, but'),
    (
        "UPDATE rating_paper SET state = 'recused' WHERE state = 'submitted'",
        "recused, of which the audit knows",
    ),
    ("UPDATE rating_paper SET state = 'open' WHERE state = 'recused'", "is gone: row"),
    ("UPDATE adjustment SET points = points * 2 WHERE id = 1", "adjustment:1, points is 3, but row"),
    ("UPDATE adjustment SET state = 'confirmed'", "adjustment:2 is confirmed, but row"),
    ("UPDATE adjustment SET subject_id = 2 WHERE id = 1", "adjustment:1, for is CI PLUS, but row"),
    ("UPDATE appeal SET state = 'dismissed'", "appeal:1 is dismissed, but row"),
    ("UPDATE period SET state = 'open'", "is gone: row"),
    (
        "UPDATE indicator SET weight = weight * 2 WHERE id = 1",
        "indicator:1 is not as version 1 of it says: weight",
    ),
    (
        "UPDATE target SET value = value * 2 WHERE indicator_id = 1",
        "indicator:1 is not as version 1 of it says: targets",
    ),
    ("UPDATE frozen_score SET points = 100", "scores:period."),
    ("DELETE FROM frozen_score", "scores:period."),
    ("UPDATE scheme_part SET points = points + 1 WHERE id = 1", "scheme:1.INST is"),
    ("UPDATE scheme_subject SET grouping = '다' WHERE id = 1", "scheme:1.INST is"),
    ("UPDATE rating_criterion SET weight = weight + 1", "rating:1."),
    ("UPDATE rater_group SET trim = 3", "rating:1."),
    ("UPDATE scheme_announcement SET results = '[]'", "announcement:1 is"),
]


@pytest.mark.parametrize("any_hanbit", ["sqlite"], indirect=True)
def test_what_was_changed_past_the_bot_is_named(decided: Database) -> None:
    for statement, said in CHANGES:
        with decided.engine.connect() as connection:
            connection.execute(sa.text(statement))
            with Session(connection) as session:
                found = differences(session)
            connection.rollback()
        assert found and said in "\n".join(found), (statement, found)


@pytest.mark.parametrize("any_hanbit", ["sqlite"], indirect=True)
def test_what_cannot_even_be_read_is_named_and_the_rest_is_looked_at(decided: Database) -> None:
    with decided.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.execute(sa.text("UPDATE adjustment SET state = 'whatever'"))
        connection.execute(sa.text("UPDATE appeal SET state = 'dismissed'"))
        with Session(connection) as session:
            found = "\n".join(differences(session))
        connection.rollback()
    assert "a row of adjustments is not readable" in found
    assert "appeal:1 is dismissed" in found
