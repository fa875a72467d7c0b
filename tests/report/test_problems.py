import json

from backpain_cli.errors import Location, Problem, ProblemsError
from backpain_cli.report.problems import as_annotations, as_json, as_text, inert

STIFFNESS = Problem(
    Location("causes.yaml", 7, 16),
    "no finding is called 'morning-stifness'",
    "did you mean 'morning-stiffness'?",
    "    - finding: morning-stifness",
    16,
)
MISSING = Problem(Location("faq.yaml"), "the file is missing", "add it")
STALE = Problem(
    Location("faq.yaml", 12, 3),
    "reviewed long ago",
    excerpt="  reviewed: 2001-01-01",
    width=8,
    is_warning=True,
)


def error(*problems: Problem) -> ProblemsError:
    return ProblemsError("the knowledge", problems)


def test_problems_are_told_with_their_place_an_excerpt_and_a_hint() -> None:
    assert (
        as_text(error(STIFFNESS, MISSING))
        == """\
2 problems in the knowledge

causes.yaml:7:16: no finding is called 'morning-stifness'
  7 |     - finding: morning-stifness
    |                ^^^^^^^^^^^^^^^^
  did you mean 'morning-stiffness'?

faq.yaml: the file is missing
  add it
"""
    )


def test_a_warning_says_that_it_is_one() -> None:
    assert (
        as_text(error(MISSING, STALE))
        == """\
1 problem and 1 warning in the knowledge

faq.yaml: the file is missing
  add it

faq.yaml:12:3: warning: reviewed long ago
  12 |   reviewed: 2001-01-01
     |   ^^^^^^^^
"""
    )
    assert as_text(error(STALE, STALE)).startswith("2 warnings in the knowledge\n")


def test_what_an_excerpt_holds_never_moves_the_terminal() -> None:
    problem = Problem(
        Location("a\x1b[2J.yaml", 1, 2), "bad\r\x07", "\x9b31m", "\t\x1b]0;title\x07 \u202eevil", 3
    )
    shown = as_text(error(problem))
    assert (
        shown
        == """\
1 problem in the knowledge

a␛[2J.yaml:1:2: bad␍␇
  1 | ␉␛]0;title␇ �evil
    |  ^^^
  �31m
"""
    )
    assert all(character.isprintable() or character == "\n" for character in shown)


def test_carets_stand_under_wide_and_combined_letters() -> None:
    problem = Problem(Location("a.yaml", 1, 9), "bad", excerpt="腰痛: e\u0301: tête", width=4)
    assert as_text(error(problem)).splitlines()[3:] == ["  1 | 腰痛: e\u0301: tête", "    |          ^^^^"]


def test_of_a_long_line_the_part_around_the_fault_is_shown() -> None:
    problem = Problem(Location("a.yaml", 1, 2001), "bad", excerpt="a" * 2000 + "FAULT" + "b" * 2000, width=5)
    line, carets = as_text(error(problem)).splitlines()[3:]
    assert line == "  1 | …" + "a" * 40 + "FAULT" + "b" * 75 + "…"
    assert carets == "    |  " + " " * 40 + "^^^^^"


def test_a_fault_wider_than_the_excerpt_stays_within_it() -> None:
    problem = Problem(Location("a.yaml", 1, 1), "bad", excerpt="x" * 500, width=500)
    line, carets = as_text(error(problem)).splitlines()[3:]
    assert line == "  1 | " + "x" * 120 + "…"
    assert carets == "    | " + "^" * 120


def test_as_json_they_are_one_object() -> None:
    assert json.loads(as_json(error(STIFFNESS, STALE))) == {
        "schema": "backpain.problems.v1",
        "in": "the knowledge",
        "problems": [
            {
                "severity": "error",
                "file": "causes.yaml",
                "line": 7,
                "column": 16,
                "message": "no finding is called 'morning-stifness'",
                "hint": "did you mean 'morning-stiffness'?",
            },
            {
                "severity": "warning",
                "file": "faq.yaml",
                "line": 12,
                "column": 3,
                "message": "reviewed long ago",
                "hint": "",
            },
        ],
    }


def test_half_a_character_in_a_file_name_does_not_spoil_the_json() -> None:
    problem = Problem(Location("a\udcff.yaml"), "bad")
    assert json.loads(as_json(error(problem)))["problems"][0]["file"] == "a?.yaml"


def test_as_annotations_they_are_lines_for_github() -> None:
    assert as_annotations(error(STIFFNESS, MISSING, STALE), "knowledge") == (
        "::error file=knowledge/causes.yaml,line=7,col=16::no finding is called 'morning-stifness'"
        "%0Adid you mean 'morning-stiffness'?\n"
        "::error file=knowledge/faq.yaml::the file is missing%0Aadd it\n"
        "::warning file=knowledge/faq.yaml,line=12,col=3::reviewed long ago\n"
    )


def test_an_annotation_cannot_be_broken_out_of() -> None:
    problem = Problem(Location("a,line=9::b.yaml", 1, 1), "100%\n::error::more")
    assert as_annotations(error(problem)) == (
        "::error file=a%2Cline=9%3A%3Ab.yaml,line=1,col=1::100%25%0A::error::more\n"
    )


def test_plain_text_stays_as_it_is() -> None:
    assert inert("Café, 腰痛 “quoted”") == "Café, 腰痛 “quoted”"
