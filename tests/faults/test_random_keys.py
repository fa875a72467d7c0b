"""A monkey at the keyboard, in a real pseudo-terminal: no traceback, no hang, and the terminal given back.

What it presses follows from a seed, which a failure names.
"""

import fcntl
import json
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

import pytest

from tests.faults.program import PROGRAM, surroundings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

SHELL = Path(__file__).with_name("shell.py")
PATIENCE = 30.0
"""Seconds until a program counts as hanging."""
QUIET = 0.02
"""Seconds without a word after which a program waits for a key."""
SAFE = "{nerves: none, sudden-signs: none, how-it-began: [onset-lifting], illness: none, conditions: none}"
"""Answers with which the guide goes on for long."""
CTRL_C, CTRL_Q, CTRL_Z = b"\x03", b"\x11", b"\x1a"
PASTES = (
    "numb legs and fever",
    "1\n2\n3\n" * 50,
    "x" * 5000,
    "é背 " * 200,
    "\x1b]52;c;aGk=\x07\x1b[2J",
    "b\n\n\nq?",
)
LONGEST = 100
"""Bytes that count as so many keys; more are one paste."""
ARROWS = (b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1bOA", b"\x1bOB")
OFTEN = (b"\r", b" ", b"\n", b"1", b"2", b"3", b"5", b"n", b"45", b"none", *ARROWS, b"\x1b[A \r", b"\x1b[B\r")
ANSWERS = (b"\x1545\r", b"\x1b[A \r", b"\x1b[B\r", b"\x1b[B \r", b"\x151\r", b"\x153\r", b"\x15n\r")
"""What answers some screen, whatever was typed before: so the monkey comes to the end, too."""
RARE = (
    *(bytes([number]) for number in range(32) if number not in {3, 4, 13, 17, 19, 26, 28}),
    *(bytes([number]) for number in range(33, 127) if number != ord("q")),
    b"\x7f", b"\xff", b"\xc3", "é".encode(), "背".encode(), b"\0", b"0" * 300, b"-1", b"1e9", b"9" * 40,
    b"\x1b[1;5A", b"\x1b[5~", b"\x1b[H", b"\x1bOP", b"\x1b[Z", b"\x1b[3~", b"\x1b[<0;1;1M", b"\x1b[I",
    b"\x1b[1;1R", b"\x1b\x1b\x1b", b"\x1b[", b"\x1b[999999999C", b"\x1b]0;x\x07",
)  # fmt: skip
"""Everything on a keyboard but what ends the program, stops it, or holds its output."""


class Terminal:
    """A pseudo-terminal with the guide in it, and all that it wrote."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._told = folder / "told"
        self._master, slave = os.openpty()
        os.set_blocking(self._master, False)
        self.written = b""
        self.is_over = False
        self.resize(24, 80)
        guide = [*PROGRAM, "guide", *arguments]
        work = folder / "work"
        work.mkdir(exist_ok=True)
        (work / "safe.yaml").write_text(SAFE, encoding="utf-8")
        self._shell = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(SHELL), str(self._told), *guide],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=work,
            env=surroundings(folder),
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        # a closed terminal ends whatever still runs in it
        os.close(self._master)
        self._shell.wait(PATIENCE)

    def resize(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: bytes) -> None:
        """Press keys, unless nobody reads them any more."""
        with suppress(OSError):
            os.write(self._master, keys)

    def stop(self) -> None:
        """Stop the program as Ctrl-Z does, also where that is a key to it; the shell goes on with it."""
        with suppress(OSError):
            os.killpg(os.tcgetpgrp(self._master), signal.SIGTSTP)

    def read(self) -> None:
        """Read until the program has been quiet for a moment, or is over."""
        end = time.monotonic() + PATIENCE
        while select.select([self._master], [], [], QUIET)[0]:
            assert time.monotonic() < end, f"it never stops talking: {self.written[-2000:]!r}"
            try:
                self.written += os.read(self._master, 65536)
            except OSError:
                # nobody is left at the other end
                self.is_over = True
                return

    def wait_for(self, sign: Callable[[], bool]) -> None:
        """Read until something is so; fail where it takes too long."""
        end = time.monotonic() + PATIENCE
        while not sign():
            assert time.monotonic() < end, f"it hangs after {self.written[-2000:]!r}"
            self.read()

    def told(self) -> dict[str, object]:
        """Return how the program ended: its code, its stops, whether the terminal is as before."""
        self._shell.wait(PATIENCE)
        told: dict[str, object] = json.loads(self._told.read_text(encoding="utf-8"))
        return told


def presses(chance: Random, *, plain: bool) -> Iterator[bytes]:
    """Yield what to press, a few keys at a time."""
    while True:
        draw = chance.random()
        if draw < 0.02:
            text = chance.choice(PASTES).encode()
            yield text if plain else b"\x1b[200~" + text + b"\x1b[201~"
        elif draw < 0.03:
            yield CTRL_Z
        elif draw < 0.032:
            yield chance.choice([CTRL_C, b"\x04", b"q"])
        elif draw < 0.25:
            yield b"".join(chance.choices(RARE, k=chance.randint(1, 8)))
        elif draw < 0.6:
            yield chance.choice(ANSWERS)
        else:
            yield b"".join(chance.choices(OFTEN, k=chance.randint(1, 6)))


def hold_session(folder: Path, seed: int, most_keys: int, *, plain: bool) -> int:
    """Press keys until the guide is over or enough were pressed; return how many."""
    chance = Random(seed)  # noqa: S311 - it must be the same each time
    pressed = 0
    options = (*(["--plain"] if plain else []), *(["--answers", "safe.yaml"] if seed % 4 else []))
    with Terminal(folder, *options) as terminal:
        terminal.wait_for(lambda: b"leave" in terminal.written)
        for keys in presses(chance, plain=plain):
            draw = chance.random()
            if draw < 0.02:
                terminal.resize(chance.randint(1, 60), chance.randint(1, 400))
            elif draw < 0.03:
                terminal.stop()
            terminal.press(keys)
            terminal.read()
            pressed += len(keys) if len(keys) < LONGEST else 1
            if terminal.is_over or pressed >= most_keys:
                break
        leave(terminal)
        assert_left_well(terminal, seed)
    return pressed


def leave(terminal: Terminal) -> None:
    """Press Ctrl-C until the program is over, with time for it to end after each."""
    for _ in range(10):
        terminal.press(CTRL_Q + CTRL_C)
        end = time.monotonic() + PATIENCE / 10
        while time.monotonic() < end:
            terminal.read()
            if terminal.is_over:
                return
    raise AssertionError(f"it does not leave after {terminal.written[-2000:]!r}")


def assert_left_well(terminal: Terminal, seed: int) -> None:
    terminal.read()
    told = terminal.told()
    # a Ctrl-C that comes when all is said ends Python itself, which a shell shows as 130 too
    assert told["code"] in {0, 130, -signal.SIGINT}, (seed, told, terminal.written[-3000:])
    assert told["restored"], (seed, told)
    fault = re.search(rb"(Traceback|Exception ignored|Unhandled exception)[\s\S]{0,3000}", terminal.written)
    assert fault is None, f"seed {seed}: {fault[0].decode(errors='replace')}"
    for mode in (b"25h", b"2004l", b"1049l"):
        switched = re.findall(rb"\x1b\[\?" + mode[:-1] + rb"[hl]", terminal.written)
        assert switched[-1:] in ([], [b"\x1b[?" + mode]), (seed, mode)


FRONT_ENDS = pytest.mark.parametrize("plain", [False, True], ids=["menus", "plain"])


@FRONT_ENDS
def test_a_few_hundred_random_keys_do_no_harm(tmp_path: Path, *, plain: bool) -> None:
    assert hold_session(tmp_path, 1, 150, plain=plain) > 0


@pytest.mark.slow
@FRONT_ENDS
def test_tens_of_thousands_of_random_keys_do_no_harm(tmp_path: Path, *, plain: bool) -> None:
    pressed = seed = 0
    while pressed < 25_000:
        seed += 1
        pressed += hold_session(tmp_path, seed, 1000, plain=plain)
