"""Both ways of asking in a real pseudo-terminal: nothing cut, nothing lost, nothing answered by accident."""

import re
import subprocess
import sys

import pytest

from backpain_cli.model import Question
from tests.prompts.sample import AGE, DANGER, ONSET
from tests.prompts.terminal import ROOT, Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

UP, DOWN, LEFT, ENTER, SPACE, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\x1b[D", "\r", " ", "\x03", "\x04"
DRIVER = ("-m", "tests.prompts.driver")
WIDTHS = pytest.mark.parametrize(
    "columns", [100, pytest.param(80, marks=pytest.mark.slow), pytest.param(60, marks=pytest.mark.slow), 40]
)
HIGH = 48
"""Rows enough for a whole session."""


def words_of(question: Question) -> list[str]:
    return [question.text, *(option.text for option in question.options)]


def assert_whole(terminal: Terminal, *texts: str) -> None:
    """Every text stands on the screen word for word, with no word broken at the edge."""
    for text in texts:
        assert text in terminal.words


@WIDTHS
def test_menus_show_every_word_of_every_line(columns: int) -> None:
    with Terminal(*DRIVER, columns=columns, rows=HIGH) as terminal:
        terminal.wait_for("Ctrl-C leave")
        assert_whole_menu(terminal, DANGER)
        terminal.press(UP, UP, SPACE, ENTER)
        terminal.wait_for("I cannot tell which")
        terminal.wait_for("Ctrl-C leave")
        assert_whole_menu(terminal, DANGER, skip_title=True)
        assert_whole(terminal, *(f"How to find out: {option.how_to_check}" for option in DANGER.options))
        terminal.press(SPACE, ENTER)
        terminal.wait_for(AGE.text)
        terminal.wait_for("or n if you are not sure.")
        terminal.press("45", ENTER)
        terminal.wait_for(ONSET.text)
        terminal.wait_for("Ctrl-C leave")
        assert_whole_menu(terminal, ONSET)
        terminal.press(DOWN, DOWN, ENTER)
        terminal.wait_for("All is right: show the result")
        assert_whole(terminal, "Your age: 45 years", "When it began: In the last 2 weeks")
        terminal.press(DOWN, ENTER)
        terminal.wait_for("answers {")
        assert terminal.exit_code() == 0
        assert "answers {'danger': ('fever?',), 'age': 45, 'onset': 'two-weeks'}" in terminal.written


def assert_whole_menu(terminal: Terminal, question: Question, *, skip_title: bool = False) -> None:
    assert_whole(terminal, *words_of(question)[1 if skip_title else 0 :])


@WIDTHS
def test_plain_lines_show_every_word_of_every_line(columns: int) -> None:
    with Terminal(*DRIVER, "--plain", columns=columns, rows=HIGH * 2) as terminal:
        terminal.wait_for("q: leave. >")
        assert_whole(
            terminal, DANGER.text, *(f"{n} {option.text}" for n, option in enumerate(DANGER.options, 1))
        )
        terminal.press("5\n")
        terminal.wait_for("You chose 5: none of these.")
        terminal.wait_for(AGE.text)
        terminal.press("45\n")
        terminal.wait_for("You typed 45 years.")
        terminal.wait_for("4 Not sure")
        assert_whole(
            terminal, ONSET.text, *(f"{n} {option.text}" for n, option in enumerate(ONSET.options, 1))
        )
        terminal.press("2\n")
        terminal.wait_for("to change it. b: back. ?: why. q: leave. >")
        terminal.press("1\n")
        assert terminal.exit_code() == 0
        assert "\x1b" not in terminal.written


def test_on_a_low_terminal_the_line_pointed_at_and_the_keys_stay_in_sight() -> None:
    with Terminal(*DRIVER, columns=40, rows=14) as terminal:
        terminal.wait_for("Ctrl-C leave")
        assert "There are more lines than fit here" in terminal.words
        for option in DANGER.options:
            terminal.wait_for(f"> [ ] {option.text}")
            assert "Ctrl-C leave" in terminal.words
            terminal.press(DOWN)
        terminal.press(DOWN)
        terminal.wait_for("> [ ] None of these")
        terminal.press(DOWN)
        terminal.wait_for(f"> [ ] {DANGER.options[0].text}")
        assert "Tick every one that is true." in terminal.words


def test_on_a_low_terminal_why_is_told_whole() -> None:
    with Terminal(*DRIVER, columns=40, rows=10) as terminal:
        terminal.wait_for("Ctrl-C leave")
        terminal.press("?")
        terminal.wait_for("Press any key to go on with the question.")
        assert_whole(terminal, DANGER.why)


def test_enter_pressed_before_a_screen_is_drawn_answers_nothing() -> None:
    with Terminal(*DRIVER, columns=80) as terminal:
        terminal.press(SPACE, ENTER, ENTER)
        terminal.wait_for("Ctrl-C leave")
        terminal.press(DOWN)
        terminal.wait_for("> [ ] Numbness")
        assert "[x]" not in terminal.words
        assert "First, safety" in terminal.words


def test_enter_pressed_twice_answers_one_question_only() -> None:
    with Terminal(*DRIVER, columns=80) as terminal:
        terminal.wait_for("Ctrl-C leave")
        terminal.press(UP, SPACE, ENTER, "45", ENTER, DOWN, ENTER, DOWN, ENTER)
        terminal.wait_for(AGE.text)
        terminal.press("30", ENTER, ENTER)
        terminal.wait_for(ONSET.text)
        assert "Your age: 30 years" in terminal.words


def test_a_paste_that_a_new_screen_cuts_off_swallows_no_further_key() -> None:
    with Terminal(*DRIVER, columns=80) as terminal:
        terminal.wait_for("Ctrl-C leave")
        terminal.press(UP, SPACE, ENTER, "\x1b[200~the end of this is lost")
        terminal.wait_for(AGE.text)
        terminal.wait_for("or n if you are not sure.")
        terminal.press("30", ENTER)
        terminal.wait_for(ONSET.text)


def test_what_is_ticked_is_kept_while_why_is_read() -> None:
    with Terminal(*DRIVER, columns=80) as terminal:
        terminal.wait_for("Ctrl-C leave")
        terminal.press(SPACE)
        terminal.wait_for("> [x] A fever")
        terminal.press("?")
        terminal.wait_for("Your answer decides how soon to be seen.")
        assert "A fever" not in terminal.words
        terminal.press(ENTER)
        terminal.wait_for("> [x] A fever")


def test_going_back_shows_the_earlier_answer_and_the_first_question_says_that_it_is_first() -> None:
    with Terminal(*DRIVER, columns=80) as terminal:
        terminal.wait_for("Ctrl-C leave")
        terminal.press(LEFT)
        terminal.wait_for("This is the first question.")
        terminal.press(UP, SPACE, ENTER)
        terminal.wait_for(AGE.text)
        terminal.press(LEFT)
        terminal.wait_for("[x] None of these")


def test_an_empty_enter_is_refused_with_a_kind_word() -> None:
    with Terminal(*DRIVER, columns=80) as terminal:
        terminal.wait_for("Ctrl-C leave")
        terminal.press(ENTER)
        terminal.wait_for("Tick at least one line. If no line is true, tick 'None of these'.")
        assert len([row for row in terminal.rows if row]) <= 24


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D, "q"])
def test_leaving_ends_the_program_and_gives_the_terminal_back(key: str) -> None:
    with Terminal(*DRIVER, columns=80) as terminal:
        terminal.wait_for("Ctrl-C leave")
        terminal.press(key)
        assert terminal.exit_code() == 130
        assert "ended The guide is not finished." in terminal.words
        assert "space tick" not in terminal.words


