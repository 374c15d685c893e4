"""Writing files so that none is ever half written."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from qaengine.model.problem import ExitCode, InputError, Problem

MANIFEST = "manifest.json"
ANSWERS = "answers.xlsx"  # the form: a person's work once it was filled in
ELSEWHERE = "another folder for --out (a form that was filled in is given back with --answers)"


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
    """Write a folder whole, or not at all: at every moment the old one or the new one is there, and nothing between.

    A folder that is there already must be empty, or one of ours and unchanged (`guard`). Names stay inside the folder.
    """
    guard(folder, files)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as temporary:
            new, old = Path(temporary) / "new", Path(temporary) / "old"
            for name, data in files.items():
                _write_inside(new, name, data)
            if folder.exists():
                os.replace(folder, old)
            try:
                os.replace(new, folder)
            except BaseException:
                if old.exists():
                    os.replace(old, folder)
                raise
    except OSError as error:
        raise _cannot(folder, error) from None


def guard(folder: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to write over what is not ours, or what somebody has put there or changed since it was written.

    A folder of ours holds a manifest with the hash of each file. What stands in it unchanged may be replaced, and so
    may what is about to be written again as it is, such as a form that was filled in and given back. That form is a
    person's work, though it was we who wrote it last: it may be written again as it is, and is never replaced.
    """
    try:
        problems = _in_the_way(folder, files)
    except OSError as error:
        raise _cannot(folder, error) from None
    if problems:
        raise InputError(problems, ExitCode.USAGE)


def _in_the_way(folder: Path, files: Mapping[str, bytes]) -> list[Problem]:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return []
    known = _manifest(folder)
    if known is None:
        return [Problem(str(folder), 0, 0, "is in use for something else", expected="a new or empty folder")]
    return [
        _lost(path, known)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _would_be_lost(path, path.relative_to(folder).as_posix(), known, files)
    ]


@dataclass(frozen=True, slots=True)
class _Written:
    """What the manifest of a folder of ours says: the hash of each file by name, and whether its form was given
    back."""

    files: Mapping[str, str]
    given_back: bool


def _manifest(folder: Path) -> _Written | None:
    """What is known of a folder that we wrote; None of any other."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        asked = found.get("asked", {})
        return _Written(dict(found["files"]), bool(asked.get("answers"))) if "qaengine" in found else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _lost(path: Path, known: _Written) -> Problem:
    if known.given_back and path.name == ANSWERS:
        found = "holds the answers that were given back, and they would be lost"
        return Problem(str(path), 0, 0, found, "", f"--answers {path}, or another folder for --out")
    return Problem(str(path), 0, 0, "was changed or added since the rest was written, and would be lost", "", ELSEWHERE)


def _would_be_lost(path: Path, name: str, known: _Written, files: Mapping[str, bytes]) -> bool:
    if name == MANIFEST:
        return False
    digest = sha256(path.read_bytes()).hexdigest()
    ours = digest == known.files.get(name) and not (known.given_back and name == ANSWERS)
    return not ours and (name not in files or digest != sha256(files[name]).hexdigest())


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
