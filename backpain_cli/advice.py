"""What to do: treatments, prevention and next steps for this person.

Treatments come by what guideline bodies say at this stage of the pain, then by how sure the
evidence is, then by how well the cause that offers them fits.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from backpain_cli.evidence import findings_asked
from backpain_cli.logic import (
    ABSENT,
    PRESENT,
    UNKNOWN,
    Evidence,
    Index,
    findings_of,
    holds,
    present_findings,
    told,
)
from backpain_cli.model import (
    CauseKind,
    Caution,
    Certainty,
    Condition,
    Escalation,
    Knowledge,
    Level,
    Prevention,
    Question,
    Region,
    RiskFactor,
    Stage,
    Stance,
    Treatment,
    TreatmentEvidence,
    TreatmentType,
    kept,
)
from backpain_cli.result import (
    FoundRiskFactor,
    NextStep,
    PersonalCaution,
    PreventionTip,
    RankedCause,
    Recommendation,
    RecommendedTreatments,
    Triage,
)
from backpain_cli.wording import capitalised, for_region, say_date, say_list

ACUTE_WEEKS = 4
"""Source: ACP 2017 and VA/DoD 2022: acute is under 4 weeks, chronic over 12."""
CHRONIC_WEEKS = 12
BETTER_AFTER = timedelta(weeks=4)
"""How long after it began ordinary pain should be clearly better, or else be seen."""
WAIT_AT_LEAST = timedelta(weeks=2)
BOOK_WITHIN = timedelta(days=14)
URGENT_WITHIN = timedelta(days=2)

_STANCES = (Stance.FOR, Stance.CONDITIONAL, Stance.NONE)
_CERTAINTIES = tuple(Certainty)


class Person(Struct, frozen=True, dict=True):
    """What the advice needs to know of one person."""

    knowledge: Knowledge
    evidence: Evidence
    causes: tuple[RankedCause, ...]
    """Only those that match, best first."""
    weeks: float | None
    """Weeks since the pain began; None where the person did not say."""
    today: date
    region: Region

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages whose evidence applies, the closest first.

        What was only tried in lasting pain is no advice for the first days, nor the reverse.
        """
        comes_from_nerve = bool(self.causes) and self.causes[0].kind is CauseKind.NERVE
        nerve = (Stage.RADICULAR,) if comes_from_nerve else ()
        if self.weeks is None or self.weeks < ACUTE_WEEKS:
            return (*nerve, Stage.ACUTE)
        if self.weeks <= CHRONIC_WEEKS:
            return (*nerve, Stage.SUBACUTE, Stage.ACUTE, Stage.CHRONIC)
        return (*nerve, Stage.CHRONIC, Stage.SUBACUTE)

    @cached_property
    def recommended(self) -> Mapping[str, Recommendation]:
        """Return by id the treatments that were tried at these stages."""
        return _recommended(self.knowledge, self.stages)

    @cached_property
    def cautions(self) -> Mapping[str, tuple[PersonalCaution, ...]]:
        """Return what in the answers bears on each treatment, by the treatment's id."""
        found: dict[str, tuple[PersonalCaution, ...]] = {}
        for treatment, caution, avoid in _all_cautions(self.knowledge).touched(self.evidence):
            told_so = tuple(_caution(caution, self.evidence, avoid=avoid))
            found[treatment] = found.get(treatment, ()) + told_so
        return found

    @property
    def began(self) -> date:
        """Return about when the pain began."""
        return self.today - timedelta(weeks=self.weeks or 0)


def treatments(who: Person, level: Level) -> RecommendedTreatments:
    """Return what to do, what to consider and what not to do; nothing in an emergency."""
    if level is Level.EMERGENCY:
        return RecommendedTreatments()
    if level is Level.URGENT:
        return RecommendedTreatments(conservative=_in_order(_conservative(who, _offered_by_all(who))))
    advanced = tuple(_advanced(who))
    return RecommendedTreatments(
        conservative=_in_order(_conservative(who, _offered_by_any(who))),
        advanced=advanced,
        advised_against=tuple(_advised_against(who, {option.id for option in advanced})),
    )


