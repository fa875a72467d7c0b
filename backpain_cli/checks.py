"""Rules over the whole knowledge: one function for each, from the knowledge to what is wrong with it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from msgspec import UNSET, Struct

from backpain_cli.model import Compound, Condition, Knowledge, Record, Region
from backpain_cli.suggest import did_you_mean
from backpain_cli.yaml_source import ValuePath

AnyRecord = Record | Region


@dataclass(frozen=True)
class Fault:
    """Something wrong with a record: which file and record, where in it, what, and how to mend it."""

    file: str
    """The file's name without its ending: `causes`."""
    id: str
    path: ValuePath
    message: str
    hint: str = ""
    is_warning: bool = False
    refers_to: str = ""
    """The file in which something is missing, for a reference that leads nowhere."""


Check: TypeAlias = Callable[[Knowledge], Iterable[Fault]]

_REFERENCES = {
    "sources": "sources",
    "findings": "findings",
    "rules_out": "findings",
    "finding": "findings",
    "causes": "causes",
    "treatments": "treatments",
    "exercises": "exercises",
}
"""The file to which each field of ids refers, in whatever record it stands."""
_CONDITIONS = frozenset({"when", "ask_when", "when_it_matters"})
_ONE = {
    "sources": "source",
    "findings": "finding",
    "causes": "cause",
    "treatments": "treatment",
    "exercises": "exercise",
}


def check_references(knowledge: Knowledge) -> tuple[Fault, ...]:
    """Return a fault for each id that leads nowhere."""
    known = {file: [record_id(record) for record in table] for file, table in knowledge.tables.items()}
    known_sets = {file: frozenset(ids) for file, ids in known.items()}
    return tuple(
        Fault(
            file,
            record_id(record),
            path,
            f"no {_ONE[to]} is called '{named}'",
            did_you_mean(named, known[to]),
            refers_to=to,
        )
        for file, table in knowledge.tables.items()
        for record in table
        for path, to, named in references(record)
        if named not in known_sets[to]
    )


def references(record: Struct) -> Iterator[tuple[ValuePath, str, str]]:
    """Yield every id that a record names: where it stands, the file it refers to, and the id."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        if field in _REFERENCES:
            for path, named in _named(value, (field,)):
                yield path, _REFERENCES[field], named
        elif field in _CONDITIONS:
            for path, named in condition_paths(value, (field,)):
                yield path, "findings", named
        else:
            yield from _within(value, (field,))


def condition_paths(condition: Condition | None, path: ValuePath) -> Iterator[tuple[ValuePath, str]]:
    """Yield the place and the id of each finding in a condition."""
    if isinstance(condition, str):
        yield path, condition
    elif isinstance(condition, Compound):
        for inner, part in parts(condition, path):
            yield from condition_paths(part, inner)


def parts(condition: Compound, path: ValuePath = ()) -> Iterator[tuple[ValuePath, Condition]]:
    """Yield the place and the condition of each part of a compound."""
    for field in ("all_of", "any_of", "none_of"):
        for place, part in enumerate(getattr(condition, field)):
            yield (*path, field, place), part
    if condition.at_least is not UNSET:
        for place, part in enumerate(condition.at_least.of):
            yield (*path, "at_least", "of", place), part


def record_id(record: AnyRecord) -> str:
    """Return a record's id; a region's is its code."""
    return record.code if isinstance(record, Region) else record.id


def _named(value: object, path: ValuePath) -> Iterator[tuple[ValuePath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        yield from (((*path, place), named) for place, named in enumerate(value))


def _within(value: object, path: ValuePath) -> Iterator[tuple[ValuePath, str, str]]:
    """Yield the references of the records within a field."""
    items: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Struct):
        yield from ((path + inner, to, named) for inner, to, named in references(value))
    elif isinstance(value, tuple):
        items = enumerate(value)
    elif isinstance(value, dict):
        items = ((str(key), item) for key, item in value.items())
    for key, item in items:
        yield from _within(item, (*path, key))
