"""What local additions may not do: lower, narrow or drop anything that keeps a person safe."""

from collections.abc import Iterable, Iterator

from backpain_cli.checks.faults import Fault
from backpain_cli.document import ValuePath
from backpain_cli.evidence import findings_asked
from backpain_cli.logic import findings_of
from backpain_cli.model import (
    Cause,
    Condition,
    Escalation,
    Knowledge,
    Level,
    Question,
    RedFlag,
    Section,
)

_HINT = "local additions may add a danger sign or make it more urgent, never less"


def check_local(base: Knowledge, local: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each local record that makes the knowledge less safe than the base."""
    flags = {flag.id: flag for flag in base.red_flags}
    rules = {rule.id: rule for rule in base.escalation}
    for flag in local.red_flags:
        if flag.id in flags:
            yield from _red_flag(flags[flag.id], flag)
    for rule in local.escalation:
        if rule.id in rules:
            yield from _escalation(rules[rule.id], rule)
    for cause in local.causes:
        if cause.id in base.cause_by_id:
            yield from _cause(base.cause_by_id[cause.id], cause)
    flagged = frozenset(finding for flag in base.red_flags for finding in findings_of(flag.when))
    for question in local.questions:
        if question.id in base.question_by_id:
            yield from _question(base.question_by_id[question.id], question, flagged)


def _red_flag(old: RedFlag, new: RedFlag) -> Iterator[Fault]:
    for field, before, after in (
        ("level", old.level, new.level),
        ("if_unsure", old.if_unsure, new.if_unsure),
    ):
        if after.rank < before.rank:
            yield _lowered("red_flags", new.id, field, before, after)
    if not _is_widened(old.when, new.when):
        message = "the condition of a danger sign may only be widened"
        hint = "keep the old condition whole as one of any_of, and add to it"
        yield Fault("red_flags", new.id, ("when",), message, hint)


def _is_widened(old: Condition, new: Condition) -> bool:
    """Say whether the new condition plainly holds wherever the old one does."""
    alternatives = _alternatives(new)
    return old in alternatives or all(part in alternatives for part in _alternatives(old))


def _alternatives(condition: Condition) -> tuple[Condition, ...]:
    """Return the parts of an `any_of` that stands alone, else the whole condition."""
    if isinstance(condition, str) or condition.all_of or condition.none_of or condition.at_least:
        return (condition,)
    return condition.any_of


def _escalation(old: Escalation, new: Escalation) -> Iterator[Fault]:
    if old.level is not None and (new.level is None or new.level.rank < old.level.rank):
        yield _lowered("escalation", new.id, "level", old.level, new.level)


def _cause(old: Cause, new: Cause) -> Iterator[Fault]:
    if new.at_least.rank < old.at_least.rank:
        yield _lowered("causes", new.id, "at_least", old.at_least, new.at_least)


def _question(old: Question, new: Question, flagged: frozenset[str]) -> Iterator[Fault]:
    """Yield what the new question no longer asks for safety's sake.

    A safety question guards all that it asks; any other, the findings that a danger sign needs.
    """
    is_safety = old.section is Section.SAFETY
    guarded = flagged.union(findings_asked(old)) if is_safety else flagged.intersection(findings_asked(old))
    if not guarded:
        return
    if is_safety and new.section is not old.section:
        yield _changed(new, ("section",), "a safety question stays in the section 'safety'")
    for field in ("kind", "minimum", "maximum"):
        if getattr(new, field) != getattr(old, field):
            yield _changed(
                new, (field,), f"'{field}' must stay {getattr(old, field)!s}: danger signs depend on it"
            )
    if new.ask_when is not None and new.ask_when != old.ask_when:
        yield _changed(new, ("ask_when",), "it may not be asked less often: danger signs depend on it")
    if any(band not in new.bands for band in old.bands if guarded.intersection(band.findings)):
        yield _changed(new, ("bands",), "a band that danger signs depend on is missing")
    yield from _options(old, new, guarded)


def _options(old: Question, new: Question, guarded: frozenset[str]) -> Iterator[Fault]:
    after = {option.id: (place, option) for place, option in enumerate(new.options)}
    for option in old.options:
        needed = [finding for finding in option.findings if finding in guarded]
        if needed and option.id not in after:
            yield _changed(
                new, ("options",), f"the option '{option.id}' is missing: danger signs depend on it"
            )
        elif needed:
            place, changed = after[option.id]
            missing = [finding for finding in needed if finding not in changed.findings]
            message = f"the option '{option.id}' no longer tells of {_listed(missing)}"
            yield from [_changed(new, ("options", place, "findings"), message)] if missing else []


def _lowered(file: str, record: str, field: str, before: Level, after: Level | None) -> Fault:
    message = f"'{field}' may not be lowered from {before} to {after or 'none'}"
    return Fault(file, record, (field,), message, _HINT)


def _changed(question: Question, path: ValuePath, message: str) -> Fault:
    return Fault("questions", question.id, path, message, "keep what it asks; its words may be changed")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
