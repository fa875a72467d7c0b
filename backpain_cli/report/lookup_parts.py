"""What the look-ups share: the line to one record, its sources, and where advice has changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from backpain_cli.model import (
    Cause,
    Disagreement,
    Knowledge,
    Prevention,
    Record,
    RedFlag,
    Source,
    Treatment,
)
from backpain_cli.report.blocks import (
    Block,
    Facts,
    Paragraph,
    Tone,
    facts,
    part,
)
from backpain_cli.report.phrases import numbered

R = TypeVar("R", bound=Record)


class View(Struct, Generic[R], frozen=True):
    """How one kind of record is shown: many at once, and one in detail."""

    kind: str
    """What one is called: "treatment"."""
    all_of: Callable[[Knowledge, Sequence[R]], Iterable[Block]]
    one: Callable[[Knowledge, R], Iterable[Block]]


def more(command: str, records: Sequence[Record]) -> Paragraph:
    """Return the line that says how to see one record whole."""
    example = f"backpain {command} {records[0].id}" if records else f"backpain {command}"
    return Paragraph(f"More about one: {example}", Tone.QUIET)


def named(record: Cause | Treatment | Prevention | RedFlag | Source) -> str:
    """Return a record's name, with its id where that is another."""
    name = record.title if isinstance(record, Source) else record.name
    is_same = record.id == name.lower().replace(" ", "-")
    return name if is_same else f"{name} [{record.id}]"


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
            ("Often said", disagreement.article), ("Guidelines now say", disagreement.guidelines)
        )


def finding_namer(knowledge: Knowledge) -> Callable[[str], str]:
    """Return how a finding is named; its id where it is not known."""
    known = knowledge.finding_by_id
    return lambda finding: known[finding].name if finding in known else finding


def differing(disagreement: Disagreement | None) -> tuple[str, ...]:
    """Return the sources of a disagreement."""
    return disagreement.sources if disagreement else ()
