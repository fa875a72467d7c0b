import base64
import hashlib
import itertools
import re
import unicodedata
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from backpain_cli.assess import assess
from backpain_cli.errors import UsageError
from backpain_cli.evidence import Answers
from backpain_cli.model import Area, Disagreement, Finding, Knowledge, Option, Strength
from backpain_cli.report.documents import Form, form_of, render_document
from backpain_cli.report.drawing import LINE, marks
from backpain_cli.report.handover import Row, handover
from backpain_cli.report.takeaway import MOST_SOURCES, ChangedAdvice, Moment, take_away
from backpain_cli.result import Assessment
from tests.small import DAY, GB, SMALL, US

STRAIN: Answers = {
    "danger": (),
    "age": 35,
    "when": "this-week",
    "began": ("after-lifting",),
    "leg": (),
    "medicines": ("takes-blood-thinner",),
    "mood": ("low-mood",),
}
LONG: Answers = {
    "danger": ("fever?",),
    "age": "not-sure",
    "when": "months-ago",
    "leg": ("leg-pain", "leg-tingling"),
    "mornings": "stiff-mornings",
}
EMERGENCY: Answers = {"danger": ("numb-saddle", "weak-leg?")}
HOSTILE_ANSWERS: Answers = {**STRAIN, "leg": ("leg-pain",)}

VIEWS = Disagreement("It heals.", "It eases the pain.", ("a-study",))
CHANGED = replace(
    SMALL,
    treatments=tuple(replace(treatment, disagreement=VIEWS) for treatment in SMALL.treatments),
    risk_factors=tuple(replace(factor, disagreement=VIEWS) for factor in SMALL.risk_factors),
    prevention=tuple(replace(tip, disagreement=VIEWS) for tip in SMALL.prevention),
)

READ = (Form.HTML, Form.MARKDOWN, Form.TEXT)
PLAIN_TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "nav",
        "main",
        "footer",
        "section",
        "div",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "a",
        "strong",
        "span",
        "svg",
        "desc",
        "defs",
        "pattern",
        "line",
        "path",
        "ellipse",
        "text",
    ]
)
HOSTILE = (
    "<script>alert(1)</script>\x1b[31mred\x1b[0m \u202eevil\u2066 \x9b2J\x00 **bold** "
    "[a](https://evil.example) "
    "`code` {{ 7 * 7 }} {% raw %} &amp; <img src=x onerror=alert(1)>\n# heading\n- item\n\n1. one\n***\n"
    + "x"
    * 10_000
)
TEXT_FIELDS = frozenset(
    [
        "name",
        "absent",
        "term",
        "text",
        "label",
        "title",
        "authors",
        "publisher",
        "meaning",
        "action",
        "by_when",
        "say",
        "watch_for",
        "summary",
        "outlook",
        "who_to_see",
        "evidence",
        "what_helps",
        "what",
        "effect",
        "starts_working",
        "stop_or_change",
        "because",
        "article",
        "guidelines",
        "unit",
    ]
)
LIST_FIELDS = frozenset({"how_to", "meanwhile"})


def result(answers: Answers, knowledge: Knowledge = SMALL) -> Assessment:
    return assess(knowledge, answers, DAY, GB)


def document(answers: Answers, form: Form, knowledge: Knowledge = SMALL) -> str:
    return render_document(result(answers, knowledge), knowledge, GB, form)


def hostile_knowledge(knowledge: Knowledge) -> Knowledge:
    """Return knowledge in which every text begins with all that could do harm."""
    tables = msgspec.to_builtins(knowledge.tables)
    sources = [{**source, "doi": "", "url": "javascript:alert(1)"} for source in tables["sources"]]
    spoilt = {name: _spoilt(table) for name, table in {**tables, "sources": sources}.items()}
    return msgspec.convert(spoilt, Knowledge)


def _spoilt(value: object, key: str = "") -> object:
    if isinstance(value, dict):
        return {name: _spoilt(held, name) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_spoilt(held, key if key in LIST_FIELDS else "") for held in value]
    # a link's `absent` may be a word for a ratio; a finding's is a text
    is_text = isinstance(value, str) and value not in set(Strength)
    return f"{HOSTILE} {value}" if is_text and key in TEXT_FIELDS | LIST_FIELDS else value


