"""Causes and what is done about them: links that contradict themselves, and records out of reach."""

from collections.abc import Collection, Iterator

from backpain_cli.checks.conditions import Rivals, exclusive_findings
from backpain_cli.checks.faults import Fault
from backpain_cli.logic import ABSENT, PRESENT, Evidence, Presence
from backpain_cli.matching import rank
from backpain_cli.model import Cause, Knowledge, Link, Treatment


def contradictory_links(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each link that speaks the same way whatever is found; warn of a mute one."""
    for cause in knowledge.causes:
        for place, link in enumerate(cause.links):
            present, absent = link.ratio_present, link.ratio_absent
            if (present > 1 and absent > 1) or (present < 1 and absent < 1):
                side = "for" if present > 1 else "against"
                message = f"present and absent both speak {side} the cause"
                hint = "one of them must be on the other side of 1, or neutral"
                yield Fault("causes", cause.id, ("links", place, "absent"), message, hint)
            elif present == absent == 1:
                message = "this link speaks neither for nor against the cause"
                hint = "give it a ratio, or delete it"
                yield Fault("causes", cause.id, ("links", place), message, hint, is_warning=True)


def doubled_links(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each finding that a cause links twice."""
    for cause in knowledge.causes:
        seen: set[str] = set()
        for place, link in enumerate(cause.links):
            if link.finding in seen:
                message = f"'{link.finding}' is linked twice"
                yield Fault("causes", cause.id, ("links", place, "finding"), message, "keep one of the links")
            seen.add(link.finding)


def causes_out_of_reach(knowledge: Knowledge) -> Iterator[Fault]:
    """Warn of each cause that comes first on no answers, not even on those that fit it best."""
    rivals = exclusive_findings(knowledge)
    for cause in knowledge.causes:
        best = best_presence(cause, rivals)
        others = {finding.id: ABSENT for finding in knowledge.findings if finding.id not in best}
        firsts = {rank(knowledge, Evidence(presence))[0].id for presence in (best, {**others, **best})}
        if cause.id not in firsts:
            message = f"no answers bring this cause to first place: '{min(firsts)}' stays ahead"
            hint = "link a finding that tells it from that one"
            yield Fault("causes", cause.id, ("id",), message, hint, is_warning=True)


def best_presence(cause: Cause, rivals: Rivals) -> dict[str, Presence]:
    """Return the presence of the linked findings that fits a cause best and can be answered."""
    presence: dict[str, Presence] = {}
    for link in sorted(cause.links, key=_gain, reverse=True):
        if link.ratio_present > max(link.ratio_absent, 1):
            clashes = any(presence.get(rival) is PRESENT for rival in rivals.get(link.finding, ()))
            presence[link.finding] = ABSENT if clashes else PRESENT
        elif link.ratio_absent > 1:
            presence[link.finding] = ABSENT
    return presence


def treatments_never_offered(knowledge: Knowledge) -> Iterator[Fault]:
    """Warn of each treatment that no cause and no escalation offers."""
    by_cause = {offered for cause in knowledge.causes for offered in cause.treatments}
    by_rule = {offered for rule in knowledge.escalation for offered in rule.treatments}
    for treatment in knowledge.treatments:
        if treatment.id not in by_cause | by_rule:
            yield _never_offered(treatment)


def red_flags_without_case(knowledge: Knowledge, with_case: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each red flag that no worked case expects."""
    for flag in knowledge.red_flags:
        if flag.id not in with_case:
            message = f"no worked case expects '{flag.id}'"
            yield Fault("red_flags", flag.id, ("id",), message, "add a case for it to cases/")


def _gain(link: Link) -> float:
    return max(link.ratio_present, link.ratio_absent)


def _never_offered(treatment: Treatment) -> Fault:
    message = f"no cause and no escalation offers '{treatment.id}'"
    hint = "name it under treatments of a cause or an escalation"
    return Fault("treatments", treatment.id, ("id",), message, hint, is_warning=True)
