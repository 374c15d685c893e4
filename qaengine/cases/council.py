"""Reading a council's tables beside its rules: agencies, school terms, and the scheme of delegation."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from qaengine.cases.agencies import read_agencies
from qaengine.cases.derived.council import NO_ALIASES, Council, Delegation, Term
from qaengine.cases.files import read_bytes, text_of
from qaengine.cases.values import shown
from qaengine.model.condition import fold
from qaengine.model.marked_yaml import MarkedYaml, load_marked
from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.model.records import RECORD_TYPES

T = TypeVar("T")
DECISIONS = RECORD_TYPES["decisions"].fields["kind"].codes
"""The kinds of decision of which a scheme of delegation may speak."""


def read_council(rules: Path) -> Council:
    """The tables in a folder of rules; a table that is not there is empty. Raises InputError with every problem."""
    problems: list[Problem] = []
    agencies = _if_there(rules / "agencies.yaml", read_agencies, NO_ALIASES, problems)
    no_terms: tuple[Term, ...] = ()
    terms = _if_there(rules / "terms.yaml", read_terms, no_terms, problems)
    delegation = _if_there(rules / "delegation.yaml", read_delegation, Delegation(), problems)
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)
    return Council(agencies, terms, delegation)


def _if_there(path: Path, read: Callable[[Path], T], otherwise: T, problems: list[Problem]) -> T:
    if not path.exists():
        return otherwise
    try:
        return read(path)
    except InputError as error:
        problems.extend(error.problems)
        return otherwise


def read_terms(path: Path) -> tuple[Term, ...]:
    """The school terms of a council: a list of `{starts, ends}`, in order. Raises InputError with every problem."""
    read = _mapping(path, {"terms"}, "a list of school terms under the key 'terms'")
    rows = read.data.get("terms")
    problems: list[Problem] = []
    terms: list[Term] = []
    if not isinstance(rows, list):
        raise InputError([read.problem(("terms",), "not a list of terms", found=shown(rows))], ExitCode.STANDARDS)
    for place, row in enumerate(rows):
        at = ("terms", place)
        starts, ends = (row.get("starts"), row.get("ends")) if isinstance(row, dict) else (None, None)
        if not isinstance(starts, date) or not isinstance(ends, date) or set(row) != {"starts", "ends"}:
            problems.append(read.problem(at, "not a term", expected="{starts: 2019-09-02, ends: 2019-12-20}"))
        elif ends <= starts:
            problems.append(read.problem((*at, "ends"), "the term ends before it begins", found=str(ends)))
        elif terms and starts <= terms[-1].ends:
            expected = f"a day after {terms[-1].ends}, the end of the term before"
            problems.append(read.problem((*at, "starts"), "terms overlap", found=str(starts), expected=expected))
        else:
            terms.append(Term(starts, ends))
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)
    return tuple(terms)


def read_delegation(path: Path) -> Delegation:
    """The scheme of delegation: `levels` from the lowest, each with its roles; `decisions`, the lowest level of each.

    Raises InputError with every problem.
    """
    read = _mapping(path, {"levels", "decisions"}, "the keys 'levels' and 'decisions'")
    problems: list[Problem] = []
    names: dict[str, int] = {}
    roles: dict[str, int] = {}
    for place, row in enumerate(_list(read, "levels", problems)):
        _level(read, place, row, names, roles, problems)
    needs: dict[str, int] = {}
    decisions = read.data.get("decisions")
    for kind, level in decisions.items() if isinstance(decisions, dict) else ():
        at = ("decisions", kind)
        if kind not in DECISIONS:
            near = nearest(str(kind), DECISIONS)
            problems.append(
                read.problem(at, "no decision of this kind", found=str(kind), did_you_mean=near, at_key=True)
            )
        elif level not in names:
            near = nearest(str(level), names)
            expected = "one of " + ", ".join(names)
            problems.append(read.problem(at, "no such level", found=shown(level), expected=expected, did_you_mean=near))
        else:
            needs[kind] = names[level]
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)
    return Delegation(roles, needs)


def _level(
    read: MarkedYaml, place: int, row: object, names: dict[str, int], roles: dict[str, int], problems: list[Problem]
) -> None:
    at = ("levels", place)
    if not isinstance(row, dict) or set(row) != {"level", "roles"} or not isinstance(row["roles"], list):
        problems.append(read.problem(at, "not a level", expected="{level: manager, roles: [team manager, …]}"))
        return
    if row["level"] in names:
        problems.append(read.problem((*at, "level"), "the same level twice", found=shown(row["level"])))
    names[str(row["level"])] = place
    for number, role in enumerate(row["roles"]):
        here = (*at, "roles", number)
        if not isinstance(role, str) or not fold(role).strip():
            problems.append(read.problem(here, "not words", found=shown(role), expected="words for a role"))
        elif roles.setdefault(fold(role), place) != place:
            problems.append(read.problem(here, "the same role at two levels", found=role))


def _mapping(path: Path, keys: set[str], expected: str) -> MarkedYaml:
    try:
        text = text_of(read_bytes(path))
    except InputError as error:
        raise InputError(error.problems, ExitCode.STANDARDS) from None
    read = load_marked(text, path.name, ExitCode.STANDARDS)
    if not isinstance(read.data, dict):
        raise InputError([read.problem((), "cannot be read", expected=expected)], ExitCode.STANDARDS)
    unknown = [
        read.problem((key,), "unknown key", found=str(key), did_you_mean=nearest(str(key), keys), at_key=True)
        for key in read.data
        if key not in keys
    ]
    if unknown:
        raise InputError(unknown, ExitCode.STANDARDS)
    return read


def _list(read: MarkedYaml, key: str, problems: list[Problem]) -> list[object]:
    found = read.data.get(key)
    if isinstance(found, list):
        return found
    problems.append(read.problem((key,), "not a list", found=shown(found), expected="a list"))
    return []
