"""The command line: options in, one call to the core, one print; and every error told in plain words."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from backpain_cli import __version__
from backpain_cli.commands.late import LateGroup
from backpain_cli.errors import BackpainError, ExitCode, ProblemsError
from backpain_cli.report.console import complain, let_go_of_streams, open_missing_streams, write

HELP = """Start with: backpain guide

A private, offline guide for a person with back pain. It informs; it does not diagnose.

What it is for and what it cannot do: SECURITY.md, beside the README."""

app = typer.Typer(
    name="backpain",
    cls=LateGroup,
    help=HELP,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        write(f"backpain {__version__}")
        raise typer.Exit


@app.callback()
def options(
    knowledge: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            envvar="BACKPAIN_KNOWLEDGE",
            help="A folder of local additions to the knowledge.",
            show_default=False,
        ),
    ] = None,
    version: Annotated[  # noqa: FBT002 - its callback does the work
        bool,
        typer.Option("--version", help="Show the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options of every command; a command finds them in its context."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and leave it with its exit code; an error is told, never a traceback."""
    open_missing_streams()
    try:
        app(args=arguments, prog_name="backpain")
    except ProblemsError as error:
        # only a faulty file needs them
        from backpain_cli.report.problems import as_text  # noqa: PLC0415

        complain(as_text(error))
        sys.exit(error.exit_code)
    except BackpainError as error:
        complain(f"{error.message}\n{error.hint}")
        sys.exit(error.exit_code)
    except OSError as error:
        complain(f"The result could not be written: {error.strerror or error}")
        sys.exit(ExitCode.FAULT)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    finally:
        let_go_of_streams()
