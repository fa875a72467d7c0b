"""What each finding says of each cause, worked out from the links once for every person.

`matching` puts a person's evidence to these tables.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log10
from typing import NamedTuple

from backpain_cli.logic import ABSENT, PRESENT, Presence
from backpain_cli.model import Cause, Knowledge, Link, kept
from backpain_cli.result import Support

Slot = tuple[int, str]
"""A cause's place in the file and a group of findings; of one slot only the weight furthest from 0 counts."""

USUAL_RATE = 0.2
"""How often a finding is met where its links cannot tell."""


class Weights(NamedTuple):
    """Everything that can be said for and against the causes, each weight at its place.

    Places run by cause; within a cause, what speaks for it and then what speaks against it; each from the
    furthest from 0 on, and of two as far the one asked first.
    """

    supports: tuple[Support, ...]
    logs: tuple[float, ...]
    """The log10 likelihood ratios; never 0."""
    slots: tuple[Slot, ...]
    outdone_by: Mapping[int, frozenset[int]]
    """For each place in a slot of several findings, the places that outdo it."""
    bounds: tuple[int, ...]
    """Where each cause begins to be spoken for, and where against; at last the number of places."""
    if_present: Mapping[str, Sequence[int]]
    """The places of what a finding says when it is so."""
    if_absent: Mapping[str, Sequence[int]]
    """The same when it is not so."""


class Move(NamedTuple):
    """How far learning a finding moves one cause."""

    cause: int
    """The cause's place in the file."""
    slot: Slot
    log: float
    """The log10 likelihood ratio; never 0."""
    ratio: float


class Odds(NamedTuple):
    """A finding as the worth of a question needs it."""

    usual: float
    """How often it is met where its links say nothing."""
    leanings: tuple[tuple[int, float], ...]
    """For each cause that names it, how much more often it is met with that cause."""
    if_present: tuple[Move, ...]
    if_absent: tuple[Move, ...]


class _Weight(NamedTuple):
    """What a link says once its finding is known to be so, or not so."""

    presence: Presence
    cause: int
    group: str
    log: float
    support: Support

    @property
    def slot(self) -> Slot:
        return (self.cause, self.group)

    @property
    def side(self) -> tuple[int, bool]:
        return (self.cause, self.log < 0)


@kept
def weights_of(knowledge: Knowledge) -> Weights:
    """Return all that the links say."""
    asked = [finding for question in knowledge.questions for finding in question.findings]
    order = {finding: place for place, finding in enumerate(dict.fromkeys(asked))}
    weights = sorted(
        _each_weight(knowledge),
        key=lambda one: (*one.side, -abs(one.log), order.get(one.support.finding, len(order))),
    )
    sides = [weight.side for weight in weights]
    starts = [(cause, against) for cause in range(len(knowledge.causes)) for against in (False, True)]
    return Weights(
        supports=tuple(weight.support for weight in weights),
        logs=tuple(weight.log for weight in weights),
        slots=tuple(weight.slot for weight in weights),
        outdone_by=dict(_rivals(weights)),
        bounds=(*(bisect_left(sides, start) for start in starts), len(weights)),
        if_present=_places((w.support.finding if w.presence is PRESENT else None) for w in weights),
        if_absent=_places((w.support.finding if w.presence is ABSENT else None) for w in weights),
    )


@kept
def odds_of(knowledge: Knowledge) -> Mapping[str, Odds]:
    """Return the odds of each finding that a link names."""
    found: dict[str, list[tuple[int, Link]]] = {}
    for place, cause in enumerate(knowledge.causes):
        for link in cause.links:
            found.setdefault(link.finding, []).append((place, link))
    return {finding: _odds(knowledge.group_of[finding], links) for finding, links in found.items()}


@kept
def priors_of(knowledge: Knowledge) -> tuple[float, ...]:
    """Return the prior log10 odds of each cause."""
    return tuple(log10(cause.prior / (1 - cause.prior)) for cause in knowledge.causes)


@kept
def linked_by(knowledge: Knowledge) -> tuple[tuple[str, ...], ...]:
    """Return for each cause the findings that its links name."""
    return tuple(tuple(link.finding for link in cause.links) for cause in knowledge.causes)


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


def _each_weight(knowledge: Knowledge) -> Iterator[_Weight]:
    for place, cause in enumerate(knowledge.causes):
        for link in cause.links:
            yield from _weights(knowledge, place, cause, link)


def _weights(knowledge: Knowledge, place: int, cause: Cause, link: Link) -> Iterator[_Weight]:
    """Yield what a link says when its finding is so, and when it is not."""
    finding = knowledge.finding_by_id[link.finding]
    for presence, name, ratio in (
        (PRESENT, finding.name, link.ratio_present),
        (ABSENT, finding.absent, link.ratio_absent),
    ):
        log = log10(ratio)
        if log != 0:
            support = Support(finding.id, name, float(f"{10**log:.2g}"), link.sources or cause.sources)
            yield _Weight(presence, place, knowledge.group_of[finding.id], log, support)


def _rivals(weights: Sequence[_Weight]) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield each place in a slot of several findings with the places that outdo it."""
    slots: dict[Slot, list[int]] = {}
    for place, weight in enumerate(weights):
        slots.setdefault(weight.slot, []).append(place)
    for places in slots.values():
        if len({weights[place].support.finding for place in places}) > 1:
            places.sort(key=lambda place: -abs(weights[place].log))
            yield from ((place, frozenset(places[:n])) for n, place in enumerate(places))


def _places(findings: Iterable[str | None]) -> dict[str, list[int]]:
    """Return where each finding stands; nothing stands where there is none."""
    places: dict[str, list[int]] = {}
    for place, finding in enumerate(findings):
        if finding is not None:
            places.setdefault(finding, []).append(place)
    return places


def _odds(group: str, links: Sequence[tuple[int, Link]]) -> Odds:
    usual = sum(rate_without(link) for _, link in links) / len(links)
    return Odds(
        usual,
        tuple((place, sensitivity(link) - usual) for place, link in links),
        tuple(_moves(group, ((place, link.ratio_present) for place, link in links))),
        tuple(_moves(group, ((place, link.ratio_absent) for place, link in links))),
    )


def _moves(group: str, ratios: Iterable[tuple[int, float]]) -> Iterator[Move]:
    for place, ratio in ratios:
        log = log10(ratio)
        if log != 0:
            yield Move(place, (place, group), log, 10**log)
