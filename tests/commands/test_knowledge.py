"""The author's commands, from their options to what they print and how they end."""

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from backpain_cli import cli, knowledge, schemas
from backpain_cli.folder import read_folder
from tests.conftest import BAD, TINY, KnowledgeFolder

CASES = """\
- id: numb-rider
  story: A rider cannot feel the saddle.
  source: written for this test
  blind: true
  answers: {danger: [numb]}
  expect:
    triage: emergency
    red_flags: [saddle]
- id: lifted-a-box
  story: It began with a heavy box.
  source: written for this test
  answers: {age: 30, began: lift}
  expect:
    triage: self-care
    causes: [strain]
- id: leg-hurts
  story: The pain runs down one leg.
  source: written for this test
  answers: {age: 60, began: slowly, feel: [leg]}
  expect:
    triage: self-care
    causes: [strain]
    not_causes: [sciatica]
"""
FIGURES = """\
# Worked cases

| What is measured | All cases | Blind cases |
| --- | --- | --- |
| Cases | 3 | 1 |
| Triage accuracy | 66.7% | 100.0% |
| Triage accuracy, self-care | 50.0% | none |
| Triage accuracy, routine | none | none |
| Triage accuracy, urgent | none | none |
| Triage accuracy, emergency | 100.0% | 100.0% |
| Safety of advice | 100.0% | 100.0% |
| Inclination to over-triage | 100.0% | none |
| Self-care cases sent on | 50.0% | none |
| First-place match | 50.0% | none |
| First-three match | 100.0% | none |
| Comprehensiveness | 100.0% | 100.0% |
| Median interview, screens | 3 | 1 |
| Longest interview, screens | 4 | 1 |
| Error of "about N", no emergency | 2.2 | none |

## Misses: 1

- leg-hurts: routine, not self-care; sciatica came first; strain came 2; sciatica matched

No emergency was missed.
"""


@pytest.fixture(autouse=True)
def _tiny_is_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "FOLDER", TINY)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "ACCESSIBLE", "BACKPAIN_KNOWLEDGE", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def whole(tiny: KnowledgeFolder) -> KnowledgeFolder:
    """Give the tiny knowledge worked cases, one of which it misses."""
    (tiny.path / "cases").mkdir()
    return tiny.write("cases/some", CASES)


def run(*arguments: object) -> tuple[str, int]:
    """Return what an author's command prints, and its exit code."""
    ended = CliRunner().invoke(cli.app, ["knowledge", *map(str, arguments)], prog_name="backpain")
    assert ended.stderr == ""
    return ended.stdout, ended.exit_code


def check(folder: Path, *options: str) -> tuple[str, int]:
    return run("check", folder, "--today", "2026-01-31", *options)


