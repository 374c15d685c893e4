"""What a condition can turn out to be on a source, told from what the source may carry before any child is read."""

from collections.abc import Callable

from qaengine.model import condition as c
from qaengine.model.record import Kind
from qaengine.model.records import CHILD, RECORD_TYPES

MayCarry = Callable[[str, str], bool]
"""Whether a source may carry a field of a record type (or, for an empty field, the type at all), derived ones too."""


def possible(condition: c.Condition, may_carry: MayCarry) -> frozenset[bool]:
    """What a condition can turn out to be on a source, beside "cannot know"."""
    match condition:
        case c.Always(value):
            return frozenset({value})
        case c.Not(part):
            return frozenset(not value for value in possible(part, may_carry))
        case c.All(parts):
            return _together([possible(part, may_carry) for part in parts])
        case c.Any(parts):
            turned = [frozenset(not value for value in possible(part, may_carry)) for part in parts]
            return frozenset(not value for value in _together(turned))
        case _:
            return _of_one(list(c.refs(condition)), may_carry)


def _of_one(refs: list[c.Ref], may_carry: MayCarry) -> frozenset[bool]:
    """What a single test can be; what has not happened is never so, whatever it is compared with."""
    if all(_may_be_known(ref, may_carry) for ref in refs):
        return frozenset({True, False})
    first = refs[0]
    record_type = CHILD if first.record_type == CHILD.name else RECORD_TYPES[first.record_type]
    is_event = first.scope is c.Scope.ANCHOR or record_type.fields[first.field].kind is Kind.EVENT
    return frozenset({False}) if is_event and _may_be_known(first, may_carry) else frozenset()


def _together(parts: list[frozenset[bool]]) -> frozenset[bool]:
    """True only if every part can be; false if any part can be."""
    can: set[bool] = set()
    if all(True in part for part in parts):
        can.add(True)
    if any(False in part for part in parts):
        can.add(False)
    return frozenset(can)


def _may_be_known(ref: c.Ref, may_carry: MayCarry) -> bool:
    """An anchor to records that may be there may also be missing, which is known; of others a field must be carried."""
    return may_carry(ref.record_type, "" if ref.scope is c.Scope.ANCHOR else ref.field)
