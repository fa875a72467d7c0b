"""Thousands of steps at random through the real interview: answers, back, changes, leaving, going on.

A script stands in for the person. Whatever way it takes, what is shown is what is used, and no danger
sign is lost.
"""

from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TypeAlias

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backpain_cli.answers import read_answers, write_answers
from backpain_cli.assess import assess
from backpain_cli.errors import InterruptedGuideError
from backpain_cli.evidence import NONE, NOT_SURE, UNSURE_MARK, Answers, applies, read_evidence
from backpain_cli.interview import Interview, Move, ReviewLine, Screen, answer_in_words, label
from backpain_cli.model import Level, Question, QuestionKind, Section
from backpain_cli.result import AnswerValue
from backpain_cli.triage import emergency, flag_reasons
from tests.safety.real import DAY, GB, KNOWLEDGE, excluded_by

SELDOM = 7
"""One of ten chances; hypothesis draws the ends of a range more often."""
PATIENCE = 30
"""Seconds until an interview that shows nothing counts as hanging."""


@dataclass(frozen=True)
class Review:
    """The review screen, as it was shown."""

    lines: tuple[ReviewLine, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Over:
    """The end of an interview: with its answers, or with what ended it."""

    answers: Answers | None = None
    error: BaseException | None = None


BEGUN: Answers = {
    "nerves": (),
    "sudden-signs": (),
    "how-it-began": ("onset-lifting",),
    "illness": (),
    "conditions": (),
    "age": 35,
    "who": "man",
    "when": "last-2-weeks",
}
"""Answers of someone who has an ordinary strain and comes back to go on."""

Shown: TypeAlias = Screen | Review | Over
Reply: TypeAlias = AnswerValue | Move
LEAVE = InterruptedGuideError("left")


class Conversation:
    """An interview that waits in a thread of its own for one reply at a time."""

    def __init__(self, given: Answers) -> None:
        self.interview = Interview(KNOWLEDGE, self, given)
        self._shown: SimpleQueue[Shown] = SimpleQueue()
        self._said: SimpleQueue[Reply | InterruptedGuideError] = SimpleQueue()
        Thread(target=self._run, daemon=True).start()

    def next_shown(self) -> Shown:
        return self._shown.get(timeout=PATIENCE)

    def say(self, reply: Reply | InterruptedGuideError) -> None:
        self._said.put(reply)

    def ask(self, screen: Screen) -> Reply:
        return self._wait(screen)

    def review(self, lines: tuple[ReviewLine, ...], notes: tuple[str, ...]) -> str | Move:
        reply = self._wait(Review(lines, notes))
        assert isinstance(reply, str | Move)
        return reply

    def _wait(self, shown: Shown) -> Reply:
        self._shown.put(shown)
        said = self._said.get()
        if isinstance(said, InterruptedGuideError):
            raise said
        return said

    def _run(self) -> None:
        try:
            self._shown.put(Over(self.interview.run()))
        except BaseException as error:  # noqa: BLE001 - the test is told of it, whatever it is
            self._shown.put(Over(error=error))


def reply_to(question: Question) -> st.SearchStrategy[AnswerValue]:
    """Return a strategy for what a front end can reply to a screen; seldom a danger sign."""
    if question.kind is QuestionKind.NUMBER:
        return st.one_of(st.integers(int(question.minimum), int(question.maximum)), st.just(NOT_SURE))
    options = [option.id for option in question.options]
    if question.kind is QuestionKind.ONE_OF:
        return st.sampled_from([*options, NOT_SURE])
    some = st.lists(st.sampled_from([*options, NOT_SURE]), unique=True, min_size=1, max_size=3).map(tuple)
    if question.section is not Section.SAFETY:
        return st.one_of(some.map(_without_not_sure), st.just(NOT_SURE), st.just((NONE,)))
    none: st.SearchStrategy[AnswerValue] = st.just((NONE,))
    unsure = st.one_of(st.just((NOT_SURE,)), st.sampled_from(options).map(lambda line: (line, NOT_SURE)))
    return st.integers(0, 9).flatmap(lambda chance: {SELDOM: some, SELDOM - 3: unsure}.get(chance, none))


def _without_not_sure(lines: tuple[str, ...]) -> AnswerValue:
    return tuple(line for line in lines if line != NOT_SURE) or (NONE,)


def ranks(answers: Answers) -> dict[str, int]:
    """Return how urgent each danger sign is that some answers raise."""
    return {
        reason.id: reason.level.rank for reason in flag_reasons(KNOWLEDGE, read_evidence(KNOWLEDGE, answers))
    }


class Walk(RuleBasedStateMachine):
    """A person who answers, goes back, changes answers and leaves as chance will have it."""

    @initialize(is_begun=st.booleans())
    def begin(self, is_begun: bool) -> None:  # noqa: FBT001 - hypothesis calls it so
        self._start(BEGUN if is_begun else {})

    def _start(self, given: Answers) -> None:
        self.told: dict[str, AnswerValue] = dict(given)
        """What the person last said to each question."""
        self.before: Answers = dict(given)
        self.chosen: tuple[str, ...] = ()
        """What was ticked on a safety screen before "which are you not sure about?"."""
        self.talk = Conversation(given)
        self._look()

    def _look(self) -> None:
        """Take what is shown next, and hold all that must be so at every moment."""
        self.shown = self.talk.next_shown()
        self.answers = dict(self.talk.interview.answers)
        assert self.answers == {question: self.told[question] for question in self.answers}
        self._hold_what_was_dropped()
        if isinstance(self.shown, Over):
            self._hold_the_end(self.shown)
        else:
            assert not emergency(KNOWLEDGE, read_evidence(KNOWLEDGE, self.answers))
            self._hold_what_is_shown(self.shown)

    def _hold_what_was_dropped(self) -> None:
        """Hold that only what no longer applies is left out, and that the person is told so."""
        dropped = [
            KNOWLEDGE.question_by_id[question] for question in self.before if question not in self.answers
        ]
        evidence = read_evidence(KNOWLEDGE, self.answers)
        for question in dropped:
            assert not applies(question, evidence)
            if not isinstance(self.shown, Over):
                assert label(question) in " ".join(self.shown.notes)

    def _hold_what_is_shown(self, shown: Screen | Review) -> None:
        if isinstance(shown, Review):
            assert [(line.question_id, line.answer) for line in shown.lines] == [
                (question, answer_in_words(KNOWLEDGE.question_by_id[question], value))
                for question, value in self.answers.items()
            ]
        elif shown.shows_checks:
            assert shown.earlier is None
        else:
            assert shown.earlier == (self.chosen or self.answers.get(shown.question.id))
            assert 1 <= shown.number <= shown.about

    def _hold_the_end(self, over: Over) -> None:
        """Hold that the result is that of the same answers from a file, and that leaving is no fault."""
        assert over.error in (None, LEAVE)
        if over.answers is None:
            return
        assert over.answers == self.answers
        result = assess(KNOWLEDGE, over.answers, DAY, GB)
        assert msgspec.json.encode(result) == msgspec.json.encode(
            assess(KNOWLEDGE, from_file(over.answers), DAY, GB)
        )
        assert (result.triage.level is Level.EMERGENCY) or not result.triage.not_checked

    def _say(self, reply: Reply | InterruptedGuideError) -> None:
        self.before = dict(self.answers)
        self.talk.say(reply)
        self._look()

    def _move(self, reply: Reply | InterruptedGuideError) -> None:
        """Say what is no answer, which must change none."""
        before = dict(self.answers)
        self._say(reply)
        assert self.answers == before

    def _answer(self, question: str, reply: AnswerValue, meant: AnswerValue) -> None:
        """Give an answer; a new one takes no danger sign away, but for what the sign excludes by name."""
        before, is_new = ranks(self.answers), question not in self.answers
        self.told[question] = meant
        self._say(reply)
        assert self.answers[question] == meant
        after = ranks(self.answers)
        if is_new:
            for flag in KNOWLEDGE.red_flags:
                assert after.get(flag.id, 0) >= before.get(flag.id, 0) or excluded_by(flag.when), flag.id

    @precondition(lambda self: isinstance(self.shown, Screen) and not self.shown.shows_checks)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        assert isinstance(self.shown, Screen)
        question = self.shown.question
        reply = data.draw(reply_to(question))
        self.chosen = ()
        if isinstance(reply, tuple) and question.section is Section.SAFETY and NOT_SURE in reply:
            self.chosen = reply
            self._move(reply)
            assert isinstance(self.shown, Screen)
            assert self.shown.shows_checks
            return
        meant = tuple(line for line in reply if line != NONE) if isinstance(reply, tuple) else reply
        self._answer(question.id, reply, meant)

    @precondition(lambda self: isinstance(self.shown, Screen) and self.shown.shows_checks)
    @rule(data=st.data(), cannot_tell=st.booleans())
    def say_which(self, data: st.DataObject, cannot_tell: bool) -> None:  # noqa: FBT001 - hypothesis calls it so
        assert isinstance(self.shown, Screen)
        lines = [option.id for option in self.shown.question.options]
        unsure = data.draw(st.lists(st.sampled_from(lines), unique=True, min_size=1).map(tuple))
        sure = tuple(line for line in self.chosen if line != NOT_SURE)
        self.chosen = ()
        if cannot_tell:
            self._answer(self.shown.question.id, NOT_SURE, (*sure, NOT_SURE))
        else:
            marked = tuple(line + UNSURE_MARK for line in unsure)
            self._answer(self.shown.question.id, unsure, (*sure, *marked))

    @precondition(lambda self: not isinstance(self.shown, Over))
    @rule(chance=st.integers(0, 9))
    def go_back(self, chance: int) -> None:
        if chance % 5 != SELDOM % 5:
            return
        if not (isinstance(self.shown, Screen) and self.shown.shows_checks):
            self.chosen = ()
        self._move(Move.BACK)
        self.chosen = ()
        assert not isinstance(self.shown, Over)

    @precondition(lambda self: isinstance(self.shown, Review))
    @rule(data=st.data())
    def change_an_answer(self, data: st.DataObject) -> None:
        assert isinstance(self.shown, Review)
        question = data.draw(st.sampled_from([line.question_id for line in self.shown.lines]))
        self._move(question)
        assert isinstance(self.shown, Screen)
        assert self.shown.question.id == question

    @precondition(lambda self: isinstance(self.shown, Review))
    @rule()
    def say_that_all_is_right(self) -> None:
        self._move(Move.GO_ON)
        assert self.shown == Over(self.answers)

    @precondition(lambda self: not isinstance(self.shown, Over))
    @rule(chance=st.integers(0, 9))
    def leave(self, chance: int) -> None:
        if chance == SELDOM:
            self._move(LEAVE)
            assert self.shown == Over(error=LEAVE)

    @precondition(lambda self: isinstance(self.shown, Over))
    @rule(is_again=st.booleans())
    def go_on_from_a_file(self, is_again: bool) -> None:  # noqa: FBT001 - hypothesis calls it so
        self._start(from_file(self.answers) if is_again else BEGUN)

    def teardown(self) -> None:
        if hasattr(self, "talk"):
            self.talk.say(LEAVE)


def from_file(answers: Answers) -> dict[str, AnswerValue]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "answers.yaml")
        path.write_text(write_answers(answers), encoding="utf-8")
        return read_answers(path, KNOWLEDGE)


def test_a_walk_through_the_interview_loses_nothing() -> None:
    run_state_machine_as_test(Walk, settings=settings(max_examples=8, stateful_step_count=40, deadline=None))


@pytest.mark.slow
def test_thousands_of_steps_through_the_interview_lose_nothing() -> None:
    run_state_machine_as_test(
        Walk, settings=settings(max_examples=200, stateful_step_count=80, deadline=None)
    )
