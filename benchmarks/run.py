"""Everything side by side, measured in one run on one machine: `python -m benchmarks.run`.

It makes its environments in a temporary folder (or in one that is named, and then kept), so it needs
the package index. Ratios only: what they are of, the table says.
"""

import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import chain
from math import log10
from pathlib import Path
from random import Random
from typing import NamedTuple

from backpain_cli.logic import ABSENT, PRESENT, Evidence
from backpain_cli.matching import rank
from backpain_cli.model import Cause, CauseKind, Finding, Knowledge, Link
from benchmarks.measure import Command, Ratio, compare, ratio

HERE = Path(__file__).parent
COMPLETION = {"COMP_WORDS": "backpain ", "COMP_CWORD": "1"}
USUAL = 0.2
"""How often a finding is met without any of the causes that name it."""
CAUSES, FINDINGS, LINKS, PEOPLE = 56, 226, 25, 40
"""About the size of the shipped knowledge, with LINKS for each cause."""

ROWS = """
import json, sys
from backpain_cli.knowledge import load
from backpain_cli.report import lookups, reference_lookups, treatment_lookups
from backpain_cli.report.blocks import Bullets, Grid

knowledge = load()
conservative = [treatment for treatment in knowledge.treatments if treatment.type == "conservative"]
blocks = {
    "faq": reference_lookups.faq_list(knowledge, knowledge.faq),
    "causes": lookups.cause_list(knowledge, knowledge.causes),
    "treatments": treatment_lookups.treatment_list(knowledge, conservative),
}[sys.argv[1]]
[shown] = [block for block in blocks if isinstance(block, Bullets | Grid)][:1]
is_grid = isinstance(shown, Grid)
titles = [column.title for column in shown.columns] if is_grid else ["Question"]
print(json.dumps([titles, *(shown.rows if is_grid else [[item] for item in shown.items])]))
"""


class Row(NamedTuple):
    """One line of the table."""

    ours: str
    beside: str
    time: str
    memory: str = ""


def main(folder: Path) -> None:
    """Measure everything and print the table."""
    print(f"{date.today():%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}\n")  # noqa: DTZ011
    print("| ours | beside | time, times theirs | peak memory, times theirs |\n| --- | --- | --- | --- |")
    for row in chain(start_up(folder), matching(folder)):
        print(f"| {row.ours} | {row.beside} | {row.time} | {row.memory} |", flush=True)


def start_up(folder: Path) -> Iterator[Row]:
    """Yield our start-up beside the floor and beside others."""
    python = environment(folder, "ours", str(HERE.parent))
    ours = str(python.with_name("backpain"))
    bare = [str(python), str(HERE / "bare.py")]
    floor = [str(python), str(HERE / "floor.py")]
    version = Command([ours, "--version"])
    yield row("--version", "a bare Typer program", version, Command([*bare, "--version"]))
    mine = Command([ours], environment={**COMPLETION, "_BACKPAIN_COMPLETE": "complete_bash"})
    theirs = Command(bare, environment={**COMPLETION, "_BARE_COMPLETE": "complete_bash"})
    yield row("completion", "a bare Typer program", mine, theirs)
    yield row("--help", "the floor's --help", Command([ours, "--help"]), Command([*floor, "--help"]))
    for words in ("faq", "causes", "treatments --type conservative"):
        rows = folder / f"{words.split()[0]}.json"
        made = subprocess.run([python, "-c", ROWS, rows.stem], capture_output=True, check=True)  # noqa: S603
        rows.write_bytes(made.stdout)
        table = Command([*floor, "table", str(rows)])
        yield row(words, "the floor: a Rich table of the same rows", Command([ours, *words.split()]), table)
    guide = Command([ours, "guide"], until="Enter")
    yield row(
        "guide, to its first screen", "the floor with questionary", guide, Command([*floor, "ask"], "begin?")
    )
    for package, words in (
        ("tldr", "tldr --version"),
        ("httpie", "http --version"),
        ("copier", "copier --version"),
        ("commitizen", "cz version"),
    ):
        name, *rest = words.split()
        peer = str(environment(folder, package, package).with_name(name))
        yield row("--version", f"{package}: `{words}`", version, Command([peer, *rest]))


