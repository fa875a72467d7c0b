"""What an author's folder is taken for, and how it is checked with its worked cases."""

import pytest

from backpain_cli import authoring, knowledge
from backpain_cli.authoring import Checked, is_whole
from tests.conftest import TINY, TODAY, KnowledgeFolder
from tests.test_case_files import NUMB

RIDING = """\
- id: bicycle-seat
  name: a softer bicycle seat
  type: conservative
  summary: Sit on something softer.
  how_to: [Try one in a shop.]
  evidence: {}
  starts_working: at once
  stop_or_change: when it does not help
  sources: [a-trial]
  reviewed: 2026-01-01
"""


@pytest.fixture(autouse=True)
def _tiny_is_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "FOLDER", TINY)


def told(checked: Checked) -> list[str]:
    return [f"{problem.location}: {problem.message}" for problem in checked.problems]


def with_cases(folder: KnowledgeFolder, text: str = NUMB) -> KnowledgeFolder:
    (folder.path / "cases").mkdir()
    return folder.write("cases/danger", text)


def test_a_folder_is_whole_once_it_holds_what_an_interview_needs(
    tiny: KnowledgeFolder, local: KnowledgeFolder
) -> None:
    assert is_whole(tiny.path)
    (tiny.path / "faq.yaml").unlink()
    assert is_whole(tiny.path)
    (tiny.path / "causes").mkdir()
    (tiny.path / "causes.yaml").rename(tiny.path / "causes" / "bones.yaml")
    assert is_whole(tiny.path)
    (tiny.path / "questions.yaml").unlink()
    assert not is_whole(tiny.path)
    assert not is_whole(local.path)
    assert not is_whole(local.path / "nowhere")


def test_the_knowledge_and_its_cases_are_checked_together(tiny: KnowledgeFolder) -> None:
    with_cases(tiny)
    assert authoring.check(tiny.path, TODAY) == Checked((), 26, 1, is_local=False)
    tiny.change("cases/danger", "[saddle]", "[]").change("cases/danger", "[strain]", "[sprain]")
    assert told(authoring.check(tiny.path, TODAY)) == [
        "red_flags.yaml:1:7: no worked case expects 'saddle'",
        "cases/danger.yaml:10:14: no cause is called 'sprain'",
    ]


def test_cases_wait_until_the_knowledge_can_be_read(tiny: KnowledgeFolder) -> None:
    tiny.write("faq", "- {}\n")
    assert told(authoring.check(tiny.path, TODAY)) == [
        "faq.yaml:1:3: these fields are missing: id, sources, reviewed, question, answer"
    ]


def test_any_other_folder_holds_local_additions_whose_cases_know_the_shipped_records(
    local: KnowledgeFolder,
) -> None:
    with_cases(local.write("treatments", RIDING))
    checked = authoring.check(local.path, TODAY)
    assert told(checked) == ["treatments.yaml:1:7: no cause and no escalation offers 'bicycle-seat'"]
    assert (checked.is_well, checked.records, checked.cases, checked.is_local) == (True, 1, 1, True)


def test_cases_of_local_additions_wait_until_these_are_sound(local: KnowledgeFolder) -> None:
    with_cases(local.write("treatments", RIDING.replace("a-trial", "a-dream")), NUMB.replace("numb]", "num]"))
    assert told(authoring.check(local.path, TODAY)) == [
        "treatments.yaml:9:13: no source is called 'a-dream'",
    ]


def test_a_whole_knowledge_can_be_checked_as_local_additions(tiny: KnowledgeFolder) -> None:
    tiny.change("red_flags", "level: emergency", "level: urgent")
    checked = authoring.check(tiny.path, TODAY, as_local=True)
    assert told(checked) == ["red_flags.yaml:4:10: 'level' may not be lowered from emergency to urgent"]
    assert not checked.is_well


def test_an_empty_folder_is_no_clean_one(local: KnowledgeFolder) -> None:
    assert told(authoring.check(local.path, TODAY)) == [f"{local.path}: there is nothing to check here"]


def test_the_knowledge_for_the_cases_is_the_folders_own_or_the_shipped_one_with_it(
    tiny: KnowledgeFolder, local: KnowledgeFolder
) -> None:
    tiny.change("causes", "muscle strain", "pulled muscle")
    local.write("treatments", RIDING)
    assert authoring.read_for_cases(tiny.path).causes[0].name == "pulled muscle"
    assert authoring.read_for_cases(tiny.path, as_local=True).causes[0].name == "pulled muscle"
    assert [record.id for record in authoring.read_for_cases(local.path).treatments] == [
        "walking",
        "injection",
        "bicycle-seat",
    ]


def test_only_additions_without_cases_of_their_own_are_put_to_the_shipped_ones(
    tiny: KnowledgeFolder, local: KnowledgeFolder
) -> None:
    assert authoring.find_cases(local.path) == TINY / "cases"
    assert authoring.find_cases(tiny.path) == tiny.path / "cases"
    assert authoring.find_cases(tiny.path, as_local=True) == TINY / "cases"
    with_cases(local)
    assert authoring.find_cases(local.path) == local.path / "cases"
