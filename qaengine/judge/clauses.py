"""The clauses of a judgement file: tallies, `when` and `then`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from qaengine.judge.chain import (
    After,
    Audience,
    Compare,
    Comparison,
    Escalation,
    GradeProblem,
    Moment,
    NoGrade,
    Pattern,
    Purpose,
    ReauditDue,
    Then,
    Value,
)
from qaengine.judge.facts import Grade
from qaengine.judge.reading import Reading, one_of
from qaengine.judge.vocabulary import (
    BOOLEAN,
    CEILINGS,
    GIVEN,
    INPUT_KINDS,
    NO_GRADE,
    NUMBER,
    RAISED,
    FieldType,
    Tally,
)
from qaengine.model.marked_yaml import Path
from qaengine.model.period import Period

_NUMBER_TESTS: Final = {"at_least": Compare.AT_LEAST, "at_most": Compare.AT_MOST}
_TODAY: Final = "today"


@dataclass(slots=True)
class Names:
    """The names that a file declares, and those that its rules have used so far."""

    parameters: Mapping[str, Period | int | None]
    tallies: frozenset[str]
    used_parameters: set[str] = field(default_factory=set)
    used_tallies: set[str] = field(default_factory=set)
    concluded_in_then: dict[str, Path] = field(default_factory=dict)
    concluded_in_when: list[tuple[str, Path]] = field(default_factory=list)


def read_tally(reading: Reading, name: str, given: Any, path: Path) -> Tally | None:
    """A tally: what it counts, which of them, and whether one cause counts once."""
    fields = reading.mapping(given, path, ("of",), ("where", "count"))
    if fields is None or "of" not in fields:
        return None
    kind = reading.word(fields["of"], (*path, "of"), INPUT_KINDS, "unknown kind of fact")
    if kind is None:
        return None
    pattern = Pattern(kind)
    if "where" in fields:
        nothing = Names({}, frozenset())  # a tally is counted before any rule: it compares with known words only
        pattern = Pattern(kind, _tests(reading, kind, fields["where"], (*path, "where"), nothing))
    distinct = "count" in fields
    if distinct:
        reading.word(fields["count"], (*path, "count"), ["causes"])
        if kind != "standard":
            reading.problem((*path, "count"), f"causes belong to standards, not to: {kind}")
    return Tally(name, pattern, distinct)


def read_when(reading: Reading, given: Any, path: Path, names: Names) -> tuple[Pattern, ...]:
    """The patterns that must all be matched."""
    readers: dict[str, Callable[[Reading, Any, Path, Names], tuple[Pattern, ...]]] = {
        "tallies": _tallies,
        "concluded": _concluded,
        "red_flag": _red_flag,
        "ceiling": lambda r, v, p, _: (Pattern("ceiling", _words(r, "grade", v, p, CEILINGS)),),
        "no_grade": lambda r, v, p, _: (Pattern("no_grade", _words(r, "until", v, p, NO_GRADE)),),
    }
    clauses = reading.mapping(given, path, (), (*INPUT_KINDS, *readers))
    if given == {}:
        reading.problem(path, "nothing to wait for", given, "at least one kind of fact")
    patterns: list[Pattern] = []
    for kind, value in (clauses or {}).items():
        place = (*path, kind)
        if kind in readers:
            patterns.extend(readers[kind](reading, value, place, names))
        elif value == GIVEN:
            patterns.append(Pattern(kind))
        else:
            patterns.append(Pattern(kind, _tests(reading, kind, value, place, names)))
    return tuple(patterns)


def _tests(reading: Reading, kind: str, given: Any, path: Path, names: Names) -> tuple[Comparison, ...]:
    types = INPUT_KINDS[kind]
    fields = reading.mapping(given, path, (), types)
    if given == {}:
        reading.problem(path, "nothing is asked of it", given, f"{GIVEN}, or {one_of(types)}")
    tests = (_test(reading, name, value, (*path, name), types[name], names) for name, value in (fields or {}).items())
    return tuple(test for test in tests if test is not None)


def _test(reading: Reading, name: str, value: Any, path: Path, kind: FieldType, names: Names) -> Comparison | None:
    if kind == NUMBER:
        return _number_test(reading, name, value, path, names)
    if kind == BOOLEAN:
        if isinstance(value, bool):
            return Comparison(name, Compare.ONE_OF, (value,))
        near = [word for word in ("true", "false") if str(value).lower() == word]
        reading.problem(path, "not true or false", value, BOOLEAN, near=near)
        return None
    tests = _words(reading, name, value, path, tuple(kind))
    return tests[0] if tests else None


def _words(reading: Reading, name: str, value: Any, path: Path, known: tuple[str, ...]) -> tuple[Comparison, ...]:
    """A test that a field is the word, or one of the words; none where there was a problem."""
    if not isinstance(value, list):
        word = reading.word(value, path, known)
        return (Comparison(name, Compare.ONE_OF, (word,)),) if word is not None else ()
    words = [reading.word(item, (*path, index), known) for index, item in reading.listed(value, path, "words")]
    if len(set(words)) != len(words) and None not in words:
        reading.problem(path, "the same word twice")
    right: tuple[Value, ...] = tuple(dict.fromkeys(word for word in words if word is not None))
    return (Comparison(name, Compare.ONE_OF, right),) if right else ()


def _number_test(reading: Reading, name: str, value: Any, path: Path, names: Names) -> Comparison | None:
    compare = Compare.ONE_OF
    if isinstance(value, dict):
        if len(value) != 1:
            reading.problem(path, "one comparison", value, one_of(_NUMBER_TESTS))
            return None
        word, value = next(iter(value.items()))
        if reading.mapping({word: value}, path, (), _NUMBER_TESTS) == {}:
            return None
        compare, path = _NUMBER_TESTS[word], (*path, word)
    number = _number(reading, value, path, names)
    return Comparison(name, compare, (number,)) if number is not None else None


def _number(reading: Reading, value: Any, path: Path, names: Names) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and value in (0, 1):
        return value  # none, and one: no more arguable than the words
    found = _parameter(reading, value, path, names, "0, 1, or the name of a parameter (a number with a source)")
    if isinstance(found, Period):
        reading.problem(path, "a period, where a number is compared", value, "a parameter that is a whole number")
        return None
    return found


def _period(reading: Reading, value: Any, path: Path, names: Names) -> Period | None:
    found = _parameter(reading, value, path, names, "the name of a parameter (a period with a source)")
    if isinstance(found, int):
        reading.problem(path, "a number, where a period is counted", value, "a parameter such as 6 weeks")
        return None
    return found


def _parameter(reading: Reading, value: Any, path: Path, names: Names, expected: str) -> Period | int | None:
    if isinstance(value, str) and value in names.parameters:
        names.used_parameters.add(value)
        return names.parameters[value]  # None where its own problem is already said
    reading.problem(path, "not a parameter of this file", value, expected, near=names.parameters)
    return None


def _tallies(reading: Reading, given: Any, path: Path, names: Names) -> tuple[Pattern, ...]:
    patterns: list[Pattern] = []
    for name, value in reading.named(given, path, "tallies"):
        if name not in names.tallies:
            known = sorted(names.tallies)
            reading.problem((*path, name), "unknown tally", name, one_of(known), near=known, at_key=True)
            continue
        names.used_tallies.add(name)
        test = _number_test(reading, "value", value, (*path, name), names)
        if test is not None:
            patterns.append(Pattern("tally", (Comparison("name", Compare.ONE_OF, (name,)), test)))
    return tuple(patterns)


def _concluded(reading: Reading, given: Any, path: Path, names: Names) -> tuple[Pattern, ...]:
    name = reading.text(given, path, "concluded")
    if not name:
        return ()
    names.concluded_in_when.append((name, path))
    return (Pattern("concluded", (Comparison("name", Compare.ONE_OF, (name,)),)),)


def _red_flag(reading: Reading, given: Any, path: Path, _names: Names) -> tuple[Pattern, ...]:
    reading.word(given, path, [RAISED])
    return (Pattern("red_flag"),)


def read_then(reading: Reading, given: Any, path: Path, names: Names) -> Then | None:
    """What follows. At least one thing does."""
    keys = ("conclude", "red_flag", "ceiling", "no_grade", "grade_problem", "reaudit", "escalate", "alert")
    fields = reading.mapping(given, path, (), keys)
    if fields is None:
        return None
    if not given:
        reading.problem(path, "nothing follows", given, one_of(keys))
    read: dict[str, Any] = {}
    for key, value in fields.items():
        read[key] = _consequence(reading, key, value, (*path, key), names)
    return Then(**{key: value for key, value in read.items() if value is not None})


def _consequence(reading: Reading, key: str, value: Any, path: Path, names: Names) -> Any:
    if key == "conclude":
        name = reading.text(value, path, "conclude")
        names.concluded_in_then.setdefault(name, path)
        return name
    if key == "red_flag":
        return reading.word(value, path, [_TODAY]) == _TODAY
    if key == "ceiling":
        message = "not a ceiling: the machine never proposes good or outstanding"
        word = reading.word(value, path, CEILINGS, message)
        return Grade(word) if word is not None else None
    if key == "reaudit":
        return _reaudit(reading, value, path, names)
    if key == "escalate":
        return _escalate(reading, value, path)
    members = {"no_grade": NoGrade, "grade_problem": GradeProblem, "alert": Audience}
    return reading.member(value, path, members[key])


def _reaudit(reading: Reading, given: Any, path: Path, names: Names) -> ReauditDue | None:
    due = _after(reading, given, path, names, ("no_later_than",))
    if not isinstance(given, dict) or "no_later_than" not in given:
        return ReauditDue(due) if due is not None else None
    backstop = _after(reading, given["no_later_than"], (*path, "no_later_than"), names)
    return ReauditDue(due, backstop) if due is not None and backstop is not None else None


def _after(reading: Reading, given: Any, path: Path, names: Names, more: tuple[str, ...] = ()) -> After | None:
    fields = reading.mapping(given, path, ("after", "period"), more)
    if fields is None or "after" not in fields or "period" not in fields:
        return None
    moment = reading.member(fields["after"], (*path, "after"), Moment)
    period = _period(reading, fields["period"], (*path, "period"), names)
    return After(moment, period) if moment is not None and period is not None else None


def _escalate(reading: Reading, given: Any, path: Path) -> tuple[Escalation, Purpose] | None:
    fields = reading.mapping(given, path, ("to", "for"))
    if fields is None or "to" not in fields or "for" not in fields:
        return None
    to = reading.member(fields["to"], (*path, "to"), Escalation)
    purpose = reading.member(fields["for"], (*path, "for"), Purpose)
    return (to, purpose) if to is not None and purpose is not None else None
