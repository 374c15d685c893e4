"""Formats with one of their parts left out: a table, a list, a section, a module, a column."""

import copy
import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from tests.same_child import annex_a, cin_census, dfe_api, native, ssd, ssda903

Rows = Mapping[str, Sequence[Sequence[Any]]]
"""Rows by table, headings first."""


def rows_of(tables: Mapping[str, str], by: str) -> Rows:
    """The rows of tables that are written as text."""
    read = {
        name: csv.reader(StringIO(text.strip()), delimiter=by, quoting=csv.QUOTE_NONE) for name, text in tables.items()
    }
    return {name: list(rows) for name, rows in read.items()}


TABLES: Mapping[str, Rows] = {
    "ssda903": rows_of(ssda903.TABLES, ","),
    "native": rows_of(native.TABLES, ","),
    "ssd": rows_of(ssd.TABLES, "|"),
    "annex a": annex_a.LISTS,
}
NEEDED = {("ssda903", "header"), ("native", "child")}
"""Tables without which a folder is refused."""

SECTIONS = (
    "health_and_wellbeing",
    "social_care_episodes",
    "child_and_family_assessments",
    "child_in_need_plans",
    "section_47_assessments",
    "child_protection_plans",
    "child_looked_after_placements",
    "adoption",
    "care_leavers",
)
MODULES = ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM", "Reviews")


def left_out() -> Iterator[tuple[str, str]]:
    """Each format with each of its tables, sections or modules."""
    yield from ((name, table) for name, rows in TABLES.items() for table in rows if (name, table) not in NEEDED)
    yield from (("api", section) for section in SECTIONS)
    yield from (("cin", module) for module in MODULES)


def columns() -> Iterator[tuple[str, str, str]]:
    """Each table of rows with each of its columns, but for the one without which nothing is a row of a child."""
    for name, rows in TABLES.items():
        for table, (headings, *_) in rows.items():
            if (name, table) not in NEEDED:
                yield from ((name, table, heading) for heading in headings if heading != "child_id")


def without(name: str, part: str, folder: Path) -> Path:
    """A format without one of its parts, in a folder."""
    if name == "api":
        return _payload(part, folder)
    if name == "cin":
        text = re.sub(rf"<{part}>.*?</{part}>", "", cin_census.XML, flags=re.DOTALL)
        (folder / "census.xml").write_text(text, encoding="utf-8")
        return folder / "census.xml"
    return _written(name, {table: rows for table, rows in TABLES[name].items() if table != part}, folder)


def without_column(name: str, table: str, heading: str, folder: Path) -> Path:
    """A format without one column of a table, in a folder."""
    at = TABLES[name][table][0].index(heading)
    less = [[cell for place, cell in enumerate(row) if place != at] for row in TABLES[name][table]]
    return _written(name, {**TABLES[name], table: less}, folder)


def _written(name: str, tables: Rows, folder: Path) -> Path:
    if name == "annex a":
        return annex_a.write(folder, tables)
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return folder


def _payload(section: str, folder: Path) -> Path:
    children = copy.deepcopy(dfe_api.PAYLOAD)
    for child in children:
        child.pop(section, None)
        for episode in child.get("social_care_episodes", []):
            episode.pop(section, None)
    file = folder / "payload.json"
    file.write_text(json.dumps({"Children": children}), encoding="utf-8")
    return file