def test_menus_use_no_colour() -> None:
    with Terminal(*DRIVER, columns=80, environment={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("Ctrl-C leave")
        assert colours(terminal.written) == set()
    with Terminal(*DRIVER, columns=80) as terminal:
        terminal.wait_for("Ctrl-C leave")
        assert colours(terminal.written) == set()


def colours(written: str) -> set[str]:
    """Return the codes that set a colour; 0 and 1 are plain and bold."""
    codes = {code for codes in re.findall(r"\x1b\[([\d;]*)m", written) for code in codes.split(";")}
    return codes - {"", "0", "1"}


def test_a_terminal_that_knows_ascii_alone_is_shown_no_other_character() -> None:
    ascii_only = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LANG": "C", "LC_ALL": "C"}
    with Terminal(*DRIVER, columns=80, environment=ascii_only) as terminal:
        terminal.wait_for("Ctrl-C leave")
        assert terminal.written.isascii()
        assert "up/down move space tick Enter next <- back ? why we ask Ctrl-C leave" in terminal.words


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}])
def test_a_dumb_terminal_and_a_screen_reader_get_plain_lines(environment: dict[str, str]) -> None:
    with Terminal(*DRIVER, columns=80, environment=environment) as terminal:
        terminal.wait_for("q: leave. >")
        terminal.press("q\n")
        assert terminal.exit_code() == 130
        assert "\x1b" not in terminal.written


def run(*arguments: str, typed: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *DRIVER, *arguments]
    return subprocess.run(  # noqa: S603 - our own program
        command, input=typed, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )


def test_plain_lines_work_over_a_pipe() -> None:
    done = run("--plain", typed="5\n45\n2\n1\n")
    assert done.returncode == 0
    assert done.stdout.endswith("answers {'danger': (), 'age': 45, 'onset': 'two-weeks'}\n")


def test_plain_lines_do_without_questionary() -> None:
    code = "import sys, backpain_cli.prompts; print('questionary' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)  # noqa: S603 - our own
    assert done.stdout == "False\n"


def test_the_end_of_a_pipe_is_not_an_answer() -> None:
    done = run("--plain", typed="5\n45\n")
    assert (done.returncode, done.stdout.rpartition("> ")[2]) == (130, "ended The guide is not finished.\n")


def test_a_pipe_without_plain_is_refused_in_one_line() -> None:
    done = run(typed="\n\n\n")
    assert done.returncode == 2
    assert done.stdout == (
        "ended There is no terminal to ask at: use --plain to answer line by line, "
        "or --answers FILE --no-input to answer from a file.\n"
    )
