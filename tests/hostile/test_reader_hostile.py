"""Files made to do harm, read as a council would read them: each is refused in words, within 5 seconds and 500 MB.

Every file is made here and read in a process of its own (`measured`). What is only strange, and not hostile, is read.
"""

import http.server
import os
import random
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest

from qaengine.cases.files import InputFile
from qaengine.cases.raw.parquet_file import raw_parquet
from qaengine.model.problem import InputError
from tests.hostile.measured import afresh, qaengine, refused, taken

MB = 1_000_000
CANARY = "ZZCANARYZZ"

RETURN = (
    "<EXPSSDA903><CHILD><HEADER><CHILDID>{reference}</CHILDID><DOB>01/01/2010</DOB></HEADER>"
    "<EPISODE><DECOM>01/04/2018</DECOM><RNE>S</RNE><LS>C2</LS><PLACE>U4</PLACE></EPISODE></CHILD></EXPSSDA903>"
)
CENSUS = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection></CollectionDetails></Header><Children><Child>"
    "<ChildIdentifiers><LAchildID>{reference}</LAchildID></ChildIdentifiers>"
    "<CINdetails><CINreferralDate>2019-01-01</CINreferralDate></CINdetails></Child></Children></Message>"
)


def written(path: Path, pieces: Iterable[str | bytes]) -> Path:
    """A file of many pieces, none of which is kept: what a test makes must not weigh on what it measures."""
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece if isinstance(piece, bytes) else piece.encode())
    return path


