"""A whole result in blocks: first the screen that says it all, then the details in the same order."""

from collections.abc import Callable, Iterable, Iterator

from backpain_cli.model import Knowledge, Level, Region
from backpain_cli.report.blocks import (
    Block,
    Bullets,
    Column,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Tone,
    facts,
    part,
)
from backpain_cli.report.card import card, emergency_card, region_of, told
from backpain_cli.report.lookups import both_views
from backpain_cli.report.phrases import LEVELS, MATCHES, STANCES, cite_numbers, numbered, sure
from backpain_cli.result import Assessment, Match, PersonalCaution, RankedCause, Recommendation, Support
from backpain_cli.wording import capitalised, say_date

MOST_CAUSES = 5
MOST_SIGNS = 3
"""Signs for and against a cause on the first screen; the details have them all."""
MOST_NAMES = 4
"""Treatments or tips in one line of the first screen."""
NOTHING = "nothing"

Cite = Callable[[Iterable[str]], str]
"""From ids of sources to their numbers in the list at the end."""


def result_blocks(result: Assessment, knowledge: Knowledge) -> Iterator[Block]:
    """Yield the whole result; in an emergency one card and nothing else."""
    if result.triage.level is Level.EMERGENCY:
        yield from emergency_card(result, knowledge)
        return
    yield from first_screen(result, knowledge)
    yield from details(result, knowledge)


def first_screen(result: Assessment, knowledge: Knowledge) -> Iterator[Block]:
    """Yield what matters most: how soon to be seen, what fits, what to do and what not to do."""
    yield from card(result, knowledge)
    yield from what_fits(result)
    yield from in_brief(result, region_of(result, knowledge))
    yield Paragraph("Details follow below.", Tone.QUIET)


def what_fits(result: Assessment) -> Iterator[Block]:
    """Yield the causes that match, with what speaks for and against each."""
    causes = _fitting(result)
    if not causes:
        yield Paragraph(f"No cause stands out among the {len(result.causes)} that were weighed.")
        return
    columns = (
        Column("What fits"),
        Column(""),
        Column("Speaks for it", "For"),
        Column("Speaks against it", "Against"),
    )
    rows = ((c.name, MATCHES[c.match], _signs(c.supporting), _signs(c.conflicting)) for c in causes)
    yield Grid(columns, tuple(rows))
    count = len(result.causes)
    yield Paragraph(f"{count} causes were weighed. This is a guide and no diagnosis.", Tone.QUIET)


def in_brief(result: Assessment, region: Region) -> Iterator[Block]:
    """Yield the plan in a few lines of names."""
    groups = result.treatments
    yield from facts(
        ("Do now", _names(r.name for r in groups.conservative if not r.cautions)),
        ("With care", tuple(map(_with_reason, _cautioned(groups.conservative, avoid=False)))),
        ("Not for you", tuple(map(_with_reason, _cautioned(groups.conservative, avoid=True)))),
        ("Not advised", _names(r.name for r in groups.advised_against)),
        ("Not yet", _names(_with_day(r, region) for r in groups.advanced)),
        ("Prevent", _names(tip.name for tip in result.prevention)),
    )


def details(result: Assessment, knowledge: Knowledge) -> Iterator[Block]:
    """Yield everything behind the first screen, in its order."""
    numbers = {source.id: number for number, source in enumerate(result.sources, 1)}
    groups = result.treatments
    region = region_of(result, knowledge)

    def cite(ids: Iterable[str]) -> str:
        return cite_numbers(ids, numbers)

    yield from part("Why this soon", _reasons(result, knowledge, cite))
    yield from part("What may be behind the pain", _causes(result, knowledge, cite))
    yield from part("What may be adding to it", _risk_factors(result, cite))
    yield from part("What you can do", _treatments(_not_ruled_out(groups.conservative), cite))
    yield from part("Not for you", _ruled_out(groups.conservative, cite))
    yield from part("What guidelines advise against", _advised_against(groups.advised_against, cite))
    yield from part("When more may be worth considering", _advanced(groups.advanced, region, cite))
    yield from part("Making the next time less likely", _prevention(result, cite))
    yield from part("Next steps", _steps(result, region))
    yield from part("Sources", [Facts(tuple(numbered(result.sources)))] if result.sources else [])


def _fitting(result: Assessment) -> tuple[RankedCause, ...]:
    fitting = [cause for cause in result.causes if cause.match is not Match.WEAK]
    return tuple(fitting[:MOST_CAUSES])


def _signs(signs: tuple[Support, ...]) -> str:
    """Return the strongest signs in one line."""
    if not signs:
        return NOTHING
    left = len(signs) - MOST_SIGNS
    more = [f"and {left} more"] if left > 0 else []
    return " · ".join([*(sign.name for sign in signs[:MOST_SIGNS]), *more])


def _names(names: Iterable[str]) -> str:
    held = list(names)
    left = len(held) - MOST_NAMES
    more = [f"{left} more below"] if left > 0 else []
    return " · ".join([*held[:MOST_NAMES], *more])


