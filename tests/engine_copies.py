"""Copies of the engine's own source under another name, with something changed."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qaengine.evaluate import engine
from tests.engine_against_reference import Run

SOURCE = Path(str(engine.__file__)).parent
NAME = "copied_engine"


@contextmanager
def copied_engine(folder: Path, module: str, old: str, new: str) -> Iterator[Run]:
    """The engine with one place of the source of one module changed: importable, and then forgotten."""
    home = folder / NAME
    home.mkdir()
    for path in SOURCE.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.stem == module:
            assert text.count(old) == 1, f"{module} has {text.count(old)} of {old!r}"
            text = text.replace(old, new)
        (home / path.name).write_text(text.replace("qaengine.evaluate.engine", NAME), encoding="utf-8")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        made: Any = importlib.import_module(f"{NAME}.run")
        run: Run = made.run
        yield run
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
            del sys.modules[name]
