"""The JSON Schema of each file of the knowledge, made from the types, so that editors can help an author."""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from backpain_cli.cases import Case
from backpain_cli.model import RECORD_TYPES, Stage

Schema: TypeAlias = dict[str, object]

KINDS: tuple[str, ...] = (*RECORD_TYPES, "cases")
"""The kinds of file, in their order."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BEYOND_TYPES: Mapping[str, Schema] = {
    "Compound": {
        "anyOf": [
            *(
                {"required": [field], "properties": {field: {"minItems": 1}}}
                for field in ("all_of", "any_of", "none_of")
            ),
            {"required": ["at_least"]},
        ]
    },
    "Link": {
        "dependentRequired": {"sensitivity": ["specificity"], "specificity": ["sensitivity"]},
        "anyOf": [{"required": [field]} for field in ("present", "absent", "sensitivity")],
    },
}
"""What the types refuse in their own code, which msgspec cannot see."""


def schema(kind: str) -> Schema:
    """Return the JSON Schema of one kind of file, such as `causes`."""
    record_type = RECORD_TYPES.get(kind, Case)
    derived = msgspec.json.schema(list[record_type])  # type: ignore[valid-type]
    return {
        "$schema": _DIALECT,
        "$id": f"urn:backpain:knowledge:{kind}",
        "title": f"Knowledge of backpain: {kind}",
        **derived,
        "$defs": {name: _whole(name, part) for name, part in derived["$defs"].items()},
    }


def as_file(kind: str) -> str:
    """Return the text of the schema's file in `knowledge/schema/`."""
    return msgspec.json.format(msgspec.json.encode(schema(kind)), indent=2).decode() + "\n"


def _whole(name: str, part: Schema) -> Schema:
    if name == "Treatment":
        properties: dict[str, Schema] = part["properties"]  # type: ignore[assignment]
        evidence = {**properties["evidence"], "propertyNames": {"enum": [str(stage) for stage in Stage]}}
        return {**part, "properties": {**properties, "evidence": evidence}}
    return {**part, **_BEYOND_TYPES.get(name, {})}
