from datetime import date

import pytest
from msgspec.structs import replace

from backpain_cli import advice
from backpain_cli.evidence import Answers, read_evidence, weeks_since_start
from backpain_cli.matching import matching, rank
from backpain_cli.model import (
    Caution,
    Certainty,
    Compound,
    Disagreement,
    Escalation,
    Knowledge,
    Level,
    Region,
    Stage,
    Stance,
    TreatmentEvidence,
    TreatmentType,
)
from backpain_cli.result import (
    FoundRiskFactor,
    NextStep,
    PersonalCaution,
    PreventionTip,
    Recommendation,
    RecommendedTreatments,
    Triage,
)
from backpain_cli.triage import triage
from tests.small import DAY, GB, SMALL, US


def who(answers: Answers, region: Region = GB, knowledge: Knowledge = SMALL) -> advice.Person:
    evidence = read_evidence(knowledge, answers)
    causes = matching(rank(knowledge, evidence))
    return advice.Person(knowledge, evidence, causes, weeks_since_start(knowledge, answers), DAY, region)


def with_treatment(name: str, **changes: object) -> Knowledge:
    """Return the small knowledge with one treatment changed."""
    changed = replace(SMALL.treatment_by_id[name], **changes)
    return replace(SMALL, treatments=tuple(changed if t.id == name else t for t in SMALL.treatments))


def rule_offering(name: str, *treatments: str, **more: object) -> Escalation:
    """Return a rule that offers treatments whatever the cause."""
    return replace(SMALL.escalation[1], **{"id": name, "causes": (), "treatments": treatments, **more})


def with_rules(*rules: Escalation) -> Knowledge:
    return replace(SMALL, escalation=(*SMALL.escalation, *rules))


def triaged(answers: Answers, region: Region) -> Triage:
    evidence = read_evidence(SMALL, answers)
    return triage(SMALL, answers, evidence, rank(SMALL, evidence), region)


def names(recommendations: tuple[Recommendation, ...]) -> list[str]:
    return [recommendation.id for recommendation in recommendations]


STRAIN: Answers = {"danger": (), "when": "this-week", "began": ("after-lifting",), "leg": ()}
SCIATICA: Answers = {"danger": (), "when": "this-week", "began": (), "leg": ("leg-pain",)}


def test_treatments_come_by_stance_and_then_by_certainty() -> None:
    assert names(advice.treatments(who(STRAIN), Level.SELF_CARE).conservative) == ["heat", "tablets"]


def test_what_guidelines_advise_against_is_said_and_not_offered() -> None:
    found = advice.treatments(who(STRAIN), Level.SELF_CARE)
    assert names(found.advised_against) == ["rest"]
    assert found.advised_against[0].stance is Stance.AGAINST


def test_an_emergency_carries_no_treatments_prevention_or_options() -> None:
    person = who(STRAIN)
    assert advice.treatments(person, Level.EMERGENCY) == RecommendedTreatments()
    assert advice.prevention(SMALL, person.evidence, Level.EMERGENCY) == ()


def test_until_an_urgent_visit_only_what_every_matching_cause_offers_is_advised() -> None:
    mixed = who({"danger": ("weak-leg",), "when": "this-week"})
    assert [cause.id for cause in mixed.causes] == ["strain", "disc"]
    found = advice.treatments(mixed, Level.URGENT)
    assert (names(found.conservative), found.advanced, found.advised_against) == (["tablets"], (), ())


def test_a_treatment_that_the_persons_own_answers_speak_against_says_so_by_name() -> None:
    [_, tablets] = advice.treatments(
        who({**STRAIN, "medicines": ("takes-blood-thinner",)}), Level.SELF_CARE
    ).conservative
    assert tablets.cautions == (
        PersonalCaution(
            avoid=True,
            because="you told us you take a blood thinner: you could bleed",
            findings=("takes-blood-thinner",),
        ),
    )


def test_a_not_sure_asks_to_check_first() -> None:
    [_, tablets] = advice.treatments(who({**STRAIN, "medicines": "not-sure"}), Level.SELF_CARE).conservative
    assert [(c.avoid, c.because) for c in tablets.cautions] == [
        (False, "you were not sure, so check first: you could bleed")
    ]


