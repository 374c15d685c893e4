"""The SSDA903 return of looked-after children, as CSV files or as one XML file.

What is kept: the child's reference and date of birth, episodes, reviews, SDQs, missing episodes, placements for
adoption. Postcodes, UPNs, ethnicity and all else stay in the file. An SDQ in a return has no date, only the year for
which it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from qaengine.cases.csv_text import headings_of
from qaengine.cases.files import InputFile
from qaengine.cases.formats.read import Read
from qaengine.cases.formats.ssda903_tables import HEADER, SHEETS, TAKEN
from qaengine.cases.formats.strange import Strange
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.raw.csv_file import raw_csv
from qaengine.cases.raw.table import Raw, normal, raw_of
from qaengine.model.problem import Problem

if TYPE_CHECKING:
    import polars as pl

    from qaengine.cases.raw.xml_file import Element
    from qaengine.cases.taking.spec import Sheet
    from qaengine.cases.taking.take import Part, Taken

UNKNOWN_CHILD = "of children who are not in the header"


def sheet_of(headings: Sequence[str]) -> Sheet | None:
    """The table of the return that has these headings, if one has."""
    return next((sheet for sheet in SHEETS if sheet.is_known_in(headings)), None)


def is_ssda903(headings: Sequence[str]) -> bool:
    """Whether these are the headings of a table of the return."""
    return sheet_of(headings) is not None


def read_ssda903(files: Sequence[InputFile]) -> Read:
    """The return in CSV files, each known by its headings and not by its name.

    The return's own date is the 31 March that ends its year. Raises InputError where a file is not CSV, where several
    files hold the same table and none bears its name, and where there is no table of children.
    """
    found = _recognised(files)
    raws = {name: raw_csv(file, name, _wanted(_sheet(name))) for name, file in found.files.items()}
    read = _read(raws)
    return replace(read, notes=read.notes + found.notes, used=tuple(found.files.values()))


def read_ssda903_table(file: InputFile) -> Read:
    """One table of a return alone: its children are those whom it names, and what the others say is not carried.

    It states no date, for the year of a return is told from all of it. Raises InputError where it is not CSV.
    """
    from qaengine.cases.taking.assemble import assemble
    from qaengine.cases.taking.take import take

    sheet = sheet_of(headings_of(file))
    assert sheet is not None  # that is how the file was recognised
    what = f"the table {sheet.name} of an SSDA903 return, alone"
    if not sheet.is_used:
        note = Note(file.name, f"left: the table {sheet.name}, of which nothing is used", left=rows_in(file))
        return Read(what, assemble([], None, what), (note,), (file,))
    sheet = sheet if sheet.makes_child else replace(sheet, makes=(*HEADER.makes, *sheet.makes))
    taken = take(raw_csv(file, sheet.name, _wanted(sheet)), sheet, once_each=sheet.name == HEADER.name)
    made = assemble(taken.parts, None, what)
    return Read(what, made, (taken.note(), *made.notes), (file,))


def read_ssda903_xml(file: InputFile) -> Read:
    """The return in one XML file. Raises InputError where it cannot be read, or holds no children."""
    from qaengine.cases.raw.xml_file import read_xml

    rows = _Rows(file.name)
    rows.around(read_xml(file, lambda tag: tag.upper() == "CHILD", rows.of_child))
    if not rows.lines["header"]:
        message = "no child in the return"
        raise case_data_error(Problem(file.name, 0, 0, message, expected="CHILD elements, each with a HEADER"))
    read = _read({name: rows.raw(name) for name in rows.tables if rows.tables[name]})
    return replace(read, notes=(*read.notes, *rows.notes()), used=(file,))


def _sheet(name: str) -> Sheet:
    return next(sheet for sheet in SHEETS if sheet.name == name)


def _wanted(sheet: Sheet) -> Callable[[str], bool]:
    names = {normal(one) for variants in sheet.headings() for one in variants}
    return lambda heading: normal(heading) in names


def _read(raws: Mapping[str, Raw]) -> Read:
    """What the tables hold, by name; that of the children among them."""
    import polars as pl

    from qaengine.cases.taking.assemble import assemble
    from qaengine.cases.taking.take import take

    header = take(raws[HEADER.name], HEADER, once_each=True)
    known = header.parts[0].rows["child_id"] if header.parts else pl.Series([], dtype=pl.String)
    takings: list[Taken] = [header]
    for sheet in TAKEN:
        if sheet.name in raws:
            takings.append(take(raws[sheet.name], sheet, known, UNKNOWN_CHILD))
    episodes = [part.rows for taken in takings for part in taken.parts if part.type == "episodes"]
    own_date = year_end(episodes[0] if episodes else None)
    parts: list[Part] = []
    for part in (part for taken in takings for part in taken.parts):
        if part.type == "sdqs" and own_date is not None:  # without episodes nothing says of which year an SDQ is
            year = pl.lit(own_date, dtype=pl.Date).alias("year_ended"), pl.lit(None, dtype=pl.String)
            part = replace(part, rows=part.rows.with_columns(year[0], year[1].alias("year_ended_as_typed")))
        parts.append(part)
    parts += _before_the_year(parts, own_date)
    origin = "SSDA903 return" + (f" for the year ended {own_date:%d %B %Y}" if own_date else "")
    made = assemble(parts, own_date, origin)
    return Read("an SSDA903 return", made, (*(taken.note() for taken in takings), *made.notes))


def year_end(episodes: pl.DataFrame | None) -> date | None:
    """The 31 March that ends the return's year, from its episodes; None where they have no date.

    Every episode in a return was open in its year, so that its end, if it has one, lies in the year: the year in
    which most ends lie, whatever single dates say (the latest of two that tie). Without any end, the year of the
    latest start.
    """
    import polars as pl

    if episodes is None:
        return None
    for column, pick in (("ended", "most"), ("started", "last")):
        if column not in episodes.columns:
            continue
        years = episodes.select(pl.col(column).drop_nulls().dt.offset_by("-3mo").dt.year() + 1).to_series()
        if len(years):
            counts = years.value_counts().sort("count", column, descending=True)
            year = counts[column][0] if pick == "most" else years.max()
            return date(int(str(year)), 3, 31)
    return None


def _before_the_year(parts: Sequence[Part], own_date: date | None) -> list[Part]:
    """The reviews that a return leaves out, because they were before its year: those of children who were in care by
    then, and of those whose first episode only goes on with care (its reason is not S)."""
    import polars as pl

    from qaengine.cases.taking.earlier import unseen

    rows = next((part.rows for part in parts if part.type == "episodes"), None)
    if own_date is None or rows is None or "started" not in rows.columns:
        return []
    first = rows.filter(pl.col("started").is_not_null()).sort("started", maintain_order=True)
    first = first.unique("child_id", keep="first", maintain_order=True)
    before = pl.col("started") < pl.lit(own_date).dt.offset_by("-1y").dt.offset_by("1d")
    if "reason_started" in first.columns:
        before = before | (pl.col("reason_started") != "S").fill_null(False)
    return unseen(parts, "reviews", "cla", first.filter(before)["child_id"].to_list())


@dataclass(frozen=True)
class _Recognised:
    """Which file holds which table, and notes on the files that are left."""

    files: Mapping[str, InputFile]
    notes: tuple[Note, ...]


def _recognised(files: Sequence[InputFile]) -> _Recognised:
    """Which file holds which table that is taken, by its headings.

    Where several files hold the same table the one that bears the table's name is taken and the others are left.
    Raises InputError where none of them does, for then nothing says which is the return; and where there is no
    table of children.
    """
    found: dict[str, list[InputFile]] = {}
    notes: list[Note] = []
    for file in files:
        sheet = sheet_of(headings_of(file))
        if sheet is None:
            notes.append(Note(file.name, "left: not a table of the return", left=rows_in(file)))
        elif not sheet.is_used:
            says = f"left: the table {sheet.name}, of which nothing is used"
            notes.append(Note(file.name, says, left=rows_in(file)))
        else:
            found.setdefault(sheet.name, []).append(file)
    chosen: dict[str, InputFile] = {}
    problems: list[Problem] = []
    for name, same in found.items():
        named = [file for file in same if file.stem == name.lower()]
        if len(same) > 1 and len(named) != 1:
            several = ", ".join(file.name for file in same)
            message = f"several files hold the table {name}, and nothing says which is the return"
            problems.append(Problem(same[0].name, 0, 0, message, several, f"one return in a folder, or one {name}.csv"))
            continue
        chosen[name] = named[0] if len(same) > 1 else same[0]
        says = f"left: the same headings as {chosen[name].name}, which bears the name of the table"
        notes += [Note(file.name, says, left=rows_in(file)) for file in same if file is not chosen[name]]
    if HEADER.name not in found:
        needed = ", ".join(sorted(variants[0] for variants in HEADER.known_by))
        problems.append(
            Problem("header.csv", 0, 0, "the table of children is missing", "", f"a file with the headings {needed}")
        )
    if problems:
        raise case_data_error(*problems)
    return _Recognised(chosen, tuple(notes))


def rows_in(file: InputFile) -> int:
    """How many rows a CSV file that is left has, below its headings."""
    return max(0, len(re.findall(rb"[^\r\n]+", file.data)) - 1)


_ELEMENTS = {
    "EPISODE": "episodes",
    "AREVIEW": "reviews",
    "OC2": "oc2",
    "AMISSING": "missing",
    "AD_PLACED": "placed_for_adoption",
}
"""The elements of the XML that are rows of a table that is taken."""

_ASIDE = frozenset({"UASC", "PERMANENCE", "OC3", "AD1", "ADOPTION", "SW_EPISODE", "ASW_EPISODE", "ADOLO", "DOLO"})
"""Those of which nothing is used."""


class _Rows:
    """The rows of the tables, as they are met in the XML."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.tables: dict[str, list[dict[str, str | None]]] = {"header": [], **{n: [] for n in _ELEMENTS.values()}}
        self.lines: dict[str, list[int]] = {name: [] for name in self.tables}
        self._left: dict[str, int] = {}
        self._strange = Strange(file)
        self._values = {
            name: {normal(one) for variants in _sheet(name).headings() for one in variants} for name in self.tables
        }

    def of_child(self, child: Element) -> None:
        """Every row of one CHILD element."""
        header = child.first("HEADER")
        whole = header if header is not None else child
        own = whole.leaves()
        reference = own.get("CHILDID") or own.get("CHILD")
        self._add("header", whole, reference)
        for element in (*child.inside, *(header.inside if header is not None else ())):
            tag = element.tag.upper()
            if tag in _ELEMENTS or tag == "HEADER":
                self._strange.text(element)
            if tag in _ELEMENTS and element.inside:
                self._add(_ELEMENTS[tag], element, reference)
            elif element.inside and tag in _ASIDE:
                self._left[element.tag] = self._left.get(element.tag, 0) + 1
            elif element.inside and tag != "HEADER" and normal(tag) not in self._values["header"]:
                self._strange.unknown(element, ("HEADER", *_ELEMENTS))

    def around(self, root: Element) -> None:
        """What stands around the children."""
        self._strange.around(root, frozenset(map(normal, ("HEADER", *_ELEMENTS))), "CHILD")

    def _add(self, table: str, element: Element, reference: str | None) -> None:
        own = {
            tag: text for tag, text in element.leaves().items() if tag.upper() not in ("CHILD", "CHILDID", *_ELEMENTS)
        }
        self.tables[table].append({**own, "CHILD": reference})
        self.lines[table].append(element.line)
        self._strange.values(element, self._values[table], frozenset(map(normal, (*_ELEMENTS, *_ASIDE))))

    def raw(self, name: str) -> Raw:
        """One table, under the headings of the CSV."""
        headings = ["CHILD", *(variants[0] for variants in _sheet(name).headings() if variants[0] != "CHILD")]
        rows = [{_own_heading(name, tag): text for tag, text in row.items()} for row in self.tables[name]]
        about = f"{self._file}, {name}"
        return raw_of(about, name, rows, self.lines[name], headings)

    def notes(self) -> list[Note]:
        """What was left of the file."""
        left = [Note(f"{self._file}, {tag}", "left: nothing of it is used", left=n) for tag, n in self._left.items()]
        return left + self._strange.notes()


def _own_heading(table: str, tag: str) -> str:
    """The heading of the CSV for an element of the XML."""
    for variants in _sheet(table).headings():
        if normal(tag) in map(normal, variants):
            return variants[0]
    return tag
