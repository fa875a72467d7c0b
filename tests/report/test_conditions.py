"""Conditions in words, as a phrase and as an outline."""

import pytest

from backpain_cli.model import AtLeast, Compound, Condition
from backpain_cli.report.blocks import Outline
from backpain_cli.report.conditions import outline, phrase
from backpain_cli.report.markdown import as_markdown

NESTED = Compound(
    all_of=("fever", Compound(any_of=("chills", Compound(all_of=("sweats", "thirst"))))),
    none_of=("flu", "cold"),
)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("fever", "fever"),
        (Compound(all_of=("fever",)), "fever"),
        (Compound(all_of=("fever", "chills")), "fever and chills"),
        (Compound(any_of=("fever", "chills", "sweats")), "fever, chills or sweats"),
        (Compound(none_of=("flu",)), "none of these (flu)"),
        (Compound(at_least=AtLeast(2, ("a", "b", "c"))), "at least 2 of these (a; b; c)"),
        (NESTED, "fever, (chills or (sweats and thirst)) and none of these (flu; cold)"),
    ],
)
def test_a_condition_as_a_phrase(condition: Condition, words: str) -> None:
    assert phrase(condition, str) == words


@pytest.mark.parametrize(
    ("condition", "lines"),
    [
        ("fever", [(0, "Fever")]),
        (Compound(any_of=("fever",)), [(0, "Fever")]),
        (Compound(none_of=("flu",)), [(0, "None of these:"), (1, "Flu")]),
        (Compound(at_least=AtLeast(1, ("a", "b"))), [(0, "At least 1 of these:"), (1, "A"), (1, "B")]),
        (
            NESTED,
            [
                (0, "All of these:"),
                (1, "Fever"),
                (1, "Any of these:"),
                (2, "Chills"),
                (2, "All of these:"),
                (3, "Sweats"),
                (3, "Thirst"),
                (1, "None of these:"),
                (2, "Flu"),
                (2, "Cold"),
            ],
        ),
    ],
)
def test_a_condition_as_an_outline(condition: Condition, lines: list[tuple[int, str]]) -> None:
    assert list(outline(condition, str)) == lines


def test_an_outline_in_markdown_is_a_list_in_a_list() -> None:
    assert as_markdown([Outline(((0, "All:"), (1, "a*b")))]) == "- All:\n  - a\\*b\n"
