"""What `qaengine read` says on the screen."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qaengine.cases.notes import Note
from qaengine.cli.columns import columns
from qaengine.evaluate.decidable import Can, Field, StandardCan
from qaengine.evaluate.explain.words import day

if TYPE_CHECKING:
    from qaengine.cases.source import Source


def read_text(source: "Source", path: str, most: int | None) -> str:
    """What was read, table by table, and every value that could not be read (or the first of each table)."""
    count = len(source.child_ids)
    head = f"{path}: {source.what}. {count:,} child{'' if count == 1 else 'ren'}"
    head += f", for {day(source.own_date)}." if source.own_date else "; it states no date of its own: give --as-at."
    parts = [head, _tables(source.notes), _records(source)]
    return "\n\n".join(filter(None, [*parts, _headings(source.notes), _values(source.notes, most)])) + "\n"


def _tables(notes: Sequence[Note]) -> str:
    rows = [
        [note.about, f"{note.taken + note.left:,}", f"{note.taken:,}", f"{note.left:,}", note.says] for note in notes
    ]
    return columns(["where", "rows", "taken", "left", "what"], rows, (44, 9, 9, 9, 60))


def _records(source: "Source") -> str:
    """How many records of each type there are."""
    tables = source.tables()
    counts = [f"{frame.height:,} {name}" for name, frame in tables.frames.items() if name != "child"]
    return "Records: " + (", ".join(counts) or "none") + "."


def _headings(notes: Sequence[Note]) -> str:
    lines = [f"  {problem}" for note in notes for problem in note.headings]
    return "\n".join(["Headings that are not known, and those that are missing:", *lines]) if lines else ""


def _values(notes: Sequence[Note], most: int | None) -> str:
    lines = list(_value_lines(notes, most))
    return "\n".join(["Values that could not be read, and are left blank:", *lines]) if lines else ""


def _value_lines(notes: Sequence[Note], most: int | None) -> Iterator[str]:
    for note in notes:
        shown = note.unread if most is None else note.unread[:most]
        yield from (f"  {problem}" for problem in shown)
        if note.unread_count > len(shown):
            more = "" if most is None else " (--all lists the first 200)"
            yield f"  {note.about}: {note.unread_count - len(shown):,} more{more}"


def decided_text(found: Sequence[StandardCan], is_any: bool) -> str:
    """How far each standard can be decided, and which fields are missing."""
    if not is_any:
        return "There is no child, so nothing can be decided."
    rows = [_row(one) for one in sorted(found, key=lambda one: (list(Can).index(one.can), one.standard.id))]
    counts = {can: sum(one.can is can for one in found) for can in Can}
    said = ", ".join(f"{n} {can.value}" for can, n in counts.items() if n)
    head = f"Of {len(found)} standards: {said}."
    table = columns(["standard", "", "checks", "the source does not carry"], rows, (44, 24, 8, 70))
    return f"{head}\n\n{table}\n"


def _row(one: StandardCan) -> list[str]:
    counts = f"{one.decided} of {len(one.checks)}"
    return [one.standard.id, one.can.value, counts, missing_words(one.lacks())]


def missing_words(fields: Sequence[Field]) -> str:
    """The fields that are missing, by type: a type of which nothing is carried by its name alone."""
    by_type: dict[str, list[str]] = {}
    for name, field in fields:
        by_type.setdefault(name, []).extend([field] if field else [])
    return "; ".join(f"{name}: {', '.join(names)}" if names else name for name, names in by_type.items())
