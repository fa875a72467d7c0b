"""Worked cases: stories with the answers they give and the result they must have, put through the interview.

Measures follow Kopka 2023: accuracy by level, safety of advice, inclination to over-triage and
comprehensiveness.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import mean, median

from msgspec import Struct

from backpain_cli.assess import assess
from backpain_cli.evidence import NOT_SURE, Answers
from backpain_cli.interview import Interview, Move, ReviewLine, Screen
from backpain_cli.matching import matching
from backpain_cli.model import Id, Knowledge, Level, QuestionKind, Record, Region, Text
from backpain_cli.result import AnswerValue, Assessment

DAY = date(2026, 1, 31)
"""The day on which every case is put; nothing that is measured depends on it."""
FIRST_FEW = 3


class Expectation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a case must come out as."""

    triage: Level
    red_flags: tuple[Id, ...] = ()
    """Every one of these must fire."""
    causes: tuple[Id, ...] = ()
    """Any of these should come first."""
    not_causes: tuple[Id, ...] = ()
    """None of these may match."""


class Case(Record, frozen=True, kw_only=True):
    """A worked case; a question it leaves out is answered "none of these", or else "not sure"."""

    story: Text
    source: Text
    """Where the facts come from."""
    answers: dict[Id, str | float | tuple[str, ...]]
    expect: Expectation
    blind: bool = False
    """Written from the questions alone, without sight of the links, and never tuned to."""
    note: str = ""


class ScriptedAsker:
    """Answers an interview from a case, and keeps count of the screens."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.screens: list[Screen] = []
        self.has_reviewed = False
        """Whether the interview ran to its end; an emergency ends it before the review."""

    def ask(self, screen: Screen) -> AnswerValue | Move:
        """Give the case's answer; without one, "none of these" or "not sure"."""
        self.screens.append(screen)
        default: AnswerValue = () if screen.question.kind is QuestionKind.MANY_OF else NOT_SURE
        return self._answers.get(screen.question.id, default)

    def review(self, lines: tuple[ReviewLine, ...], notes: tuple[str, ...]) -> str | Move:  # noqa: ARG002
        """Change nothing."""
        self.has_reviewed = True
        return Move.GO_ON


@dataclass(frozen=True)
class Outcome:
    """What became of one case."""

    case: Case
    result: Assessment
    screens: int
    about_error: float | None
    """How far "about N" was off, in screens, on average over the session; None if an emergency ended it."""

    @property
    def level(self) -> Level:
        """Return the level that the guide gave."""
        return self.result.triage.level

    @property
    def place(self) -> int | None:
        """Return the place, from 1, of the first expected cause; None where none is expected."""
        places = [n for n, cause in enumerate(self.result.causes, 1) if cause.id in self.case.expect.causes]
        return min(places, default=None)

    @property
    def misses(self) -> tuple[str, ...]:
        """Return in words each thing that did not come out as expected."""
        expect = self.case.expect
        fired = {reason.id for reason in self.result.triage.reasons}
        matched = {cause.id for cause in matching(self.result.causes)}
        first = self.result.causes[0].id if self.result.causes else "nothing"
        misses = [f"{self.level}, not {expect.triage}"] if self.level is not expect.triage else []
        misses += [f"red flag {flag} did not fire" for flag in expect.red_flags if flag not in fired]
        if expect.causes and self.place != 1:
            misses.append(f"{first} came first; {' or '.join(expect.causes)} came {self.place}")
        misses += [f"{cause} matched" for cause in expect.not_causes if cause in matched]
        return tuple(misses)


@dataclass(frozen=True)
class Figures:
    """What the outcomes show, taken together; shares from 0 to 1, None where there is nothing to share."""

    cases: int
    accuracy: float | None
    accuracy_by_level: Mapping[Level, float | None]
    safety: float | None
    """The share whose level was not below the right one."""
    over_triage_inclination: float | None
    """The share of wrong levels that were too high."""
    self_care_sent_on: float | None
    """The share of self-care cases that were told to see someone."""
    first_place: float | None
    first_three: float | None
    comprehensiveness: float | None
    """The share that ended with a level, every danger sign checked and at least one matching cause."""
    median_screens: float | None
    longest_screens: int
    about_error: float | None
    missed_emergencies: tuple[str, ...]


def put(knowledge: Knowledge, case: Case, region: Region) -> Outcome:
    """Put one case through the real interview and assess what was answered."""
    asker = ScriptedAsker(case.answers)
    answers = Interview(knowledge, asker, {}).run()
    total = len(asker.screens)
    off = [abs(screen.about - total) for screen in asker.screens] or [0]
    about_error = mean(off) if asker.has_reviewed else None
    return Outcome(case, assess(knowledge, answers, DAY, region), total, about_error)


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """Return the figures over some outcomes."""
    told = tuple(outcomes)
    errors = [o.about_error for o in told if o.about_error is not None]
    wrong = [o for o in told if o.level is not o.case.expect.triage]
    self_care = [o for o in told if o.case.expect.triage is Level.SELF_CARE]
    with_cause = [o for o in told if o.case.expect.causes]
    return Figures(
        cases=len(told),
        accuracy=_share(o.level is o.case.expect.triage for o in told),
        accuracy_by_level={
            level: _share(o.level is level for o in told if o.case.expect.triage is level) for level in Level
        },
        safety=_share(o.level.rank >= o.case.expect.triage.rank for o in told),
        over_triage_inclination=_share(o.level.rank > o.case.expect.triage.rank for o in wrong),
        self_care_sent_on=_share(o.level is not Level.SELF_CARE for o in self_care),
        first_place=_share(o.place == 1 for o in with_cause),
        first_three=_share(o.place is not None and o.place <= FIRST_FEW for o in with_cause),
        comprehensiveness=_share(_is_complete(o) for o in told),
        median_screens=median(o.screens for o in told) if told else None,
        longest_screens=max((o.screens for o in told), default=0),
        about_error=mean(errors) if errors else None,
        missed_emergencies=tuple(
            o.case.id
            for o in told
            if o.case.expect.triage is Level.EMERGENCY and o.level is not Level.EMERGENCY
        ),
    )


def _is_complete(outcome: Outcome) -> bool:
    return outcome.level is Level.EMERGENCY or (
        not outcome.result.triage.not_checked and bool(matching(outcome.result.causes))
    )


def _share(truths: Iterable[bool]) -> float | None:
    listed = list(truths)
    return sum(listed) / len(listed) if listed else None
