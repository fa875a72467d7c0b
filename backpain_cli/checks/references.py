"""Ids that one record uses for another: each must lead somewhere."""

from collections.abc import Iterator

from msgspec import Struct

from backpain_cli.checks.faults import Fault
from backpain_cli.checks.walk import CONDITION_FIELDS, children, condition_paths
from backpain_cli.document import ValuePath
from backpain_cli.model import Knowledge
from backpain_cli.suggest import did_you_mean

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
_ONE = {
    "sources": "source",
    "findings": "finding",
    "causes": "cause",
    "treatments": "treatment",
    "exercises": "exercise",
}


def unknown_references(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each id that leads nowhere."""
    known = {file: [record.id for record in table] for file, table in knowledge.tables.items()}
    known_sets = {file: frozenset(ids) for file, ids in known.items()}
    yield from (
        Fault(
            file,
            record.id,
            path,
            f"no {_ONE[to]} is called '{named}'",
            did_you_mean(named, known[to]) or f"add it to {to}.yaml, or correct the id",
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
        elif field in CONDITION_FIELDS:
            for path, named in condition_paths(value, (field,)):
                yield path, "findings", named
        else:
            yield from _within(value, (field,))


def _named(value: object, path: ValuePath) -> Iterator[tuple[ValuePath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        yield from (((*path, place), named) for place, named in enumerate(value))


def _within(value: object, path: ValuePath) -> Iterator[tuple[ValuePath, str, str]]:
    """Yield the references of the records within a field."""
    if isinstance(value, Struct):
        yield from ((path + inner, to, named) for inner, to, named in references(value))
    elif not isinstance(value, str):
        for key, item in children(value):
            yield from _within(item, (*path, key))
