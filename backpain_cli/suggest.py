"""A guess at the word that was meant."""

from collections.abc import Iterable

CLOSE_ENOUGH = 0.6
"""How alike two words must be, from 0 to 1."""


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return "did you mean 'x'?" for the closest of the words, or nothing where none comes close."""
    # difflib costs a few milliseconds and is wanted only when something went wrong
    from difflib import get_close_matches  # noqa: PLC0415

    close = get_close_matches(word[:100], words, n=1, cutoff=CLOSE_ENOUGH)
    return f"did you mean '{close[0]}'?" if close else ""
