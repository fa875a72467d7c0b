"""The shape of the knowledge: one frozen type for each kind of record in `knowledge/`.

These types are the schema. msgspec validates the YAML against them and derives the JSON Schema
from them, so a field exists for the author exactly when it exists here.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property, wraps
from itertools import chain
from typing import Annotated, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

T = TypeVar("T")

_KEBAB_CASE = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, Meta(pattern=_KEBAB_CASE, max_length=60)]
"""A name in kebab-case that reads aloud: `worse-bending-forward`."""

Ref = Annotated[str, Meta(max_length=60, extra_json_schema={"pattern": _KEBAB_CASE})]
"""The id of another record. That the record is there is checked, so its form need not be, which takes most
of the time of reading a knowledge; an editor is told of it all the same.
"""

Text = Annotated[str, Meta(min_length=1)]
"""Words shown to the person; never markup."""

Share = Annotated[float, Meta(ge=0, le=1)]
"""A part of one, such as a sensitivity."""


class Level(StrEnum):
    """How soon to be seen, from least to most urgent."""

    SELF_CARE = "self-care"
    ROUTINE = "routine"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """Return 0 for self-care up to 3 for an emergency."""
        return tuple(Level).index(self)


class Section(StrEnum):
    """The parts of the interview, in the order they are asked."""

    SAFETY = "safety"
    YOU = "you"
    PAIN = "pain"
    MATCHING = "matching"
    TREATMENT = "treatment"


class QuestionKind(StrEnum):
    """How a question is answered."""

    ONE_OF = "one_of"
    MANY_OF = "many_of"
    NUMBER = "number"


class CauseKind(StrEnum):
    """The family a cause belongs to."""

    MECHANICAL = "mechanical"
    NERVE = "nerve"
    INFLAMMATORY = "inflammatory"
    BONE = "bone"
    INFECTION = "infection"
    CANCER = "cancer"
    ORGAN = "organ"
    PREGNANCY = "pregnancy"
    OTHER = "other"


class TreatmentType(StrEnum):
    """What a person can start alone or nearby, and what needs a specialist."""

    CONSERVATIVE = "conservative"
    ADVANCED = "advanced"


class Stage(StrEnum):
    """How long the pain has lasted, or that it comes from a nerve root."""

    ACUTE = "acute"
    SUBACUTE = "subacute"
    CHRONIC = "chronic"
    RADICULAR = "radicular"


class Stance(StrEnum):
    """What a guideline body says of a treatment."""

    FOR = "for"
    CONDITIONAL = "conditional"
    NONE = "none"
    AGAINST = "against"
    NOT_APPLICABLE = "not-applicable"


class Certainty(StrEnum):
    """How sure the evidence is, after GRADE."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"


class Extent(StrEnum):
    """How far a source was read."""

    FULL = "full"
    PART = "part"
    NOT_READ = "not-read"


class Area(StrEnum):
    """A place on the drawing of the back."""

    UPPER_BACK = "upper-back"
    MID_BACK = "mid-back"
    LOW_BACK = "low-back"
    FLANK = "flank"
    BUTTOCK = "buttock"
    TAILBONE = "tailbone"
    HIP = "hip"
    THIGH = "thigh"
    BELOW_KNEE = "below-knee"


class Strength(StrEnum):
    """A likelihood ratio in words. Source: McGee 2002."""

    STRONGLY_FOR = "strongly-for"
    MODERATELY_FOR = "moderately-for"
    WEAKLY_FOR = "weakly-for"
    NEUTRAL = "neutral"
    WEAKLY_AGAINST = "weakly-against"
    MODERATELY_AGAINST = "moderately-against"
    STRONGLY_AGAINST = "strongly-against"

    @property
    def ratio(self) -> float:
        """Return the likelihood ratio that the word stands for."""
        return _RATIOS[self]


