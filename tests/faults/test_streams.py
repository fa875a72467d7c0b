"""Streams that are closed, full or gone: no traceback, the promised exit code, nothing lost."""

import os
import signal
import stat
import sys
import time
from pathlib import Path

import pexpect  # type: ignore[import-untyped]  # it has no types of its own
import pytest

from tests.faults.program import PROGRAM, ROOT, run_in_shell, surroundings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")

NO_ROOM = "The result could not be written: No space left on device\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("backpain guide --no-input >&-", 0),
        pytest.param("backpain guide --no-input --format json >&- 2>&-", 0, marks=pytest.mark.slow),
        pytest.param("backpain causes zzz >&- 2>&-", 1, marks=pytest.mark.slow),
        pytest.param("backpain guide <&-", 2, marks=pytest.mark.slow),
        ("backpain guide --plain <&- >&- 2>&-", 130),
        pytest.param("backpain assess <&-", 0, marks=pytest.mark.slow),
        pytest.param("echo {} | backpain assess >&-", 0, marks=pytest.mark.slow),
    ],
)
def test_a_closed_stream_changes_nothing_but_what_is_seen(tmp_path: Path, line: str, code: int) -> None:
    assert run_in_shell(line, cwd=tmp_path)[0] == code


@pytest.mark.slow
@pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("--version", 0),
        ("--help", 0),
        ("faq", 0),
        (f"knowledge check {ROOT}/tests/tiny_knowledge", 1),
        ("knowledge export", 0),
        ("--zzz", 2),
    ],
)
def test_any_closed_stream_leaves_any_exit_code_as_it_is(
    tmp_path: Path, command: str, code: int, stream: str
) -> None:
    assert run_in_shell(f"backpain {command} {stream}", cwd=tmp_path)[0] == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["guide --no-input", "--help"])
def test_a_result_that_finds_no_room_is_told_in_one_line(tmp_path: Path, command: str) -> None:
    assert run_in_shell(f"backpain {command} > /dev/full", cwd=tmp_path) == (1, NO_ROOM)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_answers_and_documents_are_kept_though_nobody_can_see_the_result(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("age: 35\n", encoding="utf-8")
    line = "backpain guide --answers a.yaml --no-input --save b.yaml --report c.json > /dev/full"
    code, told = run_in_shell(line, cwd=tmp_path)
    assert (code, told.endswith(NO_ROOM)) == (1, True)
    assert "age: 35" in (tmp_path / "b.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "c.json").exists()


@pytest.mark.parametrize("command", ["knowledge export", "guide --no-input --format markdown"])
def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path, command: str) -> None:
    assert run_in_shell(f"backpain {command} | head -c 1", cwd=tmp_path) == (0, "")


def guide(folder: Path, *arguments: str) -> "pexpect.spawn":
    """Start a guide that was told of a danger sign and asked to save, and wait for its question."""
    (folder / "danger.yaml").write_text("nerves: [leg-weakness]\n", encoding="utf-8")
    command = [*PROGRAM[1:], "guide", "--answers", "danger.yaml", "--save", "saved.yaml", *arguments]
    program = pexpect.spawn(
        PROGRAM[0], command, cwd=str(folder), env=surroundings(folder), dimensions=(40, 80), timeout=20
    )
    program.expect("Sudden signs|sudden|Is any of this happening")
    program.expect("leave")
    return program


def ended(program: "pexpect.spawn") -> int | None:
    """Wait for a program that nobody reads; return its exit code, None where it was killed."""
    _, status = os.waitpid(program.pid, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else None


def assert_saved(folder: Path) -> None:
    saved = folder / "saved.yaml"
    assert "nerves: [leg-weakness]" in saved.read_text(encoding="utf-8")
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert sorted(path.name for path in folder.iterdir()) == ["danger.yaml", "saved.yaml"]


@pytest.mark.parametrize("arguments", [(), ("--plain",)])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), pytest.param(signal.SIGHUP, 129, marks=pytest.mark.slow)]
)
def test_a_request_to_stop_shows_the_danger_sign_and_keeps_the_answers(
    tmp_path: Path, arguments: tuple[str, ...], number: int, code: int
) -> None:
    program = guide(tmp_path, *arguments)
    program.kill(number)
    program.expect("Before you go")
    program.expect("Not finished, so nothing was concluded")
    assert ended(program) == code
    assert_saved(tmp_path)


@pytest.mark.parametrize("arguments", [pytest.param((), marks=pytest.mark.slow), ("--plain",)])
def test_ctrl_c_again_and_again_loses_neither_the_danger_sign_nor_the_answers(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    program = guide(tmp_path, *arguments)
    program.sendcontrol("c")
    for _ in range(100):
        program.kill(signal.SIGINT)
        time.sleep(0.002)
    program.expect("Before you go")
    program.expect(pexpect.EOF)
    assert_saved(tmp_path)


@pytest.mark.parametrize("arguments", [(), ("--plain",)])
def test_a_closed_terminal_keeps_the_answers(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    program = guide(tmp_path, *arguments)
    os.close(program.child_fd)
    # the end of input and the signal come at once, and either may be seen first
    assert ended(program) in {129, 130}
    assert_saved(tmp_path)
