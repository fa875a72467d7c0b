"""What the look-ups of causes, prevention and danger signs say, in blocks: a list, and one in detail."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from backpain_cli.model import (
    Cause,
    Knowledge,
    Level,
    Prevention,
    Record,
    RedFlag,
    Region,
)
from backpain_cli.report.blocks import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    Outline,
    Paragraph,
    facts,
    part,
)
from backpain_cli.report.conditions import outline, phrase
from backpain_cli.report.lookup_parts import (
    differing,
    disagreement_part,
    finding_namer,
    more,
    named,
    sources_part,
)
from backpain_cli.report.phrases import (
    KINDS,
    LEVEL_TONES,
    LEVELS,
    first_sentence,
    sure,
)
from backpain_cli.wording import capitalised, for_region

R = TypeVar("R", bound=Record)


def cause_list(_: Knowledge, causes: Sequence[Cause]) -> Iterator[Block]:
    """Yield the causes side by side."""
    yield Heading("What back pain can come from")
    columns = (Column("Cause", widest=24), Column("What it is"), Column("How common", widest=22))
    rows = (
        (named(cause), first_sentence(cause.summary), first_sentence(cause.prevalence)) for cause in causes
    )
    yield Grid(columns, tuple(rows))
    yield more("causes", causes)


def cause_detail(knowledge: Knowledge, cause: Cause) -> Iterator[Block]:
    """Yield everything about one cause."""
    yield Heading(cause.name)
    yield Paragraph(cause.summary)
    yield from facts(
        ("Also called", ", ".join(cause.also)),
        ("How common", cause.prevalence),
        ("How it goes", cause.outlook),
        ("Who to see", cause.who_to_see),
        ("How soon", "" if cause.at_least is Level.SELF_CARE else LEVELS[cause.at_least]),
        ("It comes from", KINDS[cause.kind]),
        ("ICD-10", ", ".join(cause.icd10)),
    )
    yield from part("What speaks for it", _signs(_signs_for(knowledge, cause)))
    yield from part("What speaks against it", _signs(_signs_against(knowledge, cause)))
    yield from part("What can help", _names(knowledge.treatment_by_id, cause.treatments))
    yield from part("Exercises", _names(knowledge.exercise_by_id, cause.exercises))
    named = (source for link in cause.links for source in link.sources)
    yield from sources_part(knowledge, (*cause.sources, *named))


def prevention_list(_: Knowledge, tips: Sequence[Prevention]) -> Iterator[Block]:
    """Yield the ways to prevent back pain side by side."""
    yield Heading("Ways to prevent back pain")
    columns = (Column("What"), Column("How"), Column("Does it help?"))
    yield Grid(
        columns, tuple((named(tip), first_sentence(tip.what), first_sentence(tip.effect)) for tip in tips)
    )
    yield more("prevention", tips)


def prevention_detail(knowledge: Knowledge, tip: Prevention) -> Iterator[Block]:
    """Yield everything about one way to prevent back pain."""
    yield Heading(tip.name)
    yield Paragraph(tip.what)
    when = tip.when_it_matters
    yield from facts(
        ("Does it help?", tip.effect),
        ("How sure", sure(tip.certainty)),
        ("For", capitalised(phrase(when, finding_namer(knowledge))) if when else "Everyone"),
    )
    yield from disagreement_part(tip.disagreement)
    yield from sources_part(knowledge, (*tip.sources, *differing(tip.disagreement)))


def red_flag_list(_: Knowledge, flags: Sequence[RedFlag]) -> Iterator[Block]:
    """Yield the danger signs under how soon to be seen, the most urgent first."""
    yield Heading("Signs that may mean danger")
    for level in reversed(Level):
        held = [flag for flag in flags if flag.level is level]
        if held:
            yield Heading(LEVELS[level], 2, LEVEL_TONES[level])
            yield Bullets(tuple(named(flag) for flag in held))
    yield more("red-flags", flags)


def red_flag_detail(knowledge: Knowledge, flag: RedFlag, region: Region) -> Iterator[Block]:
    """Yield everything about one danger sign, with the numbers of a region."""
    yield Heading(flag.name, tone=LEVEL_TONES[flag.level])
    yield Paragraph(f"{LEVELS[flag.level]}.", LEVEL_TONES[flag.level])
    yield Paragraph(flag.meaning)
    yield from facts(
        ("What to do", for_region(flag.action, region)),
        ("By when", flag.by_when),
        ("Say", f"“{flag.say}”" if flag.say else ""),
        ("Until then", tuple(for_region(line, region) for line in flag.meanwhile)),
        ("If not sure", LEVELS[flag.if_unsure]),
    )
    signs = tuple(outline(flag.when, finding_namer(knowledge)))
    yield from part("The signs", [Outline(signs)])
    yield from sources_part(knowledge, flag.sources)


def _signs(signs: Iterable[tuple[float, str]]) -> Iterator[Block]:
    """Yield signs as points, the strongest first."""
    names = dict.fromkeys(name for _, name in sorted(signs, key=lambda sign: -sign[0]))
    if names:
        yield Bullets(tuple(map(capitalised, names)))


def _signs_for(knowledge: Knowledge, cause: Cause) -> Iterator[tuple[float, str]]:
    for link in cause.links:
        finding = knowledge.finding_by_id.get(link.finding)
        if finding and link.ratio_present > 1:
            yield link.ratio_present, finding.name
        if finding and link.ratio_absent > 1:
            yield link.ratio_absent, finding.absent


def _signs_against(knowledge: Knowledge, cause: Cause) -> Iterator[tuple[float, str]]:
    for link in cause.links:
        finding = knowledge.finding_by_id.get(link.finding)
        if finding and link.ratio_present < 1:
            yield 1 / link.ratio_present, finding.name
        if finding and link.ratio_absent < 1:
            yield 1 / link.ratio_absent, finding.absent


def _names(known: dict[str, R], ids: Iterable[str]) -> Iterator[Block]:
    names = tuple(str(getattr(known[i], "name", i)) for i in ids if i in known)
    if names:
        yield Bullets(names)
