"""How a menu screen looks at each width: nothing cut, nothing lost, and no more rows than a terminal has."""

import re

import pytest
from msgspec.structs import replace

from backpain_cli.evidence import NOT_SURE
from backpain_cli.interview import ReviewLine, Screen, which_unsure, why
from backpain_cli.knowledge import load
from backpain_cli.model import Knowledge, Question, QuestionKind, Section
from backpain_cli.prompts import page as pages
from backpain_cli.prompts.page import Look, Page, Row
from tests.prompts.sample import DANGER, NASTY, ONSET, PLACE, screen_of

WIDTHS = (100, 80, 60, 50, 40)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def whole(page: Page, columns: int, look: Look | None = None) -> list[Row]:
    """Return every row of a screen, top to bottom."""
    answer = pages.choices(page, look or Look(), columns) if page.lines else [Row("  > ")]
    around = pages.word_rows("", columns) + pages.key_rows(page, columns)
    return pages.head(page, columns) + answer + around


def text_of(rows: list[Row]) -> str:
    return "\n".join((row.text + row.beside).rstrip() for row in rows)


def safety_follow_up(screen: Screen) -> Screen:
    return which_unsure(screen, (NOT_SURE,))


def every_screen(knowledge: Knowledge) -> list[Screen]:
    """Return a screen for each question that ships, and each safety list's follow-up."""
    screens = [
        Screen(question=question, number=12, about=14, why=why(knowledge, question))
        for question in knowledge.questions
    ]
    lists = [screen for screen in screens if is_safety_list(screen.question)]
    return screens + [safety_follow_up(screen) for screen in lists]


def is_safety_list(question: Question) -> bool:
    return question.section is Section.SAFETY and question.kind is QuestionKind.MANY_OF


def test_a_safety_screen_whole() -> None:
    look = Look(pointed="fever", ticked={"weak-leg"})
    assert text_of(whole(pages.page_of(screen_of(DANGER)), 80, look)) == (
        """
  First, safety                                         question 3 of about 12

  Since this pain began, have you noticed any of these? Tick every one that is
  true.

  > [ ] A fever, or shivering that you cannot stop, since the pain began
    [ ] Numbness or tingling between your legs, or around your bottom or
        genitals
    [x] Weakness in a leg that is new or getting worse
    [ ] I am not sure about one of these
    [ ] None of these

  ↑↓ move   space tick   Enter next   ← back   ? why we ask   Ctrl-C leave"""
    )


def test_the_drawing_stands_beside_the_choices_and_their_numbers() -> None:
    rows = whole(pages.page_of(screen_of(PLACE, "hip")), 70, Look(pointed="hip"))
    assert text_of(rows) == (
        r"""
  About the pain                              question 3 of about 12

  Where does it hurt most?

    1   My upper back                           __
    2   My mid back                            (  )
    3   My low back                        .---'  '---.
    4   My flank                          /     1      \
    5   My buttock                       / |          | \
    6   My tailbone                      | |    2     | |
  > 7   My hip (your earlier answer)     | |          | |
    8   My thigh                         | |4   3   4 | |
    9   My below knee                    |/|          |\|
    10  Not sure                         ' |7   6   7 | '
                                           | 5  || 5  |
                                           |    ||    |
                                           | 8  || 8  |
                                           | 9  || 9  |
                                           '----''----'

  ↑↓ move   Enter next   ← back   ? why we ask   Ctrl-C leave"""
    )


def test_under_70_columns_there_is_no_drawing() -> None:
    assert "   1" not in text_of(whole(pages.page_of(screen_of(PLACE)), 69))


def test_under_60_columns_the_section_and_the_progress_are_stacked() -> None:
    page = pages.page_of(screen_of(ONSET))
    assert [row.text for row in pages.head(page, 59)[1:3]] == ["  About the pain", "  question 3 of about 12"]
    assert [row.text for row in pages.head(page, 60)[1:2]] == [
        f"  About the pain{'question 3 of about 12':>42}"
    ]


def test_why_stands_in_place_of_the_answer() -> None:
    assert text_of(pages.why_rows(pages.page_of(screen_of(DANGER)), 40)) == (
        """  Why we ask
  A few signs need care within hours.
  Your answer decides how soon to be
  seen.

  Press any key to go on with the
  question."""
    )


def test_notes_are_told_before_the_question() -> None:
    page = pages.page_of(replace(screen_of(ONSET), notes=("No longer needed: Your age.",)))
    assert [row.text for row in pages.head(page, 80)][3:6] == [
        "  No longer needed: Your age.",
        "",
        "  When did the pain begin?",
    ]


def test_the_review_has_all_is_right_first() -> None:
    line = ReviewLine("age", "Your age", "45\x1b[2J years", is_safety=False)
    rows = pages.choices(pages.review_page((line,), ()), Look(), 80)
    assert [row.text for row in rows] == ["    All is right: show the result", "    Your age: 45[2J years"]


def test_no_control_character_of_the_knowledge_is_shown() -> None:
    page = pages.page_of(screen_of(NASTY))
    rows = whole(page, 60) + pages.why_rows(page, 60)
    assert all(row.text.isprintable() for row in rows)
    assert "Is it [31mred, <b>bold</b>, [bold]or[/bold] :pill: abc?" in text_of(rows)


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_screen_that_ships_is_cut_or_loses_a_word(knowledge: Knowledge, columns: int) -> None:
    for screen in every_screen(knowledge):
        page = pages.page_of(screen)
        rows = whole(page, columns) + pages.why_rows(page, columns)
        assert max(len(row.text + row.beside) for row in rows) < columns, screen.question.id
        shown = text_of(rows).split()
        told = [page.text, page.help, page.why, *(f"{line.text} {line.check}" for line in page.lines)]
        assert not {word for text in told for word in text.split()} - set(shown), screen.question.id


def test_no_question_that_ships_is_over_24_rows_at_80_columns(knowledge: Knowledge) -> None:
    heights = {screen.question.id: len(whole(pages.page_of(screen), 80)) for screen in every_screen(knowledge)
               if not screen.shows_checks}  # fmt: skip
    assert {name: rows for name, rows in heights.items() if rows > 24} == {}


def test_no_follow_up_that_ships_is_over_24_rows_with_the_check_of_the_line_pointed_at(
    knowledge: Knowledge,
) -> None:
    for screen in (screen for screen in every_screen(knowledge) if screen.shows_checks):
        page = pages.page_of(screen)
        for line in page.lines:
            look = Look(pointed=line.value, shows_all_checks=False)
            assert len(whole(page, 80, look)) <= 24, (screen.question.id, line.value)


def test_why_is_two_sentences_and_the_names_of_sources_for_every_question_that_ships(
    knowledge: Knowledge,
) -> None:
    for question in knowledge.questions:
        reason, _, sources = re.split(r" (Sources?): ", why(knowledge, question))
        assert len(re.findall(r"[.!?](?= |$)", reason)) == 2, question.id
        assert all(re.fullmatch(r".+ \(\d{4}\)", source) for source in sources[:-1].split("; ")), question.id


def test_why_alone_fits_a_narrow_terminal_for_every_question_that_ships(knowledge: Knowledge) -> None:
    for screen in every_screen(knowledge):
        assert len(pages.why_rows(pages.page_of(screen), 40)) <= 24, screen.question.id
