"""Three-valued logic: what we know of each finding, and whether a condition holds.

A finding is present, absent or unknown, and so is a condition made of findings (Kleene 1952):
an unknown part leaves the whole unknown unless the known parts already decide it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType

from msgspec import UNSET

from backpain_cli.model import AtLeast, Compound, Condition


class Presence(Enum):
    """Whether something is so, is not so, or cannot be told."""

    PRESENT = auto()
    ABSENT = auto()
    UNKNOWN = auto()


PRESENT, ABSENT, UNKNOWN = Presence.PRESENT, Presence.ABSENT, Presence.UNKNOWN


@dataclass(frozen=True)
class Evidence:
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

    def with_unasked_absent(self, findings: Iterable[str]) -> "Evidence":
        """Return the evidence in which those of the findings that nobody asked about count as absent.

        What is still unknown then is so because the person said "not sure".
        """
        unasked = {finding: ABSENT for finding in findings if not self.was_asked(finding)}
        return Evidence({**self.presence, **unasked})


def holds(condition: Condition, evidence: Evidence) -> Presence:
    """Say whether a condition holds: PRESENT, ABSENT, or UNKNOWN where the evidence cannot tell."""
    if isinstance(condition, str):
        return evidence.of(condition)
    return _every(_parts(condition, evidence))


def told(condition: Condition, evidence: Evidence) -> Presence:
    """Say whether a condition holds, where UNKNOWN means only that the person said "not sure".

    What nobody asked about cannot raise an alarm by itself.
    """
    return holds(condition, evidence.with_unasked_absent(findings_of(condition)))


def findings_of(condition: Condition) -> Iterator[str]:
    """Yield the id of each finding that a condition names, in order, repeats included."""
    if isinstance(condition, str):
        yield condition
        return
    of = () if condition.at_least is UNSET else condition.at_least.of
    for part in (*condition.all_of, *condition.any_of, *condition.none_of, *of):
        yield from findings_of(part)


def present_findings(condition: Condition, evidence: Evidence) -> tuple[str, ...]:
    """Return the findings of a condition that are present, each once, in order."""
    return tuple(dict.fromkeys(f for f in findings_of(condition) if evidence.of(f) is PRESENT))


def _parts(condition: Compound, evidence: Evidence) -> Iterator[Presence]:
    """Yield a presence for each field of the compound that is given."""
    if condition.all_of:
        yield _every(holds(part, evidence) for part in condition.all_of)
    if condition.any_of:
        yield _count(AtLeast(1, condition.any_of), evidence)
    if condition.none_of:
        yield _not(_count(AtLeast(1, condition.none_of), evidence))
    if condition.at_least is not UNSET:
        yield _count(condition.at_least, evidence)


def _every(presences: Iterable[Presence]) -> Presence:
    seen = set(presences)
    if ABSENT in seen:
        return ABSENT
    return UNKNOWN if UNKNOWN in seen else PRESENT


def _count(rule: AtLeast, evidence: Evidence) -> Presence:
    presences = [holds(part, evidence) for part in rule.of]
    present = presences.count(PRESENT)
    if present >= rule.n:
        return PRESENT
    return UNKNOWN if present + presences.count(UNKNOWN) >= rule.n else ABSENT


def _not(presence: Presence) -> Presence:
    return {PRESENT: ABSENT, ABSENT: PRESENT, UNKNOWN: UNKNOWN}[presence]
