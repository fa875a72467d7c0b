"""The shape of a result: what `assess` concludes, ready for the screen, a file or another program.

`backpain guide --format json` is this structure, field for field.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from backpain_cli.model import CauseKind, Certainty, Disagreement, Extent, Level, Stage, Stance, TreatmentType


class Match(StrEnum):
    """How well a cause fits, in words; no percentage is ever shown."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


class KnowledgeStamp(Struct, frozen=True):
    """Which knowledge a result came from."""

    version: str
    digest: str
    local: tuple[str, ...] = ()
    """Records from a folder of local additions, as `file/id`."""


class Reason(Struct, frozen=True):
    """One rule that decided how soon to be seen."""

    id: str
    name: str
    level: Level
    presence: str
    """`present`, or `unknown` when it rests on a "not sure"."""
    findings: tuple[str, ...]
    """The findings that it rests on: the present ones, or those the person was not sure of."""
    sources: tuple[str, ...]
    meaning: str = ""
    action: str = ""
    by_when: str = ""
    say: str = ""
    meanwhile: tuple[str, ...] = ()


class Triage(Struct, frozen=True):
    """How soon to be seen, by whom, and why."""

    level: Level
    headline: str
    action: str
    by_when: str
    reasons: tuple[Reason, ...]
    """Most urgent first."""
    not_checked: tuple[str, ...]
    """Safety questions that were not asked."""

    @property
    def is_open(self) -> bool:
        """Say whether nothing urgent was found only because danger signs were not checked."""
        return self.level is Level.SELF_CARE and bool(self.not_checked)


class Support(Struct, frozen=True):
    """One finding's weight for or against a cause."""

    finding: str
    name: str
    likelihood_ratio: float
    sources: tuple[str, ...]


class RankedCause(Struct, frozen=True):
    """A cause with its place in the ranking, and why."""

    id: str
    name: str
    kind: CauseKind
    match: Match
    score: float
    """log10 odds."""
    supporting: tuple[Support, ...]
    conflicting: tuple[Support, ...]
    unknown: tuple[str, ...]
    """Findings that bear on it and are not known, in the order of the guide."""


class FoundRiskFactor(Struct, frozen=True):
    """Something in the answers that may add to the pain."""

    id: str
    name: str
    findings: tuple[str, ...]
    evidence: str
    what_helps: str
    sources: tuple[str, ...]


class PersonalCaution(Struct, frozen=True):
    """What in the person's own answers speaks against a treatment, or for care with it."""

    avoid: bool
    because: str
    findings: tuple[str, ...]


class Recommendation(Struct, frozen=True):
    """A treatment as it bears on this person."""

    id: str
    name: str
    type: TreatmentType
    stage: Stage
    stance: Stance
    """The guideline bodies' stance at this stage, taken together."""
    certainty: Certainty
    effect: str
    summary: str
    how_to: tuple[str, ...]
    starts_working: str
    stop_or_change: str
    cautions: tuple[PersonalCaution, ...]
    sources: tuple[str, ...]
    consider_from: date | None = None
    """The day from which an advanced option is worth considering."""
    consider_when: str = ""
    disagreement: Disagreement | None = None


class RecommendedTreatments(Struct, frozen=True):
    """Treatments in three groups, best first in each."""

    conservative: tuple[Recommendation, ...] = ()
    advanced: tuple[Recommendation, ...] = ()
    advised_against: tuple[Recommendation, ...] = ()


class PreventionTip(Struct, frozen=True):
    """A way to make the next episode less likely."""

    id: str
    name: str
    what: str
    effect: str
    certainty: Certainty
    sources: tuple[str, ...]


class NextStep(Struct, frozen=True):
    """Something to do, with its day where it has one."""

    text: str
    by: date | None = None
    sources: tuple[str, ...] = ()


class CitedSource(Struct, frozen=True):
    """A source that something in the result rests on."""

    id: str
    title: str
    authors: str
    year: int
    link: str
    read: Extent


AnswerValue = str | float | tuple[str, ...]
"""An option id, a number, or option ids; see `evidence.py`."""


class Assessment(Struct, frozen=True, kw_only=True, rename={"schema_name": "schema"}):
    """The whole result."""

    schema_name: str = "backpain.assessment.v1"
    today: date
    knowledge: KnowledgeStamp
    region: str
    triage: Triage
    causes: tuple[RankedCause, ...]
    """The whole ranking, best first."""
    risk_factors: tuple[FoundRiskFactor, ...]
    treatments: RecommendedTreatments
    prevention: tuple[PreventionTip, ...]
    next_steps: tuple[NextStep, ...]
    answers: dict[str, AnswerValue]
    asked: tuple[str, ...]
    sources: tuple[CitedSource, ...]
