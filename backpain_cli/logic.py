"""Three-valued logic: what we know of each finding, and whether a condition holds.

A finding is present, absent or unknown, and so is a condition made of findings (Kleene 1952):
an unknown part leaves the whole unknown unless the known parts already decide it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import cached_property
from types import MappingProxyType
from typing import Generic, TypeVar

from msgspec import UNSET, Struct, field

from backpain_cli.model import Compound, Condition

R = TypeVar("R")


class Presence(Enum):
    """Whether something is so, is not so, or cannot be told."""

    PRESENT = auto()
    ABSENT = auto()
    UNKNOWN = auto()


PRESENT, ABSENT, UNKNOWN = Presence.PRESENT, Presence.ABSENT, Presence.UNKNOWN


class Evidence(Struct, frozen=True, dict=True):
    """What the answers tell of each finding; one that is not listed was never asked about."""

    presence: Mapping[str, Presence] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, finding: str) -> Presence:
        """Return what is known of a finding."""
        return self.presence.get(finding, UNKNOWN)

    def was_asked(self, finding: str) -> bool:
        """Say whether an answer touched the finding, "not sure" included."""
        return finding in self.presence

    def present(self) -> frozenset[str]:
        """Return every finding that is so."""
        return frozenset(finding for finding, presence in self.presence.items() if presence is PRESENT)

    @cached_property
    def raised(self) -> frozenset[str]:
        """Return every finding that is so, or of which the person was not sure."""
        return frozenset(finding for finding, presence in self.presence.items() if presence is not ABSENT)


class Index(Generic[R]):
    """Rules by findings that they need, so that a person costs no more than the rules that bear on them."""

    def __init__(self, rules: Iterable[R], condition_of: Callable[[R], Condition | None]) -> None:
        self._rules = tuple(rules)
        self._by_finding: dict[str, list[int]] = {}
        self._always: list[int] = []
        """The places of the rules that may hold of someone with no finding at all."""
        needs = [needed(condition) if condition else [] for condition in map(condition_of, self._rules)]
        named = Counter(finding for sets in needs for findings in sets for finding in findings)
        for place, sets in enumerate(needs):
            if not sets:
                self._always.append(place)
                continue
            # the set of which even the commonest is rare brings the rule up least often
            rarest = min(sets, key=lambda findings: max(named[finding] for finding in findings))
            for finding in rarest:
                self._by_finding.setdefault(finding, []).append(place)

    def touched(self, evidence: Evidence) -> list[R]:
        """Return, in file order, at least every rule of which more than ABSENT can be told."""
        places = set(self._always)
        for finding in evidence.raised & self._by_finding.keys():
            places.update(self._by_finding[finding])
        return [self._rules[place] for place in sorted(places)]


def holds(condition: Condition, evidence: Evidence) -> Presence:
    """Say whether a condition holds: PRESENT, ABSENT, or UNKNOWN where the evidence cannot tell."""
    return _judge(condition, evidence.presence, UNKNOWN)


def told(condition: Condition, evidence: Evidence) -> Presence:
    """Say whether a condition holds, where UNKNOWN means only that the person said "not sure".

    What nobody asked about counts as absent, so that it cannot raise an alarm by itself.
    """
    return _judge(condition, evidence.presence, ABSENT)


def findings_of(condition: Condition) -> tuple[str, ...]:
    """Return the id of each finding that a condition names, in order, repeats included."""
    return (condition,) if isinstance(condition, str) else condition.findings


def needed(condition: Condition) -> list[frozenset[str]]:
    """Return sets of findings: more than ABSENT is told only where at least one of each set is raised."""
    if isinstance(condition, str):
        return [frozenset({condition})]
    sets = [findings for part in condition.all_of for findings in needed(part)]
    for parts in (condition.any_of, condition.at_least.of if condition.at_least else ()):
        smallest = [min(needed(part), key=len, default=frozenset[str]()) for part in parts]
        if smallest and all(smallest):
            sets.append(frozenset[str]().union(*smallest))
    return sets


def present_findings(condition: Condition, evidence: Evidence) -> tuple[str, ...]:
    """Return the findings of a condition that are present, each once, in order."""
    return tuple(dict.fromkeys(f for f in findings_of(condition) if evidence.of(f) is PRESENT))


def _judge(condition: Condition, presence: Mapping[str, Presence], unasked: Presence) -> Presence:
    """Return whether a condition holds, where a finding that is not listed is `unasked`."""
    if isinstance(condition, str):
        return presence.get(condition, unasked)
    result = PRESENT
    for part in _parts(condition, presence, unasked):
        if part is ABSENT:
            return ABSENT
        if part is UNKNOWN:
            result = UNKNOWN
    return result


def _parts(condition: Compound, presence: Mapping[str, Presence], unasked: Presence) -> Iterator[Presence]:
    """Yield a presence for each part that must hold."""
    for part in condition.all_of:
        yield presence.get(part, unasked) if isinstance(part, str) else _judge(part, presence, unasked)
    if condition.any_of:
        yield _count(1, _each(condition.any_of, presence, unasked))
    if condition.none_of:
        yield _not(_count(1, _each(condition.none_of, presence, unasked)))
    if condition.at_least is not UNSET:
        yield _count(condition.at_least.n, _each(condition.at_least.of, presence, unasked))


def _each(
    conditions: tuple[Condition, ...], presence: Mapping[str, Presence], unasked: Presence
) -> list[Presence]:
    # most parts are findings, and to look them up here saves a third of the time
    return [
        presence.get(part, unasked) if isinstance(part, str) else _judge(part, presence, unasked)
        for part in conditions
    ]


def _count(least: int, presences: list[Presence]) -> Presence:
    """Say whether at least so many are present."""
    present = presences.count(PRESENT)
    if present >= least:
        return PRESENT
    return UNKNOWN if present + presences.count(UNKNOWN) >= least else ABSENT


def _not(presence: Presence) -> Presence:
    if presence is UNKNOWN:
        return UNKNOWN
    return ABSENT if presence is PRESENT else PRESENT
