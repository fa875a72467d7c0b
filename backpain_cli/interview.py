"""Which question comes next, going back, and the review: the conversation without a terminal.

Safety comes first and an emergency ends it; then the person, the pain, the questions that would
tell most, and what bears on treatments. `interview` drives any `Asker`: menus, plain lines, a test.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from backpain_cli.advice import bears_on_advice
from backpain_cli.evidence import (
    NONE,
    NOT_SURE,
    UNSURE_MARK,
    Answers,
    applies,
    read_evidence,
)
from backpain_cli.logic import Evidence
from backpain_cli.matching import matching, most_worth, rank, standing
from backpain_cli.model import Knowledge, Question, QuestionKind, Section
from backpain_cli.result import AnswerValue
from backpain_cli.triage import emergency, level_of, may_raise

MATCHING_LIMIT = 6
"""Questions asked only to tell causes apart; those that could raise an alarm come on top."""
USUAL_REST = 4
"""Questions after those put to everyone: the mean over the worked cases that are no emergency."""

MOST_SOURCES = 2
"""Sources named for one question, so that hearing them read aloud stays short."""


class Move(Enum):
    """A reply that is not an answer."""

    BACK = "back"
    GO_ON = "go on"


class Screen(Struct, frozen=True):
    """One question as it is to be shown."""

    question: Question
    number: int = 0
    """The place of this question in the session, from 1; 0 for one that is no part of it."""
    about: int = 0
    """About how many questions the session will have."""
    title: str = ""
    """What stands above the question instead of its section's name."""
    earlier: AnswerValue | None = None
    """The answer given before, to be shown as chosen."""
    why: str = ""
    notes: tuple[str, ...] = ()
    """What to tell first: an answer that was dropped, or why the question is asked again."""
    shows_checks: bool = False
    """Whether each option's `how_to_check` is shown with it."""

    @property
    def can_be_unsure(self) -> bool:
        """Say whether "not sure" is one of the answers; it is, in every question of the interview."""
        return self.number > 0


class ReviewLine(Struct, frozen=True):
    """One answer on the review screen."""

    question_id: str
    label: str
    answer: str
    is_safety: bool


class Asker(Protocol):
    """A way to put questions to a person; leaving raises `InterruptedGuideError`."""

    def ask(self, screen: Screen) -> AnswerValue | Move:
        """Put one question; return the answer, or BACK."""
        ...

    def review(self, lines: tuple[ReviewLine, ...], notes: tuple[str, ...]) -> str | Move:
        """Show every answer; return the id of the question to change, GO_ON, or BACK."""
        ...


