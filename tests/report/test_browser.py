"""The HTML document in a real browser. A browser or an axe-core that is missing fails these tests.

They need Debian's Chromium (or the one that CHROMIUM names) and axe-core from npm, in `node_modules/`
at the top of the tree or in the folder that AXE_CORE names; see browser/package.json.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from backpain_cli.assess import assess
from backpain_cli.case_files import read_cases
from backpain_cli.cases import put
from backpain_cli.evidence import Answers
from backpain_cli.knowledge import FOLDER, load
from backpain_cli.report.documents import Form, render_document
from tests.report.test_documents import CHANGED, HOSTILE_ANSWERS, hostile_knowledge
from tests.small import GB

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NODE_MODULES = Path(os.environ.get("AXE_CORE", Path(__file__).parents[2] / "node_modules"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DAY = date(2026, 11, 23)

STRAIN: Answers = {
    "nerves": (),
    "sudden-signs": (),
    "how-it-began": ("onset-lifting",),
    "illness": (),
    "conditions": ("diabetes",),
    "age": 45,
    "who": "woman",
    "where": ("low-back", "buttock"),
    "when": "last-2-weeks",
    "story": ("familiar-pain",),
    "worse": ("bending-forward", "lifting"),
    "eases": ("lying", "heat"),
    "feel": ("sharp-on-moving", "gripping-spasm"),
    "touch": (),
    "treatment-safety": ("stomach-ulcer",),
    "daily-life": ("long-sitting", "poor-sleep"),
}
LONG_SCIATICA: Answers = {
    **STRAIN,
    "where": ("low-back", "buttock", "thigh", "below-knee"),
    "when": "over-3-months",
    "tried": ("exercise", "tablets"),
}
EVERYWHERE = (
    "upper-back",
    "mid-back",
    "low-back",
    "flank",
    "buttock",
    "tailbone",
    "groin",
    "thigh",
    "below-knee",
)
LONGEST = "blind-third-backpacker-with-a-heavy-leg"
"""The worked case whose plan takes the most paper."""
EMERGENCY: Answers = {"nerves": ("saddle-numbness", "bladder-change", "leg-weakness?")}

SHOWN_TEXTS = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode())
        if (walker.currentNode.parentElement.checkVisibility()) texts.push(walker.currentNode.data);
    return texts;
}"""

WORDS_BEYOND_THE_DRAWING = """() => {
    const end = document.querySelector('svg').getBoundingClientRect().right;
    const words = [...document.querySelectorAll('svg text')];
    return words.filter(word => word.getBoundingClientRect().right > end).map(word => word.textContent);
}"""

Show = Callable[..., Page]


def real(answers: Answers) -> str:
    knowledge = load()
    region = knowledge.region_by_code["GB"]
    return render_document(assess(knowledge, answers, DAY, region), knowledge, region, Form.HTML)


def hostile() -> str:
    knowledge = hostile_knowledge(CHANGED)
    return render_document(assess(knowledge, HOSTILE_ANSWERS, DAY, GB), knowledge, GB, Form.HTML)


def worked_case(name: str) -> str:
    """Return the plan that a worked case comes to."""
    knowledge = load()
    region = knowledge.region_by_code["GB"]
    case = next(case for case in read_cases(FOLDER / "cases", knowledge) if case.id == name)
    return render_document(put(knowledge, case, region).result, knowledge, region, Form.HTML)


DOCUMENTS = {
    "strain": lambda: real(STRAIN),
    "long sciatica": lambda: real(LONG_SCIATICA),
    "longest": lambda: worked_case(LONGEST),
    "everywhere": lambda: real({**STRAIN, "where": EVERYWHERE}),
    "emergency": lambda: real(EMERGENCY),
    "hostile": hostile,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Show:
    """Open a document; whatever the page asks for or complains of is gathered in `said`."""

    def open_page(name: str, *, width: int = 1000, scheme: str = "light") -> Page:
        path = tmp_path / "report.html"
        path.write_text(DOCUMENTS[name](), encoding="utf-8")
        dark = scheme == "dark"
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: said.append(request.url))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(path.as_uri())
        assert said == [path.as_uri()]
        return page

    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["strain", "emergency", "hostile"])
def test_axe_finds_no_violation(show: Show, name: str, scheme: str) -> None:
    page = show(name, scheme=scheme)
    page.evaluate((NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    told = [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]]
    assert told == []
    assert len(found["passes"]) > 15


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_is_wider_than_a_narrow_phone(show: Show, name: str) -> None:
    page = show(name, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["strain", "long sciatica", "longest"])
def test_a_plan_prints_on_two_or_three_pages_and_nothing_is_cut(show: Show, name: str, paper: str) -> None:
    page = show(name)
    printed = PdfReader(BytesIO(page.pdf(format=paper)))
    assert 2 <= len(printed.pages) <= 3
    on_paper = "".join("".join(sheet.extract_text().split()) for sheet in printed.pages)
    page.emulate_media(media="print")
    words = {word for text in page.evaluate(SHOWN_TEXTS) for word in text.split()}
    assert [word for word in sorted(words) if word not in on_paper] == []


def test_the_style_sheet_is_the_one_that_the_policy_allows(show: Show) -> None:
    page = show("strain")
    assert page.evaluate("getComputedStyle(document.querySelector('.soon')).borderTopWidth") == "2px"


def test_the_policy_runs_no_script_and_allows_no_other_style(show: Show) -> None:
    page = show("strain")
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'document.title = "run"';
            const style = document.createElement('style');
            style.textContent = 'h1 { color: rgb(1, 2, 3) }';
            document.body.append(script, style);
        }"""
    )
    assert page.title() == "Back pain: summary and plan, Monday 23 November 2026"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(1, 2, 3)"


@pytest.mark.parametrize("width", [320, 1000])
def test_the_words_beside_the_drawing_are_whole(show: Show, width: int) -> None:
    page = show("everywhere", width=width)
    assert page.locator("svg text").count() == len(EVERYWHERE)
    assert page.evaluate(WORDS_BEYOND_THE_DRAWING) == []


def test_the_drawing_and_the_parts_of_the_page_have_names(show: Show) -> None:
    page = show("strain")
    assert page.get_by_role("img", name="The back, seen from behind").count() == 1
    assert page.get_by_role("navigation", name="Parts of this page").count() == 1
    assert page.get_by_role("list", name="Timeline").count() == 1
    regions = page.get_by_role("region")
    assert [regions.nth(place).locator("h2").inner_text() for place in range(regions.count())] == [
        "For the clinician",
        "For you",
        "Sources",
    ]
