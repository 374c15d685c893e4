"""CSV files of councils: in whatever encoding and with whatever divider a spreadsheet wrote them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from qaengine.cases.csv_text import check_cells, check_shape, headings_of, line_of, lines, said
from qaengine.cases.files import InputFile
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.table import ROW, Raw, blanked
from qaengine.model.problem import Problem

if TYPE_CHECKING:
    import polars as pl

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DIVIDERS = (",", ";", "\t", "|")


def as_utf8(file: InputFile) -> tuple[InputFile, str]:
    """The file as UTF-8 with commas, and what had to be done to it ("" where nothing).

    What is not UTF-8 is read as Windows-1252, which is what Excel writes; a divider that is not a comma is one that
    stands in the first line more often. Raises InputError for what is no text.
    """
    check_cells(file)
    text, done = _text(file)
    if "\r" in text and "\n" not in text:
        text, done = text.replace("\r", "\n"), "; ".join(filter(None, (done, "lines ended by carriage returns")))
    divider = _divider(text)
    cut = "the last line has no end: it may be cut short" if text.rpartition("\n")[2].strip(",;\t| \r") else ""
    if divider == ",":
        given = file if not done else InputFile(file.name, text.encode())
        return given, "; ".join(filter(None, (done, cut)))
    given = InputFile(file.name, text.encode())
    del text  # a large file is not held twice
    done = "; ".join(filter(None, (done, f"divided by {_name(divider)}", cut)))
    return InputFile(file.name, _with_commas(given, divider)), done


def _with_commas(file: InputFile, divider: str) -> bytes:
    out = BytesIO()
    written = TextIOWrapper(out, "utf-8", newline="")
    try:
        csv.writer(written, lineterminator="\n").writerows(csv.reader(lines(file), delimiter=divider))
    except csv.Error as error:
        raise case_data_error(Problem(file.name, 0, 0, said(error))) from None
    written.flush()
    return out.getvalue()


def _text(file: InputFile) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if file.data.startswith(mark):
            try:
                return file.data.decode(encoding), "" if encoding == "utf-8-sig" else "read as UTF-16"
            except UnicodeDecodeError:
                break
    null = file.data.find(b"\0")
    if null >= 0:
        line = file.data.count(b"\n", 0, null) + 1
        raise case_data_error(Problem(file.name, line, 1, "not a text file", "a null byte", "CSV"))
    try:
        return file.data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    try:
        return file.data.decode("cp1252"), "read as Windows-1252"
    except UnicodeDecodeError as error:
        line = file.data[: error.start].count(b"\n") + 1
        found = f"byte 0x{file.data[error.start]:02x}"
        message = "neither UTF-8 nor Windows-1252 text"
        raise case_data_error(Problem(file.name, line, 0, message, found, "a CSV file saved as UTF-8")) from None


def _divider(text: str) -> str:
    first = next((line for line in text[:20_000].splitlines() if line.strip(",;\t| ")), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DIVIDERS, key=lambda divider: (bare.count(divider), divider == ","))


def _name(divider: str) -> str:
    return {";": "semicolons", "\t": "tabs", "|": "bars"}[divider]


def raw_csv(file: InputFile, name: str, wanted: Callable[[str], bool] | None = None) -> Raw:
    """A CSV file whose first row holds the headings; only the columns whose heading is wanted are read.

    Raises InputError where its rows are of different lengths, or a heading that is wanted stands twice.
    """
    headings = tuple(headings_of(file))
    check_shape(file)
    places = [place for place, heading in enumerate(headings) if heading and (wanted is None or wanted(heading))]
    return Raw(file.name, name, headings, _cells(file, places), partial(line_of, file))


def _cells(file: InputFile, places: Iterable[int]) -> pl.DataFrame:
    import polars as pl

    places = list(places)
    if not places:
        return pl.DataFrame({ROW: pl.Series([], dtype=pl.UInt32)})
    try:
        cells = pl.read_csv(BytesIO(file.data), columns=places, infer_schema=False, row_index_name=ROW)
    except pl.exceptions.NoDataError:
        cells = pl.DataFrame(
            {ROW: pl.Series([], dtype=pl.UInt32), **{str(p): pl.Series([], dtype=pl.String) for p in places}}
        )
    except pl.exceptions.PolarsError as error:
        message = f"not readable as CSV: {str(error).splitlines()[0]}"
        raise case_data_error(Problem(file.name, 0, 0, message)) from None
    cells.columns = [ROW, *map(str, places)]
    cells = blanked(cells)
    return cells.filter(~pl.all_horizontal(pl.col(pl.String).is_null()))
