"""Every danger sign of the real knowledge: raised alone, never lost to a further answer or to doubt."""

from itertools import combinations

import pytest

from backpain_cli.assess import assess
from backpain_cli.evidence import NOT_SURE, UNSURE_MARK, Answers, read_evidence
from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, told
from backpain_cli.model import Level, RedFlag
from backpain_cli.result import AnswerValue, Reason
from tests.safety.real import (
    ATOMS,
    DAY,
    GB,
    KNOWLEDGE,
    Atom,
    alone,
    answers_of,
    answers_that_raise,
    excluded_by,
    is_list,
    joined,
    unsure_of,
)

FLAGS = pytest.mark.parametrize("flag", KNOWLEDGE.red_flags, ids=lambda flag: flag.id)
EVERY = 197
"""The quick suite tries every so many of all pairs of answers; the slow one tries all."""


def raising(flag: RedFlag) -> tuple[Atom, ...]:
    """Return the fewest things that can be said to raise a flag."""
    return min(answers_that_raise(flag), key=len)


def answers_raising(flag: RedFlag) -> dict[str, AnswerValue]:
    answers = answers_of(raising(flag))
    assert answers is not None
    return answers


def reason_of(flag: RedFlag, answers: Answers) -> Reason:
    """Return what the result of some answers says of a flag."""
    result = assess(KNOWLEDGE, answers, DAY, GB)
    [reason] = [reason for reason in result.triage.reasons if reason.name == flag.name]
    assert result.triage.level.rank >= reason.level.rank
    return reason


def level_by(flag: RedFlag, answers: Answers) -> int:
    """Return the rank of the level that one flag alone gives."""
    level = {PRESENT: flag.level, UNKNOWN: flag.if_unsure, ABSENT: Level.SELF_CARE}
    return level[told(flag.when, read_evidence(KNOWLEDGE, answers))].rank


@FLAGS
def test_a_danger_sign_is_raised_at_its_level_by_what_it_names_and_nothing_else(flag: RedFlag) -> None:
    reason = reason_of(flag, answers_raising(flag))
    assert (reason.level, reason.presence, reason.sources) == (flag.level, "present", flag.sources)


@FLAGS
def test_a_danger_sign_can_be_raised_by_questions_that_are_asked(flag: RedFlag) -> None:
    said = next(answers_that_raise(flag, in_interview=True), None)
    assert said is not None


@FLAGS
def test_not_sure_of_all_that_raises_a_danger_sign_gives_its_lesser_level(flag: RedFlag) -> None:
    unsure = dict.fromkeys(answers_raising(flag), NOT_SURE)
    assert told(flag.when, read_evidence(KNOWLEDGE, unsure)) is UNKNOWN
    if flag.if_unsure is not Level.SELF_CARE:
        reason = reason_of(flag, unsure)
        assert (reason.level, reason.presence) == (flag.if_unsure, "unknown")


@FLAGS
def test_doubt_about_any_part_of_a_danger_sign_never_falls_below_its_lesser_level(flag: RedFlag) -> None:
    said = raising(flag)
    for doubted in said:
        sure = answers_of(tuple(atom for atom in said if atom != doubted))
        assert sure is not None
        for unsure in (unsure_of(doubted), NOT_SURE):
            answers = joined(sure, doubted[0], unsure) or {**sure, doubted[0]: NOT_SURE}
            assert level_by(flag, answers) >= flag.if_unsure.rank, answers


@FLAGS
def test_perhaps_one_of_the_other_lines_never_lowers_a_danger_sign(flag: RedFlag) -> None:
    answers = answers_raising(flag)
    for question, value in answers.items():
        if isinstance(value, tuple):
            perhaps = {**answers, question: (*value, NOT_SURE)}
            least = flag.if_unsure if excluded_by(flag.when) else flag.level
            assert level_by(flag, perhaps) >= least.rank


@FLAGS
def test_no_further_answer_lowers_a_danger_sign(flag: RedFlag) -> None:
    """Only what the sign itself names under `none_of` can take it away, and only when it is said."""
    answers = answers_raising(flag)
    excluded = excluded_by(flag.when)
    for atom in ATOMS:
        for more in (alone(atom), unsure_of(atom)):
            wider = joined(answers, atom[0], more)
            if wider is None or told_less(answers, wider):
                continue
            said = {read_evidence(KNOWLEDGE, {atom[0]: more}).presence.get(name) for name in excluded}
            if PRESENT not in said:
                least = flag.if_unsure if UNKNOWN in said else flag.level
                assert level_by(flag, wider) >= least.rank, (flag.id, atom)


def told_less(before: Answers, after: Answers) -> bool:
    """Say whether an option that was chosen is doubted now: a change, not a further answer."""
    lines = [(line, after[q]) for q, value in before.items() if isinstance(value, tuple) for line in value]
    return any(isinstance(value, tuple) and f"{line}{UNSURE_MARK}" in value for line, value in lines)


@FLAGS
def test_none_of_these_elsewhere_lowers_no_danger_sign(flag: RedFlag) -> None:
    answers = answers_raising(flag)
    nothing_else: dict[str, AnswerValue] = {q.id: () for q in KNOWLEDGE.questions if is_list(q.id)}
    assert level_by(flag, {**nothing_else, **answers}) >= flag.level.rank


def test_what_takes_a_danger_sign_away_leaves_no_emergency_at_home() -> None:
    for flag in KNOWLEDGE.red_flags:
        if flag.level is not Level.EMERGENCY:
            continue
        answers = answers_raising(flag)
        for atom in ATOMS:
            if excluded_by(flag.when).isdisjoint(read_evidence(KNOWLEDGE, {atom[0]: alone(atom)}).present()):
                continue
            wider = joined(answers, atom[0], alone(atom))
            if wider is not None:
                level = assess(KNOWLEDGE, wider, DAY, GB).triage.level
                assert level.rank >= Level.URGENT.rank, (flag.id, atom)


def pairs() -> list[tuple[Atom, Atom]]:
    return [(one, other) for one, other in combinations(ATOMS, 2) if answers_of((one, other)) is not None]


def test_two_answers_give_a_result() -> None:
    for one, other in pairs()[::EVERY]:
        give_a_result(one, other)


@pytest.mark.slow
def test_any_two_answers_give_a_result() -> None:
    for one, other in pairs():
        give_a_result(one, other)


def give_a_result(one: Atom, other: Atom) -> None:
    answers = answers_of((one, other))
    assert answers is not None
    sure = assess(KNOWLEDGE, answers, DAY, GB)
    doubted = joined({one[0]: alone(one)}, other[0], unsure_of(other))
    assert sure.triage.level in Level
    if doubted is not None:
        assert assess(KNOWLEDGE, doubted, DAY, GB).triage.level in Level
