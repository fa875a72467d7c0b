"""Someone at a terminal who holds a whole session with the guide, reading the screens as they stand."""

import re
from collections.abc import Mapping
from typing import TypeAlias

from backpain_cli.evidence import NONE, NOT_SURE
from backpain_cli.interview import Screen
from backpain_cli.model import Knowledge, Question, QuestionKind
from backpain_cli.prompts.words import is_list, lines_of
from backpain_cli.result import AnswerValue
from tests.prompts.terminal import Terminal

UP, DOWN, LEFT, ENTER, SPACE = "\x1b[A", "\x1b[B", "\x1b[D", "\r", " "
MENU_READY, PLAIN_READY = "Ctrl-C leave", "q: leave. >"
REVIEW = "All is right: show the result"
OFFER = "What would you like to do next?"

Mind: TypeAlias = Mapping[str, AnswerValue]
"""What someone answers; to all else, "none of these" or "not sure"."""


class Person:
    """Answers what is on the screen, and notes each question that was asked."""

    def __init__(self, terminal: Terminal, knowledge: Knowledge, mind: Mind, *, plain: bool = False) -> None:
        self.terminal = terminal
        self.plain = plain
        self.asked: list[Question] = []
        self._knowledge = knowledge
        self._mind = mind

    def answer_until(self, question_id: str = "") -> None:
        """Answer every question up to one, which is left on the screen; without one, up to the review."""
        while (question := self.next_question()) is not None:
            self.asked.append(question)
            if question.id == question_id:
                return
            self.reply(question)

    def next_question(self) -> Question | None:
        """Wait for the next question and return it; None where the review or the end has come."""
        place = f"uestion {len(self.asked) + 1} of about"
        self.wait_for(place, REVIEW)
        return self._question_on_screen() if place in self.terminal.words else None

    def reply(self, question: Question) -> None:
        """Answer one question with what is on the person's mind."""
        default: AnswerValue = (NONE,) if is_list(question) else NOT_SURE
        value = self._mind.get(question.id, default) or (NONE,)
        if question.kind is QuestionKind.NUMBER:
            self.press("n" if value == NOT_SURE else f"{value:g}", ENTER)
            return
        self.choose(question, *(value if isinstance(value, tuple) else (str(value),)))

    def choose(self, question: Question, *options: str, screen: Screen | None = None) -> None:
        """Choose these lines of a question, whatever the way of asking."""
        values = [line.value for line in lines_of(screen or Screen(question, number=1))]
        places = sorted(values.index(option) for option in options)
        if self.plain:
            self.press(" ".join(str(place + 1) for place in places), ENTER)
        elif is_list(question):
            steps = [place - before for before, place in zip([0, *places], places, strict=False)]
            self.press(*(DOWN * step + SPACE for step in steps), ENTER)
        else:
            self.press(DOWN * (places[0] + 1), ENTER)

    def choose_line(self, text: str) -> None:
        """Choose a line of the review or of the last offer by its words."""
        self.wait_for(text)
        if self.plain:
            self.press(re.findall(rf"(\d+) {re.escape(text)}", self.terminal.words)[-1], ENTER)
            return
        for _ in self.terminal.rows:
            if f"> {text}" in self.terminal.words:
                break
            self.press(DOWN)
            self.terminal.settle()
        assert f"> {text}" in self.terminal.words
        self.press(ENTER)

    def go_back(self) -> None:
        """Go back to the question before."""
        self.press("b\n" if self.plain else LEFT)
        self.asked.pop()

    def wait_for(self, *words: str) -> None:
        """Wait until one of these stands on the screen and keys are listened to, or all is over."""
        ready = re.escape(PLAIN_READY if self.plain else MENU_READY)
        pattern = re.compile(f"({'|'.join(map(re.escape, words))}).*{ready}")
        terminal = self.terminal
        terminal.wait_until(lambda: terminal.is_over or bool(pattern.search(terminal.words)), pattern.pattern)
        self.terminal.settle()

    def press(self, *keys: str) -> None:
        """Press keys; plain lines end with a new line."""
        self.terminal.press(*(key.replace(ENTER, "\n") if self.plain else key for key in keys))

    def _question_on_screen(self) -> Question:
        place = f"uestion {len(self.asked) + 1} of about"
        shown = set(self.terminal.words.rpartition(place)[2].split())
        found = [
            question
            for question in self._knowledge.questions
            if question not in self.asked and all(set(text.split()) <= shown for text in texts(question))
        ]
        assert found, f"no whole question on\n{self.terminal.words}"
        return max(found, key=lambda question: len(texts(question)))


def texts(question: Question) -> list[str]:
    """Return all that must be seen of a question."""
    return [question.text, question.help, *(option.text for option in question.options)]
