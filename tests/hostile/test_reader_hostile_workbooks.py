"""Workbooks made to do harm: bombs, lies, cells far away, formulas. Each is refused in words, or harmless and read.

As in `test_reader_hostile`, every file is made here and read in a process of its own.
"""

import csv
import random
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from qaengine.cases.files import InputFile, read_bytes
from qaengine.cases.raw.compound import OLE
from qaengine.cases.raw.package import MOST_UNPACKED
from qaengine.cases.raw.workbook import read_workbook
from qaengine.model.problem import InputError
from tests.hostile.measured import refused, taken
from tests.hostile.packages import (
    AFTER,
    BEFORE,
    HEADINGS,
    ONE_CHILD,
    Packed,
    book,
    book_of,
    compound,
    ending,
    entry,
    old_book,
    old_number,
    old_shared,
    old_text,
    pack,
    parts_of,
    record,
    text_cell,
    to_sheets,
)

FIRST = f"{HEADINGS}{ONE_CHILD}"
FINE = Packed.of([BEFORE, FIRST, AFTER])


def grown(*pieces: str, times: int, before: str = "", after: str = "") -> Iterator[str]:
    """Pieces over and over, with {n} for their number."""
    yield before
    for n in range(10, times + 10):
        yield from (piece.format(n=n) for piece in pieces)
    yield after


# Bombs


def test_ten_gigabytes_of_nothing(tmp_path: Path) -> None:
    path = pack(tmp_path / "bomb.xlsx", parts_of(Packed.zeros(10)))
    assert path.stat().st_size < 12_000_000
    assert "unpacks to more than 300 MB" in refused(path)


@pytest.mark.parametrize("said", [0, 1000, 1 << 20])
def test_ten_gigabytes_that_say_they_are_less(tmp_path: Path, said: int) -> None:
    path = pack(tmp_path / f"bomb-{said}.xlsx", parts_of(Packed.zeros(10, said)))
    assert "is not as long as the directory says" in refused(path)


def test_a_small_part_that_says_it_is_large(tmp_path: Path) -> None:
    lying = Packed(FINE.data, FINE.method, FINE.crc, MOST_UNPACKED - 10_000)
    assert "is not as long as the directory says" in refused(pack(tmp_path / "large.xlsx", parts_of(lying)))


@pytest.mark.parametrize("what", ["method", "crc", "size", "name", "packed"])
def test_a_directory_that_says_otherwise_than_the_part(tmp_path: Path, what: str) -> None:
    """Two readers of one zip file may each believe another: what was looked at would not be what is read."""
    path = pack(tmp_path / "two-sizes.xlsx", parts_of(FINE))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x05\x06"))
    data[at + {"method": 10, "crc": 16, "packed": 20, "size": 24, "name": 46}[what]] ^= 1
    path.write_bytes(data)
    refused(path)


def test_a_bomb_in_a_bomb(tmp_path: Path) -> None:
    inner = pack(tmp_path / "inner.xlsx", parts_of(Packed.zeros(1))).read_bytes()
    path = pack(tmp_path / "nested.xlsx", parts_of(FINE, **{"xl/embeddings/inner.xlsx": inner}))
    assert "a list, read by its known headings. 1 child" in taken(path)
    refused(pack(tmp_path / "inside.xlsx", {"inner.xlsx": inner}))


