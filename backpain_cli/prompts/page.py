"""How a menu screen looks: rows of text for a given width, with nothing cut and no terminal needed."""

from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest
from textwrap import wrap
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from backpain_cli.interview import ReviewLine, Screen
from backpain_cli.model import QuestionKind
from backpain_cli.prompts import drawing, words
from backpain_cli.prompts.words import Line

STACKED_BELOW = 60
"""Columns under which the section and the progress stand below each other."""
WIDEST = 100
"""Longer rows than this are hard to read."""
_NARROWEST = 16
_MARGIN = 2
_GAP = 4
"""Columns between the choices and the drawing."""
_ALL_IS_RIGHT = "all-is-right!"
"""No question's id, since an id has no exclamation mark."""


class Row(NamedTuple):
    """One row on the screen."""

    text: str
    is_strong: bool = False
    is_pointed: bool = False
    """Whether this row belongs to the line that is pointed at."""
    beside: str = ""
    """What stands to the right: a row of the drawing."""


class Page(Struct, frozen=True):
    """What a menu screen shows, whatever its width and wherever the pointer is."""

    text: str
    why: str
    lines: tuple[Line, ...]
    is_list: bool = False
    section: str = ""
    progress: str = ""
    notes: tuple[str, ...] = ()
    help: str = ""
    earlier: frozenset[str] = frozenset()
    """The lines of the earlier answer."""
    encoding: str = "utf-8"
    """What the terminal can show; the texts of the page are in it already."""

    @property
    def has_areas(self) -> bool:
        """Say whether the lines are places on the back."""
        return any(line.area for line in self.lines)


class Look(Struct, frozen=True):
    """How the lines of a page stand now."""

    pointed: str = ""
    """The line that is pointed at; none when empty."""
    ticked: Collection[str] = ()
    shows_all_checks: bool = True
    """Whether every line has its "how to find out", or the one pointed at alone."""
    is_numbered: bool = False


def page_of(screen: Screen, encoding: str = "utf-8") -> Page:
    """Return the page that shows a question."""
    is_number = screen.question.kind is QuestionKind.NUMBER
    hint = words.number_hint(screen.question) if is_number else ""
    return _shown(
        Page(
            text=screen.question.text,
            why=screen.why,
            lines=() if is_number else words.lines_of(screen),
            is_list=words.is_list(screen.question),
            section=words.title_of(screen),
            progress=words.progress(screen),
            notes=screen.notes,
            help=f"{words.help_of(screen)} {hint}",
            earlier=frozenset() if is_number else words.earlier_lines(screen),
            encoding=encoding,
        )
    )


def review_page(lines: tuple[ReviewLine, ...], notes: tuple[str, ...], encoding: str = "utf-8") -> Page:
    """Return the page that shows every answer, "All is right" first."""
    answers = tuple(Line(line.question_id, words.review_line(line)) for line in lines)
    return _shown(
        Page(
            text=words.REVIEW_TEXT,
            why=words.REVIEW_WHY,
            lines=(Line(_ALL_IS_RIGHT, words.ALL_IS_RIGHT), *answers),
            section=words.REVIEW_TITLE,
            notes=notes,
            encoding=encoding,
        )
    )


def is_all_right(value: str) -> bool:
    """Say whether the line chosen on the review page is "All is right"."""
    return value == _ALL_IS_RIGHT


def text_width(columns: int) -> int:
    """Return the columns that text may fill on a terminal, its margins left free."""
    return max(min(columns, WIDEST) - 2 * _MARGIN, _NARROWEST)


def head(page: Page, columns: int) -> list[Row]:
    """Return the rows above the choices: where we are, notes, the question and its help."""
    width = text_width(columns)
    rows = [Row(""), *_progress_rows(page, columns), Row("")]
    for note in page.notes:
        rows += [*wrapped(note, width), Row("")]
    rows += [row._replace(is_strong=True) for row in wrapped(page.text, width)]
    return [*rows, *wrapped(page.help, width), Row("")]


