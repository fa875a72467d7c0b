"""Which way of asking suits a wish and a terminal."""

import io
from collections.abc import Mapping

import pytest

from backpain_cli.errors import UsageError
from backpain_cli.interview import Asker
from backpain_cli.prompts import choose_asker
from backpain_cli.prompts.plain import PlainAsker


class Stream(io.StringIO):
    """A text stream that may say it is a terminal."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


def chosen(
    environment: Mapping[str, str], *, plain: bool = False, asks: bool = True, shows: bool = True
) -> Asker:
    stdin, stdout = Stream(is_terminal=asks), Stream(is_terminal=shows)
    return choose_asker(plain=plain, environment=environment, stdin=stdin, stdout=stdout)


def test_whoever_wants_plain_lines_has_them_even_in_a_pipe() -> None:
    assert isinstance(chosen({}, plain=True, asks=False), PlainAsker)
    assert isinstance(chosen({"ACCESSIBLE": "1"}, asks=False), PlainAsker)


def test_a_terminal_that_cannot_draw_has_plain_lines() -> None:
    assert isinstance(chosen({"TERM": "dumb"}), PlainAsker)
    assert isinstance(chosen({"TERM": "xterm"}, shows=False), PlainAsker)


@pytest.mark.parametrize("environment", [{}, {"ACCESSIBLE": "0"}, {"ACCESSIBLE": ""}])
def test_nobody_is_asked_where_there_is_no_terminal(environment: Mapping[str, str]) -> None:
    with pytest.raises(UsageError, match="There is no terminal to ask at"):
        chosen(environment, asks=False)
