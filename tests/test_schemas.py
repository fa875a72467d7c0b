"""The JSON Schemas, put to the real knowledge and to bad samples by check-jsonschema, as an editor would."""

from pathlib import Path

import msgspec
import pytest
from check_jsonschema import main as check_jsonschema  # type: ignore[import-untyped]  # no stubs

from backpain_cli import schemas
from backpain_cli.cases import Case
from backpain_cli.model import RECORD_TYPES
from backpain_cli.records import read_records
from backpain_cli.yaml_source import read_text, read_yaml

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
FOLDER = KNOWLEDGE / "schema"
BAD = Path(__file__).parent / "bad_schema"
SAMPLES = sorted(path.name for path in BAD.glob("*.yaml"))


def exit_code(kind: str, *files: Path) -> object:
    """Return how check-jsonschema ends; it reads nothing but these files."""
    arguments = ["--schemafile", str(FOLDER / f"{kind}.json"), *map(str, files)]
    return check_jsonschema(arguments, standalone_mode=False)


def files_of(kind: str) -> list[Path]:
    return sorted([*KNOWLEDGE.glob(f"{kind}.yaml"), *KNOWLEDGE.glob(f"{kind}/*.yaml")])


def test_the_schemas_in_the_repository_are_those_of_the_types() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert kept == {f"{kind}.json": schemas.as_file(kind) for kind in schemas.KINDS}, (
        "run: backpain knowledge schema --into knowledge/schema"
    )


@pytest.mark.parametrize(
    "kind",
    # a thousand worked cases take as long as all the others together
    [pytest.param(kind, marks=[pytest.mark.slow] if kind == "cases" else []) for kind in schemas.KINDS],
)
def test_the_schema_accepts_the_knowledge(kind: str) -> None:
    assert files_of(kind)
    assert exit_code(kind, *files_of(kind)) in (None, 0)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_schema_refuses_a_bad_sample(sample: str) -> None:
    assert exit_code(sample.split(".")[1], BAD / sample) == 1


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_the_schema_refuses_the_types_refuse_too(sample: str) -> None:
    record_type = RECORD_TYPES.get(sample.split(".")[1], Case)
    document = read_yaml(read_text(BAD / sample), sample)
    _, problems = read_records(document, record_type)
    assert len(problems) == 1


def test_there_is_a_bad_sample_for_each_kind_of_file() -> None:
    assert {sample.split(".")[1] for sample in SAMPLES} == set(schemas.KINDS)


def test_a_schema_says_what_it_is_of() -> None:
    head = {key: value for key, value in schemas.schema("faq").items() if key not in {"$defs", "items"}}
    assert head == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:backpain:knowledge:faq",
        "title": "Knowledge of backpain: faq",
        "type": "array",
    }


def test_a_schema_names_every_field_of_a_record() -> None:
    definitions = msgspec.convert(schemas.schema("causes")["$defs"], dict[str, dict[str, object]])
    properties = msgspec.convert(definitions["Cause"]["properties"], dict[str, object])
    assert set(properties) == set(RECORD_TYPES["causes"].__struct_fields__)


def test_a_schema_tells_an_author_what_a_field_is_for() -> None:
    definitions = msgspec.convert(schemas.schema("causes")["$defs"], dict[str, dict[str, object]])
    properties = msgspec.convert(definitions["Cause"]["properties"], dict[str, dict[str, object]])
    told = {field: says["description"] for field, says in properties.items() if "description" in says}
    assert told == {
        "also": "Other names people use.",
        "prior": "The part of adults seen in primary care with back pain who have it.",
        "prior_is_estimate": "True where the prior is an honest order of magnitude, not a published figure.",
        "at_least": "The lowest triage level once it matches.",
    }


def test_every_file_of_the_knowledge_names_its_schema_for_editors() -> None:
    for kind in schemas.KINDS:
        for path in files_of(kind):
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            above = "" if path.parent == KNOWLEDGE else "../"
            assert first == f"# yaml-language-server: $schema={above}schema/{kind}.json", path