def repeated(before: str, piece: str, times: int, after: str) -> Iterator[str]:
    yield before
    block = piece * 1000
    for _ in range(times // 1000):
        yield block
    yield piece * (times % 1000)
    yield after


# XML


def billion_laughs(form: str) -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>' + form.format(reference="&l9;")


def quadratic_blowup(form: str) -> str:
    return f'<!DOCTYPE x [<!ENTITY big "{"x" * 100_000}">]>' + form.format(reference="&big;" * 20_000)


def parameter_entities(form: str) -> str:
    levels = "".join(f"<!ENTITY % p{n} '{f'&#37;p{n - 1};' * 10}'>" for n in range(1, 10))
    return f"<!DOCTYPE x [<!ENTITY % p0 'ha'>{levels}%p9;]>" + form.format(reference="1")


DECLARED = {
    "billion-laughs": billion_laughs,
    "quadratic-blowup": quadratic_blowup,
    "parameter-entities": parameter_entities,
    "document-type-alone": lambda form: "<!DOCTYPE Message>" + form.format(reference="1"),
    "document-type-elsewhere": lambda form: '<!DOCTYPE x SYSTEM "file:///etc/passwd">' + form.format(reference="1"),
    "entity-that-is-never-used": lambda form: '<!DOCTYPE x [<!ENTITY a "b">]>' + form.format(reference="1"),
}


@pytest.mark.parametrize("form", [RETURN, CENSUS], ids=["return", "census"])
@pytest.mark.parametrize("name", DECLARED)
def test_what_declares_a_document_type_or_entities(tmp_path: Path, name: str, form: str) -> None:
    path = written(tmp_path / f"{name}.xml", [DECLARED[name](form)])
    assert "declares a document type or entities, which no return does" in refused(path)


def test_nothing_that_an_entity_names_is_opened(tmp_path: Path) -> None:
    """A file and a web server that would be read: the one is not shown, the other is not asked."""
    secret = written(tmp_path / "secret.txt", [CANARY])
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        web = f"http://127.0.0.1:{server.server_port}/x"
        for place in (secret.as_uri(), web):
            for declared in (f'<!ENTITY x SYSTEM "{place}">', f'<!ENTITY % x SYSTEM "{place}"> %x;'):
                text = f"<!DOCTYPE x [{declared}]>" + CENSUS.format(reference="&x;")
                said = refused(written(tmp_path / "outside.xml", [text]))
                assert "declares a document type or entities" in said
                assert CANARY not in said
        text = CENSUS.format(reference="1").replace(
            "<Message>",
            f'<Message xmlns:xi="http://www.w3.org/2001/XInclude" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="{web}">'
            f'<xi:include href="{secret.as_uri()}" parse="text"/><xi:include href="{web}"/>',
        )
        assert CANARY not in taken(written(tmp_path / "included.xml", [f'<?xml-stylesheet href="{web}"?>', text]))
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_elements_5000_deep(tmp_path: Path) -> None:
    text = CENSUS.format(reference="1").replace("<CINdetails>", "<CINdetails>" + "<a>" * 5000 + "</a>" * 5000)
    assert "elements within elements, more than 40 deep" in refused(written(tmp_path / "deep.xml", [text]))


@pytest.mark.parametrize("megabytes", [0.11, 200])
def test_an_element_full_of_text(tmp_path: Path, megabytes: float) -> None:
    before, after = CENSUS.split("{reference}")
    path = written(tmp_path / f"text-{megabytes}.xml", repeated(before, "x" * 1000, int(megabytes * 1000), after))
    assert "text of over 100,000 characters in one element" in refused(path)


def test_text_in_many_pieces_is_one_text(tmp_path: Path) -> None:
    """Comments and elements between pieces of text do not make it shorter."""
    before, after = CENSUS.split("{reference}")
    path = written(tmp_path / "pieces.xml", repeated(before, "x" * 90 + "<!-- --><b/>", 300_000, after))
    refused(path)


def test_an_element_with_a_name_or_an_attribute_of_100_megabytes(tmp_path: Path) -> None:
    before, after = CENSUS.split("{reference}")
    for name, opening in (("name", "<a"), ("attribute", '<a b="')):
        path = written(tmp_path / f"long-{name}.xml", repeated(before + opening, "x" * 1000, 100_000, '"/>' + after))
        refused(path)


def test_a_million_elements_in_one_child(tmp_path: Path) -> None:
    before, after = (
        CENSUS.replace("</ChildIdentifiers>", "{more}</ChildIdentifiers>")
        .format(reference="1", more="{more}")
        .split("{more}")
    )
    refused(written(tmp_path / "million.xml", repeated(before, "<UPN>x</UPN>", 1_500_000, after)))


def test_a_million_elements_that_are_not_of_a_child(tmp_path: Path) -> None:
    before, after = CENSUS.format(reference="1").split("<Children>")
    refused(written(tmp_path / "million-around.xml", repeated(before, "<a>x</a>", 2_000_000, "<Children>" + after)))


def test_a_million_attributes(tmp_path: Path) -> None:
    before, after = CENSUS.format(reference="1").split("<Children>")
    attributes = (f' a{n}="1"' for n in range(1_500_000))
    refused(written(tmp_path / "attributes.xml", [before, "<a", *attributes, "/><Children>" + after]))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_where_it_says_so(tmp_path: Path, encoding: str) -> None:
    """With a byte order mark it is read like any other; without one nothing is guessed."""
    data = CENSUS.format(reference="1").encode(encoding)
    path = written(tmp_path / f"{encoding}.xml", [data])
    if encoding == "utf-16":
        assert "a CIN census. 1 child" in taken(path)
    else:
        assert "XML" in refused(path)


def test_entities_in_utf_16_are_seen_too(tmp_path: Path) -> None:
    path = written(tmp_path / "utf-16-laughs.xml", [billion_laughs(CENSUS).encode("utf-16")])
    assert "declares a document type or entities" in refused(path)


@pytest.mark.parametrize("where", ["at the start", "in a value", "at the end"])
def test_null_bytes(tmp_path: Path, where: str) -> None:
    text = CENSUS.format(reference="1\0" if where == "in a value" else "1")
    text = "\0" + text if where == "at the start" else text + "\0" if where == "at the end" else text
    assert "not readable as XML" in refused(written(tmp_path / "null.xml", [text]))


@pytest.mark.parametrize("declared", ["UTF-7", "utf-32", "no-such-thing", "idna", "rot13", "base64"])
def test_an_encoding_that_no_return_is_in(tmp_path: Path, declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>' + CENSUS.format(reference="1")
    assert "not readable as XML" in refused(written(tmp_path / "encoding.xml", [text]))


def test_more_elements_than_any_return(tmp_path: Path) -> None:
    before, after = RETURN.format(reference="1").split("<CHILD>")
    child = "<CHILD><HEADER><CHILDID>1</CHILDID></HEADER></CHILD>"
    path = written(tmp_path / "children.xml", repeated(before, child, 2_100_000, "<CHILD>" + after))
    assert "over 12,000,000 tags" in refused(path)


# The measure itself


def test_a_process_that_is_split_off_takes_what_one_started_afresh_takes(tmp_path: Path) -> None:
    """And what it says and its exit code are the same."""
    before, after = CENSUS.split("{reference}")
    path = written(tmp_path / "text.xml", repeated(before, "x" * 1000, 200_000, after))
    split, fresh = qaengine("read", path), afresh("read", path)
    assert (split.code, split.out, split.err) == (fresh.code, fresh.out, fresh.err)
    assert fresh.code == 4
    assert fresh.within_limits
    assert abs(split.megabytes - fresh.megabytes) < 40


# JSON


PAYLOAD = '{{"la_code": 1, "Children": [{{"la_child_id": "1", "child_details": {{"first_name": {value}}}}}]}}'


def payload(path: Path, value: str) -> Path:
    return written(path, [PAYLOAD.format(value=value)])


@pytest.mark.parametrize("kind", ["payload", "native"])
@pytest.mark.parametrize("bracket", ["[]", "{}"])
def test_json_nested_100_000_deep(tmp_path: Path, kind: str, bracket: str) -> None:
    opening = bracket[0] if bracket == "[]" else '{"a":'
    deep = opening * 100_000 + "1" + bracket[1] * 100_000
    text = PAYLOAD.format(value=deep) if kind == "payload" else f'{{"child": {deep}}}'
    assert "nested" in refused(written(tmp_path / "deep.json", [text]))


def test_brackets_that_are_never_closed(tmp_path: Path) -> None:
    path = written(tmp_path / "open.json", repeated('{"la_child_id": ', "[", 10_000, ""))
    assert "nested more than 60 deep" in refused(path)
    path = written(tmp_path / "open-long.json", repeated('{"la_child_id": ', "[", 5 * MB, ""))
    assert "over 2,000,000 values" in refused(path)


def test_brackets_in_strings_are_text(tmp_path: Path) -> None:
    assert "payloads of the DfE API. 1 child" in taken(payload(tmp_path / "text.json", f'"{"[{" * 1000}"'))


@pytest.mark.parametrize("megabytes", [0.11, 90])
def test_a_json_string_of_any_length(tmp_path: Path, megabytes: float) -> None:
    before, after = PAYLOAD.format(value='"{value}"').split("{value}")
    path = written(tmp_path / f"string-{megabytes}.json", repeated(before, "x" * 1000, int(megabytes * 1000), after))
    assert "characters" in refused(path)


def test_a_json_string_of_quotes_and_backslashes(tmp_path: Path) -> None:
    before, after = PAYLOAD.format(value='"{value}"').split("{value}")
    refused(written(tmp_path / "backslashes.json", repeated(before, '\\"[', 5 * MB, after)))
    refused(written(tmp_path / "open-string.json", repeated(before, "\\\\", 5 * MB, "")))


def test_a_json_of_many_small_things(tmp_path: Path) -> None:
    before, after = PAYLOAD.format(value='"{value}"').split('"{value}"')
    refused(written(tmp_path / "nothings.json", repeated(before + "[", "{},", 10 * MB, "{}]" + after)))


@pytest.mark.parametrize("kind", ["payload", "native"])
@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have(tmp_path: Path, kind: str, word: str) -> None:
    text = PAYLOAD.format(value=word) if kind == "payload" else f'{{"child": {{"child_id": "A", "team": {word}}}}}'
    assert f"not a value of JSON: {word}" in refused(written(tmp_path / "number.json", [text]))


@pytest.mark.parametrize("kind", ["payload", "native"])
@pytest.mark.parametrize("digits", [5_000, 1_000_000])
def test_numbers_of_many_digits(tmp_path: Path, kind: str, digits: int) -> None:
    text = PAYLOAD.format(value="9" * digits) if kind == "payload" else f'{{"child": {{"child_id": {"9" * digits}}}}}'
    said = refused(written(tmp_path / "digits.json", [text]))
    assert "a number of more than" in said or "without a quotation mark: one value" in said
    assert "set_int_max_str_digits" not in said


def test_the_same_key_twice(tmp_path: Path) -> None:
    path = payload(tmp_path / "twice.json", '"a", "first_name": "b"')
    assert "the same key twice: first_name" in refused(path)


def test_half_a_character_in_json(tmp_path: Path) -> None:
    """It is no text that could be written out again."""
    text = '[{"la_child_id": "\\ud800", "child_details": {"date_of_birth": "\\udfff"}}]'
    said = refused(written(tmp_path / "half.json", [text]))
    assert "half of a character" in said


# CSV


HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"


@pytest.mark.parametrize("quote", ["", '"'], ids=["bare", "quoted"])
@pytest.mark.parametrize("name", ["header.csv", "list.csv", "ssd_person.csv"])
def test_a_csv_cell_of_50_megabytes(tmp_path: Path, name: str, quote: str) -> None:
    heading = {"header.csv": HEADER, "list.csv": "Child ID,a\n", "ssd_person.csv": "pers_person_id,pers_dob\n"}[name]
    rest = heading.count(",") - 1
    path = written(tmp_path / name, repeated(f"{heading}1,{quote}", "x" * 1000, 50_000, f"{quote}{',' * rest}\n"))
    assert "characters" in refused(path)


@pytest.mark.parametrize("first", ["CHILD,DOB,UPN", "Child ID", "child_id", "pers_person_id,pers_dob"])
def test_a_csv_of_a_million_columns(tmp_path: Path, first: str) -> None:
    name = "child.csv" if first == "child_id" else "wide.csv"
    headings = (f",c{n}" for n in range(MB))
    path = written(tmp_path / name, [first, *headings, "\n", "1", "," * (MB + first.count(",")), "\n"])
    where = tmp_path if first == "child_id" else path
    assert "columns" in refused(where)


@pytest.mark.parametrize("end", ["", "\n"])
def test_ten_million_commas_in_a_line(tmp_path: Path, end: str) -> None:
    path = written(tmp_path / "commas.csv", repeated("Child ID,Team\n1,", ",", 10 * MB, end))
    refused(path)
    path = written(tmp_path / "header.csv", repeated(HEADER + "1,", ",", 10 * MB, end))
    assert "a row of another length" in refused(path)
    refused(written(tmp_path / "first.csv", repeated("", ",", 10 * MB, end)))


@pytest.mark.parametrize("name", ["header.csv", "list.csv"])
def test_a_quotation_mark_that_is_never_closed(tmp_path: Path, name: str) -> None:
    heading = HEADER if name == "header.csv" else "Child ID,a,b,c,d,e,f\n"
    path = written(tmp_path / name, repeated(heading + '1,"', "x,,,,,,\n2,", 2 * MB, ""))
    refused(path)


@pytest.mark.parametrize("where", ["first", "further"])
def test_null_bytes_in_csv(tmp_path: Path, where: str) -> None:
    between = "" if where == "first" else "2,,01/01/2010,,,,\n" * 300
    path = written(tmp_path / "header.csv", [HEADER, between, "1\0,,01/01/2010,,,,\n"])
    refused(path)


def test_a_million_rows_that_are_each_out_of_shape(tmp_path: Path) -> None:
    """The first problems are shown, and not a million."""
    path = written(tmp_path / "header.csv", repeated(HEADER, "1,,01/01/2010\n", MB, ""))
    said = refused(path)
    assert "a row of another length" in said


def test_lines_that_end_in_a_carriage_return(tmp_path: Path) -> None:
    """All of them is what an old Mac wrote; some of them are no lines of anybody's."""
    old = repeated(HEADER.replace("\n", "\r"), "1,,,,,,\r", 1000, "")
    assert "1,000" in taken(written(tmp_path / "header.csv", old))
    assert "a row of another length" in refused(written(tmp_path / "header.csv", [HEADER, "1,,,,,,\r2,,,,,,\n"]))


# Parquet


def test_parquet_that_is_none(tmp_path: Path) -> None:
    for name, data in (
        ("empty", b""),
        ("garbage", os.urandom(1000)),
        ("marks", b"PAR1" + bytes(1000) + b"PAR1"),
        ("length", b"PAR1" + bytes(100) + b"\xff\xff\xff\x7fPAR1"),
    ):
        path = written(tmp_path / f"ssd_{name}.parquet", [data])
        assert "not readable as Parquet" in refused(path)


def test_parquet_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "ssd_person.parquet"
    pl.DataFrame({"pers_person_id": ["1", "2"], "pers_dob": ["2010-01-01", None]}).write_parquet(path)
    whole = path.read_bytes()
    for length in (4, 12, len(whole) // 2, len(whole) - 1):
        refused(written(tmp_path / f"ssd_cut_{length}.parquet", [whole[:length]]))


@pytest.mark.parametrize("columns", [5_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_parquet_of_very_many_columns(tmp_path: Path, columns: int) -> None:
    path = tmp_path / "ssd_person.parquet"
    pl.DataFrame({"pers_person_id": ["1"], **{f"c{n}": ["x"] for n in range(columns)}}).write_parquet(path)
    assert f"{columns + 1:,} columns; expected at most 2,000" in refused(path)


@pytest.mark.parametrize("rows", [2_300, pytest.param(20_000, marks=pytest.mark.slow)])
def test_a_parquet_that_names_one_long_text_over_and_over(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "ssd_person.parquet"
    pl.DataFrame({"pers_person_id": pl.Series(["x" * 90_000]).new_from_index(0, rows)}).write_parquet(path)
    assert path.stat().st_size < MB
    assert "text without end" in refused(path)


def test_a_parquet_of_very_many_rows(tmp_path: Path) -> None:
    """The same value thirty million times takes no room in the file."""
    path = tmp_path / "ssd_person.parquet"
    pl.DataFrame({"pers_person_id": pl.Series([1], dtype=pl.Int8).new_from_index(0, 30 * MB)}).write_parquet(path)
    assert path.stat().st_size < MB
    assert "30,000,000 cells to read" in refused(path)


@pytest.mark.parametrize("seed", range(3))
def test_a_parquet_with_any_byte_changed(tmp_path: Path, seed: int, capfd: pytest.CaptureFixture[str]) -> None:
    """Read or refused: the reader alone would end the program where a page says that it has very many values."""
    path = tmp_path / "ssd_person.parquet"
    rows = {"pers_person_id": ["1", "2"] * 50, "pers_dob": ["2010-01-01", None] * 50, "n": [1.5, 2.0] * 50}
    pl.DataFrame(rows).write_parquet(path)
    whole, rng = path.read_bytes(), random.Random(seed)
    for _ in range(150):
        changed = bytearray(whole)
        changed[rng.randrange(len(whole))] = rng.randrange(256)
        with suppress(InputError):
            raw_parquet(InputFile(path.name, bytes(changed)), "ssd_person")
    assert capfd.readouterr().err == ""


# Paths


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.csv")
    assert "not a file or a folder" in refused(tmp_path / "x.csv")
    assert "no case files here" in refused(tmp_path)


def test_links_that_lead_round(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    assert "cannot be read" in refused(tmp_path / "a.csv")
    refused(tmp_path)


def test_a_folder_named_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.xml").mkdir()
    assert "no case files here; found nothing" in refused(tmp_path / "x.xml")


def test_a_device(tmp_path: Path) -> None:
    assert "not a file or a folder" in refused(Path("/dev/zero"))


def test_a_mapping_that_multiplies_itself(tmp_path: Path) -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9)]
    written(tmp_path / "list.mapping.yaml", ["\n".join(["mapping: 1", "l0: &l0 [x]", *levels])])
    path = written(tmp_path / "list.csv", ["Child ID,Team\nA1,x\n"])
    assert "aliases are not read" in refused(path)
