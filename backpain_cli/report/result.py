"""A whole result in blocks: first the screen that says it all, then the details in the same order."""

from collections.abc import Iterator

from backpain_cli.model import Knowledge, Level
from backpain_cli.report.blocks import Block, Paragraph, Tone
from backpain_cli.report.card import emergency_card
from backpain_cli.report.details import details
from backpain_cli.report.local import local_line
from backpain_cli.report.summary import first_screen
from backpain_cli.result import Assessment


def result_blocks(result: Assessment, knowledge: Knowledge) -> Iterator[Block]:
    """Yield the whole result; in an emergency one card, and nothing else but what local additions it used."""
    if result.triage.level is Level.EMERGENCY:
        yield from emergency_card(result, knowledge)
        yield from local_line(result.knowledge.local)
        return
    yield from first_screen(result, knowledge)
    yield Paragraph("Details follow below.", Tone.QUIET)
    yield from details(result, knowledge)
