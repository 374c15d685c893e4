"""What the commands share: arguments, the as-at date, and where the rules are."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

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
    """CASES: a folder or file of case files."""
    return click.argument("cases", type=click.Path(path_type=Path))(command)


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
