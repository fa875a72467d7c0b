"""Which causes fit, why, and which question would tell most.

For a cause, score = log10 prior odds + the sum over groups of findings of the log10 likelihood
ratio furthest from 0. An unknown finding moves nothing. Source of the scale: McGee 2002.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import filterfalse
from math import fsum, log2, log10
from typing import NamedTuple

from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, Evidence, Presence
from backpain_cli.model import Cause, Knowledge, Link, Question, kept
from backpain_cli.result import Match, RankedCause, Support

STRONG_SHARE = 0.25
POSSIBLE_SHARE = 0.05
CLEAR_SHARE = 0.9
"""A share at which the cause is as clear as questions can make it."""
WORTH_ASKING = 0.19
"""Bits; a question worth less is not asked."""
USUAL_RATE = 0.2
"""How often a finding is met where its links cannot tell."""
BITS_PER_TEN = log2(10)


class Weight(NamedTuple):
    """What a link says once its finding is known to be so, or not so."""

    cause: int
    """The cause's place in the file."""
    group: str
    log: float
    """The log10 likelihood ratio; never 0."""
    support: Support


class Weights(NamedTuple):
    """Everything that can be said for and against the causes, made ready once for every person."""

    ordered: tuple[Weight, ...]
    """By cause; furthest from 0 first; of two as far the one in favour, then the one asked first."""
    if_present: Mapping[str, list[int]]
    """The places in `ordered` of what a finding says when it is so."""
    if_absent: Mapping[str, list[int]]
    """The same when it is not so."""


class Move(NamedTuple):
    """How far learning a finding moves one cause."""

    cause: int
    """The cause's place in the file."""
    group: str
    log: float
    """The log10 likelihood ratio; never 0."""


class Odds(NamedTuple):
    """A finding as the worth of a question needs it, made ready once for every person."""

    usual: float
    """How often it is met where its links say nothing."""
    leanings: tuple[tuple[int, float], ...]
    """For each cause that names it, how much more often it is met with that cause."""
    if_present: tuple[Move, ...]
    if_absent: tuple[Move, ...]


@dataclass(frozen=True)
class Standing:
    """Where every cause stands on the evidence so far; lists run in the order of the file."""

    knowledge: Knowledge
    evidence: Evidence
    weighed: Sequence[Mapping[str, Weight]]
    """For each cause what counts, by group: of each group the weight furthest from 0; furthest first."""
    scores: tuple[float, ...]
    """log10 odds."""

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """Return 10^score of each cause, scaled so that the best is 1."""
        best = max(self.scores, default=0.0)
        return tuple(10 ** (score - best) for score in self.scores)

    @cached_property
    def total(self) -> float:
        """Return the sum of the weights."""
        return sum(self.weights)

    @cached_property
    def spread(self) -> float:
        """Return the sum of w·log2(w), from which the entropy follows."""
        return sum([weight * bits for weight, bits in zip(self.weights, self.bits, strict=True)])

    @cached_property
    def bits(self) -> tuple[float, ...]:
        """Return log2 of each weight."""
        best = max(self.scores, default=0.0)
        return tuple([(score - best) * BITS_PER_TEN for score in self.scores])

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """Return each cause's part of the whole; they add up to 1."""
        return tuple(weight / self.total for weight in self.weights)

    @property
    def is_clear(self) -> bool:
        """Say whether one cause stands so far out that no question is needed."""
        return max(self.shares, default=1.0) >= CLEAR_SHARE


def standing(knowledge: Knowledge, evidence: Evidence) -> Standing:
    """Weigh the evidence; the cost grows with the links of the findings that are known."""
    weighed: list[dict[str, Weight]] = [{} for _ in knowledge.causes]
    for weight in _told(_weights(knowledge), evidence):
        weighed[weight.cause].setdefault(weight.group, weight)
    scores = tuple(
        [
            fsum([prior, *[weight.log for weight in found.values()]])
            for prior, found in zip(_priors(knowledge), weighed, strict=True)
        ]
    )
    return Standing(knowledge, evidence, weighed, scores)


