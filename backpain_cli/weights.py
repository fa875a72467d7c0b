"""What each finding says of each cause, worked out from the links once for every person.

`matching` puts a person's evidence to these tables.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log10
from typing import NamedTuple

from backpain_cli.logic import ABSENT, PRESENT, Presence
from backpain_cli.model import Cause, Knowledge, Link, kept
from backpain_cli.result import Support

Slot = int
"""The number of a cause with a group of findings; of one slot only the weight furthest from 0 counts."""

USUAL_RATE = 0.2
"""How often a finding is met where its links cannot tell."""


class Said(NamedTuple):
    """The places of what a finding says once it is known to be so, or not so."""

    alone: list[int]
    """In slots that only this finding fills."""
    rivals: list[int]
    """In slots that it shares with others."""


class Weights(NamedTuple):
    """Everything that can be said for and against the causes, each weight at its place.

    Places run by cause; within a cause, what speaks for it and then what speaks against it; each from the
    furthest from 0 on, and of two as far the one asked first.
    """

    supports: tuple[Support, ...]
    logs: tuple[float, ...]
    """The log10 likelihood ratios; never 0."""
    slots: tuple[Slot, ...]
    order: Mapping[int, int]
    """Where each place comes when all run from the furthest from 0 on, and of two as far in their order."""
    bounds: tuple[int, ...]
    """Where each cause begins to be spoken for, and where against; at last the number of places."""
    if_present: Mapping[str, Said]
    """What a finding says when it is so."""
    if_absent: Mapping[str, Said]
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
    slot: Slot
    log: float
    support: Support

    @property
    def side(self) -> tuple[int, bool]:
        return (self.cause, self.log < 0)


@kept
def weights_of(knowledge: Knowledge) -> Weights:
    """Return all that the links say."""
    asked = _order_asked(knowledge)
    weights = sorted(
        _each_weight(knowledge), key=lambda one: (*one.side, -abs(one.log), asked[one.support.finding])
    )
    sides = [weight.side for weight in weights]
    starts = [(cause, against) for cause in range(len(knowledge.causes)) for against in (False, True)]
    said = _said(weights)
    furthest_first = sorted(range(len(weights)), key=lambda place: -abs(weights[place].log))
    return Weights(
        supports=tuple(weight.support for weight in weights),
        logs=tuple(weight.log for weight in weights),
        slots=tuple(weight.slot for weight in weights),
        order={place: n for n, place in enumerate(furthest_first)},
        bounds=(*(bisect_left(sides, start) for start in starts), len(weights)),
        if_present=said[PRESENT],
        if_absent=said[ABSENT],
    )


@kept
def odds_of(knowledge: Knowledge) -> Mapping[str, Odds]:
    """Return the odds of each finding that a link names."""
    return {finding: _odds(knowledge, finding, links) for finding, links in _links_naming(knowledge).items()}


@kept
def priors_of(knowledge: Knowledge) -> tuple[float, ...]:
    """Return the prior log10 odds of each cause."""
    return tuple(_log(cause.prior / (1 - cause.prior)) for cause in knowledge.causes)


@kept
def linked_to(knowledge: Knowledge) -> Mapping[str, Sequence[int]]:
    """Return the places of the causes that each finding bears on, the finding first asked about first."""
    naming, order = _links_naming(knowledge), _order_asked(knowledge)
    return {
        finding: [place for place, _ in naming[finding]] for finding in sorted(naming, key=order.__getitem__)
    }


@kept
def _links_naming(knowledge: Knowledge) -> Mapping[str, Sequence[tuple[int, Link]]]:
    """Return the links that name each finding, each with the place of its cause."""
    links: dict[str, list[tuple[int, Link]]] = {}
    for place, cause in enumerate(knowledge.causes):
        for link in cause.links:
            links.setdefault(link.finding, []).append((place, link))
    return links


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
    slot = _slot(knowledge, place, finding.id)
    for presence, name, ratio in (
        (PRESENT, finding.name, link.ratio_present),
        (ABSENT, finding.absent, link.ratio_absent),
    ):
        log = _log(ratio)
        if log != 0:
            support = Support(finding.id, name, float(f"{10**log:.2g}"), link.sources or cause.sources)
            yield _Weight(presence, place, slot, log, support)


def _said(weights: Sequence[_Weight]) -> Mapping[Presence, Mapping[str, Said]]:
    """Return what each finding says when it is so, and when it is not."""
    filling = {(weight.slot, weight.support.finding) for weight in weights}
    findings = Counter(slot for slot, _ in filling)
    said: dict[Presence, dict[str, Said]] = {PRESENT: {}, ABSENT: {}}
    for place, weight in enumerate(weights):
        alone, rivals = said[weight.presence].setdefault(weight.support.finding, Said([], []))
        (alone if findings[weight.slot] == 1 else rivals).append(place)
    return said


def _odds(knowledge: Knowledge, finding: str, links: Sequence[tuple[int, Link]]) -> Odds:
    usual = sum(rate_without(link) for _, link in links) / len(links)
    slots = [_slot(knowledge, place, finding) for place, _ in links]
    places = [place for place, _ in links]
    return Odds(
        usual,
        tuple((place, sensitivity(link) - usual) for place, link in links),
        tuple(_moves(places, slots, (link.ratio_present for _, link in links))),
        tuple(_moves(places, slots, (link.ratio_absent for _, link in links))),
    )


def _moves(causes: Iterable[int], slots: Iterable[Slot], ratios: Iterable[float]) -> Iterator[Move]:
    for cause, slot, ratio in zip(causes, slots, ratios, strict=True):
        log = _log(ratio)
        if log != 0:
            yield Move(cause, slot, log, 10**log)


@kept
def _order_asked(knowledge: Knowledge) -> dict[str, int]:
    """Return where each finding comes in the interview; what is never asked about comes last."""
    asked = [finding for question in knowledge.questions for finding in question.findings]
    return {finding: n for n, finding in enumerate(dict.fromkeys((*asked, *knowledge.finding_by_id)))}


@kept
def _groups(knowledge: Knowledge) -> dict[str, int]:
    """Return the number of each group of findings."""
    return {group: n for n, group in enumerate(dict.fromkeys(knowledge.group_of.values()))}


def _slot(knowledge: Knowledge, cause: int, finding: str) -> Slot:
    groups = _groups(knowledge)
    return cause * len(groups) + groups[knowledge.group_of[finding]]


def _log(ratio: float) -> float:
    """Return log10 in steps of 2^-40, so that sums are exact in whatever order they are added."""
    return round(log10(ratio) * 2**40) / 2**40
