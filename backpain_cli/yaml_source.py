"""YAML text into plain data, and where each value stands.

Only what an author means comes through: texts, whole and decimal numbers, `true`, `false` and
`null`. `yes`, `no`, `1:30` and dates stay text. Whatever could hide a mistake or do harm is refused:
keys written twice, anchors and aliases, tags, a second document, huge files and deep nests.
"""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import yaml

from backpain_cli.document import LINE_END, Data, Document, Node, Span
from backpain_cli.errors import BackpainError, Location, Problem, ProblemsError

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
MAX_VALUES = 50_000
MAX_DIGITS = 18
MAX_NUMBER = 40
"""Characters in a number."""
MAX_PROBLEMS = 100

# The C parser is ten times faster. The other gives the same events, but wants quotes round a ? in brackets.
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]+|\.[0-9]+|[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]+)")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_QUOTE_OR_INDENT = "put the text in quotes, or indent the line like its neighbours"
_SYNTAX = (
    ("mapping values are not allowed", "a colon with a space stands where none can", _QUOTE_OR_INDENT),
    ("tab", "a tab stands where only spaces can", "indent with spaces"),
    (
        "cannot start any token",
        "no text starts with this sign",
        "put the text in quotes; indent only with spaces",
    ),
    (
        "expected ':'",
        "a field is written here without its colon",
        "write the name, a colon, a space and the value",
    ),
    ("end of stream", "a quote that is opened here is not closed", "close it"),
    (
        "expected ',' or",
        "a bracket is not closed, or a comma is missing",
        "close the bracket, or add the comma",
    ),
    ("expected key", "this line does not fit those before it", _QUOTE_OR_INDENT),
    ("'-' indicator", "this line does not fit the list before it", _QUOTE_OR_INDENT),
    ("block end", "this line does not fit those before it", _QUOTE_OR_INDENT),
)
"""Part of what the parser says, and how an author is told of it."""


