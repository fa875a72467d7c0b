"""Loading the knowledge: the compiled file of a wheel or the folder beside the package, and local additions.

A wheel holds one JSON file, so that start-up parses no YAML; an editable install reads `knowledge/`.
"""

from collections.abc import Collection
from pathlib import Path
from typing import TypeVar

import msgspec

from backpain_cli.errors import KnowledgeError, Location, Problem
from backpain_cli.model import RECORD_TYPES, Knowledge, Record, Region

T = TypeVar("T", bound=Record | Region)

COMPILED = Path(__file__).with_name("_knowledge.json")
FOLDER = Path(__file__).parent.parent / "knowledge"


def load(local: Path | None = None, only: Collection[str] = ()) -> Knowledge:
    """Return the knowledge, with a folder of local additions laid over it, or raise KnowledgeError.

    Where `only` names tables, the others may be left empty: a look-up of one decodes no more.
    """
    if local is None and COMPILED.exists():
        return _read_tables(only) if only else read_compiled(COMPILED)
    # PyYAML and the checks cost 30 ms, which a wheel without additions never needs
    from backpain_cli.folder import lay_over, read_folder  # noqa: PLC0415

    base = read_compiled(COMPILED) if COMPILED.exists() else read_folder(_folder())
    return base if local is None else lay_over(base, local)


def load_records(record_type: type[T], local: Path | None = None) -> tuple[T, ...]:
    """Return the records of one type and decode no other, as a look-up needs; local additions need all."""
    name = next(name for name, held in RECORD_TYPES.items() if held is record_type)
    if local is None and COMPILED.exists():
        return _decode(_raw_tables(COMPILED)[name], record_type)
    table = _read_table(name) if local is None else load(local).tables[name]
    return tuple(record for record in table if isinstance(record, record_type))


def shipped_folder() -> Path | None:
    """Return the folder of the shipped knowledge; None in a wheel, which carries it compiled."""
    return None if COMPILED.exists() or not FOLDER.is_dir() else FOLDER


def read_compiled(path: Path) -> Knowledge:
    """Return the knowledge that a wheel carries, or raise KnowledgeError."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Knowledge)
    except (OSError, msgspec.DecodeError) as error:
        raise _damaged(path, str(error)) from None


def compile_json(knowledge: Knowledge) -> bytes:
    """Return the knowledge as the JSON that a wheel carries."""
    return msgspec.json.encode(knowledge.tables)


def _read_tables(names: Collection[str]) -> Knowledge:
    raw = _raw_tables(COMPILED)
    tables = {name: _decode(raw[name], RECORD_TYPES[name]) for name in names}
    return msgspec.structs.replace(Knowledge(), **tables)


def _decode(table: msgspec.Raw, record_type: type[T]) -> tuple[T, ...]:
    return msgspec.json.decode(table, type=tuple[record_type, ...])  # type: ignore[valid-type]


def _read_table(name: str) -> tuple[Record | Region, ...]:
    from backpain_cli.folder import read_table  # noqa: PLC0415 - as in `load`

    return read_table(_folder(), name)


def _raw_tables(path: Path) -> dict[str, msgspec.Raw]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, msgspec.Raw])
    except (OSError, msgspec.DecodeError) as error:
        raise _damaged(path, str(error)) from None


def _folder() -> Path:
    if FOLDER.is_dir():
        return FOLDER
    problem = Problem(Location(str(FOLDER)), "the knowledge is missing", "install backpain again")
    raise KnowledgeError("the knowledge", (problem,))


def _damaged(path: Path, reason: str) -> KnowledgeError:
    problem = Problem(Location(str(path)), f"it cannot be read: {reason}", "install backpain again")
    return KnowledgeError("the knowledge", (problem,))
