"""How easy the words are: Flesch's reading ease of what people read, by counting syllables.

This counts by rule and needs no word list, so that the check runs wherever the program does. A test holds
it beside textstat, which looks each word up, but brings three more packages and would soon use the network.
"""

import re
from collections.abc import Iterator, Sequence

from backpain_cli.checks.faults import Fault
from backpain_cli.checks.walk import claims, sourced_texts
from backpain_cli.model import Knowledge

HARDEST = 45.0
"""The least reading ease of a record: people of about thirteen follow 60, students 45."""
SHORTEST = 5
"""Words of the shortest text that counts; a name or a label is no sentence."""

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][a-z]+)?|\d[\d.,:]*")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_SILENT = re.compile(
    r"(?<=[^aeiouy])"
    r"(?:(?<![^aeiouy]l)e|(?<![td])ed|(?<![^aeiouy]l)(?<![sxzcg])(?<!ch)(?<!sh)es)$"
    r"|(?<=[^aeiouyl])e(?=(?:ly|ment|ful)s?$)"
)
"""An e that nobody says: 'make', 'moved', 'times', 'likely'; but 'little', 'rested', 'boxes'."""
_VOWELS = re.compile(r"(?<![tscgx])i(?=[aou]|er)|[aeiouy]+?(?=ing$)|[aeiouy]+|sm(?=s?$)")
"""Letters that make one syllable; two vowels make two in 'doing' and 'radiate', and 'spasm' has two."""


def hard_words(knowledge: Knowledge) -> Iterator[Fault]:
    """Warn of each record that is too hard to read, at the hardest of its texts."""
    for file, claim in claims(knowledge):
        found = [(path, text) for path, text, _ in sourced_texts(claim) if len(text.split()) >= SHORTEST]
        ease = reading_ease([text for _, text in found])
        if ease < HARDEST:
            path, _ = min(found, key=lambda one: reading_ease([one[1]]))
            message = (
                f"this record is hard to read: a reading ease of {ease:.0f}, where {HARDEST:.0f} is least"
            )
            hint = "use shorter sentences and shorter words, here first of all"
            yield Fault(file, claim.id, path, message, hint, is_warning=True)


def reading_ease(texts: Sequence[str]) -> float:
    """Return the reading ease of some texts together; from 60 up most people follow. Source: Flesch 1948."""
    words = [word for text in texts for word in _WORD.findall(text)]
    if not words:
        return 100.0
    sentences = sum(max(len(_SENTENCE_END.findall(text)), 1) for text in texts)
    syllables = sum(map(_syllables, words))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    return max(len(_VOWELS.findall(_SILENT.sub("", word.lower()))), 1)
