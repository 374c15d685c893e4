"""`qaengine sample`: whom to audit, drawn so that anyone can draw the same again."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import click

from qaengine import __version__
from qaengine.cases.given import Given
from qaengine.cli.choosing import Chosen, choice_options
from qaengine.cli.drawing import draw_options, drawn_text, request_of
from qaengine.cli.loading import load
from qaengine.cli.options import as_at_option, cases_argument, local_option, rules_option
from qaengine.model.problem import ExitCode


@click.command("sample")
@cases_argument
@as_at_option
@draw_options
@choice_options
@click.option("--out", type=click.Path(path_type=Path), help="A folder to write draw.json and frame.txt to.")
@rules_option
@local_option
def command(
    cases: Given,
    as_at: date | None,
    seed: str,
    size: str,
    where: tuple[str, ...],
    stratify: str | None,
    exclude_audited_within: str | None,
    standards: tuple[str, ...],
    themes: tuple[str, ...],
    out: Path | None,
    rules: Path | None,
    local: Path | None,
) -> int:
    """Draw children from CASES at random.

    The same cases, date and seed always give the same children, on any machine (docs/sampling.md). With --standard
    or --theme, children to whom none of those standards applies are left out, and counted.
    """
    from qaengine.audit.frame import ATTRIBUTES
    from qaengine.audit.run import draw_children
    from qaengine.cli.writing import write_folder

    chosen = Chosen(standards, themes)
    loaded = load(cases, as_at, rules, chosen, ATTRIBUTES, local=local)
    shown = frozenset(one.id for one in loaded.standards) if chosen else frozenset()
    asked = request_of(seed, size, where, stratify, exclude_audited_within, shown)
    frame, drawn = draw_children(loaded.source.case_set(), loaded.stages.all, loaded.as_at, asked)
    if out is not None:
        text = json.dumps(drawn.to_dict(), indent=2, ensure_ascii=False) + "\n"
        files = {"draw.json": text.encode(), "frame.txt": frame.text().encode()}
        hashes = {name: sha256(data).hexdigest() for name, data in files.items()}
        about = json.dumps({"qaengine": __version__, "files": hashes}, indent=2) + "\n"
        write_folder(out, {**files, "manifest.json": about.encode()})
    click.echo(drawn_text(frame, drawn))
    if out is not None:
        click.echo(f"Written: {out}/draw.json, {out}/frame.txt")
    return ExitCode.DONE
