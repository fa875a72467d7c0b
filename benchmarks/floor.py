"""The least that a program on this stack can cost: Typer, and a Rich table of rows that are given."""

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def table(rows: Annotated[Path, typer.Argument()]) -> None:
    """Print the rows as a table."""
    from rich.console import Console  # noqa: PLC0415 - as late as the program that is measured
    from rich.table import Table  # noqa: PLC0415

    titles, *records = json.loads(rows.read_text(encoding="utf-8"))
    shown = Table(*titles)
    for record in records:
        shown.add_row(*record)
    Console(width=80).print(shown)


@app.command()
def ask() -> None:
    """Ask one question."""
    import questionary  # noqa: PLC0415 - as above

    questionary.select("Are you ready to begin?", choices=["Yes", "No"]).ask()


if __name__ == "__main__":
    app()
