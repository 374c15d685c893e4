"""Proposing a mapping for a list that nobody has described: headings against the fields of the catalogue.

What is *sure* is a heading that a known format or people themselves use for the field, with values that can be read as
such. What is only *near* is written down for a person to look at, and nothing is read through it until then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import islice

import polars as pl

from qaengine.cases.files import InputFile
from qaengine.cases.formats.listed import reads_of
from qaengine.cases.formats.mapping import Column, ListMapping, Record, is_never_kept
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.table import normal
from qaengine.cases.raw.workbook import Grid
from qaengine.cases.shape import CHILD, RECORD_TYPES, TYPES, source_fields
from qaengine.cases.taking.spec import Sheet
from qaengine.cases.taking.values import Day
from qaengine.model.problem import Problem
from qaengine.model.record import Kind

SEEN_ROWS = 30
ENOUGH = 0.72
"""Two headings that are alike by so much are near (difflib's ratio of their letters)."""

OF_THE_CHILD = (
    "child id",
    "childs id",
    "child ref",
    "child reference",
    "child reference number",
    "child unique id",
    "unique child id",
    "child number",
    "child no",
    "client id",
    "client number",
    "client ref",
    "person id",
    "person number",
    "person reference",
    "pid",
    "case id",
    "case ref",
    "case reference",
    "case number",
    "case no",
    "mosaic id",
    "liquidlogic id",
    "lcs id",
    "lcs number",
    "ics id",
    "ics number",
    "swift id",
    "carefirst id",
    "eclipse id",
    "system id",
    "la child id",
    "mosaic no",
    "mosaic number",
    "mosaic ref",
    "lcs no",
    "ics no",
    "p number",
    "person ref",
    "person no",
    "child",
    "service user id",
    "record number",
    "ref",
    "reference",
    "ref no",
    "reference number",
    "unique id",
    "id",
)
"""What people write over the child's reference, the plainest last: of two the first is taken."""

PLAIN: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("child", "born"): ("dob", "date of birth", "birth date", "d o b", "born"),
    ("child", "expected"): ("edd", "expected date of birth", "expected date of delivery"),
    ("child", "team"): ("team", "allocated team", "current team", "team name", "social work team"),
    ("child", "worker"): ("worker id", "social worker id", "allocated worker id", "case worker id"),
    ("child", "manager"): ("manager id", "team manager id"),
    ("child", "disabled"): ("disability", "disabled", "has a disability"),
    ("child", "opened_on"): ("date opened", "case opened", "opened", "open date"),
    ("child", "closed_on"): ("date closed", "case closed", "closed", "closure date"),
    ("referrals", "received"): ("referral date", "date of referral", "referral received"),
    ("contacts", "received"): ("contact date", "date of contact"),
    ("assessments", "started"): ("assessment start", "assessment start date", "date assessment started"),
    ("assessments", "authorised"): (
        "assessment authorised",
        "assessment authorised date",
        "assessment completed",
        "assessment completion date",
        "date assessment authorised",
        "date assessment completed",
        "assessment end date",
    ),
    ("assessments", "child_seen"): ("child seen", "child seen during assessment", "was the child seen"),
    ("section47s", "started"): ("s47 start date", "section 47 start date", "s47 date", "section 47 date"),
    ("conferences", "held"): ("icpc date", "date of icpc", "initial conference date"),
    ("sdqs", "completed"): ("sdq date", "date of sdq", "sdq completed", "sdq completed date", "date sdq completed"),
    ("sdqs", "score"): ("sdq score", "sdq total", "sdq total score"),
    ("missing_episodes", "started"): ("missing from", "missing start date", "date missing"),
    ("missing_episodes", "ended"): ("missing to", "missing end date", "date found", "date returned"),
    ("supervisions", "held"): (
        "supervision date",
        "date of supervision",
        "last supervision",
        "date of last supervision",
    ),
    ("plan_actions", "text"): ("action", "plan action"),
    ("plan_actions", "due_on"): ("action due", "due date", "action due date", "timescale", "by when"),
    ("plan_actions", "owner"): ("action owner", "by whom", "responsible"),
}
"""What people write over a field, where no format has a heading for it."""

