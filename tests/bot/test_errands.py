"""Work too long for a turn: done after it, told when done, and done after a restart where it was not."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from handlers.book import ERRANDS
from handlers.dialogue.errands import Finish, Workshop
from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.messaging.account import web_account
from models.messaging.errand import Errand, ErrandState, ask, begin
from models.organization import RoleHeld
from models.words import Refusal
from tests.kit.city import City
from tests.kit.served import Served, serving
from tests.kit.served_city import Mishaps
from tests.kit.window import Window

SORRY = "마치지 못했습니다"


async def asks_for_export(administrator: Window) -> None:
    await administrator.says("관리")
    await administrator.presses("성과표 내려받기")
    await administrator.presses("2019년 성과관리 연간")


def states(served: Served) -> list[ErrandState]:
    return [errand.state for errand in served.rows(Errand)]


async def test_an_export_comes_as_a_workbook_that_opens(served: Served) -> None:
    served.city.report("G1", "H1", 97.3)
    async with served.window("administrator") as administrator:
        await asks_for_export(administrator)
        await administrator.sees("성과표가 준비되었습니다")
        [file] = administrator.bodies()[-1]["files"]
        answer = await administrator.takes(file["name"])
    assert len(answer.content) == file["size"]
    assert len(load_workbook(BytesIO(answer.content), read_only=True).sheetnames) > 1
    assert len(served.audited("scores.export")) == len(served.audited("file.take")) == 1
    assert states(served) == [ErrandState.DONE]


def breaks(_workshop: Workshop, _data: Mapping[str, Any]) -> Finish:
    raise LookupError("비밀")


def refuses(_workshop: Workshop, _data: Mapping[str, Any]) -> Finish:
    raise Refusal("기간이 아직 열려 있습니다.")


def breaks_at_its_end(_workshop: Workshop, _data: Mapping[str, Any]) -> Finish:
    def finish(talk: Talk) -> Go:
        talk.session.add(Errand(kind="left over", person_id=talk.person_id, data={}, asked_at=talk.now))
        talk.session.flush()
        raise LookupError("비밀")

    return finish


def refuses_at_its_end(_workshop: Workshop, _data: Mapping[str, Any]) -> Finish:
    def finish(_talk: Talk) -> Go:
        raise Refusal("그사이 기간이 닫혔습니다.")

    return finish


@pytest.mark.parametrize(
    ("work", "words", "state", "logged"),
    [
        (breaks, SORRY, ErrandState.FAILED, 1),
        (breaks_at_its_end, SORRY, ErrandState.FAILED, 1),
        (refuses, "기간이 아직 열려 있습니다.", ErrandState.FAILED, 0),
        (refuses_at_its_end, "그사이 기간이 닫혔습니다.", ErrandState.DONE, 0),
    ],
)
async def test_an_errand_that_fails_says_so_and_holds_up_none_after_it(
    served: Served, monkeypatch: pytest.MonkeyPatch, mishaps: Mishaps,
    work: Any, words: str, state: ErrandState, logged: int,
) -> None:  # fmt: skip
    export = ERRANDS["export"]
    async with served.window("administrator") as administrator:
        monkeypatch.setitem(ERRANDS, "export", work)
        await asks_for_export(administrator)
        await administrator.sees(words)
        assert "비밀" not in str(administrator.events)
        monkeypatch.setitem(ERRANDS, "export", export)
        await asks_for_export(administrator)
        await administrator.sees("성과표가 준비되었습니다")
    assert states(served) == [state, ErrandState.DONE]
    assert [event["event"] for event in mishaps] == ["errand.failed"] * logged
    mishaps.clear()


async def test_an_errand_left_by_a_process_that_was_killed_is_done_by_the_next(
    city: City, tmp_path: Path
) -> None:
    async with serving(city, tmp_path) as served:
        person, now = city.people["administrator"], served.clock.now()
    with city.database.write() as session:
        web_account(session, now, person)
        ask(session, now, person, "export", cycle=city.cycle_id, period=None)
    async with serving(city, tmp_path) as served, served.window("administrator") as administrator:
        await administrator.sees("성과표가 준비되었습니다")
        assert states(served) == [ErrandState.DONE]


async def test_an_errand_that_brought_the_process_down_three_times_is_given_up(
    city: City, tmp_path: Path
) -> None:
    async with serving(city, tmp_path) as served:
        person, now = city.people["administrator"], served.clock.now()
    with city.database.write() as session:
        web_account(session, now, person)
        ask(session, now, person, "export", cycle=city.cycle_id, period=None)
        session.flush()
        for _ in range(3):
            begin(session, session.exec(select(Errand.id)).one() or 0)
    async with serving(city, tmp_path) as served, served.window("administrator") as administrator:
        await administrator.sees(SORRY)
        assert states(served) == [ErrandState.FAILED]


async def test_what_is_asked_for_twice_while_it_waits_is_done_once(city: City, tmp_path: Path) -> None:
    async with serving(city, tmp_path) as served:
        person, now = city.people["administrator"], served.clock.now()
    with city.database.write() as session:
        web_account(session, now, person)
        for _ in range(2):
            ask(session, now, person, "export", cycle=city.cycle_id, period=None)
    async with serving(city, tmp_path) as served, served.window("administrator") as administrator:
        await administrator.sees("성과표가 준비되었습니다")
        assert len(served.audited("scores.export")) == 1


async def test_rights_are_asked_again_when_an_errand_ends(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ERRANDS["export"]

    def loses_the_office(workshop: Workshop, data: Mapping[str, Any]) -> Finish:
        finish = export(workshop, data)
        with served.database.write() as session:
            held = select(RoleHeld).where(RoleHeld.person_id == served.city.people["administrator"])
            session.delete(session.exec(held).one())
        return finish

    monkeypatch.setitem(ERRANDS, "export", loses_the_office)
    async with served.window("administrator") as administrator:
        await asks_for_export(administrator)
        await administrator.sees("관리자")
        assert not [body for body in administrator.bodies() if body.get("files")]
    assert served.audited("scores.export") == []


async def test_errands_go_on_after_the_database_was_away(
    served: Served, monkeypatch: pytest.MonkeyPatch, mishaps: Mishaps
) -> None:
    async with served.window("administrator") as administrator:
        await administrator.settles()
        read = served.house.workers.read

        async def away(work: Any, *arguments: Any) -> Any:
            if work.__name__ == "_waiting":
                raise ConnectionError("the database is away")
            return await read(work, *arguments)

        monkeypatch.setattr(served.house.workers, "read", away)
        await asks_for_export(administrator)
        await administrator.sees("성과표를 만들고 있습니다")
        while not mishaps:
            await administrator.settles()
        monkeypatch.setattr(served.house.workers, "read", read)
        await served.house.tick()
        await administrator.sees("성과표가 준비되었습니다")
    assert {event["event"] for event in mishaps} == {"errands.failed"}
    mishaps.clear()