class Interview:
    """One conversation; `answers` can be read at any moment, also when the person leaves midway."""

    def __init__(self, knowledge: Knowledge, asker: Asker, answers: Answers, *, quick: bool = False) -> None:
        self.knowledge = knowledge
        self.asker = asker
        self.answers: dict[str, AnswerValue] = dict(answers)
        self.quick = quick
        self._trail: list[str] = []
        """The questions shown so far, for going back."""
        self._notes: tuple[str, ...] = ()

    def run(self) -> dict[str, AnswerValue]:
        """Ask until nothing is left that matters or an emergency is found; return the answers."""
        step: str | None = self._next_id()
        while step is not None:
            step = self._take(step)
        return self.answers

    def _take(self, question_id: str) -> str | None:
        """Ask one question and return the next; None at the end."""
        reply = self._ask(self.knowledge.question_by_id[question_id])
        if isinstance(reply, Move):
            return self._step_back(question_id)
        if question_id not in self._trail:
            self._trail.append(question_id)
        self._record(question_id, reply)
        return self._next_id() or self._review()

    def _next_id(self) -> str | None:
        question = next_question(self.knowledge, self.answers, quick=self.quick)
        return question.id if question else None

    def _review(self) -> str | None:
        if self.quick or emergency(self.knowledge, read_evidence(self.knowledge, self.answers)):
            return None
        choice = self.asker.review(review_lines(self.knowledge, self.answers), self._told_notes())
        if choice is Move.BACK:
            return self._trail[-1] if self._trail else self._review()
        return None if isinstance(choice, Move) else choice

    def _step_back(self, question_id: str) -> str:
        place = self._trail.index(question_id) if question_id in self._trail else len(self._trail)
        if place == 0:
            self._notes = ("This is the first question.",)
            return question_id
        return self._trail[place - 1]

    def _record(self, question_id: str, value: AnswerValue) -> None:
        self.answers[question_id] = value
        kept = keep_applicable(self.knowledge, self.answers)
        dropped = [self.knowledge.question_by_id[gone] for gone in self.answers if gone not in kept]
        self._trail = [shown for shown in self._trail if shown in kept]
        self.answers = kept
        if dropped:
            names = ", ".join(label(question) for question in dropped)
            self._notes = (f"No longer needed after this change, so left out: {names}.",)

    def _ask(self, question: Question) -> AnswerValue | Move:
        return self._ask_screen(self._screen(question))

    def _ask_screen(self, screen: Screen) -> AnswerValue | Move:
        reply = self.asker.ask(screen)
        if not isinstance(reply, tuple):
            return reply
        chosen = tuple(option for option in reply if option != NONE)
        if NOT_SURE not in chosen or screen.question.section is not Section.SAFETY:
            return chosen
        follow_up = which_unsure(screen, chosen)
        unsure = self.asker.ask(follow_up) if follow_up.question.options else NOT_SURE
        if unsure is Move.BACK:
            return self._ask_screen(replace(screen, earlier=chosen, notes=()))
        return with_unsure(chosen, unsure)

    def _screen(self, question: Question) -> Screen:
        place = self._trail.index(question.id) if question.id in self._trail else len(self._trail)
        left = about_left(self.knowledge, self.answers, quick=self.quick)
        return Screen(
            question=question,
            number=place + 1,
            about=max(len(self._trail) + left, place + 1),
            earlier=self.answers.get(question.id),
            why=why(self.knowledge, question),
            notes=self._told_notes(),
        )

    def _told_notes(self) -> tuple[str, ...]:
        notes, self._notes = self._notes, ()
        return notes


def next_question(knowledge: Knowledge, answers: Answers, *, quick: bool = False) -> Question | None:
    """Return the question to ask next; None when no further answer would change the result."""
    evidence = read_evidence(knowledge, answers)
    if emergency(knowledge, evidence):
        return None
    return next(_open_questions(knowledge, answers, evidence, quick=quick), None)


def _open_questions(
    knowledge: Knowledge, answers: Answers, evidence: Evidence, *, quick: bool
) -> Iterator[Question]:
    """Yield the questions still worth asking, the next one first."""
    waiting = [q for q in knowledge.questions if q.id not in answers and applies(q, evidence)]
    always = _always(quick=quick)
    for section in always:
        yield from (question for question in waiting if question.section is section)
    yield from (q for q in waiting if q.section not in always and may_raise(knowledge, evidence, q))
    if quick:
        return
    yield from _matching_questions(knowledge, answers, evidence, waiting)
    causes = matching(rank(knowledge, evidence))
    bears = bears_on_advice(knowledge, evidence, causes, level_of(knowledge, evidence, causes))
    yield from (q for q in waiting if q.section is Section.TREATMENT and bears(q))


def _always(*, quick: bool) -> tuple[Section, ...]:
    """Return the sections whose questions are put to everyone they apply to, in their order."""
    return (Section.SAFETY, Section.YOU) if quick else (Section.SAFETY, Section.YOU, Section.PAIN)


def _matching_questions(
    knowledge: Knowledge, answers: Answers, evidence: Evidence, waiting: list[Question]
) -> Iterator[Question]:
    asked = sum(knowledge.question_by_id[answered].section is Section.MATCHING for answered in answers)
    if asked >= MATCHING_LIMIT:
        return
    candidates = [question for question in waiting if question.section is Section.MATCHING]
    best = most_worth(standing(knowledge, evidence), candidates)
    if best is not None:
        yield best


