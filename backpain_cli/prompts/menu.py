"""Questions as menus that are moved through with the arrow keys; the only file that imports questionary.

questionary keeps what is pointed at, ticked and typed. What it lacks is put in its place here: keys
for back, why and leaving, rows that never break inside a word, and no answer by accident.
"""

import sys
from typing import TextIO, TypeVar

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, FormattedTextControl, ScrollOffsets
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.shortcuts import print_formatted_text
from questionary.prompts.common import InquirerControl

from backpain_cli.interview import Move, ReviewLine, Screen
from backpain_cli.model import QuestionKind
from backpain_cli.prompts import page as pages
from backpain_cli.prompts import words
from backpain_cli.prompts.page import Look, Page, Row
from backpain_cli.prompts.sheet import Sheet, leave, run, signals_held, window
from backpain_cli.prompts.words import Line
from backpain_cli.result import AnswerValue

CHOOSE_FIRST = "Choose a line with the arrow keys first, then press Enter."

_Answer = TypeVar("_Answer")


class MenuAsker:
    """An `Asker` that draws each question as a menu and takes it away once it is answered."""

    def __init__(self, keyboard: Input, terminal: Output) -> None:
        self._keyboard = keyboard
        self._terminal = terminal

    def ask(self, screen: Screen) -> AnswerValue | Move:
        """Put one question; return the answer, or BACK."""
        with signals_held():
            return self._ask(screen)

    def review(self, lines: tuple[ReviewLine, ...], notes: tuple[str, ...]) -> str | Move:
        """Show every answer; return the id of the question to change, GO_ON, or BACK."""
        page = pages.review_page(lines, notes, self._terminal.encoding())
        with signals_held():
            chosen = _ListMenu(page, "", self._keyboard, self._terminal).run()
        if isinstance(chosen, Move):
            return chosen
        (value,) = chosen
        return Move.GO_ON if pages.is_all_right(value) else value

    def _ask(self, screen: Screen) -> AnswerValue | Move:
        is_number = screen.question.kind is QuestionKind.NUMBER
        value = self._type_number(screen) if is_number else self._choose(screen)
        if screen.number and not isinstance(value, Move):
            self._keep_in_sight(words.read_back(screen, value))
        return value

    def _choose(self, screen: Screen) -> AnswerValue | Move:
        page = pages.page_of(screen, self._terminal.encoding())
        chosen = _ListMenu(page, words.nothing_ticked(screen), self._keyboard, self._terminal).run()
        return chosen if isinstance(chosen, Move) else words.reply(screen, chosen)

    def _type_number(self, screen: Screen) -> AnswerValue | Move:
        return _NumberMenu(screen, self._keyboard, self._terminal).run()

    def _keep_in_sight(self, text: str) -> None:
        shown = words.for_encoding(text, self._terminal.encoding())
        for row in pages.wrapped(shown, pages.text_width(self._terminal.get_size().columns)):
            print_formatted_text(row.text, output=self._terminal)


def start_menu(stdin: TextIO, stdout: TextIO) -> MenuAsker | None:
    """Return the menus on this terminal; None where the console cannot draw them."""
    if sys.platform == "win32":
        from prompt_toolkit.output.win32 import NoConsoleScreenBufferError  # noqa: PLC0415 - Windows only

        try:
            return MenuAsker(create_input(stdin), create_output(stdout))
        except NoConsoleScreenBufferError:
            return None
    terminal = create_output(stdout)
    if isinstance(terminal, Vt100_Output):
        # a terminal's reply to "where is the cursor?" would be dropped with the keys typed too early
        terminal.enable_cpr = False
    return MenuAsker(create_input(stdin), terminal)


