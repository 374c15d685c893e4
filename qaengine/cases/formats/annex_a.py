"""Ofsted's Annex A: a workbook of lists, whose sheets, heading rows and headings drift from council to council.

A list is known by its headings, wherever they stand among the first rows. Lists 6 to 8 have the last visit, the last
review, the last health assessment and no other; so beside each stands a record of which only the kind is carried: there
may be earlier ones. A period of care (list 8) is divided where its present legal status and placement began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from qaengine.cases.files import InputFile
from qaengine.cases.formats.annex_a_sheets import CHILD, CHILDREN_IN_NEED, IN_CARE, PERIOD, SHEETS, SINCE
from qaengine.cases.formats.read import Read
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.raw.table import Raw, normal
from qaengine.cases.raw.workbook import Grid, has_any
from qaengine.cases.tables import nc
from qaengine.cases.taking.assemble import assemble
from qaengine.cases.taking.earlier import children_in, earlier, for_whom, of_other_kinds
from qaengine.cases.taking.spec import Makes, Sheet, Take
from qaengine.cases.taking.take import Part, Taken, match, take
from qaengine.model.problem import Problem, nearest

SEEN_ROWS = 15
"""Headings are looked for in so many rows from the top: titles stand above them."""

LISTED_BY_STATUS = {("plans", "cin"), ("plans", "cp")}
"""List 6 says of each child which of these there is."""

LATEST_ALONE = ("visits", "reviews", "chair_contacts")
"""Of these a list has the last of each child alone, and a standard looks at those before it."""


@dataclass(frozen=True)
class _List:
    """A sheet that holds a list, and the row of its headings."""

    grid: Grid
    sheet: Sheet
    row: int

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        return [row for row in self.grid.rows[self.row + 1 :] if has_any(row)]


def heading_row(rows: Sequence[Sequence[str]], sheet: Sheet) -> int | None:
    """The row in which the headings of a list stand, or None. The child's reference has to be among them."""
    best, most = None, 0
    names = {normal(one) for one in CHILD}
    for place, row in enumerate(rows[:SEEN_ROWS]):
        if sheet.is_known_in(row) and (not sheet.is_used or any(normal(cell) in names for cell in row)):
            count = sheet.how_many_in(row)
            if count > most:
                best, most = place, count
    return best


def lists_in(grids: Sequence[Grid]) -> list[_List]:
    """The lists that the sheets hold."""
    found = []
    for grid in grids:
        fitting = [(sheet, row) for sheet in SHEETS if (row := heading_row(grid.rows, sheet)) is not None]
        if fitting:
            sheet, row = max(fitting, key=lambda one: one[0].how_many_in(grid.rows[one[1]]))
            found.append(_List(grid, sheet, row))
    return found


def is_annex_a(grids: Sequence[Grid]) -> bool:
    """Whether any sheet holds a list of which something is used."""
    return any(one.sheet.is_used for one in lists_in(grids))


def refuse_unused(grids: Sequence[Grid]) -> None:
    """Raise InputError for a list of which nothing is used: its headings are not what a council's own would mean."""
    for one in lists_in(grids):
        if not one.sheet.is_used:
            message, expected = "a list of Annex A of which nothing is used", "one of its lists 1 and 3 to 10"
            raise case_data_error(Problem(one.grid.about, 0, 0, message, one.sheet.name, expected))


def read_annex_a(file: InputFile, grids: Sequence[Grid], hidden: Sequence[str]) -> Read:
    """The lists of a workbook. It states no date of its own.

    Raises InputError where two sheets hold the same list and differ.
    """
    lists, doubled = _once_each(lists_in(grids))
    takings: list[Taken] = []
    parts: list[Part] = []
    for one in lists:
        if not one.sheet.is_used:
            continue
        taken = take(_with_row_ids(one.grid.raw(one.sheet.name, one.row)), one.sheet)
        takings.append(taken)
        parts += _of_list(one, taken)
    used = {one.sheet.name for one in lists}
    if not any("Child protection" in name for name in used):
        parts = [_of_whom_it_speaks(part) for part in parts]
    parts += [earlier(part) for part in parts if part.type in LATEST_ALONE]
    parts += [earlier(_none_authorised(part)) for part in parts if part.type == "assessments"]
    parts += [earlier(part, kind) for part in parts if _is_health_assessment(part) for kind in ("initial", "review")]
    parts += _of_other_kinds(parts, IN_CARE.name in used)
    made = assemble(parts, None, "Annex A")
    notes = [taken.note() for taken in takings]
    notes += [_left(one) for one in lists if not one.sheet.is_used]
    notes += doubled + _others(grids, {one.grid.name for one in lists} | {note.about for note in doubled})
    notes += [Note(f"{file.name}, sheet {name}", "left: the sheet is hidden") for name in hidden]
    return Read("an Annex A workbook", made, (*notes, *made.notes), (file,))


