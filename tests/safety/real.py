"""The real knowledge, and every answer that can be given to it."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, product
from typing import TypeAlias

from hypothesis import strategies as st
from msgspec import UNSET

from backpain_cli.evidence import NOT_SURE, UNSURE_MARK, Answers, applies, read_evidence
from backpain_cli.knowledge import load
from backpain_cli.logic import PRESENT, findings_of, told
from backpain_cli.model import Compound, Condition, Question, QuestionKind, RedFlag, Section
from backpain_cli.regions import find_region
from backpain_cli.result import AnswerValue

KNOWLEDGE = load()
GB = find_region(KNOWLEDGE, "GB", {})
DAY = date(2026, 1, 31)

Atom: TypeAlias = "tuple[str, str | float]"
"""One thing that can be said: a question's id, and an option of it or a number."""


def numbers_of(question: Question) -> list[float]:
    """Return numbers on both sides of every edge of a question's bands, and its ends."""
    edges = {edge for band in question.bands for edge in (band.at_least, band.below) if edge is not None}
    tried = {question.minimum, question.maximum, *edges, *(edge - 1 for edge in edges)}
    return sorted(number for number in tried if question.minimum <= number <= question.maximum)


def atoms_of(question: Question) -> Iterator[Atom]:
    """Yield everything that can be said to a question with certainty."""
    if question.kind is QuestionKind.NUMBER:
        yield from ((question.id, number) for number in numbers_of(question))
    yield from ((question.id, option.id) for option in question.options)


def atoms() -> Iterator[Atom]:
    """Yield everything that can be said to any question with certainty."""
    for question in KNOWLEDGE.questions:
        yield from atoms_of(question)


def is_list(question_id: str) -> bool:
    return KNOWLEDGE.question_by_id[question_id].kind is QuestionKind.MANY_OF


def alone(atom: Atom) -> AnswerValue:
    """Return the answer that says one thing and no other."""
    question, said = atom
    return (str(said),) if is_list(question) else said


def unsure_of(atom: Atom) -> AnswerValue:
    """Return the answer of someone who is not sure of this one thing."""
    question, said = atom
    return (f"{said}{UNSURE_MARK}",) if is_list(question) else NOT_SURE


def joined(answers: Answers, question: str, more: AnswerValue) -> dict[str, AnswerValue] | None:
    """Return the answers with one more; None where the question has another answer that excludes it."""
    old = answers.get(question, ())
    if old in ((), more):
        return {**answers, question: more}
    if not isinstance(old, tuple) or not isinstance(more, tuple):
        return None
    kept = tuple(line for line in old if f"{line}{UNSURE_MARK}" not in more)
    return {**answers, question: tuple(dict.fromkeys((*kept, *more)))}


def answers_of(said: Iterator[Atom] | tuple[Atom, ...]) -> dict[str, AnswerValue] | None:
    """Return the answers that say all of this; None where that cannot be said."""
    answers: dict[str, AnswerValue] | None = {}
    for atom in said:
        answers = joined(answers, atom[0], alone(atom)) if answers is not None else None
    return answers


def ways_to_hold(condition: Condition) -> list[frozenset[str]]:
    """Return sets of findings each of which, with nothing else, makes a condition hold."""
    if isinstance(condition, str):
        return [frozenset({condition})]
    groups = [ways_to_hold(part) for part in condition.all_of]
    if condition.any_of:
        groups.append([way for part in condition.any_of for way in ways_to_hold(part)])
    if condition.at_least is not UNSET:
        chosen = combinations(map(ways_to_hold, condition.at_least.of), condition.at_least.n)
        groups.append([frozenset().union(*ways) for few in chosen for ways in product(*few)])
    return sorted({frozenset().union(*ways) for ways in product(*groups)}, key=_size)


def _size(way: frozenset[str]) -> tuple[int, list[str]]:
    return len(way), sorted(way)


def atoms_that_tell(finding: str) -> list[Atom]:
    """Return everything that can be said by which the finding is so."""
    return [atom for atom in ATOMS if finding in read_evidence(KNOWLEDGE, {atom[0]: alone(atom)}).present()]


