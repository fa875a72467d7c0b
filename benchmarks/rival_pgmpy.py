"""The same causes and findings in pgmpy, as a naive Bayes network; run by `run` in pgmpy's own environment.

Reads {"priors": [...], "rates": [[...]], "people": [[...]]} from stdin: the odds of each cause, for each
cause how often it has each finding, and for each person 1, 0 or null for each finding. Prints a line of
JSON: the first cause of each person, and the seconds that all of them took.
"""

import json
import logging
import sys
import time

logging.disable(logging.WARNING)

from pgmpy.factors.discrete import TabularCPD  # noqa: E402 - it tells much when it is imported
from pgmpy.inference import VariableElimination  # noqa: E402
from pgmpy.models import DiscreteBayesianNetwork  # noqa: E402


def network(priors: list[float], rates: list[list[float]]) -> DiscreteBayesianNetwork:
    """Return a cause with one state for each, and the findings that hang on it."""
    findings = [f"f{n}" for n in range(len(rates[0]))]
    made = DiscreteBayesianNetwork([("cause", finding) for finding in findings])
    total = sum(priors)
    made.add_cpds(TabularCPD("cause", len(priors), [[prior / total] for prior in priors]))
    for place, finding in enumerate(findings):
        present = [cause[place] for cause in rates]
        table = [[1 - rate for rate in present], present]
        made.add_cpds(TabularCPD(finding, 2, table, ["cause"], [len(priors)]))
    return made


given = json.load(sys.stdin)
inference = VariableElimination(network(given["priors"], given["rates"]))
began = time.process_time()
first = []
for person in given["people"]:
    evidence = {f"f{place}": known for place, known in enumerate(person) if known is not None}
    shares = inference.query(["cause"], evidence, show_progress=False).values
    first.append(int(shares.argmax()))
print(json.dumps({"first": first, "seconds": time.process_time() - began}))