def risk_factors(knowledge: Knowledge, evidence: Evidence) -> tuple[FoundRiskFactor, ...]:
    """Return what in the answers may be adding to the pain."""
    return tuple(
        FoundRiskFactor(
            id=factor.id,
            name=factor.name,
            findings=present_findings(factor.when, evidence),
            evidence=factor.evidence,
            what_helps=factor.what_helps,
            sources=factor.sources,
        )
        for factor in _factors(knowledge).touched(evidence)
        if holds(factor.when, evidence) is PRESENT
    )


def prevention(knowledge: Knowledge, evidence: Evidence, level: Level) -> tuple[PreventionTip, ...]:
    """Return the tips that matter to this person; none in an emergency."""
    if level is Level.EMERGENCY:
        return ()
    return tuple(
        _tip(tip)
        for tip in _tips(knowledge).touched(evidence)
        if tip.when_it_matters is None or holds(tip.when_it_matters, evidence) is PRESENT
    )


def next_steps(who: Person, result: Triage, options: Iterable[Recommendation]) -> tuple[NextStep, ...]:
    """Return what to do next, each with its day where it has one, and what would change it."""
    if result.level is Level.EMERGENCY:
        return (NextStep(result.action, who.today),)
    return (
        *_be_seen(who, result),
        *_unchecked_step(result),
        *_watch_for(who),
        *_options_later(who, options),
    )


def bears_on_advice(
    knowledge: Knowledge, evidence: Evidence, causes: tuple[RankedCause, ...], level: Level
) -> Callable[[Question], bool]:
    """Return a test of whether a question's answer could change the advice for these matching causes.

    Someone who must be seen soon is asked only what makes a treatment unwise until then.
    """
    offers = [knowledge.cause_by_id[cause.id].treatments for cause in causes]
    is_soon = level.rank >= Level.URGENT.rank
    offered = _in_every(offers) if is_soon else {treatment for offer in offers for treatment in offer}
    conditions = [*_cautions_of(knowledge, offered), *([] if is_soon else _wider_conditions(knowledge))]
    needed = {finding for condition in conditions for finding in findings_of(condition)}
    unasked = {finding for finding in needed if not evidence.was_asked(finding)}
    return lambda question: not unasked.isdisjoint(findings_asked(question))


def _cautions_of(knowledge: Knowledge, offered: Collection[str]) -> Iterator[Condition]:
    for treatment in knowledge.treatments:
        if treatment.id in offered:
            yield from (caution.when for caution in (*treatment.avoid_when, *treatment.caution_when))


def _wider_conditions(knowledge: Knowledge) -> Iterator[Condition]:
    """Yield the conditions of everything that is advised beside treatments."""
    yield from (factor.when for factor in knowledge.risk_factors)
    yield from (tip.when_it_matters for tip in knowledge.prevention if tip.when_it_matters)
    yield from (rule.when for rule in knowledge.escalation if rule.when)


def closest_evidence(treatment: Treatment, stages: Sequence[Stage]) -> tuple[Stage, TreatmentEvidence] | None:
    """Return the evidence of the first stage that has any; None where no stage has."""
    return next(((stage, treatment.evidence[stage]) for stage in stages if stage in treatment.evidence), None)


@kept
def _factors(knowledge: Knowledge) -> Index[RiskFactor]:
    return Index(knowledge.risk_factors, lambda factor: factor.when)


@kept
def _tips(knowledge: Knowledge) -> Index[Prevention]:
    return Index(knowledge.prevention, lambda tip: tip.when_it_matters)


def _tip(tip: Prevention) -> PreventionTip:
    return PreventionTip(
        id=tip.id,
        name=tip.name,
        what=tip.what,
        effect=tip.effect,
        certainty=tip.certainty,
        sources=tip.sources,
    )


