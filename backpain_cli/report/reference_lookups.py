"""What the look-ups of sources, the overview and the questions say, in blocks."""

from collections.abc import Iterator, Sequence

from backpain_cli.model import Faq, Knowledge, Overview, Source
from backpain_cli.report.blocks import (
    Block,
    Bullets,
    Column,
    Grid,
    Heading,
    Link,
    Paragraph,
    Tone,
    facts,
    part,
)
from backpain_cli.report.lookup_parts import both_views, differing, more, named, sources_part
from backpain_cli.report.phrases import EXTENTS

MOST_OTHERS = 6
"""Questions that are named beside the one that is answered, that one included."""


def source_list(_: Knowledge, sources: Sequence[Source]) -> Iterator[Block]:
    """Yield the sources side by side."""
    yield Heading("What this guide rests on")
    columns = (Column("Source"), Column("Who", widest=24), Column("Year"), Column("How far read", widest=12))
    rows = ((named(source), source.authors, str(source.year), EXTENTS[source.read]) for source in sources)
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


def _overview(entry: Overview) -> Iterator[Block]:
    yield Paragraph(entry.text)
    if entry.points:
        yield Bullets(entry.points)
    yield from both_views(entry.disagreement)


def _cited(entry: Overview) -> tuple[str, ...]:
    return (*entry.sources, *differing(entry.disagreement))
