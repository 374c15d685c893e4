"""The same children many times over, each time with new references."""

import csv
import io
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from qaengine.model.casefile import CaseFile, CaseSet

DIGITS = 4
"""Of the number that a reference is given at its end: the same for all, so that no two become one."""


def children(case_set: CaseSet, n: int) -> CaseSet:
    """The first n children of a case set that is repeated for ever. Copies share the records of the first."""
    files = islice((_again(file, turn) for turn in count() for file in case_set.files), n)
    return replace(case_set, files=tuple(sorted(files, key=lambda file: file.child_id)))


def _again(file: CaseFile, turn: int) -> CaseFile:
    child_id = f"{file.child_id}-{turn:0{DIGITS}}"
    return CaseFile(child_id, replace(file.child, id=child_id), file.records)


def a_return(source: Path, target: Path, times: int) -> int:
    """Write the CSV files of a return again, so many times over; answers with the number of rows written.

    Every row is written as it was read but for the child's reference, which stands first in every table.
    """
    return sum(_table(file, target / file.name, times) for file in sorted(source.glob("*.csv")))


def _table(source: Path, target: Path, times: int) -> int:
    with source.open(encoding="utf-8-sig", newline="") as text:
        headings, *rows = csv.reader(text)
    if headings[0] != "CHILD":
        raise ValueError(f"{source.name}: the first column is {headings[0]}, and not the child's reference")
    split = [(row[0], _cells(row[1:])) for row in rows if row]
    with target.open("w", encoding="utf-8", newline="") as out:
        out.write(_cells(headings))
        for turn in range(times):
            out.writelines(f"{child}{turn:0{DIGITS}},{rest}" for child, rest in split)
    return len(split) * times


def _cells(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
