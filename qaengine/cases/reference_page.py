"""The part of docs/case-files.md that is made from the catalogue: every record type and field."""

from collections.abc import Iterator

from qaengine.cases.shape import TYPES, data_fields, typed_words
from qaengine.model.record import FieldSpec, Kind, RecordType

BEGIN, END = "<!-- catalogue: begin (made by the program; do not edit) -->", "<!-- catalogue: end -->"

_KINDS = {
    Kind.DATE: "date",
    Kind.EVENT: "event",
    Kind.NUMBER: "whole number",
    Kind.YES_NO: "yes or no",
    Kind.TEXT: "text",
    Kind.REF: "reference",
}


def catalogue() -> str:
    """Every record type with its fields, as Markdown."""
    return "\n\n".join("\n".join(_type(record_type)) for record_type in TYPES.values())


def with_catalogue(page: str) -> str:
    """The page with the catalogue between its two marks as it now is. Raises ValueError where a mark is missing."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{catalogue()}\n\n{END}{after}"


def _type(record_type: RecordType) -> Iterator[str]:
    name = record_type.name
    yield f"### `{name}`: {record_type.title}\n"
    about = (record_type.model.__doc__ or "").strip().replace("\n    ", " ")
    yield f"{about} {_comes_to_be(record_type)}\n".replace("  ", " ")
    yield "| field | kind | what it says |"
    yield "|---|---|---|"
    key = "child_id" if record_type.one_per_child else "id"
    yield f"| `{key}` | reference | {_key_says(record_type)} |"
    words = typed_words(name)
    for field in data_fields(name):
        if field not in words:
            yield _field(record_type.fields[field])


def _key_says(record_type: RecordType) -> str:
    if record_type.one_per_child:
        return "the child's reference"
    if record_type.worked_out:
        return "its own within the child"
    return f"its own within the child; left out, it is made from its place: `{record_type.name}-1`"


def _comes_to_be(record_type: RecordType) -> str:
    if record_type.one_per_child:
        return "A child is there once `opened_on` has come, or where it is blank."
    if record_type.worked_out:
        return "No source carries it: it is **worked out** from what the standards found, and never given."
    parts = []
    if record_type.dated:
        parts.append(f"It exists once {' and '.join(f'`{field}`' for field in record_type.dated)} has come.")
    if record_type.belongs_to:
        link, whole = record_type.belongs_to
        parts.append(f"It comes and goes with the one of `{whole}` that `{link}` names.")
    return " ".join(parts)


def _field(spec: FieldSpec) -> str:
    kind = ", ".join(f"`{code}`" for code in spec.codes) if spec.codes else _KINDS[spec.kind]
    says = spec.says
    if spec.known_from == spec.name:
        says += "; known once it has come"
    elif spec.known_from:
        until = f"; until then `{spec.until_then}`" if spec.until_then else ""
        says += f" (known from `{spec.known_from}`{until})"
    return f"| `{spec.name}` | {kind} | {says}{'; **worked out**' if spec.derived else ''} |"
