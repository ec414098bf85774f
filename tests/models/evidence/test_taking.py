"""Taking a file away: rights are asked each time, and who took what is noted."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from models.audit import AuditRow
from models.evidence.kinds import FileKind
from models.evidence.table import EvidenceFile, Parcel, receive
from models.evidence.taking import take_file
from models.evidence.vault import Kept
from models.store import Database
from models.submission import State
from tests.kit.city import JULY, City, small_city

EVERYBODY = {"officer", "civil", "lead", "evaluator", "administrator", "rater"}


@pytest.fixture
def city(any_database: Database, tmp_path: Path) -> City:
    """한빛시, on either database."""
    return small_city(tmp_path, any_database)


def _take(city: City, person: str, reference: str) -> str | None:
    """The name of the file they got."""
    with city.database.write() as session:
        file = take_file(session, JULY, city.at_work(session, person, JULY), reference, "10.0.0.1")
        return file.name if file is not None else None


def _takers(city: City, reference: str) -> set[str]:
    return {person for person in EVERYBODY if _take(city, person, reference) is not None}


def _evidence(city: City, state: State) -> str:
    city.report("G1", "H1", 97.3, state, evidence=["처리대장.pdf"])
    with city.database.read() as session:
        return f"evidence:{session.exec(select(EvidenceFile.id)).one()}"


def _parcel(city: City, person: str) -> str:
    kept = Kept("a" * 64, 3, FileKind.PDF, "성과표.xlsx")
    with city.database.write() as session:
        return f"parcel:{receive(session, JULY, city.people[person], kept).id}"


def test_evidence_is_for_whoever_may_see_the_report(city: City) -> None:
    reference = _evidence(city, State.SUBMITTED)
    assert {"officer", "lead", "evaluator"} <= _takers(city, reference)
    assert not {"civil", "rater"} & _takers(city, reference)


def test_evidence_of_a_draft_is_its_officers_alone(city: City) -> None:
    assert _takers(city, _evidence(city, State.DRAFT)) == {"officer"}


def test_a_parcel_is_its_owner_s_alone(city: City) -> None:
    assert _takers(city, _parcel(city, "administrator")) == {"administrator"}


def test_each_taking_is_noted_and_a_refusal_is_none(city: City) -> None:
    reference = _evidence(city, State.SUBMITTED)
    assert _take(city, "lead", reference) == "처리대장.pdf"
    assert _take(city, "civil", reference) is None
    with city.database.read() as session:
        [row] = session.exec(select(AuditRow).where(AuditRow.action == "file.take")).all()
        evidence = session.exec(select(EvidenceFile)).one()
    assert (row.person_id, row.channel, row.subject) == (city.people["lead"], "test", reference)
    assert row.detail == {"sha256": evidence.sha256, "address": "10.0.0.1"}


@pytest.mark.parametrize(
    "reference", ["", ":", "evidence:", "evidence:99", "evidence:٣", "evidence:-1", "parcel:", "parcel:x"]
)
def test_what_is_no_file_is_none(city: City, reference: str) -> None:
    _evidence(city, State.SUBMITTED)
    assert _take(city, "officer", reference) is None


def test_what_was_taken_can_be_taken_again(city: City) -> None:
    reference = _parcel(city, "officer")
    assert _take(city, "officer", reference) == _take(city, "officer", reference) == "성과표.xlsx"
    with city.database.read() as session:
        assert session.exec(select(Parcel)).one()
