"""The frame of a draw, from case files: who could be drawn, and what they can be filtered and stratified by."""

from collections.abc import Iterable
from datetime import date

from qaengine.model.casefile import CaseFile, Row
from qaengine.sample import Frame, FrameChild

NO_TEAM = "Team not recorded"
ATTRIBUTES = ("team", "status", "worker", "manager", "sibling_group")


def frame_of(files: Iterable[CaseFile], as_at: date) -> Frame:
    """Every child whose case is open on the as-at date, with the day of the latest audit by then.

    Raises InputError as `Frame` does.
    """
    return Frame(as_at, (_frame_child(file) for file in files if file.child.values.get("closed_on") is None))


def _frame_child(file: CaseFile) -> FrameChild:
    attributes = {name: text(file.child, name) for name in ATTRIBUTES if name in file.child.values}
    return FrameChild(file.child_id, attributes, last_audited(file))


def last_audited(file: CaseFile) -> date | None:
    """The day of the latest audit of the child's file."""
    days = (day(row, "audited_on") for row in file.records.get("audits", ()))
    return max((found for found in days if found is not None), default=None)


def text(row: Row, name: str) -> str | None:
    """A field as text; None where it is blank or not carried."""
    value = row.values.get(name)
    return str(value) if value is not None else None


def day(row: Row, name: str) -> date | None:
    """A field as a date; None where it is blank or not carried."""
    value = row.values.get(name)
    return value if isinstance(value, date) else None


def team_of(file: CaseFile) -> str:
    """The child's team, as it is shown."""
    return text(file.child, "team") or NO_TEAM
