"""What a file is, by what it holds and never by its name alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qaengine.cases.csv_text import headings_of
from qaengine.cases.files import InputFile
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.compound import OLE
from qaengine.cases.raw.package import ZIP
from qaengine.cases.raw.workbook import Grid, read_workbook
from qaengine.model.problem import Problem


class Kind(StrEnum):
    """What can be read."""

    DOCUMENT = "native case files"
    NATIVE = "native tables"
    SSDA903 = "an SSDA903 return"
    SSDA903_XML = "an SSDA903 return in XML"
    CIN = "a CIN census"
    ANNEX_A = "an Annex A workbook"
    SSD = "the Standard Safeguarding Dataset"
    API = "payloads of the DfE API"
    LIST = "a list of any other shape"
    OTHER = "no case data"


LABELS = {
    Kind.SSDA903: "903",
    Kind.SSDA903_XML: "903",
    Kind.CIN: "cin",
    Kind.ANNEX_A: "annex-a",
    Kind.SSD: "ssd",
    Kind.API: "api",
    Kind.LIST: "list",
}
"""A word for each kind, which the ids of records bear where sources are joined."""


@dataclass(frozen=True)
class Seen:
    """A file, what it is, and what was found out on the way: its sheets, the table that it holds, what was done to its
    text."""

    file: InputFile
    kind: Kind
    grids: Sequence[Grid] = ()
    hidden: Sequence[str] = ()
    table: str = ""
    done: str = ""
    problems: tuple[Problem, ...] = field(default_factory=tuple)


def recognise(file: InputFile) -> Seen:
    """What a file is. Raises InputError where it cannot be read as what its ending says."""
    match file.suffix:
        case ".yaml" | ".yml":
            return Seen(file, Kind.DOCUMENT)
        case ".json":
            return Seen(file, Kind.API if is_payload(file.data) else Kind.DOCUMENT)
        case ".xml":
            return Seen(file, kind_of_xml(file))
        case ".csv":
            return _csv(file)
        case ".parquet":
            return _parquet(file)
        case ".xlsx" | ".xlsm" | ".xls":
            return _workbook(file)
    return Seen(file, Kind.OTHER)


_PAYLOAD = re.compile(rb'"(?:la_child_id|mis_child_id|Children|children|la_code|social_care_episodes)"\s*:')


def is_payload(data: bytes) -> bool:
    """Whether JSON is a payload of the DfE API: a native document says none of these words for a key."""
    return _PAYLOAD.search(data[:200_000]) is not None


_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")


def kind_of_xml(file: InputFile) -> Kind:
    """A return or a census, by its outermost element. Raises InputError for any other XML."""
    if not file.data[:20_000].strip():
        message = "an empty file" if not file.data.strip() else "XML that is not known"
        raise case_data_error(Problem(file.name, 0, 0, message, expected="a return in XML"))
    head = _decoded(file.data[:20_000])
    head = re.sub(r"<!--.*?-->", "", head, flags=re.DOTALL)
    found = _ROOT.search(head)
    root = found[1] if found else ""
    if root.upper() in ("EXPSSDA903", "SSDA903"):
        return Kind.SSDA903_XML
    data = file.data if file.data[:2] not in UTF_16 else _decoded(file.data).encode("utf-8", "replace")
    if re.search(rb"<(?:\w+:)?CINdetails\b", data, re.IGNORECASE) or root.lower() == "cindetailscollection":
        return Kind.CIN
    if root == "Message" and re.search(rb"<Collection>\s*CIN\s*</Collection>", data):
        return Kind.CIN
    if re.search(rb"<HEADER>|<EPISODE>", data) and b"<CHILD" in data:
        return Kind.SSDA903_XML
    message, expected = "XML that is not known", "a CIN census (Message) or an SSDA903 return (EXPSSDA903)"
    raise case_data_error(Problem(file.name, 1, 0, message, root or "no element", expected))


UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def _decoded(data: bytes) -> str:
    return data.decode("utf-16" if data[:2] in UTF_16 else "latin-1", "replace")


def _csv(file: InputFile) -> Seen:
    from qaengine.cases.formats.ssda903 import is_ssda903
    from qaengine.cases.raw.csv_file import as_utf8

    if b"child_id" in file.data[:4096] and "child_id" in headings_of(file):
        return Seen(file, Kind.NATIVE)
    readable, done = as_utf8(file)
    headings = headings_of(readable)
    if is_ssda903(headings):
        return Seen(readable, Kind.SSDA903, done=done)
    table = _ssd_table(file.stem, headings)
    if table:
        return Seen(readable, Kind.SSD, table=table, done=done)
    from qaengine.cases.formats.annex_a import is_annex_a

    grids = (_grid_of_csv(readable),)
    return Seen(readable, Kind.ANNEX_A if is_annex_a(grids) else Kind.LIST, grids=grids, done=done)


def _grid_of_csv(file: InputFile) -> Grid:
    """A CSV file of any shape, seen as a sheet."""
    from qaengine.cases.csv_text import all_rows

    return Grid(file.name, "", all_rows(file))


def _parquet(file: InputFile) -> Seen:
    from qaengine.cases.raw.parquet_file import parquet_headings

    headings = parquet_headings(file)
    if "child_id" in headings:
        return Seen(file, Kind.NATIVE)
    table = _ssd_table(file.stem, headings)
    return Seen(file, Kind.SSD if table else Kind.OTHER, table=table)


def _ssd_table(stem: str, headings: Sequence[str]) -> str:
    """The table of the dataset that a file holds; looked for only where its name or a heading looks like one."""
    if not stem.startswith("ssd_") and not any(re.match(r"\s*[a-z0-9]{4}_", heading.lower()) for heading in headings):
        return ""
    from qaengine.cases.formats.ssd import table_of

    return table_of(stem, headings)


def _workbook(file: InputFile) -> Seen:
    from qaengine.cases.formats.annex_a import is_annex_a

    if not file.data.startswith((ZIP, OLE)):
        found = "an empty file" if not file.data else "another kind of file"
        raise case_data_error(Problem(file.name, 0, 0, "not a workbook", found, "an .xlsx or .xls file"))
    grids, hidden = read_workbook(file)
    return Seen(file, Kind.ANNEX_A if is_annex_a(grids) else Kind.LIST, tuple(grids), tuple(hidden))
