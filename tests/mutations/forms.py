"""Tables written down: as CSV, as sheets of a workbook, as Parquet."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO

import polars as pl
import xlsxwriter

from tests.mutations.model import Cell, Table


def csv_bytes(table: Table, days: str = "%d/%m/%Y") -> bytes:
    """A table as CSV, every line ended; titles stand in the first column of rows of their own."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    width = len(table.headings)
    writer.writerows([title, *[""] * (width - 1)] for title in table.titles)
    writer.writerow(table.headings)
    writer.writerows([_text(cell, days) for cell in row] for row in table.rows)
    for blank in table.blanks:
        out.write(blank.replace("*", "," * (width - 1)) + "\n")
    return out.getvalue().encode()


def _text(cell: Cell, days: str) -> str:
    if isinstance(cell, date):
        return cell.strftime(days)
    return "" if cell is None else str(cell)


def csv_files(tables: Sequence[Table], days: str = "%d/%m/%Y") -> dict[str, bytes]:
    return {f"{table.name}.csv": csv_bytes(table, days) for table in tables}


def workbook(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table; dates are dates of Excel, titles stand in merged cells."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False})
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    for table in tables:
        sheet = book.add_worksheet(table.name)
        if table.hidden:
            sheet.hide()
        elif not any(one.get_name() != table.name and not one.hidden for one in book.worksheets()):
            sheet.activate()  # a sheet that is active cannot be hidden, and the first is unless told otherwise
            sheet.set_first_sheet()
        for row, title in enumerate(table.titles):
            sheet.merge_range(row, 0, row, max(1, len(table.headings) - 1), title)
        first = len(table.titles)
        for column, heading in enumerate(table.headings):
            sheet.write_string(first, column, heading)
        for row, cells in enumerate(table.rows, first + 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, days)
                elif isinstance(cell, bool):
                    sheet.write_boolean(row, column, cell)
                elif isinstance(cell, int | float):
                    sheet.write_number(row, column, cell)
                elif cell is not None:
                    sheet.write_string(row, column, cell)
        for row, blank in enumerate(table.blanks, first + 1 + len(table.rows)):
            for column in range(len(table.headings)):
                sheet.write_string(row, column, blank) if blank else sheet.write_blank(row, column, None, days)
    book.close()
    return out.getvalue()


def parquet_bytes(table: Table) -> bytes:
    """A table as Parquet: a column of dates is of dates, one of numbers of numbers, and a mixed one of text."""
    out = BytesIO()
    frame_of(table).write_parquet(out)
    return out.getvalue()


def frame_of(table: Table) -> pl.DataFrame:
    """A table with a column of its own type for each heading."""
    columns = [[row[place] for row in table.rows] for place in range(len(table.headings))]
    return pl.DataFrame([_series(heading, cells) for heading, cells in zip(table.headings, columns, strict=True)])


def _series(heading: str, cells: Sequence[Cell]) -> pl.Series:
    kinds = {type(cell) for cell in cells if cell is not None}
    if len(kinds) == 1 and kinds <= {date, int, bool, float}:
        return pl.Series(heading, cells)
    return pl.Series(heading, [None if cell is None else _text(cell, "%Y-%m-%d") for cell in cells], dtype=pl.String)


def parquet_files(tables: Sequence[Table]) -> Mapping[str, bytes]:
    return {f"{table.name}.parquet": parquet_bytes(table) for table in tables}
