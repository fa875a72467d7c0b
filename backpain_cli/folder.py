"""A folder of knowledge: reading it, laying one over another, and checking it.

The records of a kind stand in one file, `causes.yaml`, or in several in a folder of that name,
`causes/bones.yaml`, which are read in the order of their names.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import msgspec

from backpain_cli.checks import Fault, check, check_soundness
from backpain_cli.document import Document
from backpain_cli.errors import BackpainError, KnowledgeError, Location, Problem, ProblemsError
from backpain_cli.local_rules import check_local
from backpain_cli.model import RECORD_TYPES, Knowledge, Record, Region
from backpain_cli.records import MOST_PROBLEMS, doubled, place_of, read_records
from backpain_cli.suggest import did_you_mean
from backpain_cli.yaml_source import read_text, read_yaml

CASES = "cases"
"""The folder of worked cases, which is no part of the knowledge itself."""
TITLE = "the knowledge"

Table: TypeAlias = tuple[Record | Region, ...]


@dataclass(frozen=True)
class Reading:
    """What a folder holds, read as far as it goes, with the places and all that is wrong."""

    knowledge: Knowledge
    documents: dict[str, tuple[Document, ...]]
    """By kind of record: `causes`."""
    problems: tuple[Problem, ...] = ()

    @property
    def broken(self) -> frozenset[str]:
        """Return the kinds of record that could not be read whole."""
        return frozenset(_kind(problem) for problem in self.problems)


def read_folder(folder: Path) -> Knowledge:
    """Return the knowledge of a whole folder, or raise KnowledgeError with all that is wrong in it."""
    reading = examine(folder)
    faults = check_soundness(reading.knowledge)
    _raise_any((*reading.problems, *_placed(faults, reading)))
    return reading.knowledge


def read_table(folder: Path, kind: str) -> Table:
    """Return the records of one kind and read no other file, or raise KnowledgeError."""
    reading = examine(folder, (kind,))
    _raise_any(reading.problems)
    return reading.knowledge.tables[kind]


def lay_over(base: Knowledge, folder: Path) -> Knowledge:
    """Return the knowledge with local additions, or raise KnowledgeError where they are unsound or unsafe.

    A record with a new id is added at the end; one with a known id takes the old one's place.
    """
    problems, merged = _examine_local(base, folder, check_soundness)
    _raise_any(problems)
    return merged


def check_folder(
    folder: Path, *, today: date | None = None, flags_with_case: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """Return all that is wrong with a whole folder, and what could be better, in file order."""
    return check_reading(examine(folder), today=today, flags_with_case=flags_with_case)


def check_reading(
    reading: Reading, *, today: date | None = None, flags_with_case: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """Return all that is wrong with a whole folder that was read, and what could be better."""
    if reading.problems:
        faults = check_soundness(reading.knowledge)
    else:
        faults = check(reading.knowledge, today=today, flags_with_case=flags_with_case)
    return _sorted((*reading.problems, *_placed(faults, reading)))


def check_local_folder(
    base: Knowledge, folder: Path, *, today: date | None = None
) -> tuple[tuple[Problem, ...], Knowledge]:
    """Return all that is wrong with local additions, or could be better, and what they make with the base.

    The base counts as good.
    """
    return _examine_local(base, folder, lambda merged: check(merged, today=today))


def examine(folder: Path, kinds: Iterable[str] = RECORD_TYPES, *, may_lack: bool = False) -> Reading:
    """Read the files of a folder as far as they go; problems are gathered, not raised.

    With `may_lack` a file may be missing, as in a folder of local additions.
    """
    if not _is_folder(folder):
        hint = "name a folder that holds causes.yaml and the like"
        raise KnowledgeError(TITLE, (Problem(Location(str(folder)), "there is no such folder", hint),))
    tables: dict[str, Table] = {}
    documents: dict[str, tuple[Document, ...]] = {}
    problems = list(_unknown_files(folder))
    for kind in kinds:
        files = _files(folder, kind)
        if not files and not may_lack:
            problems.append(Problem(Location(f"{kind}.yaml"), "the file is missing", f"add it to {folder}"))
        documents[kind] = read_documents(folder, files, problems)
        tables[kind] = _read_records(documents[kind], kind, problems)
    return Reading(msgspec.structs.replace(Knowledge(), **tables), documents, tuple(problems))


def read_documents(folder: Path, files: Iterable[str], problems: list[Problem]) -> tuple[Document, ...]:
    """Return the files of a folder that are sound YAML, and add what is wrong with the others."""
    documents: list[Document] = []
    for file in files:
        try:
            documents.append(read_yaml(read_text(folder / file, file), file))
        except ProblemsError as error:
            problems.extend(error.problems)
        except BackpainError as error:
            problems.append(Problem(Location(file), error.message, error.hint))
    return tuple(documents)


def merge(base: Knowledge, local: Knowledge) -> Knowledge:
    """Return the base in which local records replace those with their id and follow the others."""
    tables = {kind: _merge_table(old, local.tables[kind]) for kind, old in base.tables.items()}
    ids = {f"{kind}/{record.id}" for kind, table in local.tables.items() for record in table}
    return msgspec.structs.replace(base, **tables, local_ids=base.local_ids | ids)


def _examine_local(
    base: Knowledge, folder: Path, rules: Callable[[Knowledge], Iterable[Fault]]
) -> tuple[tuple[Problem, ...], Knowledge]:
    """Return what is wrong with local additions, and the knowledge they make with the base."""
    reading = examine(folder, may_lack=True)
    merged = merge(base, reading.knowledge)
    faults = (*check_local(base, reading.knowledge), *rules(merged))
    local = tuple(fault for fault in faults if f"{fault.file}/{fault.id}" in merged.local_ids)
    return _sorted((*reading.problems, *_placed(local, reading))), merged


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _files(folder: Path, kind: str) -> tuple[str, ...]:
    """Return the names of the files that hold records of a kind, within the folder."""
    # glob passes over what may not be read, where exists would raise
    paths = (*folder.glob(f"{kind}.yaml"), *sorted(folder.glob(f"{kind}/*.yaml")))
    return tuple(path.relative_to(folder).as_posix() for path in paths)


def _read_records(documents: tuple[Document, ...], kind: str, problems: list[Problem]) -> Table:
    records: list[Record | Region] = []
    for document in documents:
        sound, found = read_records(document, RECORD_TYPES[kind])
        records.extend(sound)
        problems.extend(found)
    problems.extend(islice(doubled(documents, _key(kind)), MOST_PROBLEMS))
    return tuple(records)


def _unknown_files(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each YAML file whose name is none of ours, for its records would be lost."""
    known = (*(f"{kind}.yaml" for kind in RECORD_TYPES), *RECORD_TYPES)
    for path in sorted((*folder.glob("*.y*ml"), *folder.glob("*/*.y*ml"))):
        name = path.relative_to(folder).as_posix()
        top = name.partition("/")[0]
        if top == CASES or (top in known and path.suffix == ".yaml"):
            continue
        hint = (
            did_you_mean(top, known) or f"the files are: {', '.join(f'{kind}.yaml' for kind in RECORD_TYPES)}"
        )
        yield Problem(Location(name), "no file of the knowledge is called so", hint)


