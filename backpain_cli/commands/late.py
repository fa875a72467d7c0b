"""Commands that are imported when they are called, so that each costs only what it uses."""

from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup


class Late(NamedTuple):
    """A command as help and completion need it."""

    name: str
    room: str
    """The module of `backpain_cli.commands` that adds it to an app."""
    help: str
    """Given whole, for a help that Typer shortens ends in the middle of a sentence."""


COMMANDS = (
    Late(
        "guide",
        "guide",
        "Answer a few questions: how soon to be seen, what may be behind the pain, what helps.",
    ),
    Late("causes", "lookups", "What back pain can come from."),
    Late("treatments", "lookups", "What can help, and what is known."),
    Late("prevention", "lookups", "Making the next time less likely."),
    Late("red-flags", "lookups", "Signs that may mean danger."),
    Late("faq", "lookups", "Questions people ask, answered."),
    Late("overview", "lookups", "The main points."),
    Late("sources", "lookups", "What this guide rests on."),
    Late(
        "assess",
        "assess",
        "Assess many people at once: JSON Lines of answers in, JSON Lines of assessments out.",
    ),
    Late("knowledge", "knowledge", "Check, test and export what the guide knows."),
)


class LateCommand(TyperCommand):
    """Stands for a command in help and completion, and gives way to it when it is called."""

    def __init__(self, late: Late) -> None:
        super().__init__(late.name, help=late.help, short_help=late.help)
        self._room = late.room

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:  # noqa: ANN401 - passed on as Click gives it
        """Import the command and begin it."""
        app = typer.Typer(rich_markup_mode=None, callback=lambda: None)
        import_module(f"backpain_cli.commands.{self._room}").add_to(app)
        # Typer takes a millisecond to read the options of each command, so it is given only this one
        app.registered_commands = [known for known in app.registered_commands if known.name == self.name]
        group = typer.main.get_group(app)
        return group.commands[self.name or ""].make_context(info_name, args, *rest, **extra)


class LateGroup(TyperGroup):
    """All commands, in the order in which help lists them."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(**attributes)
        self.commands = {late.name: LateCommand(late) for late in COMMANDS}
