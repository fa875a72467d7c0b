"""What an author asks of a folder: what is wrong with it, and what its worked cases come to.

A folder that holds findings, questions, red flags and causes is a whole knowledge, for these make an
interview. Any other holds local additions, which are laid over the shipped knowledge.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backpain_cli.case_files import examine_cases, flags_expected
from backpain_cli.cases import Case
from backpain_cli.errors import Location, Problem
from backpain_cli.folder import (
    CASES,
    TITLE,
    check_local_folder,
    check_reading,
    examine,
    lay_over,
    read_folder,
)
from backpain_cli.knowledge import load, shipped_folder
from backpain_cli.model import Knowledge

LOCAL_TITLE = "the local additions"
CORE = ("findings", "questions", "red_flags", "causes")
"""The kinds of record without which there is no interview."""
_NAME_ONE = "name a folder that holds causes.yaml and the like"


@dataclass(frozen=True)
class Checked:
    """What a check found, and how much it looked at."""

    problems: tuple[Problem, ...]
    records: int
    cases: int
    is_local: bool

    @property
    def title(self) -> str:
        """Return what was looked at, in words."""
        return LOCAL_TITLE if self.is_local else TITLE

    @property
    def is_well(self) -> bool:
        """Say whether there is nothing worse than a warning."""
        return all(problem.is_warning for problem in self.problems)


def is_whole(folder: Path) -> bool:
    """Say whether a folder holds a knowledge of its own, and not additions to another."""
    # glob passes over what may not be read, where is_file would raise
    return all(any((*folder.glob(f"{kind}.yaml"), *folder.glob(f"{kind}/*.yaml"))) for kind in CORE)


def check(folder: Path, today: date, *, as_local: bool = False) -> Checked:
    """Check a folder with its worked cases, whole or as additions to the shipped knowledge."""
    if as_local or not is_whole(folder):
        return _check_local(folder, today)
    return _check_whole(folder, today)


def read_for_cases(folder: Path, *, as_local: bool = False) -> Knowledge:
    """Return the knowledge to which the worked cases of a folder are put, or raise KnowledgeError."""
    if as_local or not is_whole(folder):
        return lay_over(load(), folder)
    return read_folder(folder)


def find_cases(folder: Path, *, as_local: bool = False) -> Path:
    """Return where the worked cases of a folder stand: the shipped ones for additions without their own."""
    own, shipped = folder / CASES, shipped_folder()
    if own.is_dir() or shipped is None or (is_whole(folder) and not as_local):
        return own
    return shipped / CASES


def _check_whole(folder: Path, today: date) -> Checked:
    """Check a whole knowledge; its worked cases wait until it can be read."""
    reading = examine(folder)
    records = sum(map(len, reading.knowledge.tables.values()))
    if reading.problems:
        return Checked(check_reading(reading, today=today), records, 0, is_local=False)
    cases, problems = examine_cases(folder / CASES, reading.knowledge)
    found = check_reading(reading, today=today, flags_with_case=flags_expected(cases))
    return Checked((*found, *problems), records, len(cases), is_local=False)


def _check_local(folder: Path, today: date) -> Checked:
    """Check local additions, which need no worked cases; where there are some, they are checked."""
    found, merged = check_local_folder(load(), folder, today=today)
    cases: tuple[Case, ...] = ()
    problems: tuple[Problem, ...] = ()
    if (folder / CASES).is_dir() and all(problem.is_warning for problem in found):
        cases, problems = examine_cases(folder / CASES, merged)
    elif not found and not merged.local_ids:
        problems = (Problem(Location(str(folder)), "there is nothing to check here", _NAME_ONE),)
    return Checked((*found, *problems), len(merged.local_ids), len(cases), is_local=True)
