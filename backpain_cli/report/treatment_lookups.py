"""What the look-up of treatments says, in blocks: the list, the list for one stage, and one in detail."""

from collections.abc import Callable, Iterator, Sequence

from backpain_cli.model import (
    Caution,
    Certainty,
    Knowledge,
    Stage,
    Stance,
    Treatment,
    TreatmentEvidence,
    TreatmentType,
)
from backpain_cli.report.blocks import Block, Bullets, Column, Grid, Heading, Paragraph, Tone, facts, part
from backpain_cli.report.conditions import phrase
from backpain_cli.report.lookup_parts import View, disagreement_part, finding_namer, more, named, sources_part
from backpain_cli.report.phrases import (
    NOT_STUDIED,
    STAGES,
    by_body,
    first_sentence,
    stage_stance,
    sure,
)
from backpain_cli.wording import capitalised

TITLES = {
    TreatmentType.CONSERVATIVE: "Conservative treatments: what you can start at home or nearby",
    TreatmentType.ADVANCED: "Advanced treatments: for pain that stays, given by a specialist",
}

COLUMNS = (
    Column("Treatment", widest=20),
    Column("What it is"),
    Column("Early pain", widest=11),
    Column("Lasting pain", widest=12),
)
STAGE_COLUMNS = (
    Column("Treatment", widest=20),
    Column("Guidelines", widest=11),
    Column("What trials found"),
    Column("How sure", widest=12),
)

_STANCES = (Stance.FOR, Stance.CONDITIONAL, Stance.NONE, Stance.NOT_APPLICABLE, Stance.AGAINST)
_CERTAINTIES = tuple(Certainty)


def treatment_view(stage: Stage | None) -> View[Treatment]:
    """Return how treatments are shown, for one stage of the pain or for all."""
    if stage is None:
        return View("treatment", treatment_list, treatment_detail)
    return View("treatment", lambda _, found: _list_at(stage, found), treatment_detail)


def in_order(treatments: Sequence[Treatment], stage: Stage) -> tuple[Treatment, ...]:
    """Return treatments by what guidelines say at a stage, then by how sure the evidence is."""
    return tuple(sorted(treatments, key=lambda treatment: _place(treatment.evidence.get(stage))))


def treatment_list(knowledge: Knowledge, treatments: Sequence[Treatment]) -> Iterator[Block]:
    """Yield the treatments of each type side by side."""
    yield Heading("What can help back pain")
    if not treatments:
        yield Paragraph("Nothing here fits what you asked for. To see everything: backpain treatments")
        return
    for kind in TreatmentType:
        rows = tuple(_row(treatment) for treatment in treatments if treatment.type is kind)
        yield from part(TITLES[kind], [Grid(COLUMNS, rows)] if rows else [])
    yield more("treatments", treatments)
    cause = max(knowledge.causes, key=lambda cause: len(cause.treatments), default=None)
    if cause:
        yield Paragraph(f"For one cause: backpain treatments --for {cause.id}", Tone.QUIET)


def treatment_detail(knowledge: Knowledge, treatment: Treatment) -> Iterator[Block]:
    """Yield everything about one treatment."""
    yield Heading(treatment.name)
    yield Paragraph(treatment.summary)
    yield from facts(("Also called", ", ".join(treatment.also)))
    yield from part("How to do it", [Bullets(treatment.how_to)] if treatment.how_to else [])
    yield from part("What to expect", _expectations(treatment))
    yield from part("When not to, and when to take care", _cautions(knowledge, treatment))
    yield from part("What the evidence says", _evidence(treatment))
    yield from disagreement_part(treatment.disagreement)
    differing = treatment.disagreement.sources if treatment.disagreement else ()
    by_stage = (source for evidence in treatment.evidence.values() for source in evidence.sources)
    yield from sources_part(knowledge, (*treatment.sources, *by_stage, *differing))


def _place(evidence: TreatmentEvidence | None) -> tuple[int, int]:
    """Return where the evidence sorts: what nobody studied comes just before what is advised against."""
    if evidence is None:
        return _STANCES.index(Stance.NOT_APPLICABLE), len(_CERTAINTIES)
    return _STANCES.index(evidence.taken_together), _CERTAINTIES.index(evidence.certainty)


def _list_at(stage: Stage, treatments: Sequence[Treatment]) -> Iterator[Block]:
    yield Heading(f"What can help: {STAGES[stage][0].lower()}{STAGES[stage][1:]}")
    yield Grid(STAGE_COLUMNS, tuple(_row_at(stage, treatment) for treatment in treatments))
    yield more("treatments", treatments)


def _row(treatment: Treatment) -> tuple[str, ...]:
    early, lasting = stage_stance(treatment, Stage.ACUTE), stage_stance(treatment, Stage.CHRONIC)
    return named(treatment), first_sentence(treatment.summary), early, lasting


def _row_at(stage: Stage, treatment: Treatment) -> tuple[str, ...]:
    evidence = treatment.evidence.get(stage)
    if evidence is None:
        return named(treatment), NOT_STUDIED, "", ""
    return named(treatment), stage_stance(treatment, stage), evidence.effect, sure(evidence.certainty)


def _expectations(treatment: Treatment) -> Iterator[Block]:
    yield from facts(
        ("It starts working", treatment.starts_working),
        ("Stop or change", treatment.stop_or_change),
        ("What can go wrong", treatment.harms),
    )


def _cautions(knowledge: Knowledge, treatment: Treatment) -> Iterator[Block]:
    name = finding_namer(knowledge)
    yield from facts(
        ("Not with", tuple(_caution(caution, name) for caution in treatment.avoid_when)),
        ("Take care with", tuple(_caution(caution, name) for caution in treatment.caution_when)),
    )


def _caution(caution: Caution, name: Callable[[str], str]) -> str:
    """Return a caution as it holds for anyone: "pregnancy: avoid very hot baths"."""
    _, _, reason = caution.because.partition(": ")
    condition = capitalised(phrase(caution.when, name))
    return f"{condition}: {reason}" if reason else condition


def _evidence(treatment: Treatment) -> Iterator[Block]:
    for stage in Stage:
        evidence = treatment.evidence.get(stage)
        if evidence:
            yield Heading(STAGES[stage], 3)
            yield from facts(
                ("What trials found", evidence.effect),
                ("How sure", sure(evidence.certainty)),
                ("Guidelines", by_body(evidence.stance)),
            )
