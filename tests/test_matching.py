from math import isclose, log2, log10

import pytest

from backpain_cli.logic import ABSENT, PRESENT, UNKNOWN, Evidence
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
from tests.small import SMALL

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


def test_a_ratio_without_its_partner_falls_back_to_the_usual_rate() -> None:
    assert sensitivity(Link("x", present=Strength.WEAKLY_FOR)) == 0.4
    assert rate_without(Link("x", present=Strength.WEAKLY_FOR)) == 0.2
    assert sensitivity(Link("x", present=Strength.STRONGLY_FOR)) == 0.99


@pytest.mark.parametrize(
    ("word", "ratio"),
    list(zip(Strength, (10, 5, 2, 1, 0.5, 0.2, 0.1), strict=True)),
)
def test_mcgees_words_stand_for_their_ratios(word: Strength, ratio: float) -> None:
    assert word.ratio == ratio


def test_causes_come_best_first_with_their_reasons() -> None:
    best, *others = rank(SMALL, Evidence({"leg-pain": PRESENT, "after-lifting": ABSENT}))
    assert (best.id, best.match, best.unknown) == ("disc", Match.STRONG, ("leg-tingling",))
    assert best.supporting == (Support("leg-pain", "leg pain", 7.0, ("a-study",)),)
    assert best.conflicting == ()
    [strain] = [cause for cause in others if cause.id == "strain"]
    assert strain.conflicting == (
        Support("leg-pain", "leg pain", 0.2, ("a-study",)),
        Support("after-lifting", "no after lifting", 0.5, ("a-study",)),
    )


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


def entropy(now: Standing) -> float:
    return -sum(share * log2(share) for share in now.shares)


def test_a_questions_worth_is_the_expected_fall_in_entropy() -> None:
    """For one finding linked to one cause the worth can be worked out in full."""
    now = standing(SMALL, Evidence({"leg-pain": ABSENT, "after-lifting": ABSENT}))
    mornings = QUESTIONS["mornings"]
    link = SMALL.cause_by_id["inflamed"].links[0]
    share = now.shares[2]
    chance = share * sensitivity(link) + (1 - share) * rate_without(link)
    known = now.evidence.presence
    after_yes = entropy(standing(SMALL, Evidence({**known, "stiff-mornings": PRESENT})))
    after_no = entropy(standing(SMALL, Evidence({**known, "stiff-mornings": ABSENT})))
    expected = entropy(now) - chance * after_yes - (1 - chance) * after_no
    assert isclose(worth(now, mornings), expected)


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


def test_nothing_is_asked_when_one_cause_is_clear() -> None:
    clear = standing(SMALL, Evidence({"after-lifting": PRESENT, "leg-pain": UNKNOWN, "leg-tingling": ABSENT}))
    assert clear.is_clear
    assert most_worth(clear, [QUESTIONS["leg"]]) is None