class _ListMenu:
    """Lines to choose from: one of them, or every one that is true."""

    def __init__(self, page: Page, refusal: str, keyboard: Input, terminal: Output) -> None:
        self._page = page
        self._refusal = refusal
        self._sheet = Sheet(page, terminal)
        self._ticked = page.earlier if page.is_list else frozenset()
        self._has_pointer = page.is_list or bool(page.earlier)
        self._app: Application[frozenset[str] | Move] = _list_question(page, keyboard, terminal).application
        self._control = _control_of(self._app)
        self._control.text = self._draw
        self._window = window(self._control)
        self._window.scroll_offsets = ScrollOffsets(bottom=self._rows_after_cursor)
        self._app.layout = self._sheet.layout(self._window)

    def run(self) -> frozenset[str] | Move:
        """Return the lines that were chosen, or BACK."""
        return run(self._app, self._sheet, self._keys())

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        pointless = Condition(lambda: not self._has_pointer)
        keys.add(Keys.Down, eager=True, filter=pointless)(lambda _event: self._point_at(0))
        keys.add(Keys.Up, eager=True, filter=pointless)(lambda _event: self._point_at(-1))
        keys.add(Keys.Left, eager=True)(lambda event: event.app.exit(result=Move.BACK))
        keys.add("q", eager=True)(leave)
        keys.add(" ", eager=True)(lambda _event: self._tick())
        keys.add(Keys.Enter, eager=True)(lambda _event: self._finish())
        keys.add("a", eager=True)(_do_nothing)  # questionary's "tick all" and "invert" know of no line
        keys.add("i", eager=True)(_do_nothing)  # that stands alone
        for digit, _ in zip("123456789", self._page.lines if self._page.has_areas else (), strict=False):
            keys.add(digit, eager=True)(lambda event: self._point_at(int(event.data) - 1))
        return keys

    def _point_at(self, place: int) -> None:
        self._has_pointer = True
        self._sheet.message = ""
        self._control.pointed_at = place % len(self._page.lines)

    def _tick(self) -> None:
        if self._page.is_list:
            self._ticked = words.toggled(self._page.lines, self._ticked, self._pointed_line())
            self._sheet.message = ""

    def _finish(self) -> None:
        """Take the answer, or say kindly what is missing; an Enter alone is never an answer."""
        chosen = self._ticked if self._page.is_list else self._pointed()
        if chosen:
            self._app.exit(result=chosen)
        else:
            self._sheet.message = self._refusal if self._page.is_list else CHOOSE_FIRST

    def _pointed_line(self) -> Line:
        return self._page.lines[self._control.pointed_at]

    def _pointed(self) -> frozenset[str]:
        return frozenset({self._pointed_line().value}) if self._has_pointer else frozenset()

    def _draw(self) -> StyleAndTextTuples:
        """Return the question and its lines; every "how to find out" where the terminal is high enough."""
        rows = self._rows(shows_all_checks=True)
        if not self._sheet.has_room_for(rows):
            rows = self._rows(shows_all_checks=False)
        self._sheet.hides_lines = not self._sheet.has_room_for(rows)
        if self._control.pointed_at == 0:
            self._window.vertical_scroll = 0  # the question is in sight again with its first line
        return self._sheet.fragments(rows)

    def _rows(self, *, shows_all_checks: bool) -> list[Row]:
        pointed = "".join(self._pointed())
        look = Look(pointed=pointed, ticked=self._ticked, shows_all_checks=shows_all_checks)
        columns = self._sheet.columns
        return pages.head(self._page, columns) + pages.choices(self._page, look, columns)

    def _rows_after_cursor(self) -> int:
        """Return how many rows of the line pointed at stand under its first: they must be in sight too."""
        return max(sum(row.is_pointed for row in self._rows(shows_all_checks=False)) - 1, 0)


class _NumberMenu:
    """A field to type a number into."""

    def __init__(self, screen: Screen, keyboard: Input, terminal: Output) -> None:
        self._question = screen.question
        self._sheet = Sheet(pages.page_of(screen, terminal.encoding()), terminal)
        self._app: Application[float | str | Move] = _text_question(screen, keyboard, terminal).application
        self._field: Buffer = self._app.current_buffer
        # Alt-Enter and Ctrl-O end a line too
        self._field.accept_handler = self._finish
        self._app.layout = self._sheet.layout(
            window(FormattedTextControl(self._sheet.head)),
            window(BufferControl(self._field, input_processors=[BeforeInput("  > ")])),
        )

    def run(self) -> float | str | Move:
        """Return the number, `not-sure`, or BACK."""
        return run(self._app, self._sheet, self._keys())

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        at_start = Condition(lambda: self._field.cursor_position == 0)
        keys.add(Keys.Left, eager=True, filter=at_start)(lambda event: event.app.exit(result=Move.BACK))
        return keys

    def _finish(self, _field: Buffer) -> bool:
        """Take the number, or say kindly what can be typed; what was typed stays."""
        number = words.read_number(self._question, self._field.text)
        if number is None:
            self._sheet.message = words.number_hint(self._question)
        else:
            self._app.exit(result=number)
        return True


def _list_question(page: Page, keyboard: Input, terminal: Output) -> questionary.Question:
    menu = questionary.checkbox if page.is_list else questionary.select
    return menu(
        page.text,
        choices=[questionary.Choice(line.text, value=line.value) for line in page.lines],
        default=next(iter(page.earlier)) if page.earlier and not page.is_list else None,
        use_jk_keys=False,
        input=keyboard,
        output=terminal,
        erase_when_done=True,
    )


def _text_question(screen: Screen, keyboard: Input, terminal: Output) -> questionary.Question:
    return questionary.text(
        words.clean(screen.question.text),
        default=words.earlier_number(screen),
        input=keyboard,
        output=terminal,
        erase_when_done=True,
    )


def _control_of(app: Application[_Answer]) -> InquirerControl:
    """Return the part of questionary that knows what is pointed at."""
    return next(
        window.content
        for window in app.layout.find_all_windows()
        if isinstance(window.content, InquirerControl)
    )


def _do_nothing(_event: KeyPressEvent) -> None:
    """Take a key without doing anything."""
