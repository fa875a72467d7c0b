"""The functions one at a time: `pytest benchmarks --benchmark-columns=median,iqr,rounds`.

The limits are those of a quiet machine; what is compared with others stands in `run`.
"""

from itertools import cycle

import msgspec
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from backpain_cli.assess import assess
from backpain_cli.batch import Line, Setting, assess_line
from backpain_cli.interview import next_question
from backpain_cli.knowledge import load
from backpain_cli.model import Knowledge, Section
from backpain_cli.regions import find_region
from backpain_cli.result import AnswerValue
from benchmarks.synthetic import DAY, large, people

KNOWLEDGES = {"shipped": load, "a hundred times as large": large}
LIMITS = {
    ("assess", "shipped"): 0.001,
    ("assess", "a hundred times as large"): 0.060,
    ("next_question", "shipped"): 0.005,
    ("next_question", "a hundred times as large"): 0.100,
}
"""Seconds, of the median."""
MIDWAY = 5
"""Answers beside those about safety; from the sixth on no more questions are asked to tell causes apart."""


@pytest.fixture(params=KNOWLEDGES, scope="module")
def named(request: pytest.FixtureRequest) -> tuple[str, Knowledge]:
    return request.param, KNOWLEDGES[request.param]()


def asked(knowledge: Knowledge, person: dict[str, AnswerValue]) -> dict[str, AnswerValue]:
    """Return the answers of a person midway: no danger sign, and the first answers about the pain."""
    calm: dict[str, AnswerValue] = {q.id: () for q in knowledge.questions if q.section is Section.SAFETY}
    others = [question for question in person if question not in calm]
    return calm | {question: person[question] for question in others[:MIDWAY]}


def test_assess(benchmark: BenchmarkFixture, named: tuple[str, Knowledge]) -> None:
    name, knowledge = named
    region = find_region(knowledge, "GB", {})
    persons = cycle([asked(knowledge, person) for person in people(knowledge, 20)])
    benchmark(lambda: assess(knowledge, next(persons), DAY, region))
    assert benchmark.stats.stats.median < LIMITS["assess", name]


def test_assess_someone_who_answered_nine_in_ten(
    benchmark: BenchmarkFixture, named: tuple[str, Knowledge]
) -> None:
    _, knowledge = named
    region = find_region(knowledge, "GB", {})
    persons = cycle(people(knowledge, 20))
    benchmark(lambda: assess(knowledge, next(persons), DAY, region))


def test_next_question(benchmark: BenchmarkFixture, named: tuple[str, Knowledge]) -> None:
    name, knowledge = named
    persons = cycle([asked(knowledge, person) for person in people(knowledge, 20)])
    benchmark(lambda: next_question(knowledge, next(persons)))
    assert benchmark.stats.stats.median < LIMITS["next_question", name]


def test_a_line_of_many(benchmark: BenchmarkFixture) -> None:
    knowledge = load()
    setting = Setting(knowledge, DAY, find_region(knowledge, "GB", {}))
    lines = cycle(
        [Line(n, msgspec.json.encode(person)) for n, person in enumerate(people(knowledge, 200), 1)]
    )
    benchmark(lambda: assess_line(setting, next(lines)))
