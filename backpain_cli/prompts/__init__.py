"""Ask the person: menus where a terminal can draw them, plain numbered lines everywhere else."""

from collections.abc import Mapping
from typing import TextIO

from backpain_cli.errors import UsageError
from backpain_cli.interview import Asker
from backpain_cli.prompts.plain import PlainAsker


def choose_asker(*, plain: bool, environment: Mapping[str, str], stdin: TextIO, stdout: TextIO) -> Asker:
    """Return the way of asking that suits the person's wish and terminal; `stdout` is where questions go."""
    if plain or environment.get("ACCESSIBLE", "0") not in ("", "0"):
        return PlainAsker(stdin, stdout)
    if not stdin.isatty():
        raise UsageError(
            "There is no terminal to ask at: use --plain to answer line by line, "
            "or --answers FILE --no-input to answer from a file."
        )
    if not stdout.isatty() or environment.get("TERM") in ("dumb", "unknown"):
        return PlainAsker(stdin, stdout)
    # questionary costs 70 ms; look-ups and plain lines need none
    from backpain_cli.prompts.menu import start_menu  # noqa: PLC0415

    return start_menu(stdin, stdout) or PlainAsker(stdin, stdout)
