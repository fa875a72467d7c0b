import os
from datetime import date
from pathlib import Path

import pytest

from backpain_cli import knowledge as knowledge_module
from backpain_cli.errors import KnowledgeError
from backpain_cli.folder import check_local_folder, lay_over, read_folder
from backpain_cli.knowledge import compile_json, load, load_records, read_compiled
from backpain_cli.model import RECORD_TYPES, Faq, Knowledge, Level, Region, Strength
from tests.conftest import BAD, TINY, TODAY, KnowledgeFolder, told

SAMPLES = sorted(path.name.removesuffix(".yaml") for path in BAD.glob("*.yaml"))


@pytest.fixture
def base() -> Knowledge:
    return read_folder(TINY)


def refusal(base: Knowledge, local: KnowledgeFolder) -> str:
    with pytest.raises(KnowledgeError) as caught:
        lay_over(base, local.path)
    return told(caught.value.problems)


def test_the_tiny_knowledge_is_sound(tiny: KnowledgeFolder) -> None:
    assert tiny.told() == ""


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_bad_sample_is_told_of_in_these_words(tiny: KnowledgeFolder, sample: str) -> None:
    _, file = sample.split(".")
    tiny.write(file, (BAD / f"{sample}.yaml").read_text(encoding="utf-8"))
    assert tiny.told() == (BAD / f"{sample}.txt").read_text(encoding="utf-8")


def test_problems_of_all_files_are_told_together_in_the_order_of_the_files(tiny: KnowledgeFolder) -> None:
    tiny.change("causes", "finding: leg-pain", "finding: leg-pian")
    tiny.change("faq", "answer", "anwser").change("sources", "year: 2020", "year: 20200")
    with pytest.raises(KnowledgeError) as caught:
        read_folder(tiny.path)
    assert [str(problem.location) for problem in caught.value.problems] == [
        "sources.yaml:4:9",
        "causes.yaml:24:16",
        "faq.yaml:3:3",
    ]


def test_of_very_many_bad_records_only_the_first_are_told(tiny: KnowledgeFolder) -> None:
    tiny.write("faq", "- {}\n" * 5000)
    with pytest.raises(KnowledgeError) as caught:
        read_folder(tiny.path)
    assert len(caught.value.problems) == 100


def test_a_reference_into_a_broken_file_is_not_judged(tiny: KnowledgeFolder) -> None:
    tiny.change("findings", "name: pain down one leg", "nam: pain down one leg")
    with pytest.raises(KnowledgeError) as caught:
        read_folder(tiny.path)
    assert [problem.message for problem in caught.value.problems] == ["there is no field 'nam' here"]


def test_a_missing_file_is_told_of(tiny: KnowledgeFolder) -> None:
    (tiny.path / "faq.yaml").unlink()
    assert tiny.told() == (
        f"1 problem in the knowledge\n\nfaq.yaml: the file is missing\n  add it to {tiny.path}\n"
    )


def test_a_file_of_another_name_is_not_passed_over(tiny: KnowledgeFolder) -> None:
    tiny.write("cause", "[]\n")
    assert tiny.told() == (
        "1 problem in the knowledge\n\ncause.yaml: no file of the knowledge is called so\n"
        "  did you mean 'causes.yaml'?\n"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_in_place_of_a_file_is_told_of(tiny: KnowledgeFolder) -> None:
    (tiny.path / "faq.yaml").unlink()
    os.mkfifo(tiny.path / "faq.yaml")
    assert "faq.yaml: " in tiny.told()
    assert "is a pipe, not a file" in tiny.told()


def test_a_kind_may_be_split_over_a_folder_of_its_name(tiny: KnowledgeFolder, base: Knowledge) -> None:
    strain, *others = (tiny.path / "causes.yaml").read_text(encoding="utf-8").split("- id: ")[1:]
    (tiny.path / "causes.yaml").unlink()
    (tiny.path / "causes").mkdir()
    tiny.write("causes/1-muscles", f"- id: {strain}").write(
        "causes/2-others", "- id: " + "- id: ".join(others)
    )
    assert read_folder(tiny.path) == base
    tiny.change("causes/2-others", "id: sciatica", "id: strain").change(
        "causes/1-muscles", "[walking]", "[walkin]"
    )
    assert tiny.told() == (
        "2 problems in the knowledge\n\n"
        "causes/1-muscles.yaml:13:16: no treatment is called 'walkin'\n"
        "  13 |   treatments: [walkin]\n     |                ^^^^^^\n  did you mean 'walking'?\n\n"
        "causes/2-others.yaml:1:7: the id 'strain' is used twice\n"
        "  1 | - id: strain\n    |       ^^^^^^\n"
        "  it stands already at causes/1-muscles.yaml:1:7; give this one another id\n"
    )


def test_a_missing_folder_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_folder(tmp_path / "none")
    assert [problem.message for problem in caught.value.problems] == ["there is no such folder"]


def test_records_come_typed_and_in_the_order_of_the_file(base: Knowledge) -> None:
    assert [cause.id for cause in base.causes] == ["strain", "sciatica", "inflammation"]
    assert base.cause_by_id["strain"].links[0].present is Strength.WEAKLY_FOR
    assert base.faq[0].reviewed == date(2026, 1, 1)


def test_the_compiled_knowledge_is_the_same_as_the_folder(base: Knowledge, tmp_path: Path) -> None:
    compiled = tmp_path / "knowledge.json"
    compiled.write_bytes(compile_json(base))
    assert read_compiled(compiled) == base
    assert read_compiled(compiled).digest == base.digest


def test_a_damaged_compiled_file_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "knowledge.json").write_bytes(b'{"causes": 1}')
    with pytest.raises(KnowledgeError) as caught:
        read_compiled(tmp_path / "knowledge.json")
    assert [problem.hint for problem in caught.value.problems] == ["install backpain again"]


