"""One value and a whole column are read alike: from what people type, and from anything else."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.cases.documents import MarkedJson
from qaengine.cases.native import read_case
from qaengine.cases.shape import TYPES, companions
from qaengine.cases.table_values import read_column
from qaengine.cases.values import UnreadableError, read_value
from qaengine.model.record import FieldSpec

FIELDS = [("reviews", "held"), ("sdqs", "score"), ("child", "disabled"), ("sdqs", "reason"), ("decisions", "rationale")]
KEEPS_WORDS = {("reviews", "held"), ("sdqs", "score")}

typed = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                " ",
                "2019-01-02",
                " 2020-02-29 ",
                "2019-02-29",
                "2019-02-30",
                "1900-01-01",
                "9999-12-31",
                "0001-01-01",
            ),
            *("0000-00-00", "1949-12-31", "1950-01-01", "2100-12-31", "2101-01-01", "2019-1-2", "31/01/2019", "1.2.19"),
            *("2019-01-02 10:30", "2019-01-02T10:30:00Z", "2019-01-02 approx", "12/2019", "ASAP", "x" * 200, "x" * 201),
            *("0", "40", "-1", "+7", "007", "17 (high)", "12.5", "999999999", "1234567890", "١٢", "yes", "NO", "True"),
            *(
                "false",
                "maybe",
                "1",
                "SDQ1",
                "sdq1",
                "SDQ6",
                "tab\tin",
                "line\nin",
                "bell\x07",
                "=1+1",
                "’",
                "\u00a0x\u2003",
            ),
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
    st.from_regex(r"\A[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}\Z"),
)


@pytest.mark.parametrize(("name", "field"), FIELDS)
@settings(max_examples=300, derandomize=True, deadline=None)
@given(cells=st.lists(typed | st.none(), max_size=4))
def test_a_column_is_read_as_its_values_are(name: str, field: str, cells: list[str | None]) -> None:
    spec, keeps = TYPES[name].fields[field], (name, field) in KEEPS_WORDS
    read = read_column(name, spec, pl.Series(field, cells, dtype=pl.String), keeps)
    for place, cell in enumerate(cells):
        faults = {fault.message for fault in read.faults if fault.rows[place]}
        expected = _one(name, spec, cell, keeps)
        if isinstance(expected, str):
            assert faults == {expected}, cell
        else:
            assert not faults, cell
            words = read.words[place] if read.words is not None else None
            assert (read.values[place], words) == expected, cell


def _one(name: str, spec: FieldSpec, cell: str | None, keeps: bool) -> tuple[object, str | None] | str:
    """What one value is read as, or what is wrong with it: by the readers of documents."""
    try:
        read = read_value(spec, cell, keeps)
    except UnreadableError as error:
        return error.message
    record = {spec.name: cell}
    data = {"child": record} if name == "child" else {"child": {}, name: [{"id": "R1", **record}]}
    case, problems = read_case(MarkedJson("x.json", data, "{}"), child_id="CH-1")
    if case is None:
        return problems[0].message.split(": ", 1)[-1]
    row = case.child if name == "child" else case.records[name][0]
    assert row.values[spec.name] == read.value
    return row.values[spec.name], row.values.get(companions(name).get(spec.name, ""), None)  # type: ignore[return-value]
