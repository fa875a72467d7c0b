"""Nothing in the article that this project began with is lost: each item stands in the knowledge."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.knowledge.conftest import Record, records


class Item(NamedTuple):
    """Something the article says, and the words of ours that say it."""

    article: str
    file: str
    id: str
    words: tuple[str, ...]


ITEMS = (
    # What a spasm is.
    Item("common cause of back pain", "overview", "key-points", ("common cause of back pain",)),
    Item("affects millions worldwide", "overview", "how-common-it-is", ("619 million", "world")),
    Item("sudden, involuntary contractions", "overview", "what-a-muscle-spasm-is", ("sudden, involuntary",)),
    Item("painful and debilitating", "overview", "what-a-muscle-spasm-is", ("daily life hard",)),
    Item("muscle spasm", "causes", "muscle-spasm", ("spasm",)),
    # What it feels like.
    Item("pain", "overview", "what-it-feels-like", ("pain",)),
    Item("from mild to severe", "overview", "what-it-feels-like", ("mild to severe",)),
    Item("stiffness", "overview", "what-it-feels-like", ("stiffness",)),
    Item("limited mobility", "overview", "what-it-feels-like", ("limited movement",)),
    Item("tenderness", "overview", "what-it-feels-like", ("tenderness",)),
    # Causes and risk factors.
    Item("poor posture", "overview", "causes-and-risk-factors", ("posture",)),
    Item("poor posture", "risk_factors", "posture-and-muscle-imbalance", ("posture",)),
    Item("muscle imbalances", "overview", "causes-and-risk-factors", ("imbalance",)),
    Item("muscle imbalances", "risk_factors", "posture-and-muscle-imbalance", ("imbalance",)),
    Item("muscle strain", "overview", "causes-and-risk-factors", ("strain",)),
    Item("muscle strain", "causes", "muscle-strain", ("strain",)),
    Item("overuse", "overview", "causes-and-risk-factors", ("overuse",)),
    Item("overuse", "risk_factors", "overuse", ("not used to",)),
    Item("herniated discs", "overview", "causes-and-risk-factors", ("herniated disc",)),
    Item("herniated discs", "causes", "disc-herniation", ("disc",)),
    Item("spinal degeneration", "overview", "causes-and-risk-factors", ("degeneration",)),
    Item("spinal degeneration", "causes", "disc-pain", ("disc",)),
    Item("spinal stenosis", "overview", "causes-and-risk-factors", ("spinal stenosis",)),
    Item("spinal stenosis", "causes", "spinal-stenosis", ("stenosis", "narrow")),
    Item("nerve compression", "overview", "causes-and-risk-factors", ("nerve compression", "squeezed")),
    Item("nerve compression", "causes", "disc-herniation", ("nerve",)),
    Item("weakened core muscles", "overview", "causes-and-risk-factors", ("weak core",)),
    Item("weakened core muscles", "risk_factors", "weak-core", ("core",)),
    Item("previous injuries or trauma", "overview", "causes-and-risk-factors", ("earlier injury",)),
    Item("previous injuries or trauma", "risk_factors", "previous-injury", ("injury",)),
    # Conservative treatment.
    Item("a multi-faceted approach", "overview", "treatment-in-several-parts", ("a mix", "lies behind")),
    Item("conservative comes first", "overview", "conservative-treatments", ("conservative", "first")),
    Item("physical therapy", "overview", "conservative-treatments", ("physical therapy", "made for you")),
    Item("physical therapy", "treatments", "physical-therapy", ("conservative", "made for you")),
    Item("strengthen core muscles", "treatments", "physical-therapy", ("builds up your core",)),
    Item("improve flexibility", "treatments", "physical-therapy", ("flexib",)),
    Item("promote proper posture", "treatments", "physical-therapy", ("posture",)),
    Item("heat packs", "overview", "conservative-treatments", ("heat", "pack")),
    Item("heat packs", "treatments", "heat", ("conservative", "relax", "pain", "healing")),
    Item("cold packs", "overview", "conservative-treatments", ("cold pack",)),
    Item("cold packs", "treatments", "cold", ("conservative", "cold pack", "pain", "healing")),
    Item("massage relaxes muscles", "treatments", "massage", ("conservative", "relax", "massage")),
    Item("massage improves circulation", "treatments", "massage", ("circulation",)),
    Item("massage improves circulation", "overview", "conservative-treatments", ("blood",)),
    Item("massage reduces pain", "treatments", "massage", ("reduces pain",)),
    Item("medications", "overview", "conservative-treatments", ("medicines",)),
    Item("over-the-counter pain relievers", "overview", "conservative-treatments", ("you can buy",)),
    Item("over-the-counter pain relievers", "treatments", "paracetamol", ("over-the-counter",)),
    Item("muscle relaxants", "overview", "medicines", ("muscle relaxants",)),
    Item("muscle relaxants", "treatments", "muscle-relaxants", ("conservative", "muscle relaxants")),
    Item("anti-inflammatory medications", "overview", "medicines", ("anti-inflammatory",)),
    Item("anti-inflammatory medications", "treatments", "nsaid-tablets", ("conservative", "swelling")),
    # Advanced treatment.
    Item("advanced treatments for some", "overview", "advanced-treatments", ("simple care is not enough",)),
    Item("epidural injections", "overview", "epidural-injections", ("epidural space", "corticosteroid")),
    Item("minimally invasive", "overview", "epidural-injections", ("no cut",)),
    Item("to reduce inflammation", "overview", "epidural-injections", ("less swelling",)),
    Item("epidural injections", "treatments", "epidural-injections", ("advanced", "steroid")),
    Item("trigger point injections", "overview", "trigger-point-injections", ("pain reliever", "relax")),
    Item("trigger point injections", "treatments", "trigger-point-injections", ("advanced", "knot")),
    Item("chiropractic care", "overview", "chiropractic-care", ("spinal manipulation", "adjustment")),
    Item("a holistic approach", "overview", "chiropractic-care", ("whole person",)),
    Item("spinal alignment", "overview", "chiropractic-care", ("lines up the spine",)),
    Item("pressure on the muscles", "overview", "chiropractic-care", ("pressure off the muscles",)),
    Item("chiropractic care", "treatments", "chiropractic-care", ("advanced", "manipulation", "adjustment")),
    # Prevention.
    Item("a healthy weight", "overview", "prevention", ("healthy weight", "load on the muscles and spine")),
    Item("a healthy weight", "prevention", "healthy-weight", ("weight", "pressure")),
    Item("regular exercise", "overview", "prevention", ("regularly", "core muscles", "flexible")),
    Item("regular exercise", "prevention", "regular-exercise", ("regular exercise", "core")),
    Item("good posture", "overview", "prevention", ("posture",)),
    Item("good posture", "prevention", "good-posture", ("posture", "strain", "lines up")),
    Item("no heavy lifting and bending", "overview", "prevention", ("heavy lifting and bending",)),
    Item("no heavy lifting and bending", "prevention", "lifting-and-bending", ("heavy lifting and bending",)),
    # Key points and conclusion.
    Item("common, millions", "overview", "key-points", ("common cause", "millions")),
    Item("many parts, the cause behind", "overview", "key-points", ("several parts", "lies behind")),
    Item(
        "conservative treatments relieve",
        "overview",
        "key-points",
        ("conservative", "physical therapy", "heat and cold", "massage", "medicines"),
    ),
    Item(
        "advanced treatments in some cases",
        "overview",
        "key-points",
        ("advanced", "epidural injections", "trigger point injections", "chiropractic care"),
    ),
    Item(
        "lifestyle modifications prevent",
        "overview",
        "key-points",
        ("prevent", "healthy weight", "regular exercise", "posture"),
    ),
    Item("the conclusion", "overview", "in-short", ("common", "treatment that fits", "habits", "feel well")),
    # The article's three questions.
    Item(
        "most common causes?",
        "faq",
        "what-causes-spasm",
        ("posture", "muscle strain", "herniated discs", "spinal stenosis", "weak core muscles"),
    ),
    Item(
        "effective conservative treatments?",
        "faq",
        "treatments-without-needles",
        ("conservative", "physical therapy", "heat", "cold", "massage", "medicines"),
    ),
    Item(
        "can lifestyle prevent?",
        "faq",
        "lifestyle-changes",
        ("healthy weight", "regular exercise", "posture", "heavy lifting and bending"),
    ),
)

DISAGREEMENTS = (
    ("treatments", "epidural-injections"),
    ("treatments", "trigger-point-injections"),
    ("treatments", "chiropractic-care"),
    ("treatments", "muscle-relaxants"),
    ("overview", "posture"),
    ("overview", "staying-active"),
    ("overview", "medicines"),
    ("overview", "epidural-injections"),
    ("overview", "trigger-point-injections"),
    ("overview", "chiropractic-care"),
    ("overview", "lifting-and-bending"),
    ("prevention", "good-posture"),
    ("prevention", "lifting-and-bending"),
)
"""Where the article and today's guidelines differ, so both sides are shown."""