def answers_that_raise(flag: RedFlag, *, in_interview: bool = False) -> Iterator[tuple[Atom, ...]]:
    """Yield sets of things to say, few first, that raise a red flag; no smaller part of any does.

    With `in_interview`, all that is said answers questions that are asked of someone who says it.
    """
    wanted: list[Condition] = [flag.when]
    for way in ways_to_hold(flag.when):
        yield from _said_for(way, flag, wanted, in_interview=in_interview)


def _said_for(
    way: frozenset[str], flag: RedFlag, wanted: list[Condition], *, in_interview: bool
) -> Iterator[tuple[Atom, ...]]:
    for chosen in product(*(TELLS[finding] for finding in sorted(way))):
        said = tuple(dict.fromkeys(chosen))
        answers = answers_of(said)
        if answers is None or told(flag.when, read_evidence(KNOWLEDGE, answers)) is not PRESENT:
            continue
        missing = _conditions_of(answers)
        if not in_interview or not missing:
            yield said
        elif len(wanted) < 3:
            whole: Condition = Compound(all_of=(*wanted, *missing))
            for wider in ways_to_hold(whole):
                if wider > way:
                    yield from _said_for(wider, flag, [*wanted, *missing], in_interview=True)


def _conditions_of(answers: Answers) -> list[Condition]:
    """Return the conditions that do not hold for questions that are answered."""
    evidence = read_evidence(KNOWLEDGE, answers)
    questions = [KNOWLEDGE.question_by_id[question] for question in answers]
    return [q.ask_when for q in questions if q.ask_when is not None and not applies(q, evidence)]


def excluded_by(condition: Condition) -> frozenset[str]:
    """Return the findings under a `none_of`: those that make a condition hold no more."""
    if isinstance(condition, str):
        return frozenset()
    of = () if condition.at_least is UNSET else condition.at_least.of
    within = (excluded_by(part) for part in (*condition.all_of, *condition.any_of, *of))
    direct = (findings_of(part) for part in condition.none_of)
    return frozenset(finding for part in (*within, *direct) for finding in part)


ATOMS = tuple(atoms())
TELLS: Mapping[str, list[Atom]] = {finding.id: atoms_that_tell(finding.id) for finding in KNOWLEDGE.findings}


def answer_to(question: Question) -> st.SearchStrategy[AnswerValue]:
    """Return a strategy for any answer that can be given to a question."""
    if question.kind is QuestionKind.NUMBER:
        low, high = int(question.minimum), int(question.maximum)
        return st.one_of(st.just(NOT_SURE), st.integers(low, high), st.floats(low, high))
    options = [option.id for option in question.options]
    if question.kind is QuestionKind.ONE_OF:
        return st.sampled_from([*options, NOT_SURE])
    marks = st.lists(
        st.sampled_from(["", UNSURE_MARK, None, None]), min_size=len(options), max_size=len(options)
    )
    lines = marks.map(
        lambda marks: tuple(
            f"{option}{mark}" for option, mark in zip(options, marks, strict=True) if mark is not None
        )
    )
    few = st.lists(st.sampled_from([*options, NOT_SURE]), unique=True, max_size=2).map(tuple)
    return st.one_of(st.just(()), few, lines, st.just(NOT_SURE))


ANSWERS: st.SearchStrategy[dict[str, AnswerValue]] = st.fixed_dictionaries(
    {}, optional={question.id: answer_to(question) for question in KNOWLEDGE.questions}
)
"""Any answers to any of the questions, asked or not."""


def likely_answer_to(question: Question) -> st.SearchStrategy[AnswerValue]:
    """Return a strategy for answers that seldom hold a danger sign, so that a conversation goes on."""
    if question.section is not Section.SAFETY or question.kind is not QuestionKind.MANY_OF:
        return answer_to(question)
    nothing: st.SearchStrategy[AnswerValue] = st.just(())
    return st.integers(0, 9).flatmap(lambda chance: answer_to(question) if chance == 0 else nothing)
