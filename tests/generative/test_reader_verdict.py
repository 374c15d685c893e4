"""The verdict on mutated files tells: what is tampered with after it was read is found, whatever it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.cases.tables import Tables
from tests.mutations.model import Mutant, Touch, write
from tests.mutations.ssda903 import RETURN
from tests.mutations.verdict import read_faults

WRONG_DAY = pl.lit(date(2018, 1, 2))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return read_cases(write(RETURN.files, tmp_path_factory.mktemp("return")))


def faults(clean: Source, read: Source) -> list[str]:
    return list(read_faults(RETURN, clean, read, Mutant("none", "", RETURN.files, heights=RETURN.heights)))


def tampered(source: Source, name: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Source:
    """The same, but for one frame of what is evaluated."""
    tables = source.to_evaluate
    frames: dict[str, pl.DataFrame] = {**tables.frames, name: change(tables.frames[name])}
    return replace(source, whole=Tables(frames, tables.absent, tables.own_date, tables.origin))


def first(column: str, value: pl.Expr) -> Callable[[pl.DataFrame], pl.DataFrame]:
    place = pl.int_range(pl.len()) == 0
    return lambda frame: frame.with_columns(pl.when(place).then(value).otherwise(pl.col(column)).alias(column))


def test_what_is_read_as_it_should_be_has_no_fault(clean: Source) -> None:
    assert faults(clean, clean) == []


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("episodes", first("started", WRONG_DAY), "a record that nobody wrote"),
        ("episodes", first("ended", pl.lit(None, dtype=pl.Date)), "is lost, though nobody touched it"),
        ("episodes", first("legal_status", pl.lit("E1")), "a record that nobody wrote"),
        ("episodes", lambda frame: frame.drop("ended"), "is lost, though nobody touched it"),
        ("sdqs", first("score", pl.lit(7, dtype=pl.Int32)), "a record that nobody wrote"),
        ("reviews", lambda frame: frame.slice(1), "a record is lost that nobody touched"),
        ("reviews", lambda frame: pl.concat([frame.head(1), frame]), "a record that nobody wrote"),
        ("child", first("born", WRONG_DAY), "born is datetime.date(2018, 1, 2)"),
        ("child", first("id", pl.lit("9999")), "a child who is not there: 9999"),
    ],
)
def test_what_is_tampered_with_is_found(
    clean: Source, name: str, change: Callable[[pl.DataFrame], pl.DataFrame], said: str
) -> None:
    assert any(said in fault for fault in faults(clean, tampered(clean, name, change)))


def test_a_row_that_is_not_counted_and_a_table_that_is_not_spoken_of_are_found(clean: Source) -> None:
    less = tuple(replace(note, taken=note.taken - 1) if note.about == "oc2.csv" else note for note in clean.notes)
    assert any("oc2.csv has 4 rows" in fault for fault in faults(clean, replace(clean, notes=less)))
    none = tuple(note for note in clean.notes if note.about != "oc2.csv")
    assert any("nothing is said of oc2.csv" in fault for fault in faults(clean, replace(clean, notes=none)))


def test_what_befell_one_place_excuses_no_other(clean: Source) -> None:
    mutant = Mutant("none", "", RETURN.files, touches=(Touch("episodes", 1, "LS"),), heights=RETURN.heights)
    lost = tampered(clean, "episodes", first("legal_status", pl.lit(None, dtype=pl.String)))
    found = list(read_faults(RETURN, clean, lost, mutant))
    assert any("legal_status (C2) is lost, though nobody touched it" in fault for fault in found)
