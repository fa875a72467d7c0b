from math import isclose, log2, log10

import pytest
from msgspec.structs import replace

from backpain_cli import matching as matching_room
from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, Evidence, Presence
from backpain_cli.matching import (
    Standing,
    matching,
    most_worth,
    rank,
    standing,
    worth,
)
from backpain_cli.model import Link, Strength
from backpain_cli.result import Match, Support
from backpain_cli.weights import rate_without, sensitivity
from tests.small import SMALL, cause

NOTHING = Evidence()
QUESTIONS = SMALL.question_by_id


def scores(evidence: Evidence) -> dict[str, float]:
    return {cause.id: cause.score for cause in rank(SMALL, evidence)}


def test_without_evidence_the_scores_are_the_prior_odds() -> None:
    assert scores(NOTHING) == {
        "strain": 0.0,
        "disc": round(log10(0.3 / 0.7), 2),
        "inflamed": round(log10(0.05 / 0.95), 2),
    }


def test_a_finding_moves_a_cause_by_the_logarithm_of_its_ratio() -> None:
    assert scores(Evidence({"after-lifting": PRESENT}))["strain"] == round(log10(5), 2)
    assert scores(Evidence({"after-lifting": ABSENT}))["strain"] == round(log10(0.5), 2)
    assert scores(Evidence({"stiff-mornings": PRESENT}))["inflamed"] == round(log10(0.05 / 0.95 * 12), 2)


def test_an_unknown_finding_moves_nothing() -> None:
    assert scores(Evidence({"after-lifting": UNKNOWN, "leg-pain": UNKNOWN})) == scores(NOTHING)


def test_findings_of_one_group_count_once_by_the_ratio_furthest_from_one() -> None:
    both = Evidence({"leg-pain": PRESENT, "leg-tingling": PRESENT})
    assert scores(both)["disc"] == round(log10(0.3 / 0.7 * 7), 2)
    [disc] = [cause for cause in rank(SMALL, both) if cause.id == "disc"]
    assert [support.finding for support in disc.supporting] == ["leg-pain"]


def test_ratios_follow_from_sensitivity_and_specificity() -> None:
    link = Link("x", sensitivity=0.9, specificity=0.8)
    assert isclose(link.ratio_present, 0.9 / 0.2)
    assert isclose(link.ratio_absent, 0.1 / 0.8)
    assert link.is_derived


def test_sensitivity_and_specificity_follow_from_ratios() -> None:
    link = Link("x", present=4.5, absent=0.125)
    assert isclose(sensitivity(link), 0.9)
    assert isclose(rate_without(link), 0.2)
    weak = Link("x", present=1.5, absent=0.5)
    assert (sensitivity(weak), rate_without(weak)) == (0.75, 0.5)


def test_a_ratio_without_its_partner_falls_back_to_the_usual_rate() -> None:
    assert sensitivity(Link("x", present=Strength.WEAKLY_FOR)) == 0.4
    assert rate_without(Link("x", present=Strength.WEAKLY_FOR)) == 0.2
    assert sensitivity(Link("x", present=Strength.STRONGLY_FOR)) == 0.99
    speaks_when_absent = Link("x", present=Strength.NEUTRAL, absent=0.5)
    assert (sensitivity(speaks_when_absent), rate_without(speaks_when_absent)) == (0.2, 0.2)


@pytest.mark.parametrize(
    ("word", "ratio"),
    list(zip(Strength, (10, 5, 2, 1, 0.5, 0.2, 0.1), strict=True)),
)
def test_mcgees_words_stand_for_their_ratios(word: Strength, ratio: float) -> None:
    assert word.ratio == ratio


def test_causes_come_best_first_with_their_reasons() -> None:
    best, *others = rank(SMALL, Evidence({"leg-pain": PRESENT, "after-lifting": ABSENT}))
    assert (best.id, best.name, best.match, best.unknown) == (
        "disc",
        "disc",
        Match.STRONG,
        ("leg-tingling",),
    )
    assert best.supporting == (Support("leg-pain", "leg pain", 7.0, ("a-study",)),)
    assert best.conflicting == ()
    [strain] = [cause for cause in others if cause.id == "strain"]
    assert strain.conflicting == (
        Support("leg-pain", "leg pain", 0.2, ("a-study",)),
        Support("after-lifting", "no after lifting", 0.5, ("a-study",)),
    )


def test_a_ratio_is_told_in_two_figures_with_the_sources_of_its_link_or_else_of_its_cause() -> None:
    of_link = cause("of-link", 0.5, Link("low-mood", present=12.34, absent=0.3456, sources=("another",)))
    of_cause = cause("of-cause", 0.5, Link("low-mood", present=1.56))
    knowledge = replace(SMALL, causes=(of_link, of_cause))
    low = {ranked.id: ranked.supporting for ranked in rank(knowledge, Evidence({"low-mood": PRESENT}))}
    assert low == {
        "of-link": (Support("low-mood", "low mood", 12.0, ("another",)),),
        "of-cause": (Support("low-mood", "low mood", 1.6, ("a-study",)),),
    }
    well = {ranked.id: ranked.conflicting for ranked in rank(knowledge, Evidence({"low-mood": ABSENT}))}
    assert well == {"of-link": (Support("low-mood", "no low mood", 0.35, ("another",)),), "of-cause": ()}


def test_each_cause_counts_each_group_for_itself_though_there_are_fewer_groups_than_causes() -> None:
    links = [Link("low-mood", present=Strength.WEAKLY_FOR), Link("leg-pain", present=Strength.MODERATELY_FOR)]
    causes = tuple(cause(f"cause-{place}", 0.5, *links) for place in range(3))
    findings = tuple(SMALL.finding_by_id[link.finding] for link in links)
    both = Evidence({"low-mood": PRESENT, "leg-pain": PRESENT})
    ranked = rank(replace(SMALL, findings=findings, causes=causes), both)
    assert [cause.score for cause in ranked] == [1.0] * 3


