"""Odd machines: no home, another alphabet, strange widths and clocks; and nothing written, nobody called."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.program import PATIENCE, ROOT, run, surroundings

SLOW = pytest.mark.slow
WATCHER = Path(__file__).with_name("watcher.py")
LOOKUPS = ("causes", "treatments", "prevention", "red-flags", "faq", "overview", "sources")
FORMATS = ("table", "markdown", "json")
COMMANDS = [
    *([command, "--format", form] for command in LOOKUPS for form in FORMATS),
    *(["guide", "--no-input", "--format", form] for form in FORMATS),
    ["guide", "--no-input", "--quick"],
    ["guide", "--answers", "answers.yaml", "--no-input"],
    ["guide"],
    ["causes", "muscle-strain"],
    ["causes", "zzz"],
    ["treatments", "--type", "conservative", "--for", "muscle-strain", "--stage", "acute"],
    ["faq", "is", "heat", "good"],
    ["faq", "zzz"],
    ["assess"],
    ["assess", "nowhere.jsonl"],
    ["knowledge", "check", str(ROOT / "tests" / "tiny_knowledge")],
    ["knowledge", "schema", "causes"],
    ["knowledge", "schema"],
    ["knowledge", "export"],
    ["--knowledge", "local", "causes"],
    ["--knowledge", "nowhere", "causes"],
    ["--version"],
    ["--help"],
    ["guide", "--help"],
    ["zzz"],
]
"""Every command that is not asked to write a file."""
LONG = [["knowledge", action, str(ROOT / "knowledge")] for action in ("check", "test")]


@pytest.fixture
def person(tmp_path: Path) -> Path:
    """Give a folder in which a person works, with a home and places for the files of programs."""
    for name in ("home", "config", "cache", "data", "state", "run", "tmp", "work", "work/local"):
        (tmp_path / name).mkdir()
    (tmp_path / "work" / "answers.yaml").write_text("age: 35\n", encoding="utf-8")
    return tmp_path


def places(person: Path) -> dict[str, str]:
    folders = {
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_RUNTIME_DIR": "run",
        "TMPDIR": "tmp",
    }
    return surroundings(person / "home", **{name: str(person / folder) for name, folder in folders.items()})


def everything(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in [folder, *folder.rglob("*")]
    }


def watch(person: Path, commands: list[list[str]]) -> None:
    """Assert that commands end as they may, write nothing and call nobody."""
    before = everything(person)
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(WATCHER), json.dumps(commands)],
        cwd=person / "work",
        env=places(person),
        capture_output=True,
        text=True,
        timeout=10 * PATIENCE,
        check=True,
    )
    told = json.loads(done.stdout)
    assert [command for command, code, _ in told if code not in {0, 1, 2}] == []
    assert [(command, noted) for command, _, noted in told if noted] == []
    assert everything(person) == before


def test_no_command_writes_anything_or_calls_anybody(person: Path) -> None:
    watch(person, COMMANDS)


@pytest.mark.slow
def test_the_long_commands_write_nothing_either(person: Path) -> None:
    watch(person, LONG)


def test_the_watcher_sees_what_a_command_writes(person: Path) -> None:
    with pytest.raises(AssertionError):
        watch(person, [["guide", "--no-input", "--save", "saved.yaml"]])


@pytest.mark.parametrize(
    "home", [None, pytest.param("/nonexistent", marks=SLOW), pytest.param("/proc", marks=SLOW)]
)
def test_a_home_is_not_needed(tmp_path: Path, home: str | None) -> None:
    done = run("guide", "--no-input", cwd=tmp_path, environment=surroundings(tmp_path, HOME=home))
    assert (done.returncode, done.stderr) == (0, "")


ASCII_ALONE = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A machine that knows no letters but the plain ones."""


@pytest.mark.parametrize("alphabet", ["ascii", pytest.param("latin-1", marks=SLOW)])
@pytest.mark.parametrize(
    "arguments",
    [
        ("guide", "--no-input"),
        pytest.param(("guide", "--plain"), marks=SLOW),
        pytest.param(("red-flags",), marks=SLOW),
    ],
)
def test_a_terminal_of_another_alphabet_shows_every_word(
    tmp_path: Path, arguments: tuple[str, ...], alphabet: str
) -> None:
    environment = surroundings(tmp_path, PYTHONIOENCODING=alphabet, **ASCII_ALONE)
    done = run(*arguments, cwd=tmp_path, environment=environment, alphabet=alphabet)
    usual = run(*arguments, cwd=tmp_path)
    assert done.returncode == usual.returncode
    assert letters(done.stdout + done.stderr) == letters(usual.stdout + usual.stderr)


