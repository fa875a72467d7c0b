"""What the guide says around its questions: before the first, and to someone who leaves midway."""

from collections.abc import Iterator

from backpain_cli.model import Knowledge, Level, Region
from backpain_cli.report.blocks import Block, Heading, Paragraph, Tone
from backpain_cli.report.card import emergency_card, if_so, region_of, told
from backpain_cli.result import Assessment, Reason

QUESTIONS_A_MINUTE = 4
MENU_KEYS = "Keys: ↑↓ move, space ticks, Enter next, ← back, ? why we ask, Ctrl-C leaves."
PLAIN_KEYS = "Type a number and press Enter. b: back. ?: why we ask. q: leave."


def intro(region: Region, about: int, *, quick: bool, plain: bool) -> Iterator[Block]:
    """Yield what this is, what it is not, where answers go, and the keys."""
    minutes = max(1, round(about / QUESTIONS_A_MINUTE))
    length = f"About {about} questions, {minutes} {'minute' if minutes == 1 else 'minutes'}."
    yield Heading("Back pain guide")
    aim = (
        "A few questions, then: how soon to be seen."
        if quick
        else "A few questions, then: how soon to be seen, what may be behind the pain, what helps, "
        "and what to do next."
    )
    yield Paragraph(f"{aim} {length}")
    yield Paragraph(
        "It informs; it does not diagnose. Nothing you type leaves this computer, and nothing is saved "
        f"unless you ask. Emergency number here: {_numbers(region)} ({region.name}; change with --region)."
    )
    yield Paragraph(PLAIN_KEYS if plain else MENU_KEYS, Tone.QUIET)


def leaving(result: Assessment, knowledge: Knowledge) -> Iterator[Block]:
    """Yield what someone must know who leaves after a danger sign; nothing where there was none."""
    if result.triage.level is Level.EMERGENCY:
        yield from emergency_card(result, knowledge)
        return
    flags = {flag.id for flag in knowledge.red_flags}
    signs = [reason for reason in result.triage.reasons if reason.id in flags]
    if not signs:
        return
    yield Heading("Before you go", tone=Tone.CARE)
    for reason in signs:
        yield Paragraph(" ".join(filter(None, _sign(reason, result, knowledge))))


def _sign(reason: Reason, result: Assessment, knowledge: Knowledge) -> Iterator[str]:
    yield told(reason, knowledge)
    yield reason.meaning
    yield reason.action or result.triage.action
    yield if_so(reason, knowledge, region_of(result, knowledge))


def _numbers(region: Region) -> str:
    return " or ".join((region.emergency, *region.also))