def rank(knowledge: Knowledge, evidence: Evidence) -> tuple[RankedCause, ...]:
    """Return every cause, best first, each with what speaks for it and against it."""
    now = standing(knowledge, evidence)
    known = {finding for finding, presence in evidence.presence.items() if presence is not UNKNOWN}
    places = sorted(range(len(now.scores)), key=lambda place: (-now.scores[place], place))
    linked = _linked(knowledge)
    return tuple([_ranked(now, place, filterfalse(known.__contains__, linked[place])) for place in places])


def matching(causes: Iterable[RankedCause]) -> tuple[RankedCause, ...]:
    """Return the causes that match, in their order: all but the weak."""
    return tuple(cause for cause in causes if cause.match is not Match.WEAK)


def worth(now: Standing, question: Question) -> float:
    """Return how far the answer is expected to lower the entropy of the shares, in bits.

    Each finding that is still unknown is reckoned by itself, and the gains are added: an upper
    bound where the findings hang together, which is all that an order of questions needs.
    """
    return sum(_gain(now, finding) for finding in question.findings if not now.evidence.was_asked(finding))


def most_worth(now: Standing, questions: Iterable[Question]) -> Question | None:
    """Return the question most worth asking, the first of equals; None when none is worth it."""
    if now.is_clear:
        return None
    rated = [(worth(now, question), question) for question in questions]
    gain, best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    return best if gain >= WORTH_ASKING else None


def sensitivity(link: Link) -> float:
    """Return how often people with the cause have the finding. Source: Bayes; see `rate_without`."""
    lr_present, lr_absent = link.ratio_present, link.ratio_absent
    if not lr_absent < 1 < lr_present:
        return min(max(USUAL_RATE * lr_present, 0.01), 0.99)
    return lr_present * (1 - lr_absent) / (lr_present - lr_absent)


def rate_without(link: Link) -> float:
    """Return how often people without the cause have the finding: 1 - specificity."""
    lr_present, lr_absent = link.ratio_present, link.ratio_absent
    if not lr_absent < 1 < lr_present:
        return USUAL_RATE
    return (1 - lr_absent) / (lr_present - lr_absent)


@kept
def _weights(knowledge: Knowledge) -> Weights:
    asked = [finding for question in knowledge.questions for finding in question.findings]
    order = {finding: place for place, finding in enumerate(dict.fromkeys(asked))}
    rated = [
        pair
        for place, cause in enumerate(knowledge.causes)
        for link in cause.links
        for pair in _weights_of(knowledge, place, cause, link)
    ]
    rated.sort(key=lambda pair: _furthest_first(pair[1], order))
    places: dict[Presence, dict[str, list[int]]] = {PRESENT: {}, ABSENT: {}}
    for place, (presence, weight) in enumerate(rated):
        places[presence].setdefault(weight.support.finding, []).append(place)
    return Weights(tuple(weight for _, weight in rated), places[PRESENT], places[ABSENT])


def _weights_of(
    knowledge: Knowledge, place: int, cause: Cause, link: Link
) -> Iterator[tuple[Presence, Weight]]:
    """Yield what a link says when its finding is so, and when it is not."""
    finding = knowledge.finding_by_id[link.finding]
    for presence, name, ratio in (
        (PRESENT, finding.name, link.ratio_present),
        (ABSENT, finding.absent, link.ratio_absent),
    ):
        log = log10(ratio)
        if log != 0:
            support = Support(finding.id, name, float(f"{10**log:.2g}"), link.sources or cause.sources)
            yield presence, Weight(place, knowledge.group_of[finding.id], log, support)


def _furthest_first(weight: Weight, order: Mapping[str, int]) -> tuple[int, float, float, int]:
    asked = order.get(weight.support.finding, len(order))
    return (weight.cause, -abs(weight.log), -weight.log, asked)


