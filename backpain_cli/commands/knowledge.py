"""The author's commands: check the knowledge, put its worked cases, show its schema, export it."""

import os
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backpain_cli.commands.shared import Form, Plain, Today, local_folder
from backpain_cli.errors import BackpainError, ExitCode, KnowledgeError, UsageError
from backpain_cli.knowledge import load, shipped_folder
from backpain_cli.report.console import show, wants_plain, write
from backpain_cli.report.form import Format

if TYPE_CHECKING:
    from backpain_cli.authoring import Checked
    from backpain_cli.cases import Outcome

# each command imports what it needs when it is called: YAML, the checks and Rich cost 80 ms together,
# and a look-up, which imports this file too, needs none of them


class ProblemFormat(StrEnum):
    """The forms of a list of problems."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DIR]",
        help="A whole knowledge, or local additions; the shipped knowledge when left out.",
        show_default=False,
    ),
]
AsLocal = Annotated[
    bool, typer.Option("--local", help="Take DIR as local additions, whatever files it holds.")
]
ProblemForm = Annotated[ProblemFormat, typer.Option("--format", help="How to show it.")]
CasesFolder = Annotated[
    Path | None,
    typer.Option(
        "--cases", metavar="PATH", help="A folder or file of cases, not DIR/cases.", show_default=False
    ),
]
Kind = Annotated[
    str | None,
    typer.Argument(
        metavar="[KIND]", help="One file, such as causes; all of them when left out.", show_default=False
    ),
]
Into = Annotated[
    Path | None,
    typer.Option(
        "--into", metavar="DIR", help="Write a file for each kind into this folder.", show_default=False
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the author's commands to an app."""
    commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    for name, command, help_line in (
        ("check", check, "Find what is wrong with a folder of knowledge."),
        ("test", run_cases, "Put the worked cases through the guide."),
        ("schema", schema, "Show the JSON Schema of the files."),
        ("export", export, "Show the whole knowledge as JSON."),
    ):
        commands.command(name, short_help=help_line)(command)
    help_line = "Check, test and export what the guide knows."
    app.add_typer(commands, name="knowledge", help=help_line, short_help=help_line)


def check(
    ctx: typer.Context,
    folder: Folder = None,
    form: ProblemForm = ProblemFormat.TEXT,
    *,
    local: AsLocal = False,
    today: Today = None,
) -> None:
    """Tell every problem of a folder of knowledge at once, in the order of the files.

    A folder that holds findings, questions, red flags and causes is checked as a whole knowledge, with its
    worked cases. Any other is checked as local additions to the shipped knowledge. Warnings alone are
    no failure.
    """
    from backpain_cli import authoring  # noqa: PLC0415

    day = today.date() if today else date.today()  # noqa: DTZ011 - the author's own day
    where = _folder(ctx, folder)
    checked = authoring.check(where, day, as_local=local)
    write(_told(checked, form, where))
    if not checked.is_well:
        raise typer.Exit(ExitCode.FAULT)


def run_cases(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    folder: Folder = None,
    cases: CasesFolder = None,
    form: Form = Format.TABLE,
    *,
    local: AsLocal = False,
    plain: Plain = False,
) -> None:
    """Put the worked cases through the guide's own interview, and measure the results.

    It shows the figures for all cases and for the blind ones alone, then every miss with its reason.
    It fails when an emergency is missed.
    """
    from backpain_cli import authoring  # noqa: PLC0415
    from backpain_cli.case_files import read_cases  # noqa: PLC0415
    from backpain_cli.cases import figures, put  # noqa: PLC0415
    from backpain_cli.regions import DEFAULT, find_region  # noqa: PLC0415

    where = _folder(ctx, folder)
    knowledge = authoring.read_for_cases(where, as_local=local)
    region = find_region(knowledge, DEFAULT, {})
    found = read_cases(cases or authoring.find_cases(where, as_local=local), knowledge)
    outcomes = tuple(put(knowledge, case, region) for case in found)
    _tell(outcomes, form, plain=plain)
    if figures(outcomes).missed_emergencies:
        raise typer.Exit(ExitCode.FAULT)