def record(knowledge_folder: Path, file: str, name: str) -> Record:
    return next(found for found in records(knowledge_folder, file) if found["id"] == name)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value.lower()
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.article} in {item.file} {item.id}")
def test_each_item_of_the_article_stands_in_our_words(knowledge_folder: Path, item: Item) -> None:
    ours = "\n".join(texts(record(knowledge_folder, item.file, item.id)))
    assert [word for word in item.words if word not in ours] == []


@pytest.mark.parametrize(("file", "name"), DISAGREEMENTS)
def test_both_sides_are_shown_where_guidelines_differ(knowledge_folder: Path, file: str, name: str) -> None:
    disagreement = record(knowledge_folder, file, name)["disagreement"]
    assert isinstance(disagreement, dict)
    assert [side for side in ("article", "guidelines", "sources") if not disagreement.get(side)] == []


def test_the_three_questions_of_the_article_come_first(knowledge_folder: Path) -> None:
    assert [question["id"] for question in records(knowledge_folder, "faq")[:3]] == [
        "what-causes-spasm",
        "treatments-without-needles",
        "lifestyle-changes",
    ]


def test_there_are_five_key_points(knowledge_folder: Path) -> None:
    points = record(knowledge_folder, "overview", "key-points")["points"]
    assert isinstance(points, list)
    assert len(points) == 5
