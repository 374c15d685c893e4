"""Writing the form: one sheet that a person fills in with Excel or LibreOffice, the same bytes for the same form."""

import re
from datetime import datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from qaengine.answers.form import Form, FormChild
from qaengine.answers.look import SCALE, WIDTHS, Look, height_of
from qaengine.answers.rows import (
    HEADINGS,
    LONGEST_REFERENCE,
    SHEET,
    Column,
    Part,
    Row,
    Takes,
    band_key,
    form_key,
    plain,
    rows_of,
)
from qaengine.model.calendar import EARLIEST, LATEST

HEADING_ROW = 2
LONGEST_LIST = 255  # characters that a list written into a cell's own rule may have
A4 = 9
HOW = (
    (
        "how",
        "Fill in the columns Answer and Note. Where there is a list, choose from it. Nothing else can be changed, "
        "and no other file is needed.",
    ),
    (
        "how",
        "Leave blank what you do not know yet: blank means not answered, and never “no”. "
        "You can send it back half done, and again later.",
    ),
    (
        "how",
        "“What the record shows” is what the file held on {as_at}. "
        "What is not on the record may still have been done: say so in the note, and where you saw it.",
    ),
    (
        "how",
        "People are references (AUD-07) and never names. The grade is yours: it counts when “Confirmed by” is "
        "filled in. To see what is left, filter Answer by blanks.",
    ),
    (
        "how",
        "Nothing leaves this machine: the workbook sends nothing anywhere. Save it as an Excel workbook (.xlsx) "
        "where you keep case records.",
    ),
    ("urgent", "If a child may be unsafe now, tell the head of service today. Do not wait for this form."),
)
LEFT_OUT = (
    "how",
    "Not every question is here: what was flagged for reading is, every question of a critical standard, and of the "
    "others those that most need a person. Beside each child stands how many are left out, and how to get them.",
)


def write_form(form: Form) -> bytes:
    """The workbook to be filled in: sheet "Answers", protected without a password but for the answers and notes."""
    from xlsxwriter import Workbook  # imported here: most commands write no workbook

    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "default_format_properties": {"font_name": "Arial", "font_size": 10}})
    # The day is the form's own, so that two runs give the same bytes.
    book.set_properties(
        {
            "title": f"Audit answers, as at {_day(form)}",
            "subject": f"Draw {form.draw_hash}",
            "created": datetime.combine(form.as_at, time()),
        }
    )
    _Sheet(book, form).write()
    book.close()
    return _growing(out.getvalue())


def _growing(data: bytes) -> bytes:
    """The workbook with rows that grow as somebody writes in them.

    xlsxwriter marks every row that has a height as set by hand, and such rows stay as they are: a long note would
    disappear under the next row.
    """
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = re.sub(rb'(<row [^>]*?) customHeight="1"', rb"\1", content)
            new.writestr(part, content)
    return out.getvalue()


