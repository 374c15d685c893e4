"""`qaengine explain`: how one finding came about."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from qaengine.cases.given import Given
from qaengine.cli.choosing import Chosen
from qaengine.cli.loading import load
from qaengine.cli.options import as_at_option, cases_argument, exceptions_option, local_option, rules_option
from qaengine.evaluate.stages import Evaluated, evaluated
from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.model.result import Result

FIRST = {Result.NOT_MET: 0, Result.CANNOT_DECIDE: 1, Result.REFER_TO_AUDITOR: 2}
"""The order of the checks in an explanation; the others follow, as they stand in the standard."""


@click.command("explain")
@cases_argument
@click.argument("child")
@click.argument("standard")
@click.option("--check", "check", metavar="ID", help="Only this check of the standard, in full.")
@click.option(
    "--all", "every", is_flag=True, help="Every record, also where many are met, and else would only be counted."
)
@as_at_option
@rules_option
@local_option
@exceptions_option
def command(
    cases: Given,
    child: str,
    standard: str,
    check: str | None,
    every: bool,
    as_at: date | None,
    rules: Path | None,
    local: Path | None,
    exceptions: Path | None,
) -> int:
    """Show how STANDARD came to its result for CHILD, among CASES.

    Every condition, what was measured, in which record, and the arithmetic of the dates: what is not met first, then
    what is not decided.
    """
    loaded = load(cases, as_at, rules, Chosen((standard,)), local=local, exceptions=exceptions)
    if child not in loaded.source.child_ids:
        near = nearest(child, loaded.source.child_ids)
        problem = Problem(str(cases), 0, 0, "no such child on record by then", child, did_you_mean=near)
        raise InputError([problem], ExitCode.USAGE)
    case_set = loaded.source.case_set([child])
    for one in evaluated(loaded.stages, case_set.files[0], loaded.as_at, case_set.not_carried, loaded.exceptions):
        _known_check(check, one)
        for line in explained(one, check, every):
            click.echo(line)
    return ExitCode.DONE


def _known_check(check: str | None, one: Evaluated) -> None:
    """Raises InputError where the standard has no such check."""
    known = [each.id for each in one.standard.checks]
    if check is not None and check not in known:
        problem = Problem("--check", 0, 0, "no such check", check, ", ".join(known), nearest(check, known))
        raise InputError([problem], ExitCode.USAGE)


def explained(one: Evaluated, only: str | None = None, every: bool = False) -> Iterator[str]:
    """The lines of an explanation: of every check, or in full of one. What most needs a person comes first."""
    from qaengine.evaluate.explain import reasons
    from qaengine.evaluate.explain.lines import anchors, check_lines, condition
    from qaengine.evaluate.explain.numbers import number_lines
    from qaengine.evaluate.explain.words import day
    from qaengine.model.result import By

    standard, here, verdict = one.standard, one.here, one.verdict
    yield f"{here.file.child_id}: {standard.title} ({standard.id}), as at {day(here.as_at)}"
    yield f"  as recorded: {verdict.as_recorded.result}. {reasons.of_standard(standard, verdict, By.RECORD)}"
    yield f"  as read:     {verdict.as_read.result}. {reasons.of_standard(standard, verdict, By.READER)}"
    yield "  whom it is for:"
    yield from condition(standard.applies_to, here, 2)
    yield from anchors(standard, here)
    shown = [check for check in verdict.checks if only in (None, check.check.id)]
    for check in sorted(shown, key=lambda check: FIRST.get(check.overall.result, len(FIRST))):
        yield from check_lines(check, here, one.marks.get(check.check.id), every=every or only is not None)
    yield from number_lines(standard)
