"""`qaengine audit`: all of it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaengine.cli.drawing import draw_options, request_of
from qaengine.cli.loading import Loaded, judgement_rules, load, rules_folder
from qaengine.cli.options import (
    as_at_option,
    cases_argument,
    exceptions_option,
    local_option,
    rules_option,
    standard_option,
)
from qaengine.model.problem import ExitCode, InputError, Problem, nearest

if TYPE_CHECKING:
    from qaengine.audit.pack import Pack
    from qaengine.audit.run import AuditRun
    from qaengine.report.files import Step
    from qaengine.sample import Draw, Frame

ANSWERS = "answers.xlsx"


@click.command("audit")
@cases_argument
@as_at_option
@draw_options
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@click.option("--answers", type=click.Path(path_type=Path), help="The answer form of this very draw, filled in.")
@standard_option
@rules_option
@local_option
@exceptions_option
def command(
    cases: Path,
    as_at: date | None,
    seed: str,
    size: str,
    where: tuple[str, ...],
    stratify: str | None,
    exclude_audited_within: str | None,
    out: Path,
    answers: Path | None,
    standard_id: str | None,
    rules: Path | None,
    local: Path | None,
    exceptions: Path | None,
) -> int:
    """Audit a random draw of CASES and write everything that follows from it.

    Findings with their evidence, the draw, an answer form for the auditors, ceilings, the re-audit list, and PDFs
    for the QA team, each team's manager and the leadership. The record gives a ceiling and never a grade: grades
    appear when the form is given back with --answers.

    With --standard the draw is of children to whom that standard applies, and its dip sample alone is reported.
    """
    from qaengine.audit.frame import ATTRIBUTES
    from qaengine.audit.run import draw_children
    from qaengine.cli.audit_screen import summary
    from qaengine.cli.progress import said
    from qaengine.cli.writing import guard, write_folder

    guard(out, _given_back(answers))  # before all the work, and again before anything is written
    loaded = load(cases, as_at, rules, also=ATTRIBUTES, local=local, exceptions=exceptions)
    _known(loaded, standard_id)
    asked = request_of(seed, size, where, stratify, exclude_audited_within, standard_id)
    run = _run(loaded, rules, asked.population)
    frame, drawn = draw_children(run.case_set, loaded.standards, loaded.as_at, asked)
    pack, form = _audited(run, frame, drawn, answers)
    dip_samples = [standard_id] if standard_id else [standard.id for standard in loaded.standards]
    files = said(_steps(pack, form, dip_samples))
    about = {
        "seed": seed,
        "size": size,
        "where": list(where),
        "stratify": stratify,
        "standard": standard_id,
        "exclude_audited_within": exclude_audited_within,
        "answers": answers is not None,
    }
    files["manifest.json"] = _manifest(pack, about, _rule_files(rules, local), files)
    write_folder(out, files)
    click.echo(summary(pack, out, files))
    return ExitCode.DONE


def _given_back(answers: Path | None) -> dict[str, bytes]:
    """The form that was filled in, which is written again as it is. What cannot be read is said where it is read."""
    try:
        return {ANSWERS: answers.read_bytes()} if answers is not None else {}
    except OSError:
        return {}


def _known(loaded: Loaded, standard_id: str | None) -> None:
    known = [standard.id for standard in loaded.standards]
    if standard_id is not None and standard_id not in known:
        near = nearest(standard_id, known)
        problem = Problem("--standard", 0, 0, "no such standard", standard_id, ", ".join(known), near)
        raise InputError([problem], ExitCode.USAGE)


def _run(loaded: Loaded, rules: Path | None, population: str) -> "AuditRun":
    from qaengine.audit.run import AuditRun
    from qaengine.judge.judging import Judge

    judge = Judge(judgement_rules(rules_folder(rules)))
    source = loaded.source
    return AuditRun(
        source.case_set(),
        loaded.standards,
        loaded.as_at,
        judge,
        source.origin,
        dict(source.sha256.files),
        source.sha256.total,
        population,
        loaded.exceptions,
    )


def _audited(run: "AuditRun", frame: "Frame", drawn: "Draw", answers: Path | None) -> "tuple[Pack, bytes]":
    """The run without answers makes the form; with answers it is made again, with what a person decided."""
    from qaengine.answers.read import read_answers
    from qaengine.answers.write import write_form
    from qaengine.audit.form import form_of
    from qaengine.cli.progress import counted

    def each(ids: list[str]) -> list[str]:
        return list(counted(ids, "children"))

    pack = run.pack(frame, drawn, None, each)
    form = form_of(pack)
    if answers is None:
        return pack, write_form(form)
    return run.pack(frame, drawn, read_answers(answers, form), each), answers.read_bytes()


def _steps(pack: "Pack", form: bytes, dip_samples: list[str]) -> "list[Step]":
    from qaengine.report.files import steps

    return steps(pack, form, dip_samples)


def _rule_files(rules: Path | None, local: Path | None) -> dict[str, Path]:
    """Every file that says how is judged, by its name in the folder of rules; the council's numbers as they were given.

    Numbers given with --local stand in place of those in the folder, and under the same name.
    """
    from qaengine.standards.loader import LOCAL

    folder = rules_folder(rules)
    named = {str(file.relative_to(folder)): file for file in folder.rglob("*.yaml")}
    return {**named, LOCAL: local} if local else named


def _manifest(
    pack: "Pack", about: Mapping[str, object], rules: Mapping[str, Path], files: Mapping[str, bytes]
) -> bytes:
    from hashlib import sha256

    from qaengine.report.files import manifest

    hashes = {name: sha256(file.read_bytes()).hexdigest() for name, file in sorted(rules.items())}
    return manifest(pack, about, hashes, files)
