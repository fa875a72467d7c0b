"""Something to take away: a result as one file, to print, to send or to keep."""

import re
import textwrap
from base64 import b64encode
from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from backpain_cli.errors import UsageError
from backpain_cli.model import Knowledge, Region
from backpain_cli.report.blocks import one_line
from backpain_cli.report.console import clean
from backpain_cli.report.json import as_json
from backpain_cli.report.markdown import escape
from backpain_cli.report.phrases import EXTENTS, STANCES, first_sentence, sure
from backpain_cli.report.takeaway import dated, take_away
from backpain_cli.result import Assessment
from backpain_cli.wording import capitalised, say_date

if TYPE_CHECKING:
    from jinja2 import Environment

COLUMNS = 80
SHORTEST_TITLE = 3
"""Words of a title that stands without its subtitle."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+")
_LEAD = re.compile(r"\s*(?:- |\d+\. )?")


class Form(StrEnum):
    """What kind of file a document is."""

    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"
    JSON = "json"


_FORMS = {
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".md": Form.MARKDOWN,
    ".txt": Form.TEXT,
    ".json": Form.JSON,
}


def form_of(path: Path) -> Form:
    """Return the form that the end of a file's name asks for, or raise UsageError."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"a report cannot be written as '{path.name}'", "end the name in .html, .md, .txt or .json"
        )
    return form


def render_document(assessment: Assessment, knowledge: Knowledge, region: Region, form: Form) -> str:
    """Return the document for one result; the same result gives the same text."""
    if form is Form.JSON:
        return as_json(assessment)
    document = take_away(assessment, knowledge, region)
    numbers = {source.id: number for number, source in enumerate(document.sources, 1)}
    style = files(__package__).joinpath("templates", "report.css").read_text("utf-8")
    environment = _environment(form)
    environment.filters |= {
        "numbers": lambda ids: sorted(numbers[source] for source in ids if source in numbers),
        "day": lambda day: say_date(day, region),
        "dated": lambda day: dated(day, region),
    }
    text = environment.get_template(f"report.{form}.j2").render(
        doc=document, style=style, style_hash=_hash(style)
    )
    if form is Form.HTML:
        return text.lstrip()
    spaced = re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
    return _wrapped(spaced) if form is Form.TEXT else spaced


def _environment(form: Form) -> "Environment":
    """Return the templates' surroundings, in which no text of ours or theirs can become markup."""
    # Jinja2 costs 40 ms, which only a document needs
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("backpain_cli.report"),
        autoescape=True,
        finalize=partial(_inert, form=form),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "address": _address,
        "authors": _authors,
        "capitalised": capitalised,
        "extent": EXTENTS.__getitem__,
        "first_sentence": first_sentence,
        "stance": STANCES.__getitem__,
        "short_title": _short_title,
        "sure": sure,
    }
    return environment


def _inert(value: object, form: Form) -> str:
    """Return a value as text that is nothing but text in this form; Jinja2 escapes it for HTML after this."""
    from markupsafe import Markup  # noqa: PLC0415 - as Jinja2

    if isinstance(value, Markup):
        return value
    text = clean(str(value))
    if form is Form.HTML:
        return text
    return Markup(escape(text) if form is Form.MARKDOWN else one_line(text))  # noqa: S704 - made inert here


def _address(link: str) -> str:
    """Return an address that can be followed; empty where it is something else, such as a script."""
    cleaned = clean(link)
    return cleaned if _ADDRESS.fullmatch(cleaned) else ""


def _authors(names: str) -> str:
    """Return the authors of a source, or the first of three or more."""
    first, *others = names.split(", ")
    is_list_of_people = len(others) > 1 and "(" not in names
    return f"{first} et al." if is_list_of_people else f"{names.rstrip('.')}."


def _short_title(title: str) -> str:
    """Return a title without its subtitle, where enough is left to know the source by; its link has both."""
    short = title.partition(": ")[0]
    return short if len(short.split()) >= SHORTEST_TITLE else title


def _hash(style: str) -> str:
    """Return a style sheet's hash as a Content-Security-Policy names it."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def _wrapped(text: str) -> str:
    return "".join(f"{line}\n" for long in text.splitlines() for line in _wrap(long))


def _wrap(line: str) -> Iterable[str]:
    """Return a line in lines of 80 columns, hung under its bullet; an address stays whole."""
    lead = _LEAD.match(line)
    indent = " " * (len(lead[0]) if lead else 0)
    if len(line) <= COLUMNS or _ADDRESS.fullmatch(line.strip()):
        return [line]
    return textwrap.wrap(line, COLUMNS, subsequent_indent=indent, break_on_hyphens=False)
