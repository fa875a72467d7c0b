"""Hostile files: an error that says what, within two seconds of work and 200 MB."""

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from tests.faults.program import PATIENCE, ROOT, surroundings
from tests.hostile.limits import MOST_MEMORY
from tests.hostile.texts import JSON_LINES, LARGE, MEGABYTE, SMALL, places

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs limits on memory, pipes and devices")

LIMITS = Path(__file__).with_name("limits.py")
TINY = ROOT / "tests" / "tiny_knowledge"
MOST_SECONDS = 2.0
MOST_TOLD = 100_000
"""Characters of an error that somebody might still look at."""


class Ended(NamedTuple):
    """How a command ended, the seconds that it worked, and what it said."""

    code: int
    seconds: float
    told: str


class Told(msgspec.Struct):
    """What the program that watches limits tells."""

    done: list[Ended]
    memory: int


def run(folder: Path, *commands: Iterable[str]) -> list[Ended]:
    """Run commands in one program that may take little memory; a hang fails."""
    program = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(LIMITS)],
        cwd=folder,
        env=surroundings(folder),
        input=json.dumps([list(command) for command in commands]).encode(),
        capture_output=True,
        timeout=2 * PATIENCE,
        check=False,
    )
    assert program.returncode == 0, program.stderr.decode()
    told = msgspec.json.decode(program.stdout, type=Told)
    assert told.memory < MOST_MEMORY
    return told.done


def assert_refused(ended: Ended) -> None:
    """Assert that an error was told in words, soon, and without what could steer a terminal."""
    assert ended.code == 1, ended.told[:1000]
    assert ended.seconds < MOST_SECONDS
    assert 0 < len(ended.told) < MOST_TOLD
    assert {sign for sign in ended.told if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}} == {"\n"}


def refuse_everywhere(folder: Path, text: bytes) -> None:
    """Assert that a hostile text is refused wherever YAML is read."""
    for place in ("answers.yaml", "local/faq.yaml", "local/causes/x.yaml", "cases/x.yaml"):
        path = folder / place
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(text)
    commands = (
        "guide --no-input --answers answers.yaml",
        "--knowledge local faq",
        "knowledge check local",
        f"knowledge test {TINY} --cases cases",
    )
    for ended in run(folder, *(command.split() for command in commands)):
        assert_refused(ended)


def test_hostile_answers_are_refused(tmp_path: Path) -> None:
    commands = []
    for place, text in enumerate(SMALL.values()):
        path = tmp_path / f"{place}.yaml"
        path.write_bytes(text)
        commands.append(["guide", "--no-input", "--answers", str(path)])
    for ended in run(tmp_path, *commands):
        assert_refused(ended)


@pytest.mark.slow
@pytest.mark.parametrize("text", SMALL.values(), ids=SMALL)
def test_hostile_text_is_refused_wherever_it_stands(tmp_path: Path, text: bytes) -> None:
    refuse_everywhere(tmp_path, text)


@pytest.mark.slow
@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE)
def test_megabytes_of_hostile_text_are_refused_wherever_they_stand(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    refuse_everywhere(tmp_path, make())


def test_marks_and_line_ends_of_other_machines_are_read(tmp_path: Path) -> None:
    texts = [
        b"\xef\xbb\xbfage: 35\r\nwho: man\r\n",
        b"age: 35\rwho: man\r",
        b'\xef\xbb\xbf{"age": 35,\r\n"who": "man"}',
    ]
    for place, text in enumerate(texts):
        (tmp_path / f"{place}.yaml").write_bytes(text)
    commands = (f"guide --no-input --format json --answers {place}.yaml" for place in range(3))
    for ended in run(tmp_path, *(command.split() for command in commands)):
        assert json.loads(ended.told)["answers"] == {"age": 35, "who": "man"}


def assert_line_refused(ended: Ended) -> None:
    """Assert that a first line was answered by an error and the second assessed."""
    bad, good = ended.told.splitlines()[:2]
    assert (ended.code, json.loads(bad)["line"], json.loads(good)["answers"]) == (1, 1, {"age": 35})
    assert ended.seconds < MOST_SECONDS
    assert len(bad) < MOST_TOLD


def test_hostile_lines_are_answered_by_errors_and_the_next_are_assessed(tmp_path: Path) -> None:
    for place, text in enumerate(JSON_LINES.values()):
        (tmp_path / f"{place}.jsonl").write_bytes(text + b'\n{"age": 35}\n')
    for ended in run(tmp_path, *(["assess", f"{place}.jsonl"] for place in range(len(JSON_LINES)))):
        assert_line_refused(ended)


@pytest.mark.slow
@pytest.mark.parametrize("sign", [b"x", b"[", b"\0", b'"a",'], ids=["word", "brackets", "NULs", "many"])
def test_a_line_of_100_mb_is_answered_by_an_error(tmp_path: Path, sign: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(sign * (100 * MEGABYTE // len(sign)) + b'\n{"age": 35}\n')
    [ended] = run(tmp_path, ["assess", "a.jsonl"])
    assert_line_refused(ended)


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    found = dict(places(tmp_path))
    commands = [["guide", "--no-input", "--answers", str(path)] for path in found.values()]
    commands += [["assess", str(path)] for name, path in found.items() if name != "a pipe"]
    commands += [["--knowledge", str(path), "faq"] for name, path in found.items() if "folder" not in name]
    for ended in run(tmp_path, *commands):
        assert_refused(ended)


def test_a_folder_of_what_is_no_file_is_refused(tmp_path: Path) -> None:
    local = tmp_path / "local"
    (local / "causes").mkdir(parents=True)
    os.mkfifo(local / "faq.yaml")
    (local / "sources.yaml").mkdir()
    (local / "prevention.yaml").symlink_to("/dev/zero")
    (local / "causes" / "x.yaml").symlink_to("x.yaml")
    for ended in run(tmp_path, ["--knowledge", "local", "faq"], ["knowledge", "check", "local"]):
        assert_refused(ended)
        assert ended.told.startswith("4 problems in the ")


NAMES = ("\x1b]52;c;aGk=\x07.yaml", "a\nb.yaml", "\u202elmay.yaml", "\udcff.yaml", "x" * 300)


def test_a_hostile_name_is_told_harmlessly(tmp_path: Path) -> None:
    calls = (
        ("guide", "--no-input", "--answers"),
        ("guide", "--no-input", "--save"),
        ("assess",),
        ("--knowledge", "x", "faq"),
        ("causes",),
    )
    commands = [[*call, f"nowhere/{name}"] for call in calls for name in NAMES]
    for ended in run(tmp_path, *commands):
        assert_refused(ended)
