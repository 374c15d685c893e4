"""Files that are no form, or that mean harm: a clear message, never a traceback, and never all of the memory."""

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from qaengine.answers import read_answers, write_form
from qaengine.answers.opening import MOST_PARTS
from qaengine.model.problem import ExitCode, InputError, Problem
from tests.answers_form import FORM, filled

DATA = write_form(FORM)
SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"


def rebuilt(change: Callable[[str, bytes], bytes] = lambda _, content: content, **more: bytes) -> bytes:
    """The form's own zip with parts changed, and parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DATA)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return out.getvalue()


def with_rows(rows: bytes) -> bytes:
    return rebuilt(lambda name, content: content.replace(END, rows + END) if name == SHEET else content)


def with_e12(cell: bytes) -> bytes:
    """The form with a cell put in the place of its first answer."""
    return rebuilt(lambda name, content: re.sub(rb'<c r="E12"[^>]*/>', cell, content) if name == SHEET else content)


def problem(data: bytes | Path) -> Problem:
    with pytest.raises(InputError) as error:
        read_answers(data, FORM)
    assert error.value.exit_code is ExitCode.CASE_DATA
    return error.value.problems[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a workbook"),
        (b"child,answer\nCH-0412,met\n", "not a workbook"),
        (b"PK\x03\x04" + b"\0" * 200, "not a workbook"),
        (DATA[: len(DATA) // 2], "not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "the old .xls format, or one with a password"),
        (b"PK" + b"\0" * 20_000_000, "too large for a form"),
    ],
)
def test_what_is_no_workbook(data: bytes, says: str) -> None:
    assert says in problem(data).message


def zip_of(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts:
            new.writestr(name, content)
    return out.getvalue()


def test_another_sort_of_zip() -> None:
    assert problem(zip_of(("content.xml", b"<a/>"))).found == "an OpenDocument sheet"
    assert problem(zip_of(("a.txt", b"a"))).found == "a zip file of something else"


def test_a_path_that_cannot_be_read(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "none.xlsx").message
    assert "is a directory" in problem(tmp_path).message
    big = tmp_path / "big.xlsx"
    with big.open("wb") as file:
        file.truncate(20_000_001)
    assert "too large" in problem(big).message


def workbook(sheet: str) -> bytes:
    out, book = io.BytesIO(), Workbook()
    book.active.title = sheet
    book.save(out)
    return out.getvalue()


def test_another_workbook_and_another_sheet() -> None:
    found = problem(workbook("Answer"))
    assert (found.message, found.found, found.did_you_mean) == ("there is no sheet 'Answers'", "'Answer'", "Answer")
    assert "not the form that was sent out" in problem(workbook("Answers")).message


def test_a_bomb_is_known_by_what_it_says_that_it_unpacks_to() -> None:
    bomb = rebuilt(**{"xl/big.xml": b"\0" * 50_000_000})
    assert len(bomb) < 200_000
    assert "unpacks to more than any form" in problem(bomb).message


def test_a_bomb_that_says_that_it_is_small_is_not_unpacked() -> None:
    bomb = bytearray(rebuilt(**{"xl/big.xml": b"\0" * 45_000_000}))
    size = struct.pack("<I", 45_000_000)
    for _ in range(bomb.count(size)):
        at = bomb.index(size)
        bomb[at : at + 4] = struct.pack("<I", 100)
    assert "damaged" in problem(bytes(bomb)).message


def test_too_many_parts() -> None:
    many = zip_of(*((f"{n}.xml", b"") for n in range(MOST_PARTS + 1)))
    assert "unpacks to more than any form" in problem(many).message


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice() -> None:
    out = io.BytesIO(DATA)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr(SHEET, b"<worksheet/>")
    assert "twice" in problem(out.getvalue()).message


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b"<c><v>1</v></c>",
        b'<c r="AY1"><v>1</v></c>',
        b'<c r="A100001"><v>1</v></c>',
        b'<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>',
        b"<x:c xmlns:x='x' r='XFD7'><x:v>1</x:v></x:c>",
    ],
)
def test_something_in_the_last_corner_of_the_sheet(cell: bytes) -> None:
    found = problem(with_rows(b'<row r="1048576">' + cell + b"</row>"))
    assert "something is written far outside the form" in found.message
    assert found.expected == "nothing after column AX or row 100,000"


@pytest.mark.parametrize("cell", [b'<c r="AX60"><v>1</v></c>', b'<c r="A100000"><v>1</v></c>'])
def test_something_just_inside_the_limits_is_only_looked_over(cell: bytes) -> None:
    assert read_answers(with_rows(b'<row r="60">' + cell + b"</row>"), FORM).of("CH-0412").questions == {}


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="xfd1"><v>1</v></c>',
        b'<c r="A0"><v>1</v></c>',
        b'<c r="1"><v>1</v></c>',
        b'<c r="A99999999999"><v>1</v></c>',
        b'<c r=""><v>1</v></c>',
    ],
)
def test_a_cell_without_a_proper_place(cell: bytes) -> None:
    assert "a cell without a proper place" in problem(with_rows(b'<row r="60">' + cell + b"</row>")).message


@pytest.mark.parametrize("row", [b"0", b"-1", b"x", b"99999999999999999999"])
def test_a_row_without_a_proper_number(row: bytes) -> None:
    assert "a row without a proper number" in problem(with_rows(b'<row r="' + row + b'"></row>')).message


def test_a_million_empty_cells_cost_nothing_and_do_not_matter() -> None:
    cells = b"".join(b'<c r="A%d" s="1"/>' % n for n in range(60, 1_000_060))
    empty = b'<row r="60">' + cells + b'</row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    wide = rebuilt(
        lambda name, content: (
            content.replace(END, empty + END).replace(
                b"</cols>", b'<col min="9" max="16384" width="9" customWidth="1"/></cols>'
            )
            if name == SHEET
            else content
        )
    )
    assert read_answers(wide, FORM).of("CH-0412").questions == {}


def test_entities_are_not_unfolded() -> None:
    laugh = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;">]>'
    book = rebuilt(
        lambda name, content: (
            content.replace(content[: content.index(b"?>") + 2], laugh, 1) if name == SHEET else content
        )
    )
    assert "declares a document type" in problem(book).message


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_that_is_damaged_or_gone(part: str) -> None:
    half = rebuilt(lambda name, content: content[: len(content) // 2] if name == part else content)
    assert problem(half) == Problem(
        "answers.xlsx", 0, 0, "a part of the workbook is damaged", part, "an Excel workbook (.xlsx)"
    )
    with zipfile.ZipFile(io.BytesIO(DATA)) as old:
        gone = zip_of(*((name, old.read(name)) for name in old.namelist() if name != part))
    assert problem(gone).message


def test_a_sheet_that_is_somewhere_else() -> None:
    away = rebuilt(
        lambda name, content: (
            content.replace(b"worksheets/sheet1.xml", b"../../etc/passwd")
            if name.endswith("workbook.xml.rels")
            else content
        )
    )
    assert problem(away).message == "the sheet 'Answers' is not in the file"


@pytest.mark.parametrize(("length", "fits"), [(9_999, True), (10_000, True), (10_001, False)])
def test_a_note_has_an_end(length: int, fits: bool) -> None:
    key = "concern|CH-0412"
    data = filled({(key, "F"): "a" * length})
    if fits:
        assert read_answers(data, FORM).of("CH-0412").concern_note == "a" * length
    else:
        assert problem(data).found == "10,001 characters"


def test_a_cell_of_a_hundred_thousand_characters_is_told_shortly() -> None:
    found = problem(with_e12(b'<c r="E12" t="inlineStr"><is><t>' + b"a" * 100_000 + b"</t></is></c>"))
    assert found.message == "Answers!E12: CH-0412: not one of the answers"
    assert len(str(found)) < 400


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="E12" t="e"><v>#DIV/0!</v></c>',
        b'<c r="E12"><f>1/0</f></c>',
        b'<c r="E12" t="str"><f>"met"</f><v>met</v></c>',
    ],
)
def test_what_a_spreadsheet_calculates_is_not_an_answer(cell: bytes) -> None:
    assert problem(with_e12(cell)).message == "Answers!E12: CH-0412: a formula, or an error that one left"


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="E12"><v>1e308</v></c>',
        b'<c r="E12"><v>-1</v></c>',
        b'<c r="E12"><v>nan</v></c>',
        b'<c r="E12"><v>inf</v></c>',
        b'<c r="E12" t="s"><v>99999999</v></c>',
        b'<c r="E12" t="d"><v>2019-99-99</v></c>',
        b'<c r="E12" s="99999"><v>1</v></c>',
    ],
)
def test_a_number_that_is_no_answer(cell: bytes) -> None:
    assert problem(with_e12(cell)).message


def test_another_sheet_beside_ours_may_hold_what_it_likes() -> None:
    book = load_workbook(io.BytesIO(DATA))
    book.create_sheet("My notes")["E12"] = "=1+1"
    book.move_sheet("My notes", -1)
    out = io.BytesIO()
    book.save(out)
    assert read_answers(out.getvalue(), FORM).of("CH-0412").questions == {}


def damaged(seed: int) -> Iterator[bytes]:
    """The form with a few bytes of one part changed and packed again, and with a few bytes of the file changed."""
    chance = random.Random(seed)
    names = zipfile.ZipFile(io.BytesIO(DATA)).namelist()
    for _ in range(60):
        target = chance.choice(names)

        def spoil(name: str, content: bytes, target: str = target) -> bytes:
            if name != target:
                return content
            spoilt = bytearray(content)
            for _ in range(chance.randint(1, 4)):
                spoilt[chance.randrange(len(spoilt))] = chance.choice(b'0123456789<>"/= abcrstv&;-')
            return bytes(spoilt)

        yield rebuilt(spoil)
        spoilt = bytearray(DATA)
        for _ in range(chance.randint(1, 4)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        yield bytes(spoilt)


def refused(data: bytes) -> bool:
    """Whether the file is refused in words; anything but words is let through, and fails the test."""
    try:
        read_answers(data, FORM)
    except InputError as error:
        return bool(error.problems) and error.exit_code is ExitCode.CASE_DATA
    return False


@pytest.mark.parametrize("seed", range(4))
def test_a_file_damaged_anywhere_is_read_or_refused_in_words(seed: int) -> None:
    assert 30 < sum(map(refused, damaged(seed))) < 120


@pytest.mark.parametrize("encoding", [b"cp037", b"UTF-16", b"UTF-9", b"utf-7"])
def test_a_part_is_read_as_what_it_is_and_not_as_it_says(encoding: bytes) -> None:
    book = rebuilt(lambda name, content: content.replace(b"UTF-8", encoding, 1) if name == SHEET else content)
    assert read_answers(book, FORM) == read_answers(DATA, FORM)
