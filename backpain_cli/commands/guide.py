"""The guide's command: its options, and one call."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from backpain_cli.commands.shared import Form, Plain, Today, local_folder
from backpain_cli.knowledge import load
from backpain_cli.report.console import wants_plain
from backpain_cli.report.form import Format

AnswersFile = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help="Answers to begin with.", show_default=False),
]
NoInput = Annotated[bool, typer.Option("--no-input", help="Ask nothing; what is not answered is unknown.")]
Save = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Keep the answers, to go on later.", show_default=False),
]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="FILE", help="Write a document: .html, .md, .txt or .json.", show_default=False
    ),
]
Quick = Annotated[bool, typer.Option("--quick", help="Only how soon to be seen.")]
InRegion = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="CODE",
        help="Your country, such as GB or US: for its emergency number and dates.",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]


HELP = "Answer a few questions: how soon to be seen, what may be behind the pain, what helps."


def add_to(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("guide", help=HELP, short_help=HELP)(guide)


def guide(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    answers: AnswersFile = None,
    *,
    no_input: NoInput = False,
    save: Save = None,
    report: Report = None,
    form: Form = Format.TABLE,
    plain: Plain = False,
    quick: Quick = False,
    region: InRegion = None,
    today: Today = None,
    force: Force = False,
) -> None:
    """Hold the guide's conversation, or assess a file of answers."""
    # the core and the front ends cost 40 ms; a look-up, which imports this file too, needs none
    from backpain_cli.answers import read_answers  # noqa: PLC0415
    from backpain_cli.regions import find_region  # noqa: PLC0415
    from backpain_cli.session import Session, run  # noqa: PLC0415

    knowledge = load(local_folder(ctx))
    session = Session(
        knowledge=knowledge,
        region=find_region(knowledge, region, os.environ),
        today=today.date() if today else date.today(),  # noqa: DTZ011 - the person's own day
        given=read_answers(answers, knowledge) if answers else {},
        save=save,
        report=report,
        form=form,
        plain=wants_plain(asked=plain),
        quick=quick,
        force=force,
        no_input=no_input,
    )
    run(session)