BY_PLAN = {
    ("plans", "cp"): (
        ("started", ("cp plan start", "cp plan start date", "cpp start date")),
        ("ended", ("cp plan end", "cp plan end date", "cpp end date")),
    ),
    ("plans", "cin"): (
        ("started", ("cin plan start", "cin plan start date")),
        ("ended", ("cin plan end", "cin plan end date")),
    ),
    ("visits", "cp"): (("held", ("last cp visit", "cp visit date", "date of last cp visit")),),
    ("visits", "cin"): (("held", ("last cin visit", "cin visit date", "date of last cin visit")),),
    ("visits", "cla"): (("held", ("last cla visit", "last lac visit", "cla visit date", "lac visit date")),),
    ("reviews", "cla"): (("held", ("last lac review", "last cla review", "date of last review")),),
    ("reviews", "cp"): (("held", ("last cp review", "last rcpc", "rcpc date")),),
}
"""Records that a list has of one kind."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A field that a heading may stand for: its type, what is so of all such records, and the field."""

    type: str
    always: tuple[tuple[str, str | bool], ...]
    field: str


@dataclass(frozen=True, slots=True)
class Match:
    """A heading, what it is taken to mean, how like a known heading it is (1: one that is known), and which that is."""

    heading: str
    meant: Meant
    likeness: float
    like: str

    @property
    def is_sure(self) -> bool:
        return self.likeness == 1


@dataclass(frozen=True)
class Proposal:
    """What is proposed for a list: where its headings are, the heading of the child's reference, every match, and the
    headings that are left, each with why."""

    file: str
    grid: Grid
    sheet: str  # "" where several sheets have the same headings: all of them are read
    row: int
    child: str
    order: str
    matches: tuple[Match, ...]
    left: tuple[tuple[str, str], ...]

    def mapping(self, only_sure: bool) -> ListMapping:
        """The mapping: of everything, or only of what is sure."""
        records: dict[tuple[str, tuple[tuple[str, str | bool], ...]], list[Column]] = {}
        records[CHILD.name, ()] = [Column("child_id", self.child)]
        for match in self.matches:
            if match.is_sure or not only_sure:
                key = match.meant.type, match.meant.always
                records.setdefault(key, []).append(Column(match.meant.field, match.heading))
        made = tuple(
            Record(name, tuple(columns), dict(always), any(says_last(column.heading) for column in columns))
            for (name, always), columns in records.items()
        )
        return ListMapping("the proposed mapping", self.sheet, self.row + 1, self.order, made)


def says_last(heading: str) -> bool:
    """Whether a heading speaks of the last of something: there may be others before it."""
    return re.search(r"\b(?:last|latest|most recent)\b", heading, re.IGNORECASE) is not None


def propose(file: InputFile, grids: Sequence[Grid]) -> Proposal:
    """A mapping for a list, from its headings and its values.

    Raises InputError where no sheet has a row of headings with a child's reference among them.
    """
    best: tuple[int, Grid, int, str] | None = None
    for grid in grids:
        for row in range(min(SEEN_ROWS, len(grid.rows))):
            child = _child_in(grid, row)
            if child is None:
                continue
            count = sum(bool(cell.strip()) for cell in grid.rows[row])
            if best is None or count > best[0]:
                best = count, grid, row, child
            break
    if best is None:
        raise case_data_error(_no_child(file, grids))
    _, grid, row, child = best
    matches, left = _with_their_dates(*_matches(grid, row, child))
    same = [
        other for other in grids if other is not grid and any(list(line) == list(grid.rows[row]) for line in other.rows)
    ]
    sheet = "" if same else grid.name
    return Proposal(file.name, grid, sheet, row, child, _order(grid, row), tuple(matches), tuple(left))


