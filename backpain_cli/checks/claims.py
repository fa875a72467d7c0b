"""Claims: whether their figures rest on something that was read, and whether they are fresh."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from backpain_cli.checks.faults import Fault
from backpain_cli.checks.walk import claims, sourced_texts
from backpain_cli.model import Extent, Knowledge

FRESH = timedelta(days=2 * 366)
"""The time after which a claim should be looked at again."""
_FIGURE = re.compile(r"\d\s?%|\d\s(?:per cent|(?:in|out of)(?: every)? 1[\d,]*)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[^}]*\}?")
_PLACEHOLDERS = ("{emergency_number}", "{advice_line}", "{emergency_department}")


def figures_not_read(knowledge: Knowledge) -> Iterator[Fault]:
    """Warn of each figure whose sources were all left unread."""
    unread = {source.id for source in knowledge.sources if source.read is Extent.NOT_READ}
    for file, claim in claims(knowledge):
        for path, text, sources in sourced_texts(claim):
            found = _FIGURE.search(text)
            if found and unread.issuperset(sources):
                message = f"the figure '{found.group()}' rests only on sources that nobody read"
                hint = "read one of them and say so in sources.yaml, or leave the figure out"
                yield Fault(file, claim.id, path, message, hint, is_warning=True)


def stale_claims(knowledge: Knowledge, today: date) -> Iterator[Fault]:
    """Warn of each claim that was reviewed too long ago, and refuse a review that is still to come."""
    for file, claim in claims(knowledge):
        if claim.reviewed > today:
            yield Fault(
                file, claim.id, ("reviewed",), "this day has not come yet", "write the day of the review"
            )
        elif today - claim.reviewed > FRESH:
            message = "reviewed more than two years ago"
            hint = "check it against its sources and write today's date"
            yield Fault(file, claim.id, ("reviewed",), message, hint, is_warning=True)


def unknown_placeholders(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each `{word}` in a text that stands for nothing."""
    for file, table in knowledge.tables.items():
        for record in table:
            for path, text, _ in sourced_texts(record):
                unknown = (found for found in _PLACEHOLDER.findall(text) if found not in _PLACEHOLDERS)
                for found in unknown:
                    hint = f"the ones there are: {', '.join(_PLACEHOLDERS)}"
                    yield Fault(file, record.id, path, f"'{found}' stands for nothing", hint)
