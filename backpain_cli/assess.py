"""From answers to a result: the one entry for every front end. Pure, and the same every time."""

from collections.abc import Container, Iterable
from datetime import date
from itertools import chain
from typing import Protocol

from backpain_cli import __version__, advice
from backpain_cli.evidence import Answers, read_evidence, weeks_since_start
from backpain_cli.matching import matching, rank
from backpain_cli.model import Knowledge, Region, kept
from backpain_cli.result import (
    Assessment,
    CitedSource,
    KnowledgeStamp,
    RankedCause,
    RecommendedTreatments,
)
from backpain_cli.triage import to_rule_out_first, triage


class _Claim(Protocol):
    """A part of a result that rests on sources."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of the sources."""
        ...


def assess(knowledge: Knowledge, answers: Answers, today: date, region: Region) -> Assessment:
    """Return the whole result for one person's answers on one day in one region.

    The answers must have been checked (`answers.check_answers`); the order in which they were
    given changes nothing but `asked`.
    """
    evidence = read_evidence(knowledge, answers)
    causes = to_rule_out_first(knowledge, evidence, rank(knowledge, evidence))
    soon = triage(knowledge, answers, evidence, causes, region)
    weeks = weeks_since_start(knowledge, answers)
    who = advice.Person(knowledge, evidence, matching(causes), weeks, today, region)
    treatments = advice.treatments(who, soon.level)
    prevention = advice.prevention(knowledge, evidence, soon.level)
    steps = advice.next_steps(who, soon, treatments.advanced)
    factors = advice.risk_factors(knowledge, evidence)
    cited = _cited_by(causes, treatments, soon.reasons, prevention, steps, factors)
    return Assessment(
        today=today,
        knowledge=KnowledgeStamp(__version__, knowledge.digest, tuple(sorted(knowledge.local_ids))),
        region=region.code,
        triage=soon,
        causes=causes,
        risk_factors=factors,
        treatments=treatments,
        prevention=prevention,
        next_steps=steps,
        answers=dict(answers),
        asked=tuple(answers),
        sources=_sources(knowledge, cited),
    )


def _cited_by(
    causes: Iterable[RankedCause], treatments: RecommendedTreatments, *others: Iterable[_Claim]
) -> set[str]:
    """Return the id of every source that a part of the result names."""
    supports = [support for cause in causes for support in (*cause.supporting, *cause.conflicting)]
    options = (*treatments.conservative, *treatments.advanced, *treatments.advised_against)
    disagreements = [option.disagreement for option in options if option.disagreement]
    claims = chain[_Claim](supports, options, disagreements, *others)
    return set().union(*{claim.sources for claim in claims})


def _sources(knowledge: Knowledge, cited: Container[str]) -> tuple[CitedSource, ...]:
    return tuple([source for source in _citable(knowledge) if source.id in cited])


@kept
def _citable(knowledge: Knowledge) -> tuple[CitedSource, ...]:
    return tuple(
        CitedSource(
            id=source.id,
            title=source.title,
            authors=source.authors,
            year=source.year,
            link=source.link,
            read=source.read,
        )
        for source in knowledge.sources
    )
