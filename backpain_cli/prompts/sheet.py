"""The screen around a menu's answer: drawing it, the keys that every menu shares, and running it."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import (
    ConditionalKeyBindings,
    KeyBindings,
    KeyBindingsBase,
    KeyPressEvent,
    merge_key_bindings,
)
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    ConditionalContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    UIControl,
    Window,
)
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output import Output

from backpain_cli.errors import InterruptedGuideError
from backpain_cli.prompts import page as pages
from backpain_cli.prompts.page import Page, Row

_Answer = TypeVar("_Answer")


class Sheet:
    """The screen around an answer: the question, a kind word when one is needed, "why" when asked for."""

    def __init__(self, page: Page, terminal: Output) -> None:
        self.page = page
        self.terminal = terminal
        self.message = ""
        self.shows_why = False
        self.hides_lines = False
        """Whether the terminal is too low for every line at once."""

    @property
    def columns(self) -> int:
        """Return how wide the terminal is now."""
        return self.terminal.get_size().columns

    def fragments(self, rows: list[Row]) -> StyleAndTextTuples:
        """Return rows as prompt_toolkit draws them; the cursor goes with the pointer."""
        parts: StyleAndTextTuples = []
        pointed = next((place for place, row in enumerate(rows) if row.is_pointed), None)
        for place, row in enumerate(rows):
            parts += [("", "\n")] if parts else []
            parts += [("[SetCursorPosition]", "")] if place == pointed else []
            parts.append(("bold" if row.is_strong else "", row.text))
            parts.append(("", row.beside))
        return parts

    def head(self) -> StyleAndTextTuples:
        """Return what stands above the answer."""
        return self.fragments(pages.head(self.page, self.columns))

    def layout(self, *answer: Window) -> Layout:
        """Return the layout with the answer's windows in their place, the last one in focus."""
        why = Condition(lambda: self.shows_why)
        parts = [
            ConditionalContainer(HSplit(answer), ~why),
            ConditionalContainer(window(FormattedTextControl(self._why)), why),
            ConditionalContainer(window(FormattedTextControl(self._below), height=self._below_height), ~why),
        ]
        return Layout(HSplit(parts), focused_element=answer[-1])

    def _why(self) -> StyleAndTextTuples:
        why = pages.why_rows(self.page, self.columns)
        whole = pages.head(self.page, self.columns) + why
        return self.fragments(whole if len(whole) <= self.terminal.get_size().rows else why)

    def _below(self) -> StyleAndTextTuples:
        return self.fragments(self._below_rows())

    def _below_rows(self) -> list[Row]:
        more = pages.more_rows(self.columns) if self.hides_lines and not self.message else []
        word = more or pages.word_rows(self.message, self.columns)
        return word + pages.key_rows(self.page, self.columns)

    def has_room_for(self, rows: list[Row]) -> bool:
        """Say whether rows and the keys under them fit on the terminal at once."""
        below = pages.word_rows(self.message, self.columns) + pages.key_rows(self.page, self.columns)
        return len(rows) + len(below) <= self.terminal.get_size().rows

    def show_why(self, *, shown: bool) -> None:
        """Show why in place of the answer, or the answer again as it was left."""
        self.shows_why = shown

    def _below_height(self) -> Dimension:
        """Hold the keys in sight also where the terminal is too low for the rest."""
        return Dimension.exact(len(self._below_rows()))


def run(app: Application[_Answer], sheet: Sheet, keys: KeyBindings) -> _Answer:
    """Show a screen until a key ends it; a person who leaves never gives an answer by it."""
    app.key_bindings = _all_keys(app.key_bindings or KeyBindings(), keys, sheet)
    app.after_render += _ForgetEarlyKeys()
    app.after_render += _let_in_or_hold
    clear_typeahead(app.input)
    try:
        return app.run()
    except (KeyboardInterrupt, EOFError):
        raise InterruptedGuideError("The guide is not finished.") from None


@contextmanager
def signals_held() -> Iterator[None]:
    """Hold back what stops a program while a screen is made or taken down, and cannot be left halfway."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _stopping())
    try:
        yield
    finally:
        # what was held back comes in here
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _let_in_or_hold(app: Application[_Answer]) -> None:
    """Let signals in once a screen is drawn, until it is taken down."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK if app.is_done else signal.SIG_UNBLOCK, _stopping())


def _stopping() -> set[signal.Signals]:
    return {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def _all_keys(questionarys: KeyBindingsBase, ours: KeyBindings, sheet: Sheet) -> KeyBindingsBase:
    """Return the keys for a screen: any key closes "why", and until then none of them answers."""
    shows_why = Condition(lambda: sheet.shows_why)
    ours.add("?", eager=True)(lambda _event: sheet.show_why(shown=True))
    closing = KeyBindings()
    closing.add(Keys.Any, eager=True)(lambda _event: sheet.show_why(shown=False))
    leaving = KeyBindings()
    for key in (Keys.ControlC, Keys.ControlD, Keys.SIGINT):
        leaving.add(key, eager=True)(leave)
    return merge_key_bindings(
        [
            ConditionalKeyBindings(merge_key_bindings([questionarys, ours]), ~shows_why),
            ConditionalKeyBindings(closing, shows_why),
            leaving,
        ]
    )


class _ForgetEarlyKeys:
    """Drops what was typed before a screen could be read, once it has been drawn."""

    def __init__(self) -> None:
        self._is_done = False

    def __call__(self, app: Application[_Answer]) -> None:
        if not self._is_done:
            self._is_done = True
            _drain(app.input)


def _drain(keyboard: Input) -> None:
    """Throw away what waits to be read from a terminal; a pipe has no typing ahead."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        while msvcrt.kbhit():
            msvcrt.getwch()
        return
    import termios  # noqa: PLC0415 - not on Windows

    from prompt_toolkit.input.vt100 import Vt100Input  # noqa: PLC0415 - not on Windows

    if os.isatty(keyboard.fileno()):
        termios.tcflush(keyboard.fileno(), termios.TCIFLUSH)
        if isinstance(keyboard, Vt100Input):
            # the end of a paste may be among it, and without it every further key would count as pasted
            keyboard.vt100_parser.reset()


def window(control: UIControl, height: Callable[[], Dimension] | None = None) -> Window:
    """Return a window that is as high as its text and breaks what is still too long for it."""
    return Window(control, height=height, wrap_lines=True, dont_extend_height=True)


def leave(event: KeyPressEvent) -> None:
    """End the screen without an answer."""
    event.app.exit(exception=KeyboardInterrupt)
