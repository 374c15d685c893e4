"""`qaengine standards`: the library of standards as a whole."""

from collections.abc import Iterator
from pathlib import Path

import click

from qaengine.cli.loading import rules_folder
from qaengine.cli.options import rules_option
from qaengine.model.problem import ExitCode
from qaengine.workbench.coverage import Map, Point, PointList


@click.group("standards")
def command() -> None:
    """The library of standards as a whole: a list of them, and what they cover."""


@command.command("list")
@rules_option
def list_command(rules: Path | None) -> int:
    """List the standards by theme, with their severity and number of checks."""
    from qaengine.cli.columns import columns
    from qaengine.model.result import By
    from qaengine.standards.loader import load_standards

    rows = []
    for standard in sorted(load_standards(rules_folder(rules), examples=False), key=lambda one: (one.theme, one.id)):
        by_record = sum(check.by is By.RECORD for check in standard.checks)
        counts = [str(by_record), str(len(standard.checks) - by_record)]
        rows.append([standard.theme, standard.id, standard.severity.value, *counts])
    heads = ["theme", "standard", "severity", "checks", "for a reader"]
    click.echo(columns(heads, rows, (20, 46, 8, 6, 12), right=0))
    return ExitCode.DONE


@command.command("coverage")
@rules_option
def coverage_command(rules: Path | None) -> int:
    """Show which standards cover each objective of the plan, point of the letter and point of the visit.

    Taken from the sources of the standards themselves. A point that nothing covers says why a case file cannot
    decide it; one that says neither is listed at the end, and the exit code is then 1.
    """
    found = coverage_of(rules_folder(rules))
    for points in found.lists:
        for line in _list(found, points):
            click.echo(line)
    for point in found.open():
        click.echo(f"Nothing covers {point.id}, and nobody says why: {point.asks}")
    return ExitCode.FINDINGS if found.open() else ExitCode.DONE


def coverage_of(folder: Path) -> Map:
    """The coverage map of a folder of rules."""
    from qaengine.standards.loader import load_standards
    from qaengine.standards.measures import load_measures
    from qaengine.workbench.coverage import coverage, read_points

    standards = load_standards(folder, examples=False)
    return coverage(read_points(folder / "coverage.yaml"), standards, load_measures(folder))


def _list(found: Map, points: PointList) -> Iterator[str]:
    count = len(points.points)
    yield f"{points.name}: {found.covered(points)} of {count} covered by a standard or a measure"
    for point in points.points:
        yield from _point(found, point)
    yield ""


def _point(found: Map, point: Point) -> Iterator[str]:
    yield f"  {point.id}: {point.asks}"
    if found.standards.get(point.id):
        yield _wrapped("covered by", found.standards[point.id])
    if found.measures.get(point.id):
        yield _wrapped("measured by", found.measures[point.id])
    if point.not_in_a_case_file:
        yield f"      not in a case file: {point.not_in_a_case_file}"


def _wrapped(says: str, ids: tuple[str, ...]) -> str:
    return f"      {says}: {', '.join(ids)}"
