"""What local additions may not do: lower, narrow or drop anything that keeps a person safe."""

from collections.abc import Iterable, Iterator

from backpain_cli.checks.faults import Fault
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
from backpain_cli.yaml_source import ValuePath

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
    for question in local.questions:
        if question.id in base.question_by_id:
            yield from _question(base.question_by_id[question.id], question)


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


def _question(old: Question, new: Question) -> Iterator[Fault]:
    if old.section is not Section.SAFETY:
        return
    for field in ("section", "kind", "minimum", "maximum"):
        if getattr(new, field) != getattr(old, field):
            yield _changed(new, (field,), f"'{field}' of a safety question must stay {getattr(old, field)}")
    if new.ask_when is not None and new.ask_when != old.ask_when:
        yield _changed(new, ("ask_when",), "a safety question may not be asked less often")
    if not set(old.bands) <= set(new.bands):
        yield _changed(new, ("bands",), "a safety question keeps all its bands")
    yield from _options(old, new)


def _options(old: Question, new: Question) -> Iterator[Fault]:
    after = {option.id: (place, option) for place, option in enumerate(new.options)}
    for option in old.options:
        if option.id not in after:
            yield _changed(new, ("options",), f"the option '{option.id}' of a safety question is missing")
            continue
        place, changed = after[option.id]
        missing = [finding for finding in option.findings if finding not in changed.findings]
        if missing:
            path = ("options", place, "findings")
            yield _changed(new, path, f"the option '{option.id}' no longer tells of {_listed(missing)}")


def _lowered(file: str, record: str, field: str, before: Level, after: Level | None) -> Fault:
    message = f"'{field}' may not be lowered from {before} to {after or 'none'}"
    return Fault(file, record, (field,), message, _HINT)


def _changed(question: Question, path: ValuePath, message: str) -> Fault:
    return Fault("questions", question.id, path, message, "keep what it asks; its words may be changed")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
