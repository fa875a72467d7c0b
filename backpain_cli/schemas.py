"""The JSON Schema of each file of the knowledge, made from the types, so that editors can help an author."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import TypeAlias

import msgspec

from backpain_cli import cases, model
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
    """Return a definition with what msgspec cannot see: texts on the fields, and rules in code."""
    fields: dict[str, Schema] = part.get("properties", {})  # type: ignore[assignment]
    told: dict[str, Schema] = {
        field: {"description": text} for field, text in _field_texts().get(name, {}).items()
    }
    if name == "Treatment":
        told["evidence"] = {"propertyNames": {"enum": [str(stage) for stage in Stage]}}
    properties = {field: {**given, **told.get(field, {})} for field, given in fields.items()}
    return {
        **part,
        # before 3.13, Python keeps the indents of a docstring
        **({"description": inspect.cleandoc(str(part["description"]))} if "description" in part else {}),
        **({"properties": properties} if fields else {}),
        **_BEYOND_TYPES.get(name, {}),
    }


@cache
def _field_texts() -> Mapping[str, Mapping[str, str]]:
    """Return what the source says under each field of each type, as editors show it to an author."""
    trees = (ast.parse(inspect.getsource(module)) for module in (model, cases))
    types = (node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    return {node.name: dict(_texts_under_fields(node)) for node in types}


def _texts_under_fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, after in pairwise(node.body):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr):
            yield ast.unparse(field.target), inspect.cleandoc(ast.literal_eval(after.value))
