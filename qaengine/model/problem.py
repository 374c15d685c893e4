"""Problems: what is wrong with an input, said for the person who can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ends (README, "Exit codes")."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    STANDARDS = 3
    CASE_DATA = 4
    REGISTER = 5
    BUG = 70


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong, in one line: where it is, what was found, what was expected, and the nearest right word."""

    file: str
    line: int
    column: int
    message: str
    found: str = ""
    expected: str = ""
    did_you_mean: str = ""

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        parts = [f"{where}: {self.message}"]
        if self.found:
            parts.append(f"found {self.found}")
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.did_you_mean:
            parts.append(f"did you mean {self.did_you_mean}?")
        return "; ".join(parts)


class InputError(Exception):
    """Bad input: every problem found, sorted by place. Carries the exit code that the command ends with."""

    def __init__(self, problems: Iterable[Problem], exit_code: ExitCode) -> None:
        self.problems = tuple(sorted(set(problems)))
        self.exit_code = exit_code
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to a misspelt one, or an empty string. Capitals are no misspelling."""
    names = {name.casefold(): name for name in reversed(list(known))}
    found = get_close_matches(word.casefold(), list(names), n=1, cutoff=0.6)
    return names[found[0]] if found else ""
