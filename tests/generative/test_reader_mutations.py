"""Each reader is given 200 files that something befell: a correct read or a clear message, never a wrong value.

Columns or elements renamed, reordered, duplicated, missing and extra; values of another type; byte order marks,
Windows-1252, other line ends, trailing blank rows, rows above the headings, merged ones too; nothing in it; cut short;
another file altogether. Each mutation knows what is still true of the file after it (tests/mutations), so a value read
wrongly, a row that went without a word and a traceback each fail.
"""

from collections import Counter

import pytest

from tests.mutations.model import KINDS
from tests.mutations.readers import READERS
from tests.mutations.run import mutant_of, outcome

NOT_OF = {"SSD Parquet": {"title rows"}}
"""Kinds that cannot befall a file: the names of the columns of Parquet are no row of it."""


def faults(reader: str, seeds: range) -> list[str]:
    """What is wrong with what came of the mutations that these seeds stand for."""
    found = []
    for seed in seeds:
        mutant, ended, wrong = outcome(reader, seed)
        if wrong:
            found.append(f"{seed}, {mutant.kind}: {mutant.says}; it ended in a {ended}: {'; '.join(wrong)}")
    return found


@pytest.mark.parametrize("seeds", [range(at, at + 50) for at in range(0, 200, 50)], ids=lambda one: f"from {one.start}")
@pytest.mark.parametrize("reader", READERS)
def test_a_mutated_file_is_read_rightly_or_refused_clearly(reader: str, seeds: range) -> None:
    assert faults(reader, seeds) == []


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_two_thousand_more(reader: str) -> None:
    assert faults(reader, range(200, 2200)) == []


@pytest.mark.parametrize("reader", READERS)
def test_every_kind_of_mutation_is_among_the_two_hundred(reader: str) -> None:
    kinds = Counter(mutant_of(reader, seed)[1].kind for seed in range(200))
    assert kinds.keys() == {*KINDS} - NOT_OF.get(reader, set())
    assert min(kinds.values()) >= 14, kinds
