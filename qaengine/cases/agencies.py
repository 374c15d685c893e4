"""The council's table of agencies: what the words on a record of attendance stand for."""

from pathlib import Path

from qaengine.cases.derived.council import AGENCY_CODES as CODES
from qaengine.cases.derived.council import NO_ALIASES, Agencies
from qaengine.cases.files import read_bytes, text_of
from qaengine.cases.values import shown
from qaengine.model.condition import fold
from qaengine.model.marked_yaml import MarkedYaml, load_marked
from qaengine.model.problem import ExitCode, InputError, Problem, nearest


def read_agencies(path: Path) -> Agencies:
    """The code of each agency by the folded words that stand for it, from a YAML file: a list of words for each code.

    A code stands for itself. Raises InputError with every problem.
    """
    try:
        text = text_of(read_bytes(path))
    except InputError as error:
        raise InputError(error.problems, ExitCode.STANDARDS) from None
    read = load_marked(text, path.name, ExitCode.STANDARDS)
    problems: list[Problem] = []
    found = dict(NO_ALIASES)
    if not isinstance(read.data, dict):
        problems.append(read.problem((), "not a table of agencies", expected="a list of words for each agency"))
    for code, aliases in read.data.items() if isinstance(read.data, dict) else ():
        if code not in CODES:
            near = nearest(str(code), CODES)
            problem = read.problem((code,), "no agency of this code", found=str(code), did_you_mean=near, at_key=True)
            problems.append(problem)
        elif not isinstance(aliases, list):
            problems.append(read.problem((code,), "not a list of words", found=shown(aliases), expected="a list"))
        else:
            problems.extend(_add(read, code, aliases, found))
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)
    return found


def _add(read: MarkedYaml, code: str, aliases: list[object], found: dict[str, str]) -> list[Problem]:
    problems = []
    for place, alias in enumerate(aliases):
        if not isinstance(alias, str) or not fold(alias).strip():
            problems.append(read.problem((code, place), "not words", found=shown(alias), expected="words"))
        elif found.get(fold(alias), code) != code:
            message = f"the same words for two agencies ({found[fold(alias)]} and {code})"
            problems.append(read.problem((code, place), message, found=alias, expected="words of one agency"))
        else:
            found[fold(alias)] = code
    return problems
