"""A small knowledge made by hand, so that every number in a test can be checked on paper."""

from datetime import date

from backpain_cli.model import (
    Band,
    Cause,
    CauseKind,
    Caution,
    Certainty,
    Compound,
    Escalation,
    Extent,
    Finding,
    Knowledge,
    Level,
    Link,
    Option,
    Prevention,
    Question,
    QuestionKind,
    RedFlag,
    Region,
    RiskFactor,
    Section,
    Source,
    Stage,
    Stance,
    Strength,
    Treatment,
    TreatmentEvidence,
    TreatmentType,
)

DAY = date(2026, 1, 31)
REVIEWED = date(2026, 1, 1)
GB = Region(code="GB", name="United Kingdom", emergency="999", emergency_department="A&E")
US = Region(code="US", name="United States", emergency="911", month_first=True)


def finding(name: str, group: str = "") -> Finding:
    return Finding(id=name, name=name.replace("-", " "), absent=f"no {name.replace('-', ' ')}", group=group)


def option(name: str, *findings: str, **more: object) -> Option:
    return Option(id=name, text=name.replace("-", " "), findings=findings or (name,), **more)  # type: ignore[arg-type]


def question(name: str, section: Section, kind: QuestionKind, **more: object) -> Question:
    return Question(id=name, section=section, kind=kind, text=f"{name}?", why="It helps.", **more)  # type: ignore[arg-type]


def cause(name: str, prior: float, *links: Link, **more: object) -> Cause:
    defaults: dict[str, object] = {
        "name": name.replace("-", " "),
        "kind": CauseKind.MECHANICAL,
        "summary": f"About {name}.",
        "prevalence": "Common.",
        "outlook": "Good.",
        "who_to_see": "see a physiotherapist.",
    }
    given = {**defaults, **more}
    return Cause(id=name, prior=prior, links=links, sources=("a-study",), reviewed=REVIEWED, **given)  # type: ignore[arg-type]


def flag(name: str, when: str | Compound, level: Level, if_unsure: Level, **more: object) -> RedFlag:
    return RedFlag(
        id=name,
        name=name.replace("-", " "),
        when=when,
        level=level,
        if_unsure=if_unsure,
        meaning=f"What {name} means.",
        action="Go to {emergency_department} or call {emergency_number}.",
        by_when="now",
        sources=("a-study",),
        reviewed=REVIEWED,
        **more,  # type: ignore[arg-type]
    )


def treatment(name: str, stances: dict[str, Stance], stage: Stage = Stage.ACUTE, **more: object) -> Treatment:
    certainty = more.pop("certainty", Certainty.LOW)
    kind = more.pop("type", TreatmentType.CONSERVATIVE)
    return Treatment(
        id=name,
        name=name.replace("-", " "),
        type=kind,  # type: ignore[arg-type]
        summary=f"About {name}.",
        how_to=("Do it gently.",),
        evidence={stage: TreatmentEvidence(f"{name} helps a little", certainty, stances, ("a-study",))},  # type: ignore[arg-type]
        starts_working="In days.",
        stop_or_change="If it hurts.",
        sources=("a-study",),
        reviewed=REVIEWED,
        **more,  # type: ignore[arg-type]
    )


