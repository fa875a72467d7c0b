"""What can go wrong, where, and how to mend it: values first, raised once."""

from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """How the program ends; a danger sign is a result, not an exit code."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    INTERRUPTED = 130


class Location(NamedTuple):
    """A place in a file; `line` and `column` count from 1, and 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """One fault in a file: where it stands, what it is, and how to mend it."""

    location: Location
    message: str
    hint: str = ""
    excerpt: str = ""
    """The line of the file that holds the fault, as it stands there."""
    width: int = 1
    """How many characters of the excerpt are at fault, for the carets."""
    is_warning: bool = False

    @property
    def order(self) -> Location:
        """Say where the problem sorts among others: by file, line and column."""
        return self.location


class BackpainError(Exception):
    """A fault that the person is told of in plain words, with an exit code."""

    exit_code: int = ExitCode.FAULT

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(BackpainError):
    """The command was called in a way that cannot work."""

    exit_code = ExitCode.USAGE


class ProblemsError(BackpainError):
    """One or more problems in a file, gathered and shown together."""

    def __init__(self, title: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(title)
        self.problems = problems


class KnowledgeError(ProblemsError):
    """The knowledge cannot be used."""


class AnswersError(ProblemsError):
    """The answers file cannot be used."""


class InterruptedGuideError(BackpainError):
    """The person left, or the input ended, before the guide was finished."""

    def __init__(self, message: str, hint: str = "", exit_code: int | None = None) -> None:
        super().__init__(message, hint)
        self.exit_code = ExitCode.INTERRUPTED if exit_code is None else exit_code
