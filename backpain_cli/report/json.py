"""Results for other programs: JSON, indented, as UTF-8."""

import msgspec

from backpain_cli.report.console import spelled_out


def as_json(value: object) -> str:
    """Return records or a result as JSON; what could move a terminal is written as an escape."""
    return spelled_out(msgspec.json.format(msgspec.json.encode(value), indent=2).decode()) + "\n"
