"""The JSON Schema of a standard, for editors that validate as one types: from the same models that the loader uses.

It says as much as a schema can: keys, kinds, record types, fields, tests. Whether names agree with each other is
for `qaengine check`.
"""

from typing import Any

from pydantic import BaseModel

from qaengine.model.record import FieldSpec, Kind, RecordType
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.result import Result
from qaengine.standards.surface import KIND_KEYS, StandardYaml
from qaengine.workbench.keys import KEYS

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CONDITIONS = frozenset(
    ("where", "must", "when", "depends_on", "refer_if", "counting", "or_refer", "during_where", "applies_to")
)
"""The keys that hold a condition."""

_TYPES_ONLY = frozenset(("has", "after_each", "in_each", "among", "between", "during", "lasts", "share", "a"))
"""The keys that hold a record type; `each` may also hold an anchor, `latest` and `earliest` are of anchors."""

_TESTS = (
    *("in", "words", "same_as", "at_least", "at_most", "more_than", "less_than", "before", "after", "not_before"),
    *("not_after", "on", "within", "of", "no_older_than", "for_at_least", "at"),
)


def standard_schema() -> Schema:
    """The schema of one file of `rules/standards/`."""
    schema = _of(StandardYaml)
    kinds = {key: _check(key, model) for key, model in KIND_KEYS.items()}
    schema["properties"]["given"] = {"$ref": "#/$defs/case", "description": KEYS["given"]}
    defs = schema.setdefault("$defs", {})
    for found in kinds.values():
        defs.update(found.pop("$defs", {}))
    schema["properties"]["checks"]["items"] = {
        "type": "object",
        "oneOf": [{"required": [key]} for key in kinds],  # a check is of one kind; and then it is as that kind is
        "allOf": [{"if": {"required": [key]}, "then": found} for key, found in kinds.items()],
    }
    defs["record_type"] = {"enum": list(RECORD_TYPES)}
    defs["ExampleYaml"]["properties"]["case"] = {"$ref": "#/$defs/case"}
    defs["ExampleYaml"]["properties"]["expect"] = _expect()
    defs["condition"], defs["test"] = _condition(), _test()
    defs["case"] = case_schema()
    return {"$schema": DIALECT, "title": "A practice standard of qaengine", **schema}


def _check(key: str, model: type[BaseModel]) -> Schema:
    """One kind of check; the key that says which kind it is must be there."""
    found = _of(model)
    found["required"] = sorted({*found.get("required", ()), key})
    return found


def _of(model: type[BaseModel]) -> Schema:
    schema = model.model_json_schema(by_alias=True)
    for part in (schema, *schema.get("$defs", {}).values()):
        part["properties"] = {key: _key(key, value) for key, value in part.get("properties", {}).items()}
    return schema


def _key(key: str, value: Schema) -> Schema:
    says = {"description": KEYS[key]} if key in KEYS else {}
    if key in CONDITIONS:
        return {"$ref": "#/$defs/condition", **says}
    if key in _TYPES_ONLY or key in ("latest", "earliest"):
        return {"$ref": "#/$defs/record_type", **says}
    if key == "by" and "anyOf" not in value:
        return {"type": "string", **says}
    return {**{name: item for name, item in value.items() if name not in ("title", "default")}, **says}


def _expect() -> Schema:
    return {"type": "object", "minProperties": 1, "additionalProperties": {"enum": [result.value for result in Result]}}


def _condition() -> Schema:
    """A mapping of field to test. Which fields a record has is for `check`; a word that is no field is refused here."""
    several = {"type": "array", "items": {"$ref": "#/$defs/condition"}, "minItems": 1}
    fields = sorted({name for one in (CHILD, *RECORD_TYPES.values()) for name in one.fields})
    test = {"$ref": "#/$defs/test"}
    return {
        "type": "object",
        "properties": {
            **dict.fromkeys(fields, test),
            "any": several,
            "all": several,
            "not": {"$ref": "#/$defs/condition"},
            "looked_after": {"description": "true, or {for_at_least: PARAMETER}"},
            "age": {"type": "object", "properties": {"from": {}, "to": {}, "at": {}}, "additionalProperties": False},
            "carries": {"type": "string", "description": "TYPE.FIELD: the source has this field at all"},
            "from": test,
        },
        "patternProperties": {r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$": test},
        "additionalProperties": False,
    }


def _test() -> Schema:
    scalar = {"type": ["string", "boolean", "integer"]}
    return {
        "anyOf": [
            {"type": ["string", "boolean"], "description": "recorded, missing, or a value"},
            {"type": "array", "items": scalar, "minItems": 1, "description": "one of these"},
            {"type": "object", "properties": {name: {} for name in _TESTS}, "additionalProperties": False},
        ]
    }


def case_schema() -> Schema:
    """The schema of a native case file."""
    types = {
        name: {
            "description": (one.model.__doc__ or "").strip(),
            "anyOf": [{"const": "not_carried"}, {"type": "array", "items": _record(one)}],
        }
        for name, one in RECORD_TYPES.items()
    }
    return {
        "type": "object",
        "properties": {CHILD.name: _record(CHILD), **types},
        "additionalProperties": False,
    }


def _record(record_type: RecordType) -> Schema:
    fields = {name: _field(record_type.fields[name]) for name in record_type.carried_fields}
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _field(spec: FieldSpec) -> Schema:
    """A field may be blank; where a date is due, words may be typed, and are kept as words."""
    kinds: dict[Kind, Schema] = {
        Kind.NUMBER: {"type": ["integer", "string", "null"]},
        Kind.YES_NO: {"type": ["boolean", "null", "string"]},
        Kind.CODE: {"enum": [*spec.codes, None, "", "not_carried"]},
    }
    return {**kinds.get(spec.kind, {}), "description": spec.says}