def about_left(knowledge: Knowledge, answers: Answers, *, quick: bool = False) -> int:
    """Return about how many questions are left, the one now being asked included.

    While the questions that everyone is asked go on, the others are taken as usual; from then on,
    they are as many as there would be if each were answered "none of these" or "not sure".
    """
    evidence = read_evidence(knowledge, answers)
    for_all = [
        question
        for question in knowledge.questions
        if question.section in _always(quick=quick)
        and question.id not in answers
        and applies(question, evidence)
    ]
    if quick:
        return len(for_all)
    return len(for_all) + USUAL_REST if len(for_all) > 1 else _left_if_none(knowledge, answers)


def _left_if_none(knowledge: Knowledge, answers: Answers) -> int:
    """Return how many questions are left if nothing more is found."""
    reckoned = dict(answers)
    while (question := next_question(knowledge, reckoned)) is not None:
        reckoned[question.id] = () if question.kind is QuestionKind.MANY_OF else NOT_SURE
    return len(reckoned) - len(answers)


def keep_applicable(knowledge: Knowledge, answers: Answers) -> dict[str, AnswerValue]:
    """Return the answers whose questions still apply, given the others."""
    kept = dict(answers)
    while True:
        evidence = read_evidence(knowledge, kept)
        still = {q: value for q, value in kept.items() if applies(knowledge.question_by_id[q], evidence)}
        if len(still) == len(kept):
            return kept
        kept = still


def which_unsure(screen: Screen, chosen: tuple[str, ...]) -> Screen:
    """Return the screen that asks which line the person is not sure of, with how to find out."""
    options = tuple(option for option in screen.question.options if option.id not in chosen)
    question = replace(screen.question, text="Which are you not sure about?", help="", options=options)
    return replace(screen, question=question, earlier=None, notes=(), shows_checks=True)


def with_unsure(chosen: tuple[str, ...], unsure: AnswerValue | Move) -> tuple[str, ...]:
    """Return an answer in which the lines the person is not sure of are marked."""
    sure = tuple(option for option in chosen if option != NOT_SURE)
    if not isinstance(unsure, tuple) or NOT_SURE in unsure:
        return (*sure, NOT_SURE)
    return (*sure, *(option + UNSURE_MARK for option in unsure if option != NONE))


def why(knowledge: Knowledge, question: Question) -> str:
    """Return why a question is asked and what the answer changes, with the names of its first sources."""
    names = [_short(knowledge, source) for source in question.sources[:MOST_SOURCES]]
    lead = "Sources" if len(names) > 1 else "Source"
    return f"{question.why} {lead}: {'; '.join(names)}." if names else question.why


def _short(knowledge: Knowledge, source_id: str) -> str:
    source = knowledge.source_by_id[source_id]
    return f"{source.title} ({source.year})"


def review_lines(knowledge: Knowledge, answers: Answers) -> tuple[ReviewLine, ...]:
    """Return every answer in words, in the order they were given."""
    return tuple(
        ReviewLine(
            question_id=question_id,
            label=label(knowledge.question_by_id[question_id]),
            answer=answer_in_words(knowledge.question_by_id[question_id], value),
            is_safety=knowledge.question_by_id[question_id].section is Section.SAFETY,
        )
        for question_id, value in answers.items()
    )


def label(question: Question) -> str:
    """Return a few words that name the question."""
    return question.label or question.text


def answer_in_words(question: Question, value: AnswerValue) -> str:
    """Return an answer as the person would say it."""
    if value == NOT_SURE:
        return "not sure"
    if question.kind is QuestionKind.NUMBER:
        return f"{value:g} {question.unit}".strip() if isinstance(value, int | float) else str(value)
    chosen = value if isinstance(value, tuple) else (str(value),)
    told = [
        words for option in question.options for words in _option_in_words(option.id, option.text, chosen)
    ]
    if NOT_SURE in chosen:
        told.append("not sure about the others")
    return "; ".join(told) or "none of these"


def _option_in_words(option_id: str, text: str, chosen: tuple[str, ...]) -> Iterator[str]:
    if option_id in chosen:
        yield text
    if option_id + UNSURE_MARK in chosen:
        yield f"not sure: {text}"