def refusal(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[str, object]:
    """Return what the program complains of, and its exit code."""
    with pytest.raises(SystemExit) as end:
        cli.main(["knowledge", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert out == ""
    return err, end.value.code


def test_a_sound_folder_is_told_of_in_one_line(whole: KnowledgeFolder) -> None:
    assert check(whole.path) == ("All is well: 26 records, 3 cases.\n", 0)


def test_every_problem_is_told_at_once_in_the_order_of_the_files(whole: KnowledgeFolder) -> None:
    whole.change("causes", "treatments: [walking]\n  exercises", "treatments: [waking]\n  exercises")
    whole.change("cases/some", "began: lift", "began: lifting")
    whole.change("red_flags", "level: emergency", "level: emergancy")
    assert check(whole.path) == (
        """\
2 problems in the knowledge

red_flags.yaml:4:10: 'emergancy' is not a word that can stand here
  4 |   level: emergancy
    |          ^^^^^^^^^
  did you mean 'emergency'?

causes.yaml:13:16: no treatment is called 'waking'
  13 |   treatments: [waking]
     |                ^^^^^^
  did you mean 'walking'?
""",
        1,
    )


def test_warnings_are_told_and_do_not_fail(whole: KnowledgeFolder) -> None:
    whole.change("faq", "2026-01-01", "2023-01-01")
    assert check(whole.path) == (
        """\
1 warning in the knowledge

faq.yaml:5:13: warning: reviewed more than two years ago
  5 |   reviewed: 2023-01-01
    |             ^^^^^^^^^^
  check it against its sources and write today's date

All is well: 26 records, 3 cases.
""",
        0,
    )


def test_problems_as_json_are_for_editors(whole: KnowledgeFolder) -> None:
    assert json.loads(check(whole.path, "--format", "json")[0])["problems"] == []
    whole.change("cases/some", "began: lift", "began: lifting")
    told, code = check(whole.path, "--format", "json")
    assert code == 1
    assert json.loads(told) == {
        "schema": "backpain.problems.v1",
        "in": "the knowledge",
        "problems": [
            {
                "severity": "error",
                "file": "cases/some.yaml",
                "line": 12,
                "column": 29,
                "message": "'began' has no option 'lifting'",
                "hint": "did you mean 'lift'?",
            }
        ],
    }


def test_problems_for_github_name_the_files_from_where_it_looks(
    whole: KnowledgeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.change("faq", "2026-01-01", "2023-01-01")
    told = (
        "::warning file={},line=5,col=13::reviewed more than two years ago%0A"
        "check it against its sources and write today's date\nAll is well: 26 records, 3 cases.\n"
    )
    monkeypatch.chdir(whole.path.parent)
    assert check(Path("tiny"), "--format", "github") == (told.format("tiny/faq.yaml"), 0)
    assert check(whole.path, "--format", "github") == (told.format("tiny/faq.yaml"), 0)
    monkeypatch.chdir(TINY)
    assert check(whole.path, "--format", "github") == (told.format(whole.path / "faq.yaml"), 0)


@pytest.mark.parametrize("sample", sorted(path.stem for path in BAD.glob("*.yaml")))
def test_each_bad_sample_is_told_of_as_it_should_be(whole: KnowledgeFolder, sample: str) -> None:
    whole.write(sample.split(".")[1], (BAD / f"{sample}.yaml").read_text(encoding="utf-8"))
    assert check(whole.path) == ((BAD / f"{sample}.txt").read_text(encoding="utf-8"), 1)


def test_the_shipped_knowledge_is_checked_where_no_folder_is_named() -> None:
    told, code = run("check", "--today", "2026-01-31")
    assert code == 1
    assert told.startswith(
        "2 problems in the knowledge\n\nred_flags.yaml:1:7: no worked case expects 'saddle'"
    )


def test_the_folder_that_the_program_was_given_is_checked(local: KnowledgeFolder) -> None:
    local.write("regions", "- {code: NL, name: the Netherlands, emergency: '112'}\n")
    ended = CliRunner().invoke(cli.app, ["--knowledge", str(local.path), "knowledge", "check"])
    assert (ended.stdout, ended.exit_code) == ("All is well: 1 local record, 0 cases.\n", 0)


def test_a_whole_folder_can_be_taken_as_local_additions(whole: KnowledgeFolder) -> None:
    assert check(whole.path, "--local") == ("All is well: 26 local records, 3 cases.\n", 0)


def test_a_wheel_asks_for_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(knowledge, "FOLDER", tmp_path / "none")
    told = """\
This installation holds the knowledge ready-made, without its files.
Name a folder, as in: backpain knowledge check DIR
"""
    assert refusal(capsys, "check") == (told, 2)
    assert refusal(capsys, "test") == (told, 2)


def test_a_folder_that_is_not_there_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told, code = refusal(capsys, "check", tmp_path / "none")
    assert (told.splitlines()[2], code) == (f"{tmp_path / 'none'}: there is no such folder", 1)


def test_the_cases_are_measured_and_every_miss_has_its_reason(whole: KnowledgeFolder) -> None:
    assert run("test", whole.path, "--format", "markdown") == (FIGURES, 0)


def test_the_figures_fit_a_narrow_terminal_and_plain_lines(
    whole: KnowledgeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, _ = run("test", whole.path)
    plain, _ = run("test", whole.path, "--plain")
    monkeypatch.setenv("COLUMNS", "40")
    narrow, _ = run("test", whole.path)
    assert "Triage accuracy                   66.7%      100.0%\n" in table
    assert "Triage accuracy\n  All cases: 66.7%\n  Blind cases: 100.0%\n" in plain
    assert max(map(len, narrow.splitlines())) <= 40
    for told in (table, plain, narrow):
        assert "No emergency was missed." in told


def test_the_figures_as_json_are_shares(whole: KnowledgeFolder) -> None:
    told, code = run("test", whole.path, "--format", "json")
    measured = json.loads(told)
    assert code == 0
    assert measured["schema"] == "backpain.cases.v1"
    assert measured["all"]["accuracy"] == 2 / 3
    assert measured["all"]["accuracy_by_level"] == {
        "self-care": 0.5,
        "routine": None,
        "urgent": None,
        "emergency": 1.0,
    }
    assert (measured["blind"]["cases"], measured["blind"]["accuracy"]) == (1, 1.0)
    assert measured["misses"] == [
        {
            "id": "leg-hurts",
            "blind": False,
            "expected": "self-care",
            "given": "routine",
            "reasons": ["routine, not self-care", "sciatica came first; strain came 2", "sciatica matched"],
        }
    ]


def test_a_missed_emergency_fails(whole: KnowledgeFolder) -> None:
    whole.change("red_flags", "level: emergency", "level: urgent")
    told, code = run("test", whole.path, "--format", "markdown")
    assert code == 1
    assert "- numb-rider (blind): urgent, not emergency\n" in told
    assert told.endswith("\nAn emergency was missed: numb-rider.\n")


def test_cases_may_stand_elsewhere(whole: KnowledgeFolder, tmp_path: Path) -> None:
    elsewhere = (whole.path / "cases").rename(tmp_path / "elsewhere")
    assert run("test", whole.path, "--cases", elsewhere, "--format", "markdown") == (FIGURES, 0)
    one_file = elsewhere / "some.yaml"
    assert run("test", whole.path, "--cases", one_file, "--format", "markdown") == (FIGURES, 0)


def test_local_additions_are_put_to_the_shipped_cases(
    whole: KnowledgeFolder, local: KnowledgeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge, "FOLDER", whole.path)
    local.write("regions", "- {code: NL, name: the Netherlands, emergency: '112'}\n")
    assert run("test", local.path, "--format", "markdown") == (FIGURES, 0)


def test_cases_that_are_not_there_are_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    told, code = refusal(capsys, "test")
    assert (told.splitlines()[2], code) == (f"{TINY / 'cases'}: there are no worked cases here", 1)


def test_one_schema_is_shown_by_the_name_of_its_file() -> None:
    for name in ("red_flags", "red-flags", "red_flags.yaml"):
        assert run("schema", name) == (schemas.as_file("red_flags"), 0)


def test_all_schemas_are_one_object_with_a_key_for_each_file() -> None:
    told, code = run("schema")
    assert (list(json.loads(told)), code) == (list(schemas.KINDS), 0)
    assert json.loads(told)["cases"] == json.loads(schemas.as_file("cases"))


def test_a_wrong_kind_is_told_of_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    near = "There is no kind of file called 'cause'.\nDid you mean 'causes'?\n"
    assert refusal(capsys, "schema", "cause") == (near, 2)
    told, _ = refusal(capsys, "schema", "x")
    assert told.splitlines()[1] == f"The kinds are: {', '.join(schemas.KINDS)}."


def test_the_schemas_are_written_as_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema", "--into", tmp_path / "schema") == ("14 files written.\n", 0)
    assert (tmp_path / "schema" / "faq.json").read_text(encoding="utf-8") == schemas.as_file("faq")
    told, code = refusal(capsys, "schema", "--into", tmp_path / "schema" / "faq.json")
    assert (told, code) == (
        "The schemas were not written: File exists.\nName a folder that can be written.\n",
        1,
    )


def test_the_export_is_the_whole_knowledge_keyed_by_its_files(local: KnowledgeFolder) -> None:
    told, code = run("export")
    tables = read_folder(TINY).tables
    assert code == 0
    assert list(json.loads(told)) == list(tables)
    assert json.loads(told) == json.loads(msgspec.json.encode(tables))
    local.write("regions", "- {code: NL, name: the Netherlands, emergency: '112'}\n")
    ended = CliRunner().invoke(cli.app, ["--knowledge", str(local.path), "knowledge", "export"])
    assert [region["code"] for region in json.loads(ended.stdout)["regions"]] == ["GB", "default", "NL"]
