"""The child that looks into a file: what it may use, and what its death means."""

import subprocess
import sys
from pathlib import Path

import pytest

from models.evidence import child
from models.evidence.child import Inspected, ask, inspect
from models.evidence.inspection.faults import Reason
from models.evidence.kinds import FileKind
from models.evidence.refusals import refusal
from models.words import Refusal, translator
from tests.kit import files, hostile

ROOM = str(Path(child.__file__).parent)


def in_a_child(code: str) -> list[str]:
    return [sys.executable, "-I", "-c", code]


def in_confinement(code: str) -> subprocess.CompletedProcess[str]:
    start = f"import sys; sys.path.append({ROOM!r}); from inspection.main import confine; confine(); {code}"
    return subprocess.run(in_a_child(start), capture_output=True, text=True, timeout=30)


@pytest.mark.parametrize("name", files.every_kind())
def test_a_file_in_order_is_known_by_its_kind_and_size(tmp_path, name):
    data = files.every_kind()[name]
    (tmp_path / "file").write_bytes(data)
    kind = FileKind(name.rpartition(".")[2].lower().replace("jpeg", "jpg"))
    assert inspect(tmp_path / "file", name) == Inspected(kind, len(data))


def test_a_refusal_says_in_korean_what_is_wrong_and_where(tmp_path):
    data = files.zip_of({"나/다.xlsx": hostile.old_xls()})
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(Refusal) as refused:
        inspect(tmp_path / "file", "증빙.zip")
    assert translator("ko")(refused.value.phrase) == (
        "압축 파일 안의 '다.xlsx' 때문에 받을 수 없습니다. "
        "옛 형식(xls)의 파일입니다. '다른 이름으로 저장'에서 xlsx 형식으로 저장해 올려 주세요."
    )


def test_every_reason_has_a_sentence_of_its_own():
    values = {"kinds": "pdf", "old": "xls", "new": "xlsx", "named": "pdf", "found": "exe", "name": "a"}
    said = {
        translator("ko")(refusal(reason, {**values, "width": 1, "height": 2}).phrase) for reason in Reason
    }
    assert len(said) == len(Reason)
    assert not any("{" in sentence for sentence in said)


def test_a_name_from_inside_a_zip_is_cleaned_before_it_is_shown():
    told = refusal(Reason.UNSAFE_PATH, {"name": "../\u202eexe.txt"})
    assert told.phrase.values["name"] == "exe.txt"
    assert refusal(Reason.MACRO, {}, "..").phrase.values["entry"] == "?"


def test_an_unknown_extension_starts_no_child(tmp_path):
    with pytest.raises(Refusal, match="받을 수 있는 파일이 아닙니다"):
        inspect(tmp_path / "missing", "setup.exe")


def test_a_child_that_takes_too_long_is_ended():
    with pytest.raises(Refusal, match="시간이 너무 오래"):
        ask(in_a_child("import time; time.sleep(60)"), seconds=0.2)


def test_a_child_that_uses_up_its_processor_time_is_ended():
    with pytest.raises(Refusal, match="시간이 너무 오래"):
        ask(in_a_child("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"), seconds=10)


@pytest.mark.parametrize(
    "code", ["import os; os.abort()", "print('{}'); raise SystemExit(3)", "print('?')", "print('[]')"]
)
def test_a_child_that_dies_or_babbles_is_a_refusal(code):
    with pytest.raises(Refusal, match="멈췄습니다"):
        ask(in_a_child(code), seconds=10)


def test_the_child_may_not_fill_the_memory():
    assert "MemoryError" in in_confinement("bytearray(600 * 1024 * 1024)").stderr


def test_a_file_that_needs_too_much_memory_is_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with (tmp_path / "file").open("r+b") as file:
        file.truncate(700 * 1024 * 1024)
    with pytest.raises(Refusal, match="메모리가 너무 많이"):
        inspect(tmp_path / "file", "a.txt")


def test_the_child_may_not_write(tmp_path):
    target = tmp_path / "written"
    ended = in_confinement(f"open({str(target)!r}, 'w', 1).write('1\\n')")
    assert ended.returncode
    assert target.read_bytes() == b""


def test_the_child_has_little_processor_time():
    ended = in_confinement("import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[0])")
    assert 0 < int(ended.stdout) < 10


def test_the_child_is_told_nothing_of_the_environment(monkeypatch):
    monkeypatch.setenv("BOGOBOT_TELEGRAM_TOKEN", "secret")
    told = ask(in_a_child("import json, os; print(json.dumps(dict(os.environ)))"), seconds=10)
    assert "BOGOBOT_TELEGRAM_TOKEN" not in told


def test_the_child_loads_nothing_of_the_bot():
    start = f"import sys; sys.path.append({ROOM!r}); import inspection.main; print(*sys.modules)"
    loaded = set(subprocess.run(in_a_child(start), capture_output=True, text=True).stdout.split())
    assert "inspection.look" in loaded
    assert not loaded & {"models", "sqlmodel", "sqlalchemy", "babel"}
