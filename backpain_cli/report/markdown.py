"""Blocks as Markdown; no text of the knowledge can become markup, HTML or a link by accident."""

import re
from collections.abc import Iterable, Iterator

from backpain_cli.report.blocks import (
    Block,
    Bullets,
    Facts,
    Grid,
    Heading,
    Link,
    Outline,
    Paragraph,
    Value,
    lead,
    one_line,
)
from backpain_cli.report.console import clean

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"[\\`*_\[\]|~$]|:(?=//|[A-Za-z0-9_+-]+:)|@(?=\w)|(?<=\bwww)\.", re.IGNORECASE)
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)](?:\s|$)))")
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def as_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as CommonMark with GitHub's tables."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def escape(text: str) -> str:
    """Return one line of Markdown that reads as the text, whatever signs it holds."""
    inert = re.sub("[&<>]", lambda found: _HTML[found[0]], one_line(clean(text)))
    inert = _MARKUP.sub(lambda found: f"\\{found[0]}", inert)
    return _LINE_START.sub(_escape_start, inert)


def _escape_start(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {escape(text)}"
        case Paragraph():
            yield "\n\n".join(map(escape, block.parts))
        case Bullets(items):
            yield from (f"- {escape(item)}" for item in items)
        case Outline(lines):
            yield from (f"{'  ' * depth}- {escape(text)}" for depth, text in lines)
        case Facts(rows):
            # a list with another sign is a list of its own, even right below one with hyphens
            for label, value in rows:
                yield from _fact(label, value)
        case Grid():
            yield from _table(block)


def _fact(label: str, value: Value) -> Iterator[str]:
    if isinstance(value, tuple) and len(value) > 1:
        yield f"* **{escape(lead(label))}**"
        yield from (f"  - {escape(item)}" for item in value)
        return
    text = _link(value) if isinstance(value, Link) else escape("".join(value))
    yield f"* **{escape(lead(label))}** {text}" if label else f"  {text}"


def _link(link: Link) -> str:
    address = clean(link.address)
    return f"<{address}>" if _ADDRESS.fullmatch(address) else escape(address)


def _table(grid: Grid) -> Iterator[str]:
    yield _row(column.title for column in grid.columns)
    yield _row("---" for _ in grid.columns)
    yield from (_row(map(escape, row)) for row in grid.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
