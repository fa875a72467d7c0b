from datetime import date
from typing import TypeVar

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from backpain_cli import __version__
from backpain_cli.assess import assess
from backpain_cli.evidence import NOT_SURE, Answers
from backpain_cli.model import (
    Cause,
    Disagreement,
    Escalation,
    Level,
    Prevention,
    Question,
    QuestionKind,
    RedFlag,
    RiskFactor,
    Treatment,
)
from backpain_cli.result import AnswerValue, Assessment, KnowledgeStamp, RecommendedTreatments
from tests.small import DAY, GB, SMALL

R = TypeVar("R", Cause, Escalation, Prevention, RedFlag, RiskFactor, Treatment)

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


LASTING: Answers = {
    "danger": ("weak-leg?",),
    "age": 35,
    "when": "months-ago",
    "began": ("after-lifting",),
    "leg": (),
    "mornings": "loose",
    "mood": ("low-mood",),
}


def test_each_part_of_a_result_follows_from_the_answers() -> None:
    knowledge = msgspec.structs.replace(SMALL, local_ids=frozenset({"faq/b", "faq/a"}))
    result = assess(knowledge, LASTING, DAY, GB)
    assert result.knowledge.local == ("faq/a", "faq/b")
    assert [reason.id for reason in result.triage.reasons] == ["growing-weakness", "long-pain"]
    assert [cause.id for cause in result.causes] == ["strain", "disc", "inflamed"]
    assert [factor.id for factor in result.risk_factors] == ["mood"]
    # nothing in the small knowledge was tried in lasting pain
    assert result.treatments == RecommendedTreatments()
    assert [tip.id for tip in result.prevention] == ["walk", "mood-care"]
    assert [step.by for step in result.next_steps] == [date(2026, 2, 14), None]
    assert result.answers == LASTING


def citing(record: R) -> R:
    """Return a record that rests on a source of its own."""
    return msgspec.structs.replace(record, sources=(f"of-{record.id}",))


def citing_everywhere(treatment: Treatment) -> Treatment:
    """Return a treatment whose evidence and disagreement have sources of their own too."""
    evidence = {
        stage: msgspec.structs.replace(found, sources=(f"trials-of-{treatment.id}",))
        for stage, found in treatment.evidence.items()
    }
    disagreement = Disagreement("Once.", "Now.", (f"dispute-of-{treatment.id}",))
    return msgspec.structs.replace(citing(treatment), evidence=evidence, disagreement=disagreement)


def linking(cause: Cause) -> Cause:
    """Return a cause each of whose links has a source of its own."""
    links = [
        msgspec.structs.replace(link, sources=(f"{link.finding}-of-{cause.id}",)) for link in cause.links
    ]
    return msgspec.structs.replace(citing(cause), links=tuple(links))


def test_every_part_of_a_result_has_its_sources_listed_in_the_order_of_the_file() -> None:
    cited = [
        "after-lifting-of-strain",
        "leg-pain-of-disc",
        "of-heat",
        "trials-of-heat",
        "dispute-of-heat",
        "of-tablets",
        "trials-of-tablets",
        "dispute-of-tablets",
        "of-rest",
        "trials-of-rest",
        "dispute-of-rest",
        "of-growing-weakness",
        "of-fever-when-old",
        "of-walk",
        "of-mood-care",
        "of-cauda-equina-signs",
        "of-mood",
    ]
    knowledge = msgspec.structs.replace(
        SMALL,
        sources=tuple(msgspec.structs.replace(SMALL.sources[0], id=name) for name in ["unread", *cited]),
        red_flags=tuple(map(citing, SMALL.red_flags)),
        escalation=tuple(map(citing, SMALL.escalation)),
        causes=tuple(map(linking, SMALL.causes)),
        risk_factors=tuple(map(citing, SMALL.risk_factors)),
        treatments=tuple(map(citing_everywhere, SMALL.treatments)),
        prevention=tuple(map(citing, SMALL.prevention)),
    )
    answers: Answers = {**STRAIN, "danger": ("weak-leg?", "fever"), "age": "not-sure", "mood": ("low-mood",)}
    result = assess(knowledge, answers, DAY, GB)
    assert result.triage.level is Level.ROUTINE
    assert [source.id for source in result.sources] == cited


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
