from datetime import date

import pytest

from backpain_cli.model import AdviceLine, Region
from backpain_cli.wording import capitalised, for_region, say_date, say_list
from tests.small import GB, US


def test_a_date_is_said_in_words_and_in_the_regions_order() -> None:
    assert say_date(date(2026, 2, 14), GB) == "Saturday 14 February"
    assert say_date(date(2026, 2, 14), US) == "Saturday, February 14"


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_as_a_sentence_does(words: list[str], expected: str) -> None:
    assert say_list(words) == expected


def test_a_text_names_the_regions_own_numbers() -> None:
    region = Region(
        code="GB",
        name="UK",
        emergency="999",
        advice_line=AdviceLine("111", "NHS 111"),
        emergency_department="A&E",
    )
    text = "Call {emergency_number}, go to {emergency_department} or ask {advice_line}."
    assert for_region(text, region) == "Call 999, go to A&E or ask NHS 111 on 111."


def test_only_the_first_letter_becomes_a_capital() -> None:
    assert capitalised("an MRI scan") == "An MRI scan"
    assert capitalised("") == ""
