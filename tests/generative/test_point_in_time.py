"""What lies ahead changes nothing: a record dated after the as-at date is not there yet, whatever it says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.cases import Source, read_cases
from qaengine.cases.council import read_council
from qaengine.evaluate.explain.findings import findings
from qaengine.evaluate.stages import Stages, evaluated
from qaengine.model.casefile import CaseFile, CaseSet, Row, Value
from qaengine.model.record import FieldSpec, Kind
from qaengine.model.records import RECORD_TYPES
from qaengine.model.result import Finding
from qaengine.model.standard import Standard
from qaengine.standards.loader import load_standards

PROJECT = Path(__file__).parents[2]
AS_AT = date(2019, 9, 30)
DATED = sorted(name for name, record_type in RECORD_TYPES.items() if record_type.dated)


@cache
def standards() -> tuple[Standard, ...]:
    return load_standards(PROJECT / "rules", examples=False)


@cache
def sample() -> CaseSet:
    return read_cases(PROJECT / "sample_cases").case_set()


def found(case_set: CaseSet, child: str, as_at: date = AS_AT) -> tuple[Finding, ...]:
    """Every finding on a child, of the case files as they stood on the as-at date."""
    council = read_council(PROJECT / "rules")
    then = Source(case_set).as_at(as_at, council=council).case_set([child])
    return tuple(
        finding
        for file in then.files
        for one in evaluated(Stages.of(standards()), file, as_at, then.not_carried)
        for finding in findings(one)
    )


@cache
def before(child: str) -> tuple[Finding, ...]:
    return found(only(child), child)


def only(child: str) -> CaseSet:
    return replace(sample(), files=tuple(file for file in sample().files if file.child_id == child))


def values(spec: FieldSpec, ahead: date) -> st.SearchStrategy[Value]:
    """Any value of a field; and any date, past or to come."""
    of_kind: Mapping[Kind, st.SearchStrategy[Any]] = {
        Kind.DATE: st.integers(-400, 400).map(lambda days: ahead + timedelta(days)),
        Kind.EVENT: st.integers(-400, 400).map(lambda days: ahead + timedelta(days)),
        Kind.NUMBER: st.integers(0, 50),
        Kind.YES_NO: st.booleans(),
        Kind.CODE: st.sampled_from(spec.codes or ("other",)),
        Kind.TEXT: st.sampled_from(("a word", "team manager", "V3", "U4", "")),
        Kind.REF: st.sampled_from(("P1", "A1", "D1", "AS1")),
    }
    return st.none() | of_kind[spec.kind]


@st.composite
def to_come(draw: st.DrawFn) -> tuple[str, str, Row]:
    """A child, a record type that the file carries, and a record of it with one of its dates after the as-at date."""
    file = draw(st.sampled_from(sample().files))
    name = draw(st.sampled_from([name for name in DATED if name in file.records]))
    record_type = RECORD_TYPES[name]
    ahead = AS_AT + timedelta(draw(st.integers(1, 800)))
    carried = {field for row in file.records[name] for field in row.values} or set(record_type.carried_fields) - {"id"}
    given = {field: draw(values(record_type.fields[field], ahead)) for field in sorted(carried)}
    given[draw(st.sampled_from(record_type.dated))] = ahead
    return file.child_id, name, Row("ZZ9", given)


def with_record(case_set: CaseSet, name: str, row: Row) -> CaseSet:
    def added(file: CaseFile) -> CaseFile:
        return replace(file, records={**file.records, name: (*file.records[name], row)})

    return replace(case_set, files=tuple(added(file) for file in case_set.files))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(to_come())
def test_a_record_dated_after_the_as_at_date_changes_no_finding(record: tuple[str, str, Row]) -> None:
    child, name, row = record
    assert found(with_record(only(child), name, row), child) == before(child)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.sampled_from([file.child_id for file in sample().files]), st.integers(1, 700))
def test_what_was_found_on_an_earlier_day_does_not_hang_on_what_was_written_since(child: str, days: int) -> None:
    """The case file of today, cut at an earlier day, gives what the case file of that day gave."""
    then = AS_AT - timedelta(days)
    of_that_day = Source(only(child)).as_at(then).case_set()
    assert found(undone(of_that_day), child, then) == found(only(child), child, then)


def undone(case_set: CaseSet) -> CaseSet:
    """A cut case set without what was derived in it, so that it can be cut again."""

    def plain(name: str, row: Row) -> Row:
        derived = {spec.name for spec in RECORD_TYPES[name].fields.values() if spec.derived} if name else set()
        return replace(row, values={field: value for field, value in row.values.items() if field not in derived})

    def of(file: CaseFile) -> CaseFile:
        records = {
            name: tuple(plain(name, row) for row in rows if not row.values.get("derived_from"))
            for name, rows in file.records.items()
        }
        return replace(file, records=records)

    return replace(case_set, files=tuple(of(file) for file in case_set.files))