class Page(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and its text by tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag != "meta":
            self._open.append(tag)
            self.texts.append((tag, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self.texts[-1][0] == self._open[-1]:
            self.texts[-1] = (self._open[-1], self.texts[-1][1] + data)
        else:
            self.texts.append((self._open[-1] if self._open else "", data))

    @property
    def headings(self) -> list[tuple[str, str]]:
        return [(tag, " ".join(text.split())) for tag, text in self.texts if re.fullmatch("h[1-6]", tag)]


def markdown_headings(text: str) -> list[tuple[str, str]]:
    tokens = MarkdownIt().parse(text)
    return [
        (token.tag, "".join(child.content for child in tokens[place + 1].children or []))
        for place, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


STRAIN_HEADINGS = [
    ("h1", "Back pain: summary and plan"),
    ("h2", "For the clinician"),
    ("h3", "Danger signs"),
    ("h3", "The person, the pain and its course"),
    ("h2", "For you"),
    ("h3", "How soon to be seen: Look after it at home"),
    ("h3", "What to do next"),
    ("h3", "What fits, and why"),
    ("h4", "Strain: fits well"),
    ("h3", "What may be adding to it"),
    ("h3", "What to do at home"),
    ("h4", "Heat: recommended"),
    ("h3", "What is not for you"),
    ("h3", "What guidelines advise against"),
    ("h3", "Making the next time less likely"),
    ("h3", "Questions to ask the clinician"),
    ("h2", "Sources"),
    ("h2", "What this is, and what it is not"),
]
EMERGENCY_HEADINGS = [
    ("h1", "Back pain: summary and plan"),
    ("h2", "EMERGENCY: get help now"),
    ("h2", "For the clinician"),
    ("h3", "Danger signs"),
    ("h3", "The person, the pain and its course"),
    ("h2", "Sources"),
    ("h2", "What this is, and what it is not"),
]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("plan.html", Form.HTML),
        ("PLAN.HTM", Form.HTML),
        ("for.my.doctor.md", Form.MARKDOWN),
        ("plan.txt", Form.TEXT),
        ("plan.json", Form.JSON),
    ],
)
def test_the_end_of_the_name_says_the_form(name: str, form: Form) -> None:
    assert form_of(Path(name)) is form


@pytest.mark.parametrize("name", ["plan.pdf", "plan", ".html"])
def test_another_ending_is_refused_with_the_four_that_work(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        form_of(Path(name))
    assert caught.value.message == f"a report cannot be written as '{name}'"
    assert caught.value.hint == "end the name in .html, .md, .txt or .json"


@pytest.mark.parametrize("form", Form)
def test_the_same_result_gives_the_same_document(form: Form) -> None:
    assert document(STRAIN, form) == document(STRAIN, form)


def test_json_is_the_whole_result() -> None:
    text = document(LONG, Form.JSON)
    assert msgspec.json.decode(text, type=Assessment) == result(LONG)
    assert text.startswith('{\n  "schema": "backpain.assessment.v1",\n')


def test_the_page_has_its_parts_in_order() -> None:
    assert Page(document(STRAIN, Form.HTML)).headings == STRAIN_HEADINGS


def test_an_emergency_leads_with_its_card_and_has_no_treatments() -> None:
    assert Page(document(EMERGENCY, Form.HTML)).headings == EMERGENCY_HEADINGS


@pytest.mark.parametrize("form", READ)
def test_an_emergency_says_where_to_go_and_what_to_say(form: Form) -> None:
    text = " ".join(document(EMERGENCY, form).split())
    for words in ("Go to A&amp;E or call 999." if form is not Form.TEXT else "Go to A&E or call 999.",):
        assert words in text
    assert "“My back hurts and I am numb.”" in text
    assert "walking" not in text.lower()
    assert "tablets" not in text.lower()


def test_the_page_is_one_file_that_may_load_and_run_nothing() -> None:
    page = Page(document(STRAIN, Form.HTML))
    [policy] = [told["content"] for tag, told in page.tags if told.get("http-equiv")]
    [style] = [text for tag, text in page.texts if tag == "style"]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; img-src 'none'; script-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    names = {name for _, told in page.tags for name in told}
    assert names.isdisjoint({"src", "style", "srcset", "action"})
    assert "@import" not in style
    assert re.findall(r"url\(([^)]*)\)", style) == ["#hatch"]


def test_the_page_says_its_language_and_has_landmarks() -> None:
    page = Page(document(STRAIN, Form.HTML))
    assert page.tags[0] == ("html", {"lang": "en-GB"})
    tags = [tag for tag, _ in page.tags]
    assert [tags.count(tag) for tag in ("header", "nav", "main", "footer", "h1")] == [1, 1, 1, 1, 1]


def test_every_link_inside_the_page_leads_somewhere() -> None:
    page = Page(document(LONG, Form.HTML))
    ids = [told["id"] for _, told in page.tags if "id" in told]
    inner = {told["href"][1:] for _, told in page.tags if told.get("href", "").startswith("#")}
    assert len(ids) == len(set(ids))
    assert inner <= set(ids)


@pytest.mark.parametrize("answers", [STRAIN, LONG, EMERGENCY])
def test_markdown_has_the_headings_of_the_page(answers: Answers) -> None:
    assert markdown_headings(document(answers, Form.MARKDOWN)) == Page(document(answers, Form.HTML)).headings


@pytest.mark.parametrize("answers", [STRAIN, LONG, EMERGENCY])
def test_text_keeps_to_80_columns(answers: Answers) -> None:
    lines = document(answers, Form.TEXT).splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("answers", [STRAIN, LONG, EMERGENCY])
def test_every_claim_names_a_source_that_is_listed(answers: Answers) -> None:
    told = take_away(result(answers, CHANGED), CHANGED, GB)
    parts = (told.reasons, told.causes, told.factors, told.at_home, told.also_at_home, told.exercises)
    others = (told.not_for_you, told.advised_against, told.advanced, told.prevention, told.changed)
    listed = {source.id for source in told.sources}
    for claim in (claim for part in (*parts, *others) for claim in part):
        assert claim.sources
        assert set(claim.sources[:MOST_SOURCES]) <= listed


def test_advice_that_has_changed_is_told_both_ways_for_all_that_the_document_names() -> None:
    told = take_away(result(STRAIN, CHANGED), CHANGED, GB)
    names = ("heat", "tablets", "rest", "low mood", "walking", "care for your mood")
    assert told.changed == tuple(
        ChangedAdvice(name, "It heals.", "It eases the pain.", ("a-study",)) for name in names
    )
    heading = "### Where advice has changed"
    part = document(STRAIN, Form.MARKDOWN, CHANGED).partition(heading)[2]
    assert "- **Heat.** Then: It heals. **Now:** It eases the pain. (source 1)\n" in part


def test_a_source_is_shown_with_its_link_and_how_far_it_was_read() -> None:
    told = "Doe J. A study. 2020; read in full."
    assert f"1. {told} <https://doi.org/10.1/x>" in document(STRAIN, Form.MARKDOWN)
    assert f"1. {told} https://doi.org/10.1/x" in document(STRAIN, Form.TEXT)
    link = '<a href="https://doi.org/10.1/x" rel="noreferrer">doi.org/10.1/x</a>'
    assert f'<li id="source-1">{told} {link}</li>' in document(STRAIN, Form.HTML)


def test_answers_are_reported_denied_or_not_known_in_the_field_s_words() -> None:
    fever = msgspec.structs.replace(SMALL.finding_by_id["fever"], term="pyrexia")
    findings = tuple(fever if finding.id == "fever" else finding for finding in SMALL.findings)
    knowledge = msgspec.structs.replace(SMALL, findings=findings)
    told = handover(result(LONG, knowledge), knowledge)
    assert told.safety == (Row("danger?", (), ("numb saddle", "weak leg"), ("pyrexia",)),)
    assert told.story == (
        Row("age?", (), (), ("not sure",)),
        Row("when?", ("Months ago",)),
        Row("leg?", ("leg pain", "leg tingling")),
        Row("mornings?", ("stiff mornings",)),
    )
    assert told.not_asked == ("began?", "medicines?", "mood?")
    assert told.began == "Months ago"


def test_a_clinician_is_told_of_no_urgency_while_danger_signs_were_not_asked_about() -> None:
    unasked = {name: value for name, value in STRAIN.items() if name != "danger"}
    told = "- **Urgency by this guide:** not settled: not every danger sign was asked about\n"
    assert told in document(unasked, Form.MARKDOWN)
    assert "- **Urgency by this guide:** Look after it at home\n" in document(STRAIN, Form.MARKDOWN)


def test_what_bears_on_treatment_is_told_apart() -> None:
    assert handover(result(STRAIN), SMALL).bearing == Row("", ("takes blood thinner",))
    assert handover(result(LONG), SMALL).bearing == Row("")


def test_the_timeline_ends_with_the_day_to_be_better_by() -> None:
    assert take_away(result(STRAIN), SMALL, GB).timeline[:2] == (
        Moment("It began", "This week"),
        Moment("Today", "Saturday 31 January 2026"),
    )
    names = [moment.name for moment in take_away(result(STRAIN), SMALL, GB).timeline]
    assert names == ["It began", "Today", "Should be clearly better by", "If it is not, see someone"]
    assert take_away(result(LONG), SMALL, US).timeline[-1].when == "Saturday, February 14, 2026"
    assert take_away(result(EMERGENCY), SMALL, GB).timeline[-1] == Moment("See someone", "now")


def test_the_drawing_marks_each_place_with_words_that_do_not_overlap() -> None:
    placed = marks(Area)
    assert [mark.words for mark in placed] == [
        "upper back",
        "mid back",
        "flank",
        "low back",
        "tailbone",
        "hip or groin",
        "buttock",
        "thigh",
        "below the knee",
    ]
    heights = [mark.words_y for mark in placed]
    assert all(below - above >= LINE for above, below in itertools.pairwise(heights))
    assert heights[-1] < 362


def test_the_drawing_has_words_for_those_who_do_not_see_it() -> None:
    spot = Option(id="spot", text="Low back", findings=("spot",), area=Area.LOW_BACK)
    question = msgspec.structs.replace(SMALL.question_by_id["leg"], id="where", options=(spot,))
    finding = Finding(id="spot", name="low back pain", absent="no low back pain")
    knowledge = msgspec.structs.replace(
        SMALL, questions=(*SMALL.questions, question), findings=(*SMALL.findings, finding)
    )
    text = document({**STRAIN, "where": ("spot",)}, Form.HTML, knowledge)
    assert '<svg viewBox="28 0 264 362" role="img" aria-labelledby="back-title back-words">' in text
    assert '<desc id="back-words">Pain was reported here: low back. The side was not asked.</desc>' in text
    assert "<svg" not in document(STRAIN, Form.HTML)


def test_local_records_and_the_knowledge_are_named() -> None:
    knowledge = msgspec.structs.replace(SMALL, local_ids=frozenset({"treatments/ice", "regions/GB"}))
    for form in READ:
        text = " ".join(document(STRAIN, form, knowledge).split())
        assert "Local records used: regions/GB, treatments/ice." in text
        assert knowledge.digest in text


@pytest.mark.parametrize("answers", [HOSTILE_ANSWERS, LONG, EMERGENCY])
def test_hostile_text_adds_no_tag_no_link_and_no_script(answers: Answers) -> None:
    text = document(answers, Form.HTML, hostile_knowledge(CHANGED))
    page = Page(text)
    assert {tag for tag, _ in page.tags} <= PLAIN_TAGS
    assert not [name for _, told in page.tags for name in told if name.startswith("on")]
    assert {told["href"][0] for tag, told in page.tags if tag == "a"} == {"#"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7 * 7 }}" in text
    assert len(page.headings) == len(Page(document(answers, Form.HTML, CHANGED)).headings)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("answers", [HOSTILE_ANSWERS, EMERGENCY])
def test_no_control_or_hidden_sign_comes_through(answers: Answers, form: Form) -> None:
    text = document(answers, form, hostile_knowledge(CHANGED))
    assert {sign for sign in set(text) if unicodedata.category(sign) in {"Cc", "Cf"}} == {"\n"}
    assert "[31m" not in text or form is Form.JSON


@pytest.mark.parametrize("answers", [HOSTILE_ANSWERS, LONG, EMERGENCY])
def test_hostile_text_stays_text_in_markdown(answers: Answers) -> None:
    tokens = MarkdownIt().parse(document(answers, Form.MARKDOWN, hostile_knowledge(CHANGED)))
    inline = {child.type for token in tokens for child in token.children or []}
    assert inline <= {"text", "strong_open", "strong_close", "text_special"}
    assert {token.type for token in tokens}.isdisjoint({"html_block", "hr", "fence", "code_block"})
    plain = MarkdownIt().parse(document(answers, Form.MARKDOWN, CHANGED))
    assert [token.type for token in tokens] == [token.type for token in plain]


def test_hostile_text_keeps_to_80_columns() -> None:
    lines = document(HOSTILE_ANSWERS, Form.TEXT, hostile_knowledge(CHANGED)).splitlines()
    assert max(map(len, lines)) <= 80


def test_templates_call_only_their_own_marks_and_checked_addresses_safe() -> None:
    folder = files("backpain_cli.report").joinpath("templates")
    texts = [file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".j2")]
    safe = {word for text in texts for word in re.findall(r"([^\s(,{]+)\|safe", text)}
    assert safe == {'"', '"**"', '"<"', '">"', "style", "source.link|address"}


@pytest.mark.parametrize("theme", [0, 1])
def test_words_stand_out_from_what_is_behind_them(theme: int) -> None:
    style = files("backpain_cli.report").joinpath("templates", "report.css").read_text("utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", style.split(":root {")[theme + 1]))
    for words in ("ink", "soft", "link"):
        assert contrast(colours[words], colours["paper"]) >= 4.5
    for words in ("ink", "link", "soft", "alarm"):
        assert contrast(colours[words], colours["alarm-panel"]) >= 4.5
    assert contrast(colours["mark"], colours["skin"]) >= 3


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours. Source: WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
