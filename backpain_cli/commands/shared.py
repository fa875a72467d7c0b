"""What several commands take: the form of a result, plain lines, and the folder of local additions."""

from pathlib import Path
from typing import Annotated

import typer

from backpain_cli.report.form import Format

Form = Annotated[Format, typer.Option("--format", help="How to show it.")]
Plain = Annotated[bool, typer.Option("--plain", help="Lines only, as suits a screen reader.")]


def local_folder(ctx: typer.Context) -> Path | None:
    """Return the folder of local additions that was given to the program itself."""
    folder = ctx.find_root().params.get("knowledge")
    return Path(folder) if folder else None
