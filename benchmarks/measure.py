"""Times and memory of whole commands, one against another in turn, so that both meet the same machine.

A time is that of the processor, in the program and in the system for it: on a quiet machine it is the
time that a person waits, and on a busy one it tells little of the others.
"""

import os
import pty
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence
from resource import struct_rusage
from statistics import median
from typing import NamedTuple

LINES_AND_COLUMNS = {"COLUMNS": "80", "LINES": "25", "PYTHONDONTWRITEBYTECODE": "1"}


class Command(NamedTuple):
    """A command as it is measured."""

    words: Sequence[str]
    until: str = ""
    """Run at a terminal and end as soon as this is shown; run to its end when empty."""
    environment: Mapping[str, str] = {}


class Cost(NamedTuple):
    """What one run took."""

    seconds: float
    kilobytes: int


class Ratio(NamedTuple):
    """How many times the other's cost ours is: the median over pairs of runs, and the least and most."""

    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({self.least:.2f} to {self.most:.2f})"


def compare(ours: Command, theirs: Command, rounds: int = 20) -> tuple[Ratio, Ratio]:
    """Return our time and our peak memory as ratios of theirs, from runs in turn."""
    run(ours)
    run(theirs)
    pairs = [(run(ours), run(theirs)) for _ in range(rounds)]
    return (
        ratio([mine.seconds / other.seconds for mine, other in pairs]),
        ratio([mine.kilobytes / other.kilobytes for mine, other in pairs]),
    )


def ratio(values: Sequence[float]) -> Ratio:
    """Return ratios of pairs as one."""
    return Ratio(median(values), min(values), max(values))


def run(command: Command) -> Cost:
    """Run a command once; it must end well."""
    environment = {**os.environ, **LINES_AND_COLUMNS, **command.environment}
    # what is measured is what is installed
    environment.pop("PYTHONPATH", None)
    if command.until:
        return _run_at_terminal(command, environment)
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command.words, stdin=quiet, stdout=quiet, stderr=quiet, env=environment)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command.words)} ended with {process.returncode}")
    return _cost(usage)


def _run_at_terminal(command: Command, environment: Mapping[str, str]) -> Cost:
    child, screen = pty.fork()
    if child == 0:
        os.execvpe(command.words[0], list(command.words), dict(environment))  # noqa: S606
    shown = b""
    while command.until.encode() not in shown:
        if not select.select([screen], [], [], 20)[0]:
            raise RuntimeError(f"{' '.join(command.words)} never showed {command.until!r}")
        shown += os.read(screen, 65_536)
    os.kill(child, signal.SIGKILL)
    _, _, usage = os.wait4(child, 0)
    os.close(screen)
    return _cost(usage)


def _cost(usage: struct_rusage) -> Cost:
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
