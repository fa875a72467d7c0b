"""Finding what a person meant: a question in their own words, or a name with a typing mistake."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from backpain_cli.model import Faq

CLOSE_ENOUGH = 65
"""How alike two names must be, from 0 to 100."""
PART = 15
"""How much less it counts to be like a part of a name."""
LONG_ENOUGH = 4
"""Letters from which a word may be a part of a name."""
LETTERS_PER_MISTAKE = 4
"""A word may hold one mistake for so many letters, and never more than two."""
ENOUGH = 0.4
"""The part of what was asked, by weight of its words, that a question must hold."""
NEAR_BEST = 0.75
"""The part of the best score that another question must reach to be shown with it."""
MISTYPED = 0.9
"""What a word counts that is there but for a typing mistake."""
IN_ANSWER = 0.6
"""What a word counts when only the answer holds it."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_COMMON_WORDS = """
a about after all am an and any are as at be been but by can could did do does for from get had has have how i
if in is it its me my of on or should so that the their them then there these they this to was were what when
where which who why will with would you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def search_faq(faqs: Sequence[Faq], words: str) -> tuple[Faq, ...]:
    """Return the questions that fit the words, best first; typing mistakes are forgiven."""
    wanted = tuple(dict.fromkeys(_tokens(words)))
    if not wanted:
        return ()
    weights = _weights(faqs)
    scored = [(_score(faq, wanted, weights), faq) for faq in faqs]
    best = max((score for (score, _), _ in scored), default=0.0)
    kept = [pair for pair in scored if pair[0][0] >= max(ENOUGH, best * NEAR_BEST)]
    return tuple(faq for _, faq in sorted(kept, key=lambda pair: pair[0], reverse=True))


def nearest_faq(faqs: Sequence[Faq], words: str) -> Faq | None:
    """Return the question that is most like the words, however far off; None where there are none."""
    # rapidfuzz costs 10 ms; only a search needs it
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    wordings = [(wording, faq) for faq in faqs for wording in (faq.question, *faq.also)]
    found = process.extractOne(
        words,
        [wording for wording, _ in wordings],
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
    )
    return wordings[found[2]][1] if found else None


def did_you_mean(word: str, names: Iterable[str]) -> str | None:
    """Return the name that was probably meant; None where none comes close."""
    scored = [(_alike(word.lower()[:100], name.lower()), name) for name in names]
    score, name = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return name if score >= CLOSE_ENOUGH else None


def _alike(word: str, name: str) -> float:
    """Return from 0 to 100 how alike two names are; a part of a name counts a little less than all of it."""
    # rapidfuzz costs 10 ms; only a mistake needs it
    from rapidfuzz import fuzz  # noqa: PLC0415

    part = fuzz.partial_ratio(word, name) - PART if len(word) >= LONG_ENOUGH else 0
    return max(fuzz.ratio(word, name), part)


def _tokens(text: str) -> list[str]:
    """Return the words of a text that say something, in small letters; "long-term" is one word and two."""
    found = [part for word in _WORD.findall(text.lower()) for part in _forms(word)]
    return [word for word in found if word not in _COMMON]


def _forms(word: str) -> set[str]:
    return {*word.split("-"), word.replace("-", "")}


def _weights(faqs: Sequence[Faq]) -> dict[str, float]:
    """Return what each word is worth: the fewer the questions that hold it, the more."""
    holders = Counter(word for faq in faqs for word in {*_asked(faq), *_tokens(faq.answer)})
    return {word: log(1 + len(faqs) / count) for word, count in holders.items()}


def _asked(faq: Faq) -> set[str]:
    return set(_tokens(" ".join((faq.question, *faq.also))))


def _score(faq: Faq, wanted: tuple[str, ...], weights: dict[str, float]) -> tuple[float, float]:
    """Return from 0 to 1 how much of what is wanted the question holds, and how much else it asks.

    A word that only the answer holds counts a little less; one that nothing holds counts in full.
    """
    asked, answered = _asked(faq), set(_tokens(faq.answer))
    rarest = max(weights.values(), default=1.0)
    held = total = 0.0
    meant: set[str] = set()
    for word in wanted:
        in_question, in_answer = _likest(word, asked), _likest(word, answered)
        weight = weights.get(word) or weights.get(in_question) or weights.get(in_answer) or rarest
        likeness = 1 if in_question == word else MISTYPED if in_question else IN_ANSWER if in_answer else 0
        held += weight * likeness
        total += weight
        meant.add(in_question)
    return held / total, _focus(faq, meant)


def _focus(faq: Faq, meant: set[str]) -> float:
    """Return the greatest part of any one wording of the question that the words meant make up."""
    wordings = [set(_tokens(wording)) for wording in (faq.question, *faq.also)]
    return max((len(wording & meant) / len(wording) for wording in wordings if wording), default=0.0)


def _likest(word: str, words: set[str]) -> str:
    """Return the one of the words that this is, or was probably meant to be; empty where there is none."""
    mistakes = len(word) // LETTERS_PER_MISTAKE
    if word in words or not mistakes:
        return word if word in words else ""
    # rapidfuzz costs 10 ms; only a search needs it
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extractOne(word, sorted(words), scorer=OSA.distance, score_cutoff=min(mistakes, 2))
    return found[0] if found else ""
