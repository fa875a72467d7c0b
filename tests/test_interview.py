from collections.abc import Iterator

import pytest

from backpain_cli import interview, matching
from backpain_cli.errors import InterruptedGuideError
from backpain_cli.evidence import Answers
from backpain_cli.interview import (
    Interview,
    Move,
    ReviewLine,
    Screen,
    about_left,
    answer_in_words,
    keep_applicable,
    next_question,
    review_lines,
)
from backpain_cli.result import AnswerValue
from tests.small import SMALL

BACK, GO_ON = Move.BACK, Move.GO_ON


@pytest.fixture(autouse=True)
def ask_more_readily(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the few questions of the small knowledge be worth asking."""
    monkeypatch.setattr(matching, "WORTH_ASKING", 0.05)


Reply = AnswerValue | Move


class Script:
    """Gives replies in order and keeps the screens it was shown."""

    def __init__(self, *replies: Reply, reviews: tuple[str | Move, ...] = (GO_ON,)) -> None:
        self._replies: Iterator[Reply] = iter(replies)
        self._reviews: Iterator[str | Move] = iter(reviews)
        self.screens: list[Screen] = []
        self.reviewed: list[tuple[ReviewLine, ...]] = []
        self.review_notes: list[tuple[str, ...]] = []

    def ask(self, screen: Screen) -> Reply:
        self.screens.append(screen)
        try:
            return next(self._replies)
        except StopIteration:
            raise InterruptedGuideError("left") from None

    def review(self, lines: tuple[ReviewLine, ...], notes: tuple[str, ...]) -> str | Move:
        self.reviewed.append(lines)
        self.review_notes.append(notes)
        return next(self._reviews)

    @property
    def shown(self) -> list[str]:
        return [screen.question.id for screen in self.screens]


def run(script: Script, answers: Answers = {}, *, quick: bool = False) -> dict[str, AnswerValue]:  # noqa: B006
    return Interview(SMALL, script, answers, quick=quick).run()


STRAIN: tuple[Reply, ...] = ((), 35, "this-week", (), ("after-lifting",), (), ())


def test_safety_comes_first_and_then_the_person_the_pain_and_what_tells_most() -> None:
    script = Script(*STRAIN)
    assert run(script) == {
        "danger": (),
        "age": 35,
        "when": "this-week",
        "leg": (),
        "began": ("after-lifting",),
        "medicines": (),
        "mood": (),
    }


def test_an_emergency_ends_it_at_once_with_nothing_else_asked() -> None:
    script = Script(("numb-saddle",))
    assert run(script) == {"danger": ("numb-saddle",)}
    assert script.reviewed == []


def test_a_question_that_applies_only_now_and_then_is_asked_when_it_does() -> None:
    script = Script((), 35, "months-ago", (), "loose", (), (), ())
    assert run(script)["mornings"] == "loose"


def test_answers_given_beforehand_are_not_asked_again() -> None:
    script = Script((), ("after-lifting",), (), ())
    run(script, {"danger": (), "age": 35, "when": "this-week"})
    assert script.shown == ["leg", "began", "medicines", "mood"]


def test_quick_asks_only_what_bears_on_urgency() -> None:
    script = Script((), 35)
    assert list(run(script, quick=True)) == ["danger", "age"]
    assert script.reviewed == []


def test_back_shows_the_earlier_answer_and_keeps_the_later_ones() -> None:
    script = Script((), 35, "this-week", BACK, BACK, 36, (), ("after-lifting",), (), ())
    answers = run(script)
    assert script.shown == [
        "danger",
        "age",
        "when",
        "leg",
        "when",
        "age",
        "leg",
        "began",
        "medicines",
        "mood",
    ]
    assert [screen.earlier for screen in script.screens][4:6] == ["this-week", 35]
    assert (answers["age"], answers["when"]) == (36, "this-week")


def test_back_on_the_first_question_stays_there_and_says_so() -> None:
    script = Script(BACK, ("numb-saddle",))
    run(script)
    assert script.screens[1].notes == ("This is the first question.",)


def test_an_answer_that_no_longer_applies_is_dropped_and_said_so() -> None:
    script = Script((), 35, "months-ago", (), "loose", (), (), (), "this-week", reviews=("when", GO_ON))
    assert "mornings" not in run(script)
    assert script.review_notes[1] == ("No longer needed after this change, so left out: mornings?.",)


def test_the_review_shows_every_answer_and_lets_any_be_changed() -> None:
    script = Script(*STRAIN, 70, reviews=("age", GO_ON))
    assert run(script)["age"] == 70
    assert [(line.question_id, line.answer, line.is_safety) for line in script.reviewed[0]] == [
        ("danger", "none of these", True),
        ("age", "35 years", False),
        ("when", "This week", False),
        ("leg", "none of these", False),
        ("began", "after lifting", False),
        ("medicines", "none of these", False),
        ("mood", "none of these", False),
    ]


def test_a_change_at_the_review_that_makes_an_emergency_ends_it_at_once() -> None:
    script = Script(*STRAIN, ("numb-saddle",), reviews=("danger",))
    assert run(script)["danger"] == ("numb-saddle",)
    assert len(script.reviewed) == 1


def test_back_from_the_review_leads_to_the_last_question() -> None:
    script = Script(*STRAIN, ("low-mood",), reviews=(BACK, GO_ON))
    assert run(script)["mood"] == ("low-mood",)


def test_back_from_a_changed_answer_leads_to_the_question_before_it() -> None:
    script = Script(*STRAIN, BACK, 40, reviews=("when", GO_ON))
    assert run(script)["age"] == 40


def test_being_unsure_of_a_danger_sign_asks_which_with_how_to_find_out() -> None:
    script = Script(("weak-leg", "not-sure"), ("numb-saddle",), *STRAIN[1:])
    assert run(script)["danger"] == ("weak-leg", "numb-saddle?")
    follow_up = script.screens[1]
    assert [option.id for option in follow_up.question.options] == ["numb-saddle", "fever"]
    assert follow_up.shows_checks


def test_still_unsure_leaves_every_unticked_sign_open() -> None:
    script = Script(("weak-leg", "not-sure"), "not-sure", *STRAIN[1:])
    assert run(script)["danger"] == ("weak-leg", "not-sure")


def test_back_from_the_follow_up_asks_the_safety_question_again_with_its_ticks() -> None:
    script = Script(("weak-leg", "not-sure"), BACK, *STRAIN)
    run(script)
    assert script.shown[:3] == ["danger", "danger", "danger"]
    assert script.screens[2].earlier == ("weak-leg", "not-sure")


def test_none_of_these_is_kept_as_an_empty_answer() -> None:
    assert run(Script(("none",), *STRAIN[1:]))["danger"] == ()


def test_leaving_midway_keeps_what_was_answered() -> None:
    interview = Interview(SMALL, Script((), 35), {})
    with pytest.raises(InterruptedGuideError):
        interview.run()
    assert interview.answers == {"danger": (), "age": 35}


def test_a_screen_says_why_it_is_asked_with_the_source() -> None:
    script = Script(("numb-saddle",))
    run(script)
    assert script.screens[0].why == "It helps. Source: A study (2020)."


def test_the_place_and_the_length_are_told() -> None:
    script = Script(*STRAIN)
    run(script)
    assert [(screen.number, screen.about) for screen in script.screens] == [
        (1, 7),
        (2, 7),
        (3, 7),
        (4, 7),
        (5, 7),
        (6, 7),
        (7, 7),
    ]


def test_the_estimate_falls_as_answers_come_in() -> None:
    assert about_left(SMALL, {}) == 7
    assert about_left(SMALL, {"danger": (), "age": 35, "when": "this-week"}) == 4
    assert about_left(SMALL, {"danger": ()}, quick=True) == 1


def test_nothing_is_left_to_ask_in_an_emergency() -> None:
    assert next_question(SMALL, {"danger": ("numb-saddle",)}) is None


def test_dropping_goes_on_until_every_answer_applies() -> None:
    answers: Answers = {"when": "this-week", "mornings": "loose"}
    assert keep_applicable(SMALL, answers) == {"when": "this-week"}


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ("danger", "not-sure", "not sure"),
        ("danger", (), "none of these"),
        ("danger", ("fever", "weak-leg?"), "not sure: weak leg; fever"),
        ("danger", ("fever", "not-sure"), "fever; not sure about the others"),
        ("age", 35, "35 years"),
        ("when", "this-week", "This week"),
    ],
)
def test_an_answer_is_told_in_words(question: str, value: AnswerValue, words: str) -> None:
    assert answer_in_words(SMALL.question_by_id[question], value) == words


def test_the_review_uses_the_label_or_else_the_question() -> None:
    assert [line.label for line in review_lines(SMALL, {"age": 35})] == ["age?"]


@pytest.mark.parametrize(("limit", "expected"), [(1, "medicines"), (2, "leg")])
def test_after_enough_questions_about_causes_the_rest_is_left_open(
    monkeypatch: pytest.MonkeyPatch, limit: int, expected: str
) -> None:
    monkeypatch.setattr(interview, "MATCHING_LIMIT", limit)
    asked: Answers = {"danger": (), "age": 35, "when": "this-week", "began": ()}
    question = next_question(SMALL, asked)
    assert question is not None
    assert question.id == expected