def test_an_advanced_option_comes_with_its_day_and_its_condition() -> None:
    [injection] = advice.treatments(who(SCIATICA), Level.SELF_CARE).advanced
    assert (injection.id, injection.stage, injection.consider_from, injection.consider_when) == (
        "injection",
        Stage.RADICULAR,
        date(2026, 3, 14),
        "Ask about an injection if leg pain stays bad.",
    )


def test_an_option_whose_day_has_come_is_worth_considering_today() -> None:
    late: Answers = {**SCIATICA, "when": "months-ago"}
    [injection] = advice.treatments(who(late), Level.ROUTINE).advanced
    assert injection.consider_from == DAY


def test_what_a_rule_offers_is_asked_about_and_not_done_at_home() -> None:
    rule = replace(SMALL.escalation[1], id="tablets-by-a-doctor", causes=("strain",), treatments=("tablets",))
    with_rule = replace(SMALL, escalation=(*SMALL.escalation, rule))
    found = advice.treatments(replace(who(STRAIN), knowledge=with_rule), Level.SELF_CARE)
    assert (names(found.conservative), names(found.advanced)) == (["heat"], ["tablets"])
    instead_of_heat = replace(with_rule, escalation=(rule_offering("heat-by-a-doctor", "heat"),))
    found = advice.treatments(replace(who(STRAIN), knowledge=instead_of_heat), Level.SELF_CARE)
    assert (names(found.conservative), names(found.advanced)) == (["tablets"], ["heat"])


def test_an_option_for_another_cause_is_not_named() -> None:
    assert advice.treatments(who(STRAIN), Level.SELF_CARE).advanced == ()


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"when": "this-week", "began": ("after-lifting",)}, (Stage.ACUTE,)),
        ({"when": "months-ago", "began": ("after-lifting",)}, (Stage.CHRONIC,)),
        ({"when": "months-ago", "leg": ("leg-pain",)}, (Stage.RADICULAR, Stage.CHRONIC)),
        ({}, (Stage.ACUTE,)),
    ],
)
def test_the_stage_follows_from_time_and_the_best_cause(answers: Answers, first: tuple[Stage, ...]) -> None:
    assert who(answers).stages[: len(first)] == first


@pytest.mark.parametrize(
    ("weeks", "stages"),
    [
        (None, (Stage.ACUTE,)),
        (3.9, (Stage.ACUTE,)),
        (4, (Stage.SUBACUTE, Stage.ACUTE, Stage.CHRONIC)),
        (12, (Stage.SUBACUTE, Stage.ACUTE, Stage.CHRONIC)),
        (12.1, (Stage.CHRONIC, Stage.SUBACUTE)),
    ],
)
def test_pain_is_acute_for_a_month_and_chronic_after_three(
    weeks: float | None, stages: tuple[Stage, ...]
) -> None:
    assert replace(who(STRAIN), weeks=weeks).stages == stages
    assert replace(who(SCIATICA), weeks=weeks).stages == (Stage.RADICULAR, *stages)


@pytest.mark.parametrize(
    ("stances", "together"),
    [
        ([Stance.FOR, Stance.FOR], Stance.FOR),
        ([Stance.FOR, Stance.NONE], Stance.FOR),
        ([Stance.FOR, Stance.AGAINST], Stance.CONDITIONAL),
        ([Stance.AGAINST, Stance.NOT_APPLICABLE], Stance.AGAINST),
        ([Stance.NONE], Stance.NONE),
        ([], Stance.NONE),
    ],
)
def test_bodies_that_differ_make_a_conditional(stances: list[Stance], together: Stance) -> None:
    by_body = {f"body {number}": stance for number, stance in enumerate(stances)}
    assert TreatmentEvidence("Some.", Certainty.LOW, by_body).taken_together is together


def test_a_treatment_without_any_evidence_for_the_stage_takes_the_next_closest() -> None:
    heat = SMALL.treatment_by_id["heat"]
    found = advice.closest_evidence(heat, (Stage.CHRONIC, Stage.ACUTE))
    assert found is not None
    assert found[0] is Stage.ACUTE
    assert advice.closest_evidence(heat, (Stage.CHRONIC,)) is None