def test_the_digest_changes_with_the_knowledge(tiny: KnowledgeFolder, base: Knowledge) -> None:
    assert read_folder(tiny.path).digest == base.digest
    tiny.change("faq", "Keep moving.", "Keep walking.")
    assert read_folder(tiny.path).digest != base.digest


def test_a_look_up_reads_one_file_and_no_other(
    tiny: KnowledgeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge_module, "FOLDER", tiny.write("causes", "not: [read").path)
    assert [faq.id for faq in load_records(Faq)] == ["bed-rest"]


def test_a_look_up_in_a_wheel_reads_the_compiled_file(
    base: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = tmp_path / "knowledge.json"
    compiled.write_bytes(compile_json(base))
    monkeypatch.setattr(knowledge_module, "COMPILED", compiled)
    monkeypatch.setattr(knowledge_module, "FOLDER", tmp_path / "none")
    assert load_records(Region) == base.regions
    assert load() == base


def test_a_look_up_sees_local_additions(
    tiny: KnowledgeFolder, local: KnowledgeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge_module, "FOLDER", tiny.path)
    local.write("regions", "- {code: FR, name: France, emergency: '15'}\n")
    assert [region.code for region in load_records(Region, local.path)] == ["GB", "default", "FR"]


def test_a_missing_knowledge_asks_for_a_new_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge_module, "FOLDER", tmp_path / "none")
    with pytest.raises(KnowledgeError) as caught:
        load()
    assert [problem.hint for problem in caught.value.problems] == ["install backpain again"]


def test_every_table_of_the_knowledge_has_its_type() -> None:
    assert tuple(RECORD_TYPES) == tuple(Knowledge().tables)


def test_a_local_record_takes_the_place_of_the_old_one_or_follows_it(
    base: Knowledge, local: KnowledgeFolder
) -> None:
    local.write(
        "exercises",
        "- {id: bridge, name: bridge, how: Lift your hips., dose: ten times, stop_if: it hurts,\n"
        "   sources: [a-trial], reviewed: 2026-01-01}\n"
        "- {id: knee-hug, name: knee hug, how: Hug both knees., dose: once, stop_if: it hurts,\n"
        "   sources: [a-trial], reviewed: 2026-01-01}\n",
    )
    merged = lay_over(base, local.path)
    assert [(exercise.id, exercise.dose) for exercise in merged.exercises] == [
        ("knee-hug", "once"),
        ("bridge", "ten times"),
    ]
    assert merged.local_ids == {"exercises/bridge", "exercises/knee-hug"}
    assert merged.digest != base.digest


def test_a_local_record_may_use_what_the_base_knows_and_nothing_else(
    base: Knowledge, local: KnowledgeFolder
) -> None:
    faq = (TINY / "faq.yaml").read_text(encoding="utf-8")
    lay_over(base, local.write("faq", faq).path)
    local.change("faq", "a-trial", "a-trail")
    assert refusal(base, local) == (
        "1 problem in the knowledge\n\nfaq.yaml:4:13: no source is called 'a-trail'\n"
        "  4 |   sources: [a-trail]\n    |             ^^^^^^^\n  did you mean 'a-trial'?\n"
    )


FLAG = (TINY / "red_flags.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("level: emergency", "level: urgent", "'level' may not be lowered from emergency to urgent"),
        ("if_unsure: urgent", "if_unsure: routine", "'if_unsure' may not be lowered from urgent to routine"),
        ("when: numb-saddle", "when: leg-pain", "the condition of a danger sign may only be widened"),
        (
            "when: numb-saddle",
            "when: {all_of: [numb-saddle, leg-pain]}",
            "the condition of a danger sign may only be widened",
        ),
        (
            "when: numb-saddle",
            "when: {any_of: [numb-saddle], none_of: [leg-pain]}",
            "the condition of a danger sign may only be widened",
        ),
    ],
)
def test_a_red_flag_is_never_lowered_or_narrowed(
    base: Knowledge, local: KnowledgeFolder, old: str, new: str, problem: str
) -> None:
    local.write("red_flags", FLAG).change("red_flags", old, new)
    assert f": {problem}\n" in refusal(base, local)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("if_unsure: urgent", "if_unsure: emergency"),
        ("when: numb-saddle", "when: {any_of: [numb-saddle, leg-pain]}"),
        ("by_when: now", "by_when: at once"),
        ("id: saddle", "id: another"),
    ],
)
def test_a_red_flag_may_be_added_widened_or_made_more_urgent(
    base: Knowledge, local: KnowledgeFolder, old: str, new: str
) -> None:
    local.write("red_flags", FLAG).change("red_flags", old, new)
    assert lay_over(base, local.path).red_flags[0].level is Level.EMERGENCY


