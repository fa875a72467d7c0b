from datetime import date

import pytest

from backpain_cli.checks import check
from backpain_cli.checks.conditions import can_hold
from backpain_cli.folder import check_folder, read_folder
from backpain_cli.model import AtLeast, Compound
from tests.conftest import TINY, TODAY, KnowledgeFolder

CONDITIONS = [
    ("{all_of: [leg-pain], none_of: [leg-pain]}", "prevention.yaml:6:21: this condition can never be true"),
    ("{all_of: [after-lifting, came-slowly]}", "prevention.yaml:6:21: this condition can never be true"),
    (
        "{at_least: {n: 3, of: [leg-pain, over-50]}}",
        "prevention.yaml:6:21: at_least asks for 3 of 2, which can never be",
    ),
    (
        "{any_of: [leg-pain, {all_of: [over-50, {none_of: [over-50]}]}]}",
        "prevention.yaml:6:41: this condition can never be true",
    ),
]

DANGER_OPTIONS = """\
  options:
    - id: numb
      text: Numbness between the legs
      findings: [numb-saddle]
"""

RULES = [
    (
        "questions",
        "  bands:\n    - findings: [over-50]\n      at_least: 50\n",
        "",
        "questions.yaml:14:9: a number needs bands",
        "add bands with their findings",
    ),
    (
        "questions",
        "maximum: 120",
        "maximum: 0",
        "questions.yaml:16:12: the minimum must be less than the maximum",
        "give both, the smaller one as minimum",
    ),
    (
        "questions",
        DANGER_OPTIONS,
        "",
        "questions.yaml:5:9: 'many_of' needs options",
        "add options, or use the kind 'number'",
    ),
    (
        "questions",
        "kind: one_of\n",
        "kind: one_of\n  bands: [{findings: [over-50]}]\n",
        "questions.yaml:25:10: 'one_of' has no bands",
        "use options, or the kind 'number'",
    ),
    (
        "questions",
        "kind: number\n",
        "kind: number\n  options: [{id: old, text: Old}]\n",
        "questions.yaml:15:12: a number has no options",
        "use bands, or another kind",
    ),
    (
        "questions",
        "id: other",
        "id: none",
        "questions.yaml:32:11: the option id 'none' is reserved",
        "delete it: every question has it already",
    ),
    (
        "questions",
        "id: other",
        "id: lift",
        "questions.yaml:32:11: the option id 'lift' is used twice in this question",
        "give this one another id",
    ),
    (
        "questions",
        "  text: How old are you?",
        "  text: How old are you?\n  ask_when: over-50",
        "questions.yaml:13:13: warning: never asked: it waits for what no question before it tells",
        "ask about those findings in another question, or mend the condition",
    ),
    (
        "questions",
        "      findings: [leg-pain]\n",
        "",
        "findings.yaml:4:7: no question asks about 'leg-pain'",
        "add it to an option of a question, or delete it",
    ),
    (
        "questions",
        "      text: Pain down one leg\n",
        "      text: Pain down one leg\n    - id: itch\n      text: An itch\n",
        "questions.yaml:40:7: warning: this option changes nothing",
        "use its findings in a cause or a condition, or delete the option",
    ),
    (
        "questions",
        "      at_least: 50\n",
        "      at_least: 50\n    - findings: [over-50]\n      at_least: 130\n",
        "questions.yaml:20:7: warning: this band changes nothing",
        "use its findings in a cause or a condition, or delete the band",
    ),
    (
        "red_flags",
        "when: numb-saddle",
        "when: leg-pain",
        "findings.yaml:1:7: warning: nothing uses 'numb-saddle'",
        "link it to a cause, use it in a condition, or delete it",
    ),
    (
        "causes",
        "      present: weakly-for\n      absent: moderately-against\n",
        "      present: 2\n      absent: 1.5\n",
        "causes.yaml:10:15: present and absent both speak for the cause",
        "one of them must be on the other side of 1, or neutral",
    ),
    (
        "causes",
        "present: weakly-against",
        "present: neutral",
        "causes.yaml:46:7: warning: this link speaks neither for nor against the cause",
        "give it a ratio, or delete it",
    ),
    (
        "causes",
        "    - finding: after-lifting\n      present: weakly-against\n",
        "    - finding: morning-stiffness\n      present: 2\n",
        "causes.yaml:46:16: 'morning-stiffness' is linked twice",
        "keep one of the links",
    ),
    (
        "causes",
        "prior: 0.5\n",
        "prior: 0.99\n",
        "causes.yaml:17:7: warning: no answers bring this cause to first place: 'strain' stays ahead",
        "link a finding that tells it from that one",
    ),
    (
        "escalation",
        "  treatments: [injection]\n",
        "",
        "treatments.yaml:18:7: warning: no cause and no escalation offers 'injection'",
        "name it under treatments of a cause or an escalation",
    ),
    (
        "treatments",
        "      sources: [a-trial]\n",
        "",
        "treatments.yaml:25:15: warning: the figure '1 in 10' rests only on sources that nobody read",
        "read one of them and say so in sources.yaml, or leave the figure out",
    ),
    (
        "faq",
        "No. Keep moving.",
        "Ordinary activity is preferable, as staying in bed usually delays recovery.",
        "faq.yaml:3:11: warning: this record is hard to read: a reading ease of 30, where 45 is least",
        "use shorter sentences and shorter words, here first of all",
    ),
    (
        "faq",
        "reviewed: 2026-01-01",
        "reviewed: 2024-01-01",
        "faq.yaml:5:13: warning: reviewed more than two years ago",
        "check it against its sources and write today's date",
    ),
    (
        "faq",
        "reviewed: 2026-01-01",
        "reviewed: 2026-02-01",
        "faq.yaml:5:13: this day has not come yet",
        "write the day of the review",
    ),
]


