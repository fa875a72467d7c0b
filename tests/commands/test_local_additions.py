"""A clinic's folder over the shipped knowledge: what it may add, what it may not, and where it shows."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backpain_cli import cli
from backpain_cli.folder import read_folder
from backpain_cli.knowledge import FOLDER
from backpain_cli.model import Level
from tests.conftest import KnowledgeFolder

CLINIC = Path(__file__).parents[1] / "local_additions"
USED = (
    "Local additions used: escalation/mill-road-class-offer, red_flags/fever, regions/GB, "
    "sources/mill-road-leaflet, treatments/mill-road-back-class."
)
LONG_PAIN = "age: 40\nwhen: over-3-months\n"


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR", "ACCESSIBLE", "BACKPAIN_KNOWLEDGE", "BACKPAIN_REGION"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clinic(tmp_path: Path) -> KnowledgeFolder:
    return KnowledgeFolder(shutil.copytree(CLINIC, tmp_path / "clinic"))


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(LONG_PAIN, encoding="utf-8")
    return path


def told(*arguments: object, folder: Path = CLINIC) -> str:
    """Return what the program prints with the clinic's folder."""
    run = CliRunner().invoke(cli.app, ["--knowledge", str(folder), *map(str, arguments)])
    assert (run.exit_code, run.stderr) == (0, "")
    return run.stdout


def refusal(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> str:
    """Return why the program will not show the danger signs with this folder."""
    with pytest.raises(SystemExit) as end:
        cli.main(["--knowledge", str(folder.path), "red-flags"])
    out, err = capsys.readouterr()
    assert (out, end.value.code) == ("", 1)
    return err


def test_the_sample_is_sound() -> None:
    assert told("knowledge", "check", CLINIC, "--today", "2026-11-23") == (
        "All is well: 5 local records, 0 cases.\n"
    )


def test_a_look_up_shows_a_local_record_and_says_so() -> None:
    shown = told("treatments", "mill-road-back-class")
    assert shown.startswith("  Back class at Mill Road\n")
    assert shown.endswith("\n  Local additions used: treatments/mill-road-back-class.\n")
    assert "Local additions used: red_flags/fever." in told("red-flags", "--format", "markdown").replace(
        "\\", ""
    )
    assert "Local additions" not in told("red-flags", "foot-drop")


def test_a_result_uses_the_local_records_and_names_them(answers: Path) -> None:
    guide = ("guide", "--answers", answers, "--no-input", "--region", "GB", "--today", "2026-11-23")
    result = json.loads(told(*guide, "--format", "json"))
    assert result["knowledge"]["local"] == USED.removeprefix("Local additions used: ").rstrip(".").split(", ")
    assert "mill-road-leaflet" in {source["id"] for source in result["sources"]}
    shown = " ".join(told(*guide).split())
    assert "Ask about the back class at Mill Road." in shown
    assert shown.endswith(USED)


def test_an_emergency_shows_its_card_and_names_the_local_records(answers: Path) -> None:
    answers.write_text("nerves: [saddle-numbness, bladder-change]\n", encoding="utf-8")
    shown = " ".join(told("guide", "--answers", answers, "--no-input").split())
    assert shown.endswith(USED)


def test_a_document_names_the_local_records(answers: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    run = CliRunner().invoke(
        cli.app,
        [
            "--knowledge",
            str(CLINIC),
            "guide",
            "--answers",
            str(answers),
            "--no-input",
            "--report",
            str(report),
        ],
    )
    assert run.exit_code == 0
    assert "treatments/mill-road-back-class" in report.read_text(encoding="utf-8")


def test_a_stricter_flag_is_accepted() -> None:
    (fever,) = json.loads(told("red-flags", "fever", "--format", "json"))
    (shipped,) = (flag for flag in read_folder(FOLDER).red_flags if flag.id == "fever")
    assert (shipped.if_unsure, fever["if_unsure"]) == (Level.ROUTINE, "urgent")


def test_a_flag_that_is_lowered_is_refused(
    clinic: KnowledgeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.change("red_flags", "level: urgent", "level: self-care")
    assert refusal(clinic, capsys) == (
        """\
1 problem in the knowledge

red_flags.yaml:6:10: 'level' may not be lowered from urgent to self-care
  6 |   level: self-care
    |          ^^^^^^^^^
  local additions may add a danger sign or make it more urgent, never less
"""
    )


def test_a_flag_that_is_narrowed_is_refused(
    clinic: KnowledgeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.change("red_flags", "when: fever", "when: {all_of: [fever, age-70-plus]}")
    told = refusal(clinic, capsys)
    assert "red_flags.yaml:5:10: the condition of a danger sign may only be widened\n" in told
    assert told.endswith("\n  keep the old condition whole as one of any_of, and add to it\n")


def test_a_flag_that_is_removed_by_its_question_is_refused(
    clinic: KnowledgeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic.write(
        "questions",
        "- {id: nerves, section: safety, text: Is all well?, why: It helps., kind: many_of,\n"
        "   options: [{id: yes, text: It is}]}\n",
    )
    assert "the option 'saddle-numbness' is missing: danger signs depend on it" in refusal(clinic, capsys)


def test_a_widened_flag_is_accepted(clinic: KnowledgeFolder) -> None:
    clinic.change("red_flags", "when: fever", "when: {any_of: [fever, age-70-plus]}")
    (fever,) = json.loads(told("red-flags", "fever", "--format", "json", folder=clinic.path))
    assert fever["when"] == {"any_of": ["fever", "age-70-plus"]}
