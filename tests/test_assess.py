import msgspec
from hypothesis import given
from hypothesis import strategies as st

from backpain_cli import __version__
from backpain_cli.assess import assess
from backpain_cli.evidence import NOT_SURE, Answers
from backpain_cli.model import Level, Question, QuestionKind
from backpain_cli.result import AnswerValue, Assessment, KnowledgeStamp
from tests.small import DAY, GB, SMALL

STRAIN: Answers = {"danger": (), "age": 35, "when": "this-week", "began": ("after-lifting",), "leg": ()}


def answer_to(question: Question) -> st.SearchStrategy[AnswerValue]:
    if question.kind is QuestionKind.NUMBER:
        return st.one_of(st.just(NOT_SURE), st.integers(0, 120))
    options = [option.id for option in question.options]
    if question.kind is QuestionKind.ONE_OF:
        return st.sampled_from([*options, NOT_SURE])
    lines = [*options, *(f"{name}?" for name in options), NOT_SURE]
    return st.one_of(st.just(NOT_SURE), st.lists(st.sampled_from(lines), unique=True).map(tuple))


ANSWERS = st.fixed_dictionaries({}, optional={q.id: answer_to(q) for q in SMALL.questions})


def test_a_result_says_everything_that_the_contract_names() -> None:
    result = assess(SMALL, STRAIN, DAY, GB)
    told = msgspec.to_builtins(result)
    assert list(told) == [
        "schema",
        "today",
        "knowledge",
        "region",
        "triage",
        "causes",
        "risk_factors",
        "treatments",
        "prevention",
        "next_steps",
        "answers",
        "asked",
        "sources",
    ]
    assert (told["schema"], told["today"], told["region"]) == ("backpain.assessment.v1", "2026-01-31", "GB")
    assert result.knowledge == KnowledgeStamp(__version__, SMALL.digest)
    assert result.asked == tuple(STRAIN)


def test_the_sources_are_those_that_something_in_the_result_names() -> None:
    [source] = assess(SMALL, STRAIN, DAY, GB).sources
    assert (source.id, source.link) == ("a-study", "https://doi.org/10.1/x")


@given(ANSWERS)
def test_any_answers_give_a_whole_result_that_is_the_same_again(answers: dict[str, AnswerValue]) -> None:
    first = assess(SMALL, answers, DAY, GB)
    assert isinstance(first, Assessment)
    assert first == assess(SMALL, answers, DAY, GB)
    backwards = assess(SMALL, dict(reversed(answers.items())), DAY, GB)
    assert msgspec.structs.replace(backwards, answers=first.answers, asked=first.asked) == first


@given(ANSWERS)
def test_an_emergency_never_carries_treatments(answers: dict[str, AnswerValue]) -> None:
    result = assess(SMALL, answers, DAY, GB)
    if result.triage.level is Level.EMERGENCY:
        assert (result.treatments.conservative, result.treatments.advanced, result.prevention) == ((), (), ())
