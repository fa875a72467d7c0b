import msgspec
import pytest

from backpain_cli.evidence import Answers, read_evidence
from backpain_cli.logic import Evidence
from backpain_cli.matching import rank
from backpain_cli.model import Level, Link
from backpain_cli.result import AnswerValue, Match, Triage
from backpain_cli.triage import (
    UNCHECKED_ACTION,
    UNCHECKED_HEADLINE,
    emergency,
    may_raise,
    to_rule_out_first,
    triage,
)
from tests.small import GB, SMALL


def triaged(**answers: object) -> Triage:
    told: Answers = answers  # type: ignore[assignment]
    evidence = read_evidence(SMALL, told)
    return triage(SMALL, told, evidence, rank(SMALL, evidence), GB)


def reasons(result: Triage) -> list[tuple[str, Level, str, tuple[str, ...]]]:
    return [(reason.id, reason.level, reason.presence, reason.findings) for reason in result.reasons]


def test_no_danger_sign_is_self_care() -> None:
    result = triaged(danger=(), age=35)
    assert (result.level, result.headline, result.reasons, result.not_checked) == (
        Level.SELF_CARE,
        "Look after it at home",
        (),
        (),
    )


def test_a_red_flag_gives_its_level_and_words_in_the_persons_region() -> None:
    result = triaged(danger=("numb-saddle",))
    assert (result.level, result.by_when) == (Level.EMERGENCY, "now")
    assert result.action == "Go to A&E or call 999."
    assert reasons(result) == [("cauda-equina-signs", Level.EMERGENCY, "present", ("numb-saddle",))]


def test_an_unknown_answer_never_clears_a_red_flag() -> None:
    result = triaged(danger=("numb-saddle?",))
    assert result.level is Level.URGENT
    assert reasons(result) == [("cauda-equina-signs", Level.URGENT, "unknown", ("numb-saddle",))]
    assert result.action == "Call your doctor, or a local health advice line."


def test_the_most_urgent_reason_comes_first() -> None:
    result = triaged(danger=("weak-leg", "numb-saddle"))
    assert [reason.id for reason in result.reasons] == ["cauda-equina-signs", "growing-weakness"]


@pytest.mark.parametrize(
    ("age", "level"),
    [(80, Level.URGENT), ("not-sure", Level.ROUTINE), (30, Level.SELF_CARE)],
)
def test_a_combination_needs_both_and_a_not_sure_keeps_it_open(age: object, level: Level) -> None:
    assert triaged(danger=("fever",), age=age).level is level


def test_a_finding_that_nobody_asked_about_raises_no_alarm_by_itself() -> None:
    assert triaged(danger=("fever",)).level is Level.SELF_CARE


def test_a_safety_question_that_was_not_asked_is_listed_and_said() -> None:
    result = triaged(age=30)
    assert result.not_checked == ("danger",)
    assert (result.headline, result.action) == (UNCHECKED_HEADLINE, UNCHECKED_ACTION)


def test_an_escalation_rule_is_part_of_the_first_net() -> None:
    result = triaged(danger=(), when="months-ago")
    assert reasons(result) == [("long-pain", Level.ROUTINE, "present", ("long-lasting",))]
    assert result.reasons[0].meaning == "See a physiotherapist."


def test_a_matching_cause_is_the_second_net() -> None:
    result = triaged(danger=(), began=(), leg=("leg-pain?",), mornings="stiff-mornings")
    assert reasons(result) == [("inflamed", Level.ROUTINE, "present", ("stiff-mornings",))]


def test_a_cause_that_fits_poorly_raises_nothing() -> None:
    assert triaged(danger=(), began=("after-lifting",), mornings="loose").level is Level.SELF_CARE


@pytest.mark.parametrize(("chosen", "expected"), [("numb-saddle", True), ("weak-leg", False)])
def test_only_an_emergency_stops_the_questions(chosen: str, expected: object) -> None:
    assert emergency(SMALL, read_evidence(SMALL, {"danger": (chosen,)})) is expected


def test_a_question_that_could_complete_a_flag_must_be_asked() -> None:
    age = SMALL.question_by_id["age"]
    assert may_raise(SMALL, read_evidence(SMALL, {"danger": ("fever",)}), age)
    assert not may_raise(SMALL, read_evidence(SMALL, {"danger": ()}), age)
    assert not may_raise(SMALL, read_evidence(SMALL, {"danger": ("fever",), "age": "not-sure"}), age)
    assert not may_raise(SMALL, Evidence(), SMALL.question_by_id["leg"])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (("numb-saddle",), [("inflamed", Match.POSSIBLE), ("strain", Match.STRONG), ("disc", Match.STRONG)]),
        (("numb-saddle?",), [("strain", Match.STRONG), ("disc", Match.STRONG), ("inflamed", Match.WEAK)]),
        ((), [("strain", Match.STRONG), ("disc", Match.STRONG), ("inflamed", Match.WEAK)]),
    ],
)
def test_what_a_certain_emergency_sign_points_to_is_ruled_out_first(
    answer: tuple[str, ...], expected: list[tuple[str, Match]]
) -> None:
    flags = [msgspec.structs.replace(flag, causes=("inflamed",)) for flag in SMALL.red_flags]
    knowledge = msgspec.structs.replace(SMALL, red_flags=tuple(flags))
    evidence = read_evidence(knowledge, {"danger": answer})
    ordered = to_rule_out_first(knowledge, evidence, rank(knowledge, evidence))
    assert [(cause.id, cause.match) for cause in ordered] == expected


@pytest.mark.parametrize(
    ("age", "first"),
    [(80, "inflamed"), (40, "strain"), ("not-sure", "strain")],
)
def test_a_cause_that_cannot_be_is_not_named_first(age: AnswerValue, first: str) -> None:
    only_when_old = Link("age-70-plus", absent=0.01)
    causes = [
        msgspec.structs.replace(cause, links=(*cause.links, only_when_old))
        if cause.id == "inflamed"
        else cause
        for cause in SMALL.causes
    ]
    flags = [msgspec.structs.replace(flag, causes=("inflamed",)) for flag in SMALL.red_flags]
    knowledge = msgspec.structs.replace(SMALL, causes=tuple(causes), red_flags=tuple(flags))
    evidence = read_evidence(knowledge, {"danger": ("numb-saddle",), "age": age})
    assert to_rule_out_first(knowledge, evidence, rank(knowledge, evidence))[0].id == first
