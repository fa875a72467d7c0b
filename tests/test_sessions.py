"""Whole sessions with the real program in a pseudo-terminal: nothing cut and nothing lost at any width."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html import unescape

import pytest

from backpain_cli.assess import assess
from backpain_cli.interview import review_lines, why
from backpain_cli.knowledge import load
from backpain_cli.model import Level
from backpain_cli.prompts.words import review_line
from backpain_cli.report.blocks import Block
from backpain_cli.report.markdown import as_markdown
from backpain_cli.report.result import result_blocks
from backpain_cli.report.summary import first_screen
from backpain_cli.result import AnswerValue, Assessment
from docs.record import GUIDE, PICTURE, STRAIN, record
from tests.prompts.person import OFFER, REVIEW, Mind, Person, texts
from tests.prompts.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

KNOWLEDGE = load()
STYLE = re.compile(r"\x1b\[[\d;]*m")
HIGH = 200
"""Rows enough for a whole session."""
NUMB: Mind = {"nerves": ("saddle-numbness", "bladder-change")}
EVERY_LOOK = [(columns, plain) for columns in (100, 80, 60, 50, 40) for plain in (False, True)]
WAYS = pytest.mark.parametrize("plain", [False, True], ids=["menus", "plain"])


@contextmanager
def session(mind: Mind, columns: int, *options: str, plain: bool) -> Iterator[Person]:
    way = ["--plain"] if plain else []
    with Terminal(*GUIDE, *way, *options, columns=columns, rows=HIGH) as terminal:
        yield Person(terminal, KNOWLEDGE, mind, plain=plain)


def result_of(person: Person, mind: Mind) -> Assessment:
    answers: dict[str, AnswerValue] = {question.id: mind.get(question.id, ()) for question in person.asked}
    return assess(KNOWLEDGE, answers, date(2026, 1, 31), KNOWLEDGE.region_by_code["GB"])


def assert_whole(person: Person, blocks: Iterator[Block]) -> None:
    """Every word of some blocks stands on the screen, and no line that was written is wider."""
    told = {word.strip("*:()") for word in unescape(as_markdown(blocks)).split() if word[0].isalnum()}
    shown = {word.strip("*:()") for word in person.terminal.words.split()}
    assert told - shown <= {"Speaks", "for", "it", "against"}  # heads of columns; stacked lines have none
    if person.plain:
        assert max(map(len, STYLE.sub("", person.terminal.written).splitlines())) <= person.terminal.columns


def hold_a_strain(columns: int, *, plain: bool) -> None:
    with session(STRAIN, columns, plain=plain) as person:
        while (question := person.next_question()) is not None:
            shown = set(person.terminal.words.split())
            assert {word for text in texts(question) for word in text.split()} <= shown
            person.asked.append(question)
            person.reply(question)
        result = result_of(person, STRAIN)
        for line in review_lines(KNOWLEDGE, result.answers):
            assert review_line(line) in person.terminal.words
        person.choose_line(REVIEW)
        person.wait_for(OFFER)
        assert f"{result.triage.headline}. Your result is above" in person.terminal.words
        assert_whole(person, first_screen(result, KNOWLEDGE))
        person.choose_line("Finish")
        assert person.terminal.exit_code() == 0
        assert result.triage.level is Level.SELF_CARE


def hold_a_danger_sign(columns: int, *, plain: bool) -> None:
    with session(NUMB, columns, plain=plain) as person:
        person.answer_until()
        assert person.terminal.exit_code() == 0
        assert [question.id for question in person.asked] == ["nerves"]
        assert_whole(person, result_blocks(result_of(person, NUMB), KNOWLEDGE))
        assert "Go to A&E now, or call 999" in person.terminal.words
        assert OFFER not in person.terminal.words


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "plain"), EVERY_LOOK)
def test_an_ordinary_strain_is_told_whole_at_every_width(columns: int, *, plain: bool) -> None:
    hold_a_strain(columns, plain=plain)


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "plain"), EVERY_LOOK)
def test_a_danger_sign_is_one_card_told_whole_at_every_width(columns: int, *, plain: bool) -> None:
    hold_a_danger_sign(columns, plain=plain)


@pytest.mark.slow
@WAYS
def test_a_changed_answer_keeps_what_still_applies_and_says_what_does_not(*, plain: bool) -> None:
    woman: Mind = {**STRAIN, "who": "woman"}
    options = [option.id for option in KNOWLEDGE.question_by_id["who"].options]
    pregnant: Mind = {**STRAIN, "who": next(option for option in options if "pregnan" in option)}
    assert pregnant != woman
    with session(pregnant, 80, plain=plain) as person:
        person.answer_until()
        assert "pregnancy-signs" in [question.id for question in person.asked]
        person.choose_line("Your body")
        person.wait_for("Your earlier answer" if plain else "(your earlier answer)")
        who = KNOWLEDGE.question_by_id["who"]
        if plain:
            person.choose(who, "man")
        else:
            person.terminal.press("\x1b[A" * len(who.options))
            person.choose_line(next(option.text for option in who.options if option.id == "man"))
        person.wait_for("No longer needed after this change, so left out: Signs in pregnancy.")
        assert "Age: 35 years" in person.terminal.words


@pytest.mark.slow
@WAYS
def test_not_sure_of_a_danger_sign_offers_how_to_find_out_and_is_never_a_no(*, plain: bool) -> None:
    nerves = KNOWLEDGE.question_by_id["nerves"]
    with session(STRAIN, 80, plain=plain) as person:
        assert person.next_question() == nerves
        person.choose(nerves, "not-sure")
        person.wait_for("Which are you not sure about?")
        assert "I cannot tell which" in person.terminal.words
        for option in nerves.options:
            if option.how_to_check:
                assert f"How to find out: {' '.join(option.how_to_check.split())}" in person.terminal.words
        person.press("1\n" if plain else " \r")
        person.asked.append(nerves)
        person.answer_until("age")
        person.terminal.press("\x03")
        assert person.terminal.exit_code() == 130
        assert "Not finished, so nothing was concluded." in person.terminal.rows
        assert "Nothing was saved." in person.terminal.rows
        assert "You were not sure about" in person.terminal.words


@pytest.mark.slow
@WAYS
def test_quick_asks_of_urgency_alone_and_says_how_soon(*, plain: bool) -> None:
    with session(STRAIN, 60, "--quick", plain=plain) as person:
        person.terminal.wait_for("how soon to be seen. About 7 questions")
        while (question := person.next_question()) is not None and len(person.asked) < 6:
            person.asked.append(question)
            person.reply(question)
        assert question is not None
        person.reply(question)
        person.asked.append(question)
        assert person.terminal.exit_code() == 0
        assert {question.section.value for question in person.asked} == {"safety", "you"}
        assert "Look after it at home" in person.terminal.words
        assert "What fits" not in person.terminal.words
        assert "Heat" not in person.terminal.words


@pytest.mark.slow
@WAYS
def test_a_question_mark_says_why_and_names_the_source(*, plain: bool) -> None:
    with session(STRAIN, 80, plain=plain) as person:
        question = person.next_question()
        assert question is not None
        person.press("?\n" if plain else "?")
        person.terminal.wait_for(why(KNOWLEDGE, question))
        person.press("q\n" if plain else "\x03")
        assert person.terminal.exit_code() == 130


@pytest.mark.slow
def test_the_picture_of_a_session_shows_what_the_program_shows_today() -> None:
    assert record() == PICTURE.read_text(encoding="utf-8"), "run: python -m docs.record"
