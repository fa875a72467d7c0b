"""Worked cases from their files, each answer and each expectation checked against the knowledge."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from backpain_cli.answers import check_answers
from backpain_cli.cases import Case
from backpain_cli.document import Data, Document, ValuePath
from backpain_cli.errors import KnowledgeError, Location, Problem
from backpain_cli.folder import read_documents
from backpain_cli.model import Knowledge
from backpain_cli.records import MOST_PROBLEMS, doubled, read_records
from backpain_cli.suggest import did_you_mean

TITLE = "the worked cases"


def read_cases(folder: Path, knowledge: Knowledge) -> tuple[Case, ...]:
    """Return the cases of every file in a folder, or raise KnowledgeError with all that is wrong in them."""
    cases, problems = examine_cases(folder, knowledge)
    if problems:
        raise KnowledgeError(TITLE, problems)
    return cases


def examine_cases(folder: Path, knowledge: Knowledge) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Return the sound cases of a folder, or of one file, and all that is wrong with the others, in order."""
    paths = (folder,) if folder.is_file() else sorted(folder.glob("*.yaml"))
    files = tuple(path.relative_to(folder.parent).as_posix() for path in paths)
    if not files:
        hint = "name a folder that holds cases in .yaml files"
        return (), (Problem(Location(str(folder)), "there are no worked cases here", hint),)
    problems: list[Problem] = []
    cases: list[Case] = []
    documents = read_documents(folder.parent, files, problems)
    for document in documents:
        sound, found = read_records(document, Case)
        cases.extend(sound)
        problems.extend((*found, *islice(_misfits(document, knowledge), MOST_PROBLEMS)))
    problems.extend(islice(doubled(documents, "id"), MOST_PROBLEMS))
    return tuple(cases), tuple(sorted(problems, key=lambda problem: problem.order))


def flags_expected(cases: tuple[Case, ...]) -> frozenset[str]:
    """Return every red flag that some case expects."""
    return frozenset(flag for case in cases for flag in case.expect.red_flags)


def _misfits(document: Document, knowledge: Knowledge) -> Iterator[Problem]:
    """Yield a problem for each answer and each expectation that the knowledge does not have."""
    for place, item in enumerate(document.data if isinstance(document.data, list) else ()):
        if not isinstance(item, dict):
            continue
        for fault in check_answers(item.get("answers"), knowledge):
            path = (place, "answers", *fault.path)
            yield document.problem(path, fault.message, fault.hint, at_key=fault.is_about_key)
        for path, kind, named, ids in _expected(item.get("expect"), (place, "expect"), knowledge):
            if named not in ids:
                yield document.problem(path, f"no {kind} is called '{named}'", did_you_mean(named, ids))


def _expected(
    expect: Data, path: ValuePath, knowledge: Knowledge
) -> Iterator[tuple[ValuePath, str, str, tuple[str, ...]]]:
    """Yield what a case expects by name: where it stands, its kind, its id, and the ids there are."""
    flags = tuple(flag.id for flag in knowledge.red_flags)
    causes = tuple(cause.id for cause in knowledge.causes)
    expected = expect if isinstance(expect, dict) else {}
    for field, kind, ids in (
        ("red_flags", "red flag", flags),
        ("causes", "cause", causes),
        ("not_causes", "cause", causes),
    ):
        named = expected.get(field)
        for place, name in enumerate(named if isinstance(named, list) else ()):
            if isinstance(name, str):
                yield (*path, field, place), kind, name, ids
