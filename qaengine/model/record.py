"""What a record type is: a frozen pydantic model whose fields say what a blank means.

The models in `records/` are the only definition of a case file: the native format, the tables, the names that a
standard may use, the JSON Schema and the documentation are all read from them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo

if TYPE_CHECKING:
    from pydantic.config import JsonDict

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Ref = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
"""A reference to a record, a child or a person: never a name."""


class Kind(StrEnum):
    """What kind of value a field holds."""

    DATE = "date"
    EVENT = "event"  # a date on which something is done: blank means it has not happened
    NUMBER = "number"
    YES_NO = "yes or no"
    CODE = "code"
    TEXT = "text"
    REF = "reference"


DATES = frozenset({Kind.DATE, Kind.EVENT})

BOUND = "no_later_than"
"""The field of a record that may be there before a day, of which the source says no more."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a record type. `known_from` names the date before which the value was not yet so (`until_then`).

    `called` is its name in a sentence, where the word itself reads badly aloud; of a field that holds yes or no,
    `clauses` are what yes says and what no says.
    """

    name: str
    kind: Kind
    says: str
    called: str = ""
    clauses: tuple[str, str] | None = None
    codes: tuple[str, ...] = ()
    known_from: str | None = None
    until_then: str | None = None
    derived: bool = False

    @property
    def is_date(self) -> bool:
        return self.kind in DATES


class Record(BaseModel):
    """A row of a record type: its id is unique within the child and the type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    id: Ref


def field(
    says: str,
    *,
    event: bool = False,
    known_from: str | None = None,
    until_then: str | None = None,
    ref: bool = False,
    derived: bool = False,
    called: str = "",
    clauses: tuple[str, str] | None = None,
) -> Any:
    """A field of a record that may be blank, with its meaning."""
    about = {
        "called": called,
        "clauses": list(clauses) if clauses else None,
        "event": event,
        "known_from": known_from,
        "until_then": until_then,
        "ref": ref,
        "derived": derived,
    }
    return Field(default=None, description=says, json_schema_extra={"qaengine": cast("JsonDict", about)})


@dataclass(frozen=True)
class RecordType:
    """A record type: its plural name, its model, and the dates that say when a record came to be."""

    name: str
    model: type[BaseModel]
    title: str
    dated: tuple[str, ...] = ()  # a record exists once none of these lies after the as-at date; the first is its date
    belongs_to: tuple[str, str] | None = None  # (link field, record type): it comes and goes with that record
    one_per_child: bool = False
    worked_out: bool = False  # made from what standards found: no source can carry it

    @cached_property
    def fields(self) -> dict[str, FieldSpec]:
        """Every field by name, the derived ones and the words typed in place of a date among them."""
        specs = [_spec(name, info) for name, info in self.model.model_fields.items()]
        typed = [
            FieldSpec(f"{spec.name}_as_typed", Kind.TEXT, f"the words typed in place of the date: {spec.says}")
            for spec in specs
            if spec.is_date and not spec.derived
        ]
        return {spec.name: spec for spec in [*specs, *typed]}

    @property
    def bound(self) -> str:
        """The field that says when a record was at the latest, where its day is not known; "" where there is none."""
        return BOUND if BOUND in self.fields else ""

    @cached_property
    def carried_fields(self) -> tuple[str, ...]:
        """The names a source can carry: every field that is not derived at load."""
        return tuple(name for name, spec in self.fields.items() if not spec.derived)


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    extra = info.json_schema_extra
    about: Any = extra.get("qaengine", {}) if isinstance(extra, dict) else {}
    kind, codes = _kind(info.annotation, about)
    return FieldSpec(
        name=name,
        kind=kind,
        says=info.description or name,
        codes=codes,
        known_from=about.get("known_from"),
        until_then=about.get("until_then"),
        derived=bool(about.get("derived")),
        called=about.get("called", ""),
        clauses=tuple(about["clauses"]) if about.get("clauses") else None,
    )


def _kind(annotation: Any, about: dict[str, Any]) -> tuple[Kind, tuple[str, ...]]:
    parts = [part for part in get_args(annotation) if part is not type(None)] or [annotation]
    part = parts[0] if get_origin(annotation) is not Literal else annotation
    if get_origin(part) is Literal:
        return Kind.CODE, tuple(str(code) for code in get_args(part))
    if get_origin(part) is Annotated:
        part = get_args(part)[0]
    if part is date:
        return (Kind.EVENT if about.get("event") else Kind.DATE), ()
    if part is bool:
        return Kind.YES_NO, ()
    if part is int:
        return Kind.NUMBER, ()
    return (Kind.REF if about.get("ref") or not about else Kind.TEXT), ()
