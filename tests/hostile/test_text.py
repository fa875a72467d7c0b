"""Local additions whose every text is hostile, through the whole program: nothing of it takes effect."""

import sys
import unicodedata
from itertools import product
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.hostile.test_files import TINY, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs limits on memory")

LOOKUPS = ("causes", "treatments", "prevention", "red-flags", "faq", "overview", "sources")
BIDI = "\u202e\u2066\u200f\u200b\ufeff"
MARKUP = "[bold red]b[/] [link=http://x.y]l[/link] :skull: <script>alert(1)</script> <img src=x onerror=y>"
MARKDOWN = "**b** [l](javascript:alert) ![i](http://x.y/z.png) `c` | # h &lt;i&gt;"
HOSTILE = f"{BIDI}{MARKUP} {MARKDOWN} \x85 \u2028"
ALL_LOOKUPS = [
    f"{command} --format {form}" for command, form in product(LOOKUPS, ("table", "markdown", "json"))
]
ONE_OF_EACH = ["causes strain", "treatments walking --format markdown", "faq --format json"]
GUIDES = [f"guide --no-input --answers a.yaml --format {form}" for form in ("table", "markdown", "json")]
ENDINGS = ("html", "md", "txt", "json")


@pytest.fixture
def hostile_folder(tmp_path: Path) -> Path:
    """Give the tiny knowledge with something hostile at the end of every text."""
    folder = tmp_path / "local"
    folder.mkdir()
    for path in TINY.glob("*.yaml"):
        # of ours, these may not lose what danger signs need
        text = path.read_text(encoding="utf-8").replace("id: age\n", "id: how-old\n")
        records = yaml.safe_load(text.replace("id: feel\n", "id: felt\n"))
        for record in records:
            for field, value in record.items():
                if isinstance(value, str) and " " in value:
                    record[field] = f"{value} {HOSTILE}"
        hostile = yaml.safe_dump(records, allow_unicode=True, sort_keys=False)
        (folder / path.name).write_text(hostile, encoding="utf-8")
    return folder


def assert_inert(text: str) -> None:
    """Assert that a result shows markup as the letters it is written with, and steers nothing."""
    assert {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"}} <= {"\n"}
    assert ":skull:" in text
    assert "alert(1)" in text


def assert_inert_markdown(text: str) -> None:
    tokens = MarkdownIt().parse(text)
    inline = [child for token in tokens for child in token.children or []]
    assert {token.type for token in (*tokens, *inline)}.isdisjoint({"html_block", "html_inline", "image"})
    assert [child for child in inline if "javascript" in str(child.attrGet("href"))] == []


def show(folder: Path, lines: list[str]) -> None:
    """Assert that commands show hostile knowledge harmlessly."""
    (folder / "a.yaml").write_text("age: 70\n", encoding="utf-8")
    for line, ended in zip(
        lines, run(folder, *(f"--knowledge local {line}".split() for line in lines)), strict=True
    ):
        assert ended.code == 0, ended.told
        assert_inert(ended.told)
        if "markdown" in line:
            assert_inert_markdown(ended.told)


def test_hostile_knowledge_is_shown_harmlessly(hostile_folder: Path) -> None:
    show(hostile_folder.parent, ONE_OF_EACH)


@pytest.mark.slow
def test_hostile_knowledge_is_shown_harmlessly_everywhere(hostile_folder: Path) -> None:
    show(hostile_folder.parent, [*ALL_LOOKUPS, *GUIDES])


@pytest.mark.slow
def test_hostile_knowledge_is_written_harmlessly(hostile_folder: Path) -> None:
    folder = hostile_folder.parent
    (folder / "a.yaml").write_text("age: 70\n", encoding="utf-8")
    lines = [f"--knowledge local guide --no-input --answers a.yaml --report r.{ending}" for ending in ENDINGS]
    assert [ended.code for ended in run(folder, *(line.split() for line in lines))] == [0] * len(ENDINGS)
    written = {ending: (folder / f"r.{ending}").read_text(encoding="utf-8") for ending in ENDINGS}
    for text in written.values():
        assert_inert(text)
    assert_inert_markdown(written["md"])
    assert "<script>alert" not in written["html"]
    assert "<img" not in written["html"]
