"""A small knowledge and two results made by hand, with text that looks like markup in them."""

from datetime import date

from backpain_cli.model import (
    AtLeast,
    Cause,
    CauseKind,
    Caution,
    Certainty,
    Compound,
    Disagreement,
    Exercise,
    Extent,
    Faq,
    Finding,
    Knowledge,
    Level,
    Link,
    Option,
    Overview,
    Prevention,
    Question,
    QuestionKind,
    RedFlag,
    Region,
    Section,
    Source,
    Stage,
    Stance,
    Strength,
    Treatment,
    TreatmentEvidence,
    TreatmentType,
)
from backpain_cli.result import (
    Assessment,
    CitedSource,
    FoundRiskFactor,
    KnowledgeStamp,
    Match,
    NextStep,
    PersonalCaution,
    PreventionTip,
    RankedCause,
    Reason,
    Recommendation,
    RecommendedTreatments,
    Support,
    Triage,
)

REVIEWED = date(2026, 1, 1)
TODAY = date(2026, 1, 31)

HEAT_VIEWS = Disagreement(
    article="Heat helps healing.", guidelines="Heat eases pain for a short time.", sources=("a-review",)
)

HEAT = Treatment(
    id="heat",
    name="Heat",
    also=("heat pack",),
    type=TreatmentType.CONSERVATIVE,
    summary="A warm pack dulls pain. It works best when you move.",
    how_to=("Keep it on for 15 to 20 minutes.", "Never fall asleep with it."),
    evidence={
        Stage.ACUTE: TreatmentEvidence(
            "Clear relief for a short time.", Certainty.MODERATE, {"ACP": Stance.FOR}, ("a-review",)
        ),
        Stage.CHRONIC: TreatmentEvidence("Too little studied to say.", Certainty.VERY_LOW, {}),
    },
    starts_working="Within minutes.",
    stop_or_change="Stop if your skin blisters.",
    caution_when=(Caution("numb-skin", "you told us your skin is numb: you could burn and not feel it"),),
    harms="Burns.",
    disagreement=HEAT_VIEWS,
    sources=("a-review",),
    reviewed=REVIEWED,
)

TABLETS = Treatment(
    id="tablets",
    name="Anti-inflammatory tablets",
    type=TreatmentType.CONSERVATIVE,
    summary="Ibuprofen eases pain a little.",
    how_to=("Take the lowest dose.",),
    evidence={
        Stage.ACUTE: TreatmentEvidence(
            "A little less pain.", Certainty.HIGH, {"NICE": Stance.FOR, "ACP": Stance.FOR}, ("a-guideline",)
        ),
        Stage.CHRONIC: TreatmentEvidence("A little less pain.", Certainty.LOW, {"NICE": Stance.CONDITIONAL}),
    },
    starts_working="Within an hour.",
    stop_or_change="Stop if your stools turn black.",
    avoid_when=(Caution("blood-thinner", "you told us you take a blood thinner: you could bleed"),),
    sources=("a-guideline",),
    reviewed=REVIEWED,
)

INJECTION = Treatment(
    id="injection",
    name="Injection",
    type=TreatmentType.ADVANCED,
    summary="A doctor puts medicine near the nerve.",
    how_to=(),
    evidence={
        Stage.CHRONIC: TreatmentEvidence("It does not help.", Certainty.LOW, {"NICE": Stance.AGAINST}),
    },
    starts_working="Within days.",
    stop_or_change="If it has not helped after one.",
    sources=("a-guideline",),
    reviewed=REVIEWED,
)

