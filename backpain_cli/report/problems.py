"""Problems in a file of knowledge or answers, told to its author: as text, JSON or GitHub annotations."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from unicodedata import category, east_asian_width

import msgspec

from backpain_cli.errors import Problem, ProblemsError

SCHEMA = "backpain.problems.v1"
LONGEST_EXCERPT = 120
"""Characters of a line that are shown; of a longer one, the part around the fault."""


def as_text(error: ProblemsError) -> str:
    """Return the problems as lines with an excerpt, carets and a hint; nothing in it moves a terminal."""
    shown = "\n\n".join(_one(problem) for problem in error.problems)
    return f"{_title(error)}\n\n{shown}\n"


def as_json(error: ProblemsError) -> str:
    """Return the problems as one JSON object."""
    problems = [
        {
            "severity": _severity(problem),
            "file": _sound(problem.location.file),
            "line": problem.location.line,
            "column": problem.location.column,
            "message": _sound(problem.message),
            "hint": _sound(problem.hint),
        }
        for problem in error.problems
    ]
    told = {"schema": SCHEMA, "in": _sound(error.message), "problems": problems}
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"


def as_annotations(error: ProblemsError, folder: str = "") -> str:
    """Return the problems as lines that GitHub shows beside the source; `folder` holds the files."""
    return "".join(_annotation(problem, folder) for problem in error.problems)


def inert(text: str) -> str:
    """Return the text with each control character as one visible sign, so that a terminal only shows it."""
    return "".join(map(_sign, text))


def _title(error: ProblemsError) -> str:
    warnings = sum(problem.is_warning for problem in error.problems)
    faults = len(error.problems) - warnings
    counts = [_counted(faults, "problem")] if faults or not warnings else []
    counts += [_counted(warnings, "warning")] if warnings else []
    return f"{' and '.join(counts)} in {inert(error.message)}"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _one(problem: Problem) -> str:
    warning = "warning: " if problem.is_warning else ""
    lines = [f"{inert(str(problem.location))}: {warning}{inert(problem.message)}", *_excerpt(problem)]
    return "\n".join([*lines, f"  {inert(problem.hint)}"] if problem.hint else lines)


def _excerpt(problem: Problem) -> Iterable[str]:
    if not problem.location.line or not problem.excerpt.strip():
        return
    before, fault, after = _window(problem)
    number = str(problem.location.line)
    yield f"  {number} | {before}{fault}{after}".rstrip()
    yield f"  {' ' * len(number)} | {' ' * _width(before)}{'^' * max(_width(fault), 1)}"


def _window(problem: Problem) -> tuple[str, str, str]:
    """Return what stands before the fault, the fault, and what follows, as far as they are shown."""
    start = problem.location.column - 1
    first = 0
    if len(problem.excerpt) > LONGEST_EXCERPT:
        first = max(min(start - LONGEST_EXCERPT // 3, len(problem.excerpt) - LONGEST_EXCERPT), 0)
    last = first + LONGEST_EXCERPT
    end = min(start + problem.width, last)
    before, fault, after = problem.excerpt[first:start], problem.excerpt[start:end], problem.excerpt[end:last]
    start_mark = "…" if first else ""
    end_mark = "…" if last < len(problem.excerpt) else ""
    return start_mark + inert(before), inert(fault), inert(after) + end_mark


def _width(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(0 if category(c) in {"Mn", "Me"} else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _sign(character: str) -> str:
    if category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return character
    code = ord(character)
    if code < 0x20:  # noqa: PLR2004 - Unicode has a picture for each of these
        return chr(0x2400 + code)
    return "\N{REPLACEMENT CHARACTER}"


def _annotation(problem: Problem, folder: str) -> str:
    location = problem.location
    file = str(PurePosixPath(folder, location.file))
    place = f",line={location.line},col={location.column}" if location.line else ""
    message = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    kind = _severity(problem)
    return _sound(f"::{kind} file={_escaped(file, is_property=True)}{place}::{_escaped(message)}\n")


def _severity(problem: Problem) -> str:
    return "warning" if problem.is_warning else "error"


def _escaped(text: str, *, is_property: bool = False) -> str:
    """Return the text as GitHub's workflow commands want it."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def _sound(text: str) -> str:
    """Return the text without the halves of characters that a file name may hold and UTF-8 may not."""
    return text.encode("utf-8", "replace").decode()