def test_parts_that_lie_one_over_another(tmp_path: Path) -> None:
    """A thousand names of one place: what unpacks to a little unpacks to it a thousand times."""
    one = Packed.zeros(0.2)
    parts = parts_of(FINE, **{"xl/media/0.bin": one})
    path = pack(tmp_path / "overlapping.xlsx", parts)
    data = path.read_bytes()
    end = data.rfind(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", data, end + 16)
    place = data.find(b"PK\x03\x04", data.find(b"xl/worksheets/sheet1.xml"))
    more = b"".join(entry(f"xl/media/{n}.bin", Packed(one.data, 8, one.crc, 1), place)[1] for n in range(1, 1001))
    whole = data[start:end] + more
    path.write_bytes(data[:start] + whole + ending(len(parts) + 1000, len(whole), start))
    said = refused(path)
    assert "lie one over another" in said or "overlap" in said.lower()


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    parts = {**parts_of(FINE), "XL/Worksheets/Sheet1.xml": Packed.of([BEFORE, text_cell("XFD1048576", "x"), AFTER])}
    assert "two parts of the same name" in refused(pack(tmp_path / "twice.xlsx", parts))


def test_two_ends(tmp_path: Path) -> None:
    """One reader takes the first, another the last."""
    path = pack(tmp_path / "ends.xlsx", parts_of(FINE))
    path.write_bytes(path.read_bytes() + pack(tmp_path / "other.xlsx", parts_of(Packed.zeros(1, 9))).read_bytes())
    refused(path)
    refused(pack(tmp_path / "behind.xlsx", parts_of(FINE), lies=bytes(10)))


@pytest.mark.parametrize("name", ["mimetype", "content.xml", "xl/workbook.bin"])
def test_a_workbook_of_another_kind_under_this_name(tmp_path: Path, name: str) -> None:
    """What looks like .ods or .xlsb would be read by another reader, which nobody has looked before."""
    other = {**parts_of(FINE), name: "application/vnd.oasis.opendocument.spreadsheet"}
    assert "a workbook of another kind" in refused(pack(tmp_path / "other.xlsx", other))


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    assert "not readable as a workbook" in refused(pack(tmp_path / "a.xlsx", {"a.txt": "x"}))
    assert "not a workbook" in refused(pack(tmp_path / "b.xlsx", {}))


# Cells far away


LOOSE, DECOY = "<c><v>1</v></c>", '<d r="A1"/>'
FAR = {
    "the-last-of-excel": f"{FIRST}<row r='1048576'>{text_cell('XFD1048576', 'x')}</row>",
    "beyond-excel": f"{FIRST}{text_cell('AAAAAA99999999', 'x')}",
    "far-down": f"{FIRST}{text_cell('ZZ1000000', 'x')}",
    "a-number-that-overflows": f"{FIRST}{text_cell('A4294967297', 'x')}",
    "letters-that-overflow": f"{FIRST}{text_cell('ABCDEFGHIJ9', 'x')}",
    "in-single-quotes": f"{FIRST}<c t='str' r='XFD1048576'><v>x</v></c>",
    "with-spaces": f'{FIRST}<c t="str" r = "XFD1048576"><v>x</v></c>',
    "with-a-prefix": f'{FIRST}<x:row r="1048576"><x:c t="str" r="XFD1048576"><v>x</v></x:c></x:row>',
    "behind-a-sign": f'{FIRST}<c s=">" r="XFD1048576" t="str"><v>x</v></c>',
    "in-small-letters": f'{FIRST}<c r="xfd1048576" t="str"><v>x</v></c>',
    "by-its-row-alone": f'{FIRST}<row r="1048576">{LOOSE}</row><row r="1"><c r="ZZ1"><v>1</v></c></row>',
    "in-a-row-of-many": f"{FIRST}<row r='9'>{LOOSE * 5000}</row>",
    "in-many-rows": "".join([FIRST, *("<row><c><v>1</v></c></row>" for _ in range(50_000)), text_cell("ZZ9", "x")]),
    "behind-decoys": f"{FIRST}<row r='9'>{LOOSE * 5000}{DECOY * 5000}</row>",
}


@pytest.mark.parametrize("name", FAR)
def test_a_cell_far_away(tmp_path: Path, name: str) -> None:
    """The reader would make room for all that lies between."""
    assert "the sheet is too large" in refused(book(tmp_path / f"{name}.xlsx", FAR[name]))


def test_a_sheet_in_a_place_where_none_is_looked_for(tmp_path: Path) -> None:
    far = Packed.of([BEFORE, FIRST, text_cell("XFD1048576", "x"), AFTER])
    parts = {**parts_of(FINE), "xl/media/image.png": far, "xl/_rels/workbook.xml.rels": to_sheets(["media/image.png"])}
    assert "the sheet is too large" in refused(pack(tmp_path / "image.xlsx", parts))


def test_the_largest_that_is_read(tmp_path: Path) -> None:
    """A cell in the last column and row that are allowed: four million empty cells lie between."""
    assert "1 child" in taken(book(tmp_path / "corner.xlsx", FIRST, text_cell("BXX1999", "x")))


def test_many_sheets_that_are_each_nearly_too_large(tmp_path: Path) -> None:
    far = Packed.of([BEFORE, FIRST, text_cell("BXX1999", "x"), AFTER])
    assert "the sheets together are too large" in refused(pack(tmp_path / "sheets.xlsx", parts_of(*[far] * 100)))


@pytest.mark.parametrize("same", ["relation", "target", "spelling", "name"])
def test_one_sheet_under_many_names(tmp_path: Path, same: str) -> None:
    """It would be read as often as it is named."""
    parts = parts_of(FINE, FINE)
    if same == "relation":
        parts["xl/workbook.xml"] = book_of(["a", "b"]).replace("rId2", "rId1")
    elif same == "name":
        parts["xl/workbook.xml"] = book_of(["a", "a"])
    else:
        other = "worksheets/sheet1.xml" if same == "target" else "/XL/worksheets\\sheet1.xml"
        parts["xl/_rels/workbook.xml.rels"] = to_sheets(["worksheets/sheet1.xml", other])
    assert "two sheets" in refused(pack(tmp_path / "same.xlsx", parts))


# Cells with nothing in them


def test_a_million_empty_columns(tmp_path: Path) -> None:
    """Cells that only have a style are nothing, however many: people format whole rows."""
    letters = ["", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    names = [a + b + c for a in letters for b in letters[1:] for c in letters[1:] if a + b + c <= "XFD" or len(a) == 0]
    row = "".join(f'<c r="{name}{{n}}" s="1"/>' for name in names[:16_000])
    assert "1 child" in taken(book(tmp_path / "styled.xlsx", *grown(row, times=63, before=FIRST)))
    beyond = "".join(f'<c r="{letter * 5}7" s="1"/>' for letter in "ABCDEFGHIJ") * 100
    assert "1 child" in taken(book(tmp_path / "beyond.xlsx", *grown(beyond, times=1000, before=FIRST)))


def test_a_million_columns_that_are_not_empty(tmp_path: Path) -> None:
    path = book(tmp_path / "columns.xlsx", *grown("<c><v>{n}</v></c>", times=1_000_000, before=FIRST + '<row r="3">'))
    assert "the sheet is too large" in refused(path)


def test_a_million_rows_of_styles(tmp_path: Path) -> None:
    rows = '<row s="1" customFormat="1"><c s="1"/><c r="B9" s="1"/><c r="C9" s="1"></c></row>' * 1000
    assert "1 child" in taken(book(tmp_path / "rows.xlsx", *grown(rows, times=1000, before=FIRST)))


def test_more_empty_cells_than_can_be_looked_through(tmp_path: Path) -> None:
    path = book(tmp_path / "empty.xlsx", *grown('<c r="A9" s="1"/>' * 10_000, times=2_000, before=FIRST))
    assert "unpacks to more than 300 MB" in refused(path)


@pytest.mark.parametrize("said", ["A1:XFD1048576", "A1", "B2:A1", "A1:AAAAAAAA99999999999"])
def test_a_dimension_that_lies(tmp_path: Path, said: str) -> None:
    before = BEFORE.replace("<sheetData>", f'<dimension ref="{said}"/><sheetData>')
    path = pack(tmp_path / "dimension.xlsx", parts_of(Packed.of([before, FIRST, AFTER])))
    assert "1 child" in taken(path)


def test_more_cells_than_any_list(tmp_path: Path) -> None:
    """All in the same place, so that they do not reach far."""
    cells = '<c r="A9"><v>1</v></c>' * 1000
    assert "more than 4,000,000 cells" in refused(
        book(tmp_path / "cells.xlsx", *grown(cells, times=4_100, before=FIRST))
    )


# Texts


def strings(*pieces: str, said: int = 1) -> Packed:
    head = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{said}">'
    return Packed.of([head, *pieces, "</sst>"])


def test_shared_texts_of_200_megabytes(tmp_path: Path) -> None:
    text = strings(*grown("<si><t>" + "x" * 20_000 + "{n}</t></si>", times=10_000))
    assert "more than 100 MB of text" in refused(book(tmp_path / "strings.xlsx", FIRST, strings=text))


def test_millions_of_shared_texts(tmp_path: Path) -> None:
    text = strings(*grown("<si/>" * 10_000, times=500))
    assert "more than 4,000,000 texts" in refused(book(tmp_path / "many-strings.xlsx", FIRST, strings=text))


@pytest.mark.parametrize("said", [10**9, 10**12, 10**18])
def test_shared_texts_that_are_only_announced(tmp_path: Path, said: int) -> None:
    """The reader makes room for as many."""
    path = book(tmp_path / "announced.xlsx", FIRST, strings=strings("<si><t>x</t></si>", said=said))
    assert "announces more than 4,000,000 texts" in refused(path)


@pytest.mark.parametrize("cell", ['<c r="A{n}" t="s"><v>0</v></c>', '<c r="A{n}" t="s"><v> 0</v></c>'])
def test_one_long_text_in_every_cell(tmp_path: Path, cell: str) -> None:
    text = strings("<si><t>" + "x" * 90_000 + "</t></si>")
    path = book(tmp_path / "same.xlsx", *grown(cell, times=100_000, before=FIRST), strings=text)
    assert "the same texts over and over" in refused(path)


def test_short_texts_in_every_cell_are_a_list_like_any(tmp_path: Path) -> None:
    text = strings("<si><t>" + "x" * 100 + "</t></si>")
    row = f'<row r="{{n}}">{text_cell("A{n}", "C{n}")}<c r="B{{n}}" t="s"><v>0</v></c></row>'
    rows = grown(row, times=50_000, before=FIRST)
    taken(book(tmp_path / "short.xlsx", *rows, strings=text))


@pytest.mark.parametrize("kind", ["inline", "shared", "saved result"])
def test_a_cell_of_10_million_characters(tmp_path: Path, kind: str) -> None:
    text = "x" * 10_000_000
    cell = {
        "inline": text_cell("A3", text),
        "shared": '<c r="A3" t="s"><v>0</v></c>',
        "saved result": f'<c r="A3" t="str"><f>A1</f><v>{text}</v></c>',
    }[kind]
    shared = strings(f"<si><t>{text}</t></si>") if kind == "shared" else None
    assert "characters" in refused(book(tmp_path / f"long-{kind[:6]}.xlsx", FIRST, cell, strings=shared))


def test_a_cell_just_too_long(tmp_path: Path) -> None:
    said = refused(book(tmp_path / "just.xlsx", FIRST, text_cell("B3", "x" * 100_001)))
    assert "sheet Sheet1:3:2: a cell of 100,001 characters; expected at most 100,000" in said


def test_a_tag_of_100_megabytes(tmp_path: Path) -> None:
    for name, piece in (("plain", "x" * 1000), ("with-signs", "><" * 500)):
        path = book(tmp_path / f"tag-{name}.xlsx", FIRST, *grown(piece, times=100_000, before='<c r="A3" x="'))
        refused(path)


def test_a_cell_of_a_hundred_thousand_runs(tmp_path: Path) -> None:
    runs = grown(
        "<r><t>" + "x" * 100 + "</t></r>", times=100_000, before='<c r="A3" t="inlineStr"><is>', after="</is></c>"
    )
    assert "characters" in refused(book(tmp_path / "runs.xlsx", FIRST, *runs))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_sheet_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    sheet = (BEFORE.replace("UTF-8", encoding) + FIRST + text_cell("XFD1048576", "x") + AFTER).encode(encoding)
    refused(pack(tmp_path / f"{encoding}.xlsx", parts_of(sheet)))


def test_entities_in_a_workbook(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{10 * chr(38)}l{n - 1};">' for n in range(1, 10))
    laughs = f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>' + BEFORE + FIRST + text_cell("A3", "&l9;") + AFTER
    refused(pack(tmp_path / "laughs.xlsx", parts_of(laughs)))
    outside = f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>{BEFORE}{FIRST}{text_cell("A3", "&l9;")}{AFTER}'
    assert "root:" not in refused(pack(tmp_path / "outside.xlsx", parts_of(outside)))


def test_elements_deep_in_a_workbook(tmp_path: Path) -> None:
    refused(book(tmp_path / "deep.xlsx", FIRST, '<c r="A3">' + "<is>" * 100_000))


# Formulas


def test_a_formula_with_a_saved_result_is_its_result(tmp_path: Path) -> None:
    """Nothing is calculated: the result that is read is the one that was saved, even where it is wrong."""
    cell = '<c r="{place}" t="str"><f>{formula}</f><v>{saved}</v></c>'
    row = (
        cell.format(place="A3", formula='"C"&amp;1+1', saved="C77")
        + cell.format(place="B3", formula="cmd|' /C calc'!A0", saved="South")
        + '<c r="C3"><f>1+1</f><v>5</v></c>'
    )
    (grid,), _ = read_workbook(read_bytes(book(tmp_path / "saved.xlsx", FIRST, f'<row r="3">{row}</row>')))
    assert grid.rows[2] == ["C77", "South", "5"]


ALONE = {
    "nothing": "<f>A1</f>",
    "empty": "<f>A1</f><v></v>",
    "closed": "<f>A1</f><v/>",
    "with-a-space": "<f>A1</f><v />",
    "shared": '<f t="shared" si="0"/>',
    "with-attributes": '<f t="array" ref="A3:A9">A1:A7</f>',
}


@pytest.mark.parametrize("name", ALONE)
def test_a_formula_without_a_saved_result(tmp_path: Path, name: str) -> None:
    path = book(tmp_path / f"formula-{name}.xlsx", FIRST, f'<row r="3"><c r="A3" s="1">{ALONE[name]}</c></row>')
    assert "formulas whose results were not saved" in refused(path)


def test_a_workbook_that_a_program_wrote_with_formulas(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.append(["Child ID", "Allocated Team"])
    made.active.append(["C1", "=A2"])
    made.save(tmp_path / "program.xlsx")
    assert "formulas whose results were not saved" in refused(tmp_path / "program.xlsx")


def test_a_formula_whose_result_is_empty(tmp_path: Path) -> None:
    path = book(tmp_path / "blank.xlsx", FIRST, '<c r="B3" t="str"><f>IF(1,"","x")</f><v></v></c>')
    assert "1 child" in taken(path)


INJECTED = ["=cmd|' /C calc'!A0", "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "'=1", '=HYPERLINK("http://x";"y")']


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_text_that_a_spreadsheet_would_calculate(tmp_path: Path, form: str) -> None:
    """It is text when it is read, and is text when it is written: no program that opens the table calculates it."""
    rows = [["Child ID", "Allocated Team"], *([f"C{n}", text] for n, text in enumerate(INJECTED, 1))]
    path = tmp_path / f"list.{form}"
    if form == "csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    else:
        cells = (
            f'<row r="{n}">{text_cell(f"A{n}", row[0])}'
            + text_cell(f"B{n}", row[1].replace("&", "&amp;").replace("\t", "&#9;"))
            + "</row>"
            for n, row in enumerate(rows, 1)
        )
        book(path, *cells)
    taken(path, "--out", tmp_path / "out")
    text = (tmp_path / "out" / "child.csv").read_text(encoding="utf-8")
    cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    taken(tmp_path / "out", "--out", tmp_path / "again")
    assert (tmp_path / "again" / "child.csv").read_text(encoding="utf-8") == text
    taken(tmp_path / "out", "--out", tmp_path / "parquet", "--form", "parquet")
    taken(tmp_path / "parquet", "--out", tmp_path / "back")
    assert (tmp_path / "back" / "child.csv").read_text(encoding="utf-8") == text


def test_a_reference_that_a_spreadsheet_would_calculate(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Child ID,Allocated Team\n=1+1,North\n@2,North\n")
    taken(tmp_path / "list.csv", "--out", tmp_path / "out")
    text = (tmp_path / "out" / "child.csv").read_text(encoding="utf-8")
    assert '"\'=1+1"' in text
    assert '"\'@2"' in text


# The older kind, and what only looks like a workbook


OLD = (old_text(0, 0, "Child ID"), old_text(0, 1, "Allocated Team"), old_text(1, 0, "C1"), old_text(1, 1, "North"))


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    assert "1 child" in taken(old_book(tmp_path / "old.xls", *OLD))


@pytest.mark.parametrize(
    ("row", "column"), [(65_535, 255), (65_535, 65_535), (0, 300), (65_535, 100)], ids=lambda one: str(one)
)
def test_a_far_cell_in_an_old_workbook(tmp_path: Path, row: int, column: int) -> None:
    path = old_book(tmp_path / f"far-{row}-{column}.xls", *OLD, old_number(row, column, 1))
    assert "the sheet is too large" in refused(path)


def test_a_span_of_cells_in_an_old_workbook(tmp_path: Path) -> None:
    span = record(0x00BD, struct.pack("<HH", 65_535, 0) + bytes(6) * 200 + struct.pack("<H", 199))
    assert "the sheet is too large" in refused(old_book(tmp_path / "span.xls", *OLD, span))


@pytest.mark.parametrize("said", [(0, 0xFFFFFFFF, 0, 255), (0, 65_537, 0, 1), (9, 1, 0, 1), (0, 1, 0, 65_535)])
def test_a_size_that_lies_in_an_old_workbook(tmp_path: Path, said: tuple[int, int, int, int]) -> None:
    size = record(0x0200, struct.pack("<IIHHH", *said, 0))
    assert "says it is larger than any sheet" in refused(old_book(tmp_path / "size.xls", size, *OLD))


def test_the_largest_old_workbook_that_is_read(tmp_path: Path) -> None:
    size = record(0x0200, struct.pack("<IIHHH", 0, 65_536, 0, 256, 0))
    assert "1 child" in taken(old_book(tmp_path / "corner.xls", size, *OLD, old_number(65_535, 60, 1)))


def test_many_sheets_in_an_old_workbook(tmp_path: Path) -> None:
    path = old_book(tmp_path / "sheets.xls", *OLD, old_number(65_535, 60, 1), sheets=50)
    assert "the sheet is too large" in refused(path)


def test_one_long_text_in_every_cell_of_an_old_workbook(tmp_path: Path) -> None:
    cells = (old_shared(row, 2, 0) for row in range(60_000))
    path = old_book(tmp_path / "same.xls", *OLD, *cells, strings=["x" * 8_000])
    assert "the same texts over and over" in refused(path)


@pytest.mark.parametrize("sheets", ["same", "behind the end"])
def test_sheets_that_are_not_where_they_should_be(tmp_path: Path, sheets: str) -> None:
    path = old_book(tmp_path / "places.xls", *OLD, sheets=2)
    data = bytearray(path.read_bytes())
    first, second = data.find(b"S000") - 8, data.find(b"S001") - 8
    data[second : second + 4] = data[first : first + 4] if sheets == "same" else b"\xff\xff\xff\x7f"
    path.write_bytes(data)
    refused(path)


def patched(path: Path, place: int, number: int) -> Path:
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, place, number)
    path.write_bytes(data)
    return path


DAMAGE = {
    "chain-without-an-end": (512 + 4 * 2, 2),  # the sector after the directory follows itself
    "directory-without-an-end": (512 + 4 * 1, 1),
    "tables-of-tables-without-an-end": (68, 3),
    "table-announced": (44, 0xFFFFFF),
    "small-table-announced": (64, 0xFFFFFF),
    "stream-larger-than-the-file": (512 * 2 + 128 + 120, 0x7FFFFFFF),
    "sector-behind-the-end": (48, 0x00FFFFFF),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_compound_file_that_never_ends(tmp_path: Path, name: str) -> None:
    path = patched(old_book(tmp_path / f"{name}.xls", *OLD), *DAMAGE[name])
    assert "it is cut short or damaged" in refused(path)


@pytest.mark.parametrize("length", [8, 100, 512, 1000, 2000, 4000])
def test_an_old_workbook_cut_short(tmp_path: Path, length: int) -> None:
    path = old_book(tmp_path / "cut.xls", *OLD)
    path.write_bytes(path.read_bytes()[:length])
    assert "not readable as a workbook" in refused(path)


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_a_workbook_with_a_password(tmp_path: Path, ending: str) -> None:
    """A new one is then a compound file; an old one says so in its records."""
    path = tmp_path / f"locked.{ending}"
    if ending == "xlsx":
        compound(path, {"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(5000)})
    else:
        begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
        compound(path, {"Workbook": begin + record(0x002F, struct.pack("<H", 1) + bytes(52)) + bytes(4000)})
    assert "the workbook is locked by a password; expected a workbook saved without one" in refused(path)


def test_a_compound_file_without_a_workbook(tmp_path: Path) -> None:
    path = compound(tmp_path / "letter.xls", {"WordDocument": b"Dear"})
    assert "there is no workbook in it" in refused(path)


@pytest.mark.parametrize("ending", ["xls", "xlsx"])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 1000, OLE, b"PK\x03\x04", b"<html><table><tr><td>Child ID</td></tr></table>"]
)
def test_what_only_bears_the_name_of_a_workbook(tmp_path: Path, ending: str, data: bytes) -> None:
    (tmp_path / f"name.{ending}").write_bytes(data)
    assert "workbook" in refused(tmp_path / f"name.{ending}")


def broken(data: bytes, times: int, seed: str) -> Iterator[bytes]:
    rng = random.Random(seed)
    for _ in range(times):
        changed = bytearray(data)
        for _ in range(rng.choice((1, 1, 2, 4))):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        yield bytes(changed)


@pytest.mark.parametrize("name", ["book.xls", "book.xlsx"])
def test_a_workbook_with_any_byte_changed(tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Read or refused, and nothing is said that we do not say."""
    path = tmp_path / name
    if name.endswith("xls"):
        old_book(path, *OLD, old_shared(2, 0, 0), old_number(2, 1, 4), strings=["C2", "x"])
    else:
        book(path, FIRST, '<c r="B3" t="s"><v>0</v></c>', strings=strings("<si><t>South</t></si>"))
    whole = path.read_bytes()
    for data in broken(whole, 400, name):
        with suppress(InputError):
            read_workbook(InputFile(name, data))
    assert capfd.readouterr().err == ""
