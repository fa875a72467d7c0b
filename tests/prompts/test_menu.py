"""Menus, driven by keys through prompt_toolkit's own pipe: every key, and every trap of the prompts below."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.input.base import PipeInput
from prompt_toolkit.output import DummyOutput

from backpain_cli.errors import InterruptedGuideError
from backpain_cli.evidence import NOT_SURE
from backpain_cli.interview import Move, ReviewLine, Screen
from backpain_cli.prompts.menu import MenuAsker
from backpain_cli.result import AnswerValue
from tests.prompts.sample import AGE, DANGER, NASTY, ONSET, PLACE, WORSE, screen_of

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
ENTER, SPACE, CTRL_C, CTRL_D, BACKSPACE = "\r", " ", "\x03", "\x04", "\x7f"
LINES = (
    ReviewLine("danger", "Danger signs", "none of these", is_safety=True),
    ReviewLine("age", "Your age", "45 years", is_safety=False),
)
EVERY_KIND = pytest.mark.parametrize("screen", [screen_of(DANGER), screen_of(ONSET), screen_of(AGE)])

Press = Callable[..., AnswerValue | Move]


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe:
        yield pipe


@pytest.fixture
def press(keyboard: PipeInput) -> Press:
    """Return what a screen answers to keys; keys too few for an answer end in Ctrl-C, which raises."""

    def pressed(screen: Screen, *keys: str) -> AnswerValue | Move:
        keyboard.send_text("".join(keys) + CTRL_C)
        return MenuAsker(keyboard, DummyOutput()).ask(screen)

    return pressed


def test_down_and_enter_choose_a_line(press: Press) -> None:
    assert press(screen_of(ONSET), DOWN, ENTER) == "now"
    assert press(screen_of(ONSET), DOWN, DOWN, ENTER) == "two-weeks"
    assert press(screen_of(ONSET), DOWN, DOWN, UP, ENTER) == "now"


def test_not_sure_is_the_last_line_of_every_list(press: Press) -> None:
    assert press(screen_of(ONSET), UP, ENTER) == NOT_SURE
    assert press(screen_of(WORSE), UP, SPACE, ENTER) == NOT_SURE
    assert press(screen_of(DANGER, checks=True), UP, SPACE, ENTER) == NOT_SURE


def test_an_enter_alone_never_chooses_the_first_line(press: Press) -> None:
    with pytest.raises(InterruptedGuideError):
        press(screen_of(ONSET), ENTER, ENTER)
    assert press(screen_of(ONSET), ENTER, DOWN, ENTER) == "now"


def test_space_ticks_and_enter_goes_on(press: Press) -> None:
    assert press(screen_of(WORSE), SPACE, DOWN, SPACE, ENTER) == ("sitting", "walking")
    assert press(screen_of(WORSE), SPACE, SPACE, DOWN, SPACE, ENTER) == ("walking",)


@pytest.mark.parametrize("screen", [screen_of(DANGER), screen_of(WORSE), screen_of(DANGER, checks=True)])
def test_an_enter_with_nothing_ticked_is_refused(press: Press, screen: Screen) -> None:
    with pytest.raises(InterruptedGuideError):
        press(screen, ENTER, ENTER, DOWN, ENTER)


def test_none_of_these_is_ticked_explicitly_and_stands_alone(press: Press) -> None:
    assert press(screen_of(DANGER), UP, SPACE, ENTER) == ("none",)
    assert press(screen_of(DANGER), SPACE, UP, SPACE, ENTER) == ("none",)
    assert press(screen_of(DANGER), UP, SPACE, DOWN, SPACE, ENTER) == ("fever",)
    assert press(screen_of(WORSE), DOWN, DOWN, SPACE, ENTER) == ("none",)


def test_not_sure_of_one_safety_line_goes_with_the_others_but_not_with_none(press: Press) -> None:
    unsure = DOWN * 3
    assert press(screen_of(DANGER), SPACE, unsure, SPACE, ENTER) == ("fever", "not-sure")
    assert press(screen_of(DANGER), unsure, SPACE, ENTER) == ("not-sure",)
    assert press(screen_of(DANGER), unsure, SPACE, DOWN, SPACE, ENTER) == ("none",)
    assert press(screen_of(DANGER), UP, SPACE, UP, SPACE, ENTER) == ("not-sure",)


def test_the_follow_up_returns_the_lines_the_person_is_not_sure_of(press: Press) -> None:
    assert press(screen_of(DANGER, checks=True), DOWN, SPACE, DOWN, SPACE, ENTER) == (
        "numb-saddle",
        "weak-leg",
    )


@pytest.mark.parametrize("key", ["a", "i"])
def test_no_key_ticks_lines_that_exclude_each_other(press: Press, key: str) -> None:
    assert press(screen_of(DANGER), key, SPACE, ENTER) == ("fever",)


@EVERY_KIND
def test_left_goes_back_from_every_kind_of_screen(press: Press, screen: Screen) -> None:
    assert press(screen, LEFT) is Move.BACK


@EVERY_KIND
def test_b_is_an_ordinary_letter(press: Press, screen: Screen) -> None:
    with pytest.raises(InterruptedGuideError):
        press(screen, "b", "b")


def test_left_in_a_number_moves_until_it_stands_at_the_start(press: Press) -> None:
    assert press(screen_of(AGE), "5", LEFT, "4", ENTER) == 45
    assert press(screen_of(AGE), "45", LEFT, LEFT, LEFT) is Move.BACK
    assert press(screen_of(AGE), "4", BACKSPACE, LEFT) is Move.BACK


def test_a_number_out_of_place_is_refused_and_can_be_mended(press: Press) -> None:
    assert press(screen_of(AGE), ENTER, "450", ENTER, BACKSPACE, ENTER) == 45
    assert press(screen_of(AGE), "n", ENTER) == NOT_SURE
    with pytest.raises(InterruptedGuideError):
        press(screen_of(AGE), "q", ENTER)


@pytest.mark.parametrize("key", ["\x1b\r", "\x0f", "\n"], ids=["Alt-Enter", "Ctrl-O", "Ctrl-J"])
def test_every_key_that_ends_a_line_reads_the_number(press: Press, key: str) -> None:
    assert press(screen_of(AGE), "45", key) == 45
    assert press(screen_of(AGE), "4", key, "5", key) == 45
    with pytest.raises(InterruptedGuideError):
        press(screen_of(AGE), key)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@EVERY_KIND
def test_leaving_is_never_an_answer(press: Press, screen: Screen, key: str) -> None:
    with pytest.raises(InterruptedGuideError):
        press(screen, key)
    with pytest.raises(InterruptedGuideError):
        press(screen, "?", key)


@pytest.mark.parametrize("screen", [screen_of(DANGER, ("fever",)), screen_of(ONSET, "now")])
def test_q_leaves_where_no_text_is_typed(press: Press, screen: Screen) -> None:
    with pytest.raises(InterruptedGuideError):
        press(screen, "q", ENTER)


def test_a_closed_input_is_not_an_answer(keyboard: PipeInput) -> None:
    keyboard.close()
    with pytest.raises(InterruptedGuideError):
        MenuAsker(keyboard, DummyOutput()).ask(screen_of(ONSET, "now"))


@pytest.mark.parametrize("key", [ENTER, SPACE, DOWN, LEFT, "q", "x", "?"])
def test_any_key_closes_why_and_does_nothing_else(press: Press, key: str) -> None:
    assert press(screen_of(DANGER), SPACE, "?", key, ENTER) == ("fever",)
    assert press(screen_of(ONSET), DOWN, "?", key, ENTER) == "now"
    assert press(screen_of(AGE), "45", "?", key, ENTER) == 45


@pytest.mark.parametrize(
    ("screen", "answer"),
    [
        (screen_of(ONSET, "two-weeks"), "two-weeks"),
        (screen_of(ONSET, NOT_SURE), NOT_SURE),
        (screen_of(DANGER, ("fever", "weak-leg")), ("fever", "weak-leg")),
        (screen_of(DANGER, ()), ("none",)),
        (screen_of(DANGER, "none"), ("none",)),
        (screen_of(DANGER, ("fever", "weak-leg?")), ("fever", "not-sure")),
        (screen_of(WORSE, NOT_SURE), NOT_SURE),
        (screen_of(AGE, 45), 45),
        (screen_of(AGE, 45.5), 45.5),
        (screen_of(AGE, NOT_SURE), NOT_SURE),
    ],
)
def test_the_earlier_answer_is_shown_as_chosen(press: Press, screen: Screen, answer: AnswerValue) -> None:
    assert press(screen, ENTER) == answer


def test_an_answer_file_with_words_of_another_question_shows_nothing_as_chosen(press: Press) -> None:
    with pytest.raises(InterruptedGuideError):
        press(screen_of(ONSET, "gone"), ENTER)


def test_a_number_key_points_at_the_area_of_that_number(press: Press) -> None:
    assert press(screen_of(PLACE), "3", ENTER) == "low-back"
    with pytest.raises(InterruptedGuideError):
        press(screen_of(ONSET), "3", ENTER)


def test_words_of_the_knowledge_are_not_markup(press: Press) -> None:
    assert press(screen_of(NASTY), DOWN, "?", "x", ENTER) == "numb"


def test_keys_typed_for_one_screen_never_answer_the_next(keyboard: PipeInput) -> None:
    asker = MenuAsker(keyboard, DummyOutput())
    keyboard.send_text(DOWN + ENTER + ENTER + DOWN + ENTER)
    assert asker.ask(screen_of(ONSET)) == "now"
    keyboard.send_text(CTRL_C)
    with pytest.raises(InterruptedGuideError):
        asker.ask(screen_of(ONSET, "now"))


def test_the_review_goes_on_changes_an_answer_or_goes_back(keyboard: PipeInput) -> None:
    asker = MenuAsker(keyboard, DummyOutput())
    keyboard.send_text(ENTER + DOWN + ENTER)
    assert asker.review(LINES, ()) is Move.GO_ON
    keyboard.send_text(UP + ENTER)
    assert asker.review(LINES, ("A note.",)) == "age"
    keyboard.send_text("?" + LEFT + LEFT)
    assert asker.review(LINES, ()) is Move.BACK
    keyboard.send_text("q")
    with pytest.raises(InterruptedGuideError):
        asker.review(LINES, ())


SCREENS = [
    screen_of(DANGER),
    screen_of(DANGER, checks=True),
    screen_of(WORSE),
    screen_of(ONSET, "now"),
    screen_of(PLACE),
    screen_of(AGE),
]
KEYS = [
    UP,
    DOWN,
    LEFT,
    RIGHT,
    ENTER,
    SPACE,
    BACKSPACE,
    "?",
    "a",
    "i",
    "j",
    "4",
    "5",
    "n",
    "\t",
    "\x1b[200~x\ny\x1b[201~",
]


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(SCREENS), st.lists(st.sampled_from(KEYS), max_size=12))
def test_whatever_is_pressed_the_answer_is_one_that_the_screen_offers(
    screen: Screen, keys: list[str]
) -> None:
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(keys) + CTRL_C)
        try:
            answer = MenuAsker(keyboard, DummyOutput()).ask(screen)
        except InterruptedGuideError:
            return
    if isinstance(answer, tuple):
        assert answer == ("none",) or set(answer) <= {option.id for option in screen.question.options} | {
            NOT_SURE
        }
        assert answer
    elif isinstance(answer, str):
        assert answer in {option.id for option in screen.question.options} | {NOT_SURE}
    else:
        assert answer is Move.BACK or answer in (44, 45, 54, 55)
