"""What `sample` and `audit` share: the options of a draw, and how a draw is shown."""

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qaengine.model.period import Period
from qaengine.model.problem import ExitCode, InputError, Problem

if TYPE_CHECKING:
    from qaengine.audit.run import Request
    from qaengine.sample import Draw, Frame

MOST_MONTHS, MOST_DAYS = 50 * 12, 50 * 366  # further back than any audit on file
F = TypeVar("F", bound=Callable[..., Any])

OPTIONS = (
    click.option("--seed", required=True, help="Any words, such as 2019-Q3: they decide the draw, so print them."),
    click.option("--size", required=True, help="How many: 12, or 5%, or all, or '2 per team'."),
    click.option("--where", multiple=True, metavar="FIELD=VALUE", help="Only children such as status=cla; repeatable."),
    click.option("--stratify", metavar="FIELD", help="Draw from each team (or status, worker, manager) in proportion."),
    click.option(
        "--exclude-audited-within",
        metavar="PERIOD",
        help="Leave out children audited within a period, such as '12 months'.",
    ),
)


def draw_options(command: F) -> F:
    """The options of a draw."""
    return reduce(lambda decorated, option: option(decorated), reversed(OPTIONS), command)


def request_of(
    seed: str,
    size: str,
    where: tuple[str, ...],
    stratify: str | None,
    within: str | None,
    standards: frozenset[str] = frozenset(),
) -> "Request":
    """The request that the options make; with standards, of children for whom one of them may be.

    Raises InputError for what cannot be read.
    """
    from qaengine.audit.run import Request
    from qaengine.sample import parse_size, parse_where

    wheres = tuple(parse_where(text) for text in where)
    return Request(seed, parse_size(size), wheres, stratify, _period(within), standards)


def _period(within: str | None) -> Period | None:
    if within is None:
        return None
    try:
        period = Period.parse(within)
    except ValueError as error:
        problem = Problem("--exclude-audited-within", 0, 0, "cannot be read as a period", within, str(error))
        raise InputError([problem], ExitCode.USAGE) from None
    if period.months is None and period.days is None:
        expected = "days, weeks, months or years"
        problem = Problem("--exclude-audited-within", 0, 0, "is counted in calendar days", within, expected)
        raise InputError([problem], ExitCode.USAGE)
    if (period.months or 0) > MOST_MONTHS or (period.days or 0) > MOST_DAYS:
        problem = Problem("--exclude-audited-within", 0, 0, "is too long", within, "up to 50 years")
        raise InputError([problem], ExitCode.USAGE)
    return period


def drawn_text(frame: "Frame", drawn: "Draw") -> str:
    """The draw as a table, with all that it takes to draw the same again."""
    from qaengine.cli.columns import columns
    from qaengine.evaluate.explain.words import day

    names = [name for name in ("team", "status", "worker") if name in frame.attributes]
    heads = ("ticket", "child", *names, "stratum")
    rows = []
    by_id = {child.child_id: child for child in frame.children}
    for child in drawn.children:
        values = [by_id[child.child_id].value(name) for name in names]
        rows.append([f"{child.ticket:>6}", child.child_id, *values, child.stratum])
    lines = [
        f"{len(drawn.children)} of {drawn.population} children drawn; seed {drawn.seed}; as at {day(drawn.as_at)}.",
        f"Frame of {drawn.frame_size}, sha256 {drawn.frame_sha256}.",
        *(f"Left out: {n}, {reason}." for reason, n in drawn.excluded_by_reason.items()),
        *([f"{drawn.short} fewer than asked for: there were no more."] if drawn.short else []),
    ]
    table = columns(heads, rows, tuple(30 for _ in heads))
    return "\n".join([table, "", *lines])
