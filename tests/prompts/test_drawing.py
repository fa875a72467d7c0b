"""The drawing of the back, whole, and that it never holds more than plain characters."""

from backpain_cli.model import Area
from backpain_cli.prompts.drawing import WIDTH, drawing

EVERY_AREA = dict(enumerate(Area, start=1))


def test_each_area_has_its_number() -> None:
    assert "\n".join(drawing(EVERY_AREA)) == (
        r"""
        __
       (  )
   .---'  '---.
  /     1      \
 / |          | \
 | |    2     | |
 | |          | |
 | |4   3   4 | |
 |/|          |\|
 ' |7   6   7 | '
   | 5  || 5  |
   |    ||    |
   | 8  || 8  |
   | 9  || 9  |
   '----''----'
"""
    ).strip("\n")


def test_numbers_of_two_digits_move_no_line() -> None:
    rows = drawing({number + 9: area for number, area in EVERY_AREA.items()})
    assert rows[7] == " | |13  12  13| |"
    assert [len(row) for row in rows] == [len(row) for row in drawing(EVERY_AREA)]


def test_two_choices_on_one_area_take_a_side_each() -> None:
    assert drawing({1: Area.HIP, 2: Area.HIP})[9] == " ' |1       2 | '"


def test_an_area_that_is_no_choice_has_no_number() -> None:
    assert not any(character.isalnum() for row in drawing({}) for character in row)


def test_the_drawing_is_plain_ascii_and_fits_its_width() -> None:
    rows = drawing(EVERY_AREA)
    assert all(row.isascii() and row.isprintable() and len(row) <= WIDTH for row in rows)