def row(ours: str, beside: str, mine: Command, theirs: Command) -> Row:
    """Measure one pair of commands."""
    seconds, memory = compare(mine, theirs)
    return Row(f"`{ours}`", beside, str(seconds), str(memory))


def matching(folder: Path) -> Iterator[Row]:
    """Yield our ranking of causes beside that of others, each of which must find the same first cause."""
    random = Random(3)
    rates = [_rates(random) for _ in range(CAUSES)]
    priors = [random.uniform(0.002, 0.1) for _ in range(CAUSES)]
    people = [[random.choice((1, 0, 0, None)) for _ in range(FINDINGS)] for _ in range(PEOPLE)]
    given = {"usual": USUAL, "priors": priors, "rates": rates, "people": people}
    text = json.dumps({**given, "priors": [prior / (1 - prior) for prior in priors]})
    for package in ("pgmpy", "experta"):
        beside = f"{package}: {CAUSES} causes, {FINDINGS} findings, {LINKS * CAUSES} links, {PEOPLE} people"
        words = [environment(folder, package, package), HERE / f"rival_{package}.py"]
        ratios = []
        for _ in range(5):
            run = subprocess.run(words, input=text, capture_output=True, text=True, check=False)  # noqa: S603
            if run.returncode:
                fault = run.stderr.strip().splitlines()[-1]
                yield Row("matching", beside, f"does not run on Python {platform.python_version()}: {fault}")
                break
            theirs = json.loads(run.stdout.splitlines()[-1])
            first, seconds = _ours(priors, rates, people)
            assert first == theirs["first"], f"{package} finds other causes"
            ratios.append(seconds / theirs["seconds"])
        else:
            yield Row("matching", beside, _small(ratio(ratios)))


def _ours(
    priors: list[float], rates: list[list[float]], people: list[list[int | None]]
) -> tuple[list[int], float]:
    """Return the place of each person's first cause, and the seconds that all of them took."""
    knowledge = Knowledge(
        findings=tuple(Finding(id=f"f{n}", name="a", absent="b") for n in range(FINDINGS)),
        causes=tuple(
            _cause(n, prior, cause) for n, (prior, cause) in enumerate(zip(priors, rates, strict=True))
        ),
    )
    rank(knowledge, Evidence())
    began = time.process_time()
    first = []
    for person in people:
        known = {f"f{n}": PRESENT if value else ABSENT for n, value in enumerate(person) if value is not None}
        first.append(int(rank(knowledge, Evidence(known))[0].id))
    return first, time.process_time() - began


def _rates(random: Random) -> list[float]:
    linked = set(random.sample(range(FINDINGS), LINKS))
    return [round(random.uniform(0.05, 0.95), 3) if n in linked else USUAL for n in range(FINDINGS)]


def _cause(number: int, prior: float, rates: list[float]) -> Cause:
    links = (
        Link(f"f{n}", sensitivity=rate, specificity=1 - USUAL)
        for n, rate in enumerate(rates)
        if rate != USUAL
    )
    return Cause(
        id=str(number), name="a", kind=CauseKind.OTHER, summary="a", prior=prior, prevalence="a",
        links=tuple(links), outlook="a", who_to_see="a", sources=("a",), reviewed=date(2026, 1, 31),
    )  # fmt: skip


def _small(value: Ratio) -> str:
    """Return a ratio far below 1 with two figures that count."""
    digits = max(2, 1 - int(log10(value.middle))) if value.middle < 1 else 2
    return f"{value.middle:.{digits}f} ({value.least:.{digits}f} to {value.most:.{digits}f})"


def environment(folder: Path, name: str, *packages: str) -> Path:
    """Return the Python of an environment with these packages, made where it is not there."""
    python = folder / name / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)  # noqa: S603
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)  # noqa: S603
    return python


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
        main(Path(sys.argv[1]).absolute())
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
