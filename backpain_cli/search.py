"""Finding what a person meant: a question in their own words, or a name with a typing mistake."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from backpain_cli.model import Faq

CLOSE_ENOUGH = 60
"""How alike two names must be, from 0 to 100."""
SAME_WORD = 80
"""How alike two words must be to count as one with a typing mistake."""
SHORT_WORD = 3
"""Letters up to which a word must be written right."""
ENOUGH = 0.5
"""The part of what was asked, by weight of its words, that a question must hold."""
NEAR_BEST = 0.75
"""The part of the best score that another question must reach to be shown with it."""
IN_ANSWER = 0.6
"""What a word counts when only the answer holds it."""

_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)?")
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
    usual = max(weights.values(), default=1.0)
    scored = [(_score(faq, wanted, weights, usual), faq) for faq in faqs]
    best = max((score for score, _ in scored), default=0.0)
    if best < ENOUGH:
        return ()
    kept = [pair for pair in scored if pair[0] >= max(ENOUGH, best * NEAR_BEST)]
    return tuple(faq for _, faq in sorted(kept, key=lambda pair: -pair[0]))


def nearest_faq(faqs: Sequence[Faq], words: str) -> Faq | None:
    """Return the question that is most like the words, however far off; None where there are none."""
    # rapidfuzz costs 10 ms; only a search needs it
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    questions = [faq.question for faq in faqs]
    found = process.extractOne(words, questions, scorer=fuzz.WRatio, processor=utils.default_process)
    return faqs[found[2]] if found else None


def did_you_mean(word: str, names: Iterable[str]) -> str | None:
    """Return the name that was probably meant; None where none comes close."""
    # rapidfuzz costs 10 ms; only a mistake needs it
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    found = process.extractOne(
        word.lower()[:100], tuple(names), scorer=fuzz.WRatio, score_cutoff=CLOSE_ENOUGH
    )
    return found[0] if found else None


def _tokens(text: str) -> list[str]:
    """Return the words of a text that say something, in small letters."""
    found = [word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for word in _WORD.findall(text.lower())]
    return [word for word in found if word not in _COMMON]


def _weights(faqs: Sequence[Faq]) -> dict[str, float]:
    """Return what each word is worth: the fewer the questions that hold it, the more."""
    holders = Counter(word for faq in faqs for word in {*_asked(faq), *_tokens(faq.answer)})
    return {word: log(1 + len(faqs) / count) for word, count in holders.items()}


def _asked(faq: Faq) -> set[str]:
    return set(_tokens(" ".join((faq.question, *faq.also))))


def _score(faq: Faq, wanted: tuple[str, ...], weights: dict[str, float], usual: float) -> float:
    """Return from 0 to 1 how much of what is wanted the question holds; a little less in the answer."""
    asked, answered = _asked(faq), set(_tokens(faq.answer))
    held = total = 0.0
    for word in wanted:
        in_question, in_answer = _likest(word, asked), _likest(word, answered)
        weight = weights.get(word, max(weights.get(in_question[0], 0), weights.get(in_answer[0], 0)) or usual)
        held += weight * max(in_question[1], IN_ANSWER * in_answer[1])
        total += weight
    return held / total


def _likest(word: str, words: set[str]) -> tuple[str, float]:
    """Return the one of the words that is most like this one, and how like, from 0 to 1."""
    if word in words:
        return word, 1.0
    if len(word) <= SHORT_WORD or not words:
        return "", 0.0
    # rapidfuzz costs 10 ms; only a search needs it
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    found = process.extractOne(word, sorted(words), scorer=fuzz.ratio, score_cutoff=SAME_WORD)
    return (found[0], found[1] / 100) if found else ("", 0.0)
