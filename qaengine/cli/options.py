"""What the commands share: arguments, the as-at date, and where the rules are."""

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from qaengine.cases.given import Given
from qaengine.model.calendar import EARLIEST, LATEST

LAST = LATEST.replace(year=LATEST.year - 1)  # deadlines that follow from it are still in the calendar
WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType["date"]):
    """A date written 2019-09-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            found = date.fromisoformat(str(value)) if WRITTEN.fullmatch(str(value)) else None
        except ValueError:
            found = None
        if found is None or not EARLIEST <= found <= LAST:
            between = f"between {EARLIEST} and {LAST}"
            self.fail(f"{value!r} is not a date {between}; write it as 2019-09-30", param, ctx)
        return found


def cases_argument(command: F) -> F:
    """CASES: what is read, with what is joined to it, through which mapping, and whether under pseudonyms."""
    return _cases(command, "--with")


def cases_argument_joined(command: F) -> F:
    """The same for a command of which --with means something else."""
    return _cases(command, "--join")


def _cases(command: F, join: str) -> F:
    @wraps(command)
    def packed(*args: Any, **given: Any) -> Any:
        path, joined = given.pop("cases"), given.pop("joined")
        mapping, key = given.pop("mapping"), given.pop("pseudonymise")
        return command(*args, cases=Given(path, joined, mapping, key), **given)

    path = click.Path(path_type=Path)
    options = (
        click.argument("cases", metavar="CASES"),
        click.option(
            join,
            "joined",
            metavar="PATH",
            multiple=True,
            help="Another source, joined on the children's references; may be given again.",
        ),
        click.option(
            "--mapping", type=path, metavar="FILE", help="How a list is read, where it is not the mapping beside it."
        ),
        click.option(
            "--pseudonymise",
            type=path,
            metavar="KEYFILE",
            help="Put a keyed hash in place of each child's reference. 'qaengine identify' turns one back.",
        ),
    )
    wrapped: Any = packed
    for option in reversed(options):
        wrapped = option(wrapped)
    return cast("F", wrapped)


def as_at_option(command: F) -> F:
    """--as-at: the date for which everything is evaluated."""
    return click.option(
        "--as-at",
        type=Day(),
        help="The date for which everything is evaluated, such as 2019-09-30. Never today's date: if it is left "
        "out, the date that the extract itself states is used, and if it states none that is an error.",
    )(command)


def rules_option(command: F) -> F:
    """--rules: the folder of standards and judgement rules."""
    return click.option(
        "--rules",
        type=click.Path(path_type=Path),
        default=None,
        help="The folder of rules. Left out: the folder 'rules' here, or else the rules that came with qaengine.",
    )(command)


def local_option(command: F) -> F:
    """--local: the council's own numbers."""
    return click.option(
        "--local",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The council's own numbers, read in place of the file 'local.yaml' in the folder of rules.",
    )(command)


def exceptions_option(command: F) -> F:
    """--exceptions: what was agreed need not be so, for some children and a time."""
    return click.option(
        "--exceptions",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Agreed exceptions, read in place of the file 'exceptions.yaml' beside the case files.",
    )(command)
