"""Loading the knowledge: the compiled file of a wheel or the folder beside the package, and local additions.

A wheel holds one JSON file, so that start-up parses no YAML; an editable install reads `knowledge/`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from backpain_cli.errors import KnowledgeError, Location, Problem
from backpain_cli.model import (
    Cause,
    Escalation,
    Exercise,
    Faq,
    Finding,
    Knowledge,
    Overview,
    Prevention,
    Question,
    Record,
    RedFlag,
    Region,
    RiskFactor,
    Source,
    Treatment,
)

if TYPE_CHECKING:
    from backpain_cli.checks import Fault
    from backpain_cli.yaml_source import Document

T = TypeVar("T", Record, Region)
AnyRecord = Record | Region

RECORD_TYPES: Mapping[str, type[AnyRecord]] = {
    "sources": Source,
    "findings": Finding,
    "questions": Question,
    "red_flags": RedFlag,
    "escalation": Escalation,
    "causes": Cause,
    "risk_factors": RiskFactor,
    "treatments": Treatment,
    "exercises": Exercise,
    "prevention": Prevention,
    "faq": Faq,
    "overview": Overview,
    "regions": Region,
}
"""The type of the records in each file of `knowledge/`, in the order in which they are read."""

CASES = "cases"
"""The folder of worked cases, which is no part of the knowledge itself."""

COMPILED = Path(__file__).with_name("_knowledge.json")
FOLDER = Path(__file__).parent.parent / "knowledge"


@dataclass(frozen=True)
class Reading:
    """What a folder holds, read as far as it goes, with the places and all that is wrong."""

    knowledge: Knowledge = field(default_factory=Knowledge)
    documents: Mapping[str, "Document"] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def broken(self) -> frozenset[str]:
        """Return the names of the files that could not be read whole."""
        return frozenset(Path(problem.location.file).stem for problem in self.problems)


def load(local: Path | None = None) -> Knowledge:
    """Return the knowledge, with a folder of local additions laid over it, or raise KnowledgeError."""
    base = read_compiled(COMPILED) if COMPILED.exists() else read_folder(_folder())
    return base if local is None else lay_over(base, local)


def load_records(record_type: type[T], local: Path | None = None) -> tuple[T, ...]:
    """Return the records of one file and decode no other, as a look-up needs; local additions need all."""
    name = name_of(record_type)
    if local is not None:
        return _table(load(local), record_type)
    if COMPILED.exists():
        return msgspec.json.decode(_raw_tables(COMPILED)[name], type=tuple[record_type, ...])  # type: ignore[valid-type]
    reading = examine(_folder(), (name,))
    _raise_any(reading.problems)
    return _table(reading.knowledge, record_type)


def name_of(record_type: type[AnyRecord]) -> str:
    """Return the name of the file that holds records of this type."""
    return next(name for name, held in RECORD_TYPES.items() if held is record_type)


def key_of(name: str) -> str:
    """Return the field that tells the records of a file apart."""
    return "code" if name == "regions" else "id"


def read_compiled(path: Path) -> Knowledge:
    """Return the knowledge that a wheel carries, or raise KnowledgeError."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Knowledge)
    except (OSError, msgspec.DecodeError) as error:
        raise _damaged(path, str(error)) from None


def compile_json(knowledge: Knowledge) -> bytes:
    """Return the knowledge as the JSON that a wheel carries."""
    return msgspec.json.encode(knowledge.tables)


def read_folder(folder: Path) -> Knowledge:
    """Return the knowledge of a whole folder, or raise KnowledgeError with all that is wrong in it."""
    # the checks cost nothing to a wheel, which never reads a folder
    from backpain_cli.checks import check_soundness  # noqa: PLC0415

    reading = examine(folder)
    faults = check_soundness(reading.knowledge)
    _raise_any((*reading.problems, *place_faults(faults, reading)))
    return reading.knowledge


def examine(folder: Path, names: Iterable[str] = RECORD_TYPES, *, may_lack: bool = False) -> Reading:
    """Read the files of a folder as far as they go; problems are gathered, not raised.

    With `may_lack` a file may be missing, as in a folder of local additions.
    """
    if not folder.is_dir():
        hint = "name a folder that holds causes.yaml and the like"
        raise KnowledgeError(
            "the knowledge", (Problem(Location(str(folder)), "there is no such folder", hint),)
        )
    tables: dict[str, tuple[AnyRecord, ...]] = {}
    documents: dict[str, Document] = {}
    problems = list(_unknown_files(folder))
    for name in names:
        if (folder / f"{name}.yaml").exists():
            tables[name] = _read_file(folder, name, documents, problems)
        elif not may_lack:
            problems.append(Problem(Location(f"{name}.yaml"), "the file is missing", f"add it to {folder}"))
    return Reading(msgspec.structs.replace(Knowledge(), **tables), documents, tuple(problems))


def lay_over(base: Knowledge, folder: Path) -> Knowledge:
    """Return the knowledge with local additions, or raise KnowledgeError where they are unsound or unsafe.

    A record with a new id is added at the end; one with a known id takes the old one's place.
    """
    from backpain_cli.checks import check_soundness  # noqa: PLC0415 - as in `read_folder`

    reading, merged = examine_local(base, folder, check_soundness)
    _raise_any(reading.problems)
    return merged


