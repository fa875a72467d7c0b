"""Runs commands one after the other with little memory; tells how each ended, and what it took."""

import contextlib
import io
import json
import resource
import sys
import time
from pathlib import Path

from backpain_cli.cli import main

MOST_MEMORY = 200 * 1024 * 1024


def run(command: list[str]) -> tuple[int, float, str]:
    """Run one command; return its exit code, the seconds of work, and all that it wrote."""
    began = time.process_time()
    told = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    code = 0
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        try:
            main(command)
        except SystemExit as end:
            code = int(end.code or 0)
    told.seek(0)
    return code, time.process_time() - began, told.read()


def most_memory() -> int:
    """Return the most bytes that this program has held in memory at once."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [kilobytes] = [line.split()[1] for line in status if line.startswith("VmHWM:")]
    return int(kilobytes) * 1024


if __name__ == "__main__":
    # what a program allocates; the libraries that it maps are not counted
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    done = [run(command) for command in json.loads(sys.stdin.read())]
    print(json.dumps({"done": done, "memory": most_memory()}))  # noqa: T201 - the test reads it