def _once_each(lists: Sequence[_List]) -> tuple[list[_List], list[Note]]:
    """Each list once: of two sheets with the same list an empty one is left, and so is one that says the same."""
    chosen: dict[str, _List] = {}
    notes: list[Note] = []
    for one in lists:
        first = chosen.get(one.sheet.name)
        if first is None or not first.rows:
            chosen[one.sheet.name] = one
            dropped = first
        elif not one.rows or one.rows == first.rows:
            dropped = one
        else:
            about = one.grid.about
            message = f"two sheets hold {one.sheet.name}, and nothing says which is the list"
            found = f"{first.grid.name} and {one.grid.name}"
            raise case_data_error(Problem(about, 0, 0, message, found, "one sheet for each list"))
        if dropped is not None:
            says = f"left: {one.sheet.name} stands in sheet {chosen[one.sheet.name].grid.name}"
            notes.append(Note(dropped.grid.about, says, left=len(dropped.rows)))
    return list(chosen.values()), notes


def _with_row_ids(raw: Raw) -> Raw:
    """A raw table in which each row has an id of its own, by which its records can name one another."""
    place = str(len(raw.headings))
    ids = [f"row-{row + 1:04}" for row in range(raw.height)]
    cells = raw.cells.with_columns(pl.Series(place, ids, dtype=pl.String))
    return replace(raw, headings=(*raw.headings, "?id"), cells=cells)


def _of_list(one: _List, taken: Taken) -> list[Part]:
    if one.sheet is CHILDREN_IN_NEED:  # the day on which another child was seen is no visit of a child-in-need plan
        return [_of_whom_it_speaks(part, "visits") for part in taken.parts]
    if one.sheet is not IN_CARE:
        return taken.parts
    return [*taken.parts, *_periods(taken)]


def _of_other_kinds(parts: Sequence[Part], knows_who_is_in_care: bool) -> list[Part]:
    """What no list has of types that one has: care plans, reviews of child-in-need plans, what leaving care asks, and
    whatever stands under a heading that is missing."""
    in_care = children_in(parts, "episodes")
    assessed = frozenset[str]() if any(_is_health_assessment(part) for part in parts) else in_care
    whose = {
        **{one: children for one, children in for_whom(parts).items() if one not in LISTED_BY_STATUS},
        ("health_checks", "initial"): assessed,
        ("health_checks", "review"): assessed,
        ("health_checks", "dental"): in_care,
    }
    if not knows_who_is_in_care:
        whose["plans", "care"] = children_in(parts, "child")
    return of_other_kinds(parts, whose)


def _taken_too(taken: Taken, sheet: Sheet) -> Taken:
    """Other columns of the same table; what is to be said of them is said with it."""
    other = take(taken.raw, replace(sheet, leaves=taken.raw.headings))
    said = frozenset(taken.unread)  # of the child's reference
    unread = [problem for problem in other.unread if problem not in said]
    taken.unread_count += other.unread_count - (len(other.unread) - len(unread))
    taken.unread += unread
    taken.headings = [*taken.headings, *other.headings]
    return other


def _periods(taken: Taken) -> list[Part]:
    """The episodes of the period of care of each child."""
    period = _taken_too(taken, PERIOD)
    if not period.parts:
        return []
    (part,) = period.parts
    rows = part.rows
    for name, when in zip(("legal", "placement"), SINCE, strict=True):
        began, unknown = _since(taken, when)
        rows = rows.with_columns(
            began.gather(rows["order"]).alias(f"{name}_began"), unknown.gather(rows["order"]).alias(f"{name}_unknown")
        )
    return [replace(part, rows=_divided(rows))]


def _since(taken: Taken, when: Take) -> tuple[pl.Series, pl.Series]:
    """Since when something is so, by row; and in which rows nothing that can be read says it.

    A blank is no doubt: it is so since the period began.
    """
    _taken_too(taken, Sheet("", CHILD, (), (Makes("episodes", (when,)),)))
    place = match(taken.raw, (when.headings,))[0].get(when.headings)
    if place is None:
        height = taken.raw.height
        return pl.Series([None] * height, dtype=pl.Date), pl.Series([True] * height, dtype=pl.Boolean)
    read = when.reads(taken.raw.cells[str(place)])
    return read.values, read.wrong


