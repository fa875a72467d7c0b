"""What a screen is made of: headings, paragraphs, lists and grids, apart from how they are shown.

A look-up or a result is written once, as blocks. `tables` shows blocks at a terminal, `markdown`
writes them as Markdown.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from msgspec import Struct  # made ten times as fast as a dataclass, at each start


class Tone(Enum):
    """How a block sounds; never the only sign of what it says."""

    NORMAL = auto()
    QUIET = auto()
    GOOD = auto()
    CARE = auto()
    ALARM = auto()


class Heading(Struct, frozen=True):
    """A line above what follows: level 1 for the screen, 2 for a part, 3 for one thing in it."""

    text: str
    level: int = 1
    tone: Tone = Tone.NORMAL


class Paragraph(Struct, frozen=True):
    """Sentences; a blank line in the text starts a new paragraph."""

    text: str
    tone: Tone = Tone.NORMAL

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the paragraphs, each on one line."""
        return tuple(one_line(part) for part in re.split(r"\n\s*\n", self.text) if part.strip())


class Bullets(Struct, frozen=True):
    """Short points, in no need of a label."""

    items: tuple[str, ...]


class Outline(Struct, frozen=True):
    """Points under points: each with its depth, from 0."""

    items: tuple[tuple[int, str], ...]


class Link(Struct, frozen=True):
    """An address, shown in full."""

    address: str


Value = str | Link | tuple[str, ...]
"""What stands beside a label: a text, an address, or several texts."""


class Facts(Struct, frozen=True):
    """Labels, each with what it says; a row without a label goes on with the row above."""

    rows: tuple[tuple[str, Value], ...]


class Column(Struct, frozen=True):
    """One column of a grid; without a title, it joins the name where the grid is stacked."""

    title: str
    short: str = ""
    """The label where the grid is stacked; the title when empty."""
    widest: int | None = None
    """How many columns of the terminal it may take in a table, so that another has more."""

    @property
    def label(self) -> str:
        """Return the label that stands before a value in a stacked grid."""
        return self.short or self.title


class Grid(Struct, frozen=True):
    """Things side by side: the first column names them."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Outline | Facts | Grid
Blocks = tuple[Block, ...]


def facts(*rows: tuple[str, Value]) -> Iterator[Facts]:
    """Yield the rows that say something as one block; nothing where none does."""
    kept = tuple((label, value) for label, value in rows if value and value != Link(""))
    if kept:
        yield Facts(kept)


def part(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks under a heading of their own; nothing where there are none."""
    held = tuple(blocks)
    if held:
        yield Heading(title, 2)
        yield from held


def lead(label: str) -> str:
    """Return a label as it stands before a text in the same line: with a colon, unless it asks."""
    return label if label.endswith("?") or not label else f"{label}:"


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())
