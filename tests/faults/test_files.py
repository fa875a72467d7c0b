"""Saving when the disk is full, the folder may not be written, or the program is killed on the way."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backpain_cli.errors import BackpainError
from backpain_cli.files import write_file
from tests.faults.program import run, surroundings

ANSWERS = "age: 35\n"
NEEDS_ROOT = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="needs root, to mount a small disk"
)


def mounted(folder: Path, options: str) -> bool:
    command = ["/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - our own


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 64 kB with room for a file of 20 kB and a half."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mounted(disk, "size=64k"):
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["/bin/umount", str(disk)], check=True)  # noqa: S603 - our own


@NEEDS_ROOT
def test_a_full_disk_leaves_the_old_file_whole_and_nothing_beside_it(small_disk: Path) -> None:
    path = small_disk / "report.html"
    old = "old" * 8_000
    write_file(path, old, force=False)
    with pytest.raises(BackpainError, match="No space left on device"):
        write_file(path, "new" * 30_000, force=True)
    assert path.read_text(encoding="utf-8") == old
    assert list(small_disk.iterdir()) == [path]


@NEEDS_ROOT
def test_answers_that_find_no_room_are_shown_to_be_copied(small_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ANSWERS, encoding="utf-8")
    (small_disk / "filler").write_bytes(bytes(60_000))
    (small_disk / "more").write_bytes(bytes(4096))
    path = str(small_disk / "saved.yaml")
    done = run("guide", "--answers", "a.yaml", "--no-input", "--save", path, cwd=tmp_path)
    assert done.returncode == 1
    assert "These are your answers, to copy:" in done.stderr
    assert "age: 35" in done.stderr
    assert f"{path} was not written: No space left on device" in done.stderr
    assert "was not checked" in done.stdout or "not checked" in done.stdout


@NEEDS_ROOT
def test_a_folder_that_may_not_be_written_is_told_before_the_first_question(small_disk: Path) -> None:
    subprocess.run(["/bin/mount", "-o", "remount,ro", str(small_disk)], check=True)  # noqa: S603 - our own
    done = run("guide", "--plain", "--save", "saved.yaml", cwd=small_disk)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "nothing can be written in .\nname a file in another folder\n"


SAVER = """
import sys
from pathlib import Path
from backpain_cli.files import write_file
path, text = Path(sys.argv[1]), sys.argv[2] * 400_000
print("ready", flush=True)
while True:
    write_file(path, text, force=True)
"""


def killed_while_saving(path: Path, letter: str, after: float) -> None:
    program = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-c", SAVER, str(path), letter],
        stdout=subprocess.PIPE,
        env=surroundings(path.parent),
    )
    assert program.stdout is not None
    with program.stdout as told:
        assert told.readline() == b"ready\n"
    time.sleep(after)
    program.send_signal(signal.SIGKILL)
    program.wait()


def kill_many_times(folder: Path, times: int) -> None:
    path = folder / "saved.yaml"
    path.write_text("o" * 400_000, encoding="utf-8")
    for turn in range(times):
        killed_while_saving(path, "ab"[turn % 2], after=turn * 0.0007)
        assert re.fullmatch(r"o{400000}|a{400000}|b{400000}", path.read_text(encoding="utf-8"))
        litter = [other for other in folder.iterdir() if other != path]
        assert len(litter) <= 1
        for file in litter:
            assert file.stat().st_mode & 0o777 == 0o600
            file.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_while_saving_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    kill_many_times(tmp_path, 6)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_hundred_kills_while_saving_never_leave_half_a_file(tmp_path: Path) -> None:
    kill_many_times(tmp_path, 100)


class Killed(BaseException):
    """Stands for a kill at one step of a save."""


STEPS = ("mkstemp", "fsync", "link", "replace")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("force", [False, True])
def test_an_end_at_any_step_of_a_save_leaves_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, force: bool
) -> None:
    path = tmp_path / "saved.yaml"
    if force:
        path.write_text("old", encoding="utf-8")

    def end(*_arguments: object, **_options: object) -> None:
        raise Killed

    place = {"mkstemp": "tempfile.mkstemp", "replace": "pathlib.Path.replace"}.get(step, f"os.{step}")
    monkeypatch.setattr(place, end)
    try:
        write_file(path, "new", force=force)
    except Killed:
        assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["old"] * force
    else:
        assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["new"]
