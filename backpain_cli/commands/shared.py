"""What several commands take: the form of a result, plain lines, a day, and the folder of local additions."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from backpain_cli.report.form import Format

Form = Annotated[Format, typer.Option("--format", help="How to show it.")]
Plain = Annotated[bool, typer.Option("--plain", help="Lines only, as suits a screen reader.")]


def _near_enough(day: datetime | None) -> datetime | None:
    """Refuse a day with no room in the calendar for the years before and after it."""
    if day is not None and not 1900 <= day.year <= 2200:  # noqa: PLR2004 - told in the next line
        raise typer.BadParameter("it must be a day from 1900 to 2200.")
    return day


Today = Annotated[
    datetime | None,
    typer.Option(
        "--today",
        metavar="DATE",
        formats=["%Y-%m-%d"],
        callback=_near_enough,
        help="The day to reckon from.",
        show_default=False,
    ),
]


def local_folder(ctx: typer.Context) -> Path | None:
    """Return the folder of local additions that was given to the program itself."""
    folder = ctx.find_root().params.get("knowledge")
    return Path(folder) if folder else None
