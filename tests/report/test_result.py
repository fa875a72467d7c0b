"""A result at a terminal: an emergency alone, one screen that says it all, then the details."""

import pytest
from msgspec.structs import replace

from backpain_cli.model import Level
from backpain_cli.report.result import result_blocks
from backpain_cli.report.summary import first_screen, what_fits
from backpain_cli.result import Reason, Triage
from tests.report.conftest import Printed
from tests.report.sample import EMERGENCY, KNOWLEDGE, SELF_CARE, URGENT, result


def test_an_emergency_shows_one_card_and_nothing_else(printed: Printed) -> None:
    assert (
        printed(result_blocks(EMERGENCY, KNOWLEDGE))
        == """\
  EMERGENCY: get help now

  You told us: numb [both legs] now, and trouble starting to pee. Nerves may be
  squeezed. Treated fast, harm can be avoided.

  Now            Go to A&E now, or call 999.
  Say            “My back hurts and I am numb.”
  Until          - Do not drive.
                 - Do not eat.
  Tell them too  Fever with back pain

  Sources: Heat for the back (2006); Low back pain (2020).
"""
    )


def test_an_emergency_fits_a_very_narrow_window(printed: Printed) -> None:
    assert (
        printed(result_blocks(EMERGENCY, KNOWLEDGE), 20)
        == """\
EMERGENCY: get help
now

You told us: numb
[both legs] now, and
trouble starting to
pee. Nerves may be
squeezed. Treated
fast, harm can be
avoided.

Now: Go to A&E
  now, or call 999.
Say: “My back
  hurts and I am
  numb.”
Until:
- Do not drive.
- Do not eat.
Tell them too:
  Fever with back
  pain

Sources: Heat for
the back (2006); Low
back pain (2020).
"""
    )


def test_an_emergency_in_plain_mode_has_no_columns(printed: Printed) -> None:
    assert (
        printed(result_blocks(EMERGENCY, KNOWLEDGE), plain=True)
        == """\
EMERGENCY: get help now

You told us: numb [both legs] now, and trouble starting to pee. Nerves may be
squeezed. Treated fast, harm can be avoided.

Now: Go to A&E now, or call 999.
Say: “My back hurts and I am numb.”
Until:
- Do not drive.
- Do not eat.
Tell them too: Fever with back pain

Sources: Heat for the back (2006); Low back pain (2020).
"""
    )


def test_an_emergency_without_a_reason_still_says_what_to_do(printed: Printed) -> None:
    soon = Triage(Level.EMERGENCY, "EMERGENCY: get help now", "Call 999.", "now", (), ())
    assert printed(result_blocks(result(soon), KNOWLEDGE)) == "  EMERGENCY: get help now\n\n  Call 999.\n"


def test_an_emergency_is_not_told_twice_on_the_same_findings(printed: Printed) -> None:
    first, *_ = EMERGENCY.triage.reasons
    same = replace(first, id="numb", name="Numb between the legs", findings=first.findings[:1])
    card = printed(result_blocks(result(replace(EMERGENCY.triage, reasons=(first, same))), KNOWLEDGE))
    assert "You told us: numb [both legs] now" in card
    assert "Tell them too" not in card


def test_the_first_screen_says_it_all(printed: Printed) -> None:
    assert (
        printed(first_screen(SELF_CARE, KNOWLEDGE))
        == """\
  Look after it at home

  No sign of danger.

  If it is no better by Saturday 14 February, see someone.

  Get help at once (999) if you notice numbness.

  What fits                         Speaks for it         Speaks against it
  ──────────────────────────────────────────────────────────────────────────────
  Muscle strain          fits well  it began with         nothing
                                    lifting

  Slipped disc           may fit    sign 1 · sign 2 ·     no pain below your
  (sciatica)                        sign 3 · and 1 more   knee

  3 causes were weighed. This is a guide and no diagnosis.

  Do now       Heat
  Not for you  Anti-inflammatory tablets: you told us you take a blood thinner:
               you could bleed
  Not advised  Injection
  Not yet      Injection (from Saturday 14 March)
  Prevent      Walking
"""
    )


def test_the_first_screen_is_stacked_below_80_columns(printed: Printed) -> None:
    assert (
        printed(first_screen(SELF_CARE, KNOWLEDGE), 79)
        == """\
  Look after it at home

  No sign of danger.

  If it is no better by Saturday 14 February, see someone.

  Get help at once (999) if you notice numbness.

  Muscle strain: fits well
    For: it began with lifting
    Against: nothing

  Slipped disc (sciatica): may fit
    For: sign 1 · sign 2 · sign 3 · and 1 more
    Against: no pain below your knee

  3 causes were weighed. This is a guide and no diagnosis.

  Do now       Heat
  Not for you  Anti-inflammatory tablets: you told us you take a blood thinner:
               you could bleed
  Not advised  Injection
  Not yet      Injection (from Saturday 14 March)
  Prevent      Walking
"""
    )


