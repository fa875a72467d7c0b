"""What tests of the report need: blocks as a terminal of a given width shows them."""

from collections.abc import Callable, Iterable

import pytest

from backpain_cli.report.blocks import Block
from backpain_cli.report.console import show
from backpain_cli.report.tables import render

Printed = Callable[..., str]


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "NO_COLOR",
        "FORCE_COLOR",
        "TTY_COMPATIBLE",
        "TTY_INTERACTIVE",
        "ACCESSIBLE",
        "COLUMNS",
        "LINES",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Printed:
    def run(blocks: Iterable[Block], width: int = 80, *, plain: bool = False) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        capsys.readouterr()
        show(render(blocks, plain=plain))
        return capsys.readouterr().out

    return run
