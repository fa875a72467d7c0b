"""Questions: whether they can be answered, whether they are ever asked, and whether an answer matters."""

from collections.abc import Collection, Iterator

from backpain_cli.checks.conditions import Rivals, can_hold, exclusive_findings
from backpain_cli.checks.faults import Fault
from backpain_cli.checks.walk import condition_paths, conditions
from backpain_cli.evidence import NONE, NOT_SURE, findings_asked
from backpain_cli.model import Band, Knowledge, Option, Question, QuestionKind

RESERVED = frozenset({NONE, NOT_SURE})
"""Option ids that the interview adds by itself."""


def shapeless_questions(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each question that cannot be answered as its kind says."""
    for question in knowledge.questions:
        if question.kind is QuestionKind.NUMBER:
            yield from _number_faults(question)
        else:
            yield from _choice_faults(question)


def reserved_options(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each option whose id is reserved, or used twice in its question."""
    for question in knowledge.questions:
        seen: set[str] = set()
        for place, option in enumerate(question.options):
            path = ("options", place, "id")
            if option.id in RESERVED:
                hint = "delete it: every question has it already"
                yield Fault("questions", question.id, path, f"the option id '{option.id}' is reserved", hint)
            elif option.id in seen:
                message = f"the option id '{option.id}' is used twice in this question"
                yield Fault("questions", question.id, path, message, "give this one another id")
            seen.add(option.id)


def questions_never_asked(knowledge: Knowledge) -> Iterator[Fault]:
    """Warn of each question that waits for findings of which no question asks that is asked before it."""
    rivals = exclusive_findings(knowledge)
    told: set[str] = set()
    waiting = knowledge.questions
    while reached := [question for question in waiting if _is_reached(question, rivals, told)]:
        told.update(finding for question in reached for finding in findings_asked(question))
        waiting = tuple(question for question in waiting if question not in reached)
    for question in waiting:
        # a condition that can never hold is told of by a rule of its own
        if question.ask_when is not None and can_hold(question.ask_when, rivals):
            message = "never asked: it waits for what no question before it tells"
            hint = "ask about those findings in another question, or mend the condition"
            yield Fault("questions", question.id, ("ask_when",), message, hint, is_warning=True)


def answers_without_effect(knowledge: Knowledge) -> Iterator[Fault]:
    """Warn of each option or band that changes nothing, whatever else is answered."""
    used = used_findings(knowledge)
    for question in knowledge.questions:
        alone = question.kind is QuestionKind.ONE_OF and not used.isdisjoint(findings_asked(question))
        for place, option in enumerate(question.options):
            # an option of one_of matters even when bare: it makes the findings of the others absent
            if not (alone and not option.findings) and not _matters(option, used):
                yield _without_effect(question, ("options", place), "option")
        for place, band in enumerate(question.bands):
            if used.isdisjoint(band.findings) or not _can_be_reached(question, band):
                yield _without_effect(question, ("bands", place), "band")


def unasked_findings(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each finding of which no question asks, and a warning for each that nothing uses."""
    asked = {finding for question in knowledge.questions for finding in findings_asked(question)}
    used = used_findings(knowledge)
    for finding in knowledge.findings:
        if finding.id not in asked:
            hint = "add it to an option of a question, or delete it"
            yield Fault("findings", finding.id, ("id",), f"no question asks about '{finding.id}'", hint)
        if finding.id not in used:
            hint = "link it to a cause, use it in a condition, or delete it"
            message = f"nothing uses '{finding.id}'"
            yield Fault("findings", finding.id, ("id",), message, hint, is_warning=True)


def used_findings(knowledge: Knowledge) -> frozenset[str]:
    """Return every finding that a link or a condition names."""
    linked = {link.finding for cause in knowledge.causes for link in cause.links}
    named = (condition_paths(condition, ()) for _, _, _, condition in conditions(knowledge))
    return frozenset(linked.union(finding for paths in named for _, finding in paths))


def _is_reached(question: Question, rivals: Rivals, told: Collection[str]) -> bool:
    return question.ask_when is None or can_hold(question.ask_when, rivals, told)


def _number_faults(question: Question) -> Iterator[Fault]:
    if question.options:
        yield Fault(
            "questions", question.id, ("options",), "a number has no options", "use bands, or another kind"
        )
    if not question.bands:
        yield Fault(
            "questions", question.id, ("kind",), "a number needs bands", "add bands with their findings"
        )
    if question.minimum >= question.maximum:
        hint = "give both, the smaller one as minimum"
        yield Fault("questions", question.id, ("maximum",), "the minimum must be less than the maximum", hint)


def _choice_faults(question: Question) -> Iterator[Fault]:
    if not question.options:
        hint = "add options, or use the kind 'number'"
        yield Fault("questions", question.id, ("kind",), f"'{question.kind}' needs options", hint)
    if question.bands:
        hint = "use options, or the kind 'number'"
        yield Fault("questions", question.id, ("bands",), f"'{question.kind}' has no bands", hint)


def _matters(option: Option, used: frozenset[str]) -> bool:
    tells_more = option.area is not None or option.weeks is not None
    return tells_more or not used.isdisjoint((*option.findings, *option.rules_out))


def _can_be_reached(question: Question, band: Band) -> bool:
    start = question.minimum if band.at_least is None else max(band.at_least, question.minimum)
    return start <= question.maximum and (band.below is None or start < band.below)


def _without_effect(question: Question, path: tuple[str, int], what: str) -> Fault:
    hint = f"use its findings in a cause or a condition, or delete the {what}"
    return Fault("questions", question.id, path, f"this {what} changes nothing", hint, is_warning=True)
