"""What the look-ups say: each kind of record as a list and as one record in detail, in blocks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from backpain_cli.model import (
    Cause,
    Disagreement,
    Faq,
    Knowledge,
    Level,
    Overview,
    Prevention,
    Record,
    RedFlag,
    Region,
    Source,
)
from backpain_cli.report.blocks import (
    Block,
    Bullets,
    Column,
    Facts,
    Grid,
    Heading,
    Link,
    Paragraph,
    Tone,
    facts,
    part,
)
from backpain_cli.report.phrases import (
    EXTENTS,
    KINDS,
    LEVEL_TONES,
    LEVELS,
    first_sentence,
    numbered,
    say_condition,
    sure,
)
from backpain_cli.wording import capitalised, for_region

R = TypeVar("R", bound=Record)

MOST_OTHERS = 6
"""Questions that are named beside the one that is answered, that one included."""


@dataclass(frozen=True)
class View(Generic[R]):
    """How one kind of record is shown: many at once, and one in detail."""

    kind: str
    """What one is called: "treatment"."""
    all_of: Callable[[Knowledge, Sequence[R]], Iterable[Block]]
    one: Callable[[Knowledge, R], Iterable[Block]]


def cause_list(_: Knowledge, causes: Sequence[Cause]) -> Iterator[Block]:
    """Yield the causes side by side."""
    yield Heading("What back pain can come from")
    columns = (Column("Cause"), Column("What it is"), Column("How common"))
    rows = ((cause.name, first_sentence(cause.summary), first_sentence(cause.prevalence)) for cause in causes)
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
        columns, tuple((tip.name, first_sentence(tip.what), first_sentence(tip.effect)) for tip in tips)
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
        ("For", capitalised(say_condition(when, finding_namer(knowledge))) if when else "Everyone"),
    )
    yield from disagreement_part(tip.disagreement)
    yield from sources_part(knowledge, (*tip.sources, *_differing(tip.disagreement)))


def red_flag_list(_: Knowledge, flags: Sequence[RedFlag]) -> Iterator[Block]:
    """Yield the danger signs under how soon to be seen, the most urgent first."""
    yield Heading("Signs that may mean danger")
    for level in reversed(Level):
        held = [flag for flag in flags if flag.level is level]
        if held:
            yield Heading(LEVELS[level], 2, LEVEL_TONES[level])
            yield Bullets(tuple(f"{flag.name} ({flag.id})" for flag in held))
    yield more("red-flags", flags)


def red_flag_detail(knowledge: Knowledge, flag: RedFlag) -> Iterator[Block]:
    """Yield everything about one danger sign."""
    region = knowledge.region_by_code.get("default") or Region(code="default", name="", emergency="112")
    yield Heading(flag.name, tone=LEVEL_TONES[flag.level])
    yield Paragraph(f"{LEVELS[flag.level]}.", LEVEL_TONES[flag.level])
    yield Paragraph(flag.meaning)
    yield from facts(
        ("The sign", capitalised(say_condition(flag.when, finding_namer(knowledge)))),
        ("What to do", for_region(flag.action, region)),
        ("By when", flag.by_when),
        ("Say", f"“{flag.say}”" if flag.say else ""),
        ("Until then", tuple(for_region(line, region) for line in flag.meanwhile)),
        ("If not sure", LEVELS[flag.if_unsure]),
    )
    yield from sources_part(knowledge, flag.sources)


def source_list(_: Knowledge, sources: Sequence[Source]) -> Iterator[Block]:
    """Yield the sources side by side."""
    yield Heading("What this guide rests on")
    columns = (Column("Source"), Column("Who"), Column("Year"), Column("How far read"))
    rows = ((source.title, source.authors, str(source.year), EXTENTS[source.read]) for source in sources)
    yield Grid(columns, tuple(rows))
    yield more("sources", sources)


def source_detail(_: Knowledge, source: Source) -> Iterator[Block]:
    """Yield everything about one source."""
    yield Heading(source.title)
    yield from facts(
        ("Who", source.authors),
        ("Year", str(source.year)),
        ("Published by", source.publisher),
        ("Where", Link(source.link)),
        ("How far read", EXTENTS[source.read]),
        ("Note", source.note),
    )


def overview_list(knowledge: Knowledge, parts: Sequence[Overview]) -> Iterator[Block]:
    """Yield the whole introduction, one part after the other."""
    yield Heading("Back pain and muscle spasm: the main points")
    for entry in parts:
        yield Heading(entry.title, 2)
        yield from _overview(entry)
    yield from sources_part(knowledge, (source for entry in parts for source in _cited(entry)))


def overview_detail(knowledge: Knowledge, entry: Overview) -> Iterator[Block]:
    """Yield one part of the introduction."""
    yield Heading(entry.title)
    yield from _overview(entry)
    yield from sources_part(knowledge, _cited(entry))


def faq_list(_: Knowledge, faqs: Sequence[Faq]) -> Iterator[Block]:
    """Yield the questions alone."""
    yield Heading("Questions people ask")
    yield Bullets(tuple(faq.question for faq in faqs))
    yield Paragraph("For an answer: backpain faq followed by a few words of the question", Tone.QUIET)


def faq_detail(knowledge: Knowledge, faq: Faq) -> Iterator[Block]:
    """Yield one question with its answer."""
    yield Heading(faq.question)
    yield Paragraph(faq.answer)
    yield from sources_part(knowledge, faq.sources)


def faq_answers(knowledge: Knowledge, found: Sequence[Faq]) -> Iterator[Block]:
    """Yield the question that fits best with its answer, and the others that may fit by name."""
    yield from faq_detail(knowledge, found[0])
    others = tuple(f"{faq.question} (backpain faq {faq.id})" for faq in found[1:MOST_OTHERS])
    yield from part("Others that may fit", [Bullets(others)] if others else [])


def more(command: str, records: Sequence[Record]) -> Paragraph:
    """Return the line that says how to see one record whole."""
    example = f"backpain {command} {records[0].id}" if records else f"backpain {command}"
    return Paragraph(f"More about one: {example}", Tone.QUIET)


def sources_part(knowledge: Knowledge, ids: Iterable[str]) -> Iterator[Block]:
    """Yield the sources with year, address and how far each was read."""
    known = knowledge.source_by_id
    rows = tuple(numbered(known[source] for source in dict.fromkeys(ids) if source in known))
    yield from part("Sources", [Facts(rows)] if rows else [])


def disagreement_part(disagreement: Disagreement | None) -> Iterator[Block]:
    """Yield both views where the first article and today's guidelines differ."""
    yield from part("Where advice has changed", both_views(disagreement))


def both_views(disagreement: Disagreement | None) -> Iterator[Block]:
    """Yield what the first article and today's guidelines say, where they differ."""
    if disagreement:
        yield from facts(
            ("The article says", disagreement.article), ("Guidelines now say", disagreement.guidelines)
        )


def finding_namer(knowledge: Knowledge) -> Callable[[str], str]:
    """Return how a finding is named; its id where it is not known."""
    known = knowledge.finding_by_id
    return lambda finding: known[finding].name if finding in known else finding


def _overview(entry: Overview) -> Iterator[Block]:
    yield Paragraph(entry.text)
    if entry.points:
        yield Bullets(entry.points)
    yield from both_views(entry.disagreement)


def _cited(entry: Overview) -> tuple[str, ...]:
    return (*entry.sources, *_differing(entry.disagreement))


def _differing(disagreement: Disagreement | None) -> tuple[str, ...]:
    return disagreement.sources if disagreement else ()


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
