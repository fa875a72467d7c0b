"""Which causes fit, why, and which question would tell most.

For a cause, score = log10 prior odds + the sum over groups of findings of the log10 likelihood
ratio furthest from 0. An unknown finding moves nothing. Source of the scale: McGee 2002.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import fsum, log2, log10

from backpain_cli.evidence import findings_asked
from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, Evidence, Presence
from backpain_cli.model import Cause, CauseLink, Knowledge, Link, Question
from backpain_cli.result import Match, RankedCause, Support

STRONG_SHARE = 0.25
POSSIBLE_SHARE = 0.05
CLEAR_SHARE = 0.9
"""A share at which the cause is as clear as questions can make it."""
WORTH_ASKING = 0.05
"""Bits; a question worth less is not asked."""
USUAL_RATE = 0.2
"""How often a finding is met where its links cannot tell."""


@dataclass(frozen=True)
class Standing:
    """Where every cause stands on the evidence so far; lists run in the order of the file."""

    knowledge: Knowledge
    evidence: Evidence
    weighed: Mapping[tuple[int, str], CauseLink]
    """For each cause and group, the link whose ratio lies furthest from 1."""
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
        return sum(map(_w_log_w, self.weights))

    @property
    def shares(self) -> tuple[float, ...]:
        """Return each cause's part of the whole; they add up to 1."""
        return tuple(weight / self.total for weight in self.weights)

    @property
    def is_clear(self) -> bool:
        """Say whether one cause stands so far out that no question is needed."""
        return max(self.shares, default=1.0) >= CLEAR_SHARE


def standing(knowledge: Knowledge, evidence: Evidence) -> Standing:
    """Weigh the evidence; the cost grows with the links of the findings that are known."""
    weighed: dict[tuple[int, str], CauseLink] = {}
    for finding, presence in evidence.presence.items():
        if presence is UNKNOWN:
            continue
        for entry in knowledge.links_by_finding.get(finding, ()):
            held = weighed.get((entry.cause, entry.group))
            if held is None or _is_further(_log_ratio(entry, presence), _log_ratio_of(held, evidence)):
                weighed[entry.cause, entry.group] = entry
    return Standing(knowledge, evidence, weighed, _scores(knowledge, evidence, weighed))


def rank(knowledge: Knowledge, evidence: Evidence) -> tuple[RankedCause, ...]:
    """Return every cause, best first, each with what speaks for it and against it."""
    now = standing(knowledge, evidence)
    links: dict[int, list[CauseLink]] = {}
    for (place, _), entry in now.weighed.items():
        links.setdefault(place, []).append(entry)
    places = sorted(range(len(now.scores)), key=lambda place: (-now.scores[place], place))
    shares = now.shares
    return tuple(_ranked(now, place, shares[place], links.get(place, [])) for place in places)


def matching(causes: Iterable[RankedCause]) -> tuple[RankedCause, ...]:
    """Return the causes that match, in their order: all but the weak."""
    return tuple(cause for cause in causes if cause.match is not Match.WEAK)


def worth(now: Standing, question: Question) -> float:
    """Return how far the answer is expected to lower the entropy of the shares, in bits.

    Each finding that is still unknown is reckoned by itself, and the gains are added: an upper
    bound where the findings hang together, which is all that an order of questions needs.
    """
    return sum(
        _gain(now, finding) for finding in findings_asked(question) if not now.evidence.was_asked(finding)
    )


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


def _scores(
    knowledge: Knowledge, evidence: Evidence, weighed: Mapping[tuple[int, str], CauseLink]
) -> tuple[float, ...]:
    parts = [[_prior_score(cause)] for cause in knowledge.causes]
    for (place, _), entry in weighed.items():
        parts[place].append(_log_ratio_of(entry, evidence))
    return tuple(map(fsum, parts))


def _is_further(new: float, old: float) -> bool:
    """Say whether a log ratio lies further from 0; of two as far, the one in favour does."""
    return abs(new) > abs(old) or (abs(new) == abs(old) and new > old)


def _prior_score(cause: Cause) -> float:
    return log10(cause.prior / (1 - cause.prior))


def _log_ratio(entry: CauseLink, presence: Presence) -> float:
    return entry.log_present if presence is PRESENT else entry.log_absent


def _log_ratio_of(entry: CauseLink, evidence: Evidence) -> float:
    return _log_ratio(entry, evidence.of(entry.link.finding))


def _w_log_w(weight: float) -> float:
    return weight * log2(weight) if weight > 0 else 0.0


def _entropy(total: float, spread: float) -> float:
    return log2(total) - spread / total


def _gain(now: Standing, finding: str) -> float:
    """Return the expected fall in entropy, in bits, from learning one finding."""
    entries = now.knowledge.links_by_finding.get(finding, [])
    if not entries:
        return 0.0
    usual = sum(rate_without(entry.link) for entry in entries) / len(entries)
    chance = usual + sum(
        now.weights[entry.cause] / now.total * (sensitivity(entry.link) - usual) for entry in entries
    )
    expected = chance * _entropy_after(now, entries, PRESENT) + (1 - chance) * _entropy_after(
        now, entries, ABSENT
    )
    return max(_entropy(now.total, now.spread) - expected, 0.0)


def _entropy_after(now: Standing, entries: list[CauseLink], presence: Presence) -> float:
    total, spread = now.total, now.spread
    for entry in entries:
        weight = now.weights[entry.cause]
        moved = weight * 10 ** _move(now, entry, presence)
        total += moved - weight
        spread += _w_log_w(moved) - _w_log_w(weight)
    return _entropy(total, spread)


def _move(now: Standing, entry: CauseLink, presence: Presence) -> float:
    """Return how far a cause's score would move, in log10, if the finding were known."""
    held = now.weighed.get((entry.cause, entry.group))
    old = 0.0 if held is None else _log_ratio_of(held, now.evidence)
    new = _log_ratio(entry, presence)
    return new - old if abs(new) > abs(old) else 0.0


def _ranked(now: Standing, place: int, share: float, entries: list[CauseLink]) -> RankedCause:
    cause = now.knowledge.causes[place]
    rated = sorted(
        ((_log_ratio_of(entry, now.evidence), entry) for entry in entries), key=lambda pair: -abs(pair[0])
    )
    return RankedCause(
        id=cause.id,
        name=cause.name,
        kind=cause.kind,
        match=_match(share),
        score=round(now.scores[place], 2),
        supporting=tuple(_support(now, cause, entry, ratio) for ratio, entry in rated if ratio > 0),
        conflicting=tuple(_support(now, cause, entry, ratio) for ratio, entry in rated if ratio < 0),
        unknown=tuple(link.finding for link in cause.links if now.evidence.of(link.finding) is UNKNOWN),
    )


def _match(share: float) -> Match:
    if share >= STRONG_SHARE:
        return Match.STRONG
    return Match.POSSIBLE if share >= POSSIBLE_SHARE else Match.WEAK


def _support(now: Standing, cause: Cause, entry: CauseLink, log_ratio: float) -> Support:
    finding = now.knowledge.finding_by_id[entry.link.finding]
    is_present = now.evidence.of(finding.id) is PRESENT
    return Support(
        finding=finding.id,
        name=finding.name if is_present else finding.absent,
        likelihood_ratio=float(f"{10**log_ratio:.2g}"),
        sources=entry.link.sources or cause.sources,
    )
