"""What is said around a conversation: here, to someone who leaves in the middle of it."""

from backpain_cli.assess import assess
from backpain_cli.evidence import Answers
from backpain_cli.report.blocks import Block, Heading, Paragraph
from backpain_cli.report.card import emergency_card
from backpain_cli.report.session import leaving
from tests.small import DAY, GB, SMALL


def left_after(answers: Answers) -> list[Block]:
    return list(leaving(assess(SMALL, answers, DAY, GB), SMALL))


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading | Paragraph)]


def test_who_leaves_without_a_danger_sign_is_told_nothing() -> None:
    assert left_after({"danger": (), "when": "months-ago"}) == []


def test_who_leaves_after_a_danger_sign_is_told_of_each_and_what_to_do() -> None:
    heading, sure, unsure = texts(left_after({"danger": ("weak-leg", "numb-saddle?")}))
    assert heading == "Before you go"
    assert "What growing-weakness means." in sure + unsure
    assert "Go to A&E or call 999." in sure + unsure


def test_who_leaves_in_an_emergency_is_shown_its_card() -> None:
    answers: Answers = {"danger": ("numb-saddle",)}
    assert left_after(answers) == list(emergency_card(assess(SMALL, answers, DAY, GB), SMALL))
