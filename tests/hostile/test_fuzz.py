"""Answers, lines and local additions changed at random: an error in words, or a result that is sound."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from backpain_cli.answers import as_answers, check_answers, read_answers
from backpain_cli.assess import assess
from backpain_cli.batch import Line, Setting, assess_line
from backpain_cli.document import Data
from backpain_cli.errors import BackpainError, ProblemsError
from backpain_cli.folder import lay_over, read_folder
from backpain_cli.model import Knowledge, QuestionKind
from backpain_cli.regions import find_region
from backpain_cli.result import Assessment, Triage
from tests.safety.real import ATOMS, DAY, GB, KNOWLEDGE

QUICK = settings(max_examples=20, deadline=None)
THOROUGH = settings(max_examples=3000, deadline=None)
TINY_FOLDER = Path(__file__).parents[1] / "tiny_knowledge"
TINY = read_folder(TINY_FOLDER)

WORDS = st.sampled_from(
    ["none", "not-sure", "~", "", "x?", "?", "1e5", "yes", "*a", "&a", "!!str", "<<", "\x1b[2J"]
)
JUNK: st.SearchStrategy[Data] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
OPTIONS = st.sampled_from([str(said) for _, said in ATOMS])
SAID: st.SearchStrategy[Data] = st.one_of(
    JUNK, OPTIONS, OPTIONS.map(lambda option: f"{option}?"), st.lists(OPTIONS | WORDS, max_size=4)
)
NEARLY_ANSWERS = st.dictionaries(
    st.sampled_from([question.id for question in KNOWLEDGE.questions]) | st.text(max_size=6), SAID, max_size=6
)
"""Mappings with ids of questions and of options, most of them in the wrong place."""


def cut(text: bytes) -> st.SearchStrategy[bytes]:
    """Return a strategy for the text with some of it replaced by other bytes."""
    places = st.tuples(st.integers(0, len(text)), st.integers(0, 8))
    signs = st.binary(max_size=4) | st.sampled_from(
        [b"\n", b": ", b"- ", b"&a ", b"*a", b"{", b"[", b"\t", b'"', b"\0"]
    )
    return st.lists(st.tuples(places, signs), min_size=1, max_size=4).map(lambda cuts: _with_cuts(text, cuts))


def _with_cuts(text: bytes, cuts: list[tuple[tuple[int, int], bytes]]) -> bytes:
    for (start, length), signs in cuts:
        text = text[:start] + signs + text[start + length :]
    return text


def assert_told(error: BackpainError) -> None:
    """Assert that an error says something, and each of its problems too."""
    assert error.message
    if isinstance(error, ProblemsError):
        assert 0 < len(error.problems) <= 1000
        assert all(problem.message for problem in error.problems)


def read_or_refuse(text: bytes) -> None:
    """Assert that a file of answers gives a result, or an error in words."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "answers.yaml")
        path.write_bytes(text)
        try:
            answers = read_answers(path, KNOWLEDGE)
        except BackpainError as error:
            assert_told(error)
        else:
            assert isinstance(assess(KNOWLEDGE, answers, DAY, GB), Assessment)


GOOD_ANSWERS = b"nerves: [leg-weakness]\nage: 35\nwhen: over-3-months\nillness: none\nwho: not-sure\n"
FILES = st.one_of(
    st.binary(),
    cut(GOOD_ANSWERS),
    NEARLY_ANSWERS.map(lambda data: yaml.safe_dump(data, allow_unicode=True).encode()),
)


@QUICK
@given(FILES)
def test_any_file_of_answers_is_read_or_refused(text: bytes) -> None:
    read_or_refuse(text)


@pytest.mark.slow
@THOROUGH
@given(FILES)
def test_thousands_of_files_of_answers_are_read_or_refused(text: bytes) -> None:
    read_or_refuse(text)


SETTING = Setting(KNOWLEDGE, DAY, GB)
LINES = st.one_of(
    st.binary(),
    cut(b'{"nerves": ["leg-weakness"], "age": 35, "when": "over-3-months", "illness": "none"}'),
    NEARLY_ANSWERS.map(lambda data: json.dumps(data).encode()),
)


def answer_line(text: bytes) -> None:
    """Assert that a line is answered by an assessment or by an error that names it."""
    reply = assess_line(SETTING, Line(7, text))
    told = json.loads(reply.text)
    assert reply.text.count(b"\n") == 1
    schema = "backpain.error.v1" if reply.is_error else "backpain.assessment.v1"
    assert (told["schema"], told.get("line", 7)) == (schema, 7)


@QUICK
@given(LINES)
def test_any_line_is_answered(text: bytes) -> None:
    answer_line(text)


@pytest.mark.slow
@THOROUGH
@given(LINES)
def test_thousands_of_lines_are_answered(text: bytes) -> None:
    answer_line(text)


RECORDS: dict[str, list[dict[str, Data]]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(TINY_FOLDER.glob("*.yaml"))
}


@st.composite
def changed_records(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a kind of record and a file with one that is changed: fields gone, or other, or bytes cut."""
    kind = draw(st.sampled_from(sorted(RECORDS)))
    record = dict(draw(st.sampled_from(RECORDS[kind])))
    for field in draw(st.lists(st.sampled_from(sorted(record)), max_size=2)):
        others = st.sampled_from([other[field] for other in RECORDS[kind] if field in other])
        change = draw(st.one_of(st.none(), others, JUNK))
        record[field] = change
    text = yaml.dump([record], Dumper=NoAliases, allow_unicode=True, sort_keys=False).encode()
    return kind, draw(st.just(text) | cut(text))


class NoAliases(yaml.SafeDumper):
    """Writes a value out each time, for aliases are refused."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def lay_over_or_refuse(kind: str, text: bytes) -> None:
    """Assert that local additions are refused in words, or keep every danger sign."""
    with TemporaryDirectory() as folder:
        Path(folder, f"{kind}.yaml").write_bytes(text)
        try:
            merged = lay_over(TINY, Path(folder))
        except BackpainError as error:
            assert_told(error)
        else:
            assert_no_less_safe(merged)


def assert_no_less_safe(merged: Knowledge) -> None:
    """Assert that whatever raised a danger sign raises it still, at no lower level."""
    flags = {flag.id: flag for flag in merged.red_flags}
    for flag in TINY.red_flags:
        assert flags[flag.id].level.rank >= flag.level.rank
        assert flags[flag.id].if_unsure.rank >= flag.if_unsure.rank
    region = find_region(merged, None, {})
    for question in TINY.questions:
        for option in question.options:
            said: Data = {question.id: [option.id] if question.kind is QuestionKind.MANY_OF else option.id}
            before = signs(assess(TINY, as_answers(said), DAY, region).triage)
            # what can no longer be said raises nothing
            can_be_said = not list(check_answers(said, merged))
            after = signs(assess(merged, as_answers(said), DAY, region).triage) if can_be_said else set()
            assert before <= after


def signs(triage: Triage) -> set[str]:
    """Return the danger signs among the reasons of a triage."""
    return {reason.id for reason in triage.reasons} & {flag.id for flag in TINY.red_flags}


@QUICK
@given(changed_records())
def test_any_local_additions_are_laid_over_or_refused(changed: tuple[str, bytes]) -> None:
    lay_over_or_refuse(*changed)


@pytest.mark.slow
@THOROUGH
@given(changed_records())
def test_thousands_of_local_additions_are_laid_over_or_refused(changed: tuple[str, bytes]) -> None:
    lay_over_or_refuse(*changed)
