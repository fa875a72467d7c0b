"""Which local additions a result or a look-up rests on, in one line."""

from collections.abc import Iterable, Iterator, Sequence

from backpain_cli.model import RECORD_TYPES, Knowledge, Record
from backpain_cli.report.blocks import Block, Paragraph, Tone


def local_line(ids: Iterable[str]) -> Iterator[Block]:
    """Yield the local records, each as its file and id; nothing where there are none."""
    listed = ", ".join(sorted(ids))
    if listed:
        yield Paragraph(f"Local additions used: {listed}.", Tone.QUIET)


def local_among(knowledge: Knowledge, records: Sequence[Record]) -> Iterator[str]:
    """Yield the file and id of each of these records that came from local additions."""
    kinds = {held: kind for kind, held in RECORD_TYPES.items()}
    ids = (f"{kinds[type(record)]}/{record.id}" for record in records)
    return (name for name in ids if name in knowledge.local_ids)
