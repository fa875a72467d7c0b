import pytest
from hypothesis import given
from hypothesis import strategies as st

from backpain_cli.logic import (
    ABSENT,
    PRESENT,
    UNKNOWN,
    Evidence,
    Index,
    Presence,
    findings_of,
    holds,
    needed,
    present_findings,
    told,
)
from backpain_cli.model import AtLeast, Compound, Condition

P, A, U = PRESENT, ABSENT, UNKNOWN
KNOWN = Evidence({"p": P, "q": P, "a": A, "b": A, "u": U})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("p", P),
        ("a", A),
        ("u", U),
        ("never-asked", U),
        (Compound(all_of=("p", "q")), P),
        (Compound(all_of=("p", "u")), U),
        (Compound(all_of=("a", "u")), A),
        (Compound(any_of=("p", "u")), P),
        (Compound(any_of=("a", "u")), U),
        (Compound(any_of=("a", "b")), A),
        (Compound(none_of=("a", "b")), P),
        (Compound(none_of=("a", "u")), U),
        (Compound(none_of=("p", "u")), A),
        (Compound(at_least=AtLeast(2, ("p", "q", "a"))), P),
        (Compound(at_least=AtLeast(2, ("p", "u", "a"))), U),
        (Compound(at_least=AtLeast(2, ("p", "a", "b"))), A),
        (Compound(all_of=("p",), none_of=("a",)), P),
        (Compound(all_of=("p",), none_of=("q",)), A),
        (Compound(any_of=("p",), none_of=("u",)), U),
        (Compound(all_of=("p", Compound(any_of=("a", Compound(none_of=("b",)))))), P),
        (Compound(any_of=("never-asked",)), U),
        (Compound(none_of=("never-asked",)), U),
        (Compound(at_least=AtLeast(1, ("never-asked",))), U),
        (Compound(all_of=(Compound(any_of=("never-asked",)),)), U),
        (Compound(any_of=(Compound(all_of=("never-asked",)),)), U),
        (Compound(at_least=AtLeast(1, (Compound(all_of=("never-asked",)),))), U),
    ],
)
def test_a_condition_follows_kleene(condition: Condition, expected: Presence) -> None:
    assert holds(condition, KNOWN) is expected


def test_the_findings_of_a_condition_come_in_order_from_every_part() -> None:
    condition = Compound(
        all_of=("p", Compound(any_of=("q",))), none_of=("a",), at_least=AtLeast(1, ("u", "p"))
    )
    assert list(findings_of(condition)) == ["p", "q", "a", "u", "p"]
    assert present_findings(condition, KNOWN) == ("p", "q")


def test_only_what_nobody_asked_about_is_taken_as_absent() -> None:
    assert (told("p", KNOWN), told("u", KNOWN), told("never-asked", KNOWN)) == (P, U, A)
    assert told(Compound(all_of=("p", "never-asked")), KNOWN) is A
    assert told(Compound(none_of=("never-asked",)), KNOWN) is P


def test_evidence_lists_what_is_present() -> None:
    assert KNOWN.present() == {"p", "q"}
    assert KNOWN.of("p") is P
    assert KNOWN.of("never-asked") is U
    assert KNOWN.was_asked("u")
    assert not KNOWN.was_asked("never-asked")


LEAVES = st.sampled_from("abcd")
CONDITIONS = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda of: Compound(all_of=tuple(of))),
        st.lists(parts, min_size=1, max_size=3).map(lambda of: Compound(any_of=tuple(of))),
        st.lists(parts, min_size=1, max_size=3).map(lambda of: Compound(none_of=tuple(of))),
        st.tuples(st.integers(1, 3), st.lists(parts, min_size=1, max_size=3)).map(
            lambda pair: Compound(at_least=AtLeast(pair[0], tuple(pair[1])))
        ),
    ),
    max_leaves=8,
)


@given(
    CONDITIONS,
    st.fixed_dictionaries({leaf: st.sampled_from(Presence) for leaf in "abcd"}),
    st.sampled_from([P, A]),
)
def test_learning_more_never_overturns_what_was_decided(
    condition: Condition, presence: dict[str, Presence], guess: Presence
) -> None:
    decided = holds(condition, Evidence(presence))
    learnt = {leaf: guess if known is U else known for leaf, known in presence.items()}
    assert decided in (U, holds(condition, Evidence(learnt)))


@given(
    st.lists(CONDITIONS, max_size=4),
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(Presence)),
)
def test_an_index_leaves_out_no_rule_that_could_hold(
    rules: list[Condition], presence: dict[str, Presence]
) -> None:
    evidence = Evidence(presence)
    touched = Index(rules, lambda rule: rule).touched(evidence)
    assert [rule for rule in touched if told(rule, evidence) is not A] == [
        rule for rule in rules if told(rule, evidence) is not A
    ]
    assert [rule for rule in touched if holds(rule, evidence) is P] == [
        rule for rule in rules if holds(rule, evidence) is P
    ]


def test_an_index_names_only_the_rules_that_a_raised_finding_touches() -> None:
    rules: list[Condition | None] = ["p", "q", Compound(any_of=("q", "u")), Compound(none_of=("p",)), None]
    index = Index(rules, lambda rule: rule)
    assert index.touched(Evidence()) == rules[3:]
    assert index.touched(Evidence({"p": P, "q": A})) == [rules[0], *rules[3:]]
    assert index.touched(Evidence({"u": U})) == rules[2:]


@pytest.mark.parametrize(
    ("condition", "sets"),
    [
        ("p", [{"p"}]),
        (Compound(all_of=("p", "q")), [{"p"}, {"q"}]),
        (Compound(any_of=("p", "q")), [{"p", "q"}]),
        (Compound(none_of=("p",)), []),
        (Compound(at_least=AtLeast(n=2, of=("p", "q", "r"))), [{"p", "q", "r"}]),
        (Compound(all_of=("p", Compound(any_of=("q", "r")))), [{"p"}, {"q", "r"}]),
        (Compound(any_of=(Compound(all_of=(Compound(any_of=("p", "q")), "r")), "s")), [{"r", "s"}]),
        (Compound(any_of=("p", Compound(none_of=("q",)))), []),
        (Compound(all_of=("p",), any_of=("q", "r"), none_of=("s",)), [{"p"}, {"q", "r"}]),
    ],
)
def test_a_condition_needs_one_of_each_set(condition: Condition, sets: list[set[str]]) -> None:
    assert needed(condition) == sets


def test_a_rule_is_looked_at_for_what_few_others_need() -> None:
    rules: list[Condition] = [
        Compound(all_of=("common", "p")),
        Compound(all_of=("common", Compound(any_of=("q", "r")))),
        Compound(all_of=(Compound(any_of=("common", "s")), "common")),
    ]
    index = Index(rules, lambda rule: rule)
    assert index.touched(Evidence({"common": P})) == rules[2:]
    assert index.touched(Evidence({"p": U, "r": P})) == rules[:2]