def _with_their_dates(
    matches: Sequence[Match], left: Sequence[tuple[str, str]]
) -> tuple[list[Match], list[tuple[str, str]]]:
    """The matches, each in a record that has its day. What stands beside a record of its type that has one is of that
    record; of what has none it cannot be said when it was, and it is left."""
    kept: list[Match] = []
    more = list(left)
    dated = {
        (match.meant.type, match.meant.always): match.is_sure
        for match in sorted(matches, key=lambda match: match.is_sure)
        if match.meant.type != CHILD.name and match.meant.field in TYPES[match.meant.type].dated
    }
    for match in matches:
        name, own = match.meant.type, (match.meant.type, match.meant.always)
        beside = [key for key in dated if key[0] == name]
        if name == CHILD.name or not TYPES[name].dated or own in dated:
            kept.append(match)
        elif len(beside) == 1:
            kept.append(replace(match, meant=replace(match.meant, always=beside[0][1])))
        else:
            why = "no heading says when" if not beside else "nothing says of which record it is"
            more.append((match.heading, f"like {match.like} ({name}.{match.meant.field}), but {why}"))
    return _sure_with_sure_dates(kept, dated), more


def _sure_with_sure_dates(
    matches: Sequence[Match], dated: Mapping[tuple[str, tuple[tuple[str, str | bool], ...]], bool]
) -> list[Match]:
    """What is sure of a record whose day is only near is no surer than that."""
    return [
        replace(match, likeness=min(match.likeness, 0.99))
        if not dated.get((match.meant.type, match.meant.always), True)
        else match
        for match in matches
    ]


def _no_child(file: InputFile, grids: Sequence[Grid]) -> Problem:
    rows = [
        row for grid in grids for row in islice(grid.rows, SEEN_ROWS) if sum(bool(cell.strip()) for cell in row) > 1
    ]
    found = ", ".join(cell.strip() for cell in rows[0] if cell.strip())[:120] if rows else "nothing"
    message = "not a list of children: no column is headed as a child's reference"
    expected = "a heading such as Child ID, Child reference or Person ID, over references with digits in them"
    return Problem(file.name, 0, 0, message, found, expected)


def _child_in(grid: Grid, row: int) -> str | None:
    """The heading of the child's reference in a row; None where there is none with references under it."""
    headings = {normal(cell): cell.strip() for cell in reversed(grid.rows[row]) if cell.strip()}
    for name in OF_THE_CHILD:
        heading = headings.get(normal(name))
        if heading is not None and _are_references(_values(grid, row, heading)):
            return heading
    return None


def _are_references(values: Sequence[str]) -> bool:
    """Whether most of some values have a digit in them and no space: names have not."""
    good = sum(any(c.isdigit() for c in value) and " " not in value and len(value) <= 64 for value in values)
    return bool(values) and good >= 0.5 * len(values)


def _values(grid: Grid, row: int, heading: str) -> list[str]:
    """What stands under a heading, without blanks."""
    place = [cell.strip() for cell in grid.rows[row]].index(heading)
    below = (line[place].strip() for line in grid.rows[row + 1 :] if place < len(line))
    return [value for value in below if value and value != heading]


def _matches(grid: Grid, row: int, child: str) -> tuple[list[Match], list[tuple[str, str]]]:
    """What each heading is taken to mean, each field once; and the headings that are left."""
    found: dict[Meant, Match] = {}
    left: list[tuple[str, str]] = []
    headings = [cell.strip() for cell in grid.rows[row] if cell.strip()]
    for heading in dict.fromkeys(headings):
        if heading == child:
            continue
        if headings.count(heading) > 1:
            left.append((heading, "it stands twice"))
        elif is_never_kept(heading):
            left.append((heading, "never kept"))
        else:
            match, why = _match(heading, _values(grid, row, heading))
            if match is None:
                left.append((heading, why))
            elif match.meant in found and found[match.meant].likeness >= match.likeness:
                left.append(
                    (heading, f"{found[match.meant].heading} is nearer to {match.meant.type}.{match.meant.field}")
                )
            else:
                before = found.get(match.meant)
                if before is not None:
                    left.append((before.heading, f"{heading} is nearer to {match.meant.type}.{match.meant.field}"))
                found[match.meant] = match
    return list(found.values()), left


