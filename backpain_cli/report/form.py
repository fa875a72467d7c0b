"""The forms of a result."""

from enum import StrEnum


class Format(StrEnum):
    """How a result is shown."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"