def read_text(path: Path, name: str = "") -> str:
    """Return the text of a file, or raise BackpainError; `name` is what to call it in problems."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise BackpainError(f"{path} is {_what_it_is(mode)}, not a file", "name a text file")
        with path.open("rb") as stream:
            # one byte more than is allowed tells a file that is too large, whatever size it claims
            return _decode(stream.read(MAX_BYTES + 1), name or str(path))
    except FileNotFoundError:
        raise BackpainError(f"there is no file {path}", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BackpainError(
            f"{path} cannot be read: {reason}", "check the name and who may read it"
        ) from None


def read_yaml(text: str | bytes, file: str) -> Document:
    """Return the data of a YAML text with its places, or raise ProblemsError with all that is wrong."""
    text = _decode(text, file) if isinstance(text, bytes) else text
    if len(text) > MAX_BYTES:
        raise _too_large(file)
    text = text.removeprefix("\ufeff")
    _refuse_control_characters(text, file)
    reader = _Reader(file, text)
    document = reader.read()
    if reader.problems:
        problems = sorted(reader.problems, key=lambda problem: problem.order)
        raise ProblemsError(file, tuple(problems))
    return document


def _decode(raw: bytes, file: str) -> str:
    if len(raw) > MAX_BYTES:
        raise _too_large(file)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        message = f"byte {error.start + 1} of the file is not UTF-8 text"
        problem = Problem(Location(file, line, column), message, "save the file again as UTF-8")
        raise ProblemsError(file, (problem,)) from None


def _too_large(file: str) -> ProblemsError:
    message = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
    return ProblemsError(
        file, (Problem(Location(file), message, "split it, or check that it is the right one"),)
    )


def _what_it_is(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "a device or a socket"


def _refuse_control_characters(text: str, file: str) -> None:
    found = _NOT_TEXT.search(text)
    if found is None:
        return
    before = LINE_END.split(text[: found.start()])
    excerpt = LINE_END.split(text[found.start() :], maxsplit=1)[0]
    message = f"the character U+{ord(found.group()):04X} cannot stand in a text file"
    location = Location(file, len(before), len(before[-1]) + 1)
    problem = Problem(location, message, "delete it, or write what it stands for", before[-1] + excerpt)
    raise ProblemsError(file, (problem,))


class _Stop(Exception):  # noqa: N818 - a signal, not an error
    """Reading cannot go on, and the reason is among the problems."""


class _Reader:
    """Builds nodes from the parser's events, one call deep for each level, and gathers problems."""

    def __init__(self, file: str, text: str) -> None:
        self.problems: list[Problem] = []
        self._empty = Node(None, Span(0, 0, 0, 0), {}, {})
        self._document = Document(file, text, self._empty)
        self._events: Iterator[yaml.Event] = iter(())
        self._values = 0

    def read(self) -> Document:
        """Return the document; what is wrong with it stands in `problems`."""
        root = self._empty
        try:
            self._events = yaml.parse(self._document.text, Loader=_LOADER)
            root = self._root()
        except _Stop:
            pass
        except yaml.YAMLError as error:
            self._add_syntax_error(error)
        return Document(self._document.file, self._document.text, root)

    def _root(self) -> Node:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._add(
                    event, "a second document starts here", "keep one document in a file: delete the ---"
                )
                raise _Stop
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        return root or self._empty

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._check(event, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        data = self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None
        return Node(data, _span(event), {}, {})

    def _sequence(self, start: yaml.Event, depth: int) -> Node:
        within: dict[str | int, Node] = {}
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            within[len(within)] = self._node(event, depth + 1)
        return Node([node.data for node in within.values()], _span(start), within, {})

    def _mapping(self, start: yaml.Event, depth: int) -> Node:
        within: dict[str | int, Node] = {}
        keys: dict[str, Span] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, depth, keys)
            node = self._node(next(self._events), depth + 1)
            if key is not None:
                within[key] = node
                keys[key] = _span(event)
        span = next(iter(keys.values()), _span(start))
        return Node({str(key): node.data for key, node in within.items()}, span, within, keys)

    def _key(self, event: yaml.Event, depth: int, keys: dict[str, Span]) -> str | None:
        """Return the key, or None where it is no text or was there before."""
        key = self._node(event, depth + 1).data
        if not isinstance(key, str):
            if not isinstance(event, yaml.AliasEvent):
                self._add(event, "a key must be a word", "put it in quotes if it is meant so")
            return None
        if key in keys:
            first = keys[key]
            where = f"{self._document.file}:{first.line + 1}:{first.column + 1}"
            self._add(
                event, f"'{key[:60]}' is written twice", f"it stands already at {where}; keep one of them"
            )
            return None
        return key

    def _scalar(self, event: yaml.ScalarEvent) -> Data:
        if event.style or not event.implicit[0]:
            self._refuse_escaped_control(event)
            return event.value
        text = event.value
        if text in _WORDS:
            return _WORDS[text]
        if _NOT_FINITE.fullmatch(text):
            self._add(event, "a number must be finite", "write a number, or put a text in quotes")
            return None
        if _WHOLE.fullmatch(text):
            return int(text) if self._is_short(event, len(text.lstrip("+-")), MAX_DIGITS) else None
        if _DECIMAL.fullmatch(text):
            return self._decimal(event) if self._is_short(event, len(text), MAX_NUMBER) else None
        return text

    def _refuse_escaped_control(self, event: yaml.ScalarEvent) -> None:
        found = _NOT_TEXT.search(event.value)
        if found is not None:
            code = f"U+{ord(found.group()):04X}"
            self._add(
                event,
                f"the character {code} cannot stand in a text",
                "delete it, or write what it stands for",
            )

    def _decimal(self, event: yaml.ScalarEvent) -> float | None:
        number = float(event.value)
        if abs(number) != float("inf"):
            return number
        self._add(event, "a number must be finite", "write a smaller number, or put a text in quotes")
        return None

    def _is_short(self, event: yaml.Event, length: int, limit: int) -> bool:
        if length > limit:
            self._add(
                event, f"a number has at most {limit} characters", "put it in quotes if it is meant as text"
            )
        return length <= limit

    def _check(self, event: yaml.Event, depth: int) -> None:
        """Add a problem for each thing that no value may have."""
        self._values += 1
        if depth > MAX_DEPTH:
            self._add(event, f"more than {MAX_DEPTH} levels of nesting", "write it flatter")
            raise _Stop
        if self._values > MAX_VALUES:
            self._add(event, f"the file holds more than {MAX_VALUES:,} values", "split it")
            raise _Stop
        if isinstance(event, yaml.AliasEvent):
            self._add(event, "aliases (*) are not used here", "write the value out, or put a text in quotes")
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._add(event, "anchors (&) are not used here", "write the value out, or put a text in quotes")
        if getattr(event, "tag", None) is not None:
            self._add(event, "tags (!) are not used here", "delete the tag, or put a text in quotes")

    def _add(self, event: yaml.Event, message: str, hint: str) -> None:
        self.problems.append(self._document.problem_at(_span(event), message, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def _add_syntax_error(self, error: yaml.YAMLError) -> None:
        words, mark = str(error), None
        if isinstance(error, yaml.MarkedYAMLError):
            words, mark = error.problem or words, error.problem_mark
            if "end of stream" in words:
                # where the quote was opened tells more than where the file ends
                mark = error.context_mark or mark
        message, hint = _in_plain_words(words)
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        span = Span(line, column, line, column + 1)
        self.problems.append(self._document.problem_at(span, message, hint))


def _in_plain_words(words: str) -> tuple[str, str]:
    told = ((message, hint) for part, message, hint in _SYNTAX if part in words)
    return next(told, (words, "check this line and the one before it"))


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return Span(0, 0, 0, 0)
    return Span(start.line, start.column, end.line, end.column)
