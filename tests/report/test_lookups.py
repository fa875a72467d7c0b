"""What the look-ups say, whole, as a terminal shows it."""

import pytest

from backpain_cli.model import Stage
from backpain_cli.report.lookups import (
    cause_detail,
    cause_list,
    prevention_detail,
    prevention_list,
    red_flag_detail,
    red_flag_list,
)
from backpain_cli.report.reference_lookups import (
    faq_answers,
    faq_list,
    overview_detail,
    overview_list,
    source_detail,
    source_list,
)
from backpain_cli.report.treatment_lookups import in_order, treatment_detail, treatment_list, treatment_view
from tests.report.conftest import Printed
from tests.report.sample import HEAT, KNOWLEDGE

BRITAIN = KNOWLEDGE.regions[0]
STRAIN = KNOWLEDGE.causes[0]
ACUTE = in_order(KNOWLEDGE.treatments, Stage.ACUTE)


def test_causes_stand_side_by_side(printed: Printed) -> None:
    assert (
        printed(cause_list(KNOWLEDGE, KNOWLEDGE.causes))
        == """\
  What back pain can come from

  Cause                     What it is                  How common
  ─────────────────────────────────────────────────────────────────────
  Muscle strain             A muscle was stretched.     Very common.

  Slipped disc (sciatica)   A disc presses on a nerve.  About 4 in 100.
  [slipped-disc]

  More about one: backpain causes muscle-strain
"""
    )


def test_causes_are_stacked_below_80_columns(printed: Printed) -> None:
    assert (
        printed(cause_list(KNOWLEDGE, KNOWLEDGE.causes), 40)
        == """\
What back pain can come from

Muscle strain
  What it is: A muscle was stretched.
  How common: Very common.

Slipped disc (sciatica) [slipped-disc]
  What it is: A disc presses on a
    nerve.
  How common: About 4 in 100.

More about one: backpain causes
muscle-strain
"""
    )


def test_a_cause_is_told_whole(printed: Printed) -> None:
    assert (
        printed(cause_detail(KNOWLEDGE, STRAIN))
        == """\
  Muscle strain

  A muscle was stretched. It heals by itself.

  Also called    pulled muscle
  How common     Very common.
  How it goes    Most heal in 6 weeks.
  Who to see     A physiotherapist, if it lasts.
  It comes from  muscles, joints and discs
  ICD-10         S39.012A

  What speaks for it
  ──────────────────
  - It began with lifting

  What speaks against it
  ──────────────────────
  - Pain below your knee
  - It did not begin with lifting

  What can help
  ─────────────
  - Heat
  - Anti-inflammatory tablets

  Exercises
  ─────────
  - Pelvic tilt

  Sources
  ───────
  1  French S, et al. Heat for the back. 2006 (read in part).
     https://doi.org/10.1002/x
"""
    )


def test_treatments_stand_side_by_side_by_type(printed: Printed) -> None:
    assert (
        printed(treatment_list(KNOWLEDGE, KNOWLEDGE.treatments))
        == """\
  What can help back pain

  Conservative treatments: what you can start at home or nearby
  ─────────────────────────────────────────────────────────────
  Treatment             What it is                     Early pain   Lasting pain
  ──────────────────────────────────────────────────────────────────────────────
  Heat                  A warm pack dulls pain.        recommended  no clear
                                                                    advice

  Anti-inflammatory     Ibuprofen eases pain a         recommended  worth a try
  tablets [tablets]     little.

  Advanced treatments: for pain that stays, given by a specialist
  ───────────────────────────────────────────────────────────────
  Treatment  What it is                              Early pain   Lasting pain
  ────────────────────────────────────────────────────────────────────────────
  Injection  A doctor puts medicine near the nerve.  not studied  advised
                                                     enough       against

  More about one: backpain treatments heat

  For one cause: backpain treatments --for muscle-strain
"""
    )


def test_treatments_at_a_stage_come_best_first_and_the_untested_before_the_advised_against(
    printed: Printed,
) -> None:
    assert (
        printed(treatment_view(Stage.ACUTE).all_of(KNOWLEDGE, ACUTE))
        == """\
  What can help: the first 4 weeks

  Treatment             Guidelines   What trials found              How sure
  ──────────────────────────────────────────────────────────────────────────────
  Anti-inflammatory     recommended  A little less pain.            very sure
  tablets [tablets]                                                 (high
                                                                    certainty)

  Heat                  recommended  Clear relief for a short       fairly sure
                                     time.                          (moderate
                                                                    certainty)

  Injection             not studied
                        enough

  More about one: backpain treatments tablets
"""
    )


