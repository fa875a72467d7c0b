"""Words made from values: dates, lists and a region's numbers, the same on every machine."""

from collections.abc import Sequence
from datetime import date

from backpain_cli.model import Region

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Written out, since strftime would speak the machine's language."""


def say_date(day: date, region: Region) -> str:
    """Return a day in words and in the region's order: "Saturday 14 February"."""
    month = _MONTHS[day.month - 1]
    day_and_month = f"{month} {day.day}" if region.month_first else f"{day.day} {month}"
    comma = "," if region.month_first else ""
    return f"{_DAYS[day.weekday()]}{comma} {day_and_month}"


def say_list(words: Sequence[str], last: str = "and") -> str:
    """Return words as a sentence lists them: "heat, rest and walking"."""
    if len(words) < 2:  # noqa: PLR2004 - a list of one needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def for_region(text: str, region: Region) -> str:
    """Return a text of the knowledge with the region's numbers and names put in."""
    line = region.advice_line
    advice = f"{line.name} on {line.number}" if line else "a local health advice line"
    return (
        text.replace("{emergency_number}", region.emergency)
        .replace("{advice_line}", advice)
        .replace("{emergency_department}", region.emergency_department)
    )


def capitalised(text: str) -> str:
    """Return the text with its first letter a capital and the rest untouched."""
    return text[:1].upper() + text[1:]
