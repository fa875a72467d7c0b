"""The look-ups as commands: names, options, formats, and errors in plain words."""

import json
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from backpain_cli import __version__, cli
from backpain_cli.commands import lookups
from backpain_cli.errors import BackpainError, KnowledgeError, Location, Problem, UsageError
from backpain_cli.model import Cause, Knowledge, Record
from tests.report.sample import KNOWLEDGE

TABLES = {
    "causes": KNOWLEDGE.causes,
    "treatments": KNOWLEDGE.treatments,
    "prevention": KNOWLEDGE.prevention,
    "red-flags": KNOWLEDGE.red_flags,
    "sources": KNOWLEDGE.sources,
    "overview": KNOWLEDGE.overview,
    "faq": KNOWLEDGE.faq,
}
LIST_THEM = "The same command without a name lists them all.\n"
ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Lay the sample in place of the knowledge, and note which folders are asked for."""
    folders: list[Path | None] = []

    def load(local: Path | None = None, only: Collection[str] = ()) -> Knowledge:
        assert {table.replace("_", "-") for table in only} <= {*TABLES, "regions"}
        folders.append(local)
        return KNOWLEDGE

    def load_records(kind: type[Record], local: Path | None = None) -> tuple[Record, ...]:
        folders.append(local)
        return KNOWLEDGE.causes if kind is Cause else KNOWLEDGE.treatments

    monkeypatch.setattr(lookups, "load", load)
    monkeypatch.setattr(lookups, "load_records", load_records)
    for name in ("NO_COLOR", "FORCE_COLOR", "ACCESSIBLE", "BACKPAIN_KNOWLEDGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return folders


def told(*arguments: str) -> str:
    """Return what a command prints, which must end well."""
    run = CliRunner().invoke(cli.app, arguments, prog_name="backpain")
    assert (run.exit_code, run.stderr) == (0, "")
    return run.stdout


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, int]:
    """Return what a command complains of and its exit code; it must print no result."""
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    out, err = capsys.readouterr()
    assert out == ""
    assert isinstance(end.value.code, int)
    return err, end.value.code


def ids(*arguments: str) -> list[str]:
    return [record["id"] for record in json.loads(told(*arguments, "--format", "json"))]


@pytest.mark.parametrize("command", TABLES)
def test_a_look_up_as_json_is_the_list_of_its_records(command: str) -> None:
    expected = msgspec.to_builtins(TABLES[command], builtin_types=())
    assert json.loads(told(command, "--format", "json")) == json.loads(json.dumps(expected, default=str))


@pytest.mark.parametrize("command", TABLES)
def test_one_record_as_json_is_a_list_too(command: str) -> None:
    last = TABLES[command][-1].id
    assert ids(command, last) == [last]


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("command", TABLES)
def test_every_look_up_has_every_form(command: str, form: str) -> None:
    first = TABLES[command][0].id
    whole, one = told(command, "--format", form), told(command, first, "--format", form)
    assert whole.startswith("# " if form == "markdown" else "  ")
    assert one.startswith("# " if form == "markdown" else "  ")
    assert whole != one or command == "faq"


@pytest.mark.parametrize(
    "name",
    [["tablets"], ["Anti-inflammatory tablets"], ["anti", "inflammatory", "tablets"], ["TABLETS"]],
)
def test_a_record_is_found_by_id_and_by_name_however_it_is_written(name: list[str]) -> None:
    assert ids("treatments", *name) == ["tablets"]


def test_a_record_is_found_by_its_other_names() -> None:
    assert ids("treatments", "heat pack") == ["heat"]
    assert ids("sources", "Heat for the back") == ["a-review"]


def test_treatments_of_one_type() -> None:
    assert ids("treatments", "--type", "conservative") == ["heat", "tablets"]
    assert ids("treatments", "--type", "advanced") == ["injection"]


def test_treatments_for_a_cause_come_in_its_order() -> None:
    assert ids("treatments", "--for", "slipped-disc") == ["tablets", "injection"]
    assert ids("treatments", "--for", "pulled muscle", "--type", "advanced") == []


def test_treatments_at_a_stage_come_best_first() -> None:
    assert ids("treatments", "--stage", "acute") == ["tablets", "heat", "injection"]
    assert ids("treatments", "--stage", "chronic") == ["tablets", "heat", "injection"]
    assert ids("treatments", "--stage", "chronic", "--for", "slipped-disc") == ["tablets", "injection"]


def test_plain_lines_have_no_drawn_lines() -> None:
    shown = told("treatments", "--plain")
    assert shown.startswith("What can help back pain\n\nConservative treatments")
    assert "\N{BOX DRAWINGS LIGHT HORIZONTAL}" not in shown


def test_a_danger_sign_has_the_numbers_of_the_persons_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPAIN_REGION", "GB")
    assert "Go to A&E, or call 999." in told("red-flags", "cauda-equina")
    monkeypatch.setenv("BACKPAIN_REGION", "FR")
    assert "Go to the emergency department, or call 112." in told("red-flags", "cauda-equina")


def test_text_that_looks_like_markup_is_printed_as_written() -> None:
    assert "Numb [both legs] now" in told("red-flags", "cauda-equina")
    assert "Use :pill: with care." in told("overview")


def test_a_question_in_ones_own_words_is_answered() -> None:
    assert told("faq", "is", "a", "spasm", "hamrful?") == (
        "  Can a muscle spasm cause long-term damage?\n\n"
        "  No. It is frightening, but it does not harm the back.\n\n"
        "  Sources\n  ───────\n"
        "  1  NICE. Low back pain. 2020 (read in full).\n     https://example.org/ng59\n"
    )


def test_a_question_that_nothing_fits_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    complaint, code = refused(capsys, "faq", "cellar", "bottles", "of", "red", "wine")
    assert code == 1
    assert complaint == (
        "No question here fits 'cellar bottles of red wine'.\n"
        "The nearest is: Heat or ice: which is better?\n"
        "Ask that with: backpain faq heat-or-cold\n"
    )


def test_a_question_without_any_to_choose_from_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "load", lambda *_: Knowledge())
    assert refused(capsys, "faq", "heat") == ("No question here fits 'heat'.\n", 1)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["treatments", "het"], "There is no treatment called 'het'.\nDid you mean 'heat'?\n"),
        (
            ["treatments", "--for", "musle strain"],
            "There is no cause called 'musle strain'.\nDid you mean 'muscle-strain'?\n",
        ),
        (["causes", "siatica"], "There is no cause called 'siatica'.\nDid you mean 'slipped-disc'?\n"),
        (
            ["prevention", "xyz"],
            f"There is no way to prevent back pain called 'xyz'.\n{LIST_THEM}",
        ),
        (
            ["sources", "\x1b[2Jx"],
            f"There is no source called 'x'.\n{LIST_THEM}",
        ),
    ],
)
def test_a_name_that_is_not_known_is_refused_with_what_was_probably_meant(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert refused(capsys, *arguments) == (complaint, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ["treatments", "--format", "xml"],
        ["treatments", "--stage", "late"],
        ["no-such-command"],
        ["--no-such"],
    ],
)
def test_wrong_usage_ends_with_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    complaint, code = refused(capsys, *arguments)
    assert code == 2
    assert complaint.startswith("Usage: backpain ")
    assert "Traceback" not in complaint


@pytest.mark.parametrize(
    ("error", "complaint", "code"),
    [
        (BackpainError("It broke.", "Mend it."), "It broke.\nMend it.\n", 1),
        (BackpainError("It broke."), "It broke.\n", 1),
        (UsageError("Not so."), "Not so.\n", 2),
        (
            KnowledgeError("the knowledge", (Problem(Location("a.yaml"), "the file is missing"),)),
            "1 problem in the knowledge\n\na.yaml: the file is missing\n",
            1,
        ),
        (OSError(28, "No space left"), "The result could not be written: No space left\n", 1),
        (KeyboardInterrupt(), "", 130),
    ],
)
def test_every_error_is_told_in_plain_words_with_its_exit_code(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    complaint: str,
    code: int,
) -> None:
    def fail(*_: object) -> Knowledge:
        raise error

    monkeypatch.setattr(lookups, "load", fail)
    assert refused(capsys, "causes") == (complaint, code)


def test_a_day_at_the_end_of_the_calendar_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    complaint, code = refused(capsys, "guide", "--no-input", "--today", "9999-12-31")
    assert code == 2
    assert complaint.endswith("Invalid value for '--today': it must be a day from 1900 to 2200.\n")


def test_the_version_is_told() -> None:
    assert told("--version") == f"backpain {__version__}\n"


@pytest.mark.parametrize("width", ["100", "60", "40"])
def test_help_cuts_no_sentence(monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert "..." not in told("--help").replace("[ARGS]...", "")


def test_help_says_first_how_to_start_and_then_where_the_limits_stand() -> None:
    _, start, what, limits, *_ = told("--help").split("\n\n")
    assert start == "  Start with: backpain guide"
    assert what.endswith("diagnose.")
    assert limits == "  What it is for and what it cannot do: SECURITY.md, beside the README."
    assert (Path(__file__).parents[1] / "SECURITY.md").exists()


def test_the_folder_of_local_additions_comes_from_the_option_or_the_environment(
    monkeypatch: pytest.MonkeyPatch, asked_for: list[Path | None]
) -> None:
    told("causes")
    told("--knowledge", "mine", "causes")
    monkeypatch.setenv("BACKPAIN_KNOWLEDGE", "ours")
    told("causes")
    assert asked_for == [None, Path("mine"), Path("ours")]


def test_completion_knows_the_names_of_causes_and_treatments(
    monkeypatch: pytest.MonkeyPatch, asked_for: list[Path | None]
) -> None:
    monkeypatch.setenv("_BACKPAIN_COMPLETE", "complete_bash")
    assert _completed(monkeypatch, "backpain treatments he") == "heat"
    assert _completed(monkeypatch, "backpain causes m") == "muscle-strain"
    assert _completed(monkeypatch, "backpain --knowledge mine treatments --for sl") == "slipped-disc"
    assert asked_for == [None, None, Path("mine")]


def test_completion_says_nothing_of_a_knowledge_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(kind: type[Record], local: Path | None) -> tuple[Record, ...]:
        raise KnowledgeError(f"{kind} {local}", ())

    monkeypatch.setattr(lookups, "load_records", fail)
    monkeypatch.setenv("_BACKPAIN_COMPLETE", "complete_bash")
    assert _completed(monkeypatch, "backpain treatments h") == ""
    assert _completed(monkeypatch, "backpain causes h") == ""


@pytest.mark.parametrize(
    ("form", "unwanted"),
    [
        ("json", {"rich", "rapidfuzz", "questionary", "jinja2", "pydantic", "backpain_cli.evidence"}),
        ("markdown", {"rich", "rapidfuzz", "questionary", "jinja2", "pydantic", "backpain_cli.evidence"}),
        ("table", {"rapidfuzz", "questionary", "jinja2", "pydantic", "backpain_cli.evidence"}),
    ],
)
def test_a_look_up_loads_only_what_it_needs(form: str, unwanted: set[str]) -> None:
    program = (
        "import sys, tests.report.sample as sample\n"
        "from backpain_cli import cli\nfrom backpain_cli.commands import lookups\n"
        "lookups.load = lambda *_: sample.KNOWLEDGE\n"
        f"cli.app(['causes', '--format', '{form}'], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    run = subprocess.run(  # noqa: S603 - the program is the one above
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert unwanted & set(run.stderr.split()) == set()


def test_the_package_runs_as_a_module() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "backpain_cli", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"backpain {__version__}\n"


def _completed(monkeypatch: pytest.MonkeyPatch, line: str) -> str:
    """Return what bash is offered for a half-written line, on one line."""
    words = line.split()
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    run = CliRunner().invoke(cli.app, [], prog_name="backpain")
    return " ".join(run.stdout.split())
