"""Ways through the records: every condition, every finding in it, every text, each with its path."""

from collections.abc import Iterator

from msgspec import UNSET, Struct

from backpain_cli.document import ValuePath
from backpain_cli.model import Claim, Compound, Condition, Knowledge

CONDITION_FIELDS = frozenset({"when", "ask_when", "when_it_matters"})
_NOT_PROSE = frozenset(
    {"id", "sources", "stance", "icd10", "also", "exercises", "treatments", "causes", "finding"}
)
"""Fields whose texts are names, not sentences."""


def conditions(knowledge: Knowledge) -> Iterator[tuple[str, str, ValuePath, Condition]]:
    """Yield every condition of the knowledge with its file, its record's id and its path."""
    for file, table in knowledge.tables.items():
        for record in table:
            for path, condition in _conditions_in(record, ()):
                yield file, record.id, path, condition


def condition_paths(condition: Condition | None, path: ValuePath) -> Iterator[tuple[ValuePath, str]]:
    """Yield the place and the id of each finding in a condition."""
    if isinstance(condition, str):
        yield path, condition
    elif isinstance(condition, Compound):
        for inner, part in parts(condition, path):
            yield from condition_paths(part, inner)


def parts(condition: Compound, path: ValuePath) -> Iterator[tuple[ValuePath, Condition]]:
    """Yield the place and the condition of each part of a compound."""
    for field in ("all_of", "any_of", "none_of"):
        for place, part in enumerate(getattr(condition, field)):
            yield (*path, field, place), part
    if condition.at_least is not UNSET:
        for place, part in enumerate(condition.at_least.of):
            yield (*path, "at_least", "of", place), part


def children(value: object) -> Iterator[tuple[str | int, object]]:
    """Yield what stands in a record, a list or a mapping, with its field, place or key."""
    if isinstance(value, Struct):
        yield from ((field, getattr(value, field)) for field in value.__struct_fields__)
    elif isinstance(value, tuple):
        yield from enumerate(value)
    elif isinstance(value, dict):
        yield from ((str(key), item) for key, item in value.items())


def claims(knowledge: Knowledge) -> Iterator[tuple[str, Claim]]:
    """Yield every record that claims something, with its file."""
    for file, table in knowledge.tables.items():
        yield from ((file, record) for record in table if isinstance(record, Claim))


def sourced_texts(
    value: object, path: ValuePath = (), sources: tuple[str, ...] = ()
) -> Iterator[tuple[ValuePath, str, tuple[str, ...]]]:
    """Yield each text that is shown, with its path and the sources nearest to it."""
    if isinstance(value, Struct):
        sources = getattr(value, "sources", ()) or sources
    for key, inner in children(value):
        if key in CONDITION_FIELDS or key in _NOT_PROSE:
            continue
        if type(inner) is str:
            yield (*path, key), inner, sources
        elif not isinstance(inner, str):
            yield from sourced_texts(inner, (*path, key), sources)


def _conditions_in(value: object, path: ValuePath) -> Iterator[tuple[ValuePath, Condition]]:
    for key, inner in children(value):
        if key in CONDITION_FIELDS and isinstance(inner, str | Compound):
            yield (*path, key), inner
        elif not isinstance(inner, str):
            yield from _conditions_in(inner, (*path, key))
