"""From what a person typed to what is evaluated: rules, case files, and the as-at date."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaengine.cases.council import read_council
from qaengine.cases.derived.council import Council
from qaengine.cases.files import read_bytes
from qaengine.cases.given import Given, read_given
from qaengine.cases.source import Source
from qaengine.cli.choosing import Chosen
from qaengine.evaluate.explain.words import day as on_paper
from qaengine.evaluate.needed import needed_fields
from qaengine.evaluate.stages import Stages
from qaengine.model.agreed import NO_EXCEPTIONS, Exceptions
from qaengine.model.problem import ExitCode, InputError, Problem
from qaengine.model.records import CHILD
from qaengine.model.standard import Standard

if TYPE_CHECKING:
    from qaengine.judge.rules import JudgementRules

ALL = Chosen()


def rules_folder(given: Path | None) -> Path:
    """The folder of rules: the one given, the one here, or the one that came with the package."""
    if given is not None:
        return given
    here = Path("rules")
    return here if here.is_dir() else Path(__file__).resolve().parents[2] / "rules"


def council_of(rules: Path) -> Council:
    """The council's tables beside the rules: its words for agencies, its school terms, its scheme of delegation."""
    return read_council(rules)


def judgement_rules(rules: Path) -> "JudgementRules":
    """The rules of judgement of a folder of rules."""
    from qaengine.judge.rules import load_rules as load_judgement

    file = rules / "judgement.yaml"
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or type(error).__name__).lower() if isinstance(error, OSError) else "not UTF-8 text"
        problem = Problem(str(file), 0, 0, "cannot be read", reason, "the rules of judgement, as UTF-8 text")
        raise InputError([problem], ExitCode.STANDARDS) from None
    return load_judgement(text, str(file))


def local_file(rules: Path, given: Path | None) -> Path | None:
    """The council's own numbers: the file given, or the one in the folder of rules, if there is one."""
    from qaengine.standards.loader import LOCAL

    file = given or rules / LOCAL
    return file if given or file.exists() else None


def load_rules(
    given: Path | None, only: Chosen = ALL, local: Path | None = None, as_at: date | None = None
) -> tuple[Standard, ...]:
    """The standards of a folder of rules, in which those asked for must be.

    With the council's numbers that are in force then; where no date is given, the latest.
    """
    from qaengine.standards.loader import load_standards

    folder = rules_folder(given)
    standards = load_standards(folder, examples=False, local=local_file(folder, local), as_at=as_at)
    only.ids(standards, as_at)
    return standards


@dataclass(frozen=True)
class Loaded:
    """Case files as they were on the as-at date, with the standards in force then."""

    source: Source
    as_at: date
    stages: Stages
    exceptions: Exceptions = NO_EXCEPTIONS

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards that are shown."""
        return self.stages.shown


def load(
    cases: Given,
    as_at: date | None,
    rules: Path | None,
    only: Chosen = ALL,
    also: Iterable[str] = (),
    *,
    local: Path | None = None,
    exceptions: Path | None = None,
    again: bool = False,
) -> Loaded:
    """Read case files and go back to the as-at date. `also` names fields of the child that no standard may read.

    The case files come first, because they may state the date, and which of the council's numbers (`local`) are in
    force hangs on it. `exceptions` are read in place of those beside the case files. What has been said of the date is
    not said `again`. Raises InputError where no date
    is given and the source states none, or nothing is on record by that date.
    """
    source = _with_exceptions(read(cases, again), exceptions)
    day = day_of(source, as_at, again)
    standards = load_rules(rules, only, local, day)
    stages = Stages.of(standard for standard in standards if standard.in_force(day))
    if only:
        stages = stages.showing(only.ids(standards, day))
    agreed = _exceptions(source, standards, day)
    needed = needed_fields(stages.all, source.may_carry) | {(CHILD.name, field) for field in also}
    return Loaded(cut(source, day, needed, cases, rules), day, stages, agreed)


def read(given: Given, again: bool = False) -> Source:
    """What was given, read; with the one thing said of it that nobody should have to look for."""
    from qaengine.cases.joining import NOBODY_IN_COMMON
    from qaengine.cases.reading import UNMAPPED
    from qaengine.cli.progress import spoken

    with spoken() as tell:
        source = read_given(given, tell)
    if not again:
        for note in source.notes:
            if note.says in (UNMAPPED, NOBODY_IN_COMMON):
                click.echo(str(note), err=True)
    return source


def _exceptions(source: Source, standards: Sequence[Standard], day: date) -> Exceptions:
    if source.exceptions is None:
        return NO_EXCEPTIONS
    from qaengine.cases.exceptions import read_exceptions

    found = read_exceptions(source.exceptions, standards, source.child_ids, source.pseudonyms)
    return Exceptions(found, day)


def _with_exceptions(source: Source, given: Path | None) -> Source:
    return source if given is None else source.with_exceptions(read_bytes(given))


def day_of(source: Source, as_at: date | None, again: bool = False) -> date:
    """The as-at date: the one given, or that for which the source speaks. Raises InputError where there is neither.

    A day after the one for which the source speaks is no error, and what follows from it is said.
    """
    day = as_at or source.own_date
    if day is None:
        problem = Problem(
            "--as-at", 0, 0, "no as-at date", expected="a date, since the case files state none: --as-at YYYY-MM-DD"
        )
        raise InputError([problem], ExitCode.USAGE)
    if source.own_date is not None and day > source.own_date and not again:
        spoken = on_paper(source.own_date)
        note = f"the case files speak for {spoken}: nothing after it is on record, so duties since then look undone"
        click.echo(note, err=True)
    return day


def cut(source: Source, day: date, needed: Collection[tuple[str, str]], cases: Given, rules: Path | None) -> Source:
    """The case files as they stood on the day. Raises InputError where no child was on record by then."""
    then = source.as_at(day, needed, council_of(rules_folder(rules)))
    if not then.child_ids:
        problem = Problem(str(cases), 0, 0, f"no child is on record by {on_paper(day)}", expected="a later as-at date")
        raise InputError([problem], ExitCode.CASE_DATA)
    return then
