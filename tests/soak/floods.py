"""Too much at once: a burst of words, a crowd of strangers, one button under many fingers, many who decide."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass

from sqlmodel import col, select

from models.audit import AuditRow
from models.messaging.account import Account, Messenger
from models.messaging.inbox import Inbox
from models.messaging.linking import link
from models.organization import Department, Person, Role, RoleHeld
from models.submission import Decision, DecisionKind
from tests.dialogues.city import DISTRICTS, OFFICER, SAFETY, SECOND
from tests.kit import files
from tests.kit.slack import Person as SlackPerson
from tests.kit.telegram import Person as TelegramPerson
from tests.soak.crowd import Crowd
from tests.soak.rounds import quiet

APPROVES = "승인"
_PATIENCE = 60.0


@dataclass
class Flood:
    """What came of one, in figures and in faults."""

    name: str
    seconds: float
    told: str
    wrong: list[str]


async def burst_of_words(crowd: Crowd, count: int = 300) -> Flood:
    """One person types without waiting: every word is taken, and one screen is left open."""
    begun, person = time.monotonic(), crowd.telegram.person(5_000_000_000 + int(OFFICER), OFFICER)
    before = _inbox(crowd)
    for number in range(count):
        await person.says(("메뉴", "내 지표", "도움말", f"민원처리율 {number}")[number % 4])
    left = await quiet(crowd, _PATIENCE)
    taken = _inbox(crowd) - before
    wrong = [*left, *([f"of {count} words {taken} were taken"] if taken != count else [])]
    sent = sum(call.method == "sendMessage" for call in crowd.telegram.calls)
    return Flood(
        "one person, a burst of words", time.monotonic() - begun, f"{count} words, {sent} messages", wrong
    )


async def strangers_with_codes(crowd: Crowd, count: int = 200) -> Flood:
    """None gets in, none learns anything, and the one who has a true code does all the same."""
    begun, wrong = time.monotonic(), []
    people = [crowd.telegram.person(6_000_000_000 + number, "낯선이") for number in range(count // 2)]
    others = [crowd.slack.person(f"U6{number:06}", "낯선이") for number in range(count // 2)]
    before = _linked(crowd)
    code = crowd.town.code(DISTRICTS_CODE)
    await asyncio.gather(*(one.says(f"ABCDEFGH{number % 90 + 10}") for number, one in enumerate(people)))
    true = crowd.telegram.person(6_100_000_000, "별내직원")
    await true.says(code)
    await asyncio.gather(*(one.says(f"ABCDEFGH{number % 90 + 10}") for number, one in enumerate(others)))
    wrong += await quiet(crowd, _PATIENCE)
    if (linked := _linked(crowd) - before) != 1:
        wrong.append(f"{linked} accounts were linked, where one code was true")
    shown = Counter(message.text for one in people for message in one.messages)
    shown.update(message.text for other in others for message in other.ephemerals)
    if len(shown) > 2 or any("연결 코드" not in text for text in shown):
        wrong.append(f"strangers read {shown.most_common(4)}")
    if "안녕하세요" not in true.reads():
        wrong.append(f"the one with a true code reads {true.reads()!r}")
    return Flood(
        "strangers with codes", time.monotonic() - begun, f"{count} strangers, {shown.total()} answers", wrong
    )


DISTRICTS_CODE = f"5{len(DISTRICTS) - 1:03}"
"""Somebody of the city who holds no role and has never come."""


async def one_button(crowd: Crowd, count: int = 50) -> Flood:
    """A report is handed in by a button that is pressed many times at once: it is handed in once."""
    begun, person = time.monotonic(), crowd.telegram.person(5_000_000_000 + int(SECOND), SECOND)
    await person.says(crowd.town.code(SECOND))
    wrong = await quiet(crowd, _PATIENCE)
    await person.says("민원처리율 97.3")
    wrong += await quiet(crowd, _PATIENCE)
    await person.sends_file(files.pdf(), "처리대장.pdf")
    wrong += await quiet(crowd, _PATIENCE)
    for _ in range(3):
        label = next((one for one in person.buttons() if one in ("다음", "건너뛰기")), "")
        if label:
            await person.presses(label)
            wrong += await quiet(crowd, _PATIENCE)
    before = _submitted(crowd)
    message = next((one for one in reversed(person.messages) if "제출하기" in str(one.labels)), None)
    if message is None:
        return Flood("one button", 0.0, "", [*wrong, f"nothing to hand in: {person.reads()[-600:]}"])
    value = next(one["callback_data"] for one in message.buttons() if "제출하기" in one["text"])
    for _ in range(count):
        await person.presses_data(message.message_id, value)
    wrong += await quiet(crowd, _PATIENCE)
    if (times := _submitted(crowd) - before) != 1:
        wrong.append(f"handed in {times} times by {count} presses")
    if person.waiting_queries:
        wrong.append(f"{len(person.waiting_queries)} presses are not answered")
    return Flood("one button", time.monotonic() - begun, f"{count} presses, handed in {times} times", wrong)


async def many_decide(crowd: Crowd, count: int = 20) -> Flood:
    """Evaluators on both messengers approve at the same moment: one wins, the others are told who did."""
    deciders = _evaluators(crowd, count)
    wrong = await quiet(crowd, _PATIENCE)
    officer = crowd.telegram.person(5_000_000_000 + int(SAFETY), SAFETY)
    await officer.says(crowd.town.code(SAFETY))
    wrong += await quiet(crowd, _PATIENCE)
    await officer.says("소화기 보급 97.3")
    wrong += await quiet(crowd, _PATIENCE)
    await officer.sends_file(files.pdf(), "대장.pdf")
    for label in ("다음", "건너뛰기", "제출하기"):
        wrong += await quiet(crowd, _PATIENCE)
        if label in officer.buttons():
            await officer.presses(label)
    wrong += await quiet(crowd, _PATIENCE)
    begun, before = time.monotonic(), _approved(crowd)
    await asyncio.gather(*(_approves(one) for one in deciders))
    wrong += await quiet(crowd, _PATIENCE)
    if (times := _approved(crowd) - before) != 1:
        wrong.append(f"approved {times} times by {len(deciders)} evaluators")
    late = sum("승인" in _reads(one) and "승인됨" in _reads(one) for one in deciders)
    if late != len(deciders):
        wrong.append(
            f"only {late} of {len(deciders)} read that it is approved: {_reads(deciders[0])[-300:]!r}"
        )
    return Flood(
        "many decide", time.monotonic() - begun, f"{len(deciders)} evaluators, approved {times} times", wrong
    )


async def _approves(one: TelegramPerson | SlackPerson) -> None:
    if isinstance(one, TelegramPerson):
        label = next(label for label in reversed(one.buttons()) if label.startswith(APPROVES))
        await one.presses(label)
    else:
        label = next(label for label in one.buttons() if label.startswith(APPROVES))
        await one.presses(label)


def _reads(one: TelegramPerson | SlackPerson) -> str:
    if isinstance(one, TelegramPerson):
        return one.reads()
    return "\n".join(seen.text for seen in [*one.messages, *one.ephemerals])


def _evaluators(crowd: Crowd, count: int) -> list[TelegramPerson | SlackPerson]:
    """New evaluators of the whole city, linked, half of them on each messenger."""
    made: list[TelegramPerson | SlackPerson] = []
    now = crowd.town.clock.now()
    with crowd.town.database.write() as session:
        city = session.exec(select(Department).where(col(Department.parent_id).is_(None))).first()
        assert city is not None
        for number in range(count):
            person = Person(code=f"70{number:02}", name=f"평가{number:02}", department_id=city.id)
            session.add(person)
            session.flush()
            assert person.id is not None
            session.add(RoleHeld(person_id=person.id, role=Role.EVALUATOR, department_id=city.id))
            if number % 2:
                user = crowd.slack.person(f"U70{number:02}", person.name)
                link(session, now, Messenger.SLACK, f"{crowd.slack.team_id}:{user.id}", person.id)
                made.append(user)
            else:
                other = crowd.telegram.person(7_000_000_000 + number, person.name)
                other._opens()
                link(session, now, Messenger.TELEGRAM, str(other.user_id), person.id)
                made.append(other)
    return made


def _inbox(crowd: Crowd) -> int:
    with crowd.town.database.read() as session:
        return len(session.exec(select(Inbox.key)).all())


def _linked(crowd: Crowd) -> int:
    with crowd.town.database.read() as session:
        return len(session.exec(select(Account.id).where(col(Account.address).is_not(None))).all())


def _submitted(crowd: Crowd) -> int:
    with crowd.town.database.read() as session:
        return len(session.exec(select(AuditRow.id).where(AuditRow.action == "report.submit")).all())


def _approved(crowd: Crowd) -> int:
    with crowd.town.database.read() as session:
        return len(session.exec(select(Decision.id).where(Decision.kind == DecisionKind.APPROVE)).all())


EVERY = (strangers_with_codes, one_button, many_decide, burst_of_words)
