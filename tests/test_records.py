import json

from hypothesis import given
from hypothesis import strategies as st

from backpain_cli.model import RECORD_TYPES, Treatment
from backpain_cli.records import read_records
from backpain_cli.yaml_source import read_yaml

FIELDS = sorted({field for record_type in RECORD_TYPES.values() for field in record_type.__struct_fields__})
TRAPS = ["x - at `$.links[3]", "x - at `$.evidence[...]", "x - at `key` in `$.evidence", "`", "$", ""]
Values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(["a", "2026-01-01", "acute", "for", *TRAPS]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS + TRAPS), inner, max_size=3)
    ),
    max_leaves=10,
)
TREATMENT = {
    "id": "heat",
    "name": "heat",
    "type": "conservative",
    "summary": "Warm it.",
    "how_to": ["Use a warm pack."],
    "evidence": {"acute": {"effect": "It eases pain.", "certainty": "low", "stance": {"ACP": "for"}}},
    "starts_working": "at once",
    "stop_or_change": "after a week",
    "sources": ["a-trial"],
    "reviewed": "2026-01-01",
}


@given(
    st.sampled_from(sorted(RECORD_TYPES)), st.lists(st.dictionaries(st.sampled_from(FIELDS + TRAPS), Values))
)
def test_no_record_brings_the_reader_down(kind: str, items: list[dict[str, object]]) -> None:
    document = read_yaml(json.dumps(items), "a.yaml")
    records, problems = read_records(document, RECORD_TYPES[kind])
    assert len(records) + len(problems) == min(len(items), 100)
    assert all(problem.message for problem in problems)


@given(st.sampled_from(sorted(TREATMENT)), Values)
def test_whatever_stands_in_one_field_is_accepted_or_told_of_at_that_field(field: str, value: object) -> None:
    document = read_yaml(json.dumps([{**TREATMENT, field: value}], indent=1), "a.yaml")
    records, problems = read_records(document, Treatment)
    assert len(records) + len(problems) == 1
    here = document.locate_key((0, field)).line
    assert all(problem.location.line >= here for problem in problems)


def test_the_key_of_a_mapping_is_told_of_where_it_stands() -> None:
    evidence = {"acute": {"effect": "x", "certainty": "low", "stance": {"ACP": "for", "NICE": "perhaps"}}}
    document = read_yaml(json.dumps([{**TREATMENT, "evidence": evidence}], indent=1), "a.yaml")
    _, (problem,) = read_records(document, Treatment)
    assert problem.message == "'perhaps' is not a word that can stand here"
    assert problem.excerpt.strip() == '"NICE": "perhaps"'
    assert problem.hint == "write one of: for, conditional, none, against, not-applicable"


def test_all_the_fields_that_are_missing_are_told_of_at_once() -> None:
    document = read_yaml("- {id: heat, name: heat, type: conservative, summary: Warm it.}", "a.yaml")
    _, (problem,) = read_records(document, Treatment)
    assert problem.message == (
        "these fields are missing: sources, reviewed, how_to, evidence, starts_working, stop_or_change"
    )
    assert problem.hint == "add them to this record"
