"""Conditions in words: as one phrase, or as an outline where one would be hard to follow."""

from collections.abc import Callable, Iterator

from backpain_cli.model import Compound, Condition
from backpain_cli.wording import capitalised, say_list

Namer = Callable[[str], str]
"""From a finding's id to its name."""

Group = tuple[str, tuple[Condition, ...]]
"""What must hold of some conditions, and these."""

ALL, ANY, NONE = "All of these", "Any of these", "None of these"


def phrase(condition: Condition, name: Namer) -> str:
    """Return a condition as one phrase: "a stomach ulcer and (diabetes or kidney disease)"."""
    if isinstance(condition, str):
        return name(condition)
    return say_list([_group_phrase(group, name) for group in _groups(condition)])


def outline(condition: Condition, name: Namer, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield a condition as lines, each with its depth."""
    if isinstance(condition, str):
        yield depth, capitalised(name(condition))
        return
    groups = _groups(condition)
    if len(groups) > 1:
        yield depth, f"{ALL}:"
        depth += 1
    for lead, conditions in groups:
        yield from _group_outline(lead, conditions, name, depth)


def _groups(condition: Compound) -> list[Group]:
    """Return what must hold together; each part of `all_of` stands alone beside other groups."""
    named: list[Group] = [(ANY, condition.any_of), (NONE, condition.none_of)]
    if condition.at_least:
        named.append((f"At least {condition.at_least.n} of these", condition.at_least.of))
    others = [group for group in named if group[1]]
    if others or not condition.all_of:
        return [*((ALL, (part,)) for part in condition.all_of), *others]
    return [(ALL, condition.all_of)]


def _group_outline(
    lead: str, conditions: tuple[Condition, ...], name: Namer, depth: int
) -> Iterator[tuple[int, str]]:
    if len(conditions) > 1 or lead == NONE:
        yield depth, f"{lead}:"
        depth += 1
    for condition in conditions:
        yield from outline(condition, name, depth)


def _group_phrase(group: Group, name: Namer) -> str:
    lead, conditions = group
    parts = [_nested(condition, name) for condition in conditions]
    if lead == ALL:
        return say_list(parts)
    if lead == ANY:
        return say_list(parts, "or")
    return f"{lead[0].lower()}{lead[1:]} ({'; '.join(parts)})"


def _nested(condition: Condition, name: Namer) -> str:
    """Return a condition as a part of another, in brackets where it is a list itself."""
    text = phrase(condition, name)
    return text if isinstance(condition, str) else f"({text})"
