"""`qaengine measures`: what the case files show of the cohort."""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaengine import __version__
from qaengine.cases.given import Given
from qaengine.cli.loading import cut, day_of, local_file, read, rules_folder
from qaengine.cli.options import as_at_option, cases_argument, local_option, rules_option
from qaengine.model.problem import ExitCode, InputError, Problem, nearest

if TYPE_CHECKING:
    from qaengine.cases.source import Source
    from qaengine.measures.figures import Figures
    from qaengine.measures.result import Result
    from qaengine.model.measure import Measure

FORMATS = ("table", "csv", "json")
VERSION = 1


@click.command("measures")
@cases_argument
@as_at_option
@rules_option
@local_option
@click.option("--measure", "only", metavar="ID", multiple=True, help="Only this measure; may be given again.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="What to show.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="A folder to write measures.csv, measures.json and lists to."
)
@click.option(
    "--suppress-below",
    type=click.IntRange(min=2),
    help="For partners and the public: no count under this is shown, nor what would tell it, and nobody is listed.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "polars", "reference"]),
    default="auto",
    show_default=True,
    help="Who counts: both give the same; auto takes the faster for the number of children.",
)
def command(
    cases: Given,
    as_at: date | None,
    rules: Path | None,
    local: Path | None,
    only: tuple[str, ...],
    form: str,
    out: Path | None,
    suppress_below: int | None,
    engine: str,
) -> int:
    """Measure the cohort in CASES: shares, counts, averages, and the lists of children behind them.

    Each measure is defined in rules/measures (docs/measures.md). Who cannot be decided is counted and said, and never
    left out in silence.
    """
    from qaengine.measures.figures import all_figures
    from qaengine.measures.run import needed, run

    source = read(cases)
    day = day_of(source, as_at)
    measures = _chosen(rules_folder(rules), only, local, day)
    then = cut(source, day, needed(measures, source.may_carry), cases, rules)
    results = run(measures, then, day, engine)
    rows = all_figures(results, day, suppress_below or 0)
    files = _files(results, rows, then, day, suppress_below) if out or form == "json" else {}
    if out is not None:
        from qaengine.cli.writing import write_folder

        write_folder(out, files)
    _show(form, measures, rows, then, day, files)
    if out is not None:
        click.echo(f"Written: {out}/measures.csv, {out}/measures.json", err=form != "table")
    return ExitCode.DONE


def _chosen(folder: Path, only: tuple[str, ...], local: Path | None, day: date) -> "tuple[Measure, ...]":
    """The measures of a folder of rules, or those asked for, with the council's own numbers of that day."""
    from qaengine.standards.loader import MEASURES
    from qaengine.standards.measures import load_measures

    measures = load_measures(folder, local_file(folder, local), day)
    known = [measure.id for measure in measures]
    if not measures:
        problem = Problem(str(folder / MEASURES), 0, 0, "no measures here", expected="files named *.yaml")
        raise InputError([problem], ExitCode.STANDARDS)
    problems = [
        Problem("--measure", 0, 0, "no such measure", one, ", ".join(known), nearest(one, known))
        for one in only
        if one not in known
    ]
    if problems:
        raise InputError(problems, ExitCode.USAGE)
    return tuple(measure for measure in measures if not only or measure.id in only)


def _show(
    form: str,
    measures: "Sequence[Measure]",
    rows: "Sequence[Figures]",
    source: "Source",
    day: date,
    files: dict[str, bytes],
) -> None:
    if form == "json":
        click.echo(files["measures.json"], nl=False)
    elif form == "csv":
        click.echo(_csv(rows), nl=False)
    else:
        from qaengine.cases.shape import data_fields
        from qaengine.cli.measures_screen import screen
        from qaengine.evaluate.explain.words import day as on_paper

        head = f"{len(source.child_ids):,} children as at {on_paper(day)}. {source.origin}".strip()
        untold = {name for name, gone in source.not_carried.items() if gone >= set(data_fields(name))}
        click.echo(screen({measure.id: measure for measure in measures}, rows, head, untold))


def _csv(rows: "Sequence[Figures]") -> bytes:
    from qaengine.cases.findings_table import csv_bytes
    from qaengine.measures.figures import COLUMNS

    return csv_bytes([_as_text(row) for row in rows], COLUMNS, types={})


def _as_text(row: "Figures") -> "Figures":
    return {name: None if figure is None else str(figure) for name, figure in row.items()}


def _files(
    results: "Sequence[Result]", rows: "Sequence[Figures]", source: "Source", day: date, below: int | None
) -> dict[str, bytes]:
    """The files of the folder: figures, and a list a measure unless children may not be named."""
    from qaengine.cases.findings_table import csv_bytes
    from qaengine.measures import lists
    from qaengine.measures.page import about

    files = {"measures.csv": _csv(rows)}
    teams = source.teams() if below is None else {}
    for result in results if below is None else ():
        if lists.has_list(result):
            name = f"lists/{result.measure.id}.csv"
            files[name] = csv_bytes(lists.rows(result, teams), lists.COLUMNS, types={})
    text = {
        "version": VERSION,
        "as_at": day.isoformat(),
        "origin": source.origin,
        "children": len(source.child_ids),
        "suppressed_below": below,
        "measures": [
            {**about(result.measure), "figures": [row for row in rows if row["measure"] == result.measure.id]}
            for result in results
        ],
    }
    files["measures.json"] = (json.dumps(text, indent=2, ensure_ascii=False) + "\n").encode()
    hashes = {name: sha256(data).hexdigest() for name, data in files.items()}
    files["manifest.json"] = (json.dumps({"qaengine": __version__, "files": hashes}, indent=2) + "\n").encode()
    return files