def test_no_treatment_that_fits_is_said_in_words(printed: Printed) -> None:
    shown = printed(treatment_list(KNOWLEDGE, ()))
    assert "Nothing here fits what you asked for." in shown


def test_a_treatment_is_told_whole(printed: Printed) -> None:
    assert (
        printed(treatment_detail(KNOWLEDGE, HEAT), 79)
        == """\
  Heat

  A warm pack dulls pain. It works best when you move.

  Also called  heat pack

  How to do it
  ────────────
  - Keep it on for 15 to 20 minutes.
  - Never fall asleep with it.

  What to expect
  ──────────────
  It starts working  Within minutes.
  Stop or change     Stop if your skin blisters.
  What can go wrong  Burns.

  When not to, and when to take care
  ──────────────────────────────────
  Take care with  Numb skin: you could burn and not feel it

  What the evidence says
  ──────────────────────
  The first 4 weeks
  What trials found  Clear relief for a short time.
  How sure           fairly sure (moderate certainty)
  Guidelines         ACP: recommended

  Longer than 12 weeks
  What trials found  Too little studied to say.
  How sure           not sure at all (very low certainty)

  Where advice has changed
  ────────────────────────
  Often said          Heat helps healing.
  Guidelines now say  Heat eases pain for a short time.

  Sources
  ───────
  1  French S, et al. Heat for the back. 2006 (read in part).
     https://doi.org/10.1002/x
"""
    )


def test_a_treatment_is_told_whole_in_plain_lines(printed: Printed) -> None:
    assert (
        printed(treatment_detail(KNOWLEDGE, KNOWLEDGE.treatments[2]), plain=True)
        == """\
Anti-inflammatory tablets

Ibuprofen eases pain a little.

How to do it
- Take the lowest dose.

What to expect
It starts working: Within an hour.
Stop or change: Stop if your stools turn black.

When not to, and when to take care
Not with: You take a blood thinner: you could bleed

What the evidence says
The first 4 weeks
What trials found: A little less pain.
How sure: very sure (high certainty)
Guidelines: NICE: recommended; ACP: recommended

Longer than 12 weeks
What trials found: A little less pain.
How sure: not very sure (low certainty)
Guidelines: NICE: worth a try

Sources
1: NICE. Low back pain. 2020 (read in full).
  https://example.org/ng59
"""
    )


def test_prevention_stands_side_by_side(printed: Printed) -> None:
    assert (
        printed(prevention_list(KNOWLEDGE, KNOWLEDGE.prevention))
        == """\
  Ways to prevent back pain

  What                          How                           Does it help?
  ──────────────────────────────────────────────────────────────────────────────
  Walking                       Walk 30 minutes a day.        Spells come later.

  Building up to lifting        Lift a little more each       Not well studied.
  [lifting-well]                week.

  More about one: backpain prevention walking
"""
    )


def test_a_way_to_prevent_pain_shows_both_views_where_advice_has_changed(printed: Printed) -> None:
    assert (
        printed(prevention_detail(KNOWLEDGE, KNOWLEDGE.prevention[1]))
        == """\
  Building up to lifting

  Lift a little more each week.

  Does it help?  Not well studied.
  How sure       not very sure (low certainty)
  For            It began with lifting

  Where advice has changed
  ────────────────────────
  Often said          Bend your knees.
  Guidelines now say  Any way is fine.

  Sources
  ───────
  1  French S, et al. Heat for the back. 2006 (read in part).
     https://doi.org/10.1002/x
  2  NICE. Low back pain. 2020 (read in full).
     https://example.org/ng59
"""
    )


def test_danger_signs_come_by_urgency_in_words_and_never_in_a_table(printed: Printed) -> None:
    assert (
        printed(red_flag_list(KNOWLEDGE, KNOWLEDGE.red_flags), 100)
        == """\
  Signs that may mean danger

  Emergency: get help now
  ───────────────────────
  - Pressure on the nerves [cauda-equina]

  Book an appointment within about two weeks
  ──────────────────────────────────────────
  - Two signs

  More about one: backpain red-flags cauda-equina
"""
    )


def test_a_danger_sign_is_told_whole(printed: Printed) -> None:
    assert (
        printed(red_flag_detail(KNOWLEDGE, KNOWLEDGE.red_flags[0], BRITAIN))
        == """\
  Pressure on the nerves

  Emergency: get help now.

  Nerves may be squeezed. Treated fast, harm can be avoided.

  What to do   Go to A&E, or call 999.
  By when      now
  Say          “My back hurts and I am numb.”
  Until then   - Do not drive.
               - Do not eat.
  If not sure  Be seen within 24 to 48 hours

  The signs
  ─────────
  - All of these:
    - Numb [both legs] now
    - Trouble starting to pee

  Sources
  ───────
  1  NICE. Low back pain. 2020 (read in full).
     https://example.org/ng59
"""
    )