def test_a_red_flag_of_several_signs_may_get_one_more(tiny: KnowledgeFolder, local: KnowledgeFolder) -> None:
    base = read_folder(
        tiny.change("red_flags", "when: numb-saddle", "when: {any_of: [numb-saddle, over-50]}").path
    )
    local.write("red_flags", FLAG)
    local.change("red_flags", "when: numb-saddle", "when: {any_of: [numb-saddle, leg-pain, over-50]}")
    assert len(lay_over(base, local.path).red_flags) == 1
    local.change("red_flags", ", over-50", "")
    assert "may only be widened" in refusal(base, local)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "escalation",
            "level: routine",
            "level: self-care",
            "'level' may not be lowered from routine to self-care",
        ),
        ("escalation", "  level: routine\n", "", "'level' may not be lowered from routine to none"),
        (
            "causes",
            "at_least: routine",
            "at_least: self-care",
            "'at_least' may not be lowered from routine to self-care",
        ),
        ("questions", "section: safety", "section: pain", "a safety question stays in the section 'safety'"),
        (
            "questions",
            "      findings: [numb-saddle]\n",
            "",
            "the option 'numb' no longer tells of 'numb-saddle'",
        ),
        (
            "questions",
            "id: numb\n",
            "id: numbness\n",
            "the option 'numb' is missing: danger signs depend on it",
        ),
        (
            "questions",
            "kind: many_of\n  options:\n    - id: numb\n",
            "kind: many_of\n  ask_when: leg-pain\n  options:\n    - id: numb\n",
            "it may not be asked less often: danger signs depend on it",
        ),
    ],
)
def test_what_keeps_a_person_safe_is_never_weakened(  # noqa: PLR0913, PLR0917 - one column each
    base: Knowledge, local: KnowledgeFolder, file: str, old: str, new: str, problem: str
) -> None:
    local.write(file, (TINY / f"{file}.yaml").read_text(encoding="utf-8")).change(file, old, new)
    assert f": {problem}\n" in refusal(base, local)


def test_a_question_that_a_danger_sign_needs_is_guarded_wherever_it_stands(
    tiny: KnowledgeFolder, local: KnowledgeFolder
) -> None:
    base = read_folder(
        tiny.change("red_flags", "when: numb-saddle", "when: {any_of: [numb-saddle, over-50]}").path
    )
    local.write("questions", (TINY / "questions.yaml").read_text(encoding="utf-8"))
    lay_over(base, local.path)
    local.change("questions", "at_least: 50", "at_least: 90").change(
        "questions", "maximum: 120", "maximum: 60"
    )
    told_of = refusal(base, local)
    assert ": a band that danger signs depend on is missing\n" in told_of
    assert ": 'maximum' must stay 120.0: danger signs depend on it\n" in told_of


def test_the_words_of_a_safety_question_may_be_changed(base: Knowledge, local: KnowledgeFolder) -> None:
    local.write("questions", (TINY / "questions.yaml").read_text(encoding="utf-8"))
    local.change("questions", "Do you have any of these?", "Have you noticed any of these?")
    assert lay_over(base, local.path).questions[0].text == "Have you noticed any of these?"


def test_an_unknown_local_file_is_told_of(base: Knowledge, local: KnowledgeFolder) -> None:
    local.write("treatment", "[]\n")
    assert "did you mean 'treatments.yaml'?" in refusal(base, local)


def test_checking_local_additions_warns_of_them_alone(base: Knowledge, local: KnowledgeFolder) -> None:
    local.write("findings", "- {id: sneezing, name: sneezing, absent: no sneezing}\n")
    problems, _ = check_local_folder(base, local.path, today=TODAY)
    assert [problem.message for problem in problems] == [
        "no question asks about 'sneezing'",
        "nothing uses 'sneezing'",
    ]


def test_a_wheel_decodes_only_the_tables_that_are_asked_for(
    base: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = tmp_path / "_knowledge.json"
    compiled.write_bytes(compile_json(base))
    monkeypatch.setattr(knowledge_module, "COMPILED", compiled)
    assert load(only=("causes", "sources")) == Knowledge(causes=base.causes, sources=base.sources)
    assert load() == base
