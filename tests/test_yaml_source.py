import io
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backpain_cli import yaml_source
from backpain_cli.errors import BackpainError, Location, Problem, ProblemsError
from backpain_cli.yaml_source import MAX_BYTES, MAX_DEPTH, read_text, read_yaml


def refused(text: str | bytes) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read_yaml(text, "a.yaml")
    return [f"{problem.location}: {problem.message}" for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("1:30", "1:30"),
        ("2026-01-31", "2026-01-31"),
        ("0800", "0800"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("1.2.3", "1.2.3"),
        ("True", "True"),
        ("'12'", "12"),
        ("'true'", "true"),
        ("''", ""),
        ("<<", "<<"),
        ("=", "="),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("0.5", 0.5),
        (".5", 0.5),
        ("4e-05", 0.00004),
    ],
)
def test_only_what_an_author_means_is_more_than_text(written: str, meant: object) -> None:
    data = read_yaml(f"- {written}\n", "a.yaml").data
    assert data == [meant]
    assert [type(item) for item in data] == [type(meant)]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    document = read_yaml("\ufeffname: é\r\nlist:\r\n  - 1\r\n".encode(), "a.yaml")
    assert document.data == {"name": "é", "list": [1]}
    assert document.locate(("list", 0)) == Location("a.yaml", 3, 5)


def test_an_empty_file_holds_nothing() -> None:
    document = read_yaml("# only a remark\n", "a.yaml")
    assert document.data is None
    assert document.locate(("causes", 3)) == Location("a.yaml", 1, 1)


def test_each_value_and_each_key_is_found_again() -> None:
    document = read_yaml("- name: x\n  links:\n    - {finding: fever, present: 2}\n", "a.yaml")
    assert document.locate((0, "links", 0, "finding")) == Location("a.yaml", 3, 17)
    assert document.locate_key((0, "links", 0, "finding")) == Location("a.yaml", 3, 8)
    assert document.locate_key((0, "links")) == Location("a.yaml", 2, 3)


def test_what_is_not_there_is_told_of_at_the_nearest_value_around_it() -> None:
    document = read_yaml("- id: x\n- id: y\n", "a.yaml")
    assert document.locate((1, "links", 4)) == Location("a.yaml", 2, 3)
    assert document.locate((1, "links", "id")) == Location("a.yaml", 2, 3)


def test_a_problem_shows_its_line_and_how_much_of_it_is_at_fault() -> None:
    problem = read_yaml("a: 1\nfinding: fever\n", "a.yaml").problem(("finding",), "unknown", "look again")
    assert (str(problem.location), problem.excerpt, problem.width) == ("a.yaml:2:10", "finding: fever", 5)


def test_a_key_written_twice_shows_both_places() -> None:
    with pytest.raises(ProblemsError) as caught:
        read_yaml("a: 1\nb: 2\na: 3\n", "a.yaml")
    (problem,) = caught.value.problems
    assert (str(problem.location), problem.message) == ("a.yaml:3:1", "'a' is written twice")
    assert problem.hint == "it stands already at a.yaml:1:1; keep one of them"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "a: &x 1\nb: *x\n",
            ["a.yaml:1:4: anchors (&) are not used here", "a.yaml:2:4: aliases (*) are not used here"],
        ),
        ("a: !!int '1'\n", ["a.yaml:1:4: tags (!) are not used here"]),
        ("a: 1\n---\nb: 2\n", ["a.yaml:2:1: a second document starts here"]),
        ("1: a\n", ["a.yaml:1:1: a key must be a word"]),
        ("[a]: b\n", ["a.yaml:1:1: a key must be a word"]),
        ("- 1234567890123456789\n", ["a.yaml:1:3: a number has at most 18 characters"]),
        ("- .nan\n- -.inf\n- 1e999\n", [f"a.yaml:{n}:3: a number must be finite" for n in (1, 2, 3)]),
        ("a: x\0y\n", ["a.yaml:1:5: the character U+0000 cannot stand in a text file"]),
        ("a: \ud800\n", ["a.yaml:1:4: the character U+D800 cannot stand in a text file"]),
        ('a: "\\0"\n', ["a.yaml:1:4: the character U+0000 cannot stand in a text"]),
        (b"a: 1\nb: caf\xe9\n", ["a.yaml:2:7: byte 12 of the file is not UTF-8 text"]),
        ("a: {b: 1\n", ["a.yaml:2:1: a bracket is not closed, or a comma is missing"]),
    ],
)
def test_what_could_hide_a_mistake_is_refused_in_its_place(text: str | bytes, told: list[str]) -> None:
    assert refused(text) == told