def test_a_risk_factor_is_named_with_the_findings_it_rests_on() -> None:
    evidence = read_evidence(SMALL, {"mood": ("low-mood",)})
    assert advice.risk_factors(SMALL, evidence) == (
        FoundRiskFactor(
            "mood", "low mood", ("low-mood",), "It slows recovery.", "Talk to someone.", ("a-study",)
        ),
    )
    assert advice.risk_factors(SMALL, read_evidence(SMALL, {"mood": ()})) == ()


def test_prevention_names_what_matters_to_this_person() -> None:
    low = read_evidence(SMALL, {"mood": ("low-mood",)})
    assert [tip.id for tip in advice.prevention(SMALL, low, Level.SELF_CARE)] == ["walk", "mood-care"]
    well = read_evidence(SMALL, {"mood": ()})
    assert [tip.id for tip in advice.prevention(SMALL, well, Level.SELF_CARE)] == ["walk"]


def steps(answers: Answers, region: Region = GB) -> tuple[NextStep, ...]:
    person, result = who(answers, region), triaged(answers, region)
    return advice.next_steps(person, result, advice.treatments(person, result.level).advanced)


def test_self_care_gives_the_day_by_which_it_should_be_better() -> None:
    assert steps({**STRAIN, "age": 35}) == (
        NextStep(
            "If it is not clearly better by Saturday 28 February, see a physiotherapist or your doctor.",
            date(2026, 2, 28),
            ("a-study",),
        ),
        NextStep("Get help at once (999) if you notice numbness between your legs.", None, ("a-study",)),
    )


def test_dates_follow_the_region() -> None:
    assert steps({**STRAIN, "age": 35}, US)[0].text.startswith(
        "If it is not clearly better by Saturday, February 28,"
    )


@pytest.mark.parametrize(
    ("answers", "day"),
    [
        ({**STRAIN, "danger": ("weak-leg",)}, date(2026, 2, 2)),
        ({**STRAIN, "when": "months-ago"}, date(2026, 2, 14)),
        ({**STRAIN, "danger": ("numb-saddle",)}, DAY),
    ],
)
def test_the_first_step_has_the_day_that_its_level_asks_for(answers: Answers, day: date) -> None:
    assert steps(answers)[0].by == day


def test_an_emergency_has_one_step_only() -> None:
    assert steps({"danger": ("numb-saddle",)}) == (NextStep("Go to A&E or call 999.", DAY),)


def test_danger_signs_not_checked_are_a_step_of_their_own() -> None:
    unchecked: Answers = {key: value for key, value in STRAIN.items() if key != "danger"}
    assert steps(unchecked)[0] == NextStep(
        "Answer the danger signs that were not checked: run backpain guide."
    )


def test_an_option_for_later_is_a_step_with_its_day() -> None:
    assert steps(SCIATICA)[-1] == NextStep(
        "Injection: worth asking about from Saturday 14 March, if you are no better by then.",
        date(2026, 3, 14),
        ("a-study",),
    )


@pytest.mark.parametrize(("question", "expected"), [("medicines", True), ("mood", True), ("leg", False)])
def test_only_a_question_that_the_advice_depends_on_bears_on_it(question: str, expected: object) -> None:
    bears = advice.bears_on_advice(SMALL, who(STRAIN).evidence, who(STRAIN).causes, Level.SELF_CARE)
    assert bears(SMALL.question_by_id[question]) is expected


def test_someone_to_be_seen_soon_is_asked_only_what_makes_a_treatment_unwise() -> None:
    bears = advice.bears_on_advice(SMALL, who(STRAIN).evidence, who(STRAIN).causes, Level.URGENT)
    assert [name for name in SMALL.question_by_id if bears(SMALL.question_by_id[name])] == ["medicines"]


DISAGREEMENT = Disagreement("Ice helps.", "Nobody knows.", ("a-study",))