def _told(weights: Weights, evidence: Evidence) -> Iterator[Weight]:
    """Return the weights of all that is known, in their order."""
    places: list[int] = []
    for finding, presence in evidence.presence.items():
        if presence is PRESENT:
            places += weights.if_present.get(finding, ())
        elif presence is ABSENT:
            places += weights.if_absent.get(finding, ())
    places.sort()
    return map(weights.ordered.__getitem__, places)


@kept
def _priors(knowledge: Knowledge) -> tuple[float, ...]:
    """Return the prior log10 odds of each cause."""
    return tuple(log10(cause.prior / (1 - cause.prior)) for cause in knowledge.causes)


@kept
def _linked(knowledge: Knowledge) -> tuple[tuple[str, ...], ...]:
    """Return for each cause the findings that its links name."""
    return tuple(tuple(link.finding for link in cause.links) for cause in knowledge.causes)


def _entropy(total: float, spread: float) -> float:
    return log2(total) - spread / total


@kept
def _odds(knowledge: Knowledge) -> dict[str, Odds]:
    """Return the odds of each finding that a link names."""
    found: dict[str, list[tuple[int, Link]]] = {}
    for place, cause in enumerate(knowledge.causes):
        for link in cause.links:
            found.setdefault(link.finding, []).append((place, link))
    return {finding: _odds_of(knowledge.group_of[finding], links) for finding, links in found.items()}


def _odds_of(group: str, links: Sequence[tuple[int, Link]]) -> Odds:
    usual = sum(rate_without(link) for _, link in links) / len(links)
    present = (Move(place, group, log10(link.ratio_present)) for place, link in links)
    absent = (Move(place, group, log10(link.ratio_absent)) for place, link in links)
    return Odds(
        usual,
        tuple((place, sensitivity(link) - usual) for place, link in links),
        tuple(move for move in present if move.log != 0),
        tuple(move for move in absent if move.log != 0),
    )


def _gain(now: Standing, finding: str) -> float:
    """Return the expected fall in entropy, in bits, from learning one finding."""
    odds = _odds(now.knowledge).get(finding)
    if odds is None:
        return 0.0
    shares = now.shares
    chance = odds.usual + sum([shares[place] * leaning for place, leaning in odds.leanings])
    if_present = _entropy_after(now, odds.if_present)
    if_absent = _entropy_after(now, odds.if_absent)
    expected = chance * if_present + (1 - chance) * if_absent
    return max(_entropy(now.total, now.spread) - expected, 0.0)


def _entropy_after(now: Standing, moves: Iterable[Move]) -> float:
    """Return the entropy once these causes have moved; a group moves only further than it has."""
    total, spread, weights = now.total, now.spread, now.weights
    for place, group, log in moves:
        held = now.weighed[place].get(group)
        if held is not None:
            if abs(log) <= abs(held.log):
                continue
            log -= held.log  # noqa: PLW2901 - what is left of the move
        weight, bits = weights[place], now.bits[place]
        moved = weight * 10**log
        total += moved - weight
        spread += moved * (bits + log * BITS_PER_TEN) - weight * bits
    return _entropy(total, spread)


def _ranked(now: Standing, place: int, unknown: Iterable[str]) -> RankedCause:
    cause = now.knowledge.causes[place]
    supporting: list[Support] = []
    conflicting: list[Support] = []
    for weight in now.weighed[place].values():
        (supporting if weight.log > 0 else conflicting).append(weight.support)
    return RankedCause(
        id=cause.id,
        name=cause.name,
        kind=cause.kind,
        match=_match(now.shares[place]),
        score=round(now.scores[place], 2),
        supporting=tuple(supporting),
        conflicting=tuple(conflicting),
        unknown=tuple(unknown),
    )


def _match(share: float) -> Match:
    if share >= STRONG_SHARE:
        return Match.STRONG
    return Match.POSSIBLE if share >= POSSIBLE_SHARE else Match.WEAK
