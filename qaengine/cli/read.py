"""`qaengine read`: what a file is, what was taken of it, what was left and why, and what can be decided from it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaengine.cases.given import Given
from qaengine.cli.loading import load_rules, read
from qaengine.cli.options import as_at_option, cases_argument, rules_option
from qaengine.model.problem import ExitCode, InputError, Problem

if TYPE_CHECKING:
    from qaengine.cases.source import Source

SHOWN = 10
"""Values left are shown up to this many a table; --all shows those that are kept (200 a table)."""


@click.command("read")
@cases_argument
@as_at_option
@click.option("--out", type=click.Path(path_type=Path), help="A new folder, for what was taken as native tables.")
@click.option(
    "--form",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="What the native tables are written as.",
)
@click.option("--all", "every", is_flag=True, help="List every value that was left, and not the first of each table.")
@rules_option
def command(cases: Given, as_at: date | None, out: Path | None, form: str, every: bool, rules: Path | None) -> int:
    """Say what CASES is, what is taken of it, what is left and why, and what the standards can decide from it.

    CASES is a file, a folder, or postgresql://… with SSD tables in it; what it is, is told from what it holds
    (docs/reading.md). Nothing is dropped in silence: taken and left are all the rows there are. With --out what was
    taken is written as native tables, which every command reads again.
    """
    from qaengine.cli.read_screen import decided_text, read_text
    from qaengine.evaluate.decidable import decidable

    _guard(out)
    source = read(cases)
    click.echo(read_text(source, str(cases), None if every else SHOWN))
    day = as_at or source.own_date
    standards = [one for one in load_rules(rules, as_at=day) if day is None or one.in_force(day)]
    click.echo(decided_text(decidable(standards, source.may_carry), bool(source.child_ids)))
    if out is not None:
        _write(source, out, form)
        click.echo(f"Written: {out}/, as native tables")
    return ExitCode.DONE


def _guard(out: Path | None) -> None:
    """Before all the work: the folder is new, or empty."""
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        problem = Problem(str(out), 0, 0, "tables are written into a new or empty folder", expected="another folder")
        raise InputError([problem], ExitCode.USAGE)


def _write(source: "Source", out: Path, form: str) -> None:
    from qaengine.cases.table_write import write_tables

    try:
        write_tables(source.to_evaluate, out, "parquet" if form == "parquet" else "csv")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputError([Problem(str(out), 0, 0, f"cannot be written: {reason}")], ExitCode.USAGE) from None
