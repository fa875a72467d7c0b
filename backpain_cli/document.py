"""A file that was read: plain data, and the way from each value back to its place."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from backpain_cli.errors import Location, Problem

Data: TypeAlias = "bool | int | float | str | list[Data] | dict[str, Data] | None"
"""What a file holds, once read."""

ValuePath: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of mappings and places in lists, from the top."""

LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line of YAML."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value starts and ends; lines and columns count from 0."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place and, in a mapping or a list, the nodes within it."""

    data: Data
    span: Span
    within: "dict[str | int, Node]"
    keys: dict[str, Span]


@dataclass(frozen=True)
class Document:
    """A file that was read: its data, and a way from each value back to its place."""

    file: str
    text: str
    root: Node

    @property
    def data(self) -> Data:
        """Return everything the file holds."""
        return self.root.data

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines of the file without their ends."""
        return LINE_END.split(self.text)

    def locate(self, path: ValuePath) -> Location:
        """Return where a value starts; the nearest value around it where there is none."""
        return self._location(self._node(path).span)

    def locate_key(self, path: ValuePath) -> Location:
        """Return where the key of a value starts; the value itself where it has no key."""
        return self._location(self._key(path))

    def problem(self, path: ValuePath, message: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """Return a problem that points at a value, or at its key."""
        return self.problem_at(self._key(path) if at_key else self._node(path).span, message, hint)

    def problem_at(self, span: Span, message: str, hint: str = "") -> Problem:
        """Return a problem that points at a span of the text."""
        excerpt = self.lines[span.line] if span.line < len(self.lines) else ""
        end = span.end_column if span.end_line == span.line else len(excerpt)
        return Problem(self._location(span), message, hint, excerpt, max(end - span.column, 1))

    def _location(self, span: Span) -> Location:
        return Location(self.file, span.line + 1, span.column + 1)

    def _node(self, path: ValuePath) -> Node:
        node = self.root
        for step in path:
            if step not in node.within:
                break
            node = node.within[step]
        return node

    def _key(self, path: ValuePath) -> Span:
        around = self._node(path[:-1])
        return around.keys.get(str(path[-1]) if path else "", self._node(path).span)