def schema(kind: Kind = None, into: Into = None) -> None:
    """Show the JSON Schema of one file, or of all of them in one object with a key for each file."""
    from backpain_cli import schemas  # noqa: PLC0415
    from backpain_cli.report.json import as_json  # noqa: PLC0415

    kinds = schemas.KINDS if kind is None else (_kind(kind, schemas.KINDS),)
    if into is not None:
        _write_files({into / f"{name}.json": schemas.as_file(name) for name in kinds})
    elif kind is not None:
        write(schemas.as_file(*kinds))
    else:
        write(as_json({name: schemas.schema(name) for name in kinds}))


def export(ctx: typer.Context) -> None:
    """Show the whole knowledge as one JSON object with a key for each file."""
    from backpain_cli.report.json import as_json  # noqa: PLC0415

    write(as_json(load(local_folder(ctx)).tables))


def _folder(ctx: typer.Context, given: Path | None) -> Path:
    """Return the folder that was named, here or to the program itself, or else the shipped one."""
    folder = given or local_folder(ctx) or shipped_folder()
    if folder is None:
        message = "This installation holds the knowledge ready-made, without its files."
        raise UsageError(message, "Name a folder, as in: backpain knowledge check DIR")
    return folder


def _told(checked: "Checked", form: ProblemFormat, folder: Path) -> str:
    from backpain_cli.report import problems  # noqa: PLC0415

    found = KnowledgeError(checked.title, checked.problems)
    if form is ProblemFormat.JSON:
        return problems.as_json(found)
    if form is ProblemFormat.GITHUB:
        return problems.as_annotations(found, _from_here(folder)) + _all_well(checked)
    text = problems.as_text(found) if checked.problems else ""
    return "\n".join(filter(None, (text, _all_well(checked))))


def _all_well(checked: "Checked") -> str:
    if not checked.is_well:
        return ""
    records = _counted(checked.records, "local record" if checked.is_local else "record")
    return f"All is well: {records}, {_counted(checked.cases, 'case')}.\n"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _from_here(folder: Path) -> str:
    """Return the folder as seen from the working directory, where GitHub looks for the files."""
    here, there = Path.cwd(), folder.resolve()
    return there.relative_to(here).as_posix() if there.is_relative_to(here) else str(folder)


def _tell(outcomes: "Sequence[Outcome]", form: Format, *, plain: bool) -> None:
    from backpain_cli.report.accuracy import accuracy_blocks, accuracy_object  # noqa: PLC0415

    if form is Format.JSON:
        from backpain_cli.report.json import as_json  # noqa: PLC0415

        write(as_json(accuracy_object(outcomes)))
    elif form is Format.MARKDOWN:
        from backpain_cli.report.markdown import as_markdown  # noqa: PLC0415

        write(as_markdown(accuracy_blocks(outcomes)))
    else:
        from backpain_cli.report.tables import render  # noqa: PLC0415

        show(render(accuracy_blocks(outcomes), plain=wants_plain(asked=plain)))


def _kind(word: str, kinds: Sequence[str]) -> str:
    """Return the kind of file that a word names, or raise UsageError."""
    from backpain_cli.suggest import did_you_mean  # noqa: PLC0415
    from backpain_cli.wording import capitalised  # noqa: PLC0415

    name = word.removesuffix(".yaml").replace("-", "_")
    if name in kinds:
        return name
    hint = capitalised(did_you_mean(name, kinds)) or f"The kinds are: {', '.join(kinds)}."
    raise UsageError(f"There is no kind of file called '{word}'.", hint)


def _write_files(texts: dict[Path, str]) -> None:
    try:
        for path, text in texts.items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        message = f"The schemas were not written: {reason}."
        raise BackpainError(message, "Name a folder that can be written.") from None
    write(f"{len(texts)} files written.")
