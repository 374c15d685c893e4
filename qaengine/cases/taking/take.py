"""Taking what is of use from a raw table: headings matched, values read, every row taken or left and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from qaengine.cases.notes import MOST_SHOWN, Note
from qaengine.cases.raw.table import Raw, normal
from qaengine.cases.shape import companions
from qaengine.cases.tables import dtype_of, nc
from qaengine.cases.taking.spec import Headings, Makes, Only, Sheet, Take
from qaengine.cases.taking.values import Reads, Reference, Values
from qaengine.model.problem import Problem, nearest

KEYS = ("child_id", "order", "id")
"""The columns of a part beside its fields: the child's reference, the place in the file, the record's own id."""


@dataclass(frozen=True)
class Part:
    """Records of one type from one table: `rows` has the keys and the fields that the table carries; `kind` is the kind
    of all of them, where the table has one kind alone; `latest_first` where its first row is meant to be the one."""

    type: str
    rows: pl.DataFrame
    listed: frozenset[str] | None = None  # the children of whom it speaks, where it does not speak of all
    rank: int = 0
    kind: str = ""
    latest_first: bool = False

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(each for each in self.rows.columns if not each.endswith("?nc")) - frozenset(KEYS)


@dataclass
class Taken:
    """What was taken of one raw table, and all that is to be said of it."""

    raw: Raw
    sheet: Sheet
    parts: list[Part] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)
    unread_count: int = 0
    headings: list[Problem] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    used: int = 0

    @property
    def left(self) -> int:
        return self.raw.height - self.used

    def note(self) -> Note:
        """How many rows were taken and left, and why; and what could not be read."""
        says = f"the table {self.sheet.name}" + "".join(f"; {reason}" for reason in self.reasons)
        unread, headings = tuple(self.unread[:MOST_SHOWN]), tuple(self.headings)
        return Note(self.raw.about, says, self.used, self.left, unread, self.unread_count, headings)


def take(raw: Raw, sheet: Sheet, known: pl.Series | None = None, why: str = "", once_each: bool = False) -> Taken:
    """The records that the rows of a raw table make.

    With `known`, rows of children who are not among them are left, for the reason `why`; with `once_each`, so are those
    of a child who is there already.
    """
    return _Taking(raw, sheet).all(known, why, once_each)


class _Taking:
    """One table at work: its headings are matched once, and each column is read once."""

    def __init__(self, raw: Raw, sheet: Sheet) -> None:
        self._raw, self._sheet = raw, sheet
        self._taken = Taken(raw, sheet)
        self._place, self._doubled = match(raw, sheet.headings())
        self._doubts = self._doubted()
        self._read: dict[tuple[int, int], Values] = {}

    def _doubted(self) -> dict[Headings, pl.Series]:
        """Where a column that is not known is filled in and is named nearly as one that is: there the one that is known
        may be blank only because the other holds its value, and so it is not carried."""
        known = {variants[0]: variants for variants in self._place}
        found: dict[Headings, pl.Series] = {}
        for place in unknown_headings(self._raw, self._sheet):
            variants = known.get(nearest(self._raw.headings[place], known))
            if variants is not None and str(place) in self._raw.cells.columns:
                filled = self._raw.cells[str(place)].is_not_null()
                found[variants] = found[variants] | filled if variants in found else filled
        return found

    def all(self, known: pl.Series | None, why: str, once_each: bool) -> Taken:
        self._taken.headings = heading_problems(self._raw, self._sheet, self._place, self._doubled)
        children = self._values(self._sheet.child, Reference(no_names=self._sheet.typed_by_hand))
        if children is None:
            self._taken.reasons.append(f"all rows left: no column {self._sheet.child[0]}")
            return self._taken
        ids = children.values
        again = self._headings_again()
        self._leave(again, "that only repeat the headings")
        here = ids.is_not_null() & ~again
        self._leave(~here & ~again, "without a child's reference")
        if known is not None:
            ours = ids.is_in(known.implode()).fill_null(False)
            self._leave(here & ~ours, why)
            here = here & ours
        if once_each:
            twice = ~ids.is_first_distinct()
            self._leave(here & twice, "for a child who is there already")
            here = here & ~twice
        used = pl.Series([False], dtype=pl.Boolean).new_from_index(0, self._raw.height)
        for makes in self._sheet.makes:
            rows = self._rows(makes, ids, here)
            if rows is not None:
                used = used | rows
        self._leave(here & ~used, "with nothing in them that is of use")
        self._taken.used = int(used.sum())
        return self._taken

    def _headings_again(self) -> pl.Series:
        """The rows in which the headings stand again, as above the next block of a list."""
        place = self._place[self._sheet.child]
        cells = self._raw.cells[str(place)]
        return (cells == self._raw.headings[place].strip()).fill_null(False)

    def _rows(self, makes: Makes, ids: pl.Series, here: pl.Series) -> pl.Series | None:
        """Add the part that these records make; answers which rows made one, or None where none can."""
        carried = [take for take in makes.takes if self._at(take.headings) is not None]
        if makes.needs and not any(take.field in makes.needs for take in carried):
            return None
        if makes.only is not None and self._at(makes.only.headings) is None and not self._may_lack(makes.only):
            return None
        rows, columns = here, dict[str, pl.Series]()
        filled: list[pl.Series] = []
        for one in carried:
            read = self._values(one.headings, one.reads, one.field)
            if read is None:
                continue
            self._put(makes.type, one, read, columns)
            if one.field in makes.needs:
                words = read.words.is_not_null() if read.words is not None else False
                filled.append(read.values.is_not_null() | read.wrong | words)
        wanted = here & self._wanted(makes) if makes.only is not None else here
        for more in filled[:1]:
            for other in filled[1:]:
                more = more | other
            rows = rows & more
            if len(filled) < len(makes.needs):
                self._add_unsure(makes, ids, wanted & ~more)
        rows = rows & wanted
        self._add(makes, ids, rows, columns)
        return rows

    def _may_lack(self, only: Only) -> bool:
        """Whether records are made though the column that decides is not there: not where it may only be misnamed."""
        if not only.or_missing or only.headings in self._doubled:
            return False
        names = [variants[0] for variants in self._sheet.headings()]
        unknown = unknown_headings(self._raw, self._sheet)
        return all(nearest(self._raw.headings[place], names) != only.headings[0] for place in unknown)

    def _put(self, name: str, one: Take, read: Values, columns: dict[str, pl.Series]) -> None:
        """A column of values, and the column of the words beside it where the type has one."""
        if one.field in columns:  # the field stands under two headings of one table: the first that is filled counts
            read_values = columns[one.field].zip_with(columns[one.field].is_not_null(), read.values)
            columns[one.field] = read_values
            return
        columns[one.field] = read.values.cast(dtype_of(name, one.field))
        doubt = self._doubts.get(one.headings)
        if doubt is not None:
            columns[nc(one.field)] = doubt & read.values.is_null() & ~read.wrong
        words = companions(name).get(one.field)
        if words is not None:
            none = pl.Series([None], dtype=pl.String).new_from_index(0, len(read.values))
            columns[words] = read.words if read.words is not None else none

    def _add(self, makes: Makes, ids: pl.Series, rows: pl.Series, columns: Mapping[str, pl.Series]) -> None:
        own = self._values(makes.id, Reference()) if makes.id else None
        none = pl.Series([None], dtype=pl.String).new_from_index(0, self._raw.height)
        keys = {"child_id": ids, "order": pl.Series(range(self._raw.height), dtype=pl.UInt32)}
        frame = pl.DataFrame(
            [
                *(series.alias(name) for name, series in keys.items()),
                (own.values if own is not None else none).alias("id"),
                *(series.alias(name) for name, series in columns.items()),
            ]
        )
        frame = frame.with_columns(
            pl.lit(value, dtype=dtype_of(makes.type, name)).alias(name) for name, value in makes.fixed.items()
        )
        listed = frozenset(ids.drop_nulls().unique().to_list()) if makes.listed else None
        kind = str(makes.fixed.get("kind") or "")
        sheet = self._sheet
        self._taken.parts.append(Part(makes.type, frame.filter(rows), listed, sheet.rank, kind, sheet.latest_first))

    def _add_unsure(self, makes: Makes, ids: pl.Series, rows: pl.Series) -> None:
        """A record that may be there (`earlier.py`), of each child in whose row no day is filled in while the column of
        one is missing."""
        children = ids.filter(rows).unique(maintain_order=True)
        if len(children):
            frame = pl.DataFrame(
                {
                    "child_id": children,
                    "order": pl.Series([0] * len(children), dtype=pl.UInt32),
                    "id": [f"{makes.type}-earlier-{makes.fixed.get('kind', 'any')}"] * len(children),
                }
            )
            if "kind" in makes.fixed:
                frame = frame.with_columns(pl.lit(makes.fixed["kind"], dtype=pl.String).alias("kind"))
            self._taken.parts.append(Part(makes.type, frame, frozenset(), self._sheet.rank))

    def _wanted(self, makes: Makes) -> pl.Series:
        """The rows in which the column that decides says so; those that say otherwise are left for its reason."""
        only = makes.only
        if only is None or self._at(only.headings) is None:
            return pl.Series([True], dtype=pl.Boolean).new_from_index(0, self._raw.height)
        read = self._values(only.headings, only.reads)
        assert read is not None
        so = (read.values == only.wanted).fill_null(only.or_missing) & ~read.wrong
        other = int((~so).sum())
        if other:
            self._taken.reasons.append(f"{other:,} rows make no {makes.type}: {only.why}")
        return so

    def _at(self, headings: Headings) -> int | None:
        return self._place.get(headings)

    def _values(self, headings: Headings, reads: Reads, name: str = "") -> Values | None:
        """A column read once, with what is wrong in it reported once."""
        place = self._at(headings)
        if place is None:
            return None
        key = (place, id(reads))
        if key not in self._read:
            read = reads(self._raw.cells[str(place)])
            self._read[key] = read
            self._report(place, read)
        return self._read[key]

    def _report(self, place: int, read: Values) -> None:
        wrong = read.wrong.fill_null(False).arg_true().to_list()
        heading = self._raw.headings[place]
        if read.secret and wrong:
            self._taken.reasons.append(f"{len(wrong):,} values of {heading.removeprefix('?')} left: {read.expected}")
            return
        self._taken.unread_count += len(wrong)
        for row in wrong[: MOST_SHOWN - len(self._taken.unread)]:
            found = "" if place == self._at(self._sheet.child) else shown(self._raw.cells[str(place)][row])
            message = f"{heading} cannot be read and is left blank"
            self._taken.unread.append(self._raw.problem(row, place, message, found, read.expected))

    def _leave(self, rows: pl.Series, why: str) -> None:
        count = int(rows.sum())
        if count:
            self._taken.reasons.append(f"{count:,} rows left {why}")


def shown(text: str) -> str:
    """A value as it is shown: short, and in one line."""
    plain = ascii(text)[1:-1] if not text.isprintable() else text
    return plain if len(plain) <= 60 else plain[:57] + "..."


def match(raw: Raw, wanted: Iterable[Headings]) -> tuple[dict[Headings, int], dict[Headings, int]]:
    """Where each wanted heading stands: by its own name first, and else by a known variant.

    Beside it, the headings under which several columns say different things, with the place of the first: nothing tells
    which of them is meant, unless one alone is written as the format writes it, or one alone is filled in.
    """
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(raw.headings):
        places.setdefault(normal(heading), []).append(place)
    found: dict[Headings, int] = {}
    doubled: dict[Headings, int] = {}
    for variants in wanted:
        name = next((one for one in variants if normal(one) in places), None)
        if name is None:
            continue
        at = places[normal(name)]
        own = [place for place in at if raw.headings[place].strip().casefold() == name.casefold()]
        one = at if len(at) == 1 else own if len(own) == 1 else _saying_one_thing(raw, at)
        if one:
            found[variants] = one[0]
        else:
            doubled[variants] = at[0]
    return found, doubled


def _saying_one_thing(raw: Raw, places: Sequence[int]) -> list[int]:
    """The first of some columns where all that are filled in say the same; none where they do not."""
    filled = [place for place in places if raw.cells[str(place)].null_count() < raw.height] or [places[0]]
    first = raw.cells[str(filled[0])]
    return filled[:1] if all(raw.cells[str(place)].equals(first) for place in filled) else []


def unknown_headings(raw: Raw, sheet: Sheet) -> list[int]:
    """The places of the headings that the table is not known to have."""
    known = {normal(one) for variants in (*sheet.headings(), *sheet.known_by) for one in variants}
    known |= {normal(one) for one in sheet.leaves} | {""}
    return [
        place
        for place, heading in enumerate(raw.headings)
        if normal(heading) not in known and not heading.startswith("?")
    ]


def heading_problems(
    raw: Raw, sheet: Sheet, found: Mapping[Headings, int], doubled: Mapping[Headings, int]
) -> list[Problem]:
    """Headings that are not known, each with the nearest that the table has; then those that are doubled or missing.

    Headings that a format makes for itself begin with a question mark, and are not spoken of.
    """
    ours = [variants[0] for variants in sheet.headings()]
    problems = [
        raw_heading(
            raw,
            place,
            "a heading that is not known is left",
            shown(raw.headings[place]),
            nearest(raw.headings[place], ours),
        )
        for place in unknown_headings(raw, sheet)
    ]
    for place in doubled.values():
        message = "several columns are headed so, and nothing says which is meant: what they say is not carried"
        problems.append(raw_heading(raw, place, message, shown(raw.headings[place]), ""))
    unfound = (variants for variants in sheet.headings() if variants not in found and variants not in doubled)
    for heading in dict.fromkeys(variants[0] for variants in unfound):
        if not heading.startswith("?"):
            problems.append(Problem(raw.about, 0, 0, f"no column {heading}: what it says is not carried"))
    return problems


def raw_heading(raw: Raw, place: int, message: str, found: str, near: str) -> Problem:
    """A problem of a heading."""
    return Problem(raw.about, 0, 0, f"column {place + 1}: {message}" if raw.columns else message, found, "", near)