def first_problem(tiny: KnowledgeFolder) -> tuple[str, str]:
    """Return the place and the words of the first problem of the folder, and its hint."""
    problem = check_folder(tiny.path, today=TODAY, flags_with_case={"saddle"})[0]
    warning = "warning: " if problem.is_warning else ""
    return f"{problem.location}: {warning}{problem.message}", problem.hint


def test_sound_knowledge_has_no_faults() -> None:
    assert check(read_folder(TINY), today=TODAY, flags_with_case={"saddle"}) == ()


@pytest.mark.parametrize(("when", "told"), CONDITIONS)
def test_a_condition_that_can_never_be_true_is_told_of(tiny: KnowledgeFolder, when: str, told: str) -> None:
    tiny.change("prevention", "{any_of: [over-50, after-lifting]}", when)
    assert first_problem(tiny) == (told, "mend the condition, or delete this part of it")


def test_findings_of_two_questions_may_come_together(tiny: KnowledgeFolder) -> None:
    tiny.change(
        "prevention", "{any_of: [over-50, after-lifting]}", "{all_of: [over-50, after-lifting, leg-pain]}"
    )
    assert tiny.told() == ""


def test_findings_of_bands_that_do_not_overlap_exclude_each_other(tiny: KnowledgeFolder) -> None:
    tiny.change(
        "findings", "- id: over-50", "- {id: under-20, name: under 20, absent: not under 20}\n- id: over-50"
    )
    tiny.change(
        "questions", "      at_least: 50\n", "      at_least: 50\n    - {findings: [under-20], below: 20}\n"
    )
    tiny.change("prevention", "{any_of: [over-50, after-lifting]}", "{all_of: [over-50, under-20]}")
    tiny.change("risk_factors", "when: over-50", "when: {any_of: [over-50, under-20]}")
    assert first_problem(tiny)[0] == "prevention.yaml:6:21: this condition can never be true"
    tiny.change("questions", "below: 20", "below: 60")
    assert tiny.told() == ""


def test_findings_of_one_option_may_come_together(tiny: KnowledgeFolder) -> None:
    tiny.change("questions", "findings: [after-lifting]", "findings: [after-lifting, came-slowly]")
    tiny.change("prevention", "{any_of: [over-50, after-lifting]}", "{all_of: [after-lifting, came-slowly]}")
    assert tiny.told() == ""


def test_a_long_condition_is_judged_at_once() -> None:
    findings = tuple(f"finding-{number}" for number in range(40))
    assert can_hold(Compound(at_least=AtLeast(20, findings)), {})
    assert can_hold(Compound(all_of=findings[:20], none_of=findings[20:]), {})


@pytest.mark.parametrize(("file", "old", "new", "told", "hint"), RULES)
def test_each_rule_tells_what_and_where_and_how_to_mend_it(  # noqa: PLR0913, PLR0917 - one column each
    tiny: KnowledgeFolder, file: str, old: str, new: str, told: str, hint: str
) -> None:
    tiny.change(file, old, new)
    assert first_problem(tiny) == (told, hint)


def test_a_safety_question_may_wait_for_a_later_answer(tiny: KnowledgeFolder) -> None:
    question = "  text: Do you have any of these?"
    tiny.change("questions", question, f"{question}\n  ask_when: over-50")
    assert tiny.told() == ""


def test_questions_that_wait_for_each_other_are_never_asked(tiny: KnowledgeFolder) -> None:
    tiny.change("questions", "  text: How old are you?", "  text: How old are you?\n  ask_when: leg-pain")
    tiny.change("questions", "  text: What do you feel?", "  text: What do you feel?\n  ask_when: over-50")
    assert [str(problem.location) for problem in check_folder(tiny.path)] == [
        "questions.yaml:13:13",
        "questions.yaml:38:13",
    ]


def test_a_red_flag_without_a_worked_case_is_told_of(tiny: KnowledgeFolder) -> None:
    (problem,) = check_folder(tiny.path, flags_with_case=())
    assert (str(problem.location), problem.message) == (
        "red_flags.yaml:1:7",
        "no worked case expects 'saddle'",
    )


def test_without_a_day_nothing_is_stale(tiny: KnowledgeFolder) -> None:
    tiny.change("faq", "reviewed: 2026-01-01", "reviewed: 2001-01-01")
    assert check_folder(tiny.path) == ()
    assert len(check_folder(tiny.path, today=date(2026, 1, 1))) == 1


def test_a_broken_reference_is_told_of_once_and_not_in_other_words_too(tiny: KnowledgeFolder) -> None:
    tiny.change("causes", "finding: morning-stiffness", "finding: morning-stifness")
    assert tiny.told() == (
        "1 problem in the knowledge\n\n"
        "causes.yaml:43:16: no finding is called 'morning-stifness'\n"
        "  43 |     - finding: morning-stifness\n"
        "     |                ^^^^^^^^^^^^^^^^\n"
        "  did you mean 'morning-stiffness'?\n"
    )


def test_of_very_many_faults_only_the_first_are_told(tiny: KnowledgeFolder) -> None:
    tiny.change("faq", "[a-trial]", "[" + "blog, " * 5000 + "blog]")
    assert len(check_folder(tiny.path)) == 100


@pytest.mark.parametrize(
    "text", ["about 12% of people", "3 in 100 people", "7 out of every 1,000", "40 per cent"]
)
def test_figures_are_known_however_they_are_written(tiny: KnowledgeFolder, text: str) -> None:
    tiny.change("faq", "No. Keep moving.", text).change("faq", "a-trial", "a-letter")
    assert "rests only on sources that nobody read" in first_problem(tiny)[0]
