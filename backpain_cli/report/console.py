"""The way out: results on stdout, everything else on stderr, and nothing in them that moves a terminal."""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

NARROWEST = 20
WIDEST = 100
"""Columns; longer lines are hard to read."""
USUAL = 80
"""Columns where nothing tells how many there are."""

_SEQUENCES = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours and movements: CSI
    r"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # titles and links: OSC, DCS
    r"|\x1b[ -/]*[0-~]"
)
_BREAKS = "\r\n?|[\v\f\x85\u2028\u2029]"
_UNSAFE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, all but tab and new line
    "\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi and hidden signs
    "\U000e0000-\U000e007f"  # hidden tags
)
_HIDDEN = f"[{_UNSAFE}]"
_SURROGATES = "[\ud800-\udfff]"


def clean(text: str) -> str:
    """Return the text without escape sequences, control characters and signs that turn its direction."""
    # the patterns cost a millisecond to compile, and most texts need none
    if text.isprintable():
        return text
    without_sequences = re.sub(_SEQUENCES, "", text)
    in_lines = re.sub(_BREAKS, "\n", without_sequences).expandtabs(4)
    return re.sub(_SURROGATES, "\N{REPLACEMENT CHARACTER}", re.sub(_HIDDEN, "", in_lines))


def spelled_out(json: str) -> str:
    """Return JSON in which what `clean` would drop is written as an escape, so that nothing is lost."""
    return re.sub(_HIDDEN, lambda found: _escape(found[0]), json)


def results() -> "Console":
    """Return the console of what was asked for: stdout."""
    return _console(sys.stdout)


def notices() -> "Console":
    """Return the console of everything else, errors too: stderr."""
    return _console(sys.stderr)


def show(renderable: "RenderableType") -> None:
    """Print a result."""
    results().print(renderable)


def write(text: str) -> None:
    """Print text as it stands, such as JSON or Markdown: never wrapped."""
    _make_writable(sys.stdout)
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Print what went wrong, as it stands but for what could move a terminal; never fail by it."""
    with suppress(OSError):
        _make_writable(sys.stderr)
        sys.stderr.write(f"{clean(text).rstrip()}\n")
        sys.stderr.flush()


def open_missing_streams() -> None:
    """Give a program that was started without stdin, stdout or stderr an empty one in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def let_go_of_streams() -> None:
    """Send what cannot be written any more to nowhere, so that the program ends with the code it chose."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def width() -> int:
    """Return how many columns to use: COLUMNS, or else the terminal's, within what can be read."""
    asked = os.environ.get("COLUMNS", "")
    columns = int(asked) if asked.isascii() and asked.isdigit() else 0
    return min(max(columns or _terminal_columns() or USUAL, NARROWEST), WIDEST)


def wants_plain(*, asked: bool) -> bool:
    """Say whether to print lines only: by an option, ACCESSIBLE=1, or a terminal that can do no more."""
    return asked or os.environ.get("ACCESSIBLE", "") not in ("", "0") or os.environ.get("TERM") == "dumb"


def _console(file: TextIO) -> "Console":
    # Rich costs 40 ms; JSON and Markdown need none
    from rich.console import Console  # noqa: PLC0415

    _make_writable(file)
    return Console(
        file=file,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        force_jupyter=False,
        width=width(),
        height=25,  # given, since Rich takes 80 columns for every dumb terminal whose height it is not told
    )


def _terminal_columns() -> int:
    for number in (1, 2, 0):
        try:
            return os.get_terminal_size(number).columns
        except OSError:
            continue
    return 0


def _make_writable(file: TextIO) -> None:
    """Let a stream that lacks a letter print a question mark instead of failing."""
    reconfigure = getattr(file, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))
