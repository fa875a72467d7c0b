"""What a clinician needs in half a minute: the answers as reported, denied or not known, in their words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backpain_cli.evidence import NOT_SURE, applies, findings_asked, read_evidence
from backpain_cli.interview import answer_in_words, label
from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, Evidence, findings_of
from backpain_cli.model import Area, Finding, Knowledge, Question, QuestionKind, Section
from backpain_cli.result import Assessment

STORY = (Section.YOU, Section.PAIN, Section.MATCHING, Section.TREATMENT)


@dataclass(frozen=True)
class Row:
    """One topic, and what was said of it."""

    label: str
    reported: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handover:
    """The answers as a clinician reads them."""

    safety: tuple[Row, ...]
    """The danger signs, by question."""
    story: tuple[Row, ...]
    """The person, the pain and its course, what eases and worsens it, what was tried."""
    bearing: Row
    """Medicines and conditions that bear on treatment."""
    not_asked: tuple[str, ...]
    """Questions that were for this person and were not asked."""
    areas: tuple[Area, ...]
    """Places where the pain was reported."""
    began: str
    """When the pain began, in the words of the answer; empty where it is not known."""


def handover(result: Assessment, knowledge: Knowledge) -> Handover:
    """Return the answers of a result in the clinician's order."""
    evidence = read_evidence(knowledge, result.answers)
    asked = [question for question in knowledge.questions if question.id in result.answers]
    story = [question for section in STORY for question in asked if question.section is section]
    safety = [question for question in asked if question.section is Section.SAFETY]
    return Handover(
        safety=tuple(_row(question, result, knowledge, evidence) for question in safety),
        story=tuple(_row(question, result, knowledge, evidence) for question in story),
        bearing=_by_presence("", filter(evidence.was_asked, _bearing(knowledge)), knowledge, evidence),
        not_asked=tuple(_not_asked(result, knowledge, evidence)),
        areas=_areas(result, asked),
        began=_began(result, asked),
    )


def term(finding: Finding) -> str:
    """Return the clinician's word for a finding; the person's where there is none."""
    return finding.term or finding.name


def _row(question: Question, result: Assessment, knowledge: Knowledge, evidence: Evidence) -> Row:
    value = result.answers[question.id]
    name = label(question)
    if question.kind is QuestionKind.MANY_OF:
        return _by_presence(name, findings_asked(question), knowledge, evidence)
    said = answer_in_words(question, value)
    return Row(name, unknown=(said,)) if value == NOT_SURE else Row(name, reported=(said,))


def _by_presence(name: str, findings: Iterable[str], knowledge: Knowledge, evidence: Evidence) -> Row:
    known = knowledge.finding_by_id
    found = [known[finding] for finding in findings if finding in known]

    def terms(presence: object) -> tuple[str, ...]:
        return tuple(term(one) for one in found if evidence.of(one.id) is presence)

    return Row(name, terms(PRESENT), terms(ABSENT), terms(UNKNOWN))


def _bearing(knowledge: Knowledge) -> tuple[str, ...]:
    """Return every finding that a caution of a treatment names, each once."""
    cautions = (
        caution
        for treatment in knowledge.treatments
        for caution in (*treatment.avoid_when, *treatment.caution_when)
    )
    return tuple(dict.fromkeys(finding for caution in cautions for finding in findings_of(caution.when)))


def _not_asked(result: Assessment, knowledge: Knowledge, evidence: Evidence) -> Iterator[str]:
    for question in knowledge.questions:
        if question.id not in result.answers and applies(question, evidence):
            yield label(question)


def _areas(result: Assessment, asked: Iterable[Question]) -> tuple[Area, ...]:
    chosen = (
        option.area
        for question in asked
        for option in question.options
        if option.area is not None and _is_chosen(option.id, result, question)
    )
    return tuple(dict.fromkeys(chosen))


def _began(result: Assessment, asked: Iterable[Question]) -> str:
    for question in asked:
        if any(
            option.weeks is not None and _is_chosen(option.id, result, question)
            for option in question.options
        ):
            return answer_in_words(question, result.answers[question.id])
    return ""


def _is_chosen(option_id: str, result: Assessment, question: Question) -> bool:
    value = result.answers[question.id]
    return option_id in value if isinstance(value, tuple) else option_id == value
