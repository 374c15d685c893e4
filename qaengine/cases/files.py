"""Files as they lie on disk: listed, read once, hashed, and refused in words when they cannot be read."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from qaengine.cases.notes import Note, case_data_error
from qaengine.model.problem import Problem

MAX_BYTES = 2_000_000_000
"""A file over this is refused before it is read: nothing that a council sends comes near it."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read: its name within the input, and its bytes."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        return Path(self.name).stem.lower()


@dataclass(frozen=True, slots=True)
class InputHash:
    """SHA-256 of the bytes that were read: of each file by name, and of the names and hashes together."""

    files: Mapping[str, str]
    total: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in an input: the ordinary files, in the order of their names, and notes on what else is there."""

    root: Path
    paths: tuple[Path, ...]
    notes: tuple[Note, ...]


NO_INPUT = InputHash({}, "")
"""The hash of what was not read from files."""


def hash_of(files: Iterable[InputFile]) -> InputHash:
    """The hashes of what was read; the order in which files are given does not matter."""
    return _together({file.name: hashlib.sha256(file.data).hexdigest() for file in files})


def hash_with(read: InputHash, file: InputFile) -> InputHash:
    """The hashes of what was read, and of one file more; it takes the place of one of the same name."""
    return _together({**read.files, file.name: hashlib.sha256(file.data).hexdigest()})


def merged_hash(files: Mapping[str, str]) -> InputHash:
    """The hashes of files that were read from several places, by name."""
    return _together(files)


def _together(hashes: Mapping[str, str]) -> InputHash:
    each = dict(sorted(hashes.items()))
    total = hashlib.sha256("".join(f"{name}\0{digest}\n" for name, digest in each.items()).encode())
    return InputHash(each, total.hexdigest())


def list_input(path: Path) -> Listing:
    """The files of a folder (not those in folders inside it, nor hidden ones), or the one file named.

    Raises InputError when there is no such path, or when it cannot be listed or is not a file or a folder.
    """
    try:
        mode = path.stat().st_mode
        if S_ISREG(mode):
            return Listing(path.parent, (path,), ())
        if not S_ISDIR(mode):
            raise case_data_error(Problem(str(path), 0, 0, "not a file or a folder"))
        inside = sorted(child for child in path.iterdir() if not child.name.startswith("."))
        files = tuple(child for child in inside if child.is_file())
    except (OSError, ValueError) as error:
        raise case_data_error(Problem(str(path), 0, 0, f"cannot be read: {_reason(error)}")) from None
    left = [child.name for child in inside if child not in files]
    notes = tuple(Note(name, "left: it is not an ordinary file") for name in left)
    return Listing(path, files, notes)


def read_bytes(path: Path) -> InputFile:
    """One file. Raises InputError when it cannot be read or is too large."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise case_data_error(Problem(path.name, 0, 0, "the file is too large", expected="under 2 GB"))
        return InputFile(path.name, path.read_bytes())
    except OSError as error:
        raise case_data_error(Problem(path.name, 0, 0, f"cannot be read: {_reason(error)}")) from None


def text_of(file: InputFile) -> str:
    """The text of a file, without a byte order mark. Raises InputError where it is not UTF-8."""
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = file.data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        found = f"byte 0x{file.data[error.start]:02x}"
        problem = Problem(file.name, line, column, "not UTF-8 text", found, "a file saved as UTF-8")
        raise case_data_error(problem) from None


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
