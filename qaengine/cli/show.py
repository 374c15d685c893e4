"""`qaengine show`: a standard read back in plain English."""

from pathlib import Path

import click

from qaengine.cli.choosing import Chosen
from qaengine.cli.loading import load_rules, rules_folder
from qaengine.cli.options import local_option, rules_option
from qaengine.model.problem import ExitCode


@click.command("show")
@click.argument("standard")
@rules_option
@local_option
def command(standard: str, rules: Path | None, local: Path | None) -> int:
    """Read STANDARD back in plain English: why, for whom, what the record must show, numbers, remedy, sources.

    What comes out is Markdown, to be pasted into a policy.
    """
    from qaengine.workbench.coverage import read_points
    from qaengine.workbench.policy import policy

    points = rules_folder(rules) / "coverage.yaml"
    documents = read_points(points).documents if points.exists() else {}
    for one in load_rules(rules, Chosen((standard,)), local):
        for line in policy(one, documents) if one.id == standard else ():
            click.echo(line)
    return ExitCode.DONE
