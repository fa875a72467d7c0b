"""What a take-away document holds, whatever its form: every part chosen, in words and without markup."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Protocol

from backpain_cli.evidence import askable
from backpain_cli.matching import matching
from backpain_cli.model import Disagreement, Exercise, Knowledge, Level, Region, Source, Stance
from backpain_cli.report.card import told
from backpain_cli.report.drawing import Mark, marks
from backpain_cli.report.handover import Handover, handover
from backpain_cli.report.phrases import LEVELS, MATCHES, not_known
from backpain_cli.result import (
    Assessment,
    FoundRiskFactor,
    NextStep,
    PreventionTip,
    RankedCause,
    Reason,
    Recommendation,
)
from backpain_cli.wording import capitalised, say_date, say_list

MOST_CAUSES = 3
MOST_SIGNS = 3
"""Signs for, against and not known of one cause."""
MOST_AT_HOME = 3
"""Treatments told with all their steps; the others have a line each, so that it prints on three pages."""
MOST_EXERCISES = 2
MOST_ALSO = 3
MOST_FACTORS = 2
MOST_TIPS = 2
MOST_SOURCES = 1
"""Sources that one claim brings into the list, those of its evidence first; the result as JSON has all."""
MOST_FOR_REASONS = 2
"""The same, for a reason to be seen and for advice that has changed: people ask who says so."""


class Cites(Protocol):
    """A part of the document that rests on sources."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of the sources, those of its evidence first."""
        ...


@dataclass(frozen=True)
class WeighedReason:
    """Why to be seen this soon, with what the person said of it."""

    name: str
    told: str
    meaning: str
    action: str
    say: str
    meanwhile: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class WeighedCause:
    """A cause that fits, and why."""

    name: str
    codes: str
    fits: str
    summary: str
    outlook: str
    who_to_see: str
    supporting: tuple[str, ...]
    conflicting: tuple[str, ...]
    unknown: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ChangedAdvice:
    """Something in the document of which the first article and today's guidelines say different things."""

    name: str
    article: str
    guidelines: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Moment:
    """A day on the timeline."""

    name: str
    when: str


@dataclass(frozen=True)
class TakeAway:
    """The whole document."""

    is_emergency: bool
    level: str
    made: str
    region: Region
    result: Assessment
    handover: Handover
    marks: tuple[Mark, ...]
    timeline: tuple[Moment, ...]
    reasons: tuple[WeighedReason, ...]
    not_checked: tuple[str, ...]
    causes: tuple[WeighedCause, ...]
    factors: tuple[FoundRiskFactor, ...]
    at_home: tuple[Recommendation, ...]
    also_at_home: tuple[Recommendation, ...]
    exercises: tuple[Exercise, ...]
    not_for_you: tuple[Recommendation, ...]
    advised_against: tuple[Recommendation, ...]
    advanced: tuple[Recommendation, ...]
    prevention: tuple[PreventionTip, ...]
    steps: tuple[NextStep, ...]
    questions: tuple[str, ...]
    changed: tuple[ChangedAdvice, ...] = ()
    sources: tuple[Source, ...] = ()
    """What the parts above rest on, in the order in which they name it first."""


def take_away(result: Assessment, knowledge: Knowledge, region: Region) -> TakeAway:
    """Return the document for one result."""
    answers = handover(result, knowledge)
    groups = result.treatments
    safe = [option for option in groups.conservative if not _is_ruled_out(option)]
    lesser = [option for option in safe[MOST_AT_HOME:] if option.stance is not Stance.NONE]
    is_emergency = result.triage.level is Level.EMERGENCY
    fitting = () if is_emergency else _fitting(result)
    open_to = askable(knowledge, result.answers)
    document = TakeAway(
        is_emergency=is_emergency,
        level=_urgency(result),
        made=dated(result.today, region),
        region=region,
        result=result,
        handover=answers,
        marks=marks(answers.areas),
        timeline=tuple(_timeline(result, answers.began, region)),
        reasons=tuple(_reason(reason, knowledge) for reason in _reasons(result)),
        not_checked=tuple(_labels(result.triage.not_checked, knowledge)),
        causes=tuple(_cause(cause, open_to, knowledge) for cause in fitting),
        factors=() if is_emergency else result.risk_factors[:MOST_FACTORS],
        at_home=tuple(safe[:MOST_AT_HOME]),
        also_at_home=tuple(lesser[:MOST_ALSO]),
        exercises=_exercises(fitting, result, knowledge),
        not_for_you=tuple(filter(_is_ruled_out, (*groups.conservative, *groups.advanced))),
        advised_against=groups.advised_against,
        advanced=tuple(option for option in groups.advanced if not _is_ruled_out(option)),
        prevention=result.prevention[:MOST_TIPS],
        steps=() if is_emergency else tuple(_steps(result)),
        questions=tuple(_questions(result, fitting, answers)),
    )
    whole = replace(document, changed=tuple(_changed(document, knowledge)))
    return replace(whole, sources=_cited(whole, knowledge))


def dated(day: date, region: Region) -> str:
    """Return a day in words with its year, since a document is kept."""
    comma = "," if region.month_first else ""
    return f"{say_date(day, region)}{comma} {day.year}"


def _urgency(result: Assessment) -> str:
    """Return the level in words; nobody is told to stay at home whose danger signs were not all checked."""
    is_open = result.triage.is_open
    return "not settled: not every danger sign was asked about" if is_open else LEVELS[result.triage.level]


def _reasons(result: Assessment) -> tuple[Reason, ...]:
    """Return the reasons for the urgency; in an emergency only those of an emergency."""
    if result.triage.level is not Level.EMERGENCY:
        return result.triage.reasons
    return tuple(reason for reason in result.triage.reasons if reason.level is Level.EMERGENCY)


