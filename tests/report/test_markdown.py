"""Blocks as Markdown: text stays text."""

import pytest

from backpain_cli.report.blocks import Bullets, Column, Facts, Grid, Heading, Link, Paragraph
from backpain_cli.report.markdown import as_markdown, escape
from backpain_cli.report.treatment_lookups import treatment_detail
from tests.report.sample import HEAT, KNOWLEDGE

BLOCKS = (
    Heading("A [title]", 1),
    Paragraph("One.\n\nTwo."),
    Bullets(("a", "b")),
    Facts((("Now", "go"), ("Until", ("x", "y")), ("1", "book"), ("", Link("https://example.org/a_b")))),
    Grid((Column("A"), Column("B")), (("x|y", "z"),)),
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Keep moving.", "Keep moving."),
        ("numb [both legs] now", r"numb \[both legs\] now"),
        (":pill: at 10:30", r"\:pill: at 10:30"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a & b", "a &amp; b"),
        ("*bold* _thin_ `code` ~gone~", r"\*bold\* \_thin\_ \`code\` \~gone\~"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("+ no list", r"\+ no list"),
        ("1. no list", r"1\. no list"),
        ("2) no list", r"2\) no list"),
        ("=== no heading", r"\=== no heading"),
        ("1.5 points", "1.5 points"),
        ("a | b", r"a \| b"),
        ("![image](x)", r"!\[image\](x)"),
        ("https://example.org and www.example.org", r"https\://example.org and www\.example.org"),
        ("a@example.org", r"a\@example.org"),
        ("a \\ b", r"a \\ b"),
        ("two\nlines", "two lines"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("$x$", r"\$x\$"),
    ],
)
def test_text_cannot_become_markup(text: str, written: str) -> None:
    assert escape(text) == written


def test_every_kind_of_block_has_its_form() -> None:
    assert (
        as_markdown(BLOCKS)
        == """\
# A \\[title\\]

One.

Two.

- a
- b

* **Now:** go
* **Until:**
  - x
  - y
* **1:** book
  <https://example.org/a_b>

| A | B |
| --- | --- |
| x\\|y | z |
"""
    )


def test_an_address_that_is_none_is_written_as_text() -> None:
    assert (
        as_markdown([Facts((("Where", Link("javascript:alert(1) <b>")),))])
        == """\
* **Where:** javascript:alert(1) &lt;b&gt;
"""
    )


def test_a_treatment_is_written_whole() -> None:
    assert (
        as_markdown(treatment_detail(KNOWLEDGE, HEAT))
        == """\
# Heat

A warm pack dulls pain. It works best when you move.

* **Also called:** heat pack

## How to do it

- Keep it on for 15 to 20 minutes.
- Never fall asleep with it.

## What to expect

* **It starts working:** Within minutes.
* **Stop or change:** Stop if your skin blisters.
* **What can go wrong:** Burns.

## When not to, and when to take care

* **Take care with:** Numb skin: you could burn and not feel it

## What the evidence says

### The first 4 weeks

* **What trials found:** Clear relief for a short time.
* **How sure:** fairly sure (moderate certainty)
* **Guidelines:** ACP: recommended

### Longer than 12 weeks

* **What trials found:** Too little studied to say.
* **How sure:** not sure at all (very low certainty)

## Where advice has changed

* **Often said:** Heat helps healing.
* **Guidelines now say:** Heat eases pain for a short time.

## Sources

* **1:** French S, et al. Heat for the back. 2006 (read in part).
  <https://doi.org/10.1002/x>
"""
    )