def _placed(faults: Iterable[Fault], reading: Reading) -> tuple[Problem, ...]:
    """Return the faults as problems in their files.

    One that refers to a kind that could not be read whole is left out: what it misses may stand there.
    """
    return tuple(_place(fault, reading) for fault in faults if fault.refers_to not in reading.broken)


def _place(fault: Fault, reading: Reading) -> Problem:
    for document in reading.documents.get(fault.file, ()):
        place = place_of(document, fault.id, _key(fault.file))
        if place is not None:
            problem = document.problem((place, *fault.path), fault.message, fault.hint)
            return problem._replace(is_warning=fault.is_warning)
    location = Location(f"{fault.file}.yaml")
    return Problem(location, f"{fault.id}: {fault.message}", fault.hint, is_warning=fault.is_warning)


def _merge_table(old: Table, new: Table) -> Table:
    by_id = {record.id: record for record in old}
    return tuple((by_id | {record.id: record for record in new}).values())


def _key(kind: str) -> str:
    """Return the field that tells the records of a kind apart."""
    return "code" if kind == "regions" else "id"


def _kind(problem: Problem) -> str:
    """Return the kind of record that the file of a problem holds."""
    return problem.location.file.partition("/")[0].removesuffix(".yaml")


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems in the order of the files, then of their places."""
    order = {kind: place for place, kind in enumerate(RECORD_TYPES)}
    return tuple(sorted(problems, key=lambda problem: (order.get(_kind(problem), len(order)), problem.order)))


def _raise_any(problems: Iterable[Problem]) -> None:
    found = _sorted(problems)
    if found:
        raise KnowledgeError(TITLE, found)
