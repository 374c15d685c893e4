"""Writing files so that none is ever half written."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from qaengine.model.problem import ExitCode, InputError, Problem


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside the file, flush to the disk, and only then take its place.

    Raises InputError where the place cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _cannot(path, error) from None


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder whole, or not at all. A folder that is there already must be empty, or one of ours.

    A folder of ours (it holds manifest.json) is replaced as a whole. Names stay inside the folder.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / "manifest.json").exists())):
        problem = Problem(str(folder), 0, 0, "is in use for something else", expected="a new or empty folder")
        raise InputError([problem], ExitCode.USAGE)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as temporary:
            new = Path(temporary) / "new"
            for name, data in files.items():
                _write_inside(new, name, data)
            if folder.exists():
                os.replace(folder, Path(temporary) / "old")
            os.replace(new, folder)
    except OSError as error:
        raise _cannot(folder, error) from None


def _write_inside(folder: Path, name: str, data: bytes) -> None:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"a name that leads out of the folder: {name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _cannot(path: Path, error: OSError) -> InputError:
    reason = error.strerror or str(error)
    return InputError(
        [Problem(str(path), 0, 0, "cannot be written", reason, "a place you may write to")], ExitCode.USAGE
    )
