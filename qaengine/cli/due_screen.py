"""What falls due, and what is overdue, as tables on the screen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from qaengine.cli.columns import columns
from qaengine.cli.loading import Loaded
from qaengine.evaluate.due import NO_DATE, Duty, Forecast
from qaengine.evaluate.explain.names import plain, record_called
from qaengine.evaluate.explain.words import day
from qaengine.model.records import RECORD_TYPES
from qaengine.model.standard import NoGapOver

if TYPE_CHECKING:
    from qaengine.model.casefile import CaseFile

Rows = Sequence[Mapping[str, Any]]


def coming_text(rows: Rows, duties: Sequence[Duty], found: Forecast, loaded: Loaded, last: date) -> str:
    """What falls due up to a day, and in a line what is overdue already."""
    lines = [f"{_n(len(rows), 'duty falls', 'duties fall')} due from {day(loaded.as_at)} to {day(last)}."]
    heads = ("due on", "in days", "child", "team", "worker", "what", "who")
    shown = [
        [
            _short(duty.due_on),
            str(row["in_days"]),
            row["child_id"],
            row["team"],
            row["worker"] or "",
            what,
            row["owner"],
        ]
        for row, duty, what in zip(rows, duties, _whats(duties, loaded), strict=True)
    ]
    if shown:
        lines += ["", columns(heads, shown, (11, 4, 12, 16, 8, 36, 14)), "", _by_team(rows)]
    return _text([*lines, _overdue(found), *_excepted(found)])


def overdue_text(rows: Rows, duties: Sequence[Duty], found: Forecast, loaded: Loaded) -> str:
    """What is not met and still open, by team: longest overdue first, and last what has no date."""
    said = f"{_n(len(rows), 'duty of', 'duties of')} {_children(duties)}"
    undated = _n(len(found.undated), "has", "have")
    without = f"; {undated} no date" if found.undated else ""
    lines = [f"Not met and still open on {day(loaded.as_at)}: {said}{without}." if rows else "Nothing is overdue now."]
    heads = ("team", "was due on", "days over", "child", "worker", "what", "who")
    shown = [
        [row["team"], *_since(duty, loaded.as_at), row["child_id"], row["worker"] or "", what, row["owner"]]
        for row, duty, what in zip(rows, duties, _whats(duties, loaded), strict=True)
    ]
    if shown:
        lines += ["", columns(heads, shown, (16, 11, 5, 12, 8, 36, 14)), "", _by_team(rows)]
    return _text([*lines, *_excepted(found)])


def _since(duty: Duty, as_at: date) -> list[str]:
    if duty.due_on == NO_DATE:
        return ["no date", ""]
    return [_short(duty.due_on), str((as_at - duty.due_on).days)]


def _overdue(found: Forecast) -> str:
    """What is not met and open is counted in one line, and is not mixed in."""
    if not found.open:
        return "Nothing is overdue now."
    said = f"{_n(len(found.open), 'duty', 'duties')} of {_children(found.open)}"
    listed = "`qaengine due … --overdue` lists them."
    if not found.overdue:
        return f"Not met now without a date for it, and not in the list: {said}: {listed}"
    undated = f" ({len(found.undated):,} without a date)" if found.undated else ""
    return f"Overdue now, and not in the list: {said}{undated}: {listed}"


def _excepted(found: Forecast) -> list[str]:
    n = len(found.under_exception)
    return [f"Not met under an agreed exception, and not counted: {n:,}."] if n else []


def _whats(duties: Sequence[Duty], loaded: Loaded) -> list[str]:
    """Each duty in a few words: the standard, the check, and the record from which its time runs."""
    files = {file.child_id: file for file in loaded.source.case_set({duty.child_id for duty in duties}).files}
    by_id = {standard.id: standard for standard in loaded.standards}
    made = []
    for duty in duties:
        standard = by_id[duty.standard]
        test = next(check.test for check in standard.checks if check.id == duty.check)
        said = f"{standard.short}: {plain(duty.check.replace('-', '_'))}"
        if duty.record_id:
            record = _record(duty, files[duty.child_id])
            said += f", since {record}" if isinstance(test, NoGapOver) else f" ({record})"
        made.append(said)
    return made


def _record(duty: Duty, file: "CaseFile") -> str:
    """A record with its date: what was found by standards is no record of the source, and has none here."""
    row = next((row for row in file.records.get(duty.record, ()) if row.id == duty.record_id), None)
    dates = [row.values.get(name) for name in RECORD_TYPES[duty.record].dated] if row else []
    dated = next((value for value in dates if isinstance(value, date)), None)
    return record_called(duty.record, duty.record_id) + (f" of {_short(dated)}" if dated else "")


def _by_team(rows: Rows) -> str:
    teams = Counter(row["team"] for row in rows)
    return "By team: " + ", ".join(f"{team} {n:,}" for team, n in sorted(teams.items())) + "."


def _children(duties: Iterable[Duty]) -> str:
    return _n(len({duty.child_id for duty in duties}), "child", "children")


def _n(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def _short(day_of: date) -> str:
    return f"{day_of.day} {day_of:%b %Y}"


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
