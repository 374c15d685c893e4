"""The engine is written in what Polars and Narwhals both have: bound to Narwhals, it says the same.

One module names all of it (`evaluate.engine.frames`). Here the whole engine runs with that module bound to Narwhals.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qaengine.evaluate.engine import frames
from tests import frames_in_narwhals
from tests.engine_against_reference import Run, difference
from tests.engine_copies import SOURCE, copied_engine
from tests.strategies_standards import World


@pytest.fixture(scope="module")
def in_narwhals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    polars, narwhals = (
        Path(str(module.__file__)).read_text(encoding="utf-8") for module in (frames, frames_in_narwhals)
    )
    with copied_engine(tmp_path_factory.mktemp("narwhals"), "frames", polars, narwhals) as run:
        yield run


@pytest.mark.parametrize("seed", range(20))
def test_the_engine_in_narwhals_equals_the_reference(seed: int, in_narwhals: Run) -> None:
    world = World.of(seed)
    found = difference(world.standards, world.cases, world.as_at, in_narwhals)
    assert not found, f"World.of({seed}): {found}"


def test_both_bindings_name_the_same_things() -> None:
    assert frames.__all__ == frames_in_narwhals.__all__


def test_the_engine_names_neither_library_where_it_is_lazy() -> None:
    """A module that imports Polars is an edge, where tables come in or go out; Narwhals is named only here."""
    written = {path.stem: path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py")}
    assert not [name for name, text in written.items() if "import narwhals" in text]
    edges = {name for name, text in written.items() if "import polars" in text}
    assert edges == {
        "check",
        "counts",
        "duties",
        "findings",
        "frames",
        "measures",
        "ordinals",
        "prepare",
        "run",
        "shape",
    }