def test_the_details_follow_in_the_same_order(printed: Printed) -> None:
    assert (
        printed(result_blocks(SELF_CARE, KNOWLEDGE), 60, plain=True)
        == """\
Look after it at home

No sign of danger.

If it is no better by Saturday 14 February, see someone.

Get help at once (999) if you notice numbness.

Muscle strain: fits well
  For: it began with lifting
  Against: nothing

Slipped disc (sciatica): may fit
  For: sign 1 · sign 2 · sign 3 · and 1 more
  Against: no pain below your knee

3 causes were weighed. This is a guide and no diagnosis.

Do now: Heat
Not for you: Anti-inflammatory tablets: you told us you
  take a blood thinner: you could bleed
Not advised: Injection
Not yet: Injection (from Saturday 14 March)
Prevent: Walking

Details follow below.

What may be behind the pain
Muscle strain: fits well
A muscle was stretched. It heals by itself.

How it goes: Most heal in 6 weeks.
Who to see: A physiotherapist, if it lasts.
Speaks for it: it began with lifting
Not known: numb skin
Sources: 1

Slipped disc (sciatica): may fit
A disc presses on a nerve.

How it goes: Most heal in 12 weeks.
Who to see: Your doctor.
Speaks for it: sign 1; sign 2; sign 3; sign 4
Speaks against it: no pain below your knee
Sources: 2

What may be adding to it
Long sitting
It may add.

What helps: Get up.
Sources: 1

What you can do
Heat
A warm pack dulls pain. It works best when you move.

- Keep it on for 15 to 20 minutes.
- Never fall asleep with it.

What trials found: Clear relief for a short time.
How sure: fairly sure (moderate certainty)
Guidelines: recommended
It starts working: Within minutes.
Stop or change: Stop if your skin blisters.
Sources: 1

Often said: Heat helps healing.
Guidelines now say: Heat eases pain for a short time.

Not for you
Anti-inflammatory tablets
Because: You told us you take a blood thinner: you could
  bleed
Sources: 2

What guidelines advise against
Injection
A doctor puts medicine near the nerve.

What trials found: It does not help.
How sure: not very sure (low certainty)
Sources: 2

When more may be worth considering
Injection
A doctor puts medicine near the nerve.

From: Saturday 14 March
When: If leg pain stays bad.
What trials found: It does not help.
How sure: not very sure (low certainty)
Guidelines: worth a try
Sources: 2

Making the next time less likely
Walking
Walk every day.

Does it help? Spells come later.
How sure: fairly sure (moderate certainty)
Sources: 1

Next steps
- If it is no better by Saturday 14 February, see someone.
- Get help at once (999) if you notice numbness.
- By Saturday 14 March: Ask about an injection.

Sources
1: French S, et al. Heat for the back. 2006 (read in
  part).
  https://doi.org/10.1002/x
2: NICE. Low back pain. 2020 (read in full).
  https://example.org/ng59
"""
    )


def test_treatments_after_the_first_four_and_signs_not_asked_about_are_told_in_short(
    printed: Printed,
) -> None:
    heat = SELF_CARE.treatments.conservative[0]
    many = tuple(replace(heat, id=f"heat-{n}", name=f"Heat {n}") for n in range(1, 7))
    unasked = replace(SELF_CARE.causes[0], unknown=("blood-thinner", *("numb-skin",) * 6))
    groups = replace(SELF_CARE.treatments, conservative=many)
    shown = printed(result_blocks(replace(SELF_CARE, causes=(unasked,), treatments=groups), KNOWLEDGE), 100)
    assert shown.count("Keep it on for 15 to 20 minutes.") == 4
    assert shown.count("A warm pack dulls pain.") == 6
    assert "\n  How to do one that is told in short: backpain treatments heat-5\n" in shown
    assert "numb skin; numb skin; numb skin; numb skin; and 2 more\n" in shown  # and no blood thinner


def test_an_urgent_result_says_why_and_what_was_not_checked(printed: Printed) -> None:
    assert (
        printed(result_blocks(URGENT, KNOWLEDGE))
        == """\
  Be seen within 24 to 48 hours

  Call your doctor. Within 24 to 48 hours, by Monday 2 February.

  You were not sure about: pain below your knee. A nerve may be hurt.

  Also: Fever.

  Not checked: Danger signs of the nerves.

  Details follow below.

  Why this soon
  ─────────────
  Weak leg
  You were not sure about: pain below your knee. A nerve may be hurt.

  How soon  Be seen within 24 to 48 hours
  Sources   1

  Fever
  An infection is possible.

  How soon  Be seen within 24 to 48 hours
  Sources   1

  Next steps
  ──────────
  - By Monday 2 February: Call your doctor.

  Sources
  ───────
  1  French S, et al. Heat for the back. 2006 (read in part).
     https://doi.org/10.1002/x
"""
    )


