"""Small tables in, findings out: what the specification tests are written with.

A record is a short dict: a key left out is not carried by the source, and None was left blank. `contradictory` names
the fields of the record that contradict another entry. Records are called r1, r2, … unless they say otherwise.
"""

import json
import re
from calendar import month_abbr
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import dedent, indent
from typing import Any

from qaengine.cases.shape import fields_not_carried
from qaengine.evaluate.explain.findings import findings
from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.stages import alone
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.result import By, Finding, Level, Result
from qaengine.model.standard import Standard
from qaengine.standards.loader import load_standard

AS_AT = date(2019, 9, 30)
"""A Monday, and no bank holiday."""


def day(text: str) -> date:
    """`30 Sep`, of 2019; or `30 Sep 2018`."""
    number, month, *year = text.split()
    return date(int(year[0]) if year else 2019, list(month_abbr).index(month), int(number))


def row_of(values: Mapping[str, Any], name: str) -> Row:
    given = {key: value for key, value in values.items() if key not in ("id", "contradictory")}
    return Row(values.get("id", name), given, frozenset(values.get("contradictory", ())))


def file_of(child: Mapping[str, Any] | None = None, **records: Iterable[Mapping[str, Any]]) -> CaseFile:
    """A case file. A record type left out is not carried; an empty list is none."""
    rows = {
        name: tuple(row_of(values, f"r{place}") for place, values in enumerate(table, 1))
        for name, table in records.items()
    }
    return CaseFile("CH-1", row_of(child or {}, "CH-1"), rows)


def here_of(file: CaseFile, as_at: date = AS_AT) -> Here:
    """Where a condition is tested, with no record yet."""
    return Here(as_at, file, fields_not_carried((file,), {}))


def standard_of(checks: str, more: str = "", **parameters: Any) -> Standard:
    """A standard for every child with these checks (YAML) and parameters; `more` are keys of the standard."""
    values = {
        name: {"value": value, "source": "a test", "owner": "nobody"}
        if not isinstance(value, dict)
        else {"source": "a test", "owner": "nobody", **value}
        for name, value in {"mend_within": "5 days", **parameters}.items()
    }
    applies = "" if "applies_to:" in more else "applies_to: {}\n"
    text = (
        "id: a-standard\ntitle: A standard\ntheme: tests\nseverity: major\nintent: To be tested\n"
        "sources: [{document: a test, reference: a test}]\n"
        "remedy: {action: Mend it, owner: nobody, within: mend_within}\n"
        f"parameters: {_yaml(values)}\n{applies}{dedent(more)}\n"
        f"checks:\n{indent(dedent(checks), '  ')}\n"
    )
    return load_standard(text, "a-standard.yaml")


def _yaml(values: Any) -> str:
    """Values as YAML, in which a date stands without quotes."""
    return re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", json.dumps(values))


@dataclass(frozen=True)
class Said:
    """Everything that one standard says of one child."""

    findings: tuple[Finding, ...]

    @property
    def as_recorded(self) -> Finding:
        return next(f for f in self.findings if f.level is Level.STANDARD and f.by is By.RECORD)

    @property
    def as_read(self) -> Finding:
        return next(f for f in self.findings if f.level is Level.STANDARD and f.by is By.READER)

    def check(self, name: str = "it") -> Finding:
        return next(f for f in self.findings if f.level is Level.CHECK and f.check == name)

    def records(self, name: str = "it") -> dict[str | None, Finding]:
        """The findings on records, by the id of the record."""
        return {f.record_id: f for f in self.findings if f.level is Level.RECORD and f.check == name}

    def results(self, name: str = "it") -> dict[str | None, Result]:
        return {record_id: finding.result for record_id, finding in self.records(name).items()}


def said(standard: Standard, file: CaseFile, as_at: date = AS_AT) -> Said:
    """What a standard says of a child at a date."""
    return Said(tuple(findings(alone(standard, file, as_at, fields_not_carried((file,), {})))))