KNOWLEDGE = Knowledge(
    sources=(
        Source(
            id="a-review",
            title="Heat for the back",
            authors="French S, et al.",
            year=2006,
            publisher="Cochrane",
            doi="10.1002/x",
            read=Extent.PART,
            note="Abstract read.",
        ),
        Source(
            id="a-guideline",
            title="Low back pain",
            authors="NICE",
            year=2020,
            publisher="NICE",
            url="https://example.org/ng59",
            read=Extent.FULL,
        ),
    ),
    findings=(
        Finding(id="saddle", name="numb [both legs] now", absent="no numbness"),
        Finding(id="bladder", name="trouble starting to pee", absent="no trouble peeing"),
        Finding(id="lifting", name="it began with lifting", absent="it did not begin with lifting"),
        Finding(id="leg-pain", name="pain below your knee", absent="no pain below your knee"),
        Finding(id="numb-skin", name="numb skin", absent="no numb skin"),
        Finding(id="blood-thinner", name="you take a blood thinner", absent="no blood thinner"),
    ),
    questions=(
        Question(
            id="nerves",
            section=Section.SAFETY,
            text="Have you noticed any of these?",
            why="It is rare. It matters.",
            kind=QuestionKind.MANY_OF,
            label="Danger signs of the nerves",
        ),
        Question(
            id="skin",
            section=Section.MATCHING,
            text="Is your skin numb?",
            why="It may come from a nerve.",
            kind=QuestionKind.MANY_OF,
            options=(Option(id="numb", text="Numb skin", findings=("numb-skin",)),),
        ),
        Question(
            id="thinner",
            section=Section.MATCHING,
            text="Do you take a blood thinner?",
            why="It bears on what helps.",
            kind=QuestionKind.MANY_OF,
            options=(Option(id="yes", text="Yes", findings=("blood-thinner",)),),
            ask_when="numb-skin",
        ),
    ),
    red_flags=(
        RedFlag(
            id="cauda-equina",
            name="Pressure on the nerves",
            when=Compound(all_of=("saddle", "bladder")),
            level=Level.EMERGENCY,
            if_unsure=Level.URGENT,
            meaning="Nerves may be squeezed. Treated fast, harm can be avoided.",
            action="Go to {emergency_department}, or call {emergency_number}.",
            by_when="now",
            say="My back hurts and I am numb.",
            meanwhile=("Do not drive.", "Do not eat."),
            sources=("a-guideline",),
            reviewed=REVIEWED,
        ),
        RedFlag(
            id="two-signs",
            name="Two signs",
            when=Compound(
                at_least=AtLeast(1, ("saddle", Compound(all_of=("bladder", "leg-pain")))),
                none_of=("lifting",),
            ),
            level=Level.ROUTINE,
            if_unsure=Level.SELF_CARE,
            meaning="It may be nothing.",
            action="Book.",
            by_when="within two weeks",
            sources=("a-guideline",),
            reviewed=REVIEWED,
        ),
    ),
    causes=(
        Cause(
            id="muscle-strain",
            name="Muscle strain",
            also=("pulled muscle",),
            icd10=("S39.012A",),
            kind=CauseKind.MECHANICAL,
            summary="A muscle was stretched. It heals by itself.",
            prior=0.3,
            prevalence="Very common.",
            links=(
                Link("lifting", present=Strength.MODERATELY_FOR, absent=Strength.WEAKLY_AGAINST),
                Link("leg-pain", present=Strength.STRONGLY_AGAINST),
            ),
            outlook="Most heal in 6 weeks.",
            who_to_see="A physiotherapist, if it lasts.",
            treatments=("heat", "tablets"),
            exercises=("pelvic-tilt",),
            sources=("a-review",),
            reviewed=REVIEWED,
        ),
        Cause(
            id="slipped-disc",
            name="Slipped disc (sciatica)",
            kind=CauseKind.NERVE,
            summary="A disc presses on a nerve.",
            prior=0.04,
            prevalence="About 4 in 100.",
            links=(Link("leg-pain", sensitivity=0.7, specificity=0.9, sources=("a-guideline",)),),
            outlook="Most heal in 12 weeks.",
            who_to_see="Your doctor.",
            at_least=Level.ROUTINE,
            treatments=("tablets", "injection"),
            sources=("a-guideline",),
            reviewed=REVIEWED,
        ),
    ),
    treatments=(HEAT, INJECTION, TABLETS),
    exercises=(
        Exercise(
            id="pelvic-tilt",
            name="Pelvic tilt",
            how="Lie down.",
            dose="10 times.",
            stop_if="It hurts.",
            sources=("a-review",),
            reviewed=REVIEWED,
        ),
    ),
    prevention=(
        Prevention(
            id="walking",
            name="Walking",
            what="Walk 30 minutes a day. Start with five.",
            effect="Spells come later.",
            certainty=Certainty.MODERATE,
            sources=("a-review",),
            reviewed=REVIEWED,
        ),
        Prevention(
            id="lifting-well",
            name="Building up to lifting",
            what="Lift a little more each week.",
            effect="Not well studied.",
            certainty=Certainty.LOW,
            when_it_matters="lifting",
            disagreement=Disagreement("Bend your knees.", "Any way is fine.", ("a-guideline",)),
            sources=("a-review",),
            reviewed=REVIEWED,
        ),
    ),
    faq=(
        Faq(
            id="heat-or-cold",
            question="Heat or ice: which is better?",
            also=("should I use a hot water bottle",),
            answer="Heat has better proof. Use what feels good.",
            sources=("a-review",),
            reviewed=REVIEWED,
        ),
        Faq(
            id="lasting-harm",
            question="Can a muscle spasm cause long-term damage?",
            also=("is a spasm harmful", "will it leave harm"),
            answer="No. It is frightening, but it does not harm the back.",
            sources=("a-guideline",),
            reviewed=REVIEWED,
        ),
        Faq(
            id="bed-rest",
            question="Should I rest in bed?",
            answer="No. Keep moving as far as you can; heat may help.",
            sources=("a-guideline",),
            reviewed=REVIEWED,
        ),
    ),
    overview=(
        Overview(
            id="spasm",
            title="What a spasm is",
            text="A muscle tightens by itself.\n\nIt hurts, but it heals.",
            points=("Keep moving.", "Use :pill: with care."),
            disagreement=Disagreement("Posture causes it.", "Posture is not proven to.", ("a-guideline",)),
            sources=("a-review",),
            reviewed=REVIEWED,
        ),
    ),
    regions=(Region(code="GB", name="United Kingdom", emergency="999", emergency_department="A&E"),),
)

