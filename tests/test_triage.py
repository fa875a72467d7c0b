import msgspec
import pytest

from backpain_cli.evidence import Answers, read_evidence
from backpain_cli.logic import Evidence
from backpain_cli.matching import rank
from backpain_cli.model import Compound, Escalation, Knowledge, Level, Link, Section
from backpain_cli.result import AnswerValue, Match, Reason, Triage
from backpain_cli.triage import (
    UNCHECKED_ACTION,
    UNCHECKED_HEADLINE,
    emergency,
    level_of,
    may_raise,
    to_rule_out_first,
    triage,
)
from tests.small import GB, REVIEWED, SMALL, flag


def triaged(**answers: object) -> Triage:
    return triaged_by(SMALL, **answers)


def triaged_by(knowledge: Knowledge, **answers: object) -> Triage:
    told: Answers = answers  # type: ignore[assignment]
    evidence = read_evidence(knowledge, told)
    return triage(knowledge, told, evidence, rank(knowledge, evidence), GB)


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


def test_with_no_reason_at_all_the_level_says_what_to_do_and_when() -> None:
    assert triaged(danger=(), began=("after-lifting",)) == Triage(
        level=Level.SELF_CARE,
        headline="Look after it at home",
        action="No sign of danger in what you told us. You can treat this at home.",
        by_when="only if it does not get better",
        reasons=(),
        not_checked=(),
    )


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


FIRST_FLAG = msgspec.structs.replace(
    SMALL.red_flags[0], by_when="tonight", meanwhile=("Call {emergency_number} if it grows.", "Lie down.")
)
TONIGHT = msgspec.structs.replace(SMALL, red_flags=(FIRST_FLAG,))


CERTAIN = Reason(
    id="cauda-equina-signs",
    name="cauda equina signs",
    level=Level.EMERGENCY,
    presence="present",
    findings=("numb-saddle",),
    sources=("a-study",),
    meaning="What cauda-equina-signs means.",
    action="Go to A&E or call 999.",
    by_when="tonight",
    say="My back hurts and I am numb.",
    meanwhile=("Call 999 if it grows.", "Lie down."),
)


def test_a_reason_tells_all_that_its_flag_says_with_the_numbers_of_the_region() -> None:
    result = triaged_by(TONIGHT, danger=("numb-saddle",))
    assert result.by_when == "tonight"
    assert result.reasons == (CERTAIN,)


def test_a_flag_of_which_the_person_is_not_sure_says_no_more_than_its_level_does() -> None:
    result = triaged_by(TONIGHT, danger=("numb-saddle?",))
    assert result.by_when == "within 24 to 48 hours"
    unsure = msgspec.structs.replace(CERTAIN, level=Level.URGENT, presence="unknown", action="", by_when="")
    assert result.reasons == (unsure,)


def test_a_combination_left_open_rests_on_what_the_person_is_not_sure_of() -> None:
    assert reasons(triaged(danger=("fever",), age="not-sure")) == [
        ("fever-when-old", Level.ROUTINE, "unknown", ("age-70-plus",))
    ]


def test_a_cause_that_matches_is_a_reason_though_a_harmless_one_fits_better() -> None:
    result = triaged(danger=(), began=("after-lifting",), mornings="stiff-mornings")
    assert result.reasons == (
        Reason(
            id="inflamed",
            name="your answers fit inflamed",
            level=Level.ROUTINE,
            presence="present",
            findings=("stiff-mornings",),
            sources=("a-study",),
            meaning="About inflamed.",
            action="see a physiotherapist.",
        ),
    )


def test_a_cause_that_is_merely_common_is_no_reason() -> None:
    causes = [msgspec.structs.replace(cause, at_least=Level.ROUTINE) for cause in SMALL.causes]
    assert triaged_by(msgspec.structs.replace(SMALL, causes=tuple(causes)), danger=()).reasons == ()


@pytest.mark.parametrize(
    ("cause", "expected"), [("disc", [("seen", ())]), ("inflamed", []), ("", [("seen", ())])]
)
def test_an_escalation_rule_may_hang_on_a_cause_alone(
    cause: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    rule = Escalation(
        id="seen",
        name="to be seen",
        text="See a doctor.",
        causes=(cause,) if cause else (),
        level=Level.ROUTINE,
        sources=("a-study",),
        reviewed=REVIEWED,
    )
    result = triaged_by(msgspec.structs.replace(SMALL, escalation=(rule,)), danger=())
    assert [(reason.id, reason.findings) for reason in result.reasons] == expected
    assert [reason.name for reason in result.reasons] == ["to be seen"] * len(expected)


def test_the_level_is_the_most_urgent_of_all_and_else_self_care() -> None:
    both = read_evidence(SMALL, {"danger": ("weak-leg", "numb-saddle")})
    assert level_of(SMALL, both, ()) is Level.EMERGENCY
    assert level_of(SMALL, read_evidence(SMALL, {"danger": ()}), ()) is Level.SELF_CARE


def test_a_safety_question_that_was_not_for_this_person_is_not_missed() -> None:
    medicines = msgspec.structs.replace(
        SMALL.question_by_id["medicines"], section=Section.SAFETY, ask_when="long-lasting"
    )
    questions = [medicines if question.id == "medicines" else question for question in SMALL.questions]
    knowledge = msgspec.structs.replace(SMALL, questions=tuple(questions))
    assert triaged_by(knowledge, danger=(), when="this-week").not_checked == ()
    assert triaged_by(knowledge, danger=(), when="months-ago").not_checked == ("medicines",)


def test_only_an_open_finding_of_a_flag_that_has_begun_can_raise_it() -> None:
    age = SMALL.question_by_id["age"]
    assert not may_raise(SMALL, read_evidence(SMALL, {"danger": ("fever",), "age": 30}), age)
    assert not may_raise(SMALL, Evidence(), SMALL.question_by_id["danger"])
    nested = flag(
        "fever-or-tremor-when-old",
        Compound(all_of=("fever", Compound(any_of=("age-70-plus",)))),
        Level.URGENT,
        Level.ROUTINE,
    )
    knowledge = msgspec.structs.replace(SMALL, red_flags=(nested,))
    assert may_raise(knowledge, read_evidence(knowledge, {"danger": ("fever",)}), age)


def test_what_is_ruled_out_first_keeps_a_match_that_is_strong() -> None:
    flags = [msgspec.structs.replace(flag, causes=("disc",)) for flag in SMALL.red_flags]
    knowledge = msgspec.structs.replace(SMALL, red_flags=tuple(flags))
    evidence = read_evidence(knowledge, {"danger": ("numb-saddle",)})
    first, *_ = to_rule_out_first(knowledge, evidence, rank(knowledge, evidence))
    assert (first.id, first.match) == ("disc", Match.STRONG)
