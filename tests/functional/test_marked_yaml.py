"""How YAML is read: narrowly, with places, and with every problem said at once."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.model.marked_yaml import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES, Place, load_marked
from qaengine.model.problem import ExitCode, InputError, Problem


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_marked(text, "a.yaml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("~", None),
        ("null", None),
        ("", None),
        ("Null", "Null"),
        ("10", 10),
        ("010", 10),
        ("-3", -3),
        ("+3", 3),
        ("0x1f", "0x1f"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("999999999999999999", 999999999999999999),
        ("1000000000000000000", "1000000000000000000"),
        ("9" * 5000, "9" * 5000),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("1.", "1."),
        (".5", ".5"),
        ("1e3", "1e3"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("nan", "nan"),
        ("12:30", "12:30"),
        ("2019-03-31", date(2019, 3, 31)),
        ("2020-02-29", date(2020, 2, 29)),
        ("2019-02-29", "2019-02-29"),
        ("2019-02-30", "2019-02-30"),
        ("0000-01-01", "0000-01-01"),
        ("2019-3-31", "2019-3-31"),
        ("2019-03-31 10:00:00", "2019-03-31 10:00:00"),
        ("12 months", "12 months"),
        ("18.2", 18.2),
        ('"18.2"', "18.2"),
        ("'true'", "true"),
        ('"2019-03-31"', "2019-03-31"),
        ("=", "="),
        ("<<", "<<"),
        ("١٢", "١٢"),
    ],
)
def test_what_a_plain_value_is_read_as(written: str, read: Any) -> None:
    data = load_marked(f"a: {written}", "a.yaml").data["a"]
    assert (type(data), data) == (type(read), read)


def test_keys_are_words_whole_numbers_or_dates() -> None:
    data = load_marked("on: 1\n2: two\n2019-11-30: 70\n'2': text\n", "a.yaml").data
    assert data == {"on": 1, 2: "two", date(2019, 11, 30): 70, "2": "text"}


def test_an_empty_file_is_nothing() -> None:
    empty = load_marked("# only a comment\n", "a.yaml")
    assert empty.data is None
    assert empty.marks.value() == Place(1, 1)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert load_marked("\ufeffid: x", "a.yaml").data == {"id": "x"}


DOCUMENT = """\
id: one
checks:
  - id: a
    where: {any: [{score: recorded}, {reason: {in: [x, y]}}]}
  - id: b
2: two
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("id",), (1, 1), (1, 5)),
        (("checks",), (2, 1), (3, 3)),
        (("checks", 0), (3, 5), (3, 5)),
        (("checks", 0, "where"), (4, 5), (4, 12)),
        (("checks", 0, "where", "any", 1, "reason", "in", 1), (4, 56), (4, 56)),
        (("checks", 1, "id"), (5, 5), (5, 9)),
        ((2,), (6, 1), (6, 4)),
    ],
)
def test_places_are_lines_and_columns_from_one(path: Any, key: tuple[int, int], value: tuple[int, int]) -> None:
    marks = load_marked(DOCUMENT, "a.yaml").marks
    assert marks.key(path) == Place(*key)
    assert marks.value(path) == Place(*value)


def test_the_place_of_what_is_missing_is_the_mapping_that_should_hold_it() -> None:
    marks = load_marked(DOCUMENT, "a.yaml").marks
    assert marks.value(("checks", 1, "says")) == marks.value(("checks", 1)) == Place(5, 5)
    assert marks.value(("checks", 9)) == marks.value(("checks",))


def test_parts_of_a_path_that_a_validator_adds_are_passed_over() -> None:
    marks = load_marked(DOCUMENT, "a.yaml").marks
    assert marks.value(("checks", 0, "HasCheck", "where")) == Place(4, 12)


def test_a_problem_is_made_at_a_key_or_a_value() -> None:
    read = load_marked(DOCUMENT, "a.yaml")
    said = read.problem(("checks", 1, "id"), "no such check", found="b", expected="a", did_you_mean="a")
    assert str(said) == "a.yaml:5:9: no such check; found b; expected a; did you mean a?"
    assert read.problem(("checks", 1, "id"), "unknown key", at_key=True).column == 5


def test_a_key_twice_is_a_problem_and_all_are_said_at_once() -> None:
    assert problems("a: 1\nb: {c: 1, c: 2}\na: 3\n") == [
        "a.yaml:2:11: the same key twice (first on line 2); found c; expected each key once",
        "a.yaml:3:1: the same key twice (first on line 1); found a; expected each key once",
    ]


