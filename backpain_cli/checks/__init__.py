"""Rules over the whole knowledge: one function for each, from the knowledge to what is wrong with it."""

from collections.abc import Collection
from datetime import date
from itertools import islice

from backpain_cli.checks.causes import (
    causes_out_of_reach,
    contradictory_links,
    doubled_links,
    red_flags_without_case,
    treatments_never_offered,
)
from backpain_cli.checks.claims import figures_not_read, stale_claims, unknown_placeholders
from backpain_cli.checks.conditions import impossible_conditions
from backpain_cli.checks.faults import Fault
from backpain_cli.checks.questions import (
    answers_without_effect,
    questions_never_asked,
    reserved_options,
    shapeless_questions,
    unasked_findings,
)
from backpain_cli.checks.references import unknown_references
from backpain_cli.checks.words import hard_words
from backpain_cli.model import Knowledge

__all__ = ["Fault", "check", "check_soundness"]

SOUNDNESS = (unknown_references, shapeless_questions, reserved_options, unknown_placeholders)
"""What must hold for the program to run; checked whenever a folder is read."""

QUALITY = (
    impossible_conditions,
    questions_never_asked,
    answers_without_effect,
    unasked_findings,
    contradictory_links,
    doubled_links,
    causes_out_of_reach,
    treatments_never_offered,
    figures_not_read,
    hard_words,
)
"""What makes the knowledge good; checked by `backpain knowledge check`."""


MOST_FAULTS = 100
"""Faults of one rule that are told; a stranger's folder could hold a million."""


def check_soundness(knowledge: Knowledge) -> tuple[Fault, ...]:
    """Return the faults that would stop the program from using the knowledge."""
    return tuple(fault for rule in SOUNDNESS for fault in islice(rule(knowledge), MOST_FAULTS))


def check(
    knowledge: Knowledge, *, today: date | None = None, flags_with_case: Collection[str] | None = None
) -> tuple[Fault, ...]:
    """Return all that is wrong with the knowledge, and all that could be better.

    Unsound knowledge is told of that alone: the other rules would only repeat it in other words.
    Without `today` nothing counts as stale; without `flags_with_case` no worked case is asked for.
    """
    faults = check_soundness(knowledge) or tuple(fault for rule in QUALITY for fault in rule(knowledge))
    stale = () if today is None else stale_claims(knowledge, today)
    untested = () if flags_with_case is None else red_flags_without_case(knowledge, flags_with_case)
    return (*faults, *stale, *untested)
