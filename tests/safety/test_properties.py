"""What holds for any answers to the real knowledge, however unlikely."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backpain_cli.answers import read_answers, write_answers
from backpain_cli.assess import assess
from backpain_cli.evidence import UNSURE_MARK, Answers
from backpain_cli.interview import Interview, Move, ReviewLine, Screen
from backpain_cli.model import Level
from backpain_cli.result import AnswerValue, Assessment, Recommendation, RecommendedTreatments
from tests.safety.real import ANSWERS, DAY, GB, KNOWLEDGE, likely_answer_to

QUICK = settings(max_examples=60, deadline=None)
THOROUGH = settings(max_examples=5000, deadline=None)

IDS = {name: {record.id for record in table} for name, table in KNOWLEDGE.tables.items()}


def result_of(answers: Answers) -> Assessment:
    return assess(KNOWLEDGE, answers, DAY, GB)


def assert_sound(answers: dict[str, AnswerValue], other_order: list[str]) -> None:
    """Assert all that holds for any result."""
    result = result_of(answers)
    assert msgspec.json.encode(result_of(dict(answers))) == msgspec.json.encode(result)
    reordered = result_of({question: answers[question] for question in other_order})
    assert msgspec.structs.replace(reordered, asked=result.asked) == result
    if result.triage.level is Level.EMERGENCY:
        assert (result.treatments, result.prevention) == (RecommendedTreatments(), ())
    assert list(unknown_ids(result)) == []
    assert list(claims_without_source(result)) == []


def unknown_ids(result: Assessment) -> Iterator[str]:
    """Yield every id in a result that the knowledge does not have."""
    told = {
        "causes": [cause.id for cause in result.causes],
        "risk_factors": [factor.id for factor in result.risk_factors],
        "treatments": [option.id for option in options(result)],
        "prevention": [tip.id for tip in result.prevention],
        "sources": [source.id for source in result.sources],
        "questions": [*result.triage.not_checked, *result.asked, *result.answers],
        "findings": list(findings(result)),
    }
    yield from (name for table, names in told.items() for name in names if name not in IDS[table])
    rules = IDS["red_flags"] | IDS["escalation"] | IDS["causes"]
    yield from (reason.id for reason in result.triage.reasons if reason.id not in rules)
    listed = {source.id for source in result.sources}
    yield from (source for _, sources in claims(result) for source in sources if source not in listed)


def options(result: Assessment) -> Iterator[Recommendation]:
    kinds = result.treatments
    yield from (*kinds.conservative, *kinds.advanced, *kinds.advised_against)


def findings(result: Assessment) -> Iterator[str]:
    for reason in result.triage.reasons:
        yield from reason.findings
    for cause in result.causes:
        yield from cause.unknown
        yield from (support.finding for support in (*cause.supporting, *cause.conflicting))
    for factor in result.risk_factors:
        yield from factor.findings


def claims(result: Assessment) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield everything that a result claims, in a word, with its sources."""
    yield from ((reason.id, reason.sources) for reason in result.triage.reasons)
    yield from ((factor.id, factor.sources) for factor in result.risk_factors)
    yield from ((option.id, option.sources) for option in options(result))
    yield from ((tip.id, tip.sources) for tip in result.prevention)
    for cause in result.causes:
        yield from (
            (f"{cause.id}: {part.finding}", part.sources) for part in (*cause.supporting, *cause.conflicting)
        )


def claims_without_source(result: Assessment) -> Iterator[str]:
    yield from (claim for claim, sources in claims(result) if not sources)
    for step in result.next_steps:
        # in an emergency the step is the card's, which names its sources
        asks_for_answers = bool(result.triage.not_checked) and "not checked" in step.text
        if not step.sources and not asks_for_answers and step.text != result.triage.action:
            yield step.text


@QUICK
@given(ANSWERS, st.data())
def test_any_answers_give_a_sound_result(answers: dict[str, AnswerValue], data: st.DataObject) -> None:
    assert_sound(answers, data.draw(st.permutations(list(answers))))


@pytest.mark.slow
@THOROUGH
@given(ANSWERS, st.data())
def test_thousands_of_answers_give_sound_results(
    answers: dict[str, AnswerValue], data: st.DataObject
) -> None:
    assert_sound(answers, data.draw(st.permutations(list(answers))))


class Chance:
    """Answers whatever is asked with whatever hypothesis draws."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def ask(self, screen: Screen) -> AnswerValue | Move:
        answer = self._data.draw(likely_answer_to(screen.question))
        if not screen.shows_checks or not isinstance(answer, tuple):
            return answer
        # asked which lines the person is not sure of, a front end offers no mark on them
        return tuple(option.removesuffix(UNSURE_MARK) for option in answer)

    def review(self, _lines: tuple[ReviewLine, ...], _notes: tuple[str, ...]) -> Move:
        return Move.GO_ON


def assert_same_from_a_file(data: st.DataObject) -> None:
    """Assert that a conversation and the file it is saved in give the same result."""
    answers = Interview(KNOWLEDGE, Chance(data), {}).run()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "answers.yaml")
        path.write_text(write_answers(answers), encoding="utf-8")
        again = read_answers(path, KNOWLEDGE)
    assert list(again) == list(answers)
    assert msgspec.json.encode(result_of(again)) == msgspec.json.encode(result_of(answers))


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_a_conversation_gives_the_same_result_as_its_file(data: st.DataObject) -> None:
    assert_same_from_a_file(data)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.data())
def test_hundreds_of_conversations_give_the_same_result_as_their_files(data: st.DataObject) -> None:
    assert_same_from_a_file(data)