def test_a_danger_sign_made_of_others_is_told_as_an_outline(printed: Printed) -> None:
    assert (
        printed(red_flag_detail(KNOWLEDGE, KNOWLEDGE.red_flags[1], BRITAIN))
        == """\
  Two signs

  Book an appointment within about two weeks.

  It may be nothing.

  What to do   Book.
  By when      within two weeks
  If not sure  Look after it at home

  The signs
  ─────────
  - All of these:
    - None of these:
      - It began with lifting
    - At least 1 of these:
      - Numb [both legs] now
      - All of these:
        - Trouble starting to pee
        - Pain below your knee

  Sources
  ───────
  1  NICE. Low back pain. 2020 (read in full).
     https://example.org/ng59
"""
    )


def test_sources_stand_side_by_side(printed: Printed) -> None:
    assert (
        printed(source_list(KNOWLEDGE, KNOWLEDGE.sources))
        == """\
  What this guide rests on

  Source                        Who               Year  How far read
  ──────────────────────────────────────────────────────────────────
  Heat for the back [a-review]  French S, et al.  2006  read in part

  Low back pain [a-guideline]   NICE              2020  read in full

  More about one: backpain sources a-review
"""
    )


def test_a_source_says_where_it_is_and_how_far_it_was_read(printed: Printed) -> None:
    assert (
        printed(source_detail(KNOWLEDGE, KNOWLEDGE.sources[0]))
        == """\
  Heat for the back

  Who           French S, et al.
  Year          2006
  Published by  Cochrane
  Where         https://doi.org/10.1002/x
  How far read  read in part
  Note          Abstract read.
"""
    )


def test_the_overview_is_told_whole(printed: Printed) -> None:
    assert (
        printed(overview_list(KNOWLEDGE, KNOWLEDGE.overview))
        == """\
  Back pain and muscle spasm: the main points

  What a spasm is
  ───────────────
  A muscle tightens by itself.

  It hurts, but it heals.

  - Keep moving.
  - Use :pill: with care.

  Often said          Posture causes it.
  Guidelines now say  Posture is not proven to.

  Sources
  ───────
  1  French S, et al. Heat for the back. 2006 (read in part).
     https://doi.org/10.1002/x
  2  NICE. Low back pain. 2020 (read in full).
     https://example.org/ng59
"""
    )


def test_a_part_of_the_overview_is_told_whole(printed: Printed) -> None:
    assert (
        printed(overview_detail(KNOWLEDGE, KNOWLEDGE.overview[0]), 20)
        == """\
What a spasm is

A muscle tightens by
itself.

It hurts, but it
heals.

- Keep moving.
- Use :pill: with
  care.

Often said:
  Posture causes it.
Guidelines now
  say: Posture is
  not proven to.

Sources
───────
1: French S, et
  al. Heat for the
  back. 2006 (read
  in part).
  https://doi.org/10
  .1002/x
2: NICE. Low back
  pain. 2020 (read
  in full).
  https://example.or
  g/ng59
"""
    )


def test_the_questions_are_listed(printed: Printed) -> None:
    assert (
        printed(faq_list(KNOWLEDGE, KNOWLEDGE.faq))
        == """\
  Questions people ask

  - Heat or ice: which is better?
  - Can a muscle spasm cause long-term damage?
  - Should I rest in bed?

  For an answer: backpain faq followed by a few words of the question
"""
    )


def test_the_best_question_is_answered_and_the_others_are_named(printed: Printed) -> None:
    assert (
        printed(faq_answers(KNOWLEDGE, KNOWLEDGE.faq))
        == """\
  Heat or ice: which is better?

  Heat has better proof. Use what feels good.

  Sources
  ───────
  1  French S, et al. Heat for the back. 2006 (read in part).
     https://doi.org/10.1002/x

  Others that may fit
  ───────────────────
  - Can a muscle spasm cause long-term damage? (backpain faq lasting-harm)
  - Should I rest in bed? (backpain faq bed-rest)
"""
    )


@pytest.mark.parametrize("width", [100, 80, 60, 50, 40, 20])
def test_no_line_is_wider_than_the_window(printed: Printed, width: int) -> None:
    for blocks in (
        cause_list(KNOWLEDGE, KNOWLEDGE.causes),
        treatment_list(KNOWLEDGE, KNOWLEDGE.treatments),
        source_list(KNOWLEDGE, KNOWLEDGE.sources),
        treatment_detail(KNOWLEDGE, HEAT),
    ):
        assert max(map(len, printed(blocks, width).splitlines())) <= width