def test_someone_not_sure_of_an_emergency_sign_is_told_what_to_do_if_it_is_so(printed: Printed) -> None:
    unsure = Reason(
        "cauda-equina", "Pressure", Level.URGENT, "unknown", ("saddle",), ("a-guideline",), "Yes."
    )
    soon = Triage(Level.URGENT, "Be seen soon", "Call.", "today", (unsure,), ())
    shown = printed(first_screen(result(soon), KNOWLEDGE), 100)
    assert "If you find that it is so, it is an emergency.\n  Go to A&E, or call 999.\n" in shown
    sure = replace(unsure, presence="present")
    assert "If you find" not in printed(first_screen(result(replace(soon, reasons=(sure,))), KNOWLEDGE), 100)


def test_nobody_is_sent_home_while_danger_signs_are_not_checked(printed: Printed) -> None:
    soon = Triage(Level.SELF_CARE, "Not finished", "Answer them too.", "", (), ("nerves", "new"))
    shown = printed(first_screen(result(soon), KNOWLEDGE))
    assert shown == (
        "  Not finished\n\n  Answer them too.\n\n  Not checked: Danger signs of the nerves; new.\n"
    )


def test_a_cause_that_fits_without_a_sign_says_that_it_is_common(printed: Printed) -> None:
    silent = replace(SELF_CARE.causes[0], supporting=())
    assert (
        printed(what_fits(replace(SELF_CARE, causes=(silent,))), 40)
        == """\
Muscle strain: fits well
  For: how common it is
  Against: nothing

1 causes were weighed. This is a guide
and no diagnosis.
"""
    )


def test_no_cause_that_stands_out_is_said_in_words(printed: Printed) -> None:
    shown = printed(what_fits(replace(SELF_CARE, causes=SELF_CARE.causes[2:])))
    assert shown == "  No cause stands out among the 1 that were weighed.\n"


def test_at_most_five_causes_are_shown(printed: Printed) -> None:
    many = replace(SELF_CARE, causes=SELF_CARE.causes[:1] * 9)
    assert printed(what_fits(many)).count("Muscle strain") == 5


def test_an_option_whose_day_has_come_is_one_to_ask_about(printed: Printed) -> None:
    open_now = replace(SELF_CARE.treatments.advanced[0], consider_from=SELF_CARE.today)
    groups = replace(SELF_CARE.treatments, advanced=(open_now,))
    shown = printed(result_blocks(replace(SELF_CARE, treatments=groups), KNOWLEDGE))
    assert "  Ask about    Injection\n" in shown
    assert "  From               Now\n" in shown
    assert "Not yet" not in shown


def test_a_long_list_on_the_first_screen_says_how_much_is_below(printed: Printed) -> None:
    tips = replace(SELF_CARE, prevention=SELF_CARE.prevention * 6)
    shown = printed(first_screen(tips, KNOWLEDGE), 100)
    assert "  Prevent      Walking · Walking · Walking · Walking · and 2 more\n" in shown


@pytest.mark.parametrize("width", [40, 20])
@pytest.mark.parametrize("plain", [False, True])
def test_stacked_lines_hold_the_same_text_at_every_width(
    printed: Printed, width: int, *, plain: bool
) -> None:
    for whole in (EMERGENCY, SELF_CARE, URGENT):
        narrow = printed(result_blocks(whole, KNOWLEDGE), width, plain=plain)
        wider = printed(result_blocks(whole, KNOWLEDGE), 50, plain=plain)
        assert _squeezed(narrow) == _squeezed(wider)
        assert max(map(len, narrow.splitlines())) <= width


@pytest.mark.parametrize("width", [100, 80, 60])
def test_columns_hold_every_word_that_stacked_lines_hold(printed: Printed, width: int) -> None:
    for whole in (EMERGENCY, SELF_CARE, URGENT):
        wide = printed(result_blocks(whole, KNOWLEDGE), width)
        stacked = printed(result_blocks(whole, KNOWLEDGE), 50)
        assert _words(stacked) - _words(wide) <= {"For", "Against"}
        assert max(map(len, wide.splitlines())) <= width


def test_plain_mode_draws_no_lines(printed: Printed) -> None:
    shown = printed(result_blocks(SELF_CARE, KNOWLEDGE), 100, plain=True)
    assert not any("\u2500" <= sign <= "\u259f" for sign in shown)


def test_no_line_ends_in_spaces(printed: Printed) -> None:
    shown = printed(result_blocks(SELF_CARE, KNOWLEDGE), 100)
    assert [line for line in shown.splitlines() if line != line.rstrip()] == []


def _squeezed(shown: str) -> str:
    """Return the text without spaces and underlines, since a long word may go on in the next line."""
    return "".join(shown.replace("\N{BOX DRAWINGS LIGHT HORIZONTAL}", "").split())


def _words(shown: str) -> set[str]:
    return {word.rstrip(":") for word in shown.split() if word.rstrip(":").isalnum()}
