"""Plain data into records: msgspec judges, and its findings are told in an author's words, in place."""

import re
from collections.abc import Iterable, Iterator
from types import EllipsisType
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import inspect

from backpain_cli.document import Data, Document, ValuePath
from backpain_cli.errors import Location, Problem
from backpain_cli.suggest import did_you_mean

T = TypeVar("T")

MOST_PROBLEMS = 100
"""Problems of one file that are told; more would help nobody and could take minutes."""

_Step = str | int | EllipsisType
"""A step of msgspec's paths; it writes `[...]` for a key that it does not name."""

_AT = re.compile(r" - at `(?P<key>key` in `)?\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]|\[\.\.\.\]")
_NAMES = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a group of fields",
    "null": "nothing",
    "date": "a date",
}


class _Told(NamedTuple):
    """What msgspec says is wrong, and where in the record."""

    words: str
    steps: tuple[_Step, ...]
    is_about_key: bool


def read_records(document: Document, record_type: type[T]) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
    """Return the records of a list that are sound, and a problem for each that is not."""
    data = document.data
    if not isinstance(data, list):
        problem = document.problem((), "a list of records must stand here", "begin each record with '- '")
        return (), (problem,)
    records: list[T] = []
    problems: list[Problem] = []
    for place, item in enumerate(data):
        try:
            records.append(msgspec.convert(item, record_type))
        except msgspec.ValidationError as error:
            problems.append(explain(document, (place,), item, record_type, error))
            if len(problems) == MOST_PROBLEMS:
                break
    return tuple(records), tuple(problems)


def doubled(documents: Iterable[Document], key: str) -> Iterator[Problem]:
    """Yield a problem for each record whose id, or whatever the key is, another record has already."""
    seen: dict[Data, Location] = {}
    for document in documents:
        for place, value in _keys(document, key):
            if value in seen:
                hint = f"it stands already at {seen[value]}; give this one another {key}"
                yield document.problem((place, key), f"the {key} '{value:.60}' is used twice", hint)
            seen.setdefault(value, document.locate((place, key)))


def place_of(document: Document, record_id: str, key: str = "id") -> int | None:
    """Return the place in the list of the record with this id; None where there is none."""
    return next((place for place, value in _keys(document, key) if value == record_id), None)


def explain(
    document: Document, path: ValuePath, item: Data, item_type: type[T], error: msgspec.ValidationError
) -> Problem:
    """Return what msgspec found wrong with the value at a path, in an author's words."""
    told = _read_error(error)
    within = _name_steps(told.steps, item, item_type, str(error))
    words = told.words
    if match := re.fullmatch(r"Object contains unknown field `(.*)`", words, re.DOTALL):
        hint = _hint(match[1], _fields(item_type, within), "the fields are")
        return document.problem(
            (*path, *within, match[1]), f"there is no field '{match[1]:.60}' here", hint, at_key=True
        )
    if match := re.fullmatch(r"Invalid enum value '?(.*?)'?", words, re.DOTALL):
        around = within[:-1] if told.is_about_key else within
        hint = _hint(match[1], _words(item_type, around, is_key=told.is_about_key), "write one of")
        message = f"'{match[1]:.60}' is not a word that can stand here"
        return document.problem((*path, *within), message, hint, at_key=told.is_about_key)
    message, hint = _many_missing(item_type, item, within, words) or _plain(words)
    return document.problem((*path, *within), message, hint, at_key=told.is_about_key)


def _keys(document: Document, key: str) -> Iterator[tuple[int, str]]:
    for place, item in enumerate(document.data if isinstance(document.data, list) else ()):
        value = item.get(key) if isinstance(item, dict) else None
        if isinstance(value, str):
            yield place, value


def _read_error(error: msgspec.ValidationError) -> _Told:
    words = str(error)
    found = _AT.search(words)
    if found is None:
        return _Told(words, (), is_about_key=False)
    steps = tuple(_step(match) for match in _STEP.finditer(found["path"]))
    is_about_key = found["key"] is not None
    return _Told(words[: found.start()], (*steps, ...) if is_about_key else steps, is_about_key)


def _step(match: re.Match[str]) -> _Step:
    if match[1] is not None:
        return match[1]
    return ... if match[2] is None else int(match[2])


def _name_steps(steps: tuple[_Step, ...], item: Data, item_type: type[T], words: str) -> ValuePath:
    """Return the steps with every key named, by trying which key alone gives the same error."""
    named: ValuePath = ()
    for step in steps:
        if not isinstance(step, EllipsisType):
            named = (*named, step)
            continue
        around = _at(item, named)
        for key, value in around.items() if isinstance(around, dict) else ():
            trial = _replaced(item, named, {key: value})
            if _error_of(trial, item_type) == words:
                item, named = trial, (*named, key)
                break
    return named


def _error_of(item: Data, item_type: type[T]) -> str:
    try:
        msgspec.convert(item, item_type)
    except msgspec.ValidationError as error:
        return str(error)
    return ""


