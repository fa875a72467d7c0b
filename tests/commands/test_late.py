"""Commands that are imported late: what stands for them says what they say."""

from importlib import import_module

import pytest
import typer

from backpain_cli.commands.late import COMMANDS, Late


@pytest.mark.parametrize("late", COMMANDS, ids=lambda late: late.name)
def test_help_says_of_a_command_what_the_command_says(late: Late) -> None:
    app = typer.Typer(callback=lambda: None)
    import_module(f"backpain_cli.commands.{late.room}").add_to(app)
    assert typer.main.get_group(app).commands[late.name].short_help == late.help


def test_help_lists_every_command_there_is() -> None:
    app = typer.Typer(callback=lambda: None)
    for room in dict.fromkeys(late.room for late in COMMANDS):
        import_module(f"backpain_cli.commands.{room}").add_to(app)
    assert set(typer.main.get_group(app).commands) == {late.name for late in COMMANDS}
