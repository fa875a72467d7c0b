"""CONTRIBUTING.md, followed step by step as a new author would, and the hook it tells of."""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from backpain_cli import cli
from backpain_cli.knowledge import FOLDER
from tests.conftest import KnowledgeFolder

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(yaml|console)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
EMPTY, FILLED, SOURCE, LINKS, CASE, HOOK = (text for language, text in BLOCKS if language == "yaml")
CHECKS = [text.partition("\n")[2] for _, text in BLOCKS if text.startswith("$ backpain knowledge check\n")]
"""What the page says that each check prints."""


@pytest.fixture
def author(tmp_path: Path) -> KnowledgeFolder:
    return KnowledgeFolder(shutil.copytree(FOLDER, tmp_path / "knowledge"))


def run(*arguments: object) -> tuple[str, int]:
    ended = CliRunner().invoke(cli.app, list(map(str, arguments)))
    return ended.stdout, ended.exit_code


def check(author: KnowledgeFolder) -> str:
    """Return what a check prints, its counts as the page has them, which only that day were true."""
    told, _ = run("knowledge", "check", author.path, "--today", "2026-11-23")
    return uncounted(told)


def uncounted(told: str) -> str:
    return re.sub(r"\d+ records, \d+ cases", "N records, M cases", told)


@pytest.mark.slow
def test_each_step_to_a_new_cause_prints_what_the_page_says(author: KnowledgeFolder) -> None:
    author.write("causes/kissing-spines", EMPTY)
    assert check(author) == CHECKS[0]
    author.write("causes/kissing-spines", FILLED)
    assert check(author) == CHECKS[1]
    author.change("causes/kissing-spines", "foward", "forward")
    author.write("sources", (author.path / "sources.yaml").read_text(encoding="utf-8") + "\n" + SOURCE)
    assert check(author) == uncounted(CHECKS[2])
    author.change("causes/kissing-spines", "  outlook:", f"{LINKS}  outlook:")
    assert check(author) == "All is well: N records, M cases.\n"
    author.write("cases/kissing-spines", CASE)
    assert check(author) == "All is well: N records, M cases.\n"
    case = author.path / "cases" / "kissing-spines.yaml"
    told, code = run("knowledge", "test", author.path, "--cases", case, "--plain")
    assert code == 0
    assert "Misses" not in told
    assert told.endswith("No emergency was missed.\n")


def test_the_page_stays_short() -> None:
    assert len(PAGE.splitlines()) < 200


def test_every_command_and_file_that_the_page_names_is_there() -> None:
    for words in re.findall(r"backpain knowledge (\w+)", PAGE):
        assert run("knowledge", words, "--help")[1] == 0
    rooms = re.findall(r"`([a-z_]+(?:\.py|/))`", PAGE.partition("## The program")[2])
    assert rooms
    assert [room for room in rooms if not (ROOT / "backpain_cli" / room).exists()] == []


def test_the_hook_is_a_command_that_checks_a_folder() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["id"] in HOOK
    assert (hook["language"], hook["pass_filenames"], hook["args"]) == ("python", False, ["knowledge"])
    assert re.search(hook["files"], "knowledge/red_flags.yaml")
    program, *command = hook["entry"].split()
    assert program == "backpain"
    told, code = run(*command, ROOT / "tests" / "local_additions", "--today", "2026-11-23")
    assert (told, code) == ("All is well: 5 local records, 0 cases.\n", 0)
