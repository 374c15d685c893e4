"""The command line: what stands between a person and the engine. Commands are loaded only when they are used."""

import importlib
import traceback
from typing import Any

import click

from qaengine import __version__
from qaengine.model.problem import ExitCode, InputError, nearest

COMMANDS = {
    "audit": "Do all of it: findings, draw, answer form, ceilings and grades, re-audit list, PDFs.",
    "check": "Load the standards, run their examples, and report every problem.",
    "compare": "Compare two folders of rules: what changes for whom.",
    "due": "List what falls due next, for whom, soonest first.",
    "evaluate": "Say what the case files show, standard by standard.",
    "measures": "Measure a cohort: how many, how many of them, how long, and who they are.",
    "explain": "Show how one finding came about: every condition, every record, every date.",
    "identify": "Say which child stands behind a pseudonym: with the key and the list of children.",
    "map": "Propose how a spreadsheet of any shape is read, to be corrected by a person.",
    "read": "Say what a file is, what is taken and left, and what can be decided from it.",
    "new": "Begin a new standard.",
    "schema": "Write the JSON Schema of a standard, so that an editor helps with it as it is typed.",
    "show": "Read a standard back in plain English, to be pasted into a policy.",
    "standards": "List the library of standards, and what it covers.",
    "sample": "Draw children at random, so that anyone can draw the same again.",
}


class Commands(click.Group):
    """Lists the commands without loading them, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            near = nearest(name, COMMANDS)
            ctx.fail(f"No such command {name!r}.{f' Did you mean {near!r}?' if near else ''}")
        command: click.Command = importlib.import_module(f"qaengine.cli.{name}").command
        command.short_help = COMMANDS[name]
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "--version", prog_name="qaengine")
def cli() -> None:
    """Audit and quality assurance for children's services.

    Practice standards are written in YAML and evaluated against children's case files. Every finding shows its
    evidence; what cannot be decided is never counted as met; a grade is always a person's.

    Nothing leaves this machine.
    """


def run(args: list[str] | None = None) -> int:
    """Run the command line; answer with the exit code. Bad input is said in one line a problem, on standard error."""
    try:
        result: Any = cli.main(args=args, prog_name="qaengine", standalone_mode=False)
    except InputError as error:
        _say_problems(error)
        return int(error.exit_code)
    except click.exceptions.Exit as end:
        return int(end.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing was written.", err=True)
        return int(ExitCode.USAGE)
    except click.ClickException as error:
        error.show()
        return int(ExitCode.USAGE)
    except SystemExit:  # click ends so where the reader of our output went away: `qaengine evaluate … | head`
        return int(ExitCode.DONE)
    except Exception:
        traceback.print_exc()
        click.echo(
            "This is a bug in qaengine, not in your data. Nothing was decided, and nothing was written.", err=True
        )
        return int(ExitCode.BUG)
    return int(result or 0)


def _say_problems(error: InputError) -> None:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    count = len(error.problems)
    click.echo(f"{count} problem{'' if count == 1 else 's'}; nothing was written.", err=True)
