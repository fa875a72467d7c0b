"""The answers file: a mapping of question id to answer, read with care and written for going on later."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from backpain_cli.errors import AnswersError, Location, Problem, ProblemsError
from backpain_cli.evidence import NONE, NOT_SURE, UNSURE_MARK, Answers
from backpain_cli.model import Knowledge, Question, QuestionKind
from backpain_cli.result import AnswerValue
from backpain_cli.suggest import did_you_mean

if TYPE_CHECKING:
    from backpain_cli.document import Data, Document

TITLE = "the answers file"
HEADER = "# Answers to the back pain guide. Go on with: backpain guide --answers FILE\n"
MOST_FAULTS = 100
"""Faults that are told; more would help nobody and could take minutes."""
_HUGE = 1e300
"""Beyond this a whole number may have no float, and so cannot be shown as others are."""


class Fault(NamedTuple):
    """Something wrong with the answers: where in them, what, and how to mend it."""

    path: tuple[str | int, ...]
    message: str
    hint: str
    is_about_key: bool = False


def read_answers(path: Path, knowledge: Knowledge) -> dict[str, AnswerValue]:
    """Return the answers in a YAML or JSON file, or raise AnswersError with every problem in it."""
    # PyYAML costs 20 ms; only an answers file needs it
    from backpain_cli.yaml_source import read_text, read_yaml  # noqa: PLC0415

    try:
        document = read_yaml(read_text(path), str(path))
    except ProblemsError as error:
        raise AnswersError(TITLE, error.problems) from None
    faults = list(check_answers(document.data, knowledge))
    if faults:
        problems = sorted((_placed(document, fault) for fault in faults), key=lambda problem: problem.order)
        raise AnswersError(TITLE, tuple(problems))
    return as_answers(document.data)


def parse_answers(data: "Data", knowledge: Knowledge) -> dict[str, AnswerValue]:
    """Return answers that came as plain data, or raise AnswersError."""
    faults = list(check_answers(data, knowledge))
    if faults:
        raise AnswersError(TITLE, tuple(_unplaced(fault) for fault in faults))
    return as_answers(data)


def as_answers(data: "Data") -> dict[str, AnswerValue]:
    """Return checked data as answers: lists as tuples, everything else as it is."""
    told = data if isinstance(data, dict) else {}
    return {question: _as_value(value) for question, value in told.items()}


def check_answers(data: "Data", knowledge: Knowledge) -> Iterator[Fault]:
    """Yield what in the data is not an answer to a question of the knowledge, up to a limit."""
    return islice(_faults(data, knowledge), MOST_FAULTS)


def write_answers(answers: Answers) -> str:
    """Return answers as the YAML that `--answers` reads."""
    # PyYAML costs 20 ms; only saving needs it
    import yaml  # noqa: PLC0415

    plain = {question: _as_plain(value) for question, value in answers.items()}
    body = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)
    return HEADER + (body if plain else "")


def _faults(data: "Data", knowledge: Knowledge) -> Iterator[Fault]:
    if data is None:
        return
    if not isinstance(data, dict):
        yield Fault((), "the answers are not a mapping", "write each as  question-id: option-id")
        return
    for question_id, value in data.items():
        question = knowledge.question_by_id.get(question_id)
        if question is None:
            hint = did_you_mean(question_id, knowledge.question_by_id)
            yield Fault((question_id,), f"no question is called '{question_id:.60}'", hint, is_about_key=True)
        elif not _is_plain(question, value):
            yield from _check_value(question, value)


def _as_value(value: "Data") -> AnswerValue:
    if isinstance(value, list):
        return tuple([option for option in map(str, value) if option != NONE])
    return () if value == NONE else value if isinstance(value, str | int | float) else str(value)


def _as_plain(value: AnswerValue) -> str | float | list[str]:
    if not isinstance(value, tuple):
        return value
    return list(value) or NONE


def _is_plain(question: Question, value: "Data") -> bool:
    """Say whether an answer is no more than "not sure", an option, or several options: most are."""
    if isinstance(value, list) and question.kind is QuestionKind.MANY_OF:
        return all(isinstance(option, str) and option in question.option_by_id for option in value)
    return isinstance(value, str) and (value == NOT_SURE or value in question.option_by_id)


def _check_value(question: Question, value: "Data") -> Iterator[Fault]:
    if question.kind is QuestionKind.NUMBER:
        yield from _check_number(question, value)
    elif question.kind is QuestionKind.MANY_OF:
        yield from _check_many(question, value)
    elif isinstance(value, str):
        yield from _check_option(question, value, (question.id,))
    else:
        yield Fault((question.id,), f"'{question.id}' is answered with one option", _options_hint(question))


def _check_number(question: Question, value: "Data") -> Iterator[Fault]:
    low, high = f"{question.minimum:g}", f"{question.maximum:g}"
    hint = f"write a number from {low} to {high}, or {NOT_SURE}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Fault((question.id,), f"'{question.id}' is answered with a number", hint)
    elif not question.minimum <= value <= question.maximum:
        shown = f"{value:g}" if abs(value) < _HUGE else "a number so large"
        yield Fault((question.id,), f"{shown} is not between {low} and {high}", hint)


def _check_many(question: Question, value: "Data") -> Iterator[Fault]:
    if isinstance(value, str):
        yield from _check_option(question, value, (question.id,))
        return
    if not isinstance(value, list):
        yield Fault((question.id,), f"'{question.id}' is answered with a list", _options_hint(question))
        return
    for place, option in enumerate(value):
        if isinstance(option, str):
            yield from _check_option(question, option, (question.id, place))
        else:
            yield Fault((question.id, place), "an option id must stand here", _options_hint(question))
    if NONE in value and len(value) > 1:
        yield Fault((question.id,), f"'{NONE}' stands beside other options", f"keep '{NONE}' or the others")


def _check_option(question: Question, given: str, path: tuple[str | int, ...]) -> Iterator[Fault]:
    many = question.kind is QuestionKind.MANY_OF
    named = given.removesuffix(UNSURE_MARK) if many else given
    if named in question.option_by_id or (many and named in (NONE, NOT_SURE)):
        return
    known = [*question.option_by_id, *([NONE, NOT_SURE] if many else [])]
    hint = did_you_mean(named, known) or _options_hint(question)
    yield Fault(path, f"'{question.id}' has no option '{named:.60}'", hint)


def _options_hint(question: Question) -> str:
    none = [NONE] if question.kind is QuestionKind.MANY_OF else []
    return f"the options are: {', '.join([option.id for option in question.options] + none + [NOT_SURE])}"


def _placed(document: "Document", fault: Fault) -> Problem:
    return document.problem(fault.path, fault.message, fault.hint, at_key=fault.is_about_key)


def _unplaced(fault: Fault) -> Problem:
    return Problem(Location(".".join(map(str, fault.path)) or "answers"), fault.message, fault.hint)
