"""`qaengine evaluate`: what the case files show."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaengine.cases.given import Given
from qaengine.cli.choosing import Chosen, choice_options
from qaengine.cli.loading import Loaded, load
from qaengine.cli.options import (
    as_at_option,
    cases_argument,
    exceptions_option,
    local_option,
    rules_option,
)
from qaengine.cli.output import put
from qaengine.model.problem import ExitCode
from qaengine.model.result import Result

if TYPE_CHECKING:
    from qaengine.model.result import Finding

FORMATS = ("table", "jsonl", "csv", "parquet")


@click.command("evaluate")
@cases_argument
@as_at_option
@rules_option
@local_option
@exceptions_option
@choice_options
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="What to write.")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; left out, the screen.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "polars", "reference"]),
    default="auto",
    show_default=True,
    help="Who counts: both give the same; auto takes the faster for the number of children.",
)
@click.option(
    "--fail-on",
    type=click.Choice([result.value for result in Result]),
    multiple=True,
    help="End with exit code 1 if any standard has this result for any child.",
)
def command(
    cases: Given,
    as_at: date | None,
    rules: Path | None,
    local: Path | None,
    exceptions: Path | None,
    standards: tuple[str, ...],
    themes: tuple[str, ...],
    form: str,
    out: Path | None,
    engine: str,
    fail_on: tuple[str, ...],
) -> int:
    """Evaluate every standard on every child in CASES.

    The table counts children by standard and check. The other formats write every finding, with its evidence and
    the reason in a plain sentence (docs/findings.md).
    """
    loaded = load(cases, as_at, rules, Chosen(standards, themes), local=local, exceptions=exceptions)
    if form == "table":
        from qaengine.cli.tables import summary_text
        from qaengine.evaluate.counting import count

        summaries = count(loaded.stages, loaded.source, loaded.as_at, engine, loaded.exceptions)
        _write(out, [summary_text(loaded, summaries)])
        seen = {result.value for summary in summaries for result, n in summary.as_recorded.items() if n}
        return ExitCode.FINDINGS if seen & set(fail_on) else ExitCode.DONE
    seen_results: set[str] = set()
    _write_findings(form, out, _watched(all_findings(loaded), seen_results))
    return ExitCode.FINDINGS if seen_results & set(fail_on) else ExitCode.DONE


def all_findings(loaded: Loaded) -> "Iterator[Finding]":
    """Every finding, child by child in the order of their references, standard by standard."""
    from qaengine.cli.progress import counted
    from qaengine.evaluate.explain.findings import findings
    from qaengine.evaluate.stages import evaluated

    case_set = loaded.source.case_set()
    for file in counted(case_set.files, "children"):
        for one in evaluated(loaded.stages, file, loaded.as_at, case_set.not_carried, loaded.exceptions):
            yield from findings(one)


def _watched(findings: "Iterator[Finding]", seen: set[str]) -> "Iterator[Finding]":
    for finding in findings:
        if finding.level == "standard" and finding.by == "record":
            seen.add(finding.result.value)
        yield finding


def _write_findings(form: str, out: Path | None, findings: "Iterator[Finding]") -> None:
    from qaengine.evaluate import contract

    if form == "jsonl":
        _write(out, contract.jsonl(findings))
        return
    from qaengine.cases.findings_table import csv_bytes, parquet_bytes

    rows = [contract.row(finding) for finding in findings]
    if form == "csv":
        put(out, csv_bytes(rows, contract.COLUMNS))
    else:
        if out is None:
            raise click.UsageError("parquet is not for the screen: name a file with --out")
        put(out, parquet_bytes(rows, contract.COLUMNS))


def _write(out: Path | None, lines: "Iterator[str] | list[str]") -> None:
    if out is None:
        for line in lines:
            click.echo(line)
        return
    put(out, "".join(f"{line}\n" for line in lines).encode())