def test_a_recommendation_says_all_that_is_known_of_the_treatment_at_this_stage() -> None:
    knowledge = with_treatment("heat", disagreement=DISAGREEMENT, sources=("a-review", "a-study"))
    heat, _ = advice.treatments(who(STRAIN, knowledge=knowledge), Level.SELF_CARE).conservative
    assert heat == Recommendation(
        id="heat",
        name="heat",
        type=TreatmentType.CONSERVATIVE,
        stage=Stage.ACUTE,
        stance=Stance.FOR,
        certainty=Certainty.MODERATE,
        effect="heat helps a little",
        summary="About heat.",
        how_to=("Do it gently.",),
        starts_working="In days.",
        stop_or_change="If it hurts.",
        cautions=(),
        sources=("a-study", "a-review"),
        disagreement=DISAGREEMENT,
    )


def test_a_treatment_without_cautions_is_made_once_for_everyone() -> None:
    first, *_ = advice.treatments(who(STRAIN), Level.SELF_CARE).conservative
    again, *_ = advice.treatments(who(STRAIN), Level.SELF_CARE).conservative
    assert again is first


def test_an_option_for_later_carries_its_cautions_and_the_sources_of_its_rule() -> None:
    bleeding = Caution("takes-blood-thinner", "you told us you take a blood thinner: you could bleed")
    rule = replace(SMALL.escalation[1], sources=("a-rule",))
    knowledge = replace(with_treatment("injection", caution_when=(bleeding,)), escalation=(rule,))
    answers: Answers = {**SCIATICA, "medicines": ("takes-blood-thinner",)}
    [injection] = advice.treatments(who(answers, knowledge=knowledge), Level.SELF_CARE).advanced
    assert injection.cautions == (
        PersonalCaution(avoid=False, because=bleeding.because, findings=("takes-blood-thinner",)),
    )
    assert injection.sources == ("a-study", "a-rule")
    [plain] = advice.treatments(who(SCIATICA, knowledge=knowledge), Level.SELF_CARE).advanced
    assert plain.cautions == ()


def test_an_option_for_later_may_rest_on_evidence_from_another_stage() -> None:
    knowledge = with_rules(rule_offering("later", "injection"))
    [injection] = advice.treatments(who(STRAIN, knowledge=knowledge), Level.SELF_CARE).advanced
    assert injection.stage is Stage.RADICULAR


def test_what_can_be_done_now_rests_on_evidence_from_this_stage() -> None:
    evidence = SMALL.treatment_by_id["heat"].evidence
    knowledge = with_treatment("heat", evidence={Stage.CHRONIC: evidence[Stage.ACUTE]})
    found = advice.treatments(who(STRAIN, knowledge=knowledge), Level.SELF_CARE)
    assert names(found.conservative) == ["tablets"]


def test_an_option_that_two_rules_offer_is_named_once_by_the_first() -> None:
    first = rule_offering("first", "injection", text="First.")
    second = rule_offering("second", "injection", "tablets", text="Second.")
    options = advice.treatments(who(STRAIN, knowledge=with_rules(first, second)), Level.SELF_CARE).advanced
    assert [(option.id, option.consider_when) for option in options] == [
        ("injection", "First."),
        ("tablets", "Second."),
    ]


def test_an_option_of_which_nothing_is_known_is_not_named() -> None:
    rule = rule_offering("later", "injection", "tablets")
    knowledge = replace(with_treatment("injection", evidence={}), escalation=(rule,))
    options = advice.treatments(who(STRAIN, knowledge=knowledge), Level.SELF_CARE).advanced
    assert names(options) == ["tablets"]


@pytest.mark.parametrize(
    ("answers", "offered"),
    [
        ({"mood": ("low-mood",)}, ["injection"]),
        ({"mood": "not-sure"}, ["injection"]),
        ({}, ["injection"]),
        ({"mood": ()}, []),
    ],
)
def test_an_option_is_named_unless_its_condition_is_known_not_to_hold(
    answers: Answers, offered: list[str]
) -> None:
    knowledge = with_rules(rule_offering("low", "injection", when="low-mood"))
    found = advice.treatments(who({**STRAIN, **answers}, knowledge=knowledge), Level.SELF_CARE)
    assert names(found.advanced) == offered


