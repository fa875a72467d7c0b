"""The way out: nothing in the text moves a terminal, and the surroundings are respected."""

import io
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from backpain_cli.report import console
from backpain_cli.report.blocks import Heading, Paragraph, Tone
from backpain_cli.report.console import clean, complain, show, spelled_out, wants_plain, write
from backpain_cli.report.json import as_json
from backpain_cli.report.tables import TONES, render
from tests.report.conftest import Printed
from tests.report.test_documents import contrast


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("numb [both legs] now :pill:", "numb [both legs] now :pill:"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://evil\x1b\\label\x1b]8;;\x1b\\", "label"),
        ("\x1bPdevice\x1b\\text", "text"),
        ("\x1bctext", "text"),
        ("half an escape \x1b", "half an escape "),
        ("\x1b]never ended", "never ended"),
        ("bell\x07 and back\x08space", "bell and backspace"),
        ("gpj.\u202egnp", "gpj.gnp"),
        ("\u2066isolate\u2069 \u200fmark", "isolate mark"),
        ("tab\there", "tab here"),
        ("line\r\nline\u2028line", "line\nline\nline"),
        ("half \ud800 sign", "half \ufffd sign"),
        ("\U000e0041tag", "tag"),
        ("naïve – 日本 e\u0301 👩\u200d⚕", "naïve – 日本 e\u0301 👩\u200d⚕"),  # noqa: RUF001 - a dash stays a dash
    ],
)
def test_what_could_move_a_terminal_is_dropped(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    assert not any((ord(sign) < 32 and sign != "\n") or 127 <= ord(sign) < 160 for sign in clean(text))


def test_escapes_in_data_are_inert_on_the_screen(printed: Printed) -> None:
    blocks = (
        Heading("\x1b[2Jnumb [both legs] now"),
        Paragraph(":pill: \x1b]0;gone\x07[bold]as written[/bold]"),
    )
    assert printed(blocks) == "  numb [both legs] now\n\n  :pill: [bold]as written[/bold]\n"


def test_json_keeps_what_could_move_a_terminal_as_an_escape() -> None:
    text = "\u202ex\x7f\U000e0041"
    written = as_json([text])
    assert written == '[\n  "\\u202ex\\u007f\\udb40\\udc41"\n]\n'
    assert json.loads(written) == [text]


@given(st.text())
def test_json_loses_nothing(text: str) -> None:
    assert json.loads(spelled_out(json.dumps(text, ensure_ascii=False))) == text


@pytest.mark.parametrize(
    ("columns", "width"),
    [
        ("100", 100),
        ("500", 100),
        ("50", 50),
        ("3", 20),
        ("0", 80),
        ("-5", 80),
        ("wide", 80),
        ("", 80),
        ("²", 80),
    ],
)
def test_the_width_is_what_columns_says_within_reason(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(os, "get_terminal_size", _no_terminal)
    assert console.width() == width


def test_the_width_is_that_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((66, 20)))
    assert console.width() == 66


def test_a_dumb_terminal_has_the_width_it_says_and_no_colour(
    monkeypatch: pytest.MonkeyPatch, printed: Printed
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert printed((Heading("Go now, without delay", tone=Tone.ALARM),), 20) == "Go now, without\ndelay\n"


def test_colour_is_shown_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch, printed: Printed) -> None:
    alarm = (Heading("Go now", tone=Tone.ALARM),)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = printed(alarm)
    monkeypatch.setenv("NO_COLOR", "1")
    uncoloured = printed(alarm)
    assert coloured == "  \x1b[1;38;5;231;48;5;160mGo now\x1b[0m\n"
    assert uncoloured == "  \x1b[1mGo now\x1b[0m\n"


@pytest.mark.parametrize("tone", [tone for tone in Tone if TONES[tone]])
def test_every_colour_can_be_read_on_a_dark_and_on_a_light_terminal(tone: Tone) -> None:
    style = Style.parse(TONES[tone])
    assert style.color is not None
    assert style.bgcolor is not None
    assert contrast(style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex) >= 4.5


def test_a_stream_that_lacks_a_letter_shows_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    show(render((Heading("Pain – 日", 2), Paragraph("x"))))  # noqa: RUF001
    write("é")
    assert raw.getvalue().decode() == "  Pain ? ?\n  ---------\n  x\n?\n"


def test_complaints_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    complain("No such\x1b[2J file.\n")
    assert capsys.readouterr() == ("", "No such file.\n")


def test_plain_lines_are_wanted_by_option_by_accessible_or_by_a_dumb_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (wants_plain(asked=True), wants_plain(asked=False)) == (True, False)
    monkeypatch.setenv("ACCESSIBLE", "0")
    assert not wants_plain(asked=False)
    monkeypatch.setenv("ACCESSIBLE", "1")
    assert wants_plain(asked=False)
    monkeypatch.delenv("ACCESSIBLE")
    monkeypatch.setenv("TERM", "dumb")
    assert wants_plain(asked=False)


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_a_reader_who_leaves_a_pipe_causes_no_complaint(form: str) -> None:
    program = f"{sys.executable} -m backpain_cli sources --format {form}"
    run = subprocess.run(  # noqa: S602 - a pipe is what is tested
        f"{program} | head -n 1 > {os.devnull}", shell=True, capture_output=True, check=False
    )
    assert run.stderr == b""


def _no_terminal(_: int) -> os.terminal_size:
    raise OSError
