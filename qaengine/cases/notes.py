"""What a reader or a cut took, what it left, and why: said for the person who reads the report."""

from dataclasses import dataclass

from qaengine.model.problem import ExitCode, InputError, Problem

MOST_SHOWN = 200
"""Values left are listed up to this many a file; the count is always exact."""


@dataclass(frozen=True, slots=True)
class Note:
    """One line on one file or record type: `taken` + `left` = the rows that were there.

    `unread` lists values that could not be read and were left blank, each with its place (the first 200);
    `unread_count` says how many there are. `headings` are those that are not known, and those that are missing.
    """

    about: str
    says: str
    taken: int = 0
    left: int = 0
    unread: tuple[Problem, ...] = ()
    unread_count: int = 0
    headings: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        parts = [f"{self.about}: {self.says}"]
        if self.taken or self.left:
            parts.append(f"{self.taken:,} taken, {self.left:,} left")
        if self.unread_count:
            parts.append(f"{self.unread_count:,} values could not be read and are left blank")
        return "; ".join(parts)


def case_data_error(*problems: Problem) -> InputError:
    """The error of case data that cannot be read."""
    return InputError(problems, ExitCode.CASE_DATA)