def _at(data: Data, path: ValuePath) -> Data:
    """Return what stands at a path; nothing where msgspec's words, quoting the author's, mislead."""
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _replaced(data: Data, path: ValuePath, value: Data) -> Data:
    if not path:
        return value
    if isinstance(data, dict):
        return {k: _replaced(v, path[1:], value) if k == path[0] else v for k, v in data.items()}
    if isinstance(data, list):
        return [_replaced(v, path[1:], value) if n == path[0] else v for n, v in enumerate(data)]
    return data


def _hint(word: str, words: Iterable[str], otherwise: str) -> str:
    listed = list(words)
    return did_you_mean(word, listed) or (f"{otherwise}: {', '.join(listed)}" if listed else "")


def _fields(item_type: type[T], path: ValuePath) -> Iterator[str]:
    for found in _types_at(item_type, path):
        if isinstance(found, inspect.StructType):
            yield from (field.encode_name for field in found.fields)


def _many_missing(item_type: type[T], item: Data, path: ValuePath, words: str) -> tuple[str, str] | None:
    """Return a message and a hint on all the fields that are missing, of which msgspec names one."""
    around = _at(item, path)
    if not words.startswith("Object missing required field") or not isinstance(around, dict):
        return None
    structs = (found for found in _types_at(item_type, path) if isinstance(found, inspect.StructType))
    fields = (field for found in structs for field in found.fields if field.required)
    missing = [field.encode_name for field in fields if field.encode_name not in around]
    if len(missing) < 2:  # noqa: PLR2004 - a single one is told of in fewer words
        return None
    return f"these fields are missing: {', '.join(missing)}", "add them to this record"


def _words(item_type: type[T], path: ValuePath, *, is_key: bool) -> Iterator[str]:
    for found in _types_at(item_type, path):
        kinds = (found.key_type,) if is_key and isinstance(found, inspect.DictType) else (found,)
        for kind in kinds:
            if isinstance(kind, inspect.EnumType):
                yield from (str(member.value) for member in kind.cls)


def _types_at(item_type: type[T], path: ValuePath) -> list[inspect.Type]:
    types = list(_flat(inspect.type_info(item_type)))
    for step in path:
        types = [flat for found in types for inner in _inner(found, step) for flat in _flat(inner)]
    return types


def _inner(found: inspect.Type, step: str | int) -> Iterator[inspect.Type]:
    if isinstance(found, inspect.StructType):
        yield from (field.type for field in found.fields if field.encode_name == step)
    elif isinstance(found, inspect.VarTupleType | inspect.ListType):
        yield found.item_type
    elif isinstance(found, inspect.DictType):
        yield found.value_type


def _flat(found: inspect.Type) -> Iterator[inspect.Type]:
    if isinstance(found, inspect.UnionType):
        for part in found.types:
            yield from _flat(part)
    elif isinstance(found, inspect.Metadata):
        yield from _flat(found.type)
    else:
        yield found


def _plain(words: str) -> tuple[str, str]:
    """Return msgspec's words as a message and a hint that an author follows."""
    for pattern, message, hint in _PLAIN:
        if match := re.fullmatch(pattern, words, re.DOTALL):
            named = {name: _named(value) for name, value in match.groupdict().items()}
            return message.format(**named), hint.format(**named)
    return words, ""


def _named(kinds: str) -> str:
    return " or ".join(_NAMES.get(kind, kind.removesuffix(".0")) for kind in kinds.split(" | "))


_PLAIN = (
    (
        r"Object missing required field `(?P<field>.*)`",
        "the field '{field}' is missing",
        "add '{field}' to this record",
    ),
    (r"Expected `str`, got `(int|float|bool)`", "a text must stand here", "put it in quotes"),
    (r"Expected `(?P<kinds>.*)`, got `null`", "nothing stands here", "write {kinds}, or delete the field"),
    (
        r"Expected `array`, got `(?P<found>.*)`",
        "a list must stand here, not {found}",
        "put it in square brackets: [one, two]",
    ),
    (r"Expected `(?P<kinds>.*)`, got `(?P<found>.*)`", "{kinds} must stand here, not {found}", ""),
    (
        r"Expected `str` matching regex '\^\(\[A-Z\].*'",
        "this is no code of a country",
        "write two capital letters, such as GB, or default",
    ),
    (
        r"Expected `str` matching regex .*",
        "this is no id",
        "write small letters, digits and single hyphens: worse-bending-forward",
    ),
    (r"Expected `str` of length >= 1", "this text is empty", "write it, or delete the field"),
    (r"Expected `str` of length <= (?P<most>.*)", "this text is too long", "use at most {most} characters"),
    (r"Expected `array` of length >= 1", "this list is empty", "write at least one"),
    (r"Expected `(int|float)` > (?P<least>.*)", "this number must be greater than {least}", ""),
    (r"Expected `(int|float)` >= (?P<least>.*)", "this number must be {least} or more", ""),
    (r"Expected `(int|float)` < (?P<most>.*)", "this number must be less than {most}", ""),
    (r"Expected `(int|float)` <= (?P<most>.*)", "this number must be {most} or less", ""),
    (r"Invalid .*date.*", "this is no date", "write it as 2026-01-31"),
)
