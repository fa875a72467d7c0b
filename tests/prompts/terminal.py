"""A real pseudo-terminal with a program in it, and what its screen shows."""

import os
import sys
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect  # type: ignore[import-untyped]  # it has no types of its own
import pyte
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).parents[2]
MEASURED = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_PROCESS")}
"""What lets coverage see into the program too, where it runs."""
PATIENCE = 20.0
"""Seconds to wait for a screen before a test fails."""
PIECE = 256
"""Characters read at a time: few, so that a test that looks too soon sees half a screen every time."""


class Terminal:
    """A program in a terminal of so many columns and rows."""

    def __init__(
        self, *arguments: str, columns: int, rows: int = 24, environment: dict[str, str] | None = None
    ) -> None:
        self.columns = columns
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self.written = ""
        """Everything that the program wrote, escape sequences and all."""
        plain = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONUTF8": "1", "PATH": os.defpath}
        self._child = pexpect.spawn(
            sys.executable,
            list(arguments),
            cwd=ROOT,
            env=plain | MEASURED | (environment or {}),
            dimensions=(rows, columns),
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    @property
    def rows(self) -> list[str]:
        """Return the rows of the screen as they stand."""
        return [row.rstrip() for row in self._screen.display]

    @property
    def pictured(self) -> list[Text]:
        """Return the rows down to the last that is not empty, with their colours."""
        last = max(place for place, row in enumerate(self.rows) if row)
        return [self._pictured_row(row) for row in range(last + 1)]

    def _pictured_row(self, row: int) -> Text:
        cells = [self._screen.buffer[row][column] for column in range(self.columns)]
        text = Text()
        for look, alike in groupby(cells, key=lambda cell: (cell.fg, cell.bg, cell.bold)):
            colours = [None if name == "default" else f"#{name}" for name in look[:2]]
            style = Style(color=colours[0], bgcolor=colours[1], bold=look[2])
            text.append("".join(cell.data for cell in alike), style)
        text.rstrip()
        return text

    @property
    def words(self) -> str:
        """Return the words on the screen, one space between them."""
        return " ".join(" ".join(self.rows).split())

    def press(self, *keys: str) -> None:
        """Press keys one after the other, all at once for the program."""
        self._child.send("".join(keys))

    def wait_for(self, words: str) -> None:
        """Read until the screen shows these words."""
        self.wait_until(lambda: words in self.words, words)

    def wait_until(self, sign: Callable[[], bool], awaited: str) -> None:
        """Read until something is so; fail with what was awaited where it takes too long."""
        end = time.monotonic() + PATIENCE
        while not sign():
            assert time.monotonic() < end, f"no {awaited!r} on\n" + "\n".join(self.rows)
            self._read()

    def settle(self) -> None:
        """Read until the program has had a moment to listen to keys: a menu forgets those of before."""
        before = ""
        while before != self.written:
            before = self.written
            self._read()

    @property
    def is_over(self) -> bool:
        """Say whether the program has ended and all that it said was read."""
        return bool(self._child.eof())

    def exit_code(self) -> int | None:
        """Read all that the program says until it ends; return its exit code."""
        self.wait_until(lambda: self.is_over, "end of the program")
        code: int | None = self._child.wait()
        return code

    def _read(self) -> None:
        try:
            text = self._child.read_nonblocking(PIECE, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.written += text
        self._stream.feed(text)
