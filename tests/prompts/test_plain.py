"""Plain numbered lines: what is written, word for word, and what is understood."""

from io import BytesIO, StringIO, TextIOWrapper

import pytest
from msgspec.structs import replace

from backpain_cli.errors import InterruptedGuideError
from backpain_cli.evidence import NOT_SURE
from backpain_cli.interview import Move, ReviewLine, Screen
from backpain_cli.prompts.plain import PlainAsker
from backpain_cli.result import AnswerValue
from tests.prompts.sample import AGE, DANGER, NASTY, ONSET, WORSE, screen_of

LINES = (
    ReviewLine("danger", "Danger signs", "none of these", is_safety=True),
    ReviewLine("age", "Your age", "45 years", is_safety=False),
)


def answered(screen: Screen, typed: str) -> tuple[AnswerValue | Move, list[str]]:
    """Return the answer to what was typed, and the lines that were written after the question."""
    shown = StringIO()
    answer = PlainAsker(StringIO(typed), shown).ask(screen)
    _, _, after = shown.getvalue().partition("\n> ")
    return answer, after.rstrip("\n").split("\n")


def test_a_question_is_numbered_lines_and_the_number_typed_is_read_back() -> None:
    shown = StringIO()
    answer = PlainAsker(StringIO("2\n"), shown).ask(screen_of(ONSET))
    assert answer == "two-weeks"
    assert shown.getvalue() == (
        "Question 3 of about 12. When did the pain begin?\n"
        "1  Today or yesterday\n"
        "2  In the last 2 weeks\n"
        "3  Longer ago, or it comes and goes and I cannot say when it first began\n"
        "4  Not sure\n"
        "Type a number. b: back. ?: why we ask. q: leave.\n"
        "> You chose 2: in the last 2 weeks.\n"
        "\n"
    )


@pytest.mark.parametrize("typed", ["1 3", "1,3", "3, 1", "1 3.", "1  3 3"])
def test_several_lines_are_answered_with_their_numbers_in_any_order(typed: str) -> None:
    answer, said = answered(screen_of(DANGER), f"{typed}\n")
    assert answer == ("fever", "weak-leg")
    assert said == [
        (
            "You chose 1 and 3: a fever, or shivering that you cannot stop, since the pain began; "
            "weakness in a leg that is new or getting worse."
        )
    ]


def test_an_empty_line_is_never_an_answer() -> None:
    assert answered(screen_of(DANGER), "\n5\n") == (
        ("none",),
        [
            "Type at least one number. If none is true, type 5 for 'None of these'.",
            "> You chose 5: none of these.",
        ],
    )
    assert answered(screen_of(ONSET), "\n4\n") == (
        NOT_SURE,
        [
            "Type the number of one line. If you cannot tell, type 4 for 'Not sure'.",
            "> You chose 4: not sure.",
        ],
    )


def test_anything_else_gets_a_kind_word_and_is_asked_again() -> None:
    answer, said = answered(screen_of(ONSET), "yes\n0\n9\n1 2\n²\n1\n")
    assert answer == "now"
    assert said == [
        "Sorry, 'yes' does not fit here. Type a number from 1 to 4.",
        "> Sorry, '0' does not fit here. Type a number from 1 to 4.",
        "> Sorry, '9' does not fit here. Type a number from 1 to 4.",
        "> Here only one line can be chosen. Type one number.",
        "> Sorry, '²' does not fit here. Type a number from 1 to 4.",
        "> You chose 1: today or yesterday.",
    ]


def test_none_of_these_cannot_go_with_another_line() -> None:
    answer, said = answered(screen_of(DANGER), "1 5\n1\n")
    assert answer == ("fever",)
    assert said[0] == (
        "'None of these' cannot go with another line. Type the lines that are true, or only that one."
    )


def test_not_sure_of_one_safety_line_stands_inside_the_answer() -> None:
    assert answered(screen_of(DANGER), "4\n")[0] == ("not-sure",)
    assert answered(screen_of(DANGER), "1 4\n")[0] == ("fever", "not-sure")


