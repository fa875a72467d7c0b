"""The first screen of a result, which says it all: how soon, what fits, what to do and what not to do."""

from collections.abc import Iterable, Iterator
from datetime import date

from backpain_cli.matching import matching
from backpain_cli.model import Knowledge, Region
from backpain_cli.report.blocks import Block, Column, Grid, Paragraph, Tone, facts
from backpain_cli.report.card import card, region_of, some_of
from backpain_cli.report.phrases import MATCHES
from backpain_cli.result import Assessment, RankedCause, Recommendation, Support
from backpain_cli.wording import say_date

MOST_CAUSES = 5
MOST_SIGNS = 3
"""Signs for and against a cause on the first screen; the details have them all."""
NOTHING = "nothing"
COMMON = "how common it is"
"""What speaks for a cause that fits though no answer speaks for it."""


def first_screen(result: Assessment, knowledge: Knowledge) -> Iterator[Block]:
    """Yield what matters most: how soon to be seen, what fits, what to do and what not to do."""
    yield from card(result, knowledge)
    yield from what_fits(result)
    yield from in_brief(result, region_of(result, knowledge))


def what_fits(result: Assessment) -> Iterator[Block]:
    """Yield the causes that match, with what speaks for and against each."""
    causes = fitting(result)
    if not result.causes:
        return
    if not causes:
        yield Paragraph(f"No cause stands out among the {len(result.causes)} that were weighed.")
        return
    columns = (
        Column("What fits"),
        Column(""),
        Column("Speaks for it", "For"),
        Column("Speaks against it", "Against"),
    )
    rows = ((c.name, MATCHES[c.match], _signs(c.supporting, COMMON), _signs(c.conflicting)) for c in causes)
    yield Grid(columns, tuple(rows))
    count = len(result.causes)
    yield Paragraph(f"{count} causes were weighed. This is a guide and no diagnosis.", Tone.QUIET)


def in_brief(result: Assessment, region: Region) -> Iterator[Block]:
    """Yield the plan in a few lines of names."""
    groups = result.treatments
    yield from facts(
        ("Do now", _names(r.name for r in groups.conservative if not r.cautions)),
        ("With care", _with_reasons(cautioned(groups.conservative, avoid=False))),
        ("Not for you", _with_reasons(cautioned(groups.conservative, avoid=True))),
        ("Not advised", _names(r.name for r in groups.advised_against)),
        ("Ask about", _names(r.name for r in groups.advanced if not is_later(r, result.today))),
        ("Not yet", _names(_with_day(r, region) for r in groups.advanced if is_later(r, result.today))),
        ("Prevent", _names(tip.name for tip in result.prevention)),
    )


def fitting(result: Assessment) -> tuple[RankedCause, ...]:
    """Return the causes to show: those that match, best first."""
    return matching(result.causes)[:MOST_CAUSES]


def cautioned(found: Iterable[Recommendation], *, avoid: bool) -> Iterator[Recommendation]:
    """Yield the treatments that the answers speak against, or those that they ask care with."""
    for treatment in found:
        if treatment.cautions and any(caution.avoid for caution in treatment.cautions) is avoid:
            yield treatment


def is_later(option: Recommendation, today: date) -> bool:
    """Say whether an option is worth considering only from a day to come."""
    return option.consider_from is not None and option.consider_from > today


def _signs(signs: tuple[Support, ...], otherwise: str = NOTHING) -> str:
    """Return the strongest signs in one line."""
    if not signs:
        return otherwise
    left = len(signs) - MOST_SIGNS
    more = [f"and {left} more"] if left > 0 else []
    return " · ".join([*(sign.name for sign in signs[:MOST_SIGNS]), *more])


def _names(names: Iterable[str]) -> str:
    return " · ".join(some_of(names))


def _with_reasons(found: Iterable[Recommendation]) -> tuple[str, ...]:
    """Return treatments, each with the weightiest reason for care."""
    return some_of(f"{r.name}: {max(r.cautions, key=lambda c: c.avoid).because}" for r in found)


def _with_day(option: Recommendation, region: Region) -> str:
    day = f" (from {say_date(option.consider_from, region)})" if option.consider_from else ""
    return f"{option.name}{day}"
