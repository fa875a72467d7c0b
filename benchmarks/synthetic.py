"""A knowledge made up at any size, and people made up for any knowledge; the same each time."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from backpain_cli.answers import as_answers
from backpain_cli.evidence import NOT_SURE
from backpain_cli.model import (
    Cause,
    CauseKind,
    Certainty,
    Compound,
    Extent,
    Finding,
    Knowledge,
    Level,
    Link,
    Option,
    Question,
    QuestionKind,
    RedFlag,
    Region,
    Section,
    Source,
    Stage,
    Stance,
    Strength,
    Treatment,
    TreatmentEvidence,
    TreatmentType,
)
from backpain_cli.result import AnswerValue

if TYPE_CHECKING:
    from backpain_cli.document import Data

DAY = date(2026, 1, 31)
SOURCES = ("a-study",)
OPTIONS = 6
"""Findings of one question."""
WORDS = tuple(word for word in Strength if word is not Strength.NEUTRAL)


def large(causes: int = 3_000, findings: int = 15_000, links: int = 60_000) -> Knowledge:
    """Return a knowledge of this size, with a question for every six findings and all else to match."""
    random = Random(1)
    names = [f"finding-{n}" for n in range(findings)]
    treatments = [f"treatment-{n}" for n in range(causes // 10)]
    return Knowledge(
        sources=(
            Source(id=SOURCES[0], title="A study", authors="A", year=2020, publisher="P", read=Extent.FULL),
        ),
        findings=tuple(Finding(id=name, name=f"you have {name}", absent=f"no {name}") for name in names),
        questions=tuple(_question(n, names[n : n + OPTIONS]) for n in range(0, findings, OPTIONS)),
        red_flags=tuple(_flag(n, random.sample(names[: findings // 10], 3)) for n in range(causes // 3)),
        causes=tuple(
            _cause(random, n, random.sample(names, links // causes), random.sample(treatments, 5))
            for n in range(causes)
        ),
        treatments=tuple(map(_treatment, treatments)),
        regions=(Region(code="default", name="your region", emergency="112"),),
    )


def people(knowledge: Knowledge, number: int, part: float = 0.9) -> Iterator[dict[str, AnswerValue]]:
    """Yield the answers of made-up people, each of whom was asked that part of the questions."""
    random = Random(2)
    for _ in range(number):
        asked = (question for question in knowledge.questions if random.random() < part)
        yield as_answers({question.id: _answer(random, question) for question in asked})


def _answer(random: Random, question: Question) -> "Data":
    names = [option.id for option in question.options]
    if random.random() < 0.05:  # noqa: PLR2004 - one answer in twenty
        return NOT_SURE
    if question.kind is QuestionKind.NUMBER:
        return random.randint(int(question.minimum), int(question.maximum))
    if question.kind is QuestionKind.ONE_OF:
        return random.choice(names)
    rare = question.section is Section.SAFETY
    return [name for name in names if random.random() < (0.02 if rare else 0.15)]


def _question(number: int, names: list[str]) -> Question:
    section = Section.SAFETY if number < 20 * OPTIONS else Section.MATCHING
    return Question(
        id=f"question-{number}",
        section=section,
        kind=QuestionKind.MANY_OF,
        text="Which of these?",
        why="It helps.",
        options=tuple(Option(id=name, text=name, findings=(name,)) for name in names),
    )


def _flag(number: int, names: list[str]) -> RedFlag:
    return RedFlag(
        id=f"flag-{number}",
        name="a sign",
        when=Compound(all_of=tuple(names)),
        level=Level.URGENT,
        if_unsure=Level.ROUTINE,
        meaning="It may mean harm.",
        action="Call your doctor.",
        by_when="today",
        sources=SOURCES,
        reviewed=DAY,
    )


def _cause(random: Random, number: int, names: list[str], treatments: list[str]) -> Cause:
    return Cause(
        id=f"cause-{number}",
        name=f"cause {number}",
        kind=CauseKind.MECHANICAL,
        summary="A cause.",
        prior=random.uniform(0.001, 0.02),
        prevalence="Some.",
        links=tuple(Link(name, present=random.choice(WORDS), absent=random.choice(WORDS)) for name in names),
        outlook="Good.",
        who_to_see="See your doctor.",
        treatments=tuple(treatments),
        sources=SOURCES,
        reviewed=DAY,
    )


def _treatment(name: str) -> Treatment:
    return Treatment(
        id=name,
        name=name,
        type=TreatmentType.CONSERVATIVE,
        summary="A treatment.",
        how_to=("Do it.",),
        evidence={Stage.ACUTE: TreatmentEvidence("Some.", Certainty.LOW, {"NICE": Stance.FOR})},
        starts_working="Soon.",
        stop_or_change="If it hurts.",
        sources=SOURCES,
        reviewed=DAY,
    )
