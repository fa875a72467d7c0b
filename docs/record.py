"""Record a session of the real program as a picture: `python -m docs.record` writes docs/session.svg."""

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from backpain_cli.knowledge import load
from tests.prompts.person import OFFER, REVIEW, Mind, Person
from tests.prompts.terminal import Terminal

PICTURE = Path(__file__).with_name("session.svg")
COLUMNS, ROWS = 80, 100
GUIDE = ("-m", "backpain_cli", "guide", "--region", "GB", "--today", "2026-01-31")
STRAIN: Mind = {
    "how-it-began": ("onset-lifting",),
    "age": 35,
    "who": "man",
    "where": ("low-back",),
    "when": "last-2-days",
    "story": ("familiar-pain",),
    "worse": ("bending-forward", "lifting"),
}
"""Someone of 35 whose back hurts since lifting a box."""
SHAPE = re.sub(r"@font-face {{.*?}}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
"""Rich's picture of a terminal without its fonts, which would be fetched from elsewhere."""


def record() -> str:
    """Hold a session and return its picture: the first question, the drawing of the back, the result."""
    with Terminal(*GUIDE, columns=COLUMNS, rows=ROWS) as terminal:
        person = Person(terminal, load(), STRAIN)
        person.answer_until("nerves")
        screens = [terminal.pictured]
        person.reply(person.asked[-1])
        person.answer_until("where")
        screens.append(_from("About the pain", terminal.pictured))
        person.reply(person.asked[-1])
        person.answer_until()
        person.choose_line(REVIEW)
        person.wait_for(OFFER)
        screens.append(_up_to("Your result is above", _from("Look after it at home", terminal.pictured)))
    return _drawn(screens)


def _from(words: str, rows: list[Text]) -> list[Text]:
    return rows[next(place for place, row in enumerate(rows) if words in row.plain) :]


def _up_to(words: str, rows: list[Text]) -> list[Text]:
    return rows[: next(place for place, row in enumerate(rows) if words in row.plain)]


def _drawn(screens: list[list[Text]]) -> str:
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), highlight=False)
    for place, rows in enumerate(screens):
        if place:
            console.print(Text("─" * COLUMNS, "color(243)"))
        console.print(Text("\n").join(rows), end="\n\n")
    return console.export_svg(title="backpain guide", code_format=SHAPE, unique_id="session")


if __name__ == "__main__":
    PICTURE.write_text(record(), encoding="utf-8")
