"""`qaengine check`: are the standards themselves right?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from qaengine.cli.choosing import Chosen
from qaengine.cli.loading import council_of, local_file, rules_folder
from qaengine.cli.options import local_option
from qaengine.model.problem import ExitCode, InputError, Problem
from qaengine.model.result import By
from qaengine.model.standard import Standard


@click.command("check")
@click.argument("rules", type=click.Path(path_type=Path), required=False)
@click.option(
    "--cases",
    type=click.Path(path_type=Path),
    help="Case files in which each standard must be not met for some child. Left out: sample_cases beside RULES.",
)
@click.option(
    "--standard",
    "names",
    metavar="ID",
    multiple=True,
    help="Run the examples of this standard alone; may be given again. Nothing else is looked at: not sample cases, "
    "measures, coverage, nor the council's own numbers.",
)
@local_option
@click.option("--conditions", "every", is_flag=True, help="List each condition that no example has seen both ways.")
def command(rules: Path | None, cases: Path | None, names: tuple[str, ...], local: Path | None, every: bool) -> int:
    """Load every standard and measure in RULES, run its examples, and report every problem.

    A standard without examples at limit -1, 0 and +1 for each of its numbers, or without one for each result that a
    check can give, is a problem with its name on it. How many of its conditions the examples have seen true and false
    is only said. A standard that no sample case shows not met is a problem too, and so is a point of
    coverage.yaml that nothing covers. Examples are run with the numbers of the standard itself: those of the council
    are checked beside them.
    """
    from qaengine.standards.loader import load_standards

    if names and (cases or local):
        problem = Problem(
            "--standard", 0, 0, "looks at examples alone", expected="neither --cases nor --local beside it"
        )
        raise InputError([problem], ExitCode.USAGE)
    folder = rules_folder(rules)
    problems: list[Problem] = []
    standards = _named(folder, names) if names else load_standards(folder)
    ran = _run_examples(folder, standards, every, problems)
    if names:
        _end(problems)
        click.echo(f"Only of the standards named: {ran.said()}")
        return ExitCode.DONE
    measures = _check_measures(folder, problems)
    _check_local(folder, local, problems)
    _check_judgement(folder, problems)
    _check_coverage(folder, problems)
    if not problems:  # examples first: what they find wrong would be found again here
        _check_bite(standards, folder, cases, problems)
    _end(problems)
    click.echo(ran.said(measures))
    return ExitCode.DONE


def _end(problems: list[Problem]) -> None:
    """Raises InputError if there are problems."""
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)


def _named(folder: Path, names: tuple[str, ...]) -> list[Standard]:
    """The standards named, with their examples. Raises InputError where one is not there, or any cannot be read."""
    from qaengine.standards.declared import text_of
    from qaengine.standards.loader import load_standard, load_standards

    standards = load_standards(folder, examples=False)
    wanted = Chosen(names).ids(standards)
    return [load_standard(text_of(Path(one.file)), one.file) for one in standards if one.id in wanted]


@dataclass(frozen=True, slots=True)
class _Ran:
    """How much was run."""

    standards: int
    checks: int
    examples: int
    both_ways: int
    conditions: int

    def said(self, more: str = "") -> str:
        standards = f"{self.standards} standard{'' if self.standards == 1 else 's'}"
        return (
            f"{standards}, {self.checks} checks, {self.examples} examples{more}: all as expected; "
            f"{self.both_ways} of {self.conditions} conditions seen both ways."
        )


def _run_examples(folder: Path, standards: Sequence[Standard], every: bool, problems: list[Problem]) -> _Ran:
    """Run the examples of standards, and say of each how that went."""
    from qaengine.workbench.examples import run_examples

    council = council_of(folder)
    checks = examples = seen = conditions = 0
    for standard in standards:
        ran = run_examples(standard, council)
        problems += ran.problems
        checks += len(standard.checks)
        examples += ran.examples
        conditions += ran.conditions.total
        seen += ran.conditions.both_ways
        by_record = sum(check.by is By.RECORD for check in standard.checks)
        state = f"{len(ran.problems)} problems" if ran.problems else "as expected"
        click.echo(
            f"{standard.id}: {by_record} record checks, {len(standard.checks) - by_record} for a reader, "
            f"{ran.examples} examples, {state}; "
            f"{ran.conditions.both_ways} of {ran.conditions.total} conditions seen both ways"
        )
        for condition in ran.conditions.not_both_ways if every else ():
            click.echo(f"  {condition}")
    return _Ran(len(standards), checks, examples, seen, conditions)


def _check_measures(folder: Path, problems: list[Problem]) -> str:
    """Run the examples of every measure; says how many there are of them, for the last line."""
    from qaengine.standards.measures import load_measures
    from qaengine.workbench.measures import run_measure_examples

    council, examples = council_of(folder), 0
    measures = load_measures(folder)
    for measure in measures:
        ran = run_measure_examples(measure, council)
        problems += ran.problems
        examples += ran.examples
        state = f"{len(ran.problems)} problems" if ran.problems else "as expected"
        click.echo(f"measure {measure.id}: {ran.examples} examples, {state}")
    return f"; {len(measures)} measures, {examples} examples" if measures else ""


def _check_coverage(folder: Path, problems: list[Problem]) -> None:
    from qaengine.cli.standards import coverage_of

    file = folder / "coverage.yaml"
    if not file.exists():
        return
    try:
        found = coverage_of(folder)
    except InputError as error:
        problems.extend(error.problems)
        return
    counts = ", ".join(f"{found.covered(points)} of {len(points.points)}" for points in found.lists)
    click.echo(f"coverage: {counts} points of its lists")
    problems += [
        Problem(str(file), 0, 0, f"nothing covers {point.id}, and nobody says why", point.asks)
        for point in found.open()
    ]


def _check_bite(standards: Sequence[Standard], folder: Path, cases: Path | None, problems: list[Problem]) -> None:
    from qaengine.workbench.bite import without_teeth

    sample = cases or folder.resolve().parent / "sample_cases"
    if not sample.exists() and cases is None:
        click.echo("no sample cases beside the rules: whether each standard is ever not met was not looked at")
        return
    found = list(without_teeth(standards, sample, council_of(folder)))
    every = "every standard is not met for some child"
    click.echo(f"sample cases: {f'{len(found)} standards are met by every child' if found else every} ({sample})")
    problems += found


def _check_local(folder: Path, given: Path | None, problems: list[Problem]) -> None:
    from qaengine.evaluate.explain.numbers import local_lines
    from qaengine.standards.loader import load_standards
    from qaengine.standards.measures import load_measures

    file = local_file(folder, given)
    try:
        lines = list(local_lines(load_standards(folder, examples=False, local=file), load_measures(folder, file)))
    except InputError as error:
        problems.extend(error.problems)
        return
    if file is not None:
        n = len(lines)
        click.echo(f"{file.name}: {n or 'no'} number{'' if n == 1 else 's'} of the council's own")
        for line in lines:
            click.echo(line)


def _check_judgement(folder: Path, problems: list[Problem]) -> None:
    from qaengine.cli.loading import judgement_rules

    try:
        rules = judgement_rules(folder)
        click.echo(f"judgement: {len(rules.rules)} rules, {len(rules.parameters)} parameters")
    except InputError as error:
        problems.extend(error.problems)
