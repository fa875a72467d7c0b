"""The real program in a pseudo-terminal, and headless: whole sessions on the real knowledge."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.prompts.terminal import ROOT, Terminal

GUIDE = ("-m", "backpain_cli", "guide", "--region", "GB", "--today", "2026-01-31")
SPACE, ENTER, UP, DOWN, LEFT, CTRL_C = " ", "\r", "\x1b[A", "\x1b[B", "\x1b[D", "\x03"
STRAIN = {
    "nerves": "none",
    "sudden-signs": "none",
    "how-it-began": ["onset-lifting"],
    "illness": "none",
    "conditions": "none",
    "age": 35,
    "who": "man",
    "where": ["low-back"],
    "when": "last-2-days",
    "story": ["familiar-pain"],
    "worse": ["bending-forward", "lifting"],
    "treatment-safety": "none",
    "daily-life": "none",
}


def headless(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *GUIDE, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def answers_file(folder: Path, answers: dict[str, object]) -> Path:
    path = folder / "answers.yaml"
    path.write_text(json.dumps(answers))
    return path


def test_a_danger_sign_ends_the_session_at_once_with_the_card_and_nothing_else() -> None:
    with Terminal(*GUIDE, columns=80, rows=40) as terminal:
        terminal.wait_for("question 1 of about")
        terminal.wait_for("None of these")
        terminal.press(SPACE, ENTER)
        terminal.wait_for("EMERGENCY: get help now")
        assert terminal.exit_code() == 0
        assert "Go to A&E now, or call 999" in terminal.words
        assert "question 2" not in terminal.words


def test_a_strain_is_led_to_self_care_with_going_back_and_review(tmp_path: Path) -> None:
    known = {name: value for name, value in STRAIN.items() if name not in {"age", "who", "daily-life"}}
    given = answers_file(tmp_path, known | {"feel": "none", "touch": ["tender-muscle"], "eases": "none"})
    with Terminal(*GUIDE, "--answers", str(given), columns=80, rows=60) as terminal:
        terminal.wait_for("How old are you?")
        terminal.press("53", ENTER)
        terminal.wait_for("Which line fits your body best?")
        terminal.press(LEFT)
        terminal.wait_for("How old are you?")
        terminal.press("\x7f\x7f", "35", ENTER)
        terminal.wait_for("Which line fits your body best?")
        terminal.press(DOWN, ENTER)
        terminal.wait_for("Which of these fit your usual week?")
        terminal.press(UP, SPACE, ENTER)
        terminal.wait_for("All is right: show the result")
        assert "Age: 35 years" in terminal.words
        terminal.press(DOWN, ENTER)
        terminal.wait_for("What would you like to do next?")
        assert "Look after it at home" in terminal.words
        assert "Muscle or ligament" in terminal.words
        terminal.press(UP, ENTER)
        assert terminal.exit_code() == 0


def test_leaving_midway_concludes_nothing_but_shows_the_card_and_keeps_the_answers(tmp_path: Path) -> None:
    saved = tmp_path / "saved.yaml"
    given = answers_file(tmp_path, {"nerves": ["leg-weakness"]})
    with Terminal(*GUIDE, "--answers", str(given), "--save", str(saved), columns=80, rows=40) as terminal:
        terminal.wait_for("question 1 of about")
        terminal.press(CTRL_C)
        terminal.wait_for("nothing was concluded")
        assert terminal.exit_code() == 130
        assert "Before you go" in terminal.words
        assert "Look after it at home" not in terminal.words
        assert "Nothing was saved" not in terminal.words
    assert "nerves: [leg-weakness]" in saved.read_text()
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_a_strain_in_a_file_is_self_care_with_strain_or_simple_pain_first(tmp_path: Path) -> None:
    run = headless("--answers", str(answers_file(tmp_path, STRAIN)), "--no-input", "--format", "json")
    result = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (0, "")
    assert result["schema"] == "backpain.assessment.v1"
    assert result["triage"]["level"] == "self-care"
    assert result["triage"]["not_checked"] == []
    assert result["causes"][0]["id"] in {"muscle-strain", "non-specific-back-pain"}
    assert result["asked"] == list(STRAIN)
    assert result["treatments"]["conservative"]


def test_an_emergency_in_a_file_carries_no_treatment(tmp_path: Path) -> None:
    given = answers_file(tmp_path, {"nerves": ["saddle-numbness", "bladder-change"]})
    result = json.loads(headless("--answers", str(given), "--no-input", "--format", "json").stdout)
    assert result["triage"]["level"] == "emergency"
    assert result["causes"][0]["id"] == "cauda-equina"
    assert result["treatments"] == {"conservative": [], "advanced": [], "advised_against": []}
    assert result["prevention"] == []


def test_an_existing_file_is_refused_before_the_first_question(tmp_path: Path) -> None:
    run = headless("--save", str(answers_file(tmp_path, STRAIN)), "--plain")
    assert (run.returncode, run.stdout) == (1, "")
    assert "is there already" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "--answers FILE --no-input"),
        (("--plain",), 130, "Not finished, so nothing was concluded."),
        (("--answers", "missing.yaml"), 1, "there is no file missing.yaml"),
        (("--today", "yesterday"), 2, "--today"),
    ],
)
def test_what_cannot_go_on_says_so_and_how_it_ended(
    arguments: tuple[str, ...], code: int, words: str
) -> None:
    run = headless(*arguments)
    assert run.returncode == code
    assert words in run.stderr
    assert "Traceback" not in run.stderr
