"""The duties among what the engine found, as `evaluate.due` defines them.

This is an edge: Polars is used as Polars here.
"""

from collections.abc import Iterable

import polars as pl

from qaengine.evaluate.engine.run import Evaluated
from qaengine.evaluate.engine.verdicts import CODE
from qaengine.model.result import By, Result

_KEY = ["child", "standard", "check"]
_COLUMNS = ["due_on", *_KEY, "record", "id"]


def coming(evaluated: Evaluated) -> pl.DataFrame:
    """What is not yet done, and what is met until a day: due_on, child, standard, check, record, id."""
    return _duties(evaluated, (Result.NOT_YET_DUE,), (Result.NOT_YET_DUE, Result.MET), pl.col("due_on").is_not_null())


def still_open(evaluated: Evaluated) -> pl.DataFrame:
    """What is not met and not done late: by a day, or with none."""
    return _duties(evaluated, (Result.NOT_MET,), (Result.NOT_MET,), pl.lit(True))


def _duties(
    evaluated: Evaluated, of_records: Iterable[Result], of_check: Iterable[Result], which: pl.Expr
) -> pl.DataFrame:
    """One row a record of which this is so; where it is of none of a check, a row for the check."""
    by_record = [
        (standard.standard.id, check.check.id)
        for standard in evaluated.found
        for check in standard.checks
        if check.check.by is By.RECORD
    ]
    decided = pl.DataFrame(by_record, schema=["standard", "check"], orient="row")
    records = _wanted(evaluated.records, of_records, which, decided)
    checks = _wanted(evaluated.checks, of_check, which, decided).join(records, on=_KEY, how="anti")
    records = records.filter(~pl.col("late")).with_columns(pl.col("record").cast(pl.String))
    alone = checks.filter(~pl.col("late")).with_columns(record=pl.lit(None, pl.String), id=pl.lit(None, pl.String))
    return pl.concat([records.select(_COLUMNS), alone.select(_COLUMNS)])


def _wanted(frame: pl.DataFrame, results: Iterable[Result], which: pl.Expr, decided: pl.DataFrame) -> pl.DataFrame:
    of_result = pl.col("result").is_in([CODE[result] for result in results])
    named = frame.filter(of_result & which).with_columns(pl.col("standard", "check").cast(pl.String))
    return named.join(decided, on=["standard", "check"], how="semi")
