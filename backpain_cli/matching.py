"""Which causes fit, why, and which question would tell most.

For a cause, score = log10 prior odds + the sum over groups of findings of the log10 likelihood
ratio furthest from 0. An unknown finding moves nothing. Source of the scale: McGee 2002.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import repeat, takewhile
from math import log2

from msgspec import Struct

from backpain_cli.logic import PRESENT, UNKNOWN, Evidence
from backpain_cli.model import CauseKind, Knowledge, Question, kept
from backpain_cli.result import Match, RankedCause
from backpain_cli.weights import Move, Slot, Weights, linked_to, odds_of, priors_of, weights_of

STRONG_SHARE = 0.25
POSSIBLE_SHARE = 0.05
CLEAR_SHARE = 0.9
"""A share at which the cause is as clear as questions can make it."""
WORTH_ASKING = 0.3
"""Bits; a question worth less is not asked."""
BITS_PER_TEN = log2(10)


class Standing(Struct, frozen=True, dict=True):
    """Where every cause stands on the evidence so far; lists run in the order of the file."""

    knowledge: Knowledge
    evidence: Evidence
    places: Sequence[int]
    """The places of all weights that count, in their order."""
    parts: Sequence[tuple[int, int, int]]
    """For each cause where among the places its own begin, where they turn against it, and where they end."""
    scores: tuple[float, ...]
    """log10 odds."""

    @cached_property
    def held(self) -> Mapping[Slot, float]:
        """Return the log10 likelihood ratio that counts for each slot of which anything is told."""
        slots, logs = weights_of(self.knowledge).slots, weights_of(self.knowledge).logs
        return {slots[place]: logs[place] for place in self.places}

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
    weights = weights_of(knowledge)
    places = _counting(weights, evidence)
    cuts = [*map(bisect_left, repeat(places), weights.bounds)]
    parts = list(zip(cuts[:-1:2], cuts[1::2], cuts[2::2], strict=True))
    logs = [weights.logs[place] for place in places]
    priors = priors_of(knowledge)
    scores = [prior + sum(logs[begin:end]) for prior, (begin, _, end) in zip(priors, parts, strict=True)]
    return Standing(knowledge, evidence, places, parts, tuple(scores))


def rank(knowledge: Knowledge, evidence: Evidence) -> tuple[RankedCause, ...]:
    """Return every cause, best first, each with what speaks for it and against it."""
    now = standing(knowledge, evidence)
    supports = weights_of(knowledge).supports
    said = [supports[place] for place in now.places]
    ranked = list(
        map(
            RankedCause,
            *_labels(knowledge),
            map(_match, now.shares),
            [round(score, 2) for score in now.scores],
            [tuple(said[begin:turn]) for begin, turn, _ in now.parts],
            [tuple(said[turn:end]) for _, turn, end in now.parts],
            map(tuple, _unknown(now)),
        )
    )
    # sorting is stable: of two that are equal the first in the file stays first
    best_first = sorted(range(len(ranked)), key=[-score for score in now.scores].__getitem__)
    return tuple([ranked[cause] for cause in best_first])


@kept
def _labels(knowledge: Knowledge) -> tuple[Sequence[str], Sequence[str], Sequence[CauseKind]]:
    """Return the ids, the names and the kinds of the causes."""
    causes = knowledge.causes
    return [cause.id for cause in causes], [cause.name for cause in causes], [cause.kind for cause in causes]


def matching(causes: Iterable[RankedCause]) -> tuple[RankedCause, ...]:
    """Return the causes that match, of a ranking best first: all before the weak."""
    return tuple(takewhile(lambda cause: cause.match is not Match.WEAK, causes))


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


def _counting(weights: Weights, evidence: Evidence) -> list[int]:
    """Return the places of all that counts, in order: of each slot the weight furthest from 0."""
    places: list[int] = []
    rivals: list[int] = []
    for finding, presence in evidence.presence.items():
        if presence is UNKNOWN:
            continue
        said = (weights.if_present if presence is PRESENT else weights.if_absent).get(finding)
        if said is not None:
            places += said.alone
            rivals += said.rivals
    # in a mapping the last one stays
    rivals.sort(key=weights.order.__getitem__, reverse=True)
    places += {weights.slots[rival]: rival for rival in rivals}.values()
    places.sort()
    return places


def _unknown(now: Standing) -> list[list[str]]:
    """Return for each cause the findings that bear on it and are not known, in the order asked."""
    unknown: list[list[str]] = [[] for _ in now.scores]
    presence = now.evidence.presence
    for finding, causes in linked_to(now.knowledge).items():
        if presence.get(finding, UNKNOWN) is UNKNOWN:
            for cause in causes:
                unknown[cause].append(finding)
    return unknown


def _entropy(total: float, spread: float) -> float:
    return log2(total) - spread / total


def _gain(now: Standing, finding: str) -> float:
    """Return the expected fall in entropy, in bits, from learning one finding."""
    odds = odds_of(now.knowledge).get(finding)
    if odds is None:
        return 0.0
    shares = now.shares
    chance = odds.usual + sum([shares[place] * leaning for place, leaning in odds.leanings])
    if_present = _entropy_after(now, odds.if_present)
    if_absent = _entropy_after(now, odds.if_absent)
    expected = chance * if_present + (1 - chance) * if_absent
    return max(_entropy(now.total, now.spread) - expected, 0.0)


def _entropy_after(now: Standing, moves: Iterable[Move]) -> float:
    """Return the entropy once these causes have moved; a slot moves only further than it has."""
    total, spread, held = now.total, now.spread, now.held
    for cause, slot, log, ratio in moves:
        if slot in held:
            if abs(log) <= abs(held[slot]):
                continue
            # what is left of the move
            log -= held[slot]  # noqa: PLW2901
            ratio = 10**log  # noqa: PLW2901
        weight, bits = now.weights[cause], now.bits[cause]
        moved = weight * ratio
        total += moved - weight
        spread += moved * (bits + log * BITS_PER_TEN) - weight * bits
    return _entropy(total, spread)


def _match(share: float) -> Match:
    if share >= STRONG_SHARE:
        return Match.STRONG
    return Match.POSSIBLE if share >= POSSIBLE_SHARE else Match.WEAK