def check_folder(
    folder: Path, *, today: date | None = None, flags_with_case: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """Return all that is wrong with a whole folder, and what could be better, in file order."""
    from backpain_cli.checks import check  # noqa: PLC0415 - as in `read_folder`

    reading = examine(folder)
    faults = check(reading.knowledge, today=today, flags_with_case=flags_with_case)
    return sort_problems((*reading.problems, *place_faults(faults, reading)))


def check_local_folder(base: Knowledge, folder: Path, *, today: date | None = None) -> tuple[Problem, ...]:
    """Return all that is wrong with local additions, and what could be better; the base counts as good."""
    from backpain_cli.checks import check  # noqa: PLC0415 - as in `read_folder`

    reading, _ = examine_local(base, folder, lambda merged: check(merged, today=today))
    return reading.problems


def examine_local(
    base: Knowledge, folder: Path, rules: Callable[[Knowledge], Iterable["Fault"]]
) -> tuple[Reading, Knowledge]:
    """Read local additions as far as they go; return them and the knowledge they make with the base."""
    from backpain_cli.local_rules import check_local  # noqa: PLC0415 - as in `read_folder`

    reading = examine(folder, may_lack=True)
    merged = merge(base, reading.knowledge)
    faults = (*check_local(base, reading.knowledge), *rules(merged))
    local = tuple(fault for fault in faults if f"{fault.file}/{fault.id}" in merged.local_ids)
    return replace(
        reading, problems=sort_problems((*reading.problems, *place_faults(local, reading)))
    ), merged


def merge(base: Knowledge, local: Knowledge) -> Knowledge:
    """Return the base in which local records replace those with their id and follow the others."""
    tables = {name: _merge_table(old, local.tables[name]) for name, old in base.tables.items()}
    ids = {f"{name}/{record.id}" for name, table in local.tables.items() for record in table}
    return msgspec.structs.replace(base, **tables, local_ids=base.local_ids | ids)


def place_faults(faults: Iterable["Fault"], reading: Reading) -> tuple[Problem, ...]:
    """Return the faults as problems in their files.

    One that refers to a file that could not be read whole is left out: what it misses may stand there.
    """
    sound = (fault for fault in faults if fault.refers_to not in reading.broken)
    return tuple(_place(fault, reading.documents.get(fault.file)) for fault in sound)


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems in the order of the files, then of their places."""
    order = {f"{name}.yaml": place for place, name in enumerate(RECORD_TYPES)}
    return tuple(sorted(problems, key=lambda p: (order.get(p.location.file, len(order)), p.order)))


def _read_file(
    folder: Path, name: str, documents: dict[str, "Document"], problems: list[Problem]
) -> tuple[AnyRecord, ...]:
    """Return the sound records of one file, and add its document and its problems."""
    # PyYAML costs 15 ms, which a wheel never needs
    from backpain_cli.errors import BackpainError, ProblemsError  # noqa: PLC0415
    from backpain_cli.records import read_records  # noqa: PLC0415
    from backpain_cli.yaml_source import read_text, read_yaml  # noqa: PLC0415

    file = f"{name}.yaml"
    record_type = RECORD_TYPES[name]
    try:
        documents[name] = read_yaml(read_text(folder / file, file), file)
    except ProblemsError as error:
        problems.extend(error.problems)
        return ()
    except BackpainError as error:
        problems.append(Problem(Location(file), error.message, error.hint))
        return ()
    records, found = read_records(documents[name], record_type, key_of(name))
    problems.extend(found)
    return records


def _unknown_files(folder: Path) -> Iterable[Problem]:
    """Yield a problem for each YAML file whose name is none of ours, for its records would be lost."""
    from backpain_cli.suggest import did_you_mean  # noqa: PLC0415 - needed only beside PyYAML

    known = [f"{name}.yaml" for name in RECORD_TYPES]
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in {".yaml", ".yml"} and path.name not in known:
            hint = did_you_mean(path.name, known) or f"the files are: {', '.join(known)}"
            yield Problem(Location(path.name), "no file of the knowledge is called so", hint)


def _place(fault: "Fault", document: "Document | None") -> Problem:
    from backpain_cli.records import place_of  # noqa: PLC0415 - as in `_read_file`

    place = None if document is None else place_of(document, fault.id, key_of(fault.file))
    if document is None or place is None:
        location = Location(f"{fault.file}.yaml")
        return Problem(location, f"{fault.id}: {fault.message}", fault.hint, is_warning=fault.is_warning)
    problem = document.problem((place, *fault.path), fault.message, fault.hint)
    return replace(problem, is_warning=fault.is_warning)


def _merge_table(old: tuple[AnyRecord, ...], new: tuple[AnyRecord, ...]) -> tuple[AnyRecord, ...]:
    by_id = {record.id: record for record in old}
    return tuple((by_id | {record.id: record for record in new}).values())


def _table(knowledge: Knowledge, record_type: type[T]) -> tuple[T, ...]:
    return tuple(
        record for record in knowledge.tables[name_of(record_type)] if isinstance(record, record_type)
    )


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


def _raise_any(problems: Iterable[Problem]) -> None:
    found = sort_problems(problems)
    if any(not problem.is_warning for problem in found):
        raise KnowledgeError("the knowledge", found)
