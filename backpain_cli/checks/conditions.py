"""Conditions that can never hold, given which findings exclude each other."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from msgspec import UNSET

from backpain_cli.checks.faults import Fault
from backpain_cli.checks.walk import conditions, parts
from backpain_cli.document import ValuePath
from backpain_cli.evidence import findings_asked
from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, Evidence, Presence, findings_of, holds
from backpain_cli.model import Band, Compound, Condition, Knowledge, Question, QuestionKind

Rivals = Mapping[str, frozenset[str]]
"""For each finding, those that cannot be present together with it."""

MOST_TRIALS = 2000
"""Trials after which a condition counts as possible: no hand-written one comes near."""


def impossible_conditions(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each condition, or part of one, that can never hold."""
    rivals = exclusive_findings(knowledge)
    for file, record, path, condition in conditions(knowledge):
        for place, part in _impossible(condition, path, rivals):
            yield Fault(file, record, place, _why(part), "mend the condition, or delete this part of it")


def exclusive_findings(knowledge: Knowledge) -> Rivals:
    """Return which findings no answers bring together: other options of the one question that asks them."""
    asked_by: dict[str, list[str]] = {}
    for question in knowledge.questions:
        for finding in findings_asked(question):
            asked_by.setdefault(finding, []).append(question.id)
    rivals: dict[str, set[str]] = {}
    for question in knowledge.questions:
        own = [finding for finding in findings_asked(question) if asked_by[finding] == [question.id]]
        for one, other in combinations(own, 2):
            if not _can_meet(question, one, other):
                rivals.setdefault(one, set()).add(other)
                rivals.setdefault(other, set()).add(one)
    return {finding: frozenset(others) for finding, others in rivals.items()}


def can_hold(condition: Condition, rivals: Rivals, told: Collection[str] | None = None) -> bool:
    """Say whether some presence of the findings makes a condition true; with `told`, of those alone."""
    findings = dict.fromkeys(findings_of(condition))
    return _search(condition, rivals, tuple(name for name in findings if told is None or name in told))


def _search(condition: Condition, rivals: Rivals, findings: tuple[str, ...]) -> bool:
    """Try presences, depth first; each step settles one more finding."""
    waiting: list[dict[str, Presence]] = [{}]
    for _ in range(MOST_TRIALS):
        if not waiting:
            return False
        presence = waiting.pop()
        outcome = holds(condition, Evidence(presence))
        if outcome is PRESENT:
            return True
        if outcome is UNKNOWN and len(presence) < len(findings):
            finding = findings[len(presence)]
            waiting.append({**presence, finding: ABSENT})
            if not any(presence.get(rival) is PRESENT for rival in rivals.get(finding, ())):
                waiting.append({**presence, finding: PRESENT})
    return True


def _impossible(
    condition: Condition, path: ValuePath, rivals: Rivals
) -> Iterator[tuple[ValuePath, Compound]]:
    """Yield the innermost parts that can never hold; a finding by itself always can."""
    if isinstance(condition, str):
        return
    within = [found for inner, part in parts(condition, path) for found in _impossible(part, inner, rivals)]
    if within:
        yield from within
    elif not can_hold(condition, rivals):
        yield path, condition


def _why(condition: Compound) -> str:
    if condition.at_least is not UNSET and condition.at_least.n > len(condition.at_least.of):
        return f"at_least asks for {condition.at_least.n} of {len(condition.at_least.of)}, which can never be"
    return "this condition can never be true"


def _can_meet(question: Question, one: str, other: str) -> bool:
    if question.kind is QuestionKind.MANY_OF:
        return True
    if question.kind is QuestionKind.ONE_OF:
        return any({one, other} <= set(option.findings) for option in question.options)
    return any(
        _overlap(first, second)
        for first in question.bands
        for second in question.bands
        if one in first.findings and other in second.findings
    )


def _overlap(one: Band, other: Band) -> bool:
    start = max(-float("inf") if band.at_least is None else band.at_least for band in (one, other))
    end = min(float("inf") if band.below is None else band.below for band in (one, other))
    return start < end
