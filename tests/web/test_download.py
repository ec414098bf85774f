"""Files on their way out: to who may see them now, as attachments, and with a note of who took them."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.web import draw
from models.evidence.table import EvidenceFile, Parcel, receive
from models.messaging.account import Account
from models.organization import Person, RoleHeld
from models.submission import SubmissionVersion
from tests.kit import files
from tests.kit.served import Served

NAME = "2019년 상반기 '민원' 처리대장 (최종).pdf"


@pytest.fixture
def evidence(served: Served) -> EvidenceFile:
    """A file handed in with 총무과's 민원처리율, and its bytes in the vault."""
    with served.house.vault.receiving() as incoming:
        incoming.write(files.pdf())
        kept = incoming.keep(NAME)
    served.write(lambda session: receive(session, served.clock.now(), 1, kept).id)
    served.city.report("G1", "H1", 97.3, evidence=[NAME])
    [row] = served.rows(EvidenceFile)
    served.city.change(EvidenceFile, row.id or 0, sha256=kept.sha256, size=kept.size)
    return served.rows(EvidenceFile)[0]


def link(served: Served, person: str, reference: str) -> str:
    """The address that the person's chat would show."""
    served.session(person)
    [account] = served.rows(Account, Account.person_id == served.city.people[person])
    return served.house.links.address(account.id or 0, reference)


async def take(served: Served, person: str, evidence: EvidenceFile, whose: str | None = None) -> int:
    address = link(served, whose or person, f"evidence:{evidence.id}")
    return (await served.client.get(address, headers=served.cookies(person))).status_code


async def test_an_evaluator_takes_the_evidence_from_the_card(served: Served) -> None:
    async with served.window("officer") as officer, served.window("evaluator") as evaluator:
        await officer.says("민원처리율 97.3")
        await officer.attaches(files.pdf(), NAME)
        await officer.presses("다음")
        await officer.presses("건너뛰기")
        await officer.presses("제출하기")
        answer = await evaluator.takes(NAME)
    assert answer.content == files.pdf()
    [row] = served.audited("file.take")
    assert row.person_id == served.city.people["evaluator"]
    assert row.subject.startswith("evidence:") and row.detail["address"] == "127.0.0.1"
    assert row.detail["sha256"] == served.rows(EvidenceFile)[0].sha256


async def test_a_file_arrives_as_an_attachment_under_its_korean_name(
    served: Served, evidence: EvidenceFile
) -> None:
    address = link(served, "officer", f"evidence:{evidence.id}")
    answer = await served.client.get(address, headers=served.cookies("officer"))
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''2019%EB%85%84%20%EC%83%81%EB%B0%98%EA%B8%B0%20"
        "%27%EB%AF%BC%EC%9B%90%27%20%EC%B2%98%EB%A6%AC%EB%8C%80%EC%9E%A5%20%28%EC%B5%9C%EC%A2%85%29.pdf"
    )
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox"
    assert answer.headers["cache-control"] == "private, no-store"


async def test_a_name_cannot_write_headers_of_its_own(served: Served, evidence: EvidenceFile) -> None:
    name = 'a"\r\nSet-Cookie: x=1\r\n\r\n<script>; filename=b.html'
    served.city.change(EvidenceFile, evidence.id or 0, name=name)
    address = link(served, "officer", f"evidence:{evidence.id}")
    answer = await served.client.get(address, headers=served.cookies("officer"))
    assert answer.status_code == 200 and answer.content == files.pdf()
    assert "set-cookie" not in answer.headers
    assert not set(answer.headers["content-disposition"].partition("''")[2]) & set('"<>; \r\n')


async def test_only_who_may_see_the_report_takes_its_evidence(served: Served, evidence: EvidenceFile) -> None:
    taken = {person: await take(served, person, evidence) for person in served.city.people}
    may = {"officer", "deputy", "lead", "evaluator", "stand_in", "administrator"}
    assert taken == {person: 200 if person in may else 404 for person in taken}
    assert len(served.audited("file.take")) == len(may)


