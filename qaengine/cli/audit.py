"""`qaengine audit`: all of it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaengine.cases.given import Given
from qaengine.cli.choosing import Chosen, choice_options
from qaengine.cli.drawing import draw_options, request_of
from qaengine.cli.loading import Loaded, judgement_rules, load, rules_folder
from qaengine.cli.options import (
    as_at_option,
    cases_argument,
    exceptions_option,
    local_option,
    rules_option,
)
from qaengine.model.problem import ExitCode, InputError, Problem, nearest

if TYPE_CHECKING:
    from qaengine.audit.pack import Pack
    from qaengine.audit.run import AuditRun
    from qaengine.report.files import Step
    from qaengine.sample import Draw, Frame


@click.command("audit")
@cases_argument
@as_at_option
@draw_options
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@click.option("--answers", type=click.Path(path_type=Path), help="The answer form of this very draw, filled in.")
@choice_options
@click.option(
    "--dip-sample",
    "dip_samples",
    metavar="ID",
    multiple=True,
    help="Write the dip sample of this standard of the audit; may be given again. Left out: of each --standard.",
)
@click.option("--all-questions", is_flag=True, help="Ask every question on the form, and not the core of them.")
@rules_option
@local_option
@exceptions_option
def command(
    cases: Given,
    as_at: date | None,
    seed: str,
    size: str,
    where: tuple[str, ...],
    stratify: str | None,
    exclude_audited_within: str | None,
    out: Path,
    answers: Path | None,
    standards: tuple[str, ...],
    themes: tuple[str, ...],
    dip_samples: tuple[str, ...],
    all_questions: bool,
    rules: Path | None,
    local: Path | None,
    exceptions: Path | None,
) -> int:
    """Audit a random draw of CASES and write everything that follows from it.

    Findings with their evidence, the draw, an answer form for the auditors, ceilings, the re-audit list, and PDFs
    for the QA team, each team's manager and the leadership. The record gives a ceiling and never a grade: grades
    appear when the form is given back with --answers.

    With --standard or --theme the audit is of those standards alone, and the draw is of children to whom one of them
    applies. A child who may be unsafe is shown whatever the audit is of.
    """
    from qaengine.audit.frame import ATTRIBUTES
    from qaengine.audit.run import draw_children
    from qaengine.cli.audit_screen import summary
    from qaengine.cli.progress import said
    from qaengine.cli.writing import guard, write_folder

    guard(out, _given_back(answers))  # before all the work, and again before anything is written
    loaded = load(cases, as_at, rules, also=ATTRIBUTES, local=local, exceptions=exceptions)
    chosen = Chosen(standards, themes)
    ids = chosen.ids(loaded.standards) if chosen else None
    wanted = _dip_samples(loaded, ids, dip_samples or standards)
    asked = request_of(seed, size, where, stratify, exclude_audited_within, ids or frozenset())
    run = _run(loaded, rules, asked.population, ids, all_questions)
    frame, drawn = draw_children(run.case_set, loaded.standards, loaded.as_at, asked)
    pack, form = _audited(run, frame, drawn, answers)
    files = said(_steps(pack, form, wanted))
    about = {
        "seed": seed,
        "size": size,
        "where": list(where),
        "stratify": stratify,
        "standard": list(standards),
        "theme": list(themes),
        "dip_sample": list(dip_samples),
        "all_questions": all_questions,
        "exclude_audited_within": exclude_audited_within,
        "answers": answers is not None,
    }
    files["manifest.json"] = _manifest(pack, about, _rule_files(rules, local), files)
    write_folder(out, files)
    click.echo(summary(pack, out, files))
    return ExitCode.DONE


def _given_back(answers: Path | None) -> dict[str, bytes]:
    """The form that was filled in, which is written again as it is. What cannot be read is said where it is read."""
    from qaengine.cli.writing import ANSWERS

    try:
        return {ANSWERS: answers.read_bytes()} if answers is not None else {}
    except OSError:
        return {}


def _dip_samples(loaded: Loaded, ids: frozenset[str] | None, named: tuple[str, ...]) -> list[str]:
    """The standards whose dip samples are written, in the order of the library. Raises InputError for any other."""
    known = [standard.id for standard in loaded.standards if ids is None or standard.id in ids]
    problems = [
        Problem("--dip-sample", 0, 0, "not a standard of this audit", name, "", nearest(name, known))
        for name in named
        if name not in known
    ]
    if problems:
        raise InputError(problems, ExitCode.USAGE)
    return [name for name in known if name in named]


def _run(
    loaded: Loaded, rules: Path | None, population: str, chosen: frozenset[str] | None, all_questions: bool
) -> "AuditRun":
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
        chosen,
        all_questions,
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
