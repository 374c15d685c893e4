"""Writing tables: one CSV or Parquet file a record type, in a folder that appears whole or not at all."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Literal

import polars as pl

from qaengine.cases.notes import case_data_error
from qaengine.cases.shape import CHILD, RECORD_TYPES, companions, source_fields
from qaengine.cases.tables import Tables, nc
from qaengine.model.problem import Problem

Format = Literal["csv", "parquet"]

NOT_CARRIED = "_not_carried"
"""The column that names, divided by spaces, the fields (for a child, also the record types) that a row lacks."""

TEXT_THAT_CALCULATES = r"\A'*[=+\-@\t\r]"
MADE_SAFE = r"\A'+[=+\-@\t\r]"
"""Cells that a spreadsheet would take for a formula, which are written with an apostrophe before them; and such
cells as they were written, from which reading takes it away again."""


def write_tables(tables: Tables, folder: Path, form: Format) -> None:
    """Write the tables into a folder that does not exist yet or is empty. Derived fields are not written.

    Everything is written beside it first, and put in its place at once. Raises InputError when the folder holds
    something already, and OSError when it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise case_data_error(Problem(str(folder), 0, 0, "tables are written into a new or empty folder"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, frame in tables.frames.items():
            _write(on_disk(name, frame, tables.child), beside / f"{name}.{form}", form)
        _write_extract(tables, beside)
        if folder.exists():
            folder.rmdir()
        os.replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def on_disk(name: str, frame: pl.DataFrame, child: pl.DataFrame) -> pl.DataFrame:
    """A frame as it is written: the child's reference in place of the child's row, and what rows do not carry."""
    fields = [field for field in source_fields(name) if field in frame.columns]
    beside = set(companions(name).values())
    shown = [field for field in fields if field not in beside or frame[field].is_not_null().any()]
    lacking = [field for field in fields if field not in beside and nc(field) in frame.columns]
    lacking += [other for other in RECORD_TYPES if name == CHILD.name and nc(other) in frame.columns]
    keys = [frame["id"].alias("child_id")]
    if name != CHILD.name:
        keys = [child["id"].gather(frame["child"]).alias("child_id"), frame["id"]]
    written = pl.DataFrame([*keys, *(frame[field] for field in shown)])
    if not lacking:
        return written
    flags = [pl.when(frame[nc(each)]).then(pl.lit(each)) for each in lacking]
    return written.with_columns(pl.concat_str(flags, separator=" ", ignore_nulls=True).alias(NOT_CARRIED))


def _write(frame: pl.DataFrame, path: Path, form: Format) -> None:
    with path.open("xb") as file:
        if form == "csv":
            text = pl.col(pl.String)
            safe = frame.with_columns(
                pl.when(text.str.contains(TEXT_THAT_CALCULATES)).then("'" + text).otherwise(text).name.keep()
            )
            safe.write_csv(file, quote_style="always")
        else:
            frame.write_parquet(file)
        file.flush()
        os.fsync(file.fileno())


def _write_extract(tables: Tables, folder: Path) -> None:
    import yaml

    about = {"as_at": tables.own_date, "origin": tables.origin or None}
    said = {key: value for key, value in about.items() if value is not None}
    if said:
        text = yaml.safe_dump(said, allow_unicode=True, sort_keys=True)
        (folder / "extract.yaml").write_text(text, encoding="utf-8")
