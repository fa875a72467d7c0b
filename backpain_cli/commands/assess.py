"""The command for many at once: JSON Lines of answers in, JSON Lines of assessments out."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from backpain_cli.commands.guide import InRegion
from backpain_cli.commands.shared import Today, local_folder
from backpain_cli.errors import BackpainError, UsageError
from backpain_cli.knowledge import load
from backpain_cli.report.console import notices, spelled_out, wants_plain

if TYPE_CHECKING:
    from backpain_cli.batch import Line, Reply

AnswerLines = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]", help="A file of answers; standard input when left out.", show_default=False
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", metavar="N", min=0, help="How many processes to use; 0 for every core.")
]

HELP = "Assess many people at once: JSON Lines of answers in, JSON Lines of assessments out."
DETAILS = """Assess many people at once.

Each line is one person's answers as a JSON object, as in an answers file. Each line of the result is an
assessment, in the same order. A line that cannot be assessed is answered by an error that names it, and
the rest carries on; the exit code is then 1. Blank lines are passed over."""


def add_to(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("assess", help=DETAILS, short_help=HELP)(assess)


def assess(
    ctx: typer.Context,
    file: AnswerLines = None,
    jobs: Jobs = 1,
    region: InRegion = None,
    today: Today = None,
) -> None:
    """Write the assessment of each line of answers."""
    # the core costs 20 ms; a look-up, which imports this file too, needs none
    from backpain_cli.batch import Setting, assess_lines, read_lines  # noqa: PLC0415
    from backpain_cli.regions import find_region  # noqa: PLC0415

    knowledge = load(local_folder(ctx))
    day = today.date() if today else date.today()  # noqa: DTZ011 - the person's own day
    setting = Setting(knowledge, day, find_region(knowledge, region, os.environ))
    with _opened(file) as stream, _progress(stream) as watch:
        replies = assess_lines(setting, watch(read_lines(stream)), jobs or os.cpu_count() or 1)
        errors = _write(replies)
    if errors:
        lines = "1 line" if errors == 1 else f"{errors} lines"
        raise BackpainError(f"{lines} could not be assessed.", "Each is answered by an error that says why.")


def _write(replies: "Iterator[Reply]") -> int:
    """Write every reply to stdout; return how many are errors."""
    is_terminal = sys.stdout.isatty()
    errors = 0
    for reply in replies:
        text = spelled_out(reply.text.decode()).encode() if is_terminal or reply.is_error else reply.text
        sys.stdout.buffer.write(text)
        errors += reply.is_error
    sys.stdout.buffer.flush()
    return errors


@contextmanager
def _opened(file: Path | None) -> Iterator[BinaryIO]:
    """Give the lines to read, or raise where there are none to be had."""
    if file is None or str(file) == "-":
        if sys.stdin.isatty():
            raise UsageError("No answers were given.", "Name a file, or send them in: backpain assess < FILE")
        yield sys.stdin.buffer
        return
    try:
        stream = file.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BackpainError(
            f"{file} cannot be read: {reason}", "Check the name and who may read it."
        ) from None
    with stream:
        if stat.S_ISCHR(os.fstat(stream.fileno()).st_mode):
            raise BackpainError(f"{file} is a device, which may have no end.", "Name a file or a pipe.")
        yield stream


@contextmanager
def _progress(stream: BinaryIO) -> "Iterator[Callable[[Iterator[Line]], Iterator[Line]]]":
    """Give a function that shows on stderr how far the lines passed through it have come."""
    if not sys.stderr.isatty() or wants_plain(asked=False):
        yield lambda lines: lines
        return
    # Rich costs 40 ms; without a terminal there is no bar
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    words = TextColumn("{task.fields[lines]} people")
    with Progress(words, BarColumn(), TimeRemainingColumn(), console=notices(), transient=True) as bar:
        task = bar.add_task("", total=_size(stream), lines=0)

        def watched(lines: "Iterator[Line]") -> "Iterator[Line]":
            for count, line in enumerate(lines, 1):
                bar.update(task, advance=len(line.text), lines=count)
                yield line

        yield watched


def _size(stream: BinaryIO) -> int | None:
    """Return how many bytes there are to read; None where that is not known, as of a pipe."""
    try:
        size = os.fstat(stream.fileno()).st_size
    except OSError:
        return None
    return size or None
