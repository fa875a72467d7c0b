"""The words for what the knowledge holds as codes, and short forms of its texts."""

import re
from collections.abc import Collection, Iterable, Mapping

from backpain_cli.model import (
    CauseKind,
    Certainty,
    Extent,
    Knowledge,
    Level,
    Source,
    Stage,
    Stance,
    Treatment,
)
from backpain_cli.report.blocks import Link, Tone, Value
from backpain_cli.result import CitedSource, Match, RankedCause

STANCES = {
    Stance.FOR: "recommended",
    Stance.CONDITIONAL: "worth a try",
    Stance.NONE: "no clear advice",
    Stance.AGAINST: "advised against",
    Stance.NOT_APPLICABLE: "does not apply",
}
NOT_STUDIED = "not studied enough"

CERTAINTIES = {
    Certainty.HIGH: "very sure",
    Certainty.MODERATE: "fairly sure",
    Certainty.LOW: "not very sure",
    Certainty.VERY_LOW: "not sure at all",
}

STAGES = {
    Stage.ACUTE: "The first 4 weeks",
    Stage.SUBACUTE: "From 4 to 12 weeks",
    Stage.CHRONIC: "Longer than 12 weeks",
    Stage.RADICULAR: "Nerve pain down the leg",
}

LEVELS = {
    Level.EMERGENCY: "Emergency: get help now",
    Level.URGENT: "Be seen within 24 to 48 hours",
    Level.ROUTINE: "Book an appointment within about two weeks",
    Level.SELF_CARE: "Look after it at home",
}

LEVEL_TONES = {
    Level.EMERGENCY: Tone.ALARM,
    Level.URGENT: Tone.CARE,
    Level.ROUTINE: Tone.NORMAL,
    Level.SELF_CARE: Tone.GOOD,
}

MATCHES = {Match.STRONG: "fits well", Match.POSSIBLE: "may fit", Match.WEAK: "fits poorly"}

EXTENTS = {
    Extent.FULL: "read in full",
    Extent.PART: "read in part",
    Extent.NOT_READ: "not read",
}

KINDS = {
    CauseKind.MECHANICAL: "muscles, joints and discs",
    CauseKind.NERVE: "nerves",
    CauseKind.INFLAMMATORY: "inflammation",
    CauseKind.BONE: "bone",
    CauseKind.INFECTION: "infection",
    CauseKind.CANCER: "cancer",
    CauseKind.ORGAN: "an organ inside the body",
    CauseKind.PREGNANCY: "pregnancy",
    CauseKind.OTHER: "other",
}

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'])")


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, whole."""
    return _SENTENCE_END.split(" ".join(text.split()), maxsplit=1)[0]


def sure(certainty: Certainty) -> str:
    """Return how sure the evidence is, in plain words and in the field's."""
    return f"{CERTAINTIES[certainty]} ({certainty.value.replace('-', ' ')} certainty)"


def stage_stance(treatment: Treatment, stage: Stage) -> str:
    """Return what guideline bodies say at a stage, taken together, in words."""
    evidence = treatment.evidence.get(stage)
    return STANCES[evidence.taken_together] if evidence else NOT_STUDIED


def by_body(stances: dict[str, Stance]) -> str:
    """Return what each guideline body says: "NICE: recommended; WHO: advised against"."""
    return "; ".join(f"{body}: {STANCES[stance]}" for body, stance in stances.items())


def cite(source: Source | CitedSource) -> str:
    """Return a source as people cite it: authors, title, year, and how far it was read."""
    return (
        f"{source.authors.rstrip('.')}. {source.title.rstrip('.')}. {source.year} ({EXTENTS[source.read]})."
    )


def not_known(ranked: RankedCause, askable: Collection[str], knowledge: Knowledge) -> list[str]:
    """Return what is not known of a cause, in words; nobody is told of what they would not be asked."""
    return [knowledge.finding_by_id[finding].name for finding in ranked.unknown if finding in askable]


def numbered(sources: Iterable[Source | CitedSource]) -> Iterable[tuple[str, Value]]:
    """Yield each source beside its number, and under it its address."""
    for number, source in enumerate(sources, 1):
        yield str(number), cite(source)
        if source.link:
            yield "", Link(source.link)


def cite_numbers(ids: Iterable[str], numbers: Mapping[str, int]) -> str:
    """Return sources by their numbers in a list: "2, 5, 7"."""
    return ", ".join(map(str, sorted(numbers[source] for source in set(ids) if source in numbers)))
