"""A process dies at any point: what was committed is sent, and goes twice only if it was on its way."""

import asyncio
import sys
from pathlib import Path

from sqlmodel import Session, col

from bot.outgoing.claiming import Claiming
from bot.outgoing.claims import Claimant
from bot.outgoing.courier import Courier
from bot.outgoing.load import Later, Load
from bot.outgoing.settling import MOST_TRIES
from models.messaging.outbox import Outbox, Sending
from tests.outgoing.office import BOOK, NOW, TELEGRAM, Arrived, Office, Said, Sender, until


class Life:
    """A courier that can be killed: nothing is written down any more, and its lock is gone."""

    def __init__(self, office: Office, sender: Sender | None = None) -> None:
        self.claiming: Claiming = office.claiming()
        self.sender = sender or Sender()
        self.courier: Courier = office.new_courier(self.claiming, self.sender)
        self.task = asyncio.create_task(self.courier.run())

    async def is_killed(self) -> None:
        async def nothing(*_: object) -> None: ...

        # The orderly way out is not taken by who is killed.
        self.courier._end_all = nothing  # type: ignore[method-assign]
        tasks = [self.task, *self.courier._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.claiming.claimant.close()


async def ends_well(office: Office) -> Sender:
    """Another process takes over."""
    async with office.courier(sender=(sender := Sender())):
        await office.rests()
        await until(lambda: set(office.states()) == {Sending.SENT})
    return sender


async def test_killed_after_claiming_everything_is_sent_by_the_next(office: Office) -> None:
    people = [office.person(f"{number}") for number in range(5)]
    for person in people:
        office.tell(person, "하나", "둘", "셋")
    claiming = office.claiming()
    with office.database.write() as session:
        assert len(claiming.waiting(session, NOW, NOW, TELEGRAM, 40)) == 15
    claiming.claimant.close()
    sender = await ends_well(office)
    assert all(sender.words(person) == ["하나", "둘", "셋"] for person in people)
    assert {load.tries for load in sender.sent} == {1}, "nobody knows whether they arrived"


async def test_killed_while_sending_only_what_was_on_its_way_may_go_twice(office: Office) -> None:
    people = [office.person(f"{number}") for number in range(3)]
    for person in people:
        office.tell(person, *"abcdef")
    first = Life(office)
    first.sender.is_closed = asyncio.Event()
    await until(lambda: first.sender.arriving == 3)
    await first.is_killed()
    assert office.states().count(Sending.SENDING) >= 3
    sender = await ends_well(office)
    assert all(sender.words(person) == list("abcdef") for person in people)


async def test_killed_between_sending_and_settling_only_what_was_sent_goes_twice(office: Office) -> None:
    people = [office.person(f"{number}") for number in range(3)]
    for person in people:
        office.tell(person, "하나", "둘")
    first = Life(office)

    async def never() -> None:
        await asyncio.Event().wait()

    first.courier._settles._work = never
    await until(lambda: len(first.sender.sent) == 6)
    await first.is_killed()
    sender = await ends_well(office)
    assert sorted(sender.words()) == ["둘"] * 3 + ["하나"] * 3


async def test_a_turn_whose_process_died_before_sending_its_answer_is_answered(office: Office) -> None:
    kim = office.person("kim")
    claiming = office.claiming()
    outcome = await office.workers.write(office._take, kim, Arrived(), claiming, "key")
    assert len(outcome.loads) == 1 and office.states() == [Sending.SENDING]
    claiming.claimant.close()
    assert (await ends_well(office)).words() == ["무엇을"]


async def test_in_an_orderly_end_nothing_is_left_in_doubt(office: Office) -> None:
    """Ended with one on its way for each: what was sent is written down, the rest waits, and none is `unknown`."""
    people = [office.person(f"{number}") for number in range(3)]
    for person in people:
        office.tell(person, *"abc")
    office.sender.is_closed = asyncio.Event()
    async with office.courier():
        await until(lambda: office.sender.arriving == 3)
        asyncio.get_running_loop().call_later(0.01, office.sender.is_closed.set)
    assert office.sender.words() == ["a"] * 3
    assert sorted(office.states()) == [Sending.SENT] * 3 + [Sending.TODO] * 6
    sender = await ends_well(office)
    assert sorted(sender.words()) == ["b"] * 3 + ["c"] * 3 and {load.tries for load in sender.sent} == {0}


async def test_who_hangs_does_not_hold_up_the_end_and_stays_in_doubt(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나", "둘")
    office.sender.is_closed = asyncio.Event()
    async with office.courier():
        await until(lambda: office.sender.arriving == 1)
    assert office.states() == [Sending.SENDING, Sending.TODO]
    assert sorted((await ends_well(office)).words()) == ["둘", "하나"]


async def test_what_is_given_to_a_courier_that_has_ended_is_left_to_the_next(office: Office) -> None:
    kim, claiming = office.person("kim"), office.claiming()
    async with office.courier(claiming) as courier:
        await office.rests()
    claiming = office.claiming()
    await office.turn(courier, kim, Arrived(), claiming)
    claiming.claimant.close()
    assert office.sender.sent == []
    assert (await ends_well(office)).words() == ["무엇을"]


async def test_a_living_process_keeps_what_it_is_sending(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나")
    first = Life(office)
    first.sender.is_closed = asyncio.Event()
    await until(lambda: first.sender.arriving == 1)
    second = Life(office)
    for _ in range(3):
        await second.courier.recover()
        second.courier.wake()
        await asyncio.sleep(0.01)
    assert second.sender.at == [] and office.states() == [Sending.SENDING]
    first.sender.is_closed.set()
    await office.rests()
    assert first.sender.words() == ["하나"]
    for life in (first, second):
        await life.is_killed()


async def test_two_couriers_on_one_database_send_nothing_twice_and_keep_each_chats_order(
    office: Office,
) -> None:
    people = [office.person(f"{number}") for number in range(12)]
    for person in people:
        office.tell(person, *(f"{number:02}" for number in range(12)))
    arrived: list[Load] = []
    lives = [Life(office, Sender(sent=arrived)) for _ in range(2)]
    while set(office.states()) != {Sending.SENT}:
        for life in lives:
            life.courier.wake()
            await life.courier.recover()
        await asyncio.sleep(0.002)
    for person in people:
        heard = [load.body["text"][0][0]["t"] for load in arrived if load.account_id == person]
        assert heard == [f"{number:02}" for number in range(12)]
    for life in lives:
        await life.is_killed()


async def test_what_this_process_lost_sight_of_is_sent_after_two_looks(office: Office) -> None:
    """A turn was committed, and the connection broke before it could say so: its answers are claimed by nobody."""
    kim, claiming = office.person("kim"), office.claiming()
    async with office.courier(claiming) as courier:
        outcome = await office.workers.write(office._take, kim, Arrived(), claiming, "key")
        await courier.recover()
        assert office.states() == [Sending.SENDING], "the turn may be about to hand it over"
        await courier.recover()
        await office.rests()
        # The turn comes to it after all.
        courier.take(outcome.loads)
        await asyncio.sleep(0.01)
    assert office.sender.words() == ["무엇을"]
    assert office.states() == [Sending.SENT]


async def test_what_is_on_its_way_is_never_lost_sight_of(office: Office) -> None:
    kim, claiming = office.person("kim"), office.claiming()
    office.sender.is_closed = asyncio.Event()
    async with office.courier(claiming) as courier:
        await office.turn(courier, kim, Arrived(), claiming)
        await office.turn(courier, kim, Said("/둘"), claiming)
        for _ in range(4):
            await courier.recover()
        office.sender.is_closed.set()
        await office.rests()
    assert office.sender.words().count("무엇을") == 2, "once with its buttons, once without"
    assert office.sender.words().count("둘") == 1


async def test_however_often_the_process_is_killed_nothing_is_given_up_for_it(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나")
    for _ in range(MOST_TRIES + 2):
        life = Life(office)
        life.sender.is_closed = asyncio.Event()
        async with asyncio.timeout(20):
            while life.sender.arriving != 1:
                # More than once, as by the clock: the server may end what the one before had begun only now.
                await life.courier.recover()
                await asyncio.sleep(0.01)
        await life.is_killed()
    assert office.rows()[0].tries <= 1
    sender = await ends_well(office)
    assert sender.words() == ["하나"]


async def test_put_back_and_killed_it_is_not_in_doubt(office: Office) -> None:
    kim = office.person("kim")
    office.tell(kim, "하나")
    first = Life(office)
    first.sender.faults["하나"] = [Later() for _ in range(9)]
    await until(lambda: len(first.sender.at) >= 2 and office.states() == [Sending.TODO])
    await first.is_killed()
    sender = await ends_well(office)
    assert [load.tries for load in sender.sent] == [0]


HOLDER = """
import sys
from pathlib import Path
from bot.outgoing.claims import Claimant
claimant = Claimant(Path(sys.argv[1]))
print(claimant.name, flush=True)
sys.stdin.read()
"""


async def test_another_real_process_keeps_its_claims_until_it_is_killed(office: Office) -> None:
    folder = office.folder / "sending"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(folder),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    name = (await process.stdout.readline()).decode().strip()
    kim = office.person("kim")
    office.tell(kim, "하나")
    with office.database.write() as session:
        [row] = session.exec(_all()).all()
        row.state, row.claimed_by = Sending.SENDING, name
    async with office.courier() as courier:
        await courier.recover()
        assert office.states() == [Sending.SENDING]
        process.kill()
        await process.wait()
        await courier.recover()
        await office.rests()
        await until(lambda: office.states() == [Sending.SENT])
    assert not (folder / name).exists()


def _all():  # type: ignore[no-untyped-def]
    from sqlmodel import select

    return select(Outbox).order_by(col(Outbox.id))


def test_files_of_the_dead_are_swept_and_those_of_the_living_stay(tmp_path: Path) -> None:
    dead, living = Claimant(tmp_path), Claimant(tmp_path)
    dead._file.close()
    other = Claimant(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([living.name, other.name])
    assert other.is_gone(dead.name) and not other.is_gone(living.name) and not other.is_gone(other.name)
    living.close()
    assert other.is_gone(living.name)
    other.close()
    assert list(tmp_path.iterdir()) == []


def test_a_claim_is_made_of_rows_that_still_wait(office: Office) -> None:
    """Asked twice in one go, as where a commit's answer was lost, the second finds nothing."""
    office.tell(office.person("kim"), "하나")
    claiming = Claiming(Claimant(office.folder / "sending"), BOOK, office.vault)

    def claims(session: Session) -> int:
        return len(claiming.waiting(session, NOW, NOW, TELEGRAM, 40))

    for expected in (1, 0):
        with office.database.write() as session:
            assert claims(session) == expected
    claiming.claimant.close()
