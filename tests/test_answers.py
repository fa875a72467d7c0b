from pathlib import Path

import pytest
from hypothesis import given

from backpain_cli.answers import parse_answers, read_answers, write_answers
from backpain_cli.errors import AnswersError, BackpainError
from backpain_cli.result import AnswerValue
from tests.small import SMALL
from tests.test_assess import ANSWERS


def read(tmp_path: Path, text: str) -> dict[str, AnswerValue]:
    path = tmp_path / "answers.yaml"
    path.write_text(text)
    return read_answers(path, SMALL)


@pytest.mark.parametrize(
    "text",
    [
        "danger: [fever, weak-leg?]\nage: 35\nwhen: this-week\nleg: none\nbegan: not-sure\n",
        '{"danger":["fever","weak-leg?"],"age":35,"when":"this-week","leg":["none"],"began":"not-sure"}',
    ],
)
def test_yaml_and_json_say_the_same(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == {
        "danger": ("fever", "weak-leg?"),
        "age": 35,
        "when": "this-week",
        "leg": (),
        "began": "not-sure",
    }


def test_an_empty_file_is_no_answers(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing yet\n") == {}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "again.yaml"

    @given(ANSWERS)
    def survives(answers: dict[str, AnswerValue]) -> None:
        path.write_text(write_answers(answers))
        assert read_answers(path, SMALL) == answers

    survives()


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("- danger\n", ":1:1", "the answers are not a mapping", "write each as  question-id: option-id"),
        ("agee: 35\n", ":1:1", "no question is called 'agee'", "did you mean 'age'?"),
        ("when: this-wek\n", ":1:7", "'when' has no option 'this-wek'", "did you mean 'this-week'?"),
        (
            "when: zzz\n",
            ":1:7",
            "'when' has no option 'zzz'",
            "the options are: this-week, months-ago, not-sure",
        ),
        (
            "when: [this-week]\n",
            ":1:7",
            "'when' is answered with one option",
            "the options are: this-week, months-ago, not-sure",
        ),
        (
            "when: none\n",
            ":1:7",
            "'when' has no option 'none'",
            "the options are: this-week, months-ago, not-sure",
        ),
        ("when: this-week?\n", ":1:7", "'when' has no option 'this-week?'", "did you mean 'this-week'?"),
        (
            "age: old\n",
            ":1:6",
            "'age' is answered with a number",
            "write a number from 0 to 120, or not-sure",
        ),
        (
            "age: true\n",
            ":1:6",
            "'age' is answered with a number",
            "write a number from 0 to 120, or not-sure",
        ),
        ("age: 130\n", ":1:6", "130 is not between 0 and 120", "write a number from 0 to 120, or not-sure"),
        (
            "began: 3\n",
            ":1:8",
            "'began' is answered with a list",
            "the options are: after-lifting, none, not-sure",
        ),
        (
            "began: [3]\n",
            ":1:9",
            "an option id must stand here",
            "the options are: after-lifting, none, not-sure",
        ),
        (
            "began: [none, after-lifting]\n",
            ":1:8",
            "'none' stands beside other options",
            "keep 'none' or the others",
        ),
    ],
)
def test_a_problem_says_where_what_and_how_to_mend_it(
    tmp_path: Path, text: str, place: str, message: str, hint: str
) -> None:
    with pytest.raises(AnswersError) as caught:
        read(tmp_path, text)
    [problem] = caught.value.problems
    assert (str(problem.location), problem.message, problem.hint) == (
        f"{tmp_path / 'answers.yaml'}{place}",
        message,
        hint,
    )


def test_every_problem_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(AnswersError) as caught:
        read(tmp_path, "age: old\nfoo: 1\nwhen: zzz\n")
    assert [problem.location.line for problem in caught.value.problems] == [1, 2, 3]


def test_a_key_written_twice_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(AnswersError) as caught:
        read(tmp_path, "age: 35\nage: 36\n")
    assert caught.value.problems[0].message == "'age' is written twice"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BackpainError, match="there is no file"):
        read_answers(tmp_path / "none.yaml", SMALL)


def test_data_that_did_not_come_from_a_file_is_checked_too() -> None:
    assert parse_answers({"danger": ["fever"]}, SMALL) == {"danger": ("fever",)}
    with pytest.raises(AnswersError) as caught:
        parse_answers({"danger": ["fevr"]}, SMALL)
    assert str(caught.value.problems[0].location) == "danger.0"
