"""`qaengine map`: propose how a list of any shape is read, in YAML that a person corrects."""

from pathlib import Path
from shlex import quote

import click

from qaengine.model.problem import ExitCode, InputError, Problem


@click.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Where to write it; left out, beside the list.")
@click.option("--show", is_flag=True, help="Only show it, and write nothing.")
def command(file: Path, out: Path | None, show: bool) -> int:
    """Propose how FILE, a spreadsheet or CSV of any shape, is read: which heading is which field.

    The mapping is written beside it (list.xlsx: list.mapping.yaml) and is used from then on, for this file and for
    every other in the folder that has the same headings. Correct it in any editor; qaengine read FILE says what it
    does.
    """
    from qaengine.cases.files import read_bytes
    from qaengine.cases.formats.mapping import ENDING
    from qaengine.cases.formats.proposal_text import text_of_proposal
    from qaengine.cases.formats.proposing import propose
    from qaengine.cases.formats.recognise import Kind, recognise
    from qaengine.cli.writing import write_atomically

    path = out or file.with_name(f"{file.stem}{ENDING}")
    if not show and path.exists():
        message = "there is a mapping already, which somebody may have corrected"
        raise InputError(
            [Problem(str(path), 0, 0, message, expected="--out FILE, or the old one moved away")], ExitCode.USAGE
        )
    seen = recognise(read_bytes(file))
    if seen.kind is not Kind.LIST:
        expected = "no mapping: qaengine read FILE says what is taken"
        raise InputError([Problem(str(file), 0, 0, f"this is {seen.kind}", expected=expected)], ExitCode.CASE_DATA)
    proposal = propose(seen.file, seen.grids)
    text = text_of_proposal(proposal)
    if show:
        click.echo(text, nl=False)
        return ExitCode.DONE
    write_atomically(path, text.encode())
    sure, near = sum(match.is_sure for match in proposal.matches), sum(not match.is_sure for match in proposal.matches)
    click.echo(
        f"{path} is written: {sure + 1} headings known, {near} near and not yet read, {len(proposal.left)} left."
    )
    click.echo(f"Look at it, correct it, and run: qaengine read {quote(str(file))}")
    return ExitCode.DONE