def test_of_two_as_far_in_a_group_what_speaks_for_the_cause_counts() -> None:
    both = cause("both", 0.5, Link("leg-tingling", absent=0.2), Link("leg-pain", present=5.0))
    [ranked] = rank(replace(SMALL, causes=(both,)), Evidence({"leg-pain": PRESENT, "leg-tingling": ABSENT}))
    assert (ranked.score, ranked.conflicting) == (round(log10(5), 2), ())


def test_a_tie_is_broken_by_the_order_of_the_file() -> None:
    tied = Evidence({"after-lifting": ABSENT, "leg-pain": PRESENT, "leg-tingling": ABSENT})
    assert [cause.id for cause in rank(SMALL, tied)][:2] == ["disc", "strain"]


def test_shares_are_told_in_bands() -> None:
    ranked = rank(SMALL, NOTHING)
    assert [(cause.id, cause.match) for cause in ranked] == [
        ("strain", Match.STRONG),
        ("disc", Match.STRONG),
        ("inflamed", Match.WEAK),
    ]
    assert [cause.id for cause in matching(ranked)] == ["strain", "disc"]


@pytest.mark.parametrize(
    ("count", "match"),
    [(3, Match.STRONG), (4, Match.STRONG), (5, Match.POSSIBLE), (20, Match.POSSIBLE), (21, Match.WEAK)],
)
def test_an_even_share_is_strong_to_a_quarter_and_possible_to_a_twentieth(count: int, match: Match) -> None:
    causes = tuple(cause(f"cause-{place}", 0.5) for place in range(count))
    ranked = rank(replace(SMALL, causes=causes), NOTHING)
    assert {cause.match for cause in ranked} == {match}


def entropy(now: Standing) -> float:
    return -sum(share * log2(share) for share in now.shares)


def worked_out(now: Standing, finding: str) -> float:
    """Return what learning one finding is worth, with every entropy worked out in full."""
    causes = enumerate(now.knowledge.causes)
    links = [(place, link) for place, cause in causes for link in cause.links if link.finding == finding]
    usual = sum(rate_without(link) for _, link in links) / len(links)
    chance = usual + sum(now.shares[place] * (sensitivity(link) - usual) for place, link in links)
    known = now.evidence.presence
    after_yes, after_no = (
        entropy(standing(now.knowledge, Evidence({**known, finding: presence})))
        for presence in (PRESENT, ABSENT)
    )
    return entropy(now) - chance * after_yes - (1 - chance) * after_no


def test_a_questions_worth_is_the_expected_fall_in_entropy() -> None:
    now = standing(SMALL, Evidence({"leg-pain": ABSENT, "after-lifting": ABSENT}))
    assert isclose(worth(now, QUESTIONS["mornings"]), worked_out(now, "stiff-mornings"))


@pytest.mark.parametrize(
    ("known", "finding"),
    [
        ({"leg-tingling": PRESENT}, "leg-pain"),
        ({"leg-pain": ABSENT}, "leg-tingling"),
        ({"leg-pain": PRESENT}, "leg-tingling"),
        ({"leg-pain": PRESENT, "after-lifting": PRESENT}, "leg-tingling"),
    ],
)
def test_a_finding_moves_a_cause_only_further_than_its_group_has(
    known: dict[str, Presence], finding: str
) -> None:
    """Of the second cause that tingling speaks for, nothing of the group is known yet."""
    pinched = cause("pinched", 0.5, Link("leg-tingling", present=10.0, absent=0.05))
    knowledge = replace(SMALL, causes=(*SMALL.causes, pinched))
    now = standing(knowledge, Evidence(known))
    assert isclose(worth(now, QUESTIONS["leg"]), worked_out(now, finding))
    assert worth(now, QUESTIONS["leg"]) > 0


def test_a_question_already_answered_is_worth_nothing() -> None:
    known = Evidence({"leg-pain": ABSENT, "leg-tingling": UNKNOWN})
    assert worth(standing(SMALL, known), QUESTIONS["leg"]) == 0


def test_a_question_without_links_is_worth_nothing() -> None:
    assert worth(standing(SMALL, NOTHING), QUESTIONS["mood"]) == 0


def test_the_question_worth_most_comes_next() -> None:
    candidates = [QUESTIONS[name] for name in ("mood", "mornings", "began", "leg")]
    chosen = most_worth(standing(SMALL, NOTHING), candidates)
    assert chosen is not None
    assert chosen.id == "leg"


def test_nothing_is_asked_when_no_question_is_worth_it() -> None:
    assert most_worth(standing(SMALL, NOTHING), [QUESTIONS["mood"]]) is None
    assert most_worth(standing(SMALL, NOTHING), []) is None


def test_of_two_questions_worth_the_same_the_first_is_asked() -> None:
    again = replace(QUESTIONS["leg"], id="leg-again")
    assert most_worth(standing(SMALL, NOTHING), [again, QUESTIONS["leg"]]) is again


def test_a_question_worth_just_enough_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    now = standing(SMALL, NOTHING)
    monkeypatch.setattr(matching_room, "WORTH_ASKING", worth(now, QUESTIONS["leg"]))
    assert most_worth(now, [QUESTIONS["leg"]]) is QUESTIONS["leg"]


def test_nothing_is_asked_when_one_cause_is_clear() -> None:
    clear = standing(SMALL, Evidence({"after-lifting": PRESENT, "leg-pain": UNKNOWN, "leg-tingling": ABSENT}))
    assert clear.is_clear
    assert most_worth(clear, [QUESTIONS["leg"]]) is None
