"""What both ways of asking say of an answer."""

import pytest

from backpain_cli.evidence import NOT_SURE
from backpain_cli.interview import Screen
from backpain_cli.prompts.words import clean, for_encoding, mid_sentence, read_back
from backpain_cli.result import AnswerValue
from tests.prompts.sample import AGE, DANGER, ONSET, screen_of

WEAK = "Weakness in a leg that is new or getting worse"


@pytest.mark.parametrize(
    ("screen", "value", "said"),
    [
        (screen_of(ONSET), "two-weeks", "When it began: In the last 2 weeks"),
        (screen_of(ONSET), NOT_SURE, "When it began: not sure"),
        (screen_of(AGE), 45, "Your age: 45 years"),
        (screen_of(DANGER), ("none",), "Danger signs: none of these"),
        (screen_of(DANGER), ("weak-leg",), f"Danger signs: {WEAK}"),
        (screen_of(DANGER), (NOT_SURE,), "Danger signs: not sure about one"),
        (screen_of(DANGER), ("weak-leg", NOT_SURE), f"Danger signs: {WEAK}; not sure about another"),
        (screen_of(DANGER, checks=True), ("weak-leg",), f"Not sure: {WEAK}"),
        (screen_of(DANGER, checks=True), NOT_SURE, "Not sure which"),
    ],
)
def test_an_answer_is_kept_in_sight_in_words(screen: Screen, value: AnswerValue, said: str) -> None:
    assert read_back(screen, value) == said


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("In the last 2 weeks", "in the last 2 weeks"),
        ("A fever", "a fever"),
        ("I am not sure", "I am not sure"),
        ("NSAID tablets", "NSAID tablets"),
        ("38 degrees", "38 degrees"),
        ("", ""),
    ],
)
def test_words_inside_a_sentence_begin_small_where_they_may(text: str, inside: str) -> None:
    assert mid_sentence(text) == inside


@pytest.mark.parametrize(
    "unseen", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\u200f", "\ud800"]
)
def test_characters_that_could_steer_a_terminal_go(unseen: str) -> None:
    assert clean(f"a{unseen}b") == "ab"


def test_rows_of_a_text_become_one() -> None:
    assert clean(" one\n two\r\n\tthree\u2028four ") == "one two three four"


def test_what_an_encoding_lacks_is_written_more_plainly() -> None:
    assert for_encoding("↑↓ ← → caf\N{LATIN SMALL LETTER E WITH ACUTE} 日", "ascii") == "up/down <- -> cafe ?"
    assert for_encoding("↑↓ ½", "latin-1") == "up/down ½"
    assert for_encoding("↑↓ ½", "utf-8") == "↑↓ ½"
