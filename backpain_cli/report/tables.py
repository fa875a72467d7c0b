"""Blocks at a terminal: a table where there is room, stacked lines where there is not; nothing is cut."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct
from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from backpain_cli.report.blocks import (
    Block,
    Bullets,
    Facts,
    Grid,
    Heading,
    Link,
    Outline,
    Paragraph,
    Tone,
    Value,
    lead,
)
from backpain_cli.report.console import clean

TABLE_FROM = 80
"""Columns from which a grid is a table."""
ASIDE_FROM = 60
"""Columns from which labels stand beside what they say, and everything is set in by a margin."""
MARGIN = "  "

TONES = {
    Tone.NORMAL: "",
    Tone.QUIET: "",
    Tone.GOOD: "bold color(231) on color(22)",
    Tone.CARE: "bold color(16) on color(220)",
    Tone.ALARM: "bold color(231) on color(160)",
}
"""Each colour brings its own ground, so that it can be read on every terminal, dark or light."""


def render(blocks: Iterable[Block], *, plain: bool = False) -> RenderableType:
    """Return blocks ready to print; plain has no drawn lines and no columns, for a screen reader."""
    held = tuple(blocks)
    return Hung(Group(*_spaced(held, plain=plain)), margin=not plain)


class Hung(Struct, frozen=True):
    """Something printed behind a first sign, its further lines set in as far; no line ends in spaces."""

    content: RenderableType
    first: str = ""
    rest: str = ""
    margin: bool = False
    """Whether it is the whole screen, set in by a margin where there is room."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        if self.margin and options.max_width >= ASIDE_FROM:
            yield Hung(self.content, MARGIN, MARGIN)
            return
        inner = options.update(width=max(1, options.max_width - cell_len(self.rest)))
        for place, line in enumerate(console.render_lines(self.content, inner, pad=False)):
            segments = _without_end(line)
            sign = self.rest if place else self.first
            yield Segment(sign if segments else sign.rstrip())
            yield from segments
            yield Segment.line()


class GridOrStack(Struct, frozen=True):
    """A grid as a table where every word of it fits, or else as stacked lines."""

    grid: Grid
    plain: bool

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield one or the other."""
        room = options.max_width + len(MARGIN)
        fits = room >= TABLE_FROM and _least_width(self.grid) <= options.max_width
        yield _table(self.grid) if fits and not self.plain else Group(*_stacked(self.grid))


class LabelsOrStack(Struct, frozen=True):
    """Labels beside what they say where there is room, or else before it."""

    facts: Facts
    plain: bool

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield one or the other."""
        fits = options.max_width + len(MARGIN) >= ASIDE_FROM
        yield _beside(self.facts) if fits and not self.plain else Group(*_before(self.facts))


def words(text: str, style: str = "") -> Text:
    """Return text that is printed as written; a word wider than the screen goes on in the next line."""
    return Text(clean(text), style=style, overflow="fold", no_wrap=False)


def _spaced(blocks: tuple[Block, ...], *, plain: bool) -> Iterator[RenderableType]:
    """Yield each block, with an empty line between two but not under a small heading."""
    yield from (_shown(block, plain=plain) for block in blocks[:1])
    for above, block in pairwise(blocks):
        if not (isinstance(above, Heading) and above.level > 1):
            yield Text()
        yield _shown(block, plain=plain)


def _shown(block: Block, *, plain: bool) -> RenderableType:
    match block:
        case Heading():
            return _heading(block, plain=plain)
        case Paragraph():
            return Group(*_paragraphs(block))
        case Bullets(items):
            return Group(*map(_point, items))
        case Outline(lines):
            return Group(*(Hung(_point(text), MARGIN * depth, MARGIN * depth) for depth, text in lines))
        case Facts():
            return LabelsOrStack(block, plain)
        case Grid():
            return GridOrStack(block, plain)


def _heading(heading: Heading, *, plain: bool) -> RenderableType:
    text = words(heading.text, f"bold {TONES[heading.tone]}".strip())
    if heading.level != 2 or plain:  # noqa: PLR2004 - only parts are underlined
        return text
    return Group(text, Underline(cell_len(text.plain)))


class Underline(Struct, frozen=True):
    """A drawn line as long as the heading above it."""

    length: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the line, of hyphens where the terminal has nothing better."""
        sign = "-" if options.ascii_only else "─"
        yield Segment(sign * min(self.length, options.max_width))
        yield Segment.line()


def _paragraphs(paragraph: Paragraph) -> Iterator[Text]:
    for place, part in enumerate(paragraph.parts):
        if place:
            yield Text()
        yield words(part, TONES[paragraph.tone])


def _table(grid: Grid) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column in grid.columns:
        table.add_column(words(column.title), overflow="fold", max_width=column.widest)
    for place, row in enumerate(grid.rows):
        is_last = place == len(grid.rows) - 1
        name, *others = row
        table.add_row(words(name, "bold"), *map(words, others), end_section=not is_last)
    return table


def _least_width(grid: Grid) -> int:
    """Return how many columns the longest words of the grid need side by side."""
    lines = (tuple(column.title for column in grid.columns), *grid.rows)
    longest = [max(map(_longest_word, column)) for column in zip(*lines, strict=True)]
    return sum(longest) + 3 * len(longest)


def _longest_word(text: str) -> int:
    return max(map(cell_len, clean(text).split()), default=0)


def _stacked(grid: Grid) -> Iterator[RenderableType]:
    for place, row in enumerate(grid.rows):
        if place:
            yield Text()
        untitled = [value for column, value in zip(grid.columns, row, strict=True) if not column.title]
        yield words(": ".join((row[0], *filter(None, untitled))), "bold")
        for column, value in zip(grid.columns[1:], row[1:], strict=True):
            if column.title and value:
                yield Hung(_labelled(column.label, value), MARGIN, MARGIN * 2)


def _beside(facts: Facts) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(max_width=18, overflow="fold")
    table.add_column(overflow="fold")
    for label, value in facts.rows:
        table.add_row(words(label, "bold"), _value(value))
    return table


def _value(value: Value) -> RenderableType:
    if isinstance(value, tuple):
        return (
            Group(*(Hung(words(item), "- ", "  ") for item in value)) if len(value) > 1 else words(value[0])
        )
    return words(value.address if isinstance(value, Link) else value)


def _before(facts: Facts) -> Iterator[RenderableType]:
    for label, value in facts.rows:
        if isinstance(value, tuple) and len(value) > 1:
            yield words(lead(label), "bold")
            yield from map(_point, value)
            continue
        text = value.address if isinstance(value, Link) else "".join(value)
        yield Hung(_labelled(label, text), "" if label else MARGIN, MARGIN)


def _point(text: str) -> Hung:
    return Hung(words(text), "- ", "  ")


def _labelled(label: str, text: str) -> Text:
    before = words(f"{lead(label)} " if label else "", "bold")
    return before.append_text(words(text, "not bold"))


def _without_end(line: list[Segment]) -> list[Segment]:
    """Return a line without the spaces at its end."""
    kept = list(line)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        last = kept[-1]
        kept[-1] = Segment(last.text.rstrip(), last.style or Style.null(), last.control)
    return kept
