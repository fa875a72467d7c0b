"""Runs commands one after the other and notes each that touches the network or writes to the disk."""

import contextlib
import io
import json
import os
import sys

from backpain_cli.cli import main

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    {"os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate", "os.chmod"}
)
_QUIET = frozenset({"socket.__new__"})
"""Making a socket sends nothing; an event loop wakes itself through a pair of them."""
noted: list[str] = []


def note(event: str, arguments: tuple[object, ...]) -> None:
    """Note an event that no command may cause."""
    calls = event.startswith("socket.") and event not in _QUIET
    writes = event == "open" and _writes(*arguments[1:3]) and arguments[0] != os.devnull
    if calls or writes or event in _CHANGES:
        noted.append(f"{event} {arguments}")


def _writes(_mode: object, flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & _WRITING)


def run(command: list[str]) -> int:
    """Run one command; return its exit code."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stdin = io.TextIOWrapper(io.BytesIO(b"{}\n"), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            main(command)
        except SystemExit as end:
            return int(end.code or 0)
    return 0


if __name__ == "__main__":
    sys.addaudithook(note)
    told = []
    for command in json.loads(sys.argv[1]):
        noted.clear()
        code = run(command)
        told.append([command, code, list(noted)])
    print(json.dumps(told))  # noqa: T201 - the test reads it
