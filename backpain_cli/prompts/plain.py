"""Questions as numbered lines: for screen readers, dumb terminals and pipes; nothing is ever redrawn."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from textwrap import wrap
from typing import TextIO, TypeVar

from backpain_cli.errors import InterruptedGuideError
from backpain_cli.evidence import NONE, NOT_SURE
from backpain_cli.interview import Move, ReviewLine, Screen
from backpain_cli.model import QuestionKind
from backpain_cli.prompts import words
from backpain_cli.prompts.words import Line
from backpain_cli.result import AnswerValue
from backpain_cli.wording import capitalised, say_list

_Answer = TypeVar("_Answer")
_LONGEST_ECHO = 40
"""Characters of what was typed that are said back when it was not understood."""


class PlainAsker:
    """An `Asker` that writes lines and reads lines."""

    def __init__(self, typed: TextIO, shown: TextIO) -> None:
        self._typed = typed
        self._shown = shown

    def ask(self, screen: Screen) -> AnswerValue | Move:
        """Put one question until it is answered; return the answer, or BACK."""
        self._say_all(screen.notes)
        is_number = screen.question.kind is QuestionKind.NUMBER
        read = _read_number if is_number else _read_choice
        return self._put(
            show=lambda: self._show(screen),
            read=lambda typed: read(screen, typed),
            why=screen.why,
        )

    def review(self, lines: tuple[ReviewLine, ...], notes: tuple[str, ...]) -> str | Move:
        """Show every answer; return the id of the question to change, GO_ON, or BACK."""
        self._say_all(notes)
        return self._put(
            show=lambda: self._show_review(lines),
            read=lambda typed: _read_review(lines, typed),
            why=words.REVIEW_WHY,
        )

    def _put(
        self, show: Callable[[], None], read: Callable[[str], tuple[_Answer | None, str]], why: str
    ) -> _Answer | Move:
        """Show and read until there is an answer; `read` gives the answer, or None, and what to say."""
        show()
        while True:
            typed = self._next_line()
            if typed.casefold() == "b":
                self._say("Going back.")
                return Move.BACK
            if typed == "?":
                self._say(f"Why we ask: {why}" if why else "It helps us to give the right advice.")
                show()
                continue
            answer, said = read(typed)
            self._say(said)
            if answer is not None:
                self._say("")
                return answer

    def _next_line(self) -> str:
        self._shown.write("> ")
        self._shown.flush()
        try:
            line = self._typed.readline()
        except KeyboardInterrupt:
            raise InterruptedGuideError("The guide is not finished.") from None
        except UnicodeDecodeError:
            return "\N{REPLACEMENT CHARACTER}"
        typed = words.clean(line)
        if not line or typed.casefold() == "q":
            raise InterruptedGuideError("The guide is not finished.")
        return typed

    def _show(self, screen: Screen) -> None:
        place = capitalised(words.progress(screen))
        title = f"{place or screen.title}. {words.clean(screen.question.text)}"
        self._say_all((title, words.help_of(screen)))
        if screen.question.kind is QuestionKind.NUMBER:
            self._say(words.number_hint(screen.question))
            keys = "b: back. ?: why we ask. q: leave."
        else:
            self._show_lines(words.lines_of(screen))
            keys = f"{_how_to_answer(screen)} b: back. ?: why we ask. q: leave."
        self._say_all((_earlier(screen), keys))

    def _show_lines(self, lines: tuple[Line, ...]) -> None:
        for number, line in enumerate(lines, start=1):
            self._say(line.text, number)
            if line.check:
                self._say(f"How to find out: {line.check}", indent="   ")

    def _show_review(self, lines: tuple[ReviewLine, ...]) -> None:
        self._say(f"{words.REVIEW_TITLE}. {words.REVIEW_TEXT}")
        self._say(words.ALL_IS_RIGHT, 1)
        for number, line in enumerate(lines, start=2):
            self._say(words.review_line(line), number)
        self._say("Type 1 to go on, or the number of an answer to change it. b: back. ?: why. q: leave.")

    def _say_all(self, texts: tuple[str, ...]) -> None:
        for text in texts:
            if text:
                self._say(text)

    def _say(self, text: str, number: int | None = None, indent: str = "") -> None:
        start = indent if number is None else f"{number}  "
        for row in self._rows(words.clean(text), start):
            self._shown.write(words.for_encoding(row, self._shown.encoding or "utf-8") + "\n")

    def _rows(self, text: str, start: str) -> Iterator[str]:
        """Yield the text in rows that fit a terminal; one row where there is none to fit."""
        width = _width(self._shown)
        if width is None or not text:
            yield start + text
            return
        hang = " " * len(start)
        yield from wrap(text, width, initial_indent=start, subsequent_indent=hang, break_on_hyphens=False)


def _width(shown: TextIO) -> int | None:
    """Return the columns of a terminal, or None for a pipe or a file."""
    with suppress(OSError):
        if shown.isatty():
            return max(os.get_terminal_size(shown.fileno()).columns - 1, 20)
    return None


def _how_to_answer(screen: Screen) -> str:
    if words.is_list(screen.question):
        return 'Type every number that is true, such as "1 3".'
    return "Type a number."


def _earlier(screen: Screen) -> str:
    """Return what was answered before, as it would be typed."""
    earlier = words.earlier_lines(screen)
    numbers = [str(n) for n, line in enumerate(words.lines_of(screen), start=1) if line.value in earlier]
    is_number = screen.question.kind is QuestionKind.NUMBER
    typed = words.earlier_number(screen) if is_number else " ".join(numbers)
    return f"Your earlier answer: {typed}" if typed else ""


def _read_number(screen: Screen, typed: str) -> tuple[AnswerValue | None, str]:
    number = words.read_number(screen.question, typed)
    if number is None:
        return None, f"{_not_understood(typed)}{words.number_hint(screen.question)}"
    if isinstance(number, str):
        return number, "You are not sure."
    return number, words.sentence(f"You typed {number:g} {screen.question.unit}".strip())


def _read_choice(screen: Screen, typed: str) -> tuple[AnswerValue | None, str]:
    lines = words.lines_of(screen)
    numbers = _numbers(typed)
    problem = _problem(screen, lines, numbers, typed)
    if numbers is None or problem:
        return None, problem
    chosen = {lines[number - 1].value for number in numbers}
    return words.reply(screen, chosen), _you_chose(lines, numbers)


def _problem(screen: Screen, lines: tuple[Line, ...], numbers: list[int] | None, typed: str) -> str:
    """Return the kind word for an answer that cannot be taken; nothing where it can."""
    if not typed:
        return _nothing_typed(screen, lines)
    if numbers is None or not all(1 <= number <= len(lines) for number in numbers):
        example = ' or several, such as "1 3"' if words.is_list(screen.question) else ""
        return f"{_not_understood(typed)}Type a number from 1 to {len(lines)}{example}."
    if not words.is_list(screen.question) and len(numbers) > 1:
        return "Here only one line can be chosen. Type one number."
    alone = [line.text for line in (lines[number - 1] for number in numbers) if line.is_alone]
    if alone and len(numbers) > 1:
        return f"'{alone[0]}' cannot go with another line. Type the lines that are true, or only that one."
    return ""


def _nothing_typed(screen: Screen, lines: tuple[Line, ...]) -> str:
    if not words.is_list(screen.question):
        return f"Type the number of one line. If you cannot tell, type {len(lines)} for 'Not sure'."
    wanted = NOT_SURE if screen.shows_checks else NONE
    number = next(n for n, line in enumerate(lines, start=1) if line.value == wanted)
    ease = "If you cannot tell which" if screen.shows_checks else "If none is true"
    return f"Type at least one number. {ease}, type {number} for '{lines[number - 1].text}'."


def _numbers(typed: str) -> list[int] | None:
    """Return the numbers typed, each once and in order; None where anything else was typed."""
    parts = [part for part in re.split(r"[\s,;]+", typed.rstrip(".)")) if part]
    if not parts or not all(part.isdecimal() and len(part) <= 3 for part in parts):  # noqa: PLR2004 - lines are few
        return None
    return sorted({int(part) for part in parts})


def _you_chose(lines: tuple[Line, ...], numbers: list[int]) -> str:
    meanings = "; ".join(words.mid_sentence(lines[number - 1].text) for number in numbers)
    return words.sentence(f"You chose {say_list([str(number) for number in numbers])}: {meanings}")


def _read_review(lines: tuple[ReviewLine, ...], typed: str) -> tuple[str | Move | None, str]:
    numbers = _numbers(typed) or []
    if len(numbers) != 1 or not 1 <= numbers[0] <= len(lines) + 1:
        return None, f"{_not_understood(typed)}Type a number from 1 to {len(lines) + 1}."
    number = numbers[0]
    if number == 1:
        return Move.GO_ON, "You chose 1: all is right."
    line = lines[number - 2]
    return line.question_id, f'You chose {number}: change "{line.label}".'


def _not_understood(typed: str) -> str:
    """Return a kind word about what was typed; nothing where nothing was."""
    short = typed if len(typed) <= _LONGEST_ECHO else f"{typed[:_LONGEST_ECHO]}…"
    return f"Sorry, '{short}' does not fit here. " if typed else ""
