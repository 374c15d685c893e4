"""The list of a measure: whom it counts, and who cannot be told."""

from collections.abc import Mapping

from qaengine.measures.result import Result

COLUMNS = ("child_id", "team", "record", "record_id", "state", "code", "from", "to", "days")


def has_list(result: Result) -> bool:
    """Whether the measure may name children."""
    return result.measure.shows_children


def rows(result: Result, teams: Mapping[str, str]) -> list[dict[str, object]]:
    """One row a record, or a child, in the order of their references."""
    of = result.measure.of
    return [
        {
            "child_id": line.child_id,
            "team": teams.get(line.child_id) or None,
            "record": None if result.measure.of_children else of,
            "record_id": line.record_id or None,
            "state": line.state.value,
            "code": line.code or None,
            "from": line.start.isoformat() if line.start else None,
            "to": line.end.isoformat() if line.end else None,
            "days": None if line.days is None else str(line.days),
        }
        for line in sorted(result.lines, key=lambda line: (line.child_id, line.record_id))
    ]
