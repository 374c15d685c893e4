"""Filling in the answer form as an auditor does: in Excel's own file, by the key of each row."""

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import load_workbook

ANSWER, NOTE, KEY = 5, 6, 7  # columns, from 1
METHOD = {"question": "met", "reader": "met", "impact": "not known"}


def keys(form: Path) -> list[str]:
    """The keys of the form's rows, from the top down."""
    return [str(row[KEY - 1].value) for row in _open(form)["Answers"].iter_rows(max_col=KEY) if row[KEY - 1].value]


def fill(form: Path, filled: Path, answer: Callable[[str], str | None], notes: Mapping[str, str] | None = None) -> None:
    """Save the form under another name with an answer in each row for which there is one, and these notes by key."""
    book = _open(form)
    sheet = book["Answers"]
    for row in range(1, sheet.max_row + 1):
        key = str(sheet.cell(row, KEY).value or "")
        given = answer(key) if "|" in key else None
        if given is not None:
            sheet.cell(row, ANSWER).value = given
        if notes and key in notes:
            sheet.cell(row, NOTE).value = notes[key]
    book.save(filled)


def all_met(parts: Mapping[str, str]) -> Callable[[str], str | None]:
    """Every question met and every impact not known; beside that, the answer for a part ("grade") or one key."""

    def answer(key: str) -> str | None:
        kind = key.split("|", 1)[0]
        return parts.get(key) or parts.get(kind) or METHOD.get(kind)

    return answer


def _open(path: Path):  # type: ignore[no-untyped-def]  # openpyxl has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl leaves out what it does not know of the sheet's looks
        return load_workbook(path)
