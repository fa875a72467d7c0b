from pathlib import Path

import pytest

from backpain_cli.case_files import examine_cases, flags_expected, read_cases
from backpain_cli.errors import KnowledgeError
from backpain_cli.folder import read_folder
from backpain_cli.model import Knowledge, Level
from tests.conftest import TINY

NUMB = """\
- id: numb-rider
  story: A rider cannot feel the saddle.
  source: written for this test
  answers:
    danger: [numb]
    age: 52
  expect:
    triage: emergency
    red_flags: [saddle]
    causes: [strain]
"""


@pytest.fixture
def knowledge() -> Knowledge:
    return read_folder(TINY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "danger.yaml").write_text(NUMB, encoding="utf-8")
    return tmp_path / "cases"


def told(folder: Path, knowledge: Knowledge) -> list[str]:
    _, problems = examine_cases(folder, knowledge)
    return [f"{problem.location}: {problem.message}" for problem in problems]


def test_cases_are_read_from_every_file_of_the_folder(folder: Path, knowledge: Knowledge) -> None:
    (folder / "other.yaml").write_text(NUMB.replace("numb-rider", "numb-walker"), encoding="utf-8")
    cases = read_cases(folder, knowledge)
    assert [case.id for case in cases] == ["numb-rider", "numb-walker"]
    assert cases[0].expect.triage is Level.EMERGENCY
    assert flags_expected(cases) == {"saddle"}


def test_what_the_knowledge_does_not_have_is_told_of_in_its_place(folder: Path, knowledge: Knowledge) -> None:
    text = NUMB.replace("[numb]", "[num]").replace("age: 52", "aeg: 52").replace("[saddle]", "[sadle]")
    (folder / "danger.yaml").write_text(text.replace("[strain]", "[sprain]"), encoding="utf-8")
    assert told(folder, knowledge) == [
        "cases/danger.yaml:5:14: 'danger' has no option 'num'",
        "cases/danger.yaml:6:5: no question is called 'aeg'",
        "cases/danger.yaml:9:17: no red flag is called 'sadle'",
        "cases/danger.yaml:10:14: no cause is called 'sprain'",
    ]


def test_an_id_is_used_once_over_all_files(folder: Path, knowledge: Knowledge) -> None:
    (folder / "other.yaml").write_text(NUMB, encoding="utf-8")
    assert told(folder, knowledge) == ["cases/other.yaml:1:7: the id 'numb-rider' is used twice"]


def test_broken_cases_are_refused(folder: Path, knowledge: Knowledge) -> None:
    (folder / "danger.yaml").write_text("- id: x\n- 3\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_cases(folder, knowledge)
    assert [problem.message for problem in caught.value.problems] == [
        "these fields are missing: story, source, answers, expect",
        "a group of fields must stand here, not a whole number",
    ]


def test_a_folder_without_cases_is_told_of(tmp_path: Path, knowledge: Knowledge) -> None:
    assert told(tmp_path, knowledge) == [f"{tmp_path}: there are no worked cases here"]
