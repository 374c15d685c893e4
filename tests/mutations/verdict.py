"""Whether what came of a mutated file is right: a message that helps, or what is true of it and of what was left."""

from __future__ import annotations

from collections.abc import Iterator

from qaengine.cases.source import Source
from qaengine.cases.tables import case_set_of
from qaengine.model.casefile import CaseFile
from qaengine.model.problem import InputError
from tests.mutations.model import Fixture, Mutant, text_of
from tests.mutations.model import Row as Place
from tests.mutations.of_child import Index, OfChild
from tests.mutations.said import Said


def message_faults(error: InputError, mutant: Mutant) -> Iterator[str]:
    """What is wrong with a refusal: every problem names a file and says something."""
    if mutant.exact:
        yield f"refused what is still whole: {error}"
    if not error.problems:
        yield "refused without a word"
    for problem in error.problems:
        said = str(problem)
        if not any(name in said for name in (*mutant.files, *(name.rpartition(".")[0] for name in mutant.files))):
            yield f"a message that names no file: {said}"
        if len(problem.message) < 10 or "Traceback" in said or "Error(" in said or "\n" in said:
            yield f"a message that says nothing: {said}"


def read_faults(fixture: Fixture, clean: Source, read: Source, mutant: Mutant) -> Iterator[str]:
    """What is wrong with what was read."""
    said = Said(fixture, clean, read, mutant)
    yield from _unsaid(said)
    before, after = case_set_of(clean.to_evaluate), case_set_of(read.to_evaluate)
    if after.own_date not in (before.own_date, None):
        yield f"the wrong date of the return: {after.own_date}"
    found: dict[str, list[CaseFile]] = {file.child_id: [] for file in before.files}
    for file in after.files:
        child = mutant.moved.get(file.child_id, file.child_id)
        if child in found:
            found[child].append(file)
        else:
            yield f"a child who is not there: {file.child_id}"
    index = _index(fixture)
    for file in before.files:
        yield from OfChild(said, index, file, found[file.child_id]).faults()


def _unsaid(said: Said) -> Iterator[str]:
    """What should be said and is not: rows taken and rows left are all that there are, of every table that has any."""
    fixture, mutant = said.fixture, said.mutant
    for name, height in mutant.heights.items():
        about = fixture.about(name)
        own = [note for note in said.read.notes if note.about == about and note.says.startswith("the table ")]
        if any(note.taken + note.left != height for note in own):
            yield f"{about} has {height} rows: {own[0]}"
        if height and not said.on(name):
            yield f"nothing is said of {about}, which has {height} rows"
    cut = [note for note in said.read.notes if note.about == mutant.unended]
    if mutant.unended and not any("cut short" in note.says or note.says.startswith("left") for note in cut):
        yield f"it is not said that {mutant.unended} may be cut short"
    if mutant.hidden and not said.more_on(mutant.hidden):
        yield f"it is not said that {mutant.hidden} is hidden"


def _index(fixture: Fixture) -> Index:
    found: dict[str, set[Place]] = {}
    for table in fixture.tables:
        for row, cells in enumerate(table.rows):
            for cell in cells:
                found.setdefault(text_of(cell), set()).add((table.name, row))
    return {text: frozenset(places) for text, places in found.items() if text}
