"""What both front ends say and understand: the lines of a screen, numbers typed, answers read back."""

import re
import unicodedata
from collections.abc import Collection

from msgspec import Struct

from backpain_cli.evidence import NONE, NOT_SURE, UNSURE_MARK
from backpain_cli.interview import ReviewLine, Screen, answer_in_words, label
from backpain_cli.model import Area, Question, QuestionKind, Section
from backpain_cli.result import AnswerValue

SECTION_NAMES = {
    Section.SAFETY: "First, safety",
    Section.YOU: "About you",
    Section.PAIN: "About the pain",
    Section.MATCHING: "A closer look",
    Section.TREATMENT: "Before we suggest anything",
}
NOTHING_TICKED = "Tick at least one line. If no line is true, tick 'None of these'."
NOTHING_TICKED_UNSURE = "Tick at least one line. If you cannot tell which, tick the last line."
GO_BACK_IF_SURE = "If you are sure now, go back and change what you ticked."
ALL_IS_RIGHT = "All is right: show the result"
REVIEW_TITLE = "Your answers"
REVIEW_TEXT = "Is all of this right? Choose an answer to change it."
REVIEW_WHY = "A wrong answer can change the advice. If you change one, we ask again only what then matters."

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_ASCII = {
    "↑↓": "up/down", "←": "<-", "→": "->", "↑": "up", "↓": "down", "…": "...", "≥": ">=", "≤": "<=",
    "½": "1/2", "•": "*", "·": "-", "“": '"', "”": '"', "°": " degrees",
    "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{MULTIPLICATION SIGN}": "x",
    "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}  # fmt: skip
"""What to write where a terminal cannot show a character."""


class Line(Struct, frozen=True):
    """One line that can be chosen."""

    value: str
    text: str
    check: str = ""
    """How to find out at home, where the screen shows it."""
    area: Area | None = None
    is_alone: bool = False
    """Whether it cannot be true together with any other line."""


def clean(text: str) -> str:
    """Return the text on one line and without any character that could steer a terminal.

    Control characters, marks that turn the direction of writing and other unseen marks go.
    """
    spaced = " ".join(text.split())
    return "".join(character for character in spaced if unicodedata.category(character)[0] != "C")


def for_encoding(text: str, encoding: str) -> str:
    """Return the text in characters that the terminal's encoding can show."""
    if _fits(text, encoding):
        return text
    for shown, plainer in _ASCII.items():
        text = text if _fits(shown, encoding) else text.replace(shown, plainer)
    return "".join(character if _fits(character, encoding) else _bare(character) for character in text)


def lines_of(screen: Screen) -> tuple[Line, ...]:
    """Return the lines of a question with choices, "Not sure" and "None of these" among them."""
    options = tuple(
        Line(
            value=option.id,
            text=clean(option.text),
            check=clean(option.how_to_check) if screen.shows_checks else "",
            area=option.area,
        )
        for option in screen.question.options
    )
    return options + _closing_lines(screen)


def is_list(question: Question) -> bool:
    """Say whether several lines can be true at once."""
    return question.kind is QuestionKind.MANY_OF


def toggled(lines: tuple[Line, ...], ticked: Collection[str], line: Line) -> frozenset[str]:
    """Return what is ticked after one more tick or one less; a line that stands alone clears the rest."""
    if line.value in ticked:
        return frozenset(ticked) - {line.value}
    if line.is_alone:
        return frozenset({line.value})
    alone = {other.value for other in lines if other.is_alone}
    return (frozenset(ticked) - alone) | {line.value}


def reply(screen: Screen, ticked: Collection[str]) -> AnswerValue:
    """Return the answer that the chosen lines stand for."""
    chosen = tuple(line for line in lines_of(screen) if line.value in ticked)
    if not is_list(screen.question) or (chosen[0].value == NOT_SURE and chosen[0].is_alone):
        return chosen[0].value
    return tuple(line.value for line in chosen)


def earlier_lines(screen: Screen) -> frozenset[str]:
    """Return the lines that the earlier answer stands for."""
    if screen.earlier is None:
        return frozenset()
    told = screen.earlier if isinstance(screen.earlier, tuple) else (str(screen.earlier),)
    wanted = {NOT_SURE if value.endswith(UNSURE_MARK) else value for value in told or (NONE,)}
    return frozenset(line.value for line in lines_of(screen) if line.value in wanted)


def earlier_number(screen: Screen) -> str:
    """Return the earlier answer to a number question as it would be typed."""
    if screen.earlier is None:
        return ""
    return f"{screen.earlier:g}" if isinstance(screen.earlier, int | float) else "n"


def nothing_ticked(screen: Screen) -> str:
    """Return the kind word for an Enter with nothing ticked."""
    return NOTHING_TICKED_UNSURE if screen.shows_checks else NOTHING_TICKED


def read_number(question: Question, typed: str) -> float | str | None:
    """Return the number typed, `not-sure` for "n", or None where it is neither."""
    words = typed.strip().casefold()
    if words in ("n", "not sure", NOT_SURE):
        return NOT_SURE
    bare = words.removesuffix(question.unit.casefold()).strip()
    if not _NUMBER.fullmatch(bare):
        return None
    number = float(bare.replace(",", "."))
    if not question.minimum <= number <= question.maximum:
        return None
    return int(number) if number.is_integer() else number


def number_hint(question: Question) -> str:
    """Return what can be typed into a number field."""
    unit = f" {clean(question.unit)}" if question.unit else ""
    return f"Type a number from {question.minimum:g} to {question.maximum:g}{unit}, or n if you are not sure."


def progress(screen: Screen) -> str:
    """Return how far the session is: "question 3 of about 12"; nothing for what is no part of it."""
    if not screen.number:
        return ""
    return f"question {screen.number} of about {screen.about}"


def title_of(screen: Screen) -> str:
    """Return what stands above a question."""
    return screen.title or SECTION_NAMES[screen.question.section]


def help_of(screen: Screen) -> str:
    """Return the words of help under a question."""
    return GO_BACK_IF_SURE if screen.shows_checks else clean(screen.question.help)


def read_back(screen: Screen, value: AnswerValue) -> str:
    """Return a line that keeps an answer in sight: "Where it hurts: low back"."""
    if screen.shows_checks:
        unsure = [line.text for line in lines_of(screen) if isinstance(value, tuple) and line.value in value]
        return f"Not sure: {'; '.join(unsure)}" if unsure else "Not sure which"
    return clean(f"{label(screen.question)}: {_in_words(screen.question, value)}")


def review_line(line: ReviewLine) -> str:
    """Return an answer as it stands in the review; one about safety says so."""
    safety = " (safety)" if line.is_safety else ""
    return clean(f"{line.label}{safety}: {line.answer}")


def mid_sentence(text: str) -> str:
    """Return words as they stand inside a sentence: "in the last 2 weeks", but "I am not sure"."""
    first = text.split(" ", 1)[0]
    is_plain_word = first == "A" or first[1:].islower()
    return text[:1].lower() + text[1:] if is_plain_word else text


def sentence(text: str) -> str:
    """Return words with a full stop unless they end in a mark already."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _in_words(question: Question, value: AnswerValue) -> str:
    """Return an answer in words; what a person is not sure of is asked about next."""
    if not isinstance(value, tuple) or NOT_SURE not in value:
        return answer_in_words(question, value)
    sure = tuple(chosen for chosen in value if chosen != NOT_SURE)
    return f"{answer_in_words(question, sure)}; not sure about another" if sure else "not sure about one"


def _closing_lines(screen: Screen) -> tuple[Line, ...]:
    if not is_list(screen.question):
        return (Line(NOT_SURE, "Not sure"),) if screen.can_be_unsure else ()
    if screen.shows_checks:
        return (Line(NOT_SURE, "I cannot tell which", is_alone=True),)
    none = Line(NONE, "None of these", is_alone=True)
    if screen.question.section is Section.SAFETY:
        return (Line(NOT_SURE, "I am not sure about one of these"), none)
    return (none, Line(NOT_SURE, "Not sure", is_alone=True))


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _bare(character: str) -> str:
    """Return a letter without its accent, or a question mark."""
    return "".join(part for part in unicodedata.normalize("NFKD", character) if part.isascii()) or "?"
