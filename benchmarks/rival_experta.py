"""The same causes and findings in experta: a rule for each link adds its log ratio; see `rival_pgmpy`."""

import collections
import collections.abc
import json
import sys
import time
from math import log

# experta 1.9.4 holds fast to a library that asks for what Python 3.10 took away
collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]

from experta import Fact, KnowledgeEngine, Rule  # noqa: E402 - as above

given = json.load(sys.stdin)
USUAL = given["usual"]
scores: dict[int, float] = {}


class Known(Fact):  # type: ignore[misc] # experta has no types
    """What is known of a finding: its place, and 1 or 0."""


def rule(cause: int, place: int, known: int, weight: float) -> Rule:
    """Return a rule that moves a cause when a finding is known to be so."""

    def move(self: KnowledgeEngine) -> None:  # noqa: ARG001 - experta passes itself
        scores[cause] += weight

    return Rule(Known(place=place, known=known))(move)


def engine(rates: list[list[float]]) -> KnowledgeEngine:
    """Return an engine with two rules for each link."""
    rules = {
        f"rule_{cause}_{place}_{known}": rule(cause, place, known, log(weight))
        for cause, findings in enumerate(rates)
        for place, rate in enumerate(findings)
        if rate != USUAL
        for known, weight in ((1, rate / USUAL), (0, (1 - rate) / (1 - USUAL)))
    }
    return type("Causes", (KnowledgeEngine,), rules)()


ready = engine(given["rates"])
began = time.process_time()
first = []
for person in given["people"]:
    scores.update({cause: log(prior) for cause, prior in enumerate(given["priors"])})
    ready.reset()
    for place, known in enumerate(person):
        if known is not None:
            ready.declare(Known(place=place, known=known))
    ready.run()
    first.append(max(scores, key=scores.__getitem__))
print(json.dumps({"first": first, "seconds": time.process_time() - began}))