CITED = (
    CitedSource(
        "a-review", "Heat for the back", "French S, et al.", 2006, "https://doi.org/10.1002/x", Extent.PART
    ),
    CitedSource("a-guideline", "Low back pain", "NICE", 2020, "https://example.org/ng59", Extent.FULL),
)

CAUDA_EQUINA = Reason(
    id="cauda-equina",
    name="Pressure on the nerves",
    level=Level.EMERGENCY,
    presence="present",
    findings=("saddle", "bladder"),
    sources=("a-guideline",),
    meaning="Nerves may be squeezed. Treated fast, harm can be avoided.",
    action="Go to A&E now, or call 999.",
    by_when="now",
    say="My back hurts and I am numb.",
    meanwhile=("Do not drive.", "Do not eat."),
)


def recommended(
    treatment: Treatment, stage: Stage, stance: Stance, *cautions: PersonalCaution
) -> Recommendation:
    evidence = treatment.evidence[stage]
    is_advanced = treatment.type is TreatmentType.ADVANCED
    return Recommendation(
        id=treatment.id,
        name=treatment.name,
        type=treatment.type,
        stage=stage,
        stance=stance,
        certainty=evidence.certainty,
        effect=evidence.effect,
        summary=treatment.summary,
        how_to=treatment.how_to,
        starts_working=treatment.starts_working,
        stop_or_change=treatment.stop_or_change,
        cautions=cautions,
        sources=treatment.sources,
        consider_from=date(2026, 3, 14) if is_advanced else None,
        consider_when="If leg pain stays bad." if is_advanced else "",
        disagreement=treatment.disagreement,
    )


