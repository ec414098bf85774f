"""The command as an administrator runs it: it starts, stops when told to, and says nothing it should not."""

import asyncio
import json
import socket
import sqlite3
import sys
from pathlib import Path

import httpx

from models.audit import Actor
from models.clock import SystemClock
from models.messaging.account import make_code
from tests.kit import hostile
from tests.kit.city import City
from tests.kit.process import Hall, hall, process_serving
from tests.kit.window import Window

SECRET_WORDS = "비공개민원 주민번호 900101-1234567"


async def test_it_stops_in_order_when_told_to_and_goes_on_where_it_stood(
    city_made: City, tmp_path: Path
) -> None:
    town = hall(city_made, tmp_path)
    session = town.session("officer")
    for start in (1, 2):
        async with process_serving(town.environment, tmp_path / "log") as (process, url):
            window = Window(url, session)
            await window.connects()
            await window.says("도움말")
            process.terminate()
            assert await window.ends() == 1012
            assert await asyncio.wait_for(process.wait(), 10) == 0
            assert window.said() == ["도움말"] * start
    town.city.database.close()
    assert not (tmp_path / "bogobot.db-wal").exists()
    assert (tmp_path / "log").read_text() == ""


async def test_a_port_that_is_taken_is_said_in_one_sentence(city_made: City, tmp_path: Path) -> None:
    town = hall(city_made, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from bot.cli import main; main()", "serve",
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env=town.environment | {"BOGOBOT_PORT": port},
        )  # fmt: skip
        _, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 2
    [line] = errors.decode().splitlines()
    assert port in line and "BOGOBOT_PORT" in line


async def everything_goes_wrong(town: Hall, url: str, code: str) -> list[str]:
    """A person logs in, hands in what is refused, and meets errors; the secrets that came by."""
    async with httpx.AsyncClient(base_url=url, verify=False) as client:
        await client.get(f"/enter/{code}")
        session = (await client.post(f"/enter/{code}")).cookies["bogobot"]
        await client.post("/login", data={"code": "WRONGCODE9"})
        await client.post("/files", content=hostile.macro_xlsx(), headers={"X-File-Name": "secretname.xlsx"})
    async with Window(url, session) as officer:
        await officer.says("도움말")
        with sqlite3.connect(town.folder / "bogobot.db") as database:
            database.execute("ALTER TABLE web_line RENAME TO web_line_gone")
        refused = await officer.tries({"op": "say", "text": SECRET_WORDS})
        assert refused["op"] == "refused"
        await officer.sends("a" * 5_000_000)
    async with httpx.AsyncClient(base_url=url, verify=False) as client:
        await client.get("/metrics", headers={"Cookie": f"bogobot={session}"})
    return [code, "WRONGCODE9", session, "secretname", *SECRET_WORDS.split(), "김담당"]


async def test_the_log_tells_what_went_wrong_and_nothing_about_anybody(
    city_made: City, tmp_path: Path
) -> None:
    town = hall(city_made, tmp_path)
    person, now = town.city.people["officer"], SystemClock().now()
    code = town.write(lambda session: make_code(session, now, Actor(None, "test"), person))
    async with process_serving(town.environment, tmp_path / "log") as (process, url):
        secrets = await everything_goes_wrong(town, url, code)
        process.terminate()
        await process.wait()
    log = (tmp_path / "log").read_text()
    events = [json.loads(line) for line in log.splitlines()]
    failed = next(event for event in events if event["event"] == "turn.failed")
    assert "OperationalError" in failed["exception"] and "intake.py" in failed["exception"]
    secrets += [(tmp_path / "secret.key").read_text(), str(tmp_path), "INSERT"]
    assert not [secret for secret in secrets if secret in log]


LIBRARIES = """
import logging, structlog
from bot.logs import set_up_logs
set_up_logs()
logging.getLogger("httpx").warning('HTTP Request: %s %s', "POST", "https://api.telegram.org/bot123:SECRET/x")
logging.getLogger("slack_sdk").error(f"Failed to send a request with xoxb-{'SECRET'}")
logging.getLogger("quiet").info("not a word")
structlog.get_logger().info("began", kind="export", person="SECRET", count=3)
try:
    try:
        raise ValueError("SECRET inside")
    except ValueError as error:
        raise LookupError("SECRET outside") from error
except LookupError:
    structlog.get_logger().exception("failed")
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application\\n")
    logging.getLogger("asyncio").error("Task exception was never retrieved\\nfuture: SECRET")
"""


async def test_neither_do_the_logs_of_libraries() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LIBRARIES, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert "SECRET" not in errors.decode()
    events = [json.loads(line) for line in errors.decode().splitlines()]
    assert [(event.get("logger"), event["event"]) for event in events] == [
        ("httpx", "HTTP Request: %s %s"),
        ("slack_sdk", "…"),
        (None, "began"),
        (None, "failed"),
        ("uvicorn.error", "Exception in ASGI application"),
        ("asyncio", "Task exception was never retrieved"),
    ]
    assert events[2] | {"kind": "export", "count": 3} == events[2] and "person" not in events[2]
    assert [step.split(":")[0] for step in events[3]["exception"].split(" <- ")] == [
        "LookupError",
        "ValueError",
    ]
    assert events[4]["exception"] == events[3]["exception"]
