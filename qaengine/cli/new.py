"""`qaengine new`: something to begin from."""

import re
from pathlib import Path

import click

from qaengine.cli.loading import rules_folder
from qaengine.cli.options import rules_option
from qaengine.model.problem import ExitCode, InputError, Problem

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@click.group("new")
def command() -> None:
    """Begin something new: a standard."""


@command.command("standard")
@click.argument("name", metavar="ID")
@rules_option
def standard_command(name: str, rules: Path | None) -> int:
    """Write a new standard ID into the rules: a small one whose examples pass, to be changed into yours.

    ID is lower-case words joined by hyphens, such as visits-to-fathers. A file that is there is never written over.
    """
    from qaengine.cli.writing import write_atomically
    from qaengine.workbench.skeleton import skeleton

    if not ID.fullmatch(name) or len(name) > 60:
        expected = "lower-case words joined by hyphens, such as visits-to-fathers"
        raise InputError([Problem("ID", 0, 0, "not an id", name, expected)], ExitCode.USAGE)
    folder = rules_folder(rules)
    folder = folder / "standards" if (folder / "standards").is_dir() else folder
    path = folder / f"{name}.yaml"
    if path.exists():
        raise InputError([Problem(str(path), 0, 0, "is there already", expected="another id")], ExitCode.USAGE)
    write_atomically(path, skeleton(name).encode())
    click.echo(f"{path} is written. Change it, and run: qaengine check {rules_folder(rules)} --standard {name}")
    return ExitCode.DONE