SMALL = Knowledge(
    sources=(
        Source(
            id="a-study",
            title="A study",
            authors="Doe J",
            year=2020,
            publisher="BMJ",
            doi="10.1/x",
            read=Extent.FULL,
        ),
    ),
    findings=(
        finding("numb-saddle"),
        finding("weak-leg"),
        finding("fever"),
        finding("age-70-plus"),
        finding("after-lifting"),
        finding("leg-pain", group="leg"),
        finding("leg-tingling", group="leg"),
        finding("long-lasting"),
        finding("stiff-mornings"),
        finding("takes-blood-thinner"),
        finding("low-mood"),
    ),
    questions=(
        question(
            "danger",
            Section.SAFETY,
            QuestionKind.MANY_OF,
            options=(
                option("numb-saddle", how_to_check="Touch the inside of both thighs."),
                option("weak-leg"),
                option("fever"),
            ),
            sources=("a-study",),
        ),
        question(
            "age",
            Section.YOU,
            QuestionKind.NUMBER,
            minimum=0,
            maximum=120,
            unit="years",
            bands=(Band(findings=("age-70-plus",), at_least=70),),
        ),
        question(
            "when",
            Section.PAIN,
            QuestionKind.ONE_OF,
            options=(
                Option(id="this-week", text="This week", weeks=0),
                Option(id="months-ago", text="Months ago", findings=("long-lasting",), weeks=20),
            ),
        ),
        question("began", Section.MATCHING, QuestionKind.MANY_OF, options=(option("after-lifting"),)),
        question(
            "leg",
            Section.MATCHING,
            QuestionKind.MANY_OF,
            options=(option("leg-pain"), option("leg-tingling")),
        ),
        question(
            "mornings",
            Section.MATCHING,
            QuestionKind.ONE_OF,
            options=(option("stiff-mornings"), Option(id="loose", text="Not stiff")),
            ask_when="long-lasting",
        ),
        question(
            "medicines",
            Section.TREATMENT,
            QuestionKind.MANY_OF,
            options=(option("takes-blood-thinner"),),
        ),
        question("mood", Section.TREATMENT, QuestionKind.MANY_OF, options=(option("low-mood"),)),
    ),
    red_flags=(
        flag(
            "cauda-equina-signs",
            "numb-saddle",
            Level.EMERGENCY,
            Level.URGENT,
            say="My back hurts and I am numb.",
            watch_for="numbness between your legs",
        ),
        flag("growing-weakness", "weak-leg", Level.URGENT, Level.ROUTINE),
        flag("fever-when-old", Compound(all_of=("fever", "age-70-plus")), Level.URGENT, Level.ROUTINE),
    ),
    escalation=(
        Escalation(
            id="long-pain",
            name="pain for months",
            text="See a physiotherapist.",
            when="long-lasting",
            level=Level.ROUTINE,
            sources=("a-study",),
            reviewed=REVIEWED,
        ),
        Escalation(
            id="injection-for-disc",
            name="injection for leg pain",
            text="Ask about an injection if leg pain stays bad.",
            causes=("disc",),
            from_weeks=6,
            treatments=("injection",),
            sources=("a-study",),
            reviewed=REVIEWED,
        ),
    ),
    causes=(
        cause(
            "strain",
            0.5,
            Link("after-lifting", present=Strength.MODERATELY_FOR, absent=Strength.WEAKLY_AGAINST),
            Link("leg-pain", present=Strength.MODERATELY_AGAINST),
            treatments=("heat", "tablets", "rest"),
        ),
        cause(
            "disc",
            0.3,
            Link("leg-pain", sensitivity=0.7, specificity=0.9),
            Link("leg-tingling", present=Strength.WEAKLY_FOR),
            kind=CauseKind.NERVE,
            treatments=("tablets",),
        ),
        cause(
            "inflamed",
            0.05,
            Link("stiff-mornings", present=12.0, absent=0.25, sources=("a-study",)),
            at_least=Level.ROUTINE,
        ),
    ),
    risk_factors=(
        RiskFactor(
            id="mood",
            name="low mood",
            when="low-mood",
            evidence="It slows recovery.",
            what_helps="Talk to someone.",
            sources=("a-study",),
            reviewed=REVIEWED,
        ),
    ),
    treatments=(
        treatment("heat", {"NICE": Stance.NONE, "ACP": Stance.FOR}, certainty=Certainty.MODERATE),
        treatment(
            "tablets",
            {"NICE": Stance.FOR, "ACP": Stance.FOR},
            avoid_when=(
                Caution("takes-blood-thinner", "you told us you take a blood thinner: you could bleed"),
            ),
        ),
        treatment("rest", {"NICE": Stance.AGAINST}),
        treatment("injection", {"NICE": Stance.CONDITIONAL}, Stage.RADICULAR, type=TreatmentType.ADVANCED),
    ),
    prevention=(
        Prevention(
            id="walk",
            name="walking",
            what="Walk every day.",
            effect="Fewer episodes.",
            certainty=Certainty.MODERATE,
            sources=("a-study",),
            reviewed=REVIEWED,
        ),
        Prevention(
            id="mood-care",
            name="care for your mood",
            what="Sleep well.",
            effect="Some.",
            certainty=Certainty.LOW,
            when_it_matters="low-mood",
            sources=("a-study",),
            reviewed=REVIEWED,
        ),
    ),
    regions=(GB, US),
)