def test_not_sure_outside_safety_is_the_whole_answer() -> None:
    assert answered(screen_of(WORSE), "4\n")[0] == NOT_SURE
    assert answered(screen_of(WORSE), "1 4\n1\n")[0] == ("sitting",)


def test_how_to_find_out_stands_under_each_line_when_a_person_is_not_sure() -> None:
    shown = StringIO()
    answer = PlainAsker(StringIO("\n2\n"), shown).ask(screen_of(DANGER, checks=True))
    assert answer == ("numb-saddle",)
    assert shown.getvalue().splitlines()[1:9] == [
        "If you are sure now, go back and change what you ticked.",
        "1  A fever, or shivering that you cannot stop, since the pain began",
        "   How to find out: Take your temperature in the mouth; 38 degrees or more is a fever.",
        "2  Numbness or tingling between your legs, or around your bottom or genitals",
        "   How to find out: Touch the inside of both thighs and see whether they feel the same.",
        "3  Weakness in a leg that is new or getting worse",
        "   How to find out: Try to walk ten steps on your heels.",
        "4  I cannot tell which",
    ]
    assert "> Type at least one number. If you cannot tell which, type 4 for 'I cannot tell which'." in (
        shown.getvalue().splitlines()
    )


def test_a_person_who_cannot_tell_which_line_says_so() -> None:
    assert answered(screen_of(DANGER, checks=True), "4\n")[0] == NOT_SURE


@pytest.mark.parametrize(
    ("typed", "answer", "said"),
    [
        ("45", 45, "You typed 45 years."),
        (" 45 years ", 45, "You typed 45 years."),
        ("45,5", 45.5, "You typed 45.5 years."),
        ("n", NOT_SURE, "You are not sure."),
        ("not sure", NOT_SURE, "You are not sure."),
    ],
)
def test_a_number_is_read_back(typed: str, answer: AnswerValue, said: str) -> None:
    assert answered(screen_of(AGE), f"{typed}\n") == (answer, [said])


@pytest.mark.parametrize("typed", ["", "15", "111", "-45", "nan", "inf", "1e2", "4_5", "old"])
def test_a_number_out_of_place_is_refused_kindly(typed: str) -> None:
    answer, said = answered(screen_of(AGE), f"{typed}\n45\n")
    assert answer == 45
    sorry = f"Sorry, '{typed}' does not fit here. " if typed else ""
    assert said[0] == f"{sorry}Type a number from 16 to 110 years, or n if you are not sure."


@pytest.mark.parametrize("screen", [screen_of(DANGER), screen_of(AGE), screen_of(ONSET)])
def test_b_goes_back_on_every_kind_of_question(screen: Screen) -> None:
    assert answered(screen, "b\n")[0] is Move.BACK
    assert answered(screen, "B\n")[0] is Move.BACK


def test_why_is_told_and_the_question_asked_again() -> None:
    answer, said = answered(screen_of(WORSE), "?\n1\n")
    assert answer == ("sitting",)
    assert said == [
        "Why we ask: It tells some causes from others.",
        "Question 3 of about 12. What makes the pain worse?",
        "1  Sitting",
        "2  Walking",
        "3  None of these",
        "4  Not sure",
        'Type every number that is true, such as "1 3". b: back. ?: why we ask. q: leave.',
        "> You chose 1: sitting.",
    ]


@pytest.mark.parametrize(
    ("screen", "told"),
    [
        (screen_of(ONSET, "two-weeks"), "2"),
        (screen_of(ONSET, NOT_SURE), "4"),
        (screen_of(DANGER, ("fever", "weak-leg")), "1 3"),
        (screen_of(DANGER, ()), "5"),
        (screen_of(DANGER, "none"), "5"),
        (screen_of(DANGER, ("fever", "weak-leg?")), "1 4"),
        (screen_of(DANGER, NOT_SURE), "4"),
        (screen_of(AGE, 45), "45"),
        (screen_of(AGE, NOT_SURE), "n"),
    ],
)
def test_the_earlier_answer_is_told_and_is_no_default(screen: Screen, told: str) -> None:
    shown = StringIO()
    with pytest.raises(InterruptedGuideError):
        PlainAsker(StringIO("\n"), shown).ask(screen)
    assert f"\nYour earlier answer: {told}\n" in shown.getvalue()


