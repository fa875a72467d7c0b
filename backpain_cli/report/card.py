"""How soon and by whom to be seen, in words: what comes first in every result, and is all of an emergency."""

from collections.abc import Iterable, Iterator

from backpain_cli.model import Knowledge, Level, Region
from backpain_cli.report.blocks import Block, Heading, Paragraph, Tone, facts
from backpain_cli.report.phrases import LEVEL_TONES
from backpain_cli.result import Assessment, NextStep, Reason
from backpain_cli.wording import capitalised, for_region, say_date

MOST_NAMES = 4
"""Reasons, treatments or tips in one place of the first screen; the details have them all."""

MOST_SOURCES = 2
"""Sources named on the card, so that its head stays in sight; the result as JSON has them all."""


def emergency_card(result: Assessment, knowledge: Knowledge) -> Iterator[Block]:
    """Yield what to do at once and nothing else: the first reason whole, the others by name."""
    soon = result.triage
    urgent = [reason for reason in soon.reasons if reason.level is Level.EMERGENCY]
    yield Heading(soon.headline, tone=Tone.ALARM)
    if not urgent:
        yield Paragraph(soon.action)
        return
    first, *others = urgent
    yield Paragraph(" ".join(filter(None, (told(first, knowledge), first.meaning))))
    yield from facts(
        ("Now", first.action or soon.action),
        ("Say", f"“{first.say}”" if first.say else ""),
        ("Until", first.meanwhile),
        ("Tell them too", tuple(reason.name for reason in others if _adds_to(first, reason, knowledge))),
    )
    sources = dict.fromkeys(source for reason in urgent for source in reason.sources)
    yield from _sources(result, tuple(sources)[:MOST_SOURCES])


def card(result: Assessment, knowledge: Knowledge) -> Iterator[Block]:
    """Yield how soon to be seen, by whom and why, for what is no emergency."""
    soon = result.triage
    region = region_of(result, knowledge)
    yield Heading(soon.headline, tone=Tone.CARE if soon.is_open else LEVEL_TONES[soon.level])
    yield Paragraph(" ".join((soon.action, *_by_when(result, region))))
    for reason in soon.reasons[:1]:
        said = (told(reason, knowledge), reason.meaning, if_so(reason, knowledge, region))
        yield Paragraph(" ".join(filter(None, said)))
    if soon.reasons[1:]:
        yield Paragraph(f"Also: {'; '.join(some_of(reason.name for reason in soon.reasons[1:]))}.")
    if soon.not_checked:
        yield Paragraph(f"Not checked: {'; '.join(_labels(soon.not_checked, knowledge))}.", Tone.CARE)
    yield from (Paragraph(step.text) for step in _first_steps(result))


def told(reason: Reason, knowledge: Knowledge) -> str:
    """Return what the person said that the reason rests on, as a sentence; empty where it is nothing."""
    known = knowledge.finding_by_id
    names = [known[finding].name for finding in reason.findings if finding in known]
    if not names:
        return ""
    lead = "You told us" if reason.presence == "present" else "You were not sure about"
    return f"{lead}: {', and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}."


def if_so(reason: Reason, knowledge: Knowledge, region: Region) -> str:
    """Return what to do once someone who was not sure of an emergency sign is sure; else nothing."""
    flag = next((flag for flag in knowledge.red_flags if flag.id == reason.id), None)
    if reason.presence == "present" or flag is None or flag.level is not Level.EMERGENCY:
        return ""
    return f"If you find that it is so, it is an emergency. {for_region(flag.action, region)}"


def some_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the first few names and how many are left, as the first screen has room for."""
    held = tuple(names)
    left = len(held) - MOST_NAMES
    return (*held[:MOST_NAMES], f"and {left} more") if left > 0 else held


def region_of(result: Assessment, knowledge: Knowledge) -> Region:
    """Return the region of the result, or the one that stands for any."""
    known = knowledge.region_by_code
    anywhere = Region(code="default", name="your region", emergency="112")
    return known.get(result.region) or known.get("default") or anywhere


def _adds_to(first: Reason, other: Reason, knowledge: Knowledge) -> bool:
    """Say whether another reason is a danger sign that rests on more than the first one told."""
    return other.id not in knowledge.cause_by_id and not set(other.findings) <= set(first.findings)


def _by_when(result: Assessment, region: Region) -> Iterator[str]:
    """Yield the time within which to be seen, with its day where there is one."""
    if result.triage.level is Level.SELF_CARE:
        return
    days = [step.by for step in result.next_steps if step.by and step.text == result.triage.action]
    day = f", by {say_date(days[0], region)}" if days else ""
    yield f"{capitalised(result.triage.by_when)}{day}."


def _first_steps(result: Assessment) -> Iterator[NextStep]:
    """Yield the steps that cannot wait for the details: what to do first, and what would change it."""
    for place, step in enumerate(result.next_steps):
        if step.text != result.triage.action and (place == 0 or step.by is None):
            yield step


def _labels(questions: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    known = knowledge.question_by_id
    for question in questions:
        yield (known[question].label or known[question].text) if question in known else question


def _sources(result: Assessment, ids: Iterable[str]) -> Iterator[Block]:
    wanted = set(ids)
    cited = [
        f"{source.title.rstrip('.')} ({source.year})" for source in result.sources if source.id in wanted
    ]
    if cited:
        yield Paragraph(f"Sources: {'; '.join(cited)}.", Tone.QUIET)
