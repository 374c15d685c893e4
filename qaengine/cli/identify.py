"""`qaengine identify`: from a pseudonym back to a child, for who holds the key and the frame."""

from pathlib import Path

import click

from qaengine.model.problem import ExitCode, InputError, Problem


@click.command("identify")
@click.argument("pseudonyms", nargs=-1, metavar="PSEUDONYM...")
@click.option("--key", type=click.Path(path_type=Path), metavar="KEYFILE", help="The key of --pseudonymise.")
@click.option(
    "--among",
    metavar="FRAME",
    help="The children it may be: the case files, or a text file (.txt) with a reference on each line.",
)
@click.option(
    "--new-key", type=click.Path(path_type=Path), metavar="FILE", help="Only write a new key, drawn at random."
)
def command(pseudonyms: tuple[str, ...], key: Path | None, among: str | None, new_key: Path | None) -> int:
    """Say which child stands behind each PSEUDONYM.

    It takes the key and the frame, the list of the children it may be: the same hash is made of each of them again.
    Nothing else leads back, so keep the key where only those may come who are to know. --new-key FILE makes a key.
    """
    from qaengine.cases import pseudonyms as made

    if new_key is not None:
        made.new_key(new_key)
        click.echo(f"{new_key} is written. Whoever holds it and the list of children can turn a pseudonym back.")
        return ExitCode.DONE
    if not pseudonyms or key is None or among is None:
        raise click.UsageError("name a pseudonym, --key KEYFILE and --among FRAME; or --new-key FILE")
    known = made.identified(pseudonyms, _frame(among), made.read_key(key))
    problems = [
        Problem(
            name,
            0,
            0,
            "of none of these children under this key",
            expected="the key of that run, and the list of the children who went into it",
        )
        for name in pseudonyms
        if name not in known
    ]
    for name, reference in known.items():
        click.echo(f"{name}  {reference}")
    if problems:
        raise InputError(problems, ExitCode.CASE_DATA)
    return ExitCode.DONE


def _frame(among: str) -> list[str]:
    """The references of the children."""
    from qaengine.cases.files import read_bytes, text_of
    from qaengine.cases.given import Given, read_given

    if among.endswith(".txt"):
        lines = text_of(read_bytes(Path(among))).splitlines()
        return sorted({line.strip() for line in lines if line.strip()})
    return list(read_given(Given(among)).child_ids)
