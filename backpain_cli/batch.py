"""Many at once: lines of answers in, lines of assessments out, in the same order and in constant memory.

A line that cannot be assessed is answered by an error with its number, and the rest carries on.
"""

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec
from msgspec import Struct

from backpain_cli.answers import Fault, as_answers, check_answers
from backpain_cli.assess import assess
from backpain_cli.model import Knowledge, Region

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

MOST_BYTES = 65_536
"""Bytes of one line; every answer that there is takes a tenth of it."""
CHUNK = 32
"""Lines handed to a process at once: some milliseconds of work, some megabytes of results."""
CHUNKS_AHEAD = 3
"""Chunks under way for each process, so that none waits and memory stays bounded."""

_MARK = b"\xef\xbb\xbf"
"""What some programs write before the first line of a UTF-8 file."""
_encode_lines = msgspec.json.Encoder().encode_lines


class Line(NamedTuple):
    """One line of the input, its number counted from 1."""

    number: int
    text: bytes
    is_whole: bool = True
    """False where it was longer than is read."""


class Reply(NamedTuple):
    """What is answered to one line."""

    text: bytes
    """One line of JSON, its end included."""
    is_error: bool


class LineProblem(Struct, frozen=True):
    """One thing that is wrong with a line."""

    at: str
    """Where in the answers, such as a question's id; empty for the whole line."""
    message: str
    hint: str


class LineError(Struct, frozen=True, rename={"schema_name": "schema"}, kw_only=True):
    """The answer to a line that cannot be assessed."""

    schema_name: str = "backpain.error.v1"
    line: int
    problems: tuple[LineProblem, ...]


@dataclass(frozen=True)
class Setting:
    """What is the same for every line."""

    knowledge: Knowledge
    today: date
    region: Region


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """Yield the lines of a stream that are not blank; of one that is too long, only the beginning."""
    number = 0
    while text := stream.readline(MOST_BYTES + 1):
        number += 1
        is_whole = len(text) <= MOST_BYTES or text.endswith(b"\n")
        rest = text
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MOST_BYTES)
        if text.strip():
            yield Line(number, text.removeprefix(_MARK) if number == 1 else text, is_whole)


def assess_line(setting: Setting, line: Line) -> Reply:
    """Return the assessment of a line of answers, or an error that says what is wrong with it."""
    if not line.is_whole:
        hint = "write one person's answers on each line"
        return _error(line, LineProblem("", f"the line is longer than {MOST_BYTES} bytes", hint))
    try:
        data = msgspec.json.decode(line.text)
        doubled = _doubled_keys(line.text) if _may_double(line.text, data) else []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _error(
            line, LineProblem("", f"this is not JSON: {error}", 'write {"question-id": "option-id"}')
        )
    if not isinstance(data, dict):
        return _error(
            line, LineProblem("", "the answers are not an object", 'write {"question-id": "option-id"}')
        )
    faults = [*doubled, *check_answers(data, setting.knowledge)]
    if faults:
        problems = (LineProblem(".".join(map(str, f.path)), f.message, f.hint) for f in faults)
        return _error(line, *problems)
    result = assess(setting.knowledge, as_answers(data), setting.today, setting.region)
    return Reply(_encode_lines([result]), is_error=False)


def assess_lines(setting: Setting, lines: Iterable[Line], jobs: int = 1) -> Iterator[Reply]:
    """Yield the reply to each line in order, worked out by so many processes."""
    if jobs == 1:
        yield from (assess_line(setting, line) for line in lines)
        return
    with _processes(setting, jobs) as executor:
        waiting: deque[Future[list[Reply]]] = deque()
        for chunk in _chunks(lines):
            waiting.append(executor.submit(_assess_chunk, chunk))
            if len(waiting) >= jobs * CHUNKS_AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _may_double(text: bytes, data: object) -> bool:
    """Say whether there are more colons than keys: each key has one, so most lines need no second look."""
    return not isinstance(data, dict) or text.count(b":") > len(data)


def _doubled_keys(text: bytes) -> list[Fault]:
    """Return a fault for each key that is written twice in sound JSON; msgspec takes the last of them."""
    doubled: dict[str, None] = {}

    def note(pairs: list[tuple[str, object]]) -> None:
        counts = Counter(key for key, _ in pairs)
        doubled.update((key, None) for key, count in counts.items() if count > 1)

    # numbers stay as they are written, for no number is of interest, however large
    json.loads(text, object_pairs_hook=note, parse_int=str, parse_float=str)
    return [Fault((key,), f"'{key:.60}' is written twice", "keep one of them") for key in doubled]


def _error(line: Line, *problems: LineProblem) -> Reply:
    return Reply(_encode_lines([LineError(line=line.number, problems=problems)]), is_error=True)


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    rest = iter(lines)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


@contextmanager
def _processes(setting: Setting, jobs: int) -> "Iterator[Executor]":
    """Give processes that hold the setting; on the way out drop what has not begun."""
    # multiprocessing costs 20 ms; one process needs none
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    executor = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(setting,))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


_held: list[Setting] = []
"""In a process of its own: the setting, sent once instead of with every chunk."""


def _begin(setting: Setting) -> None:
    import signal  # noqa: PLC0415 - as above

    # Ctrl-C reaches every process; the first one alone says what is to happen
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _held.append(setting)


def _assess_chunk(lines: list[Line]) -> list[Reply]:
    return [assess_line(_held[0], line) for line in lines]