def _offered_by_any(who: Person) -> list[str]:
    """Return the treatments that the matching causes offer, those of the best cause first."""
    offers = (who.knowledge.cause_by_id[cause.id].treatments for cause in who.causes)
    return list(dict.fromkeys(treatment for offered in offers for treatment in offered))


def _offered_by_all(who: Person) -> list[str]:
    """Return only what every matching cause offers, so that it is sound whichever it is."""
    offers = [who.knowledge.cause_by_id[cause.id].treatments for cause in who.causes]
    in_every = _in_every(offers)
    return [treatment for treatment in _offered_by_any(who) if treatment in in_every]


def _in_every(offers: Sequence[tuple[str, ...]]) -> set[str]:
    return set(offers[0]).intersection(*offers[1:]) if offers else set()


def _conservative(who: Person, ids: Iterable[str]) -> Iterator[Recommendation]:
    """Yield what can be done at once; what a rule offers is for a doctor to give, and is asked about."""
    asked_about = _asked_about(who.knowledge)
    for treatment_id in ids:
        option = who.recommended.get(treatment_id)
        if option is None or option.type is not TreatmentType.CONSERVATIVE or treatment_id in asked_about:
            continue
        if option.stance is not Stance.AGAINST:
            yield _personal(who, option)


@kept
def _asked_about(knowledge: Knowledge) -> frozenset[str]:
    """Return the treatments that some rule offers."""
    return frozenset(treatment for rule in knowledge.escalation for treatment in rule.treatments)


