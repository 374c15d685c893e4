"""Which standards a command is about: those named, those of a theme, or all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import click

from qaengine.evaluate.explain.words import day as on_paper
from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.model.standard import Standard

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Chosen:
    """The standards named and the themes named, as they were typed; neither: all standards."""

    standards: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.standards or self.themes)

    def ids(self, standards: Sequence[Standard], day: date | None = None) -> frozenset[str]:
        """The standards that are meant. With a day, only those in force then; one that is named must be.

        Raises InputError with every name that means nothing, and the nearest that would.
        """
        known = {standard.id: standard for standard in standards}
        themes = {_folded(standard.theme): standard.theme for standard in standards}
        problems = _unknown("--standard", "no such standard", self.standards, known)
        problems += _unknown("--theme", "no such theme", map(_folded, self.themes), themes)
        named = [known[name] for name in self.standards if name in known]
        if day is not None:
            problems += [_not_in_force(one, day) for one in named if not one.in_force(day)]
        if problems:
            raise InputError(problems, ExitCode.USAGE)
        wanted = set(map(_folded, self.themes))
        by_theme = [one for one in standards if not self or _folded(one.theme) in wanted]
        return frozenset(one.id for one in (*named, *by_theme) if day is None or one.in_force(day))


def choice_options(command: F) -> F:
    """--standard and --theme: what a command is about."""
    standard = click.option(
        "--standard", "standards", metavar="ID", multiple=True, help="Only this standard; may be given again."
    )
    theme = click.option(
        "--theme", "themes", metavar="THEME", multiple=True, help="The standards of this theme; may be given again."
    )
    return standard(theme(command))


def _folded(theme: str) -> str:
    """A theme however it is typed: "Front-Door" is "front door"."""
    return " ".join(theme.replace("-", " ").casefold().split())


def _unknown(option: str, message: str, given: Iterable[str], known: Iterable[str]) -> list[Problem]:
    names = list(known)
    expected = ", ".join(names) if len(names) <= FEW else "one of those that 'qaengine check' lists"
    return [Problem(option, 0, 0, message, name, expected, nearest(name, names)) for name in given if name not in names]


FEW = 20  # names that are listed in a problem: more do not help


def _not_in_force(standard: Standard, day: date) -> Problem:
    return Problem("--standard", 0, 0, f"not in force on {on_paper(day)}", standard.id)