def _match(heading: str, values: Sequence[str]) -> tuple[Match | None, str]:
    """The best field for a heading whose values can be read as it; and why there is none."""
    plain = normal(heading)
    known = _known()
    if plain in known and known[plain][0].type != CHILD.name:  # what cannot be read of it is said value by value
        return Match(heading, known[plain][0], 1.0, known[plain][1]), ""
    ranked = [(1.0, plain)] if plain in known else []
    ranked += sorted(((_likeness(plain, name), name) for name in known), reverse=True)[:5]
    unread = ""
    for likeness, name in ranked:
        if likeness < ENOUGH:
            break
        meant, said = known[name]
        if _IS_TO_COME.search(heading) and not _IS_TO_COME.search(f"{meant.field} {said}".replace("_", " ")):
            unread = unread or "it speaks of what is to come"
        elif _can_be_read(meant, values):
            return Match(heading, meant, likeness, said), ""
        unread = unread or f"like {said} ({meant.type}.{meant.field}), but its values cannot be read as such"
    return None, unread or "no field is near"


_IS_TO_COME = re.compile(r"\b(?:due|next|planned|target|expected|forthcoming)\b", re.IGNORECASE)
"""What is to come is never taken for what has been done."""


def _likeness(one: str, other: str) -> float:
    if min(len(one), len(other)) * 2 < max(len(one), len(other)):
        return 0.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return min(ratio, 0.99)


def _can_be_read(meant: Meant, values: Sequence[str]) -> bool:
    """Whether at least two thirds of the values can be read as the field; so for a column without any."""
    if not values:
        return True
    sample = pl.Series(values[:500], dtype=pl.String)
    read = reads_of(meant.type, Column(meant.field, ""), "day")(sample)
    return int(read.wrong.sum()) <= len(sample) / 3 and (
        read.words is None or read.words.null_count() > len(sample) / 2
    )


@cache
def _known() -> Mapping[str, tuple[Meant, str]]:
    """Every heading that is known, in plain letters, with what it means and how it is written."""
    found: dict[str, tuple[Meant, str]] = {}
    for meant, names in _plain_names():
        for name in names:
            found.setdefault(normal(name), (meant, name))
    for sheet in _sheets():
        for makes in sheet.makes:
            always = tuple(sorted((key, value) for key, value in makes.fixed.items() if value is not None))
            for take in makes.takes:
                for name in take.headings:
                    if not name.startswith("?") and len(normal(name)) > 4:
                        found.setdefault(normal(name), (Meant(makes.type, always, take.field), name))
    for name, record_type in RECORD_TYPES.items():
        if record_type.worked_out:
            continue
        for field in source_fields(name):
            if TYPES[name].fields[field].kind is not Kind.TEXT:
                words = f"{record_type.title} {field.replace('_', ' ')}"
                found.setdefault(normal(words), (Meant(name, (), field), words))
    return found


def _plain_names() -> Iterator[tuple[Meant, tuple[str, ...]]]:
    for (name, field), names in PLAIN.items():
        yield Meant(name, (), field), names
    for (name, kind), fields in BY_PLAN.items():
        for field, names in fields:
            yield Meant(name, (("kind", kind),), field), names


def _sheets() -> Iterator[Sheet]:
    from qaengine.cases.formats import annex_a_sheets, ssd_sheets, ssda903_tables

    yield from annex_a_sheets.SHEETS
    yield annex_a_sheets.PERIOD
    yield from ssd_sheets.SHEETS
    yield from ssda903_tables.TAKEN


def _order(grid: Grid, row: int) -> str:
    """Which of day and month stands first in dates that are typed: what the list itself shows, and else not known."""
    lines = grid.rows[row + 1 : row + 2001]
    cells = pl.Series([text for line in lines for cell in line if (text := cell.strip())], dtype=pl.String)
    day, month = Day("day")(cells).values.is_not_null(), Day("month")(cells).values.is_not_null()
    only_day, only_month = int((day & ~month).sum()), int((month & ~day).sum())
    if only_day and not only_month:
        return "day"
    if only_month and not only_day:
        return "month"
    both = Day("day")(cells).values, Day("month")(cells).values
    return "untold" if only_day or (both[0] != both[1]).fill_null(False).any() else "day"
