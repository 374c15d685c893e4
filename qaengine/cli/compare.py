"""`qaengine compare`: what changes for whom between two sets of rules."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaengine.cases.given import Given
from qaengine.cli.loading import load
from qaengine.cli.options import as_at_option, cases_argument_joined
from qaengine.cli.output import put
from qaengine.model.problem import ExitCode, InputError, Problem

if TYPE_CHECKING:
    from qaengine.workbench.compare import Change, Compared, Move

SHOWN = 8
"""So many children are named beside a number of them; all are in the csv."""


@click.command("compare")
@cases_argument_joined
@click.option("--rules", "first", type=click.Path(path_type=Path), required=True, help="The folder of rules as it is.")
@click.option(
    "--with",
    "second",
    type=click.Path(path_type=Path),
    help="The folder to compare it with. Left out where --with-local is given: the same folder.",
)
@click.option(
    "--with-local",
    "local",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The council's own numbers for the second of the two, read in place of its 'local.yaml': to try a number out.",
)
@as_at_option
@click.option(
    "--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True, help="What to write."
)
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; left out, the screen.")
def command(
    cases: Given,
    first: Path,
    second: Path | None,
    local: Path | None,
    as_at: date | None,
    form: str,
    out: Path | None,
) -> int:
    """Compare two folders of rules on the children in CASES: what changes for whom, and which numbers differ.

    Or a folder with itself, under other numbers of the council's own. A standard is compared by its id. Nothing is
    written but what is asked for.
    """
    from qaengine.evaluate.by_child import results_by_child
    from qaengine.workbench.compare import compare

    if second is None and local is None:
        problem = Problem(
            "--with", 0, 0, "nothing to compare with", expected="--with FOLDER, --with-local FILE or both"
        )
        raise InputError([problem], ExitCode.USAGE)
    other = second or first
    was, now = load(cases, as_at, first), load(cases, as_at, other, local=local, again=True)
    if was.as_at != now.as_at:
        problem = Problem("--as-at", 0, 0, "the two would be evaluated for different dates", expected="a date")
        raise InputError([problem], ExitCode.USAGE)
    found = compare(
        was.standards,
        now.standards,
        results_by_child(was.stages, was.source, was.as_at),
        results_by_child(now.stages, now.source, now.as_at),
    )
    if form == "csv":
        put(out, _csv(found).encode())
    else:
        head = f"{len(was.source.child_ids):,} children, as at {was.as_at}: {first} against {other}"
        head += f" with {local}" if local else ""
        put(out, ("\n".join([head, "", *_table(found)]) + "\n").encode())
    return ExitCode.DONE


def _table(found: "Compared") -> Iterator[str]:
    changed = [name for name in found.both if _differs(found, name)]
    for name in changed:
        yield from _standard(found, name)
        yield ""
    for says, names in (("Only in the first", found.only_first), ("Only in the second", found.only_second)):
        if names:
            yield f"{says}: {', '.join(names)}"
    same = len(found.both) - len(changed)
    yield f"{same} standard{'' if same == 1 else 's'} with the same numbers and the same results for every child."


def _differs(found: "Compared", name: str) -> bool:
    return name in {change.standard for change in found.changes} | {move.standard for move in found.moves}


def _standard(found: "Compared", name: str) -> Iterator[str]:
    yield name
    changes = [change for change in found.changes if change.standard == name]
    whole = found.moved(name, "")
    for change in changes:
        yield f"  {_changed(change)}"
    if not whole:
        yield "  the standard as recorded: no child changes"
    for move in whole:
        yield f"  {_moved(move)}"
    for move in found.moved(name):
        yield f"    {move.check}: {_moved(move)}"


def _changed(change: "Change") -> str:
    name = change.parameter.replace("_", " ")
    if change.was is None or change.now is None:
        return f"{name}: {'new: ' + str(change.now) if change.was is None else 'gone (was ' + change.was + ')'}"
    return f"{name}: from {change.was} to {change.now}"


def _moved(move: "Move") -> str:
    count = len(move.children)
    named = ", ".join(move.children[:SHOWN]) + (f" and {count - SHOWN:,} more" if count > SHOWN else "")
    was, now = (result.value.replace("_", " ") for result in (move.was, move.now))
    return f"{count:,} {'child' if count == 1 else 'children'} from {was} to {now}: {named}"


def _csv(found: "Compared") -> str:
    lines = ["standard,check,child_id,was,now"]
    lines += [
        f"{move.standard},{move.check},{child},{move.was.value},{move.now.value}"
        for move in found.moves
        for child in move.children
    ]
    return "\n".join(lines) + "\n"
