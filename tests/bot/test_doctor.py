"""What the doctor says of Telegram and Slack: set up or not, by which way, refused, or out of reach."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot import doctor
from bot.doctor import Finding, examine
from bot.settings import Settings

TOKEN, BOT_TOKEN = "1:SECRET", "xoxb-SECRET"


class Service(ThreadingHTTPServer):
    """Telegram and Slack in one, knowing one token of each; `answer` replaces what either says."""

    answer: tuple[int, bytes] | None = None
    calls: list[tuple[str, str | None]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        bearer = self.headers.get("Authorization")
        self.server.calls.append((self.path, bearer))
        knows = self.path == f"/bot{TOKEN}/getMe" or (
            self.path == "/api/auth.test" and bearer == f"Bearer {BOT_TOKEN}"
        )
        status, body = self.server.answer or (200 if knows else 401, json.dumps({"ok": knows}).encode())
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def service() -> Iterator[Service]:
    with Service(("127.0.0.1", 0), _Handler) as server:
        server.calls = []
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def _finds(folder: Path, about: str, **given: Any) -> Finding:
    """The one finding that has this in it; a token is in none."""
    findings = list(examine(Settings(_env_file=None, data_dir=folder, port=0, **given)))
    assert not [finding for finding in findings if "SECRET" in finding.text.replace("_SECRET", "")]
    [found] = [finding for finding in findings if about in finding.text]
    return found


def test_what_is_not_set_up_is_well(tmp_path: Path) -> None:
    assert _finds(tmp_path, "Telegram: ") == Finding(True, "Telegram: not set up (BOGOBOT_TELEGRAM_TOKEN)")
    assert _finds(tmp_path, "Slack: ") == Finding(True, "Slack: not set up (BOGOBOT_SLACK_BOT_TOKEN)")


@pytest.mark.parametrize("mode", ["full", "notices"])
def test_the_chat_mode_is_told(tmp_path: Path, mode: str) -> None:
    assert _finds(tmp_path, f"BOGOBOT_CHAT_MODE: {mode}; ", chat_mode=mode).well


def test_telegram_is_set_up_by_polling_or_by_a_webhook(tmp_path: Path, service: Service) -> None:
    given: dict[str, Any] = {"telegram_token": TOKEN, "telegram_api_url": service.url + "/"}
    assert _finds(tmp_path, "Telegram: ", **given) == Finding(True, "Telegram: set up, by long polling")
    given |= {"telegram_webhook_url": "https://bot.example/t", "telegram_webhook_secret": "SECRET"}
    assert _finds(tmp_path, "Telegram: ", **given).text.endswith("by webhook at https://bot.example/t")
    assert service.calls == [(f"/bot{TOKEN}/getMe", None)] * 2


def test_slack_is_set_up_by_socket_mode_or_by_http(tmp_path: Path, service: Service) -> None:
    given: dict[str, Any] = {"slack_bot_token": BOT_TOKEN, "slack_api_url": f"{service.url}/api"}
    by_socket = _finds(tmp_path, "Slack: ", slack_app_token="xapp-SECRET", **given)
    assert by_socket == Finding(True, "Slack: set up, by Socket Mode")
    by_http = _finds(tmp_path, "Slack: ", slack_signing_secret="SECRET", **given)
    assert by_http == Finding(True, "Slack: set up, by HTTP at /slack/events")
    assert service.calls == [("/api/auth.test", f"Bearer {BOT_TOKEN}")] * 2


def _telegram(service: Service, token: str = TOKEN) -> dict[str, Any]:
    return {"telegram_token": token, "telegram_api_url": service.url}


def _slack(service: Service, token: str = BOT_TOKEN) -> dict[str, Any]:
    return {"slack_bot_token": token, "slack_app_token": "SECRET", "slack_api_url": f"{service.url}/api/"}


def test_a_token_that_is_refused_is_named_and_not_shown(tmp_path: Path, service: Service) -> None:
    telegram = _finds(tmp_path, "BOGOBOT_TELEGRAM_TOKEN: ", **_telegram(service, "2:SECRET"))
    slack = _finds(tmp_path, "BOGOBOT_SLACK_BOT_TOKEN: ", **_slack(service, "xoxb-other-SECRET"))
    assert not telegram.well and "Telegram refuses it" in telegram.text
    assert not slack.well and "Slack refuses it" in slack.text


@pytest.mark.parametrize("answer", [(502, b"<html>"), (200, b"[]"), (302, b""), (200, b"")])
def test_what_is_no_answer_of_theirs_is_none(
    tmp_path: Path, service: Service, answer: tuple[int, bytes]
) -> None:
    service.answer = answer
    telegram = _finds(tmp_path, "BOGOBOT_TELEGRAM_API_URL: ", **_telegram(service))
    slack = _finds(tmp_path, "BOGOBOT_SLACK_API_URL: ", **_slack(service))
    assert not telegram.well and not slack.well
    assert {path for path, _ in service.calls} == {f"/bot{TOKEN}/getMe", "/api/auth.test"}


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "nonsense", "http://[::"])
def test_a_service_out_of_reach_is_named_without_the_token(tmp_path: Path, address: str) -> None:
    found = _finds(tmp_path, "does not answer", telegram_token=TOKEN, telegram_api_url=address)
    assert (found.well, address in found.text) == (False, True)


def test_a_service_that_keeps_silent_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_ANSWERS_WITHIN", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        found = _finds(tmp_path, "does not answer", telegram_token=TOKEN, telegram_api_url=address)
    assert not found.well
