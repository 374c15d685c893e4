"""`qaengine show`: a standard read back in plain English."""

from datetime import date, timedelta
from pathlib import Path

import click

from qaengine.cli.choosing import Chosen
from qaengine.cli.loading import load_rules, rules_folder
from qaengine.cli.options import Day, local_option, rules_option
from qaengine.model.parameter import Decision
from qaengine.model.problem import ExitCode
from qaengine.model.standard import Standard


@click.command("show")
@click.argument("standard")
@click.option(
    "--as-at",
    type=Day(),
    help="The date of which the numbers are shown; what is decided later is said beside them. Left out: the latest.",
)
@rules_option
@local_option
def command(standard: str, as_at: date | None, rules: Path | None, local: Path | None) -> int:
    """Read STANDARD back in plain English: why, for whom, what the record must show, numbers, remedy, sources.

    What comes out is Markdown, to be pasted into a policy.
    """
    from qaengine.workbench.coverage import read_points
    from qaengine.workbench.policy import policy

    points = rules_folder(rules) / "coverage.yaml"
    documents = read_points(points).documents if points.exists() else {}
    shown = _standard(standard, rules, local, as_at)
    later = _later(shown, rules, local, as_at) if as_at else {}
    for line in policy(shown, documents, later):
        click.echo(line)
    return ExitCode.DONE


def _standard(name: str, rules: Path | None, local: Path | None, as_at: date | None) -> Standard:
    return next(one for one in load_rules(rules, Chosen((name,)), local, as_at) if one.id == name)


def _later(shown: Standard, rules: Path | None, local: Path | None, as_at: date) -> dict[str, list[Decision]]:
    """What the council has decided for after a date, by the name of the number: the earliest first."""
    found: dict[str, list[Decision]] = {}
    then: date | None = None
    while True:
        latest = load_rules(rules, local=local, as_at=then)
        numbers = next(one for one in latest if one.id == shown.id).parameters
        ahead = {one.name: one.local for one in numbers if one.local and one.local.decided_on > as_at}
        if not ahead:
            return found
        last = max(decision.decided_on for decision in ahead.values())
        for name, decision in ahead.items():
            if decision.decided_on == last:
                found.setdefault(name, []).insert(0, decision)
        then = last - timedelta(days=1)