def _divided(rows: pl.DataFrame) -> pl.DataFrame:
    """Two episodes where the present legal status or placement began after the period of care did.

    What of the first is known is what still holds: the legal status, where it is as old as the period; and so for the
    placement. Where nothing says since when it holds, it is not carried.
    """
    if "ended" not in rows.columns:  # nor is it known whether the present status is of today
        later = [
            (pl.col(f"{name}_unknown") | (pl.col(f"{name}_began") > pl.col("started")).fill_null(False)).alias(
                f"{name}_unknown"
            )
            for name in ("legal", "placement")
        ]
        return _without_unknown(rows.with_columns(later))
    inside = [
        pl.when((pl.col(name) > pl.col("started")) & (pl.col("ended").is_null() | (pl.col(name) < pl.col("ended"))))
        .then(pl.col(name))
        .alias(name)
        for name in ("legal_began", "placement_began")
    ]
    rows = rows.with_columns(inside).with_columns(pl.max_horizontal("legal_began", "placement_began").alias("divides"))
    first = rows.filter(pl.col("divides").is_not_null()).with_columns(
        pl.col("divides").alias("ended"),
        *(
            pl.when(pl.col(began).is_null()).then(pl.col(name)).alias(name)
            for name, began in (("legal_status", "legal_began"), ("placement", "placement_began"))
            if name in rows.columns
        ),
        *([pl.lit("X1").alias("reason_ended")] if "reason_ended" in rows.columns else []),
    )
    last = rows.with_columns(pl.coalesce("divides", "started").alias("started"))
    both = pl.concat([first.with_columns(pl.lit(0).alias("nth")), last.with_columns(pl.lit(1).alias("nth"))])
    return _without_unknown(both.sort("order", "nth").drop("nth", "divides"))


def _without_unknown(rows: pl.DataFrame) -> pl.DataFrame:
    """Episodes without a legal status or placement of which it is not known since when it holds."""
    for name, began in (("legal_status", "legal"), ("placement", "placement")):
        if name not in rows.columns:
            continue
        unknown = pl.col(f"{began}_unknown") & pl.col(name).is_not_null()
        before = pl.col(nc(name)) if nc(name) in rows.columns else pl.lit(False)
        rows = rows.with_columns(pl.when(~unknown).then(pl.col(name)).alias(name), (unknown | before).alias(nc(name)))
    return rows.drop("legal_began", "legal_unknown", "placement_began", "placement_unknown")


def _of_whom_it_speaks(part: Part, name: str = "plans") -> Part:
    """Without a list of child protection plans, list 6 speaks only of those who have a child in need plan."""
    if part.type != name:
        return part
    return replace(part, listed=frozenset(part.rows["child_id"].to_list()))


def _is_health_assessment(part: Part) -> bool:
    """Whether the part is that of the last health assessments, of which the list does not say the kind."""
    return part.type == "health_checks" and "kind" not in part.fields


def _none_authorised(part: Part) -> Part:
    """The assessments of children of whose assessments, which are those of six months, none is authorised.

    With one that is, nothing hangs on those before it.
    """
    rows = part.rows
    if "authorised" not in rows.columns:
        return replace(part, rows=rows.clear())
    done = rows.filter(pl.col("authorised").is_not_null())["child_id"]
    return replace(part, rows=rows.filter(~pl.col("child_id").is_in(done.implode())))


def _left(one: _List) -> Note:
    says = f"left: {one.sheet.name}, of which nothing is used"
    return Note(one.grid.about, says, left=len(one.rows))


def _others(grids: Sequence[Grid], known: set[str]) -> list[Note]:
    """The sheets that hold no list; one that bears the name of a list, with the heading that it lacks."""
    notes = []
    for grid in grids:
        if grid.name in known or grid.about in known:
            continue
        sheet = next((sheet for sheet in SHEETS if normal(grid.name) in sheet.names), None)
        problems = _what_it_lacks(grid, sheet) if sheet is not None and sheet.is_used else ()
        notes.append(Note(grid.about, "left: it holds no list that is known", left=grid.filled, headings=problems))
    return notes


def _what_it_lacks(grid: Grid, sheet: Sheet) -> tuple[Problem, ...]:
    best = max(range(min(SEEN_ROWS, len(grid.rows))), key=lambda row: sheet.how_many_in(grid.rows[row]), default=None)
    if best is None:
        return ()
    found = [cell for cell in grid.rows[best] if cell]
    known = {normal(one) for variants in sheet.headings() for one in variants} | {normal(one) for one in sheet.leaves}
    strange = [cell for cell in found if normal(cell) not in known]
    lacks = [
        variants[0]
        for variants in (CHILD, *sheet.known_by)
        if not any(normal(cell) in {normal(one) for one in variants} for cell in found)
    ]
    message = f"the heading by which {sheet.name} is known is missing"
    return tuple(Problem(grid.about, best + 1, 0, message, "", name, nearest(name, strange)) for name in lacks)
