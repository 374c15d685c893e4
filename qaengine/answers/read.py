"""Reading the form back, cell by cell: the answers of every child, or every problem at once.

Rows are known by their hidden key, and held to the words that stand in them, so that an answer is never taken for
another's. Whole rows may have been moved together; nothing else may be otherwise than it was sent out.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from qaengine.answers import cells
from qaengine.answers.assemble import Given, child_answers
from qaengine.answers.form import Answers, Form, folded
from qaengine.answers.opening import MOST_PACKED, Sheet, open_sheet, refusal
from qaengine.answers.rows import (
    HEADINGS,
    LONGEST_REFERENCE,
    VERSION,
    Column,
    Row,
    Takes,
    band_key,
    form_key,
    place_of,
    plain,
    rows_of,
    split,
)
from qaengine.model.problem import ExitCode, InputError, Problem, nearest

FEW = 50  # keys among which the nearest is looked for


def read_answers(source: bytes | Path, form: Form) -> Answers:
    """The answers in a workbook that was filled in, for the form that was sent out.

    Raises InputError (CASE_DATA) with every problem: a file that is no workbook or not a safe one; the form of another
    draw; rows missing, added or there twice; answers that are not on their list; dates typed as text; formulas; a
    confirmation, a reason or a moderator without a grade. A problem's line and column are the row and the column.
    """
    data, name = _load(source)
    sheet = open_sheet(data, name)
    _check_draw(sheet, form, name)
    reading = _Reading(sheet, form, name)
    answers = reading.answers()
    if reading.problems:
        raise InputError(reading.problems, ExitCode.CASE_DATA)
    return answers


def _load(source: bytes | Path) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, "answers.xlsx"
    try:
        if source.stat().st_size > MOST_PACKED:
            raise refusal(source.name, "the file is too large for a form", expected=f"under {MOST_PACKED:,} bytes")
        return source.read_bytes(), source.name
    except OSError as error:
        raise refusal(str(source), f"cannot be read: {(error.strerror or type(error).__name__).lower()}") from None


def _check_draw(sheet: Sheet, form: Form, name: str) -> None:
    """The form of another draw is refused whole: nothing in it belongs to these children."""
    keys = (cells.text_of(row[Column.KEY]) for row in sheet.rows if len(row) > Column.KEY)
    key = next((key for key in keys if key.startswith("qaengine answers ")), "")
    found, expected = split(key), split(form_key(form))
    if not key:
        raise refusal(
            name,
            "not the form that was sent out: its hidden column G is empty",
            expected="the workbook that was written for this draw",
        )
    if found[0] != VERSION or len(found) != len(expected):
        raise refusal(name, "a form of another version of qaengine", cells.shown(found[0]), VERSION)
    labels = ("version", "as-at date", "seed", "draw", "choice of questions")
    problems = [
        Problem(name, 1, Column.KEY + 1, f"the form of another draw: its {label} differs", mine, wanted)
        for label, mine, wanted in zip(labels, found, expected, strict=True)
        if mine != wanted
    ]
    if problems:
        raise InputError(problems, ExitCode.CASE_DATA)


class _Reading:
    """One sheet being read. Problems are kept, and reading goes on."""

    def __init__(self, sheet: Sheet, form: Form, name: str) -> None:
        self.sheet, self.form, self.name = sheet, form, name
        self.problems: list[Problem] = []
        self.expected = {row.key: row for child in form.children for row in rows_of(child)}

    def answers(self) -> Answers:
        placed = self._place()
        given = {key: self._given(self.expected[key], line) for key, line in placed.items()}
        for child in self.form.children:
            self._check_missing(child.child_id, placed)
        of_child: dict[str, list[Given]] = {child.child_id: [] for child in self.form.children}
        for each in given.values():
            of_child[each.row.child_id].append(each)
        return Answers({child: child_answers(rows, self._wrong) for child, rows in of_child.items()})

    def _wrong(
        self, line: int, column: int, message: str, found: str = "", expected: str = "", did_you_mean: str = ""
    ) -> None:
        self.problems.append(
            Problem(
                self.name, line + 1, column + 1, f"{place_of(line, column)}: {message}", found, expected, did_you_mean
            )
        )

    def _place(self) -> dict[str, int]:
        """Where each row stands, by key."""
        placed: dict[str, int] = {}
        strangers: list[tuple[int, str]] = []
        ours = {form_key(self.form), HEADINGS[Column.KEY], *map(band_key, self.form.children)}
        for line in range(len(self.sheet.rows)):
            key = cells.text_of(self.sheet.at(line, Column.KEY))
            if key in placed:
                self._wrong(
                    line,
                    Column.KEY,
                    f"the same row twice: it is in row {placed[key] + 1} too",
                    self._named(self.expected[key]),
                    "each row once, as it was sent out",
                )
            elif key in self.expected:
                placed[key] = line
                self._check_words(self.expected[key], line)
            elif key not in ours and (key or self._written(line)):
                strangers.append((line, key))
        missing = self.expected.keys() - placed.keys()
        for line, key in strangers:
            meant = nearest(key, missing) if len(key) < 1_000 and len(missing) <= FEW else ""
            self._wrong(
                line,
                Column.KEY,
                "a row that was not sent out: it was added, or its hidden key was changed",
                cells.shown(key or "no key"),
                "the rows as they were sent out",
                meant,
            )
        return placed

    def _written(self, line: int) -> bool:
        return any(cells.text_of(self.sheet.at(line, column)) for column in (Column.ANSWER, Column.NOTE))

    def _check_words(self, row: Row, line: int) -> None:
        """A row whose words are another's would give its answer to the wrong question."""
        for column, text in (
            (Column.CHILD, plain(row.child_id)),
            (Column.STANDARD, row.subject),
            (Column.DECIDE, row.decide),
        ):
            found = cells.text_of(self.sheet.at(line, column))
            if folded(found) != folded(text):
                self._wrong(
                    line,
                    column,
                    "these are not the words that were sent out in this row, so its answer may be meant for another",
                    cells.shown(found),
                    cells.shown(text),
                )

    def _check_missing(self, child_id: str, placed: dict[str, int]) -> None:
        mine = [row for row in self.expected.values() if row.child_id == child_id]
        missing = [row for row in mine if row.key not in placed]
        if len(missing) == len(mine):
            self._missing(f"none of the {len(mine)} rows about {child_id} is here")
            return
        for row in missing:
            self._missing(f"a row is missing: {self._named(row)}")

    def _missing(self, message: str) -> None:
        self.problems.append(Problem(self.name, 0, 0, message, expected="the rows as they were sent out"))

    def _named(self, row: Row) -> str:
        return f"{row.child_id}, {row.subject}, {cells.shown(row.decide)}"

    def _given(self, row: Row, line: int) -> Given:
        if row.takes is Takes.CHOICE:
            answer = self._checked(row, line, Column.ANSWER, lambda value: cells.choice(value, row.answers))
        elif row.takes is Takes.DATE:
            answer = self._checked(row, line, Column.ANSWER, lambda value: cells.day(value, self.sheet.from_1904) or "")
        else:
            longest = LONGEST_REFERENCE if row.takes is Takes.REFERENCE else cells.MOST_TEXT
            answer = self._checked(row, line, Column.ANSWER, lambda value: cells.words(value, longest))
        note = self._checked(row, line, Column.NOTE, cells.words) or ""
        if note and not row.has_note:
            self._wrong(
                line,
                Column.NOTE,
                f"{row.child_id}: nothing is asked here",
                cells.shown(str(note)),
                "the answer in column E",
            )
        return Given(row, line, answer, str(note))

    def _checked(self, row: Row, line: int, column: Column, read: Callable[[Any], str | date]) -> str | date | None:
        """What a cell says; None where it says nothing that could be meant, which is a problem."""
        if (line, column) in self.sheet.calculated:
            self._wrong(
                line,
                column,
                f"{row.child_id}: a formula, or an error that one left",
                expected="the answer itself, typed or chosen",
            )
            return None
        try:
            return read(self.sheet.at(line, column))
        except cells.WrongCellError as wrong:
            self._wrong(
                line, column, f"{row.child_id}: {wrong.message}", wrong.found, wrong.expected, wrong.did_you_mean
            )
            return None