@pytest.mark.parametrize("typed", ["", "q\n", "Q\n", "\n\n"])
def test_leaving_and_the_end_of_input_are_not_answers(typed: str) -> None:
    with pytest.raises(InterruptedGuideError):
        PlainAsker(StringIO(typed), StringIO()).ask(screen_of(ONSET))
    with pytest.raises(InterruptedGuideError):
        PlainAsker(StringIO(typed), StringIO()).review(LINES, ())


class _CtrlC(StringIO):
    def readline(self, _size: int | None = -1) -> str:  # type: ignore[override]
        raise KeyboardInterrupt


def test_ctrl_c_is_not_an_answer() -> None:
    with pytest.raises(InterruptedGuideError):
        PlainAsker(_CtrlC(), StringIO()).ask(screen_of(ONSET))


def test_bytes_that_are_no_text_are_not_an_answer() -> None:
    shown = StringIO()
    with pytest.raises(InterruptedGuideError):
        PlainAsker(TextIOWrapper(BytesIO(b"\xff\n"), encoding="utf-8"), shown).ask(screen_of(ONSET))
    assert "does not fit here." in shown.getvalue()


def test_one_line_typed_answers_one_question_only() -> None:
    asker = PlainAsker(StringIO("1\n"), StringIO())
    assert asker.ask(screen_of(ONSET)) == "now"
    with pytest.raises(InterruptedGuideError):
        asker.ask(screen_of(ONSET))


def test_notes_come_first() -> None:
    shown = StringIO()
    screen = replace(screen_of(ONSET), notes=("This is the first question.",))
    PlainAsker(StringIO("1\n"), shown).ask(screen)
    assert shown.getvalue().startswith("This is the first question.\nQuestion 3 of about 12. ")


def test_words_of_the_knowledge_never_steer_the_terminal_and_are_no_markup() -> None:
    shown = StringIO()
    PlainAsker(StringIO("1\n"), shown).ask(screen_of(NASTY))
    assert shown.getvalue().splitlines()[:2] == [
        "Question 3 of about 12. Is it [31mred, <b>bold</b>, [bold]or[/bold] :pill: abc?",
        "1  numb [both legs] now]0;title",
    ]


def test_what_was_typed_is_said_back_without_control_characters() -> None:
    _, said = answered(screen_of(ONSET), f"\x1b[2J{'x' * 60}\n1\n")
    assert said[0] == f"Sorry, '[2J{'x' * 37}…' does not fit here. Type a number from 1 to 4."


def test_the_review_shows_every_answer_and_lets_one_be_changed() -> None:
    shown = StringIO()
    asker = PlainAsker(StringIO("\n7\n1 2\n3\n1\nb\n"), shown)
    assert asker.review(LINES, ("A note.",)) == "age"
    assert shown.getvalue() == (
        "A note.\n"
        "Your answers. Is all of this right? Choose an answer to change it.\n"
        "1  All is right: show the result\n"
        "2  Danger signs (safety): none of these\n"
        "3  Your age: 45 years\n"
        "Type 1 to go on, or the number of an answer to change it. b: back. ?: why. q: leave.\n"
        "> Type a number from 1 to 3.\n"
        "> Sorry, '7' does not fit here. Type a number from 1 to 3.\n"
        "> Sorry, '1 2' does not fit here. Type a number from 1 to 3.\n"
        '> You chose 3: change "Your age".\n'
        "\n"
    )
    assert asker.review(LINES, ()) is Move.GO_ON
    assert asker.review(LINES, ()) is Move.BACK


def test_only_characters_that_the_terminal_can_show_are_written() -> None:
    class _Ascii(StringIO):
        encoding = "ascii"

    shown = _Ascii()
    PlainAsker(StringIO("1\n"), shown).ask(
        replace(screen_of(ONSET), notes=("15\N{EN DASH}20 minutes … “café” ≥ 38°",))
    )
    assert shown.getvalue().splitlines()[0] == '15-20 minutes ... "cafe" >= 38 degrees'
