"""The words that people read: easy, British and plain."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import textstat  # type: ignore[import-untyped]  # it ships no types

from backpain_cli.checks.words import HARDEST, reading_ease
from backpain_cli.model import RECORD_TYPES
from tests.knowledge.conftest import Record, records

WORDS_IN = {
    "faq": ("question", "answer"),
    "treatments": ("summary", "how_to", "evidence", "starts_working", "stop_or_change", "harms"),
    "red_flags": ("meaning", "action", "by_when", "meanwhile"),
    "prevention": ("what", "effect"),
    "risk_factors": ("evidence", "what_helps"),
    "exercises": ("how", "dose", "stop_if"),
    "overview": ("text", "points"),
    "escalation": ("text",),
    "causes": ("summary",),
}
"""The fields that are read as running text, by file."""

NOT_WORDS = frozenset(
    {"id", "sources", "reviewed", "url", "doi", "title", "authors", "publisher", "certainty", "type"}
)
"""Fields that hold names, codes or the titles of publications as printed."""

EASY_ON_AVERAGE = 60
"""Flesch reading ease: from 60 up a reader of about thirteen follows, from 80 one of eleven."""

AMERICAN = re.compile(
    r"\b(?:color|center|behavior|fiber|program|pediatric|gray|tumor|estrogen|anemia|edema|hemorrhage"
    r"|diarrhea|esophagus|favorite|neighbor|maneuver|orthopedic|gynecology|anesthetic|leukemia"
    r"|exercize|analyze|organize|recognize|specialize|stabilize)(?:s|ed|d|ing|al)?\b",
    re.IGNORECASE,
)
MARKUP = re.compile(r"\[/?[a-z#@/][^\]]*\]|:[a-z]+_?[a-z]+:")
"""Brackets that Rich would swallow, and its names for emoji: "[both legs]", ":pill:"."""
EMOJI = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")


@pytest.fixture(params=sorted(WORDS_IN))
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def every_record(folder: Path) -> Iterator[tuple[str, Record]]:
    for kind in RECORD_TYPES:
        for record in records(folder, kind):
            yield f"{kind}: {record.get('id', record.get('code'))}", record


def texts(value: object) -> Iterator[str]:
    """Yield every string in a value that people read, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for key, part in value.items() if key not in NOT_WORDS for text in texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in texts(part))


def running_text(file: str, record: Record) -> str:
    words = (text for field in WORDS_IN[file] for text in texts(record.get(field)) if len(text.split()) > 1)
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in words)


def ease(folder: Path, file: str) -> dict[str, float]:
    """Return the reading ease of each record by its id."""
    return {
        str(record["id"]): round(textstat.flesch_reading_ease(running_text(file, record)), 1)
        for record in records(folder, file)
    }


def faults(folder: Path, pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return [
        (name, found.group())
        for name, record in every_record(folder)
        for text in texts(record)
        for found in pattern.finditer(text)
    ]


def test_the_records_of_a_file_are_easy_to_read_on_average(knowledge_folder: Path, file: str) -> None:
    found = ease(knowledge_folder, file)
    hardest_first = sorted(found.items(), key=lambda record: record[1])
    assert sum(found.values()) / len(found) >= EASY_ON_AVERAGE, hardest_first[:10]


def test_no_record_is_hard_to_read(knowledge_folder: Path, file: str) -> None:
    assert {name: score for name, score in ease(knowledge_folder, file).items() if score < HARDEST} == {}


def test_the_check_that_authors_run_agrees_with_a_count_by_dictionary(
    knowledge_folder: Path, file: str
) -> None:
    told = ease(knowledge_folder, file)
    ours = {
        str(record["id"]): reading_ease([running_text(file, record)])
        for record in records(knowledge_folder, file)
    }
    apart = [abs(told[name] - ours[name]) for name in told]
    assert sum(apart) / len(apart) < 2
    assert max(apart) < HARDEST / 5


def test_every_record_is_spelt_the_british_way(knowledge_folder: Path) -> None:
    assert faults(knowledge_folder, AMERICAN) == []


def test_no_record_holds_markup_or_an_emoji(knowledge_folder: Path) -> None:
    assert faults(knowledge_folder, MARKUP) + faults(knowledge_folder, EMOJI) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (AMERICAN, "A color, two programs"),
        (MARKUP, "numb [both legs] now"),
        (MARKUP, "[/] ends it"),
        (MARKUP, "take a :pill:"),
        (EMOJI, "good \u2705"),
        (EMOJI, "\U0001f600"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


@pytest.mark.parametrize(
    "text", ["a walking programme", "at 10:30 or 11:45", "colour, centre and fibre", "40 °C"]
)
def test_the_patterns_let_good_words_pass(text: str) -> None:
    assert not any(pattern.search(text) for pattern in (AMERICAN, MARKUP, EMOJI))
