"""`qaengine due`: what falls due next, for whom, soonest first; or what is overdue, by team."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaengine.cases.given import Given
from qaengine.cli.choosing import Chosen, choice_options
from qaengine.cli.loading import Loaded, load
from qaengine.cli.options import (
    as_at_option,
    cases_argument,
    exceptions_option,
    local_option,
    rules_option,
)
from qaengine.cli.output import put
from qaengine.model.period import Period
from qaengine.model.problem import ExitCode, InputError, Problem, nearest

if TYPE_CHECKING:
    from qaengine.evaluate.due import Duty, Forecast

FORMATS = ("table", "csv", "jsonl")
HEADS = (
    *("due_on", "in_days", "child_id", "team", "worker", "standard", "check", "record", "record_id"),
    *("what", "action", "owner"),
)


@click.command("due")
@cases_argument
@as_at_option
@click.option(
    "--within",
    default="30 days",
    show_default=True,
    metavar="PERIOD",
    help="How far ahead to look, such as '6 weeks' or '20 working days'. The as-at date itself is the first day.",
)
@click.option(
    "--overdue",
    is_flag=True,
    help="List what is not met and still open now, by team, longest overdue first; --within has no part in it.",
)
@click.option("--team", help="Only the children of this team.")
@choice_options
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="What to write.")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; left out, the screen.")
@rules_option
@local_option
@exceptions_option
def command(
    cases: Given,
    as_at: date | None,
    within: str,
    overdue: bool,
    team: str | None,
    standards: tuple[str, ...],
    themes: tuple[str, ...],
    form: str,
    out: Path | None,
    rules: Path | None,
    local: Path | None,
    exceptions: Path | None,
) -> int:
    """List what falls due next among CASES: every duty not yet done, and what is met only until a day.

    Each duty once, with the child, the team, and who it is for; soonest first. What is overdue already is counted, and
    is not in the list: `--overdue` lists it instead, without what was done late.
    """
    from qaengine.cli.due_screen import coming_text, overdue_text
    from qaengine.evaluate.due import forecast
    from qaengine.model.calendar import deadline

    period = _period(within)
    chosen = Chosen(standards, themes)
    loaded = load(cases, as_at, rules, chosen, ("team", "worker"), local=local, exceptions=exceptions)
    who = _Who(loaded)
    found = who.only(forecast(loaded.stages, loaded.source, loaded.as_at, loaded.exceptions), team)
    last = deadline(loaded.as_at, period)
    duties = sorted(found.open, key=lambda duty: (who.team[duty.child_id], duty)) if overdue else found.until(last)
    rows = [_row(duty, loaded, who) for duty in duties]
    if form == "table":
        text = overdue_text(rows, duties, found, loaded) if overdue else coming_text(rows, duties, found, loaded, last)
        put(out, text.encode())
    else:
        put(out, _csv(rows) if form == "csv" else _jsonl(rows))
    return ExitCode.DONE


def _period(within: str) -> Period:
    try:
        return Period.parse(within)
    except ValueError as error:
        problem = Problem("--within", 0, 0, "cannot be read as a period", within, str(error))
        raise InputError([problem], ExitCode.USAGE) from None


class _Who:
    """The team and the worker of each child."""

    def __init__(self, loaded: Loaded) -> None:
        from qaengine.audit.frame import NO_TEAM

        self.team = {child: team or NO_TEAM for child, team in loaded.source.of_children("team").items()}
        self.worker = loaded.source.of_children("worker")

    def only(self, found: "Forecast", team: str | None) -> "Forecast":
        """What concerns the children of one team, or everything. Raises InputError where there is no such team."""
        if team is None:
            return found
        teams, wanted = sorted(set(self.team.values())), team.strip().casefold()
        if wanted not in {one.casefold() for one in teams}:
            problem = Problem("--team", 0, 0, "no such team", team, ", ".join(teams), nearest(team, teams))
            raise InputError([problem], ExitCode.USAGE)
        return found.of({child for child, of in self.team.items() if of.casefold() == wanted})


def _row(duty: "Duty", loaded: Loaded, who: _Who) -> dict[str, object]:
    from qaengine.evaluate.due import NO_DATE

    standard = next(one for one in loaded.standards if one.id == duty.standard)
    dated = duty.due_on < NO_DATE
    remedy = standard.remedy_of(duty.check)
    return {
        "due_on": duty.due_on.isoformat() if dated else None,
        "in_days": (duty.due_on - loaded.as_at).days if dated else None,
        "child_id": duty.child_id,
        "team": who.team[duty.child_id],
        "worker": who.worker[duty.child_id],
        "standard": duty.standard,
        "check": duty.check,
        "record": duty.record or None,
        "record_id": duty.record_id or None,
        "what": next(check.says for check in standard.checks if check.id == duty.check),
        "action": remedy.action,
        "owner": remedy.owner,
    }


def _csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads it as it is; no cell can start a formula."""
    from qaengine.report.lists import safe

    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(HEADS)
    write.writerows([[_cell(row[key], safe) for key in HEADS] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object, safe: Callable[[str], str]) -> str:
    """A number stays one, and is below nought where a day has passed."""
    if isinstance(value, int):
        return str(value)
    return safe("" if value is None else str(value))


def _jsonl(rows: Sequence[Mapping[str, object]]) -> bytes:
    lines = (json.dumps({key: row[key] for key in HEADS}, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()
