"""Each format read, the truth taken as far as it goes, and what the standards find of both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from tests.same_child import truth
from tests.same_child.differing import IN_PLACE_OF
from tests.same_child.evaluating import DECIDED, Found, found
from tests.same_child.form import Form
from tests.same_child.forms import FORMS
from tests.same_child.reducing import as_far_as

Findings = Mapping[tuple[str, str], Found]
"""By child and standard."""


@dataclass(frozen=True)
class Compared:
    """A format: its file as it was read, the truth as far as the format goes, and what is found of each."""

    form: Form
    source: Source
    reduced: Source
    found: Findings
    of_reduced: Findings


@cache
def the_truth() -> Source:
    """The truth as it is read."""
    with TemporaryDirectory() as folder:
        return read_cases(truth.write(Path(folder)))


@cache
def of_truth() -> Findings:
    """What the standards find of the truth."""
    return found(the_truth())


@cache
def compared(name: str) -> Compared:
    """A format by its name."""
    form = next(one for one in FORMS if one.name == name)
    with TemporaryDirectory() as folder:
        source = read_cases(form.write(Path(folder)))
    reduced = as_far_as(form, the_truth())
    return Compared(form, source, reduced, found(source), found(reduced))


def decided_otherwise(findings: Findings) -> Iterator[tuple[str, str, str, str, str]]:
    """What is decided and is not the truth: child, standard, check ("" for the standard), what is found, the truth."""
    for (child_id, standard), one in findings.items():
        true = of_truth()[child_id, standard]
        if one.result.value not in ("cannot_decide", "refer_to_auditor", true.result.value):
            yield child_id, standard, "", one.result.value, true.result.value
        for check in one.checks:
            result, of_true = one.of_check(check), true.of_check(IN_PLACE_OF.get((standard, check), check))
            if result in DECIDED and result is not of_true:
                yield child_id, standard, check, str(result.value), str(of_true and of_true.value)
