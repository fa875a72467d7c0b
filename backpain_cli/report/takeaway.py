"""What a take-away document holds, whatever its form: every part chosen and in words, none of it marked up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from backpain_cli.model import Exercise, Knowledge, Level, Region, Source, Stance
from backpain_cli.report.card import told
from backpain_cli.report.drawing import Mark, marks
from backpain_cli.report.handover import Handover, handover
from backpain_cli.report.phrases import LEVELS, MATCHES
from backpain_cli.result import (
    Assessment,
    FoundRiskFactor,
    Match,
    NextStep,
    PreventionTip,
    RankedCause,
    Reason,
    Recommendation,
)
from backpain_cli.wording import capitalised, say_date

MOST_CAUSES = 3
MOST_SIGNS = 3
"""Signs for, against and not known of one cause."""
MOST_AT_HOME = 3
"""Treatments told with all their steps; the others follow in a line each, so that it prints on three pages."""
MOST_EXERCISES = 2
MOST_ALSO = 4
MOST_FACTORS = 3
MOST_TIPS = 4
MOST_SOURCES = 2
"""Sources named for one claim, those of its evidence first; the result as JSON has them all."""


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
    sources: tuple[Source, ...]
    """What the parts above rest on, in the order in which they name it first."""


def take_away(result: Assessment, knowledge: Knowledge, region: Region) -> TakeAway:
    """Return the document for one result."""
    is_emergency = result.triage.level is Level.EMERGENCY
    fitting = () if is_emergency else _fitting(result)
    reasons = tuple(_reason(reason, knowledge) for reason in _reasons(result))
    causes = tuple(_cause(cause, knowledge) for cause in fitting)
    safe = [option for option in result.treatments.conservative if not _is_ruled_out(option)]
    exercises = _exercises(fitting, result, knowledge)
    factors = () if is_emergency else result.risk_factors[:MOST_FACTORS]
    tips = result.prevention[:MOST_TIPS]
    steps = tuple(step for step in result.next_steps if not _is_option(step, result))
    groups = result.treatments
    claims = (reasons, causes, factors, safe, exercises, groups.advised_against, groups.advanced)
    answers = handover(result, knowledge)
    return TakeAway(
        is_emergency=is_emergency,
        level=LEVELS[result.triage.level],
        made=dated(result.today, region),
        region=region,
        result=result,
        handover=answers,
        marks=marks(answers.areas),
        timeline=tuple(_timeline(result, answers.began, region)),
        reasons=reasons,
        not_checked=tuple(_labels(result.triage.not_checked, knowledge)),
        causes=causes,
        factors=factors,
        at_home=tuple(safe[:MOST_AT_HOME]),
        also_at_home=tuple(option for option in safe[MOST_AT_HOME:] if option.stance is not Stance.NONE)[:MOST_ALSO],
        exercises=exercises,
        not_for_you=tuple(filter(_is_ruled_out, (*groups.conservative, *groups.advanced))),
        advised_against=groups.advised_against,
        advanced=tuple(option for option in groups.advanced if not _is_ruled_out(option)),
        prevention=tips,
        steps=steps,
        questions=tuple(_questions(result, fitting, answers)),
        sources=_cited(chain(*claims, groups.conservative, tips, steps), knowledge),
    )


def dated(day: date, region: Region) -> str:
    """Return a day in words with its year, since a document is kept."""
    comma = "," if region.month_first else ""
    return f"{say_date(day, region)}{comma} {day.year}"


def cited(sources: Sequence[str]) -> Sequence[str]:
    """Return those of a claim's sources that the document names."""
    return sources[:MOST_SOURCES]


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
    return tuple(cause for cause in result.causes if cause.match is not Match.WEAK)[:MOST_CAUSES]


def _cause(ranked: RankedCause, knowledge: Knowledge) -> WeighedCause:
    cause = knowledge.cause_by_id[ranked.id]
    known = knowledge.finding_by_id
    return WeighedCause(
        name=cause.name,
        codes=", ".join(cause.icd10),
        fits=MATCHES[ranked.match],
        summary=cause.summary,
        outlook=cause.outlook,
        who_to_see=cause.who_to_see,
        supporting=_most([support.name for support in ranked.supporting]),
        conflicting=_most([support.name for support in ranked.conflicting]),
        unknown=_most([known[finding].name for finding in ranked.unknown if finding in known]),
        sources=cause.sources,
    )


def _most(names: Sequence[str]) -> tuple[str, ...]:
    left = len(names) - MOST_SIGNS
    return (*names[:MOST_SIGNS], *([f"and {left} more"] if left > 0 else []))


def _is_ruled_out(option: Recommendation) -> bool:
    return any(caution.avoid for caution in option.cautions)


def _is_option(step: NextStep, result: Assessment) -> bool:
    """Say whether a step only names an advanced option, which has a part of its own."""
    return any(step.text.startswith(capitalised(option.name)) for option in result.treatments.advanced)


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


def _questions(
    result: Assessment, fitting: tuple[RankedCause, ...], answers: Handover
) -> Iterator[str]:
    """Yield what to ask the clinician, after what is open in this result."""
    if result.triage.level is Level.EMERGENCY:
        return
    names = [cause.name for cause in fitting[:2]]
    yield f"Do you think it is {' or '.join(names)}? What else could it be?" if names else "What could it be?"
    yield "Do I need a scan or a blood test? What would the result change?"
    if answers.bearing.reported:
        yield "Which pain relief is safe with my medicines and conditions?"
    for option in result.treatments.advanced[:2]:
        yield f"{capitalised(option.name)}: is it worth thinking about for me, and from when?"
    yield "What should I do at home, and when should I come back?"


def _cited(claims: Iterable[object], knowledge: Knowledge) -> tuple[Source, ...]:
    known = knowledge.source_by_id
    ids = dict.fromkeys(source for claim in claims for source in _sources_of(claim))
    return tuple(known[source] for source in ids if source in known)


def _sources_of(claim: object) -> Iterator[str]:
    yield from cited(getattr(claim, "sources", ()))
