"""A bare Typer program: one command, and a version."""

from typing import Annotated

import typer

app = typer.Typer()


def show_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    """Print the version and end."""
    if asked:
        typer.echo("bare 1.0")
        raise typer.Exit


@app.command()
def main(
    version: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True)] = False,  # noqa: FBT002
) -> None:
    """Do nothing."""


if __name__ == "__main__":
    app(prog_name="bare")