_RATIOS = {
    Strength.STRONGLY_FOR: 10.0,
    Strength.MODERATELY_FOR: 5.0,
    Strength.WEAKLY_FOR: 2.0,
    Strength.NEUTRAL: 1.0,
    Strength.WEAKLY_AGAINST: 0.5,
    Strength.MODERATELY_AGAINST: 0.2,
    Strength.STRONGLY_AGAINST: 0.1,
}

Ratio = Strength | Annotated[float, Meta(gt=0, le=1000)]


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Anything in `knowledge/` that has an id."""

    id: Id


class Claim(Record, frozen=True, kw_only=True):
    """A record that claims something, so it says where that comes from and when it was checked."""

    sources: Annotated[tuple[Ref, ...], Meta(min_length=1)]
    reviewed: date


class Source(Record, frozen=True, kw_only=True):
    """A publication that claims rest on."""

    title: Text
    authors: Text
    year: Annotated[int, Meta(ge=1900, le=2100)]
    publisher: Text
    doi: str = ""
    url: str = ""
    read: Extent
    """How far it was read; no figure may rest on a source that was not."""
    note: str = ""

    @property
    def link(self) -> str:
        """Return where to find it; empty where there is no address."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


class Disagreement(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the article that this project began with and today's guidelines differ."""

    article: Text
    guidelines: Text
    sources: Annotated[tuple[Ref, ...], Meta(min_length=1)]


class AtLeast(Struct, frozen=True, forbid_unknown_fields=True):
    """At least `n` of these conditions hold."""

    n: Annotated[int, Meta(ge=1)]
    of: Annotated[tuple["Condition", ...], Meta(min_length=1)]


class Compound(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, dict=True):
    """Conditions put together; where several fields are given, every one must hold."""

    all_of: tuple["Condition", ...] = ()
    any_of: tuple["Condition", ...] = ()
    none_of: tuple["Condition", ...] = ()
    at_least: AtLeast | UnsetType = UNSET

    def __post_init__(self) -> None:
        if not (self.all_of or self.any_of or self.none_of or self.at_least):
            raise ValueError("a condition needs all_of, any_of, none_of or at_least, and something in it")

    @cached_property
    def findings(self) -> tuple[str, ...]:
        """Return the id of each finding that is named, in order, repeats included."""
        of = () if self.at_least is UNSET else self.at_least.of
        parts = (*self.all_of, *self.any_of, *self.none_of, *of)
        return tuple(
            chain.from_iterable((part,) if isinstance(part, str) else part.findings for part in parts)
        )


Condition = Ref | Compound
"""A finding's id, or a compound of conditions."""


class Finding(Record, frozen=True, kw_only=True):
    """Something that is so, or not so, about the person and the pain."""

    name: Text
    """As said to the person, to follow "You told us:"; lower case, no full stop."""
    absent: Text
    """The same when it is not so: "no fever"."""
    term: str = ""
    """The clinician's word, for the report: "saddle anaesthesia"."""
    group: str = ""
    """Findings that overlap share a group and count once; alone when empty."""


class Option(Record, frozen=True, kw_only=True):
    """One answer that can be chosen."""

    text: Text
    findings: tuple[Ref, ...] = ()
    """Present when this option is chosen; absent when the question is answered without it."""
    rules_out: tuple[Ref, ...] = ()
    """Absent when this option is chosen, though other questions ask about them."""
    how_to_check: str = ""
    """How to find out at home, offered to someone who is not sure."""
    area: Area | None = None
    weeks: Annotated[float, Meta(ge=0)] | None = None
    """About how many weeks ago the pain began, where the option says so."""


class Band(Struct, frozen=True, forbid_unknown_fields=True):
    """Findings that are present when a number is at least `from` and below `below`."""

    findings: Annotated[tuple[Ref, ...], Meta(min_length=1)]
    at_least: float | None = None
    below: float | None = None


class Question(Record, frozen=True, kw_only=True, dict=True):
    """One screen of the interview."""

    section: Section
    text: Text
    why: Text
    """Why it is asked and what the answer changes, in two sentences."""
    kind: QuestionKind
    help: str = ""
    label: str = ""
    """A few words for the review: "Where it hurts"; the text when empty."""
    options: tuple[Option, ...] = ()
    """"None of these" (many_of) and "Not sure" are added to every question by the interview."""
    minimum: float = 0.0
    maximum: float = 0.0
    unit: str = ""
    bands: tuple[Band, ...] = ()
    ask_when: Condition | None = None
    """Asked only when this holds; always when left out."""
    sources: tuple[Ref, ...] = ()

    @cached_property
    def findings(self) -> tuple[str, ...]:
        """Return every finding that an answer can settle, each once."""
        parts: tuple[Option | Band, ...] = (*self.options, *self.bands)
        return tuple(dict.fromkeys(finding for part in parts for finding in part.findings))

    @cached_property
    def option_by_id(self) -> dict[str, Option]:
        """Return the options by id."""
        return {option.id: option for option in self.options}


class RedFlag(Claim, frozen=True, kw_only=True):
    """A sign that may mean danger, and what to do about it."""

    name: Text
    when: Condition
    level: Level
    if_unsure: Level
    """The level when it may hold because the person said "not sure"."""
    meaning: Text
    action: Text
    """Where to go and how; `{emergency_number}` and `{advice_line}` stand for the region's."""
    by_when: Text
    say: str = ""
    """What to say to those who answer."""
    meanwhile: tuple[Text, ...] = ()
    """What to do and not to do until seen, a line each."""
    causes: tuple[Ref, ...] = ()
    """What it may point to; when it makes an emergency, these are named first, to be ruled out."""
    watch_for: str = ""
    """The sign in a few words, to end "Get help at once if you notice"; only for the few to watch for."""


class Escalation(Claim, frozen=True, kw_only=True):
    """When to see someone though nothing is dangerous, or when an advanced option is worth considering."""

    name: Text
    text: Text
    when: Condition | None = None
    causes: tuple[Ref, ...] = ()
    """Only where one of these causes matches; any cause when empty."""
    level: Level | None = None
    """The least urgency it gives; none for a rule that only offers options."""
    from_weeks: Annotated[int, Meta(ge=0)] = 0
    """Weeks since the pain began from which it is worth considering."""
    treatments: tuple[Ref, ...] = ()
    """The treatments it offers to ask about: advanced ones, and those that only a doctor can prescribe."""

    def is_for(self, matched: set[str]) -> bool:
        """Say whether the rule is for someone whom these causes match."""
        return not self.causes or not matched.isdisjoint(self.causes)


class Link(Struct, frozen=True, forbid_unknown_fields=True):
    """How far one finding speaks for or against a cause.

    Either `present` and `absent` are likelihood ratios or McGee's words, or `sensitivity` and
    `specificity` are given and the ratios are derived: sens / (1 - spec) and (1 - sens) / spec.
    """

    finding: Ref
    present: Ratio | None = None
    absent: Ratio | None = None
    sensitivity: Share | None = None
    specificity: Share | None = None
    sources: tuple[Ref, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        derived = self.sensitivity is not None and self.specificity is not None
        if (self.sensitivity is None) is not (self.specificity is None):
            raise ValueError("sensitivity and specificity come together")
        if derived and not 0 < (self.specificity or 0) < 1:
            raise ValueError("specificity must lie between 0 and 1, neither included")
        if derived is (self.present is not None or self.absent is not None):
            raise ValueError("a link needs present or absent, or else sensitivity with specificity")

    @property
    def is_derived(self) -> bool:
        """Say whether the ratios are worked out from sensitivity and specificity."""
        return self.sensitivity is not None

    @property
    def ratio_present(self) -> float:
        """Return the likelihood ratio when the finding is there; 1 where none is given."""
        if self.sensitivity is not None and self.specificity is not None:
            return max(self.sensitivity, _LEAST) / (1 - self.specificity)
        return _as_number(self.present)

    @property
    def ratio_absent(self) -> float:
        """Return the likelihood ratio when the finding is not there; 1 where none is given."""
        if self.sensitivity is not None and self.specificity is not None:
            return max(1 - self.sensitivity, _LEAST) / self.specificity
        return _as_number(self.absent)


_LEAST = 0.01
"""A sensitivity of 0 or 1 in a small study proves nothing absolute, so it is held this far off."""


def _as_number(ratio: Ratio | None) -> float:
    if ratio is None:
        return 1.0
    return ratio.ratio if isinstance(ratio, Strength) else ratio


class Cause(Claim, frozen=True, kw_only=True):
    """Something that back pain can come from."""

    name: Text
    also: tuple[Text, ...] = ()
    """Other names people use."""
    icd10: tuple[str, ...] = ()
    kind: CauseKind
    summary: Text
    prior: Annotated[float, Meta(gt=0, lt=1)]
    """The part of adults seen in primary care with back pain who have it."""
    prior_is_estimate: bool = False
    """True where the prior is an honest order of magnitude, not a published figure."""
    prevalence: Text
    links: Annotated[tuple[Link, ...], Meta(min_length=1)]
    outlook: Text
    who_to_see: Text
    at_least: Level = Level.SELF_CARE
    """The lowest triage level once it matches."""
    treatments: tuple[Ref, ...] = ()
    exercises: tuple[Ref, ...] = ()


class RiskFactor(Claim, frozen=True, kw_only=True):
    """Something that adds to back pain without being its cause."""

    name: Text
    when: Condition
    evidence: Text
    what_helps: Text
    disagreement: Disagreement | None = None


class Caution(Struct, frozen=True, forbid_unknown_fields=True):
    """A reason in the person's own answers against a treatment, or for care with it."""

    when: Condition
    because: Text
    """What they told us, a colon, and why it matters: "you told us about numb skin: you could burn"."""


class TreatmentEvidence(Struct, frozen=True, forbid_unknown_fields=True):
    """What trials found and guideline bodies say, at one stage of the pain."""

    effect: Text
    certainty: Certainty
    stance: dict[str, Stance]
    """By guideline body: NICE, ACP, WHO, VA/DoD."""
    sources: tuple[Ref, ...] = ()

    @property
    def taken_together(self) -> Stance:
        """Return what the guideline bodies say as one word; "conditional" where they differ."""
        spoken = set(self.stance.values()) - {Stance.NONE, Stance.NOT_APPLICABLE}
        if not spoken:
            return Stance.NONE
        return spoken.pop() if len(spoken) == 1 else Stance.CONDITIONAL


class Treatment(Claim, frozen=True, kw_only=True):
    """Something that can be done about back pain."""

    name: Text
    also: tuple[Text, ...] = ()
    type: TreatmentType
    summary: Text
    how_to: tuple[Text, ...]
    evidence: dict[Stage, TreatmentEvidence]
    starts_working: Text
    stop_or_change: Text
    avoid_when: tuple[Caution, ...] = ()
    caution_when: tuple[Caution, ...] = ()
    harms: str = ""
    disagreement: Disagreement | None = None


class Exercise(Claim, frozen=True, kw_only=True):
    """One movement, with its dose."""

    name: Text
    how: Text
    dose: Text
    """Sets, repeats, holds and how often."""
    stop_if: Text


class Prevention(Claim, frozen=True, kw_only=True):
    """Something that may make the next episode less likely."""

    name: Text
    what: Text
    effect: Text
    certainty: Certainty
    when_it_matters: Condition | None = None
    """Shown to everyone when left out."""
    disagreement: Disagreement | None = None


class Faq(Claim, frozen=True, kw_only=True):
    """A question people ask, and its answer."""

    question: Text
    also: tuple[Text, ...] = ()
    """Other ways people put it."""
    answer: Text


class Overview(Claim, frozen=True, kw_only=True):
    """A part of the introduction to back pain and muscle spasm."""

    title: Text
    text: Text
    points: tuple[Text, ...] = ()
    disagreement: Disagreement | None = None


class AdviceLine(Struct, frozen=True, forbid_unknown_fields=True):
    """A number to call for advice that is not an emergency."""

    number: Text
    name: Text


class Region(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A country's numbers and ways."""

    code: Annotated[str, Meta(pattern=r"^([A-Z]{2}|default)$")]
    name: Text
    emergency: Text
    also: tuple[Text, ...] = ()
    advice_line: AdviceLine | None = None
    emergency_department: str = "the emergency department"
    """What people there call it: "A&E", "the emergency room"."""
    month_first: bool = False
    """Whether a date is written February 14 rather than 14 February."""
    sources: tuple[Ref, ...] = ()

    @property
    def id(self) -> str:
        """Return the code, which tells regions apart as ids do other records."""
        return self.code


class Knowledge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Everything the guide knows: one tuple for each file, in file order."""

    sources: tuple[Source, ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    escalation: tuple[Escalation, ...] = ()
    causes: tuple[Cause, ...] = ()
    risk_factors: tuple[RiskFactor, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    prevention: tuple[Prevention, ...] = ()
    faq: tuple[Faq, ...] = ()
    overview: tuple[Overview, ...] = ()
    regions: tuple[Region, ...] = ()
    local_ids: frozenset[str] = frozenset()
    """The records that came from local additions, each as its file and id: "treatments/ice-pack"."""

    @cached_property
    def tables(self) -> dict[str, tuple[Record, ...] | tuple[Region, ...]]:
        """Return every file's records under the file's name, as `knowledge export` shows them."""
        return {name: getattr(self, name) for name in self.__struct_fields__ if name != "local_ids"}

    @cached_property
    def digest(self) -> str:
        """Return 16 hexadecimal digits that change whenever the knowledge does."""
        # hashlib loads OpenSSL, which a look-up does not need
        from hashlib import sha256  # noqa: PLC0415

        return sha256(msgspec.json.encode(self.tables, order="deterministic")).hexdigest()[:16]

    @cached_property
    def finding_by_id(self) -> dict[str, Finding]:
        """Return the findings by id."""
        return {finding.id: finding for finding in self.findings}

    @cached_property
    def question_by_id(self) -> dict[str, Question]:
        """Return the questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def cause_by_id(self) -> dict[str, Cause]:
        """Return the causes by id."""
        return {cause.id: cause for cause in self.causes}

    @cached_property
    def treatment_by_id(self) -> dict[str, Treatment]:
        """Return the treatments by id."""
        return {treatment.id: treatment for treatment in self.treatments}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """Return the sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def exercise_by_id(self) -> dict[str, Exercise]:
        """Return the exercises by id."""
        return {exercise.id: exercise for exercise in self.exercises}

    @cached_property
    def region_by_code(self) -> dict[str, Region]:
        """Return the regions by code."""
        return {region.code: region for region in self.regions}

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Return the group of each finding: its own id where it stands alone."""
        return {finding.id: finding.group or finding.id for finding in self.findings}


def kept(make: "Callable[[Knowledge], T]") -> "Callable[[Knowledge], T]":
    """Keep what a function makes of a knowledge beside that knowledge, so that it is made once."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def made_once(knowledge: Knowledge) -> T:
        if name not in knowledge.__dict__:
            knowledge.__dict__[name] = make(knowledge)
        made: T = knowledge.__dict__[name]
        return made

    return made_once


RECORD_TYPES: Mapping[str, type[Record] | type[Region]] = {
    "sources": Source,
    "findings": Finding,
    "questions": Question,
    "red_flags": RedFlag,
    "escalation": Escalation,
    "causes": Cause,
    "risk_factors": RiskFactor,
    "treatments": Treatment,
    "exercises": Exercise,
    "prevention": Prevention,
    "faq": Faq,
    "overview": Overview,
    "regions": Region,
}
"""The type of the records in each file of `knowledge/`, in the order of the files."""
