"""The demo: people side by side without logging in, and a clock that can be moved on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo import DemoClock, Scene
from models.organization import Role
from tests.kit import files
from tests.kit.city import City
from tests.kit.served import Served, serving
from tests.kit.window import Window

BEGINS = datetime(2019, 7, 8, tzinfo=UTC)
CAST = {
    "officer": Role.OFFICER,
    "lead": Role.TEAM_LEAD,
    "evaluator": Role.EVALUATOR,
    "administrator": Role.ADMINISTRATOR,
    "consultant": Role.CONSULTANT,
}


@pytest.fixture
def demo_clock(tmp_path: Path) -> DemoClock:
    return DemoClock.of(tmp_path, BEGINS)


@pytest.fixture
async def demo(city: City, tmp_path: Path, demo_clock: DemoClock) -> AsyncIterator[Served]:
    scene = Scene(BEGINS, BEGINS, CAST, "민원처리율 97.3")
    async with serving(
        city, tmp_path, scene=scene, clock=demo_clock.clock, on_clock_moved=demo_clock.save
    ) as served:
        yield served


async def cast(demo: Served) -> dict[str, Window]:
    """A window of each of them, by their role."""
    state = (await demo.client.get("/demo/state")).json()
    return {one["role"]: Window(demo.url, "", token=one["session"]) for one in state["people"]}


async def test_its_people_are_there_without_a_login(demo: Served) -> None:
    state = (await demo.client.get("/demo/state")).json()
    assert [(one["role"], one["name"]) for one in state["people"]] == [
        ("담당자", "김담당"), ("팀장", "최팀장"), ("평가자", "정평가"), ("관리자", "강관리"), ("컨설턴트", "한자문"),
    ]  # fmt: skip
    assert state["now"].startswith("2019. 7. 8.(월) 09:0")
    assert state["words"] == "민원처리율 97.3"


async def test_each_pane_talks_and_uploads_as_its_own_person(demo: Served) -> None:
    panes = await cast(demo)
    async with panes["담당자"] as officer, panes["평가자"] as evaluator:
        await officer.says("민원처리율 97.3")
        token = {"Authorization": f"Bearer {officer._token}", "X-File-Name": "a.pdf"}
        parcel = await demo.client.post("/files", content=files.pdf(), headers=token)
        await officer.says("", parcel.json()["id"])
        await officer.presses("다음")
        await officer.presses("건너뛰기")
        await officer.presses("제출하기")
        await evaluator.sees("민원처리율", "김담당")
        # Links work by themselves: one browser holds four people, and a download carries no token.
        assert (await demo.client.get(await evaluator.link("a.pdf"))).content == files.pdf()


async def test_moving_the_clock_tells_every_pane_what_time_it_is(demo: Served) -> None:
    panes = await cast(demo)
    async with panes["담당자"] as officer, panes["관리자"] as administrator:
        moved = (await demo.client.post("/demo/clock", json={"days": 7})).json()
        assert moved["now"].startswith("2019. 7. 15.(월) 09:0")
        for pane in (officer, administrator):
            await pane.settles()
            told = [event["now"] for event in pane.events if event["op"] == "clock"]
            days = dict.fromkeys(now.partition("(")[0] for now in told)
            assert list(days) == [f"2019. 7. {day}." for day in range(8, 16)] and told[-1] == moved["now"]
        await officer.says("내 지표")
        await officer.settles()
        assert officer.lines()[-1]["day"] == "7. 15.(월)"


async def test_what_falls_due_on_the_way_comes_at_its_own_moment(demo: Served) -> None:
    panes = await cast(demo)
    async with panes["담당자"] as officer, panes["팀장"] as lead:
        await demo.client.post("/demo/clock", json={"days": 7})
        for pane in (officer, lead):
            await pane.settles()
            assert told(pane) == [(f"7. {day}.", "09:00") for day in (9, 10, 11, 12, 15)]


async def test_two_who_move_the_clock_at_once_move_it_by_both(demo: Served) -> None:
    panes = await cast(demo)
    async with panes["담당자"] as officer:
        moves = [demo.client.post("/demo/clock", json={"days": days}) for days in (2, 5)]
        _, moved = await asyncio.gather(*moves)
        assert moved.json()["now"].startswith("2019. 7. 15.(월) 09:0")
        await officer.settles()
        assert told(officer) == [(f"7. {day}.", "09:00") for day in (9, 10, 11, 12, 15)]


async def test_people_go_on_while_the_clock_is_moved(demo: Served) -> None:
    panes = await cast(demo)
    async with panes["담당자"] as officer:
        moving = asyncio.create_task(demo.client.post("/demo/clock", json={"days": 7}))
        for _ in range(10):
            await officer.says("내 지표")
            await officer.sees("민원처리율")
        assert (await moving).json()["now"].startswith("2019. 7. 15.(월) 09:0")


def told(pane: Window) -> list[tuple[str, str]]:
    """Day and time of everything that came after the first day."""
    lines = [line for line in pane.lines() if not line["day"].startswith("7. 8.")]
    return [(line["day"].partition("(")[0], line["time"]) for line in lines]


async def test_the_clock_is_moved_by_days_and_nothing_else(demo: Served) -> None:
    before = demo.clock.now()
    for days in ("0", "-1", "32", '"1"', "1.5", "[1]", "null"):
        answer = await demo.client.post("/demo/clock", content=f'{{"days":{days}}}')
        assert answer.status_code == 400, days
    for body in ("", "x", "[]", "null", "{}", '"days"'):
        assert (await demo.client.post("/demo/clock", content=body)).status_code == 400, body
    assert demo.clock.now() - before < timedelta(minutes=1)


async def test_the_clock_goes_on_where_it_stood_after_a_restart(demo: Served, demo_clock: DemoClock) -> None:
    await demo.client.post("/demo/clock", json={"days": 7})
    after = DemoClock.of(demo.folder, BEGINS).clock.now()
    assert abs(after - demo_clock.clock.now()) < timedelta(seconds=5)
    assert after - datetime(2019, 7, 15, tzinfo=UTC) < timedelta(minutes=5)


async def test_a_site_whose_name_was_made_to_lead_here_learns_nothing(demo: Served) -> None:
    elsewhere = {"Host": "evil.example"}
    assert (await demo.client.get("/demo/state", headers=elsewhere)).status_code == 403
    before = demo.clock.now()
    assert (await demo.client.post("/demo/clock", json={"days": 1}, headers=elsewhere)).status_code == 403
    assert demo.clock.now() - before < timedelta(days=1)
