"""What stands behind the first screen of a result, in the same order, each part with its sources."""

from collections.abc import Callable, Iterable, Iterator

from backpain_cli.evidence import askable
from backpain_cli.model import Knowledge, Region
from backpain_cli.report.blocks import Block, Bullets, Facts, Heading, Paragraph, Tone, facts, part
from backpain_cli.report.card import region_of, told
from backpain_cli.report.local import local_line
from backpain_cli.report.lookup_parts import both_views
from backpain_cli.report.phrases import LEVELS, MATCHES, STANCES, cite_numbers, not_known, numbered, sure
from backpain_cli.report.summary import cautioned, fitting
from backpain_cli.result import Assessment, CitedSource, NextStep, PersonalCaution, Recommendation
from backpain_cli.wording import capitalised, say_date

MOST_WHOLE = 4
"""Treatments told with all their steps; the others are told in short, and `backpain treatments` has them."""
MOST_UNKNOWN = 4
"""Signs that were not asked about, of one cause."""
MOST_SOURCES = 2
"""Sources named for one claim, those of its evidence first; the result as JSON has them all."""

Cite = Callable[[Iterable[str]], str]
"""From ids of sources to their numbers in the list at the end."""


def details(result: Assessment, knowledge: Knowledge) -> Iterator[Block]:
    """Yield everything behind the first screen, in its order."""
    groups = result.treatments
    sources = _shown_sources(result, knowledge)
    numbers = {source.id: number for number, source in enumerate(sources, 1)}
    region = region_of(result, knowledge)

    def cite(ids: Iterable[str]) -> str:
        return cite_numbers(tuple(ids)[:MOST_SOURCES], numbers)

    yield from part("Why this soon", _reasons(result, knowledge, cite))
    yield from part("What may be behind the pain", _causes(result, knowledge, cite))
    yield from part("What may be adding to it", _risk_factors(result, cite))
    yield from part("What you can do", _treatments(_not_ruled_out(groups.conservative), cite))
    yield from part("Not for you", _ruled_out(groups.conservative, cite))
    yield from part("What guidelines advise against", _advised_against(groups.advised_against, cite))
    yield from part("When more may be worth considering", _advanced(result, region, cite))
    yield from part("Making the next time less likely", _prevention(result, cite))
    yield from part("Next steps", _steps(result, region))
    yield from part("Sources", [Facts(tuple(numbered(sources)))] if sources else [])
    yield from local_line(result.knowledge.local)


def _shown_sources(result: Assessment, knowledge: Knowledge) -> tuple[CitedSource, ...]:
    """Return the sources of what is shown; those of causes that fit poorly are in the JSON alone."""
    groups = result.treatments
    known = knowledge.cause_by_id
    causes = (known[cause.id] for cause in fitting(result) if cause.id in known)
    options = (*groups.conservative, *groups.advanced, *groups.advised_against)
    ids: set[str] = set()
    for shown in (result.triage.reasons, causes, result.risk_factors, options, result.prevention):
        ids.update(source for claim in shown for source in claim.sources[:MOST_SOURCES])
    return tuple(source for source in result.sources if source.id in ids)


def _not_ruled_out(found: Iterable[Recommendation]) -> Iterator[Recommendation]:
    return (r for r in found if not any(caution.avoid for caution in r.cautions))


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
    open_to = askable(knowledge, result.answers)
    for ranked in fitting(result):
        cause = knowledge.cause_by_id.get(ranked.id)
        yield Heading(f"{ranked.name}: {MATCHES[ranked.match]}", 3)
        yield from [Paragraph(cause.summary)] if cause else []
        yield from facts(
            ("How it goes", cause.outlook if cause else ""),
            ("Who to see", cause.who_to_see if cause else ""),
            ("Speaks for it", "; ".join(sign.name for sign in ranked.supporting)),
            ("Speaks against it", "; ".join(sign.name for sign in ranked.conflicting)),
            ("Not known", "; ".join(_most(not_known(ranked, open_to, knowledge)))),
            ("Sources", cite(cause.sources if cause else ())),
        )


def _most(unknown: list[str]) -> Iterator[str]:
    """Yield the first few signs, in the order of the guide, and how many are left."""
    yield from unknown[:MOST_UNKNOWN]
    left = len(unknown) - MOST_UNKNOWN
    if left > 0:
        yield f"and {left} more"


def _risk_factors(result: Assessment, cite: Cite) -> Iterator[Block]:
    for factor in result.risk_factors:
        yield Heading(factor.name, 3)
        yield Paragraph(factor.evidence)
        yield from facts(("What helps", factor.what_helps), ("Sources", cite(factor.sources)))


def _treatments(found: Iterable[Recommendation], cite: Cite) -> Iterator[Block]:
    treatments = tuple(found)
    yield from _in_full(treatments[:MOST_WHOLE], cite)
    others = treatments[MOST_WHOLE:]
    yield from _in_short(others, cite)
    if others:
        example = f"backpain treatments {others[0].id}"
        yield Paragraph(f"How to do one that is told in short: {example}", Tone.QUIET)


def _in_short(found: Iterable[Recommendation], cite: Cite) -> Iterator[Block]:
    for treatment in found:
        yield Heading(treatment.name, 3)
        yield Paragraph(treatment.summary)
        yield from facts(
            ("Take care", tuple(map(_because, treatment.cautions))),
            ("Guidelines", STANCES[treatment.stance]),
            ("Sources", cite(treatment.sources)),
        )
        yield from both_views(treatment.disagreement)


def _in_full(found: Iterable[Recommendation], cite: Cite) -> Iterator[Block]:
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
    for treatment in cautioned(found, avoid=True):
        yield Heading(treatment.name, 3)
        reasons = tuple(_because(caution) for caution in treatment.cautions if caution.avoid)
        yield from facts(("Because", reasons), ("Sources", cite(treatment.sources)))


def _advised_against(found: Iterable[Recommendation], cite: Cite) -> Iterator[Block]:
    for treatment in found:
        yield Heading(treatment.name, 3)
        yield Paragraph(treatment.summary)
        yield from facts(
            ("What trials found", treatment.effect),
            ("How sure", sure(treatment.certainty)),
            ("Sources", cite(treatment.sources)),
        )
        yield from both_views(treatment.disagreement)


def _advanced(result: Assessment, region: Region, cite: Cite) -> Iterator[Block]:
    for option in result.treatments.advanced:
        begins = option.consider_from or result.today
        yield Heading(option.name, 3)
        yield Paragraph(option.summary)
        yield from facts(
            ("From", say_date(begins, region) if begins > result.today else "Now"),
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
    options = tuple(capitalised(option.name) for option in result.treatments.advanced)
    steps = tuple(_step(step, region) for step in result.next_steps if not step.text.startswith(options))
    if steps:
        yield Bullets(steps)


def _step(step: NextStep, region: Region) -> str:
    """Return a step with its day, unless it names the day itself."""
    day = say_date(step.by, region) if step.by else ""
    return step.text if day in step.text else f"By {day}: {step.text}"
