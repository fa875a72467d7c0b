"""Finding what a person meant."""

import pytest

from backpain_cli.search import did_you_mean, nearest_faq, search_faq
from tests.report.sample import KNOWLEDGE

FAQS = KNOWLEDGE.faq


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("heat or ice", ["heat-or-cold"]),
        ("is heat any good", ["heat-or-cold"]),
        ("hot water bottle", ["heat-or-cold"]),
        ("can a mucsle spasm cause longterm damge", ["lasting-harm"]),
        ("long term damage", ["lasting-harm"]),
        ("HARMFUL?", ["lasting-harm"]),
        ("frightening", ["lasting-harm"]),
        ("rset in bed", ["bed-rest"]),
        ("ich", []),
        ("how is it", []),
        ("", []),
        ("[bold]", []),
        ("quantum banana", []),
    ],
)
def test_questions_are_found_by_their_words(words: str, found: list[str]) -> None:
    assert [faq.id for faq in search_faq(FAQS, words)] == found


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert search_faq((), "heat") == ()
    assert nearest_faq((), "heat") is None


def test_the_nearest_question_is_named_however_far_off() -> None:
    nearest = nearest_faq(FAQS, "bottles of wine")
    assert nearest is not None
    assert nearest.id == "heat-or-cold"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("het", "heat"),
        ("HEAT", "heat"),
        ("strain", "muscle strain"),
        ("mucsle strain", "muscle strain"),
        ("spondilitis", "ankylosing spondylitis"),
        ("xyz", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_a_name_with_a_mistake_is_understood(word: str, meant: str | None) -> None:
    assert did_you_mean(word, ["heat", "muscle strain", "ankylosing spondylitis"]) == meant


def test_no_name_is_meant_where_there_are_none() -> None:
    assert did_you_mean("heat", []) is None
