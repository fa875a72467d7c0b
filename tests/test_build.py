"""The wheel and the source distribution, built as a publisher would; slow, and needs the package index."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from backpain_cli.folder import read_folder
from backpain_cli.knowledge import compile_json
from tests.conftest import TINY

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Copy what a build needs, with the tiny knowledge in place of the real one."""
    tree = tmp_path / "tree"
    shutil.copytree(
        ROOT / "backpain_cli", tree / "backpain_cli", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(TINY, tree / "knowledge")
    for name in ("pyproject.toml", "hatch_build.py", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    (tree / "README.md").write_text("# backpain\n", encoding="utf-8")
    return tree


def build(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", str(tree / "out"), str(tree)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words


def test_a_wheel_carries_the_knowledge_compiled(tree: Path) -> None:
    assert build(tree).returncode == 0
    (wheel,) = (tree / "out").glob("*.whl")
    with ZipFile(wheel) as archive:
        assert archive.read("backpain_cli/_knowledge.json") == compile_json(read_folder(TINY))
        assert not [name for name in archive.namelist() if name.endswith(".yaml")]


def test_a_broken_knowledge_stops_the_build_and_says_where(tree: Path) -> None:
    (tree / "knowledge" / "faq.yaml").write_text("- {id: x, qestion: y}\n", encoding="utf-8")
    built = build(tree)
    assert built.returncode != 0
    assert "faq.yaml:1:11: there is no field 'qestion' here" in built.stdout + built.stderr