async def test_the_evidence_of_a_draft_is_its_officers_alone(served: Served, evidence: EvidenceFile) -> None:
    served.city.change(SubmissionVersion, evidence.version_id, submitted_at=None)
    taken = {person: await take(served, person, evidence) for person in served.city.people}
    assert taken == {person: 200 if person in ("officer", "deputy") else 404 for person in taken}
    served.city.change(SubmissionVersion, evidence.version_id, submitted_at=served.clock.now())
    assert await take(served, "evaluator", evidence) == 200


async def test_a_link_made_for_another_account_is_refused(served: Served, evidence: EvidenceFile) -> None:
    assert await take(served, "evaluator", evidence, whose="officer") == 404
    assert await take(served, "civil", evidence, whose="officer") == 404
    assert served.audited("file.take") == []


async def test_without_a_login_the_link_alone_opens_nothing(served: Served, evidence: EvidenceFile) -> None:
    assert (await served.client.get(link(served, "officer", f"evidence:{evidence.id}"))).status_code == 404


async def test_rights_are_asked_when_the_file_is_taken(served: Served, evidence: EvidenceFile) -> None:
    assert await take(served, "lead", evidence) == 200
    with served.database.write() as session:
        held = session.exec(select(RoleHeld).where(RoleHeld.person_id == served.city.people["lead"])).one()
        held.ends_on = date(2019, 7, 15)
        session.add(held)
    served.clock.move(timedelta(days=1))
    assert await take(served, "lead", evidence) == 404


async def test_who_has_left_takes_nothing_away(served: Served, evidence: EvidenceFile) -> None:
    address, cookies = link(served, "officer", f"evidence:{evidence.id}"), served.cookies("officer")
    served.city.change(Person, served.city.people["officer"], left_on=date(2019, 7, 15))
    served.clock.move(timedelta(days=1))
    assert (await served.client.get(address, headers=cookies)).status_code == 404


async def test_a_link_is_over_with_the_login_it_was_shown_in(
    served: Served, evidence: EvidenceFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw, "LINK_LASTS", timedelta(seconds=-1))
    assert await take(served, "officer", evidence) == 404


async def test_a_forged_link_looks_like_one_that_is_over(served: Served, evidence: EvidenceFile) -> None:
    good = link(served, "officer", f"evidence:{evidence.id}")
    cookies = served.cookies("officer")
    gone = await served.client.get(link(served, "officer", "evidence:999"), headers=cookies)
    assert gone.status_code == 404 and "파일을 열 수 없습니다" in gone.text
    for bad in ("/files/x", good[:-1], good + "x", good.replace(".", "", 1), "/files/%00"):
        answer = await served.client.get(bad, headers=cookies)
        assert answer.status_code == 404 and answer.text == gone.text, bad
    for reference in ("evidence:-1", "evidence:", "evidence:1 OR 1", "parcel:x", "", "evidence:²"):
        answer = await served.client.get(link(served, "officer", reference), headers=cookies)
        assert answer.status_code == 404, reference


async def test_a_parcel_is_its_owners_alone(served: Served, evidence: EvidenceFile) -> None:
    [parcel] = served.rows(Parcel)
    for person, status in (("officer", 200), ("evaluator", 404), ("administrator", 404)):
        address = link(served, person, f"parcel:{parcel.id}")
        answer = await served.client.get(address, headers=served.cookies(person))
        assert answer.status_code == status, person


async def test_a_file_missing_from_the_vault_is_said_to_be_missing(
    served: Served, evidence: EvidenceFile, mishaps: list[dict[str, str]]
) -> None:
    served.house.vault.place(evidence.sha256).unlink()
    address = link(served, "officer", f"evidence:{evidence.id}")
    answer = await served.client.get(address, headers=served.cookies("officer"))
    assert answer.status_code == 404 and "보관된 파일을 찾을 수 없습니다" in answer.text
    assert [event["event"] for event in mishaps] == ["file.missing"]
    mishaps.clear()