def test_someone_whom_no_cause_fits_is_advised_nothing_before_an_urgent_visit() -> None:
    assert advice.treatments(replace(who(STRAIN), causes=()), Level.URGENT) == RecommendedTreatments()


def test_a_not_sure_names_what_the_person_is_not_sure_of_and_keeps_a_colon_in_the_reason() -> None:
    caution = Caution(
        Compound(any_of=("takes-blood-thinner", "low-mood")), "you told us how you are: first do this: ask"
    )
    answers: Answers = {**STRAIN, "medicines": ("takes-blood-thinner?",), "mood": ()}
    person = who(answers, knowledge=with_treatment("tablets", avoid_when=(caution,)))
    [_, tablets] = advice.treatments(person, Level.SELF_CARE).conservative
    assert tablets.cautions == (
        PersonalCaution(
            avoid=False,
            because="you were not sure, so check first: first do this: ask",
            findings=("takes-blood-thinner",),
        ),
    )


def test_a_tip_says_all_that_is_known_of_it() -> None:
    assert advice.prevention(SMALL, who(STRAIN).evidence, Level.SELF_CARE) == (
        PreventionTip(
            "walk", "walking", "Walk every day.", "Fewer episodes.", Certainty.MODERATE, ("a-study",)
        ),
    )


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        (
            {**STRAIN, "danger": ("weak-leg",)},
            NextStep("Go to A&E or call 999.", date(2026, 2, 2), ("a-study",)),
        ),
        (
            {**STRAIN, "when": "months-ago"},
            NextStep("Book with your doctor or a physiotherapist.", date(2026, 2, 14), ("a-study",)),
        ),
    ],
)
def test_a_visit_is_a_step_with_the_sources_of_its_reason(answers: Answers, step: NextStep) -> None:
    assert steps(answers)[0] == step


def test_pain_of_months_is_given_two_more_weeks_and_no_past_day() -> None:
    step, *_ = advice.next_steps(replace(who(STRAIN), weeks=20), triaged({**STRAIN, "age": 35}, GB), ())
    assert step.by == date(2026, 2, 14)


def test_a_day_to_be_better_by_needs_no_cause() -> None:
    step, *_ = advice.next_steps(replace(who(STRAIN), causes=()), triaged({**STRAIN, "age": 35}, GB), ())
    assert (step.by, step.sources) == (date(2026, 2, 28), ())


def test_the_signs_to_watch_for_are_told_in_one_sentence() -> None:
    flags = tuple(replace(flag, watch_for=f"a {flag.id}") for flag in SMALL.red_flags[:2])
    person = who(STRAIN, knowledge=replace(SMALL, red_flags=flags))
    *_, watch = advice.next_steps(person, triaged(STRAIN, GB), ())
    assert watch.text == "Get help at once (999) if you notice a cauda-equina-signs or a growing-weakness."


def test_what_can_be_done_today_is_no_step_for_later() -> None:
    person, result = who(STRAIN), triaged(STRAIN, GB)
    heat, _ = advice.treatments(person, Level.SELF_CARE).conservative
    today = replace(heat, consider_from=DAY)
    assert advice.next_steps(person, result, (heat, today)) == advice.next_steps(person, result, ())


def test_a_caution_of_what_only_some_causes_offer_bears_on_advice_at_home_alone() -> None:
    caution = Caution("stiff-mornings", "you told us you are stiff: go slowly")
    knowledge = with_treatment("heat", caution_when=(caution,))
    person = who({"when": "this-week"}, knowledge=knowledge)
    assert [cause.id for cause in person.causes] == ["strain", "disc"]
    mornings = knowledge.question_by_id["mornings"]
    bears = {
        level: advice.bears_on_advice(knowledge, person.evidence, person.causes, level)(mornings)
        for level in (Level.SELF_CARE, Level.URGENT)
    }
    assert bears == {Level.SELF_CARE: True, Level.URGENT: False}


def test_what_was_told_bears_on_advice_no_more() -> None:
    person = who({**STRAIN, "medicines": ()})
    bears = advice.bears_on_advice(SMALL, person.evidence, person.causes, Level.SELF_CARE)
    assert not bears(SMALL.question_by_id["medicines"])
