"""How soon to be seen: red flags and escalation rules over the evidence.

This is the room to review first. Two nets hang here, and either is enough: the rules of the
knowledge (`rule_reasons`) and the causes that match (`cause_reasons`). An answer of "not sure"
never counts as "no".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from backpain_cli.evidence import Answers, applies
from backpain_cli.logic import (
    ABSENT,
    PRESENT,
    UNKNOWN,
    Evidence,
    Index,
    Presence,
    findings_of,
    present_findings,
    told,
)
from backpain_cli.matching import matching
from backpain_cli.model import (
    Cause,
    Condition,
    Escalation,
    Knowledge,
    Level,
    Question,
    RedFlag,
    Region,
    Section,
    kept,
)
from backpain_cli.result import Match, RankedCause, Reason, Triage
from backpain_cli.wording import for_region

HEADLINES = {
    Level.EMERGENCY: "EMERGENCY: get help now",
    Level.URGENT: "Be seen within 24 to 48 hours",
    Level.ROUTINE: "Book an appointment",
    Level.SELF_CARE: "Look after it at home",
}
UNCHECKED_HEADLINE = "Not finished: some danger signs were not checked"
UNCHECKED_ACTION = "Answer the safety questions too: until then nobody can say how soon you need to be seen."

ACTIONS = {
    Level.EMERGENCY: "Go to {emergency_department} now, or call {emergency_number}.",
    Level.URGENT: "Call your doctor, or {advice_line}.",
    Level.ROUTINE: "Book with your doctor or a physiotherapist.",
    Level.SELF_CARE: "No sign of danger in what you told us. You can treat this at home.",
}
CANNOT_BE = 0.01
"""A ratio that says that a cause cannot be, as without the organ or the pregnancy that it needs."""
BY_WHEN = {
    Level.EMERGENCY: "now",
    Level.URGENT: "within 24 to 48 hours",
    Level.ROUTINE: "within about two weeks",
    Level.SELF_CARE: "only if it does not get better",
}


def triage(
    knowledge: Knowledge,
    answers: Answers,
    evidence: Evidence,
    causes: tuple[RankedCause, ...],
    region: Region,
) -> Triage:
    """Return the most urgent of all that the rules and the matching causes say."""
    reasons = (*rule_reasons(knowledge, evidence, causes), *cause_reasons(knowledge, causes))
    ordered = tuple(
        _in_region(reason, region)
        for reason in sorted(reasons, key=lambda reason: -reason.level.rank)
        if reason.level is not Level.SELF_CARE
    )
    level = ordered[0].level if ordered else Level.SELF_CARE
    found = Triage(
        level=level,
        headline=HEADLINES[level],
        action=_first(ordered, "action") or for_region(ACTIONS[level], region),
        by_when=_first(ordered, "by_when") or BY_WHEN[level],
        reasons=ordered,
        not_checked=unchecked(knowledge, answers, evidence),
    )
    if not found.is_open:
        return found
    return msgspec.structs.replace(found, headline=UNCHECKED_HEADLINE, action=UNCHECKED_ACTION)


def level_of(knowledge: Knowledge, evidence: Evidence, causes: tuple[RankedCause, ...]) -> Level:
    """Return the most urgent level of all reasons."""
    reasons = (*rule_reasons(knowledge, evidence, causes), *cause_reasons(knowledge, causes))
    return max((reason.level for reason in reasons), key=lambda level: level.rank, default=Level.SELF_CARE)


def to_rule_out_first(
    knowledge: Knowledge, evidence: Evidence, causes: tuple[RankedCause, ...]
) -> tuple[RankedCause, ...]:
    """Return the ranking with the causes that a certain emergency sign points to in front.

    A clinician rules out the dangerous first, however rare it is, so these are at least possible;
    their scores stay as they are. What cannot be, or might turn out not to be able to, stays in its place.
    """
    pointed = {
        cause
        for flag in _flags(knowledge).touched(evidence)
        if flag.level is Level.EMERGENCY and flag.causes and told(flag.when, evidence) is PRESENT
        for cause in flag.causes
    }
    named = {cause for cause in pointed if _can_be(knowledge.cause_by_id[cause], evidence)}
    if not named:
        return causes
    first = tuple(_at_least_possible(cause) for cause in causes if cause.id in named)
    return (*first, *(cause for cause in causes if cause.id not in named))


def emergency(knowledge: Knowledge, evidence: Evidence) -> bool:
    """Say whether a red flag already makes this an emergency, so that no more is asked."""
    return any(reason.level is Level.EMERGENCY for reason in flag_reasons(knowledge, evidence))


def flag_reasons(knowledge: Knowledge, evidence: Evidence) -> Iterator[Reason]:
    """Yield a reason for each red flag that holds, or may hold because the person was not sure."""
    for flag in _flags(knowledge).touched(evidence):
        presence = told(flag.when, evidence)
        if presence is not ABSENT:
            yield _flag_reason(flag, presence, evidence)


def rule_reasons(knowledge: Knowledge, evidence: Evidence, causes: Iterable[RankedCause]) -> Iterator[Reason]:
    """Yield what the red flags and the escalation rules say: the first net."""
    yield from flag_reasons(knowledge, evidence)
    matched = {cause.id for cause in matching(causes)}
    for rule in _rules(knowledge).touched(evidence):
        if rule.level is not None and escalates(rule, evidence, matched):
            yield _escalation_reason(rule, rule.level, evidence)


def cause_reasons(knowledge: Knowledge, causes: Iterable[RankedCause]) -> Iterator[Reason]:
    """Yield the least urgency of each cause that matches: the second net."""
    for ranked in matching(causes):
        cause = knowledge.cause_by_id[ranked.id]
        if not ranked.supporting or cause.at_least is Level.SELF_CARE:
            continue
        yield Reason(
            id=cause.id,
            name=f"your answers fit {cause.name}",
            level=cause.at_least,
            presence="present",
            findings=tuple(support.finding for support in ranked.supporting),
            sources=cause.sources,
            meaning=cause.summary,
            action=cause.who_to_see,
        )


def escalates(rule: Escalation, evidence: Evidence, matched: set[str]) -> bool:
    """Say whether an escalation rule applies to this person, given the causes that match."""
    return rule.is_for(matched) and (rule.when is None or told(rule.when, evidence) is PRESENT)


def unchecked(knowledge: Knowledge, answers: Answers, evidence: Evidence) -> tuple[str, ...]:
    """Return the safety questions that were for this person and were not asked."""
    return tuple(
        question.id
        for question in _safety_questions(knowledge)
        if question.id not in answers and applies(question, evidence)
    )


def may_raise(knowledge: Knowledge, evidence: Evidence, question: Question) -> bool:
    """Say whether the question could complete a red flag that is already partly there."""
    open_findings = [finding for finding in question.findings if not evidence.was_asked(finding)]
    begun = [
        flag
        for finding in open_findings
        for flag in _flags_naming(knowledge).get(finding, ())
        if present_findings(flag.when, evidence) and told(flag.when, evidence) is ABSENT
    ]
    if not begun:
        return False
    if_all = Evidence({**evidence.presence, **dict.fromkeys(open_findings, PRESENT)})
    return any(told(flag.when, if_all) is PRESENT for flag in begun)


@kept
def _flags(knowledge: Knowledge) -> Index[RedFlag]:
    return Index(knowledge.red_flags, lambda flag: flag.when)


@kept
def _flags_naming(knowledge: Knowledge) -> Mapping[str, Sequence[RedFlag]]:
    """Return the red flags that name each finding."""
    flags: dict[str, list[RedFlag]] = {}
    for flag in knowledge.red_flags:
        for finding in set(findings_of(flag.when)):
            flags.setdefault(finding, []).append(flag)
    return flags


@kept
def _rules(knowledge: Knowledge) -> Index[Escalation]:
    return Index(knowledge.escalation, lambda rule: rule.when)


@kept
def _safety_questions(knowledge: Knowledge) -> tuple[Question, ...]:
    return tuple(question for question in knowledge.questions if question.section is Section.SAFETY)


def _can_be(cause: Cause, evidence: Evidence) -> bool:
    """Say that no answer excludes the cause, nor may one still: nobody is told of an organ they lack."""
    return not any(
        evidence.of(link.finding) in {excluded, UNKNOWN}
        for link in cause.links
        for excluded, ratio in ((PRESENT, link.ratio_present), (ABSENT, link.ratio_absent))
        if ratio <= CANNOT_BE
    )


def _at_least_possible(cause: RankedCause) -> RankedCause:
    is_weak = cause.match is Match.WEAK
    return msgspec.structs.replace(cause, match=Match.POSSIBLE) if is_weak else cause


def _flag_reason(flag: RedFlag, presence: Presence, evidence: Evidence) -> Reason:
    is_present = presence is PRESENT
    findings = present_findings(flag.when, evidence) if is_present else _unsure_findings(flag.when, evidence)
    return Reason(
        id=flag.id,
        name=flag.name,
        level=flag.level if is_present else flag.if_unsure,
        presence="present" if is_present else "unknown",
        findings=findings,
        sources=flag.sources,
        meaning=flag.meaning,
        action=flag.action if is_present else "",
        by_when=flag.by_when if is_present else "",
        say=flag.say,
        meanwhile=flag.meanwhile,
    )


def _escalation_reason(rule: Escalation, level: Level, evidence: Evidence) -> Reason:
    return Reason(
        id=rule.id,
        name=rule.name,
        level=level,
        presence="present",
        findings=present_findings(rule.when, evidence) if rule.when else (),
        sources=rule.sources,
        meaning=rule.text,
    )


def _unsure_findings(condition: Condition, evidence: Evidence) -> tuple[str, ...]:
    asked = dict.fromkeys(f for f in findings_of(condition) if evidence.was_asked(f))
    return tuple(finding for finding in asked if evidence.of(finding) is UNKNOWN)


def _in_region(reason: Reason, region: Region) -> Reason:
    return Reason(
        id=reason.id,
        name=reason.name,
        level=reason.level,
        presence=reason.presence,
        findings=reason.findings,
        sources=reason.sources,
        meaning=for_region(reason.meaning, region),
        action=for_region(reason.action, region),
        by_when=reason.by_when,
        say=reason.say,
        meanwhile=tuple(for_region(line, region) for line in reason.meanwhile),
    )


def _first(reasons: tuple[Reason, ...], field: str) -> str:
    """Return a field of the most urgent reason; empty where there is none."""
    return str(getattr(reasons[0], field)) if reasons else ""
