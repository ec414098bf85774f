"""The command `bogobot` as an administrator types it: what is wrong is said in one sentence, without a traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cli import main
from tests.kit.plans import put, small_plan, write_csv, write_xlsx


class Shell:
    """Types commands for a city of its own and reads what they say."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def sets(self, **settings: str) -> None:
        for name, value in settings.items():
            self._monkeypatch.setenv(f"BOGOBOT_{name}", value)

    def types(self, *words: str) -> tuple[int, str]:
        """The exit code, and everything that was said."""
        self._monkeypatch.setattr("sys.argv", ["bogobot", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    monkeypatch.chdir(tmp_path)
    shell = Shell(capsys, monkeypatch)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        shell.sets(DATA_DIR=str(tmp_path / "data"), PORT=str(free.getsockname()[1]))
    return shell


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "abc", "BOGOBOT_PORT is wrong"),
        ("PORT", "70000", "BOGOBOT_PORT is wrong"),
        ("LOCALE", "fr", "BOGOBOT_LOCALE is wrong: ko or en."),
        ("TIMEZONE", "Asia/Tokyo", "only Asia/Seoul is known"),
        ("DATABASE_URL", "mysql://x", "BOGOBOT_DATABASE_URL is wrong: begins with sqlite:///"),
        ("SECRET_KEY", "short", "BOGOBOT_SECRET_KEY is wrong: at least 32 characters"),
        ("DATA_DIR", "/proc/nothing", "BOGOBOT_DATA_DIR: /proc/nothing cannot be made"),
        ("CHAT_MODE", "some", "BOGOBOT_CHAT_MODE is wrong: Input should be 'full' or 'notices'."),
        ("TELEGRAM_WEBHOOK_SECRET", "a b", "BOGOBOT_TELEGRAM_WEBHOOK_SECRET is wrong: at most 256 of"),
        ("TELEGRAM_WEBHOOK_SECRET", "a" * 257, "BOGOBOT_TELEGRAM_WEBHOOK_SECRET is wrong: at most 256 of"),
        (
            "TELEGRAM_WEBHOOK_URL",
            "https://x",
            "BOGOBOT_TELEGRAM_WEBHOOK_SECRET is missing: a webhook needs one",
        ),
        ("SLACK_BOT_TOKEN", "xoxb-SECRET", "BOGOBOT_SLACK_APP_TOKEN (Socket Mode) or"),
        ("SLACK_LINK_BY_EMAIL", "maybe", "BOGOBOT_SLACK_LINK_BY_EMAIL is wrong"),
    ],
)
@pytest.mark.parametrize("command", [["serve"], ["import", "."], ["db", "upgrade"]])
def test_a_wrong_setting_is_named_in_one_sentence(
    shell: Shell, command: list[str], name: str, value: str, said: str
) -> None:
    shell.sets(**{name: value})
    code, text = shell.types(*command)
    assert code == 2
    assert said in text
    assert "Traceback" not in text and "SECRET" not in text.replace("_SECRET", "")
    assert text.count("\n") == 1


@pytest.mark.parametrize("command", [["serve"], ["export", "x.xlsx"], ["link", "P1"], ["db", "upgrade"]])
def test_a_database_that_does_not_answer_is_named_in_one_sentence(shell: Shell, command: list[str]) -> None:
    shell.sets(DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    code, text = shell.types(*command)
    assert code == 2
    assert text.startswith("bogobot: The database cannot be used: connection failed")
    assert text.endswith("Run: bogobot doctor\n")


def test_a_file_that_is_no_database_is_not_overwritten(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "data" / "bogobot.db"
    file.parent.mkdir()
    file.write_bytes(b"minutes of a meeting, kept under a wrong name")
    code, text = shell.types("serve")
    assert (code, "file is not a database" in text) == (2, True)
    assert file.read_bytes() == b"minutes of a meeting, kept under a wrong name"


def test_a_plan_is_imported_once_and_changes_nothing_the_second_time(shell: Shell, tmp_path: Path) -> None:
    write_csv(small_plan(), tmp_path / "plan")
    assert "지표: 추가" in shell.types("import", str(tmp_path / "plan"))[1]
    code, text = shell.types("import", str(tmp_path / "plan"))
    assert (code, text) == (0, "이미 등록된 내용과 같아 바뀐 것이 없습니다.\n")


def test_every_mistake_of_a_plan_is_named_by_sheet_and_cell(shell: Shell, tmp_path: Path) -> None:
    sheets = small_plan()
    put(sheets, "지표", "O2", "많이")
    put(sheets, "기간", "E2", "언젠가")
    write_xlsx(sheets, tmp_path / "plan.xlsx")
    code, text = shell.types("import", str(tmp_path / "plan.xlsx"))
    assert code == 1
    assert "지표 O2: " in text
    assert "기간 E2: " in text


def test_the_commands_speak_english_where_the_city_does(shell: Shell) -> None:
    shell.sets(LOCALE="en")
    assert shell.types("export", "scores.xlsx") == (
        1, "There is no cycle yet. Please import a performance plan first.\n"
    )  # fmt: skip


def test_the_score_workbook_and_the_template_are_written(shell: Shell, tmp_path: Path) -> None:
    write_csv(small_plan(), tmp_path / "plan")
    shell.types("import", str(tmp_path / "plan"))
    assert shell.types("export", "scores.xlsx")[0] == 0
    assert "검산" in load_workbook(tmp_path / "scores.xlsx", read_only=True).sheetnames
    assert shell.types("export", "scores.xlsx", "--period", "Q9")[0] == 1
    assert shell.types("template", "template.xlsx")[0] == 0
    assert "안내" in load_workbook(tmp_path / "template.xlsx", read_only=True).sheetnames
    for command in ("export", "template"):
        code, said = shell.types(command, "nowhere/scores.xlsx")
        assert (code, said) == (1, "nowhere/scores.xlsx cannot be written: No such file or directory\n")


def test_a_link_is_made_for_who_is_in_the_plan_and_for_nobody_else(shell: Shell, tmp_path: Path) -> None:
    sheets = small_plan()
    write_csv(sheets, tmp_path / "plan")
    shell.types("import", str(tmp_path / "plan"))
    somebody = str(sheets["사람"][1][0])
    code, text = shell.types("link", somebody)
    assert (code, "/enter/" in text) == (0, True)
    assert "Nobody has the code 'X-1'" in shell.types("link", "X-1")[1]


def test_the_doctor_says_what_is_well_and_what_to_mend(shell: Shell, tmp_path: Path) -> None:
    code, text = shell.types("doctor")
    assert (code, "MEND" in text) == (0, False)
    shell.sets(HOST="0.0.0.0", DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    code, text = shell.types("doctor")
    assert code == 1
    assert "MEND  BOGOBOT_DATABASE_URL" in text
    assert "MEND  BOGOBOT_PUBLIC_URL does not begin with https://" in text


def test_the_doctor_finds_a_key_that_others_can_read(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text("0" * 64)
    (tmp_path / "data" / "secret.key").chmod(0o644)
    code, text = shell.types("doctor")
    assert (code, "chmod 600" in text) == (1, True)


def test_an_example_that_does_not_exist_is_answered_with_those_that_do(shell: Shell) -> None:
    code, text = shell.types("demo", "--city", "atlantis", "--no-browser")
    assert code == 2
    assert "There is no example 'atlantis'. There are: " in text and "seoul-2019" in text
