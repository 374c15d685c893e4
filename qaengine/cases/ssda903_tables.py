"""The tables of an SSDA903 return: by what headings each is known, and what of it is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qaengine.cases.csv_text import headings_of
from qaengine.cases.files import InputFile
from qaengine.cases.notes import Note, case_data_error
from qaengine.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Code:
    """A column of codes: the pattern that a code has, and how it is said."""

    pattern: str
    says: str


@dataclass(frozen=True)
class Table:
    """A table of the return. `known_by` are headings that no other table has together; `dates`, `codes` and
    `numbers` are the columns kept, by the field that each becomes."""

    name: str
    known_by: frozenset[str]
    becomes: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, Code]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The headings that are read: the rest never leaves the file."""
        return ["CHILD", *self.dates.values(), *(heading for heading, _ in self.codes.values()), *self.numbers.values()]


def _codes(*codes: str) -> Code:
    return Code(rf"\A({'|'.join(codes)})\z", "one of " + ", ".join(codes))


LEGAL_STATUS = _codes("C1", "C2", "D1", "E1", "J1", "J2", "J3", "L1", "L2", "L3", "V2", "V3", "V4")
NEW_EPISODE = _codes("S", "L", "P", "T", "B", "U")
PLACEMENT = Code(r"\A[A-Z][0-9]\z", "a placement code, such as U4")
EPISODE_END = Code(r"\A(X1|E[0-9]{1,2}[A-Z]?)\z", "X1, or a code such as E4A")
PARTICIPATION = _codes(*(f"PN{n}" for n in range(8)))
SDQ_REASON = _codes(*(f"SDQ{n}" for n in range(1, 6)))

HEADER = Table("header", frozenset({"CHILD", "DOB", "UPN"}), "child", {"born": "DOB"})
TAKEN = (
    Table(
        "episodes",
        frozenset({"CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC"}),
        "episodes",
        {"started": "DECOM", "ended": "DEC"},
        {
            "legal_status": ("LS", LEGAL_STATUS),
            "reason_started": ("RNE", NEW_EPISODE),
            "placement": ("PLACE", PLACEMENT),
            "reason_ended": ("REC", EPISODE_END),
        },
    ),
    Table(
        "reviews",
        frozenset({"CHILD", "REVIEW", "REVIEW_CODE"}),
        "reviews",
        {"held": "REVIEW"},
        {"participation": ("REVIEW_CODE", PARTICIPATION)},
    ),
    Table(
        "oc2",
        frozenset({"CHILD", "SDQ_SCORE", "SDQ_REASON"}),
        "sdqs",
        {},
        {"reason": ("SDQ_REASON", SDQ_REASON)},
        {"score": "SDQ_SCORE"},
    ),
    Table(
        "missing",
        frozenset({"CHILD", "MIS_START", "MIS_END"}),
        "missing_episodes",
        {"started": "MIS_START", "ended": "MIS_END"},
    ),
    Table(
        "placed_for_adoption",
        frozenset({"CHILD", "DATE_PLACED", "DATE_PLACED_CEASED"}),
        "adoption_placements",
        {"placed": "DATE_PLACED", "ended": "DATE_PLACED_CEASED"},
    ),
)
LEFT = (
    Table("uasc", frozenset({"CHILD", "DUC"})),
    Table("oc3", frozenset({"CHILD", "IN_TOUCH", "ACTIV", "ACCOM"})),
    Table("ad1", frozenset({"CHILD", "DATE_INT", "DATE_MATCH"})),
    Table("previous_permanence", frozenset({"CHILD", "PREV_PERM"})),
    Table("sw_episodes", frozenset({"CHILD", "SW_ID"})),
    Table("DoLo", frozenset({"CHILD", "DOLO_START"})),
)
TABLES = (HEADER, *TAKEN, *LEFT)


@dataclass(frozen=True)
class Recognised:
    """Which file holds which table, and notes on the files that are left."""

    files: Mapping[str, InputFile]
    notes: tuple[Note, ...]


def is_ssda903(headings: Sequence[str]) -> bool:
    """Whether these are the headings of a table of the return."""
    return any(table.known_by <= set(headings) for table in TABLES)


def recognise(files: Sequence[InputFile]) -> Recognised:
    """Which file holds which table that is taken, by its headings.

    Where several files hold the same table the one that bears the table's name is taken and the others are left.
    Raises InputError where none of them does, for then nothing says which is the return; and where there is no
    table of children.
    """
    found: dict[str, list[InputFile]] = {}
    notes: list[Note] = []
    for file in files:
        headings = set(headings_of(file))
        table = next((table for table in TABLES if table.known_by <= headings), None)
        if table is None:
            notes.append(Note(file.name, "left: not a table of the return", left=_rows(file)))
        elif not table.becomes:
            says = f"left: the table {table.name}, of which nothing is used"
            notes.append(Note(file.name, says, left=_rows(file)))
        else:
            found.setdefault(table.name, []).append(file)
    chosen: dict[str, InputFile] = {}
    problems: list[Problem] = []
    for name, same in found.items():
        named = [file for file in same if file.stem == name.lower()]
        if len(same) > 1 and len(named) != 1:
            several = ", ".join(file.name for file in same)
            message = f"several files hold the table {name}, and nothing says which is the return"
            problems.append(Problem(same[0].name, 0, 0, message, several, f"one return in a folder, or one {name}.csv"))
            continue
        chosen[name] = named[0] if len(same) > 1 else same[0]
        says = f"left: the same headings as {chosen[name].name}, which bears the name of the table"
        notes += [Note(file.name, says, left=_rows(file)) for file in same if file is not chosen[name]]
    if HEADER.name not in found:
        needed = ", ".join(sorted(HEADER.known_by))
        problems.append(Problem("", 0, 0, "the table of children is missing", "", f"a file with the headings {needed}"))
    if problems:
        raise case_data_error(*problems)
    return Recognised(chosen, tuple(notes))


def _rows(file: InputFile) -> int:
    """How many rows a file that is left has, below its headings."""
    return max(0, len(re.findall(rb"[^\r\n]+", file.data)) - 1)
