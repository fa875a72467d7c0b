import pytest

from backpain_cli.evidence import applies, findings_asked, read_evidence, weeks_since_start
from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, Evidence, Presence
from backpain_cli.model import Knowledge, Option, QuestionKind, Section
from backpain_cli.result import AnswerValue
from tests.small import SMALL, option, question


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (("fever",), (ABSENT, ABSENT, PRESENT)),
        ("fever", (ABSENT, ABSENT, PRESENT)),
        (("fever", "weak-leg"), (ABSENT, PRESENT, PRESENT)),
        ((), (ABSENT, ABSENT, ABSENT)),
        ("none", (ABSENT, ABSENT, ABSENT)),
        ("not-sure", (UNKNOWN, UNKNOWN, UNKNOWN)),
        (("fever", "not-sure"), (UNKNOWN, UNKNOWN, PRESENT)),
        (("fever", "weak-leg?"), (ABSENT, UNKNOWN, PRESENT)),
    ],
)
def test_an_answer_tells_of_every_finding_of_its_question(
    value: AnswerValue, expected: tuple[Presence, ...]
) -> None:
    evidence = read_evidence(SMALL, {"danger": value})
    assert tuple(evidence.of(f) for f in ("numb-saddle", "weak-leg", "fever")) == expected


@pytest.mark.parametrize(
    ("age", "expected"), [(69.9, ABSENT), (70, PRESENT), (120, PRESENT), ("not-sure", UNKNOWN)]
)
def test_a_number_falls_into_its_bands(age: AnswerValue, expected: Presence) -> None:
    assert read_evidence(SMALL, {"age": age}).of("age-70-plus") is expected


def test_a_number_question_refuses_words() -> None:
    with pytest.raises(TypeError, match="'age' is answered with a number"):
        read_evidence(SMALL, {"age": "old"})


def test_a_question_that_was_not_asked_leaves_its_findings_unasked() -> None:
    assert not read_evidence(SMALL, {"danger": ()}).was_asked("leg-pain")


def test_present_beats_unsure_and_unsure_beats_absent() -> None:
    twice = Knowledge(
        questions=tuple(
            question(name, Section.PAIN, QuestionKind.MANY_OF, options=(option("x"),)) for name in "abc"
        )
    )
    assert read_evidence(twice, {"a": (), "b": "not-sure"}).of("x") is UNKNOWN
    assert read_evidence(twice, {"a": (), "b": "not-sure", "c": ("x",)}).of("x") is PRESENT


def test_an_option_can_rule_out_findings_of_other_questions() -> None:
    options = (Option(id="man", text="A man", rules_out=("pregnant",)),)
    knowledge = Knowledge(questions=(question("who", Section.YOU, QuestionKind.ONE_OF, options=options),))
    assert read_evidence(knowledge, {"who": "man"}).of("pregnant") is ABSENT
    assert not read_evidence(knowledge, {"who": "not-sure"}).was_asked("pregnant")


def test_the_order_of_answers_changes_nothing() -> None:
    answers: dict[str, AnswerValue] = {"danger": ("fever",), "age": 80, "leg": ("leg-pain",)}
    backwards = dict(reversed(answers.items()))
    assert list(read_evidence(SMALL, answers).presence) == list(read_evidence(SMALL, backwards).presence)


def test_a_question_knows_what_it_can_settle() -> None:
    assert findings_asked(SMALL.question_by_id["leg"]) == ("leg-pain", "leg-tingling")
    assert findings_asked(SMALL.question_by_id["age"]) == ("age-70-plus",)


@pytest.mark.parametrize(("known", "expected"), [(PRESENT, True), (ABSENT, False), (UNKNOWN, False)])
def test_a_question_applies_only_where_its_condition_surely_holds(known: Presence, expected: object) -> None:
    assert applies(SMALL.question_by_id["mornings"], Evidence({"long-lasting": known})) is expected


def test_the_weeks_come_from_the_option_that_tells_them() -> None:
    assert weeks_since_start(SMALL, {"when": "months-ago"}) == 20
    assert weeks_since_start(SMALL, {"when": "not-sure"}) is None
    assert weeks_since_start(SMALL, {}) is None
