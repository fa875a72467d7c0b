"""Many at once: order, errors among the rest, processes, bounds, and the command around it."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from backpain_cli import cli
from backpain_cli.assess import assess
from backpain_cli.batch import MOST_BYTES, Line, Setting, assess_line, assess_lines, read_lines
from backpain_cli.commands import assess as command
from backpain_cli.evidence import Answers
from backpain_cli.model import Knowledge
from tests.prompts.terminal import Terminal
from tests.small import DAY, GB, SMALL

SETTING = Setting(SMALL, DAY, GB)
PEOPLE: list[Answers] = [
    {"danger": (), "age": age, "when": "this-week", "began": ("after-lifting",)} for age in range(20, 90)
]
INPUT = "".join(json.dumps(person) + "\n" for person in PEOPLE).encode()
ROOT = Path(__file__).parents[1]


def replies(text: bytes, jobs: int = 1) -> list[bytes]:
    return [reply.text for reply in assess_lines(SETTING, read_lines(io.BytesIO(text)), jobs)]


def error(text: bytes, number: int = 1) -> object:
    reply = assess_line(SETTING, Line(number, text))
    assert reply.is_error
    return json.loads(reply.text)


def test_each_line_is_answered_by_the_assessment_of_its_answers_in_order() -> None:
    expected = [assess(SMALL, person, DAY, GB) for person in PEOPLE]
    assert replies(INPUT) == [msgspec.json.encode(result) + b"\n" for result in expected]


def test_two_processes_give_the_same_as_one() -> None:
    mixed = INPUT + b"nonsense\n" + INPUT
    assert replies(mixed, jobs=2) == replies(mixed)


def test_a_bad_line_is_answered_by_an_error_and_the_rest_carries_on() -> None:
    first, second, third = replies(b'{"age": 30}\n{"agee": 30}\n{"age": 31}\n')
    assert [json.loads(line)["answers"] for line in (first, third)] == [{"age": 30}, {"age": 31}]
    assert json.loads(second) == {
        "schema": "backpain.error.v1",
        "line": 2,
        "problems": [
            {"at": "agee", "message": "no question is called 'agee'", "hint": "did you mean 'age'?"}
        ],
    }


def test_a_key_written_twice_is_an_error_whatever_stands_behind_it() -> None:
    assert error(b'{"age": 30, "when": "this-week", "age": 30, "age": 1' + b"0" * 18 + b"}") == {
        "schema": "backpain.error.v1",
        "line": 1,
        "problems": [
            {"at": "age", "message": "'age' is written twice", "hint": "keep one of them"},
            {
                "at": "age",
                "message": "1e+18 is not between 0 and 120",
                "hint": "write a number from 0 to 120, or not-sure",
            },
        ],
    }


def test_only_the_first_hundred_problems_of_a_line_are_told() -> None:
    told = error(json.dumps({f"a{number}": 1 for number in range(1000)}).encode())
    assert isinstance(told, dict)
    assert len(told["problems"]) == 100


def test_every_problem_of_a_line_is_told() -> None:
    told = error(b'{"age": 200, "when": "never"}')
    assert isinstance(told, dict)
    assert [(p["at"], p["message"]) for p in told["problems"]] == [
        ("age", "200 is not between 0 and 120"),
        ("when", "'when' has no option 'never'"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"[1]", "the answers are not an object"),
        (b"null", "the answers are not an object"),
        (b"who?", "this is not JSON: JSON is malformed: invalid character (byte 0)"),
        (b"\xff", "this is not JSON: JSON is malformed: invalid character (byte 0)"),
    ],
)
def test_a_line_that_holds_no_answers_says_what_it_is(text: bytes, message: str) -> None:
    hint = 'write {"question-id": "option-id"}'
    assert error(text, 7) == {
        "schema": "backpain.error.v1",
        "line": 7,
        "problems": [{"at": "", "message": message, "hint": hint}],
    }


@pytest.mark.parametrize(
    "text", [b"[" * 30_000, b'{"age": ' + b"9" * 400 + b"}", b'{"age": 1e400}', b'{"a": "\xff"}']
)
def test_no_line_can_stop_the_others(text: bytes) -> None:
    assert assess_line(SETTING, Line(1, text)).is_error


def test_blank_lines_are_passed_over_and_still_counted() -> None:
    read = list(read_lines(io.BytesIO(b"\xef\xbb\xbf{}\n\n  \r\n{}")))
    assert read == [Line(1, b"{}\n"), Line(4, b"{}")]


def test_a_line_that_is_too_long_is_an_error_of_its_own() -> None:
    long = b'{"age": "' + b"x" * 3 * MOST_BYTES + b'"}\n'
    first, last = replies(long + b'{"age": 30}\n')
    assert json.loads(first)["problems"][0]["message"] == f"the line is longer than {MOST_BYTES} bytes"
    assert json.loads(last)["answers"] == {"age": 30}


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(local: Path | None = None) -> Knowledge:
        assert local is None
        return SMALL

    monkeypatch.setattr(command, "load", load)


OPTIONS = ("--region", "GB", "--today", "2026-01-31")


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("source", ["file", "stdin"])
def test_the_command_reads_a_file_or_what_is_sent_in(tmp_path: Path, source: str) -> None:
    file = tmp_path / "people.jsonl"
    file.write_bytes(INPUT)
    from_file = source == "file"
    arguments = ["assess", *([str(file)] if from_file else []), *OPTIONS]
    run = CliRunner().invoke(cli.app, arguments, input=None if from_file else INPUT)
    assert (run.exit_code, run.stderr, run.stdout_bytes) == (0, "", b"".join(replies(INPUT)))


@pytest.mark.usefixtures("shipped")
def test_the_command_ends_with_1_when_a_line_was_bad(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "people.jsonl"
    file.write_bytes(b'{}\n{"age": "old"}\n{}\n')
    with pytest.raises(SystemExit) as end:
        cli.main(["assess", str(file), *OPTIONS])
    out, err = capfdbinary.readouterr()
    assert (end.value.code, out.count(b"\n")) == (1, 3)
    assert err == b"1 line could not be assessed.\nEach is answered by an error that says why.\n"


@pytest.mark.usefixtures("shipped")
def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["assess", "nowhere.jsonl"])
    assert end.value.code == 1
    assert capsys.readouterr().err == (
        "nowhere.jsonl cannot be read: No such file or directory\nCheck the name and who may read it.\n"
    )


def test_lines_are_read_no_faster_than_they_are_answered() -> None:
    stream = io.BytesIO(INPUT * 100)
    answered = assess_lines(SETTING, read_lines(stream))
    next(answered)
    assert stream.tell() <= len(INPUT)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_at_a_terminal_a_bar_shows_how_far_it_is_and_then_goes(tmp_path: Path) -> None:
    people, results = tmp_path / "people.jsonl", tmp_path / "results.jsonl"
    people.write_bytes(b"{}\n" * 300)
    program = (
        "import sys; from backpain_cli.cli import main;"
        "sys.stdout = open(sys.argv[1], 'w'); main(['assess', sys.argv[2]])"
    )
    with Terminal("-c", program, str(results), str(people), columns=80) as terminal:
        terminal.wait_for("people ━")
        assert terminal.exit_code() == 0
    assert "300 people" in terminal.written
    assert terminal.words == ""
    assert len(results.read_bytes().splitlines()) == 300


def start(*arguments: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "backpain_cli", "assess", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, start_new_session=True)  # noqa: S603 - our own words


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_closed_pipe_ends_it_without_a_word(tmp_path: Path, jobs: str) -> None:
    file = tmp_path / "people.jsonl"
    file.write_bytes(b"{}\n" * 5_000)
    with start(str(file), "--jobs", jobs) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.readline()
        run.stdout.close()
        assert (run.wait(timeout=60), run.stderr.read()) == (1, b"")


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_it_at_once_with_130(jobs: str) -> None:
    with start("--jobs", jobs) as run:
        assert run.stdin
        assert run.stdout
        run.stdin.write(b"{}\n" * 500)
        run.stdin.flush()
        run.stdout.readline()
        os.killpg(run.pid, signal.SIGINT)
        _, complaint = run.communicate(timeout=60)
        assert (run.returncode, complaint) == (130, b"")


def most_memory(people: int) -> int:
    """Return the most memory, in kilobytes, that it takes to assess so many people."""
    program = (
        "import io, resource, sys; from backpain_cli.batch import *; from tests.small import *;"
        "lines = (Line(n, b'{}') for n in range(1, 1 + int(sys.argv[1])));"
        "print(sum(not reply.is_error for reply in assess_lines(Setting(SMALL, DAY, GB), lines)),"
        " resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    words = [sys.executable, "-c", program, str(people)]
    run = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - our own words
    done, memory = map(int, run.stdout.split())
    assert done == people
    return memory


@pytest.mark.slow
def test_fifty_thousand_take_no_more_memory_than_five_hundred() -> None:
    assert most_memory(50_000) < most_memory(500) * 1.05
