"""How the worked cases came out: their figures, and every miss with its reason."""

from collections.abc import Iterable, Iterator, Sequence

from backpain_cli.cases import Figures, Outcome, figures
from backpain_cli.model import Level
from backpain_cli.report.blocks import Block, Bullets, Column, Grid, Heading, Paragraph, Tone

SCHEMA = "backpain.cases.v1"
NOTHING = "none"
"""Stands where there are no cases to share."""


def accuracy_blocks(outcomes: Sequence[Outcome]) -> Iterator[Block]:
    """Yield the figures of all cases and of the blind ones, every miss, and the verdict on emergencies."""
    every, blind = figures(outcomes), figures(_blind(outcomes))
    yield Heading("Worked cases")
    columns = (Column("What is measured"), Column("All cases"), Column("Blind cases"))
    yield Grid(columns, tuple(zip(_NAMES, _shown(every), _shown(blind), strict=True)))
    misses = tuple(f"{_name(outcome)}: {'; '.join(outcome.misses)}" for outcome in outcomes if outcome.misses)
    if misses:
        yield Heading(f"Misses: {len(misses)}", 2)
        yield Bullets(misses)
    yield _verdict(every)


def accuracy_object(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Return the same as plain data for other programs; shares are from 0 to 1."""
    misses = [
        {
            "id": outcome.case.id,
            "blind": outcome.case.blind,
            "expected": outcome.case.expect.triage,
            "given": outcome.level,
            "reasons": outcome.misses,
        }
        for outcome in outcomes
        if outcome.misses
    ]
    told = {"all": figures(outcomes), "blind": figures(_blind(outcomes))}
    return {"schema": SCHEMA, **told, "misses": misses}


_NAMES = (
    "Cases",
    "Triage accuracy",
    *(f"Triage accuracy, {level}" for level in Level),
    "Safety of advice",
    "Inclination to over-triage",
    "Self-care cases sent on",
    "First-place match",
    "First-three match",
    "Comprehensiveness",
    "Median interview, screens",
    "Longest interview, screens",
    'Error of "about N", no emergency',
)


def _shown(told: Figures) -> tuple[str, ...]:
    """Return each figure in the order of its name."""
    return (
        str(told.cases),
        _share(told.accuracy),
        *(_share(told.accuracy_by_level[level]) for level in Level),
        _share(told.safety),
        _share(told.over_triage_inclination),
        _share(told.self_care_sent_on),
        _share(told.first_place),
        _share(told.first_three),
        _share(told.comprehensiveness),
        _number(told.median_screens),
        str(told.longest_screens),
        _number(told.about_error),
    )


def _share(share: float | None) -> str:
    return NOTHING if share is None else f"{share:.1%}"


def _number(number: float | None) -> str:
    return NOTHING if number is None else f"{number:.1f}".removesuffix(".0")


def _verdict(told: Figures) -> Paragraph:
    missed = told.missed_emergencies
    if not missed:
        return Paragraph("No emergency was missed.", Tone.GOOD)
    return Paragraph(f"An emergency was missed: {', '.join(missed)}.", Tone.ALARM)


def _name(outcome: Outcome) -> str:
    return f"{outcome.case.id} (blind)" if outcome.case.blind else outcome.case.id


def _blind(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    return tuple(outcome for outcome in outcomes if outcome.case.blind)
