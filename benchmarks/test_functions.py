"""The functions one at a time: `pytest benchmarks --benchmark-columns=median,iqr,rounds`.

What is timed is the processor, so that others on the machine count for little; what is compared with
other programs stands in `run`.
"""

from collections.abc import Callable
from itertools import cycle
from time import process_time

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

pytestmark = pytest.mark.benchmark(timer=process_time)

KNOWLEDGES: dict[str, Callable[[], Knowledge]] = {"shipped": load, "a hundred times as large": large}
ASSESS = {"shipped": 0.001, "a hundred times as large": 0.060}
"""Seconds, of the median; also for someone who has answered nine questions in ten."""
NEXT_QUESTION = {"shipped": 0.005, "a hundred times as large": 0.100}
MIDWAY = 5
"""Answers beside those about safety; from the sixth on no more questions are asked to tell causes apart."""


@pytest.fixture(params=KNOWLEDGES, scope="module")
def named(request: pytest.FixtureRequest) -> tuple[str, Knowledge]:
    return request.param, KNOWLEDGES[request.param]()


def midway(knowledge: Knowledge, person: dict[str, AnswerValue]) -> dict[str, AnswerValue]:
    """Return the answers of a person midway: no danger sign, and the first answers about the pain."""
    calm: dict[str, AnswerValue] = {q.id: () for q in knowledge.questions if q.section is Section.SAFETY}
    others = [question for question in person if question not in calm]
    return calm | {question: person[question] for question in others[:MIDWAY]}


def median(benchmark: BenchmarkFixture) -> float:
    """Return the median time of a call, in seconds."""
    assert benchmark.stats is not None
    seconds: float = benchmark.stats.stats.median
    return seconds


def test_assess_midway(benchmark: BenchmarkFixture, named: tuple[str, Knowledge]) -> None:
    name, knowledge = named
    region = find_region(knowledge, "GB", {})
    persons = cycle([midway(knowledge, person) for person in people(knowledge, 20)])
    benchmark(lambda: assess(knowledge, next(persons), DAY, region))
    assert median(benchmark) < ASSESS[name]


def test_assess_someone_who_answered_nine_in_ten(
    benchmark: BenchmarkFixture, named: tuple[str, Knowledge]
) -> None:
    name, knowledge = named
    region = find_region(knowledge, "GB", {})
    persons = cycle(people(knowledge, 20))
    benchmark(lambda: assess(knowledge, next(persons), DAY, region))
    assert median(benchmark) < ASSESS[name]


def test_next_question(benchmark: BenchmarkFixture, named: tuple[str, Knowledge]) -> None:
    name, knowledge = named
    persons = cycle([midway(knowledge, person) for person in people(knowledge, 20)])
    benchmark(lambda: next_question(knowledge, next(persons)))
    assert median(benchmark) < NEXT_QUESTION[name]


def test_a_line_of_many(benchmark: BenchmarkFixture) -> None:
    knowledge = load()
    setting = Setting(knowledge, DAY, find_region(knowledge, "GB", {}))
    lines = cycle(
        [Line(n, msgspec.json.encode(person)) for n, person in enumerate(people(knowledge, 200), 1)]
    )
    benchmark(lambda: assess_line(setting, next(lines)))
