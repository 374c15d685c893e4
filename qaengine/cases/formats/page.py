"""The part of docs/reading.md that is made from the formats: what becomes of each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qaengine.cases.formats import annex_a_sheets, api_sheets, cin_sheets, ssd_sheets, ssda903_tables
from qaengine.cases.taking.spec import Makes, Sheet

BEGIN, END = "<!-- formats: begin (made by the program; do not edit) -->", "<!-- formats: end -->"

FORMATS: tuple[tuple[str, str, Sequence[Sheet]], ...] = (
    ("SSDA903 return", "table", (ssda903_tables.HEADER, *ssda903_tables.TAKEN)),
    ("CIN census", "element", cin_sheets.SHEETS),
    ("Annex A", "list", tuple(sheet for sheet in annex_a_sheets.SHEETS if sheet.is_used)),
    ("Standard Safeguarding Dataset", "table", ssd_sheets.SHEETS),
    ("DfE API", "node", api_sheets.SHEETS),
)


def formats() -> str:
    """Every format with what is taken of it, as Markdown."""
    return "\n\n".join("\n".join(_format(*each)) for each in FORMATS)


def with_formats(page: str) -> str:
    """The page with the formats between their two marks as they now are. Raises ValueError where a mark is missing."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{formats()}\n\n{END}{after}"


def _format(title: str, word: str, sheets: Sequence[Sheet]) -> Iterator[str]:
    yield f"### {title}\n"
    yield f"| {word} | what stands under | becomes |"
    yield "|---|---|---|"
    for sheet in sheets:
        for makes in sheet.makes:
            yield from _rows(sheet, makes)
    if title == "Annex A":
        yield from _rows(annex_a_sheets.PERIOD, annex_a_sheets.PERIOD.makes[0])


def _rows(sheet: Sheet, makes: Makes) -> Iterator[str]:
    always = ", ".join(f"{name}: {_value(value)}" for name, value in makes.fixed.items() if value is not None)
    for take in makes.takes:
        heading = take.headings[0]
        said = "(made from another column or table)" if heading.startswith("?") else f"`{heading}`"
        yield f"| {sheet.name} | {said} | `{makes.type}.{take.field}` |"
    if always:
        yield f"| {sheet.name} | every row | `{makes.type}`: {always} |"


def _value(value: str | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else value