def test_a_folder_and_answers_with_strange_letters_are_read_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "Rücken 背中 €"
    folder.mkdir()
    environment = surroundings(tmp_path, PYTHONIOENCODING="ascii", **ASCII_ALONE)
    (folder / "ä.yaml").write_text("age: 35\n", encoding="utf-8")
    save = ("--answers", "ä.yaml", "--save", "ö.yaml", "--report", "ü.html")
    done = run("guide", "--no-input", *save, cwd=folder, environment=environment)
    assert done.returncode == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(["ä.yaml", "ö.yaml", "ü.html"])


@pytest.mark.parametrize(
    ("columns", "widest", "like"),
    [
        ("20", 20, "79"),
        pytest.param("400", 100, "80", marks=SLOW),
        pytest.param("1", 20, "79", marks=SLOW),
        pytest.param("99999999", 100, "80", marks=SLOW),
        pytest.param("-3", 80, "80", marks=SLOW),
    ],
)
def test_any_width_shows_every_word(tmp_path: Path, columns: str, widest: int, like: str) -> None:
    done = run("guide", "--no-input", cwd=tmp_path, environment=surroundings(tmp_path, COLUMNS=columns))
    same = run("guide", "--no-input", cwd=tmp_path, environment=surroundings(tmp_path, COLUMNS=like))
    assert (done.returncode, done.stderr) == (0, "")
    assert letters(done.stdout) == letters(same.stdout)
    assert max(map(len, done.stdout.splitlines())) <= widest


def letters(text: str) -> str:
    """Return the letters and figures of a text, without the lines that are drawn around them."""
    return "".join(sorted(character for character in text if character.isascii() and character.isalnum()))


def test_a_terminal_without_a_name_is_a_terminal(tmp_path: Path) -> None:
    environment = surroundings(tmp_path, TERM=None)
    done = run("guide", "--no-input", cwd=tmp_path, environment=environment)
    assert (done.returncode, done.stderr) == (0, "")


EARLIEST_TO_LATEST = [
    "1970-01-01",
    pytest.param("2100-12-31", marks=SLOW),
    pytest.param("1900-01-01", marks=SLOW),
    pytest.param("2200-12-31", marks=SLOW),
]


@pytest.mark.parametrize("day", EARLIEST_TO_LATEST)
def test_any_day_gives_a_result(tmp_path: Path, day: str) -> None:
    (tmp_path / "a.yaml").write_text("nerves: none\nwhen: over-3-months\n", encoding="utf-8")
    done = run("guide", "--answers", "a.yaml", "--no-input", "--today", day, "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["today"] == day


@pytest.mark.parametrize(
    ("command", "day"),
    [("guide", "0001-01-01"), ("assess", "9999-12-31"), ("knowledge check", "1899-12-31")],
)
def test_a_day_at_the_end_of_the_calendar_is_refused(tmp_path: Path, command: str, day: str) -> None:
    done = run(*command.split(), "--today", day, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for '--today': it must be a day from 1900 to 2200." in done.stderr


def test_a_knowledge_from_the_future_is_read_in_the_past(tmp_path: Path) -> None:
    folder = str(ROOT / "tests" / "tiny_knowledge")
    for day in ("1970-01-01", "2100-01-01"):
        assert run("knowledge", "check", folder, "--today", day, cwd=tmp_path).returncode in {0, 1}


@pytest.mark.parametrize(
    "switches",
    [
        ("-X", "dev", "-W", "error"),
        pytest.param(("-O",), marks=SLOW),
        pytest.param(("-OO",), marks=SLOW),
        pytest.param(("-OO", "-W", "error"), marks=SLOW),
    ],
)
def test_python_may_be_strict_or_spare(tmp_path: Path, switches: tuple[str, ...]) -> None:
    done = run("guide", "--no-input", "--save", "a.yaml", "--report", "b.html", cwd=tmp_path, python=switches)
    usual = run("guide", "--no-input", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, usual.stdout)
    assert "Warning" not in done.stderr


def test_the_program_runs_from_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    line = 'rmdir "$PWD" && "$0" -m backpain_cli guide --no-input'
    done = subprocess.run(  # noqa: S603 - our own program
        ["/bin/sh", "-c", line, sys.executable],
        cwd=gone,
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ("Traceback" in done.stderr, done.returncode) == (False, 0)
    assert os.linesep in done.stdout
