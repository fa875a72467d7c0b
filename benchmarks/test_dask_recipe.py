"""The recipe for Dask does what the command does."""

import json
from pathlib import Path

import pytest

from backpain_cli.assess import assess
from backpain_cli.knowledge import load
from backpain_cli.regions import find_region
from benchmarks.synthetic import DAY, people

pytest.importorskip("dask.bag")


@pytest.mark.slow
def test_a_bag_gives_the_assessment_of_each_line_in_order(tmp_path: Path) -> None:
    from benchmarks.dask_recipe import assess_files  # noqa: PLC0415 - dask may not be there

    knowledge = load()
    answers = list(people(knowledge, 6))
    for part in (0, 1):
        lines = (json.dumps(person) + "\n" for person in answers[part * 3 : part * 3 + 3])
        (tmp_path / f"people-{part}.jsonl").write_text("".join(lines), encoding="utf-8")
    assess_files(str(tmp_path / "people-*.jsonl"), str(tmp_path / "results"), DAY, "GB")
    written = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "results").glob("*.jsonl"))]
    got = [json.loads(line)["triage"]["level"] for text in written for line in text.splitlines()]
    region = find_region(knowledge, "GB", {})
    assert got == [assess(knowledge, person, DAY, region).triage.level for person in answers]
