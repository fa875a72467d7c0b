"""From answers to evidence: what each answer says of the findings.

An answer is plain data, the same in memory, in an answers file and in a result:

- the id of one option, or a number;
- a tuple of option ids for a question with several; empty, or `none`, means none of them;
- `not-sure` for the whole question; in a tuple it means "perhaps one of those I left out";
- an option id with a question mark, `fever?`, means "not sure of this one".
"""

from collections.abc import Iterable, Iterator, Mapping

from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, Evidence, Presence, holds, told
from backpain_cli.model import Band, Knowledge, Option, Question, QuestionKind, Section
from backpain_cli.result import AnswerValue

Answers = Mapping[str, AnswerValue]
"""Answers by question id, in the order they were given."""

NOT_SURE = "not-sure"
NONE = "none"
UNSURE_MARK = "?"

_WEIGHT = {PRESENT: 2, UNKNOWN: 1, ABSENT: 0}


def read_evidence(knowledge: Knowledge, answers: Answers) -> Evidence:
    """Return what the answers tell; where two differ, present beats unsure, and unsure beats absent.

    The answers are read in the order of the file, so the order they were given in changes nothing.
    """
    presence: dict[str, Presence] = {}
    for question in knowledge.questions:
        if question.id not in answers:
            continue
        for finding, new in _told(question, answers[question.id]):
            presence[finding] = max(presence.get(finding, new), new, key=_WEIGHT.__getitem__)
    return Evidence(presence)


def findings_asked(question: Question) -> tuple[str, ...]:
    """Return every finding that an answer to the question can settle, each once."""
    parts: tuple[Option | Band, ...] = (*question.options, *question.bands)
    return tuple(dict.fromkeys(finding for part in parts for finding in part.findings))


def applies(question: Question, evidence: Evidence) -> bool:
    """Say whether a question is to be asked of this person at all.

    A safety question is asked also where it may be for them because they said "not sure".
    """
    if question.ask_when is None:
        return True
    if question.section is Section.SAFETY:
        return told(question.ask_when, evidence) is not ABSENT
    return holds(question.ask_when, evidence) is PRESENT


def weeks_since_start(knowledge: Knowledge, answers: Answers) -> float | None:
    """Return about how many weeks ago the pain began; None where no answer tells."""
    for question in knowledge.questions:
        for option in question.options:
            if option.weeks is not None and option.id == answers.get(question.id):
                return option.weeks
    return None


def _told(question: Question, value: AnswerValue) -> Iterator[tuple[str, Presence]]:
    """Yield what one answer says of each finding of its question; a finding may come more than once."""
    if value == NOT_SURE:
        yield from _all(findings_asked(question), UNKNOWN)
    elif question.kind is QuestionKind.NUMBER:
        yield from _told_by_number(question, value)
    else:
        yield from _told_by_choice(question, value if isinstance(value, tuple) else (str(value),))


def _told_by_number(question: Question, value: AnswerValue) -> Iterator[tuple[str, Presence]]:
    if isinstance(value, tuple | str):
        raise TypeError(f"'{question.id}' is answered with a number")
    for band in question.bands:
        yield from _all(band.findings, PRESENT if _lies_in(band, value) else ABSENT)


def _lies_in(band: Band, value: float) -> bool:
    from_here = band.at_least is None or value >= band.at_least
    return from_here and (band.below is None or value < band.below)


def _told_by_choice(question: Question, chosen: tuple[str, ...]) -> Iterator[tuple[str, Presence]]:
    left_out = UNKNOWN if NOT_SURE in chosen else ABSENT
    for option in question.options:
        if option.id in chosen:
            yield from _all(option.findings, PRESENT)
            yield from _all(option.rules_out, ABSENT)
        else:
            unsure = option.id + UNSURE_MARK in chosen
            yield from _all(option.findings, UNKNOWN if unsure else left_out)


def _all(findings: Iterable[str], presence: Presence) -> Iterator[tuple[str, Presence]]:
    return ((finding, presence) for finding in findings)