def test_nesting_stops_at_the_limit() -> None:
    read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.yaml")
    assert refused("[" * 100_000) == [f"a.yaml:1:{MAX_DEPTH + 1}: more than 50 levels of nesting"]


def test_a_file_with_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_source, "MAX_VALUES", 10)
    assert refused("- a\n" * 11) == ["a.yaml:10:3: the file holds more than 10 values"]


def test_problems_are_gathered_only_up_to_a_limit() -> None:
    assert len(refused("- *a\n" * 1000)) == 100


def test_the_slow_parser_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "- a: yes\n  'b': >-\n    long\n    text\n  c: [1, 0.5, {d: ~}]\n"
    fast = read_yaml(text, "a.yaml")
    monkeypatch.setattr(yaml_source, "_LOADER", yaml.SafeLoader)
    slow = read_yaml(text, "a.yaml")
    paths: list[tuple[str | int, ...]] = [(0, "a"), (0, "b"), (0, "c", 2, "d")]
    assert slow.data == fast.data == [{"a": "yes", "b": "long text", "c": [1, 0.5, {"d": None}]}]
    assert [slow.locate(path) for path in paths] == [fast.locate(path) for path in paths]


def test_a_file_is_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_text(tmp_path / "a.yaml") == "a: 1\n"


def test_a_missing_file_is_told_of_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(BackpainError, match="there is no file") as caught:
        read_text(tmp_path / "a.yaml")
    assert caught.value.hint == "check the name and the folder"


def test_a_name_with_a_nul_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(BackpainError, match="cannot be read"):
        read_text(tmp_path / "a\0b")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BackpainError, match="is a folder, not a file"):
        read_text(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BackpainError, match="is a pipe, not a file"):
        read_text(tmp_path / "pipe")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="Windows has no such device")
def test_a_device_is_refused() -> None:
    with pytest.raises(BackpainError, match="is a device or a socket, not a file"):
        read_text(Path("/dev/zero"))


def test_a_huge_file_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(ProblemsError) as caught:
        read_text(path, "huge.yaml")
    assert [problem.message for problem in caught.value.problems] == ["the file is larger than 5 MB"]


def test_a_huge_text_is_refused() -> None:
    assert refused("a" * (MAX_BYTES + 1)) == ["a.yaml: the file is larger than 5 MB"]


@given(st.text() | st.text("-[]{}:,#&*!|>'\"%@`?\t\n ab1.~").filter(str.strip))
def test_no_text_brings_the_reader_down(text: str) -> None:
    assert_reads_or_refuses(text)


@given(st.binary())
def test_no_bytes_bring_the_reader_down(raw: bytes) -> None:
    assert_reads_or_refuses(raw)


Plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text("abc: #-é\n'\"", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(Plain)
def test_whatever_is_written_as_yaml_reads_back_the_same(data: object) -> None:
    out = io.StringIO()
    yaml.dump(data, out, Dumper=PlainDumper, allow_unicode=True)
    assert read_yaml(out.getvalue(), "a.yaml").data == data


class PlainDumper(yaml.SafeDumper):
    """Writes a value out each time, for aliases are refused."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def assert_reads_or_refuses(text: str | bytes) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        read_yaml(text, "a.yaml")
    except ProblemsError as error:
        problems = error.problems
    assert all(problem.message and problem.width >= 1 for problem in problems)