def test_keys_that_are_not_words_are_problems() -> None:
    assert problems("true: 1\n1.5: 2\n~: 4\n? [a]\n: 3\n") == [
        "a.yaml:1:1: a key is a word; found true; expected a word, a whole number or a date",
        "a.yaml:2:1: a key is a word; found 1.5; expected a word, a whole number or a date",
        "a.yaml:3:1: a key is a word; found nothing; expected a word, a whole number or a date",
        "a.yaml:4:3: a key is a word; found a list; expected a word, a whole number or a date",
    ]


def test_tags_are_problems() -> None:
    said = problems("a: !!python/object/apply:os.system [ls]\nb: !!binary aGk=\nc: !mine x\n")
    assert [line.split(";")[0] for line in said] == [f"a.yaml:{n}:4: tags are not read" for n in (1, 2, 3)]


def test_aliases_are_problems_where_they_stand() -> None:
    assert problems("a: &x {b: 1}\nc: *x\nd: [*x]\n") == [
        "a.yaml:2:4: aliases are not read; found *x; expected its value",
        "a.yaml:3:5: aliases are not read; found *x; expected its value",
    ]


def test_a_billion_laughs_are_refused_at_once() -> None:
    bomb = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert len(problems(bomb)) == 29 * 9


def test_a_loop_is_refused() -> None:
    assert problems("a: &a [*a]\n") == ["a.yaml:1:8: aliases are not read; found *a; expected its value"]


def test_a_second_document_is_refused() -> None:
    assert problems("a: 1\n---\nb: 2\n") == [
        "a.yaml:2:1: a second document in one file; found ---; expected one document"
    ]


def test_a_tab_is_named() -> None:
    assert problems("a:\n\tb: 1\n") == ["a.yaml:2:1: a tab where YAML needs spaces; found a tab; expected spaces"]


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: [1, 2\nb: 3\n", "2:2"), ("a: b: c\n", "1:5"), ('a: "x\n', "2:1"), ("a: *x\n", "1:4")],
)
def test_bad_syntax_is_said_with_its_place(text: str, place: str) -> None:
    (said,) = problems(text)
    assert said.startswith(f"a.yaml:{place}: not readable as YAML: ")


def test_characters_that_yaml_does_not_allow_are_problems() -> None:
    (control,) = problems("a: ok\nb: é\x01x\n")
    assert control.startswith("a.yaml:2:5: a character that YAML does not allow; found #x0001")
    assert problems("a: ok\nb: \ud800\n") == [
        r"a.yaml:2:4: half of a character; found '\ud800'; expected whole characters (UTF-8)"
    ]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_depth_has_a_limit(opening: str, closing: str) -> None:
    def nested(levels: int) -> str:  # the innermost value is a level of its own
        return opening * (levels - 1) + "x" + closing * (levels - 1)

    load_marked(nested(MAX_DEPTH), "a.yaml")
    (said,) = problems(nested(MAX_DEPTH + 1))
    assert "nested too deep; expected at most 60 levels" in said
    (said,) = problems(nested(200_000))
    assert "nested too deep" in said


def test_size_has_a_limit() -> None:
    fits = "# " + "x" * (MAX_CHARACTERS - 2)
    assert load_marked(fits, "a.yaml").data is None
    assert problems(fits + "x") == [
        "a.yaml: the file is too long; found 5,000,001 characters; expected at most 5,000,000"
    ]


def test_the_number_of_values_has_a_limit() -> None:
    (said,) = problems("[" + "x," * MAX_NODES + "]")  # the list itself is one value more
    assert said == "a.yaml:1:1: too many values in one file; expected at most 200,000"
    assert len(load_marked("[" + "x," * (MAX_NODES - 1) + "]", "a.yaml").data) == MAX_NODES - 1


def test_the_exit_code_is_the_callers() -> None:
    with pytest.raises(InputError) as caught:
        load_marked("a: 1\na: 2\n", "case.yaml", ExitCode.CASE_DATA)
    assert caught.value.exit_code is ExitCode.CASE_DATA


@settings(derandomize=True, deadline=None, max_examples=500)
@given(st.text(alphabet=st.sampled_from("ab:{}[],-*&!?|>'\"%@`# \n\t\r01.~\x00\x85\ufeff\ud800é"), max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_place(text: str) -> None:
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + 2
    found: tuple[Problem, ...] = ()
    try:
        load_marked(text, "a.yaml")
    except InputError as error:
        found = error.problems
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in found)


WORDS = st.text(alphabet="abcdefg -_#:'\"", max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.dates() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


def written(value: Any) -> str:
    """Flow YAML of a value, by hand: text always quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(VALUES)
def test_what_is_written_is_what_is_read(value: Any) -> None:
    assert load_marked(written(value), "a.yaml").data == value