def _in_order(recommendations: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    return tuple(
        sorted(recommendations, key=lambda r: (_STANCES.index(r.stance), _CERTAINTIES.index(r.certainty)))
    )


def _advanced(who: Person) -> Iterator[Recommendation]:
    """Yield each advanced option once, with the first rule that offers it."""
    # an option for later may rest on evidence from any stage
    recommended = _recommended(who.knowledge, (*who.stages, *Stage))
    matched = {cause.id for cause in who.causes}
    offered: set[str] = set()
    for rule in _offering(who.knowledge):
        if not _offers(rule, who.evidence, matched):
            continue
        for treatment_id in rule.treatments:
            if treatment_id in recommended and treatment_id not in offered:
                offered.add(treatment_id)
                yield _offered(who, recommended[treatment_id], rule)


@kept
def _offering(knowledge: Knowledge) -> tuple[Escalation, ...]:
    """Return the rules that offer a treatment."""
    return tuple(rule for rule in knowledge.escalation if rule.treatments)


def _offers(rule: Escalation, evidence: Evidence, matched: set[str]) -> bool:
    """Say whether a rule's options are worth naming; one that hangs on something unknown is."""
    return rule.is_for(matched) and (rule.when is None or holds(rule.when, evidence) is not ABSENT)


def _advised_against(who: Person, offered: Collection[str]) -> Iterator[Recommendation]:
    for option in who.recommended.values():
        if option.stance is Stance.AGAINST and option.id not in offered:
            yield _personal(who, option)


def _personal(who: Person, option: Recommendation) -> Recommendation:
    cautions = who.cautions.get(option.id)
    return replace(option, cautions=cautions) if cautions else option


def _offered(who: Person, option: Recommendation, rule: Escalation) -> Recommendation:
    return replace(
        _personal(who, option),
        sources=tuple(dict.fromkeys((*option.sources, *rule.sources))),
        consider_from=max(who.began + timedelta(weeks=rule.from_weeks), who.today),
        consider_when=for_region(rule.text, who.region),
    )


def _recommended(knowledge: Knowledge, stages: tuple[Stage, ...]) -> Mapping[str, Recommendation]:
    """Return by id the treatments that were tried at the stages: the same objects for everyone."""
    made = _made_so_far(knowledge)
    if stages not in made:
        found = ((treatment, closest_evidence(treatment, stages)) for treatment in knowledge.treatments)
        made[stages] = {
            treatment.id: _at_stage(treatment, *closest) for treatment, closest in found if closest
        }
    return made[stages]


@kept
def _made_so_far(knowledge: Knowledge) -> dict[tuple[Stage, ...], Mapping[str, Recommendation]]:
    """Return the recommendations made so far, by the stages that they are for."""
    del knowledge
    return {}


def _at_stage(treatment: Treatment, stage: Stage, evidence: TreatmentEvidence) -> Recommendation:
    return Recommendation(
        id=treatment.id,
        name=treatment.name,
        type=treatment.type,
        stage=stage,
        stance=evidence.taken_together,
        certainty=evidence.certainty,
        effect=evidence.effect,
        summary=treatment.summary,
        how_to=treatment.how_to,
        starts_working=treatment.starts_working,
        stop_or_change=treatment.stop_or_change,
        cautions=(),
        sources=tuple(dict.fromkeys((*evidence.sources, *treatment.sources))),
        disagreement=treatment.disagreement,
    )


class _OneCaution(NamedTuple):
    """A caution of one treatment."""

    treatment: str
    caution: Caution
    avoid: bool


@kept
def _all_cautions(knowledge: Knowledge) -> Index[_OneCaution]:
    return Index(
        (
            _OneCaution(treatment.id, caution, avoid)
            for treatment in knowledge.treatments
            for avoid, cautions in ((True, treatment.avoid_when), (False, treatment.caution_when))
            for caution in cautions
        ),
        lambda one: one.caution.when,
    )


def _caution(caution: Caution, evidence: Evidence, *, avoid: bool) -> Iterator[PersonalCaution]:
    presence = told(caution.when, evidence)
    if presence is PRESENT:
        yield PersonalCaution(avoid, caution.because, present_findings(caution.when, evidence))
    elif presence is UNKNOWN:
        unsure = tuple(f for f in findings_of(caution.when) if evidence.of(f) is UNKNOWN)
        # a reason begins "you told us ...: ", which is not so here
        reason = caution.because.partition(": ")[2] or caution.because
        told_so = f"you were not sure, so check first: {reason}"
        yield PersonalCaution(avoid=False, because=told_so, findings=unsure)


def _be_seen(who: Person, result: Triage) -> Iterator[NextStep]:
    sources = result.reasons[0].sources if result.reasons else ()
    if result.level is Level.URGENT:
        yield NextStep(result.action, who.today + URGENT_WITHIN, sources)
    elif result.level is Level.ROUTINE:
        yield NextStep(result.action, who.today + BOOK_WITHIN, sources)
    elif not result.not_checked:
        better_by = max(who.began + BETTER_AFTER, who.today + WAIT_AT_LEAST)
        day = say_date(better_by, who.region)
        sources = who.knowledge.cause_by_id[who.causes[0].id].sources if who.causes else ()
        text = f"If it is not clearly better by {day}, see a physiotherapist or your doctor."
        yield NextStep(text, better_by, sources)


def _unchecked_step(result: Triage) -> Iterator[NextStep]:
    if result.not_checked:
        yield NextStep("Answer the danger signs that were not checked: run backpain guide.")


def _watch_for(who: Person) -> Iterator[NextStep]:
    signs = [flag for flag in who.knowledge.red_flags if flag.watch_for]
    if signs:
        words = say_list([flag.watch_for for flag in signs], "or")
        text = f"Get help at once ({who.region.emergency}) if you notice {words}."
        yield NextStep(text, sources=tuple(dict.fromkeys(s for flag in signs for s in flag.sources)))


def _options_later(who: Person, options: Iterable[Recommendation]) -> Iterator[NextStep]:
    for option in options:
        if option.consider_from and option.consider_from > who.today:
            day = say_date(option.consider_from, who.region)
            text = f"{capitalised(option.name)}: worth asking about from {day}, if you are no better by then."
            yield NextStep(text, option.consider_from, option.sources)