def _cautioned(found: Iterable[Recommendation], *, avoid: bool) -> Iterator[Recommendation]:
    """Yield the treatments that the answers speak against, or those that they ask care with."""
    for treatment in found:
        if treatment.cautions and any(caution.avoid for caution in treatment.cautions) is avoid:
            yield treatment


def _not_ruled_out(found: Iterable[Recommendation]) -> Iterator[Recommendation]:
    return (r for r in found if not any(caution.avoid for caution in r.cautions))


def _with_reason(treatment: Recommendation) -> str:
    first = max(treatment.cautions, key=lambda caution: caution.avoid)
    return f"{treatment.name}: {first.because}"


def _with_day(option: Recommendation, region: Region) -> str:
    day = f" (from {say_date(option.consider_from, region)})" if option.consider_from else ""
    return f"{option.name}{day}"


def _reasons(result: Assessment, knowledge: Knowledge, cite: Cite) -> Iterator[Block]:
    for reason in result.triage.reasons:
        yield Heading(capitalised(reason.name), 3)
        yield Paragraph(" ".join(filter(None, (told(reason, knowledge), reason.meaning))))
        yield from facts(
            ("How soon", LEVELS[reason.level]),
            ("What to do", reason.action),
            ("Say", f"“{reason.say}”" if reason.say else ""),
            ("Until then", reason.meanwhile),
            ("Sources", cite(reason.sources)),
        )


def _causes(result: Assessment, knowledge: Knowledge, cite: Cite) -> Iterator[Block]:
    for ranked in _fitting(result):
        cause = knowledge.cause_by_id.get(ranked.id)
        finding = knowledge.finding_by_id
        unknown = (finding[one].name for one in ranked.unknown if one in finding)
        yield Heading(f"{ranked.name}: {MATCHES[ranked.match]}", 3)
        yield from [Paragraph(cause.summary)] if cause else []
        yield from facts(
            ("How it goes", cause.outlook if cause else ""),
            ("Who to see", cause.who_to_see if cause else ""),
            ("Speaks for it", "; ".join(sign.name for sign in ranked.supporting)),
            ("Speaks against it", "; ".join(sign.name for sign in ranked.conflicting)),
            ("Not known", "; ".join(unknown)),
            ("Sources", cite(cause.sources if cause else ())),
        )


def _risk_factors(result: Assessment, cite: Cite) -> Iterator[Block]:
    for factor in result.risk_factors:
        yield Heading(factor.name, 3)
        yield Paragraph(factor.evidence)
        yield from facts(("What helps", factor.what_helps), ("Sources", cite(factor.sources)))


def _treatments(found: Iterable[Recommendation], cite: Cite) -> Iterator[Block]:
    for treatment in found:
        yield Heading(treatment.name, 3)
        yield Paragraph(treatment.summary)
        if treatment.how_to:
            yield Bullets(treatment.how_to)
        yield from facts(
            ("Take care", tuple(map(_because, treatment.cautions))),
            *_evidence(treatment),
            ("It starts working", treatment.starts_working),
            ("Stop or change", treatment.stop_or_change),
            ("Sources", cite(treatment.sources)),
        )
        yield from both_views(treatment.disagreement)


def _ruled_out(found: Iterable[Recommendation], cite: Cite) -> Iterator[Block]:
    for treatment in _cautioned(found, avoid=True):
        yield Heading(treatment.name, 3)
        reasons = tuple(_because(caution) for caution in treatment.cautions if caution.avoid)
        yield from facts(("Because", reasons), ("Sources", cite(treatment.sources)))


def _advised_against(found: Iterable[Recommendation], cite: Cite) -> Iterator[Block]:
    for treatment in found:
        yield Heading(treatment.name, 3)
        yield Paragraph(treatment.summary)
        yield from facts(*_evidence(treatment), ("Sources", cite(treatment.sources)))
        yield from both_views(treatment.disagreement)


def _advanced(found: Iterable[Recommendation], region: Region, cite: Cite) -> Iterator[Block]:
    for option in found:
        day = say_date(option.consider_from, region) if option.consider_from else ""
        yield Heading(option.name, 3)
        yield Paragraph(option.summary)
        yield from facts(
            ("From", day),
            ("When", option.consider_when),
            ("Take care", tuple(map(_because, option.cautions))),
            *_evidence(option),
            ("Sources", cite(option.sources)),
        )
        yield from both_views(option.disagreement)


def _evidence(treatment: Recommendation) -> tuple[tuple[str, str], ...]:
    return (
        ("What trials found", treatment.effect),
        ("How sure", sure(treatment.certainty)),
        ("Guidelines", STANCES[treatment.stance]),
    )


def _because(caution: PersonalCaution) -> str:
    return capitalised(caution.because)


def _prevention(result: Assessment, cite: Cite) -> Iterator[Block]:
    for tip in result.prevention:
        yield Heading(tip.name, 3)
        yield Paragraph(tip.what)
        yield from facts(
            ("Does it help?", tip.effect), ("How sure", sure(tip.certainty)), ("Sources", cite(tip.sources))
        )


def _steps(result: Assessment, region: Region) -> Iterator[Block]:
    steps = tuple(
        f"By {say_date(step.by, region)}: {step.text}" if step.by else step.text for step in result.next_steps
    )
    if steps:
        yield Bullets(steps)
