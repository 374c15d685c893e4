"""`qaengine schema`: what an editor needs to help with a standard as it is typed."""

import json
from pathlib import Path

import click

from qaengine.cli.output import put
from qaengine.model.problem import ExitCode


@click.command("schema")
@click.argument("what", type=click.Choice(["standard", "case"]), default="standard")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; left out, the screen.")
def command(what: str, out: Path | None) -> int:
    """Write the JSON Schema of a standard, or of a native case file.

    With it an editor such as VS Code shows what each key says, and underlines a word that is wrong, as one types
    (docs/write-a-standard.md).
    """
    from qaengine.workbench.schema import DIALECT, case_schema, standard_schema

    found = standard_schema() if what == "standard" else {"$schema": DIALECT, **case_schema()}
    text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    put(out, text.encode())
    return ExitCode.DONE