def choices(page: Page, look: Look, columns: int) -> list[Row]:
    """Return the rows of the lines to choose from, with the drawing beside them where it fits."""
    if not page.has_areas or columns < drawing.LEAST_WIDTH:
        return list(_line_rows(page, look, text_width(columns)))
    width = text_width(columns) - drawing.WIDTH - _GAP
    rows = list(_line_rows(page, replace(look, is_numbered=True), width))
    places = {number: line.area for number, line in enumerate(page.lines, start=1) if line.area}
    column = max(len(row.text) for row in rows) + _GAP
    return list(_side_by_side(rows, drawing.drawing(places), column))


def why_rows(page: Page, columns: int) -> list[Row]:
    """Return the rows that say why a question is asked."""
    width = text_width(columns)
    return [
        Row(_indented("Why we ask"), is_strong=True),
        *wrapped(page.why, width),
        Row(""),
        *wrapped("Press any key to go on with the question.", width),
    ]


def more_rows(columns: int) -> list[Row]:
    """Return the rows that say that not every line is in sight."""
    return [
        Row(""),
        *wrapped("↑↓ There are more lines than fit here: move to see them.", text_width(columns)),
    ]


def word_rows(message: str, columns: int) -> list[Row]:
    """Return an empty row and the rows of a kind word, where there is one."""
    return [Row(""), *(row._replace(is_strong=True) for row in wrapped(message, text_width(columns)))]


def key_rows(page: Page, columns: int) -> list[Row]:
    """Return the keys that can be used, as many to a row as fit."""
    move = ["↑↓ move"] if page.lines else []
    tick = ["space tick"] if page.is_list else []
    keys = [*move, *tick, "Enter next", "← back", "? why we ask", "Ctrl-C leave"]
    # a key and its word stay on one row: joined by a character that wrap does not break at
    shown = [words.for_encoding(key, page.encoding) for key in keys]
    joined = "   ".join(key.replace(" ", "\0") for key in shown)
    return [Row(row.text.replace("\0", " ")) for row in wrapped(joined, text_width(columns))]


def _shown(page: Page) -> Page:
    """Return the page with every text free of control characters and in what the terminal can show."""

    def shown(text: str) -> str:
        return words.for_encoding(words.clean(text), page.encoding)

    return replace(
        page,
        text=shown(page.text),
        why=shown(page.why),
        help=shown(page.help),
        notes=tuple(shown(note) for note in page.notes),
        lines=tuple(replace(line, text=shown(line.text), check=shown(line.check)) for line in page.lines),
    )


def _progress_rows(page: Page, columns: int) -> list[Row]:
    if not page.progress or columns < STACKED_BELOW:
        return [*wrapped(page.section, text_width(columns)), *wrapped(page.progress, text_width(columns))]
    room = text_width(columns) - len(page.section)
    return [Row(_indented(f"{page.section}{page.progress:>{room}}"))]


def _line_rows(page: Page, look: Look, width: int) -> Iterator[Row]:
    for number, line in enumerate(page.lines, start=1):
        is_pointed = line.value == look.pointed
        start = _start_of(page, look, line, number)
        rows = [row._replace(is_strong=is_pointed) for row in wrapped(_said(page, line), width, start)]
        if line.check and (look.shows_all_checks or is_pointed):
            rows += wrapped(f"How to find out: {line.check}", width, " " * len(start))
        yield from (row._replace(is_pointed=is_pointed) for row in rows)


def _start_of(page: Page, look: Look, line: Line, number: int) -> str:
    pointer = ">" if line.value == look.pointed else " "
    tick = ("[x] " if line.value in look.ticked else "[ ] ") if page.is_list else ""
    return f"{pointer} {tick}{f'{number:<4}' if look.is_numbered else ''}"


def _said(page: Page, line: Line) -> str:
    is_earlier = line.value in page.earlier and not page.is_list
    return f"{line.text} (your earlier answer)" if is_earlier else line.text


def _side_by_side(rows: Iterable[Row], picture: tuple[str, ...], column: int) -> Iterator[Row]:
    for row, part in zip_longest(rows, picture):
        left = row or Row("")
        yield left._replace(text=f"{left.text:<{column}}", beside=part) if part else left


def wrapped(text: str, width: int, start: str = "") -> list[Row]:
    """Return text in rows that break between words; later rows stand under the text of the first."""
    hang = " " * len(start)
    rows = wrap(text, width, initial_indent=start, subsequent_indent=hang, break_on_hyphens=False)
    return [Row(_indented(row)) for row in rows]


def _indented(text: str) -> str:
    return " " * _MARGIN + text
