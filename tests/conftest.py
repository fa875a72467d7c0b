"""What several rooms of tests need: a tiny sound knowledge as a folder that a test may change."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from backpain_cli.errors import KnowledgeError, Problem
from backpain_cli.folder import check_folder
from backpain_cli.report.problems import as_text

# a busy machine is no fault of the program; benchmarks/ measures time
settings.register_profile(
    "patient", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")

TINY = Path(__file__).parent / "tiny_knowledge"
BAD = Path(__file__).parent / "bad_knowledge"
TODAY = date(2026, 1, 31)


@dataclass(frozen=True)
class KnowledgeFolder:
    """A copy of the tiny knowledge, or an empty folder for local additions."""

    path: Path

    def write(self, name: str, text: str) -> "KnowledgeFolder":
        """Write one file whole, and return the folder."""
        (self.path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return self

    def change(self, name: str, old: str, new: str) -> "KnowledgeFolder":
        """Replace a text that stands in a file once, and return the folder."""
        text = (self.path / f"{name}.yaml").read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}.yaml"
        return self.write(name, text.replace(old, new))

    def told(self) -> str:
        """Return what `backpain knowledge check` would tell of the folder; empty when it is sound."""
        return told(check_folder(self.path, today=TODAY, flags_with_case={"saddle"}))


def told(problems: tuple[Problem, ...]) -> str:
    return as_text(KnowledgeError("the knowledge", problems)) if problems else ""


@pytest.fixture
def tiny(tmp_path: Path) -> KnowledgeFolder:
    return KnowledgeFolder(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture
def local(tmp_path: Path) -> KnowledgeFolder:
    (tmp_path / "local").mkdir()
    return KnowledgeFolder(tmp_path / "local")
