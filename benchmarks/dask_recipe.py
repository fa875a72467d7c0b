"""For those who outgrow one machine: the same pure function over a Dask bag.

    pip install backpain 'dask[bag]'
    python dask_recipe.py 'people-*.jsonl' results

Each process loads the knowledge once. Lines keep their order within a file; `results/` gets a file of
assessments for each file of answers.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

import dask.bag

from backpain_cli.batch import Line, Setting, assess_line
from backpain_cli.knowledge import load
from backpain_cli.regions import find_region


@cache
def setting(day: date, region: str) -> Setting:
    """Return what is the same for every line, made once in each process."""
    knowledge = load()
    return Setting(knowledge, day, find_region(knowledge, region, {}))


def assess_part(lines: Iterable[str], day: date, region: str) -> Iterator[str]:
    """Yield the JSON of an assessment, or of an error, for each line of a part of the bag."""
    for number, line in enumerate(lines, 1):
        yield assess_line(setting(day, region), Line(number, line.encode())).text.decode().rstrip("\n")


def assess_files(pattern: str, folder: str, day: date, region: str = "default") -> None:
    """Assess every line of every file, on all cores of this machine or of a cluster."""
    answers = dask.bag.read_text(pattern)
    answers.map_partitions(assess_part, day, region).to_textfiles(f"{folder}/*.jsonl")


if __name__ == "__main__":
    assess_files(sys.argv[1], sys.argv[2], date.today())  # noqa: DTZ011 - the person's own day
