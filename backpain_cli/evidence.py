"""From answers to evidence: what each answer says of the findings.

An answer is plain data, the same in memory, in an answers file and in a result:

- the id of one option, or a number;
- a tuple of option ids for a question with several; empty, or `none`, means none of them;
- `not-sure` for the whole question; in a tuple it means "perhaps one of those I left out";
- an option id with a question mark, `fever?`, means "not sure of this one".
"""

from collections.abc import Mapping
from typing import NamedTuple

from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, Evidence, holds, told
from backpain_cli.model import Band, Knowledge, Question, QuestionKind, Section
from backpain_cli.result import AnswerValue

Answers = Mapping[str, AnswerValue]
"""Answers by question id, in the order they were given."""

NOT_SURE = "not-sure"
NONE = "none"
UNSURE_MARK = "?"


def read_evidence(knowledge: Knowledge, answers: Answers) -> Evidence:
    """Return what the answers tell; where two differ, present beats unsure, and unsure beats absent.

    The answers are read in the order of the file, so the order they were given in changes nothing.
    """
    heard = _Heard([], [], [])
    for question in knowledge.questions:
        if question.id in answers:
            _tell(question, answers[question.id], heard)
    # in a union of mappings the later one wins
    return Evidence(
        dict.fromkeys(heard.absent, ABSENT)
        | dict.fromkeys(heard.unsure, UNKNOWN)
        | dict.fromkeys(heard.present, PRESENT)
    )


def findings_asked(question: Question) -> tuple[str, ...]:
    """Return every finding that an answer to the question can settle, each once."""
    return question.findings


def applies(question: Question, evidence: Evidence) -> bool:
    """Say whether a question is to be asked of this person at all.

    A safety question is asked also where it may be for them because they said "not sure".
    """
    if question.ask_when is None:
        return True
    if question.section is Section.SAFETY:
        return told(question.ask_when, evidence) is not ABSENT
    return holds(question.ask_when, evidence) is PRESENT


def askable(knowledge: Knowledge, answers: Answers) -> set[str]:
    """Return every finding that a question for this person can settle."""
    evidence = read_evidence(knowledge, answers)
    return set().union(
        *(question.findings for question in knowledge.questions if applies(question, evidence))
    )


def weeks_since_start(knowledge: Knowledge, answers: Answers) -> float | None:
    """Return about how many weeks ago the pain began; None where no answer tells."""
    for question in knowledge.questions:
        for option in question.options:
            if option.weeks is not None and option.id == answers.get(question.id):
                return option.weeks
    return None


class _Heard(NamedTuple):
    """The findings that the answers speak of, repeats included."""

    absent: list[str]
    unsure: list[str]
    present: list[str]


def _tell(question: Question, value: AnswerValue, heard: _Heard) -> None:
    """Add what one answer says of each finding of its question."""
    if value == NOT_SURE:
        heard.unsure.extend(question.findings)
    elif question.kind is QuestionKind.NUMBER:
        _tell_number(question, value, heard)
    else:
        _tell_choice(question, value if isinstance(value, tuple) else (str(value),), heard)


def _tell_number(question: Question, value: AnswerValue, heard: _Heard) -> None:
    if isinstance(value, tuple | str):
        raise TypeError(f"'{question.id}' is answered with a number")
    for band in question.bands:
        (heard.present if _lies_in(band, value) else heard.absent).extend(band.findings)


def _lies_in(band: Band, value: float) -> bool:
    from_here = band.at_least is None or value >= band.at_least
    return from_here and (band.below is None or value < band.below)


def _tell_choice(question: Question, chosen: tuple[str, ...], heard: _Heard) -> None:
    # every option counts as left out at first, since what is said of a chosen one outweighs that
    (heard.unsure if NOT_SURE in chosen else heard.absent).extend(question.findings)
    for name in chosen:
        if name in question.option_by_id:
            heard.present.extend(question.option_by_id[name].findings)
            heard.absent.extend(question.option_by_id[name].rules_out)
        elif name.endswith(UNSURE_MARK):
            unsure = question.option_by_id.get(name.removesuffix(UNSURE_MARK))
            heard.unsure.extend(unsure.findings if unsure else ())
