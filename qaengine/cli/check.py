"""`qaengine check`: are the standards themselves right?"""

from pathlib import Path

import click

from qaengine.cli.loading import council_of, rules_folder
from qaengine.model.problem import ExitCode, InputError, Problem
from qaengine.model.result import By


@click.command("check")
@click.argument("rules", type=click.Path(path_type=Path), required=False)
@click.option("--conditions", "every", is_flag=True, help="List each condition that no example has seen both ways.")
def command(rules: Path | None, every: bool) -> int:
    """Load every standard and measure in RULES, run its examples, and report every problem.

    A standard without examples at limit -1, 0 and +1 for each of its numbers, or without one for each result that a
    check can give, is a problem with its name on it. How many of its conditions the examples have seen true and false
    is only said.
    """
    from qaengine.standards.loader import load_standards
    from qaengine.workbench.examples import run_examples

    folder = rules_folder(rules)
    problems: list[Problem] = []
    standards = load_standards(folder)
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
    measures = _check_measures(folder, problems)
    _check_judgement(folder, problems)
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)
    click.echo(
        f"{len(standards)} standards, {checks} checks, {examples} examples{measures}: all as expected; "
        f"{seen} of {conditions} conditions seen both ways."
    )
    return ExitCode.DONE


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


def _check_judgement(folder: Path, problems: list[Problem]) -> None:
    from qaengine.cli.loading import judgement_rules

    try:
        rules = judgement_rules(folder)
        click.echo(f"judgement: {len(rules.rules)} rules, {len(rules.parameters)} parameters")
    except InputError as error:
        problems.extend(error.problems)
