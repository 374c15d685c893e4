"""Where what a command says goes: to the file that was named, or to the screen."""

from pathlib import Path

import click


def put(out: Path | None, data: bytes) -> None:
    """Write to the file, whole or not at all; or, where none is named, to the screen."""
    if out is None:
        click.echo(data, nl=False)
        return
    from qaengine.cli.writing import write_atomically  # what only a file needs is loaded only for one

    write_atomically(out, data)