class _Sheet:
    """One sheet being written, from the top down."""

    def __init__(self, book: Any, form: Form) -> None:
        self.form = form
        self.look = Look(book)
        self.sheet = book.add_worksheet(SHEET)
        self.row = 0
        self.lists: dict[tuple[str, ...], str] = {}

    def write(self) -> None:
        self._columns()
        self._top()
        starts = [self._child(child) for child in self.form.children]
        self._page(starts)
        self._protect()

    def _text(self, column: int, text: str, style: str) -> None:
        self.sheet.write_string(self.row, column, text, self.look.of(style, text))

    def _texts(self, texts: dict[Column, str], *styles: str, bold: bool = False, least: int = 1) -> None:
        self.sheet.set_row(self.row, height_of(texts, bold=bold, least=least))
        for (column, text), style in zip(texts.items(), styles, strict=True):
            self._text(column, text, style)

    def _columns(self) -> None:
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width)
        for column in (Column.KEY, Column.LISTS):
            self.sheet.set_column(column, column, 20, self.look.of("key"), {"hidden": True})

    def _top(self) -> None:
        """Title, facts and headings, which stay in sight; and how to fill it in, which scrolls away."""
        n = len(self.form.children)
        facts = (
            f"As at {_day(self.form)}   ·   {n} {'child' if n == 1 else 'children'}   ·   "
            f"Seed {plain(self.form.seed)}   ·   Draw {plain(self.form.draw_hash)}"
        )
        self.sheet.set_row(0, 26)
        self._text(Column.CHILD, "Audit answers", "title")
        self._text(Column.KEY, form_key(self.form), "key")
        self.row = 1
        self._text(Column.CHILD, facts, "facts")
        self.row = HEADING_ROW
        self.sheet.set_row(self.row, 20)
        for column, heading in enumerate(HEADINGS):
            self._text(column, heading, "heading")
        self.row += 1
        self._text(Column.CHILD, "How to fill this in", "how-first")
        for style, line in self._how():
            self.row += 1
            self._text(Column.CHILD, line.format(as_at=_day(self.form)), style)
        self.row += 1

    def _how(self) -> tuple[tuple[str, str], ...]:
        """How to fill it in, and that not everything is asked, where that is so."""
        return (*HOW, LEFT_OUT) if any(child.left_out for child in self.form.children) else HOW

    def _child(self, child: FormChild) -> int:
        """A child's heading and rows; the row where the child starts."""
        start, rows = self.row, rows_of(child)
        self._band(child, rows)
        for row in rows:
            self.row += 1
            self._row(row)
        self.row += 1
        return start

    def _band(self, child: FormChild, rows: tuple[Row, ...]) -> None:
        last = sum(row.counts for row in rows)
        first_row, last_row = self.row + 2, self.row + 1 + last
        texts = {
            Column.CHILD: plain(child.child_id),
            Column.STANDARD: plain(child.team),
            Column.DECIDE: plain(f"Ceiling: {child.ceiling_words}"),
            Column.SHOWS: plain(child.left_out),
        }
        self._texts(texts, "band", "band", "band", "band", bold=True)
        self.sheet.write_formula(
            self.row,
            Column.ANSWER,
            f'=COUNTA(E{first_row}:E{last_row})&" of {last} answered"',
            self.look.of("band"),
            f"0 of {last} answered",
        )
        self.sheet.write_blank(self.row, Column.NOTE, None, self.look.of("band"))
        self._text(Column.KEY, band_key(child), "key")

    def _row(self, row: Row) -> None:
        texts = {
            Column.CHILD: plain(row.child_id),
            Column.STANDARD: row.subject,
            Column.DECIDE: row.decide,
            Column.SHOWS: row.shows,
        }
        matters = row.of in (Part.CONCERN, Part.GRADE)
        self._texts(
            texts,
            "child",
            "child",
            "strong" if matters else "decide",
            "hint" if isinstance(row.of, Part) else "shows",
            least=2 if row.takes is Takes.TEXT else 1,
        )
        style = "day" if row.takes is Takes.DATE else "answer"
        self.sheet.write_blank(self.row, Column.ANSWER, None, self.look.of(style))
        self.sheet.write_blank(self.row, Column.NOTE, None, self.look.of("note" if row.has_note else "no-note"))
        self._text(Column.KEY, row.key, "key")
        rule = self._rule(row)
        if rule:
            self.sheet.data_validation(self.row, Column.ANSWER, self.row, Column.ANSWER, rule)
        if row.of is Part.CONCERN:
            self.sheet.conditional_format(
                self.row,
                Column.ANSWER,
                self.row,
                Column.ANSWER,
                {"type": "cell", "criteria": "==", "value": '"yes"', "format": self.look.of("alert")},
            )

    def _rule(self, row: Row) -> dict[str, Any] | None:
        """What Excel lets somebody write in the answer cell."""
        if row.takes is Takes.CHOICE:
            return {
                "validate": "list",
                "source": self._list(row.answers),
                "error_title": "Choose from the list",
                "error_message": "Choose one of the answers in the list, or leave the cell blank.",
            }
        if row.takes is Takes.DATE:
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": EARLIEST,
                "maximum": LATEST,
                "error_title": "A date",
                "error_message": "Write a date, such as 3 Oct 2019, or leave it blank.",
            }
        if row.takes is Takes.REFERENCE:
            return {
                "validate": "length",
                "criteria": "<=",
                "value": LONGEST_REFERENCE,
                "error_title": "A reference",
                "error_message": "Write a reference such as AUD-07, not a name.",
            }
        return None

    def _list(self, answers: tuple[str, ...]) -> list[str] | str:
        """The list itself where Excel can hold it in the cell's rule, or else the hidden cells where it stands."""
        if len(",".join(answers)) <= LONGEST_LIST and not any(set(answer) & set(',"') for answer in answers):
            return list(answers)
        if answers not in self.lists:
            top = sum(map(len, self.lists))
            for place, answer in enumerate(answers, top):
                self.sheet.write_string(place, Column.LISTS, answer, self.look.of("key", answer))
            self.lists[answers] = f"=$H${top + 1}:$H${top + len(answers)}"
        return self.lists[answers]

    def _page(self, starts: list[int]) -> None:
        sheet, last = self.sheet, max(self.row - 1, HEADING_ROW)
        sheet.freeze_panes(HEADING_ROW + 1, 0)
        sheet.hide_gridlines(2)
        sheet.autofilter(HEADING_ROW, Column.CHILD, last, Column.NOTE)
        sheet.ignore_errors({"number_stored_as_text": f"A1:H{last + 1}"})
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_print_scale(SCALE)
        sheet.print_area(0, Column.CHILD, last, Column.NOTE)
        sheet.repeat_rows(HEADING_ROW)
        sheet.set_footer(f"&L&8Audit answers, as at {_day(self.form)}&C&8Page &P of &N&R&8Keep as a case record")
        sheet.set_h_pagebreaks(starts[1:])  # each child on a page of their own
        if starts:
            sheet.set_selection(starts[0] + 1, Column.ANSWER, starts[0] + 1, Column.ANSWER)

    def _protect(self) -> None:
        # Rows and columns may still be resized and filtered: what is protected is the words, not the reader's comfort.
        self.sheet.protect("", {"format_rows": True, "format_columns": True, "autofilter": True})


def _day(form: Form) -> str:
    months = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    return f"{form.as_at.day} {months[form.as_at.month - 1]} {form.as_at.year}"
