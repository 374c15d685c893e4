"""Reading case files: what lies at a path is recognised by what it holds."""

from collections.abc import Sequence
from pathlib import Path

from qaengine.cases.csv_text import headings_of
from qaengine.cases.files import InputFile, Listing, hash_of, list_input, read_bytes
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.shape import TYPES
from qaengine.cases.source import EXCEPTIONS, Source
from qaengine.cases.ssda903_tables import is_ssda903
from qaengine.model.problem import ExitCode, InputError, Problem

EXTRACT = "extract.yaml"
"""What a folder says of itself: the date for which it speaks, and where it comes from."""

DOCUMENTS = frozenset({".yaml", ".yml", ".json"})
TABLES = frozenset({".csv", ".parquet"})
EXPECTED = (
    "native case files (.yaml, .json), native tables (child.csv or child.parquet, ...), or the CSV files of an "
    "SSDA903 return"
)


def read_cases(path: Path) -> Source:
    """All the case files at a path.

    A folder of native documents (YAML or JSON, one child each) or one such file; a folder of native tables (CSV or
    Parquet, one record type each); a folder of the CSV files of an SSDA903 return. Raises InputError with every
    problem found, each with its file, line and column.
    """
    listing = list_input(path)
    extract, agreed = (
        [child for child in listing.paths if child.name == name and len(listing.paths) > 1]
        for name in (EXTRACT, EXCEPTIONS)
    )
    beside = {*extract, *agreed}
    documents = [child for child in listing.paths if child.suffix.lower() in DOCUMENTS and child not in beside]
    tables = [child for child in listing.paths if child.suffix.lower() in TABLES]
    if bool(documents) == bool(tables):
        raise _not_one_kind(path, listing, documents, tables)
    about, excepted = (read_bytes(found[0]) if found else None for found in (extract, agreed))
    used = {*documents, *tables, *beside}
    others = tuple(
        Note(child.name, "left: not a file that is read here") for child in listing.paths if child not in used
    )
    notes = listing.notes + others
    if documents:
        return _documents(_all(documents), about, notes).with_exceptions(excepted)
    if path.is_file():
        message = "a table alone is not a case file: give the folder that holds it"
        raise case_data_error(Problem(path.name, 0, 0, message, expected=EXPECTED))
    return _tables(path, _all(tables), about, notes).with_exceptions(excepted)


def _all(paths: Sequence[Path]) -> list[InputFile]:
    """Every file; all that cannot be read are reported together."""
    files: list[InputFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append(read_bytes(path))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems, ExitCode.CASE_DATA)
    return files


def _documents(files: list[InputFile], about: InputFile | None, notes: tuple[Note, ...]) -> Source:
    from qaengine.cases.native_folder import read_documents  # a return is read without the models of records

    case_set, own = read_documents(files, about)
    return Source(case_set, own + notes, hash_of(files + _present(about)))


def _tables(folder: Path, files: list[InputFile], about: InputFile | None, notes: tuple[Note, ...]) -> Source:
    headings = {file.name: headings_of(file) for file in files if file.suffix == ".csv"}
    native = [file for file in files if file.name not in headings or "child_id" in headings[file.name]]
    returned = [file for file in files if file not in native and is_ssda903(headings[file.name])]
    others = [file for file in files if file not in native and file not in returned]
    if native and (returned or {file.suffix for file in native} == TABLES):
        kinds = ", ".join(file.name for file in (*native, *returned))
        raise case_data_error(Problem(folder.name, 0, 0, "a mixed folder", kinds, "files of one kind alone"))
    if native:
        return _native_tables(native + others, about, notes)
    if not returned:
        raise case_data_error(*(_unknown(file, headings[file.name]) for file in files))
    from qaengine.cases.ssda903 import read_ssda903

    tables, own, read = read_ssda903(files)
    left = (Note(about.name, "left: a return says itself what year it is for"),) if about is not None else ()
    return Source(tables, own + left + notes, hash_of(read), tables.absent)


def _native_tables(files: list[InputFile], about: InputFile | None, notes: tuple[Note, ...]) -> Source:
    from qaengine.cases.table_read import read_tables

    tables, own = read_tables(files, about)
    return Source(tables, own + notes, hash_of(files + _present(about)), tables.absent)


def _present(file: InputFile | None) -> list[InputFile]:
    return [file] if file is not None else []


def _unknown(file: InputFile, headings: Sequence[str]) -> Problem:
    found = ", ".join(headings[:6]) or "no headings"
    expected = "the headings of a native table (child_id, ...) or of a table of an SSDA903 return (CHILD, ...)"
    message = "not a table that is known"
    if file.stem in TYPES:
        message = f"the table {file.stem} has no column child_id"
    return Problem(file.name, 1, 1, message, found, expected)


def _not_one_kind(path: Path, listing: Listing, documents: Sequence[Path], tables: Sequence[Path]) -> InputError:
    if documents and tables:
        found = f"{documents[0].name} beside {tables[0].name}"
        return case_data_error(Problem(str(path), 0, 0, "a mixed folder", found, "files of one kind alone"))
    names = ", ".join(child.name for child in listing.paths[:5]) or "nothing"
    message = "no case files here" if path.is_dir() else "not a case file"
    return case_data_error(Problem(str(path), 0, 0, message, names, EXPECTED))