def _reason(reason: Reason, knowledge: Knowledge) -> WeighedReason:
    return WeighedReason(
        name=reason.name,
        told=told(reason, knowledge),
        meaning=reason.meaning,
        action=reason.action,
        say=reason.say,
        meanwhile=reason.meanwhile,
        sources=reason.sources,
    )


def _fitting(result: Assessment) -> tuple[RankedCause, ...]:
    return matching(result.causes)[:MOST_CAUSES]


def _cause(ranked: RankedCause, open_to: Collection[str], knowledge: Knowledge) -> WeighedCause:
    cause = knowledge.cause_by_id[ranked.id]
    return WeighedCause(
        name=cause.name,
        codes=", ".join(cause.icd10),
        fits=MATCHES[ranked.match],
        summary=cause.summary,
        outlook=cause.outlook,
        who_to_see=cause.who_to_see,
        supporting=_most([support.name for support in ranked.supporting]),
        conflicting=_most([support.name for support in ranked.conflicting]),
        unknown=_most(not_known(ranked, open_to, knowledge)),
        sources=cause.sources,
    )


def _most(names: Sequence[str]) -> tuple[str, ...]:
    left = len(names) - MOST_SIGNS
    return (*names[:MOST_SIGNS], *([f"and {left} more"] if left > 0 else []))


def _is_ruled_out(option: Recommendation) -> bool:
    return any(caution.avoid for caution in option.cautions)


def _steps(result: Assessment) -> Iterator[NextStep]:
    """Yield the next steps but those that only name an advanced option, which has a part of its own."""
    names = tuple(capitalised(option.name) for option in result.treatments.advanced)
    for step in result.next_steps:
        if not step.text.startswith(names):
            yield step


def _exercises(
    fitting: Iterable[RankedCause], result: Assessment, knowledge: Knowledge
) -> tuple[Exercise, ...]:
    """Return the exercises of the cause that fits best, where nobody needs to be seen first."""
    if result.triage.level not in (Level.SELF_CARE, Level.ROUTINE):
        return ()
    best = next(iter(fitting), None)
    names = knowledge.cause_by_id[best.id].exercises if best else ()
    return tuple(knowledge.exercise_by_id[name] for name in names[:MOST_EXERCISES])


def _timeline(result: Assessment, began: str, region: Region) -> Iterator[Moment]:
    yield Moment("It began", began or "not known")
    yield Moment("Today", dated(result.today, region))
    level = result.triage.level
    day = next((dated(step.by, region) for step in result.next_steps if step.by), "")
    if level is Level.EMERGENCY:
        yield Moment("See someone", "now")
    elif level is Level.SELF_CARE and day:
        yield Moment("Should be clearly better by", day)
        yield Moment("If it is not, see someone", "from that day on")
    elif day:
        yield Moment("See someone by", day)


def _labels(questions: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    known = knowledge.question_by_id
    yield from (known[question].label or known[question].text for question in questions if question in known)


def _questions(result: Assessment, fitting: tuple[RankedCause, ...], answers: Handover) -> Iterator[str]:
    """Yield what to ask the clinician, after what is open in this result."""
    if result.triage.level is Level.EMERGENCY:
        return
    names = [f"“{cause.name}”" for cause in fitting[:2]]
    yield f"Do you think it is {' or '.join(names)}? What else could it be?" if names else "What could it be?"
    yield "Do I need a scan or a blood test? What would the result change?"
    if answers.bearing.reported:
        yield "Which pain relief is safe with my medicines and conditions?"
    options = [f"“{option.name}”" for option in result.treatments.advanced[:2]]
    if options:
        yield f"{say_list(options, 'or')}: worth thinking about for me, and from when?"
    yield "What should I do at home, and when should I come back?"


def _changed(document: TakeAway, knowledge: Knowledge) -> Iterator[ChangedAdvice]:
    """Yield where advice has changed on what the document names, treatments first."""
    treatments = (
        *document.at_home,
        *document.also_at_home,
        *document.not_for_you,
        *document.advised_against,
        *document.advanced,
    )
    for option in treatments:
        yield from _both_views(option.name, option.disagreement)
    factors, tips = _ids(document.factors), _ids(document.prevention)
    for factor in knowledge.risk_factors:
        if factor.id in factors:
            yield from _both_views(factor.name, factor.disagreement)
    for tip in knowledge.prevention:
        if tip.id in tips:
            yield from _both_views(tip.name, tip.disagreement)


def _both_views(name: str, views: Disagreement | None) -> Iterator[ChangedAdvice]:
    if views:
        yield ChangedAdvice(name, views.article, views.guidelines, views.sources)


def _ids(found: Iterable[FoundRiskFactor | PreventionTip]) -> frozenset[str]:
    return frozenset(one.id for one in found)


def _cited(document: TakeAway, knowledge: Knowledge) -> tuple[Source, ...]:
    """Return the sources that the document lists, in the order in which its claims name them first."""
    named = chain(
        _first(MOST_FOR_REASONS, document.reasons),
        _first(
            MOST_SOURCES,
            document.steps,
            document.causes,
            document.factors,
            document.at_home,
            document.exercises,
            document.also_at_home,
            document.not_for_you,
            document.advised_against,
            document.advanced,
            document.prevention,
        ),
        _first(MOST_FOR_REASONS, document.changed),
    )
    known = knowledge.source_by_id
    return tuple(known[source] for source in dict.fromkeys(named) if source in known)


def _first(count: int, *parts: Sequence[Cites]) -> Iterator[str]:
    return (source for claim in chain(*parts) for source in claim.sources[:count])
