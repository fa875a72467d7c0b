"""What every test of the knowledge needs: where it lies, and the records of a file or a folder of files."""

from functools import cache
from pathlib import Path

import pytest
import yaml

Record = dict[str, object]


@pytest.fixture
def knowledge_folder() -> Path:
    return Path(__file__).parents[2] / "knowledge"


@cache
def records(folder: Path, kind: str) -> list[Record]:
    """Return the records of a kind, as plain data, from its one file or its folder of files."""
    paths = sorted((*folder.glob(f"{kind}.yaml"), *folder.glob(f"{kind}/*.yaml")))
    found: list[Record] = []
    for path in paths:
        found.extend(yaml.safe_load(path.read_text(encoding="utf-8")))
    return found