def result(soon: Triage, **more: object) -> Assessment:
    parts: dict[str, object] = {
        "causes": (),
        "risk_factors": (),
        "treatments": RecommendedTreatments(),
        "prevention": (),
        "next_steps": (),
        **more,
    }
    return Assessment(
        today=TODAY,
        knowledge=KnowledgeStamp("0.1.0", "0123456789abcdef"),
        region="GB",
        triage=soon,
        answers={},
        asked=(),
        sources=CITED,
        **parts,  # type: ignore[arg-type]
    )


EMERGENCY = result(
    Triage(
        Level.EMERGENCY,
        "EMERGENCY: get help now",
        "Go to A&E now, or call 999.",
        "now",
        (
            CAUDA_EQUINA,
            Reason("fever", "Fever with back pain", Level.EMERGENCY, "present", ("fever",), ("a-review",)),
            Reason("age", "First pain after 50", Level.ROUTINE, "present", (), ("a-review",)),
        ),
        ("nerves",),
    ),
    next_steps=(NextStep("Go to A&E now, or call 999.", TODAY),),
)

SELF_CARE = result(
    Triage(Level.SELF_CARE, "Look after it at home", "No sign of danger.", "only if it lasts", (), ()),
    causes=(
        RankedCause(
            "muscle-strain",
            "Muscle strain",
            CauseKind.MECHANICAL,
            Match.STRONG,
            1.2,
            (Support("lifting", "it began with lifting", 5.0, ("a-review",)),),
            (),
            ("numb-skin",),
        ),
        RankedCause(
            "slipped-disc",
            "Slipped disc (sciatica)",
            CauseKind.NERVE,
            Match.POSSIBLE,
            0.1,
            tuple(Support(f"sign-{n}", f"sign {n}", 2.0, ()) for n in (1, 2, 3, 4)),
            (Support("leg-pain", "no pain below your knee", 0.3, ()),),
            (),
        ),
        RankedCause("gout", "Gout", CauseKind.OTHER, Match.WEAK, -3.0, (), (), ()),
    ),
    risk_factors=(
        FoundRiskFactor("sitting", "Long sitting", ("sitting",), "It may add.", "Get up.", ("a-review",)),
    ),
    treatments=RecommendedTreatments(
        conservative=(
            recommended(HEAT, Stage.ACUTE, Stance.FOR),
            recommended(
                TABLETS,
                Stage.ACUTE,
                Stance.FOR,
                PersonalCaution(
                    avoid=True,
                    because="you told us you take a blood thinner: you could bleed",
                    findings=("blood-thinner",),
                ),
            ),
        ),
        advanced=(recommended(INJECTION, Stage.CHRONIC, Stance.CONDITIONAL),),
        advised_against=(recommended(INJECTION, Stage.CHRONIC, Stance.AGAINST),),
    ),
    prevention=(
        PreventionTip(
            "walking", "Walking", "Walk every day.", "Spells come later.", Certainty.MODERATE, ("a-review",)
        ),
    ),
    next_steps=(
        NextStep("If it is no better by Saturday 14 February, see someone.", date(2026, 2, 14)),
        NextStep("Get help at once (999) if you notice numbness."),
        NextStep("Ask about an injection.", date(2026, 3, 14)),
    ),
)

URGENT = result(
    Triage(
        Level.URGENT,
        "Be seen within 24 to 48 hours",
        "Call your doctor.",
        "within 24 to 48 hours",
        (
            Reason(
                "weak",
                "Weak leg",
                Level.URGENT,
                "unknown",
                ("leg-pain",),
                ("a-review",),
                "A nerve may be hurt.",
            ),
            Reason("fever", "Fever", Level.URGENT, "present", (), ("a-review",), "An infection is possible."),
        ),
        ("nerves",),
    ),
    next_steps=(NextStep("Call your doctor.", date(2026, 2, 2)),),
)
