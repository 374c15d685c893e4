"""Reading case files: what lies at a path is recognised by what it holds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qaengine.cases.csv_text import headings_of
from qaengine.cases.files import InputFile, Listing, hash_of, list_input, read_bytes
from qaengine.cases.formats.mapping import ENDING, ListMapping, read_mapping
from qaengine.cases.formats.read import Read
from qaengine.cases.formats.recognise import LABELS, Kind, Seen, recognise
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.shape import TYPES
from qaengine.cases.source import EXCEPTIONS, Source
from qaengine.model.problem import ExitCode, InputError, Problem

if TYPE_CHECKING:
    from qaengine.cases.formats.proposing import Proposal

EXTRACT = "extract.yaml"
"""What a folder says of itself: the date for which it speaks, and where it comes from."""

READ = frozenset({".yaml", ".yml", ".json", ".csv", ".parquet", ".xml", ".xlsx", ".xlsm", ".xls"})
EXPECTED = (
    "native case files (.yaml, .json) or tables (child.csv, ...), an SSDA903 return (.csv, .xml), a CIN census (.xml), "
    "an Annex A workbook (.xlsx, .xls), SSD tables (ssd_person.csv, ...), DfE API payloads (.json), or a list of "
    "children (.xlsx, .csv)"
)
SEEN_ROWS = 30
_ALONE = (Kind.SSDA903_XML, Kind.CIN, Kind.ANNEX_A)


def read_cases(path: Path, mapping: Path | None = None) -> Source:
    """All the case files at a path, whatever they are (docs/reading.md). A list is read through the mapping.

    Raises InputError with every problem found, each with its file, line and column.
    """
    listing = list_input(path)
    several = len(listing.paths) > 1
    extract, agreed = (
        next((one for one in listing.paths if one.name == name and several), None) for name in (EXTRACT, EXCEPTIONS)
    )
    beside = [one for one in (extract, agreed) if one is not None]
    beside += [one for one in listing.paths if one.name.endswith(ENDING)]
    files = [one for one in listing.paths if one.suffix.lower() in READ and one not in beside]
    if not files:
        raise _nothing(path, listing)
    others = [one for one in listing.paths if one not in files and one not in beside]
    notes = (*listing.notes, *(Note(one.name, "left: not a file that is read here") for one in others))
    about, excepted = (read_bytes(one) if one is not None else None for one in (extract, agreed))
    source = _read(path, _seen(files), about, mapping)
    return replace(source, notes=source.notes + notes).with_exceptions(excepted)


def _mappings(path: Path) -> list[ListMapping]:
    """The mappings beside a list. Raises InputError for one whose name an editor has changed, so that it would not be
    used."""
    folder = path if path.is_dir() else path.parent
    try:
        files = sorted(one for one in folder.iterdir() if ".mapping." in one.name and one.is_file())
    except OSError:
        return []
    problems = [
        Problem(one.name, 0, 0, "a mapping under another name", one.name, f"{one.name.split('.mapping.')[0]}{ENDING}")
        for one in files
        if not one.name.endswith(ENDING) and re.search(r"\.mapping\.(ya?ml|yaml\.txt|yml\.txt|txt)\Z", one.name.lower())
    ]
    if problems:
        raise case_data_error(*problems)
    return [read_mapping(read_bytes(one)) for one in files if one.name.endswith(ENDING)]


def _seen(paths: Sequence[Path]) -> list[Seen]:
    """Every file, and what it is; all that cannot be read are reported together."""
    seen: list[Seen] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            seen.append(recognise(read_bytes(path)))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems, ExitCode.CASE_DATA)
    return seen


def _read(path: Path, seen: Sequence[Seen], about: InputFile | None, mapping: Path | None) -> Source:
    """The files of the one kind that is there; what goes with none is left, and said."""
    of_kind = {kind: [one for one in seen if one.kind is kind] for kind in Kind}
    kinds = [kind for kind in Kind if of_kind[kind] and kind not in (Kind.LIST, Kind.OTHER)]
    if kinds == [Kind.SSDA903, Kind.SSDA903_XML]:
        kinds = [Kind.SSDA903]
    if len(kinds) > 1:
        raise _mixed(path, [of_kind[kind][0].file.name for kind in kinds])
    if not kinds:
        return _list(path, of_kind[Kind.LIST], mapping)
    (kind,) = kinds
    ours = of_kind[kind]
    if kind in _ALONE and len(ours) > 1:
        raise _several(path, kind, ours)
    if kind is Kind.DOCUMENT:
        source = _documents(ours, about)
    elif kind is Kind.NATIVE:
        if path.is_file():
            message = "a table alone is not a case file: give the folder that holds it"
            raise case_data_error(Problem(path.name, 0, 0, message, expected=EXPECTED))
        return _native_tables(path, ours, of_kind[Kind.LIST] + of_kind[Kind.OTHER], about)
    else:
        source = _foreign(path, kind, ours, about)
    left = [one for one in seen if one.kind is not kind]
    return replace(source, notes=source.notes + tuple(_left(one, kind) for one in left))


def _documents(seen: Sequence[Seen], about: InputFile | None) -> Source:
    from qaengine.cases.native_folder import read_documents  # a return is read without the models of records

    files = [one.file for one in seen]
    case_set, own = read_documents(files, about)
    return Source(case_set, own, hash_of(files + _present(about)))


def _native_tables(path: Path, seen: Sequence[Seen], others: Sequence[Seen], about: InputFile | None) -> Source:
    from qaengine.cases.table_read import read_tables

    files = [one.file for one in (*seen, *others)]
    kinds = {file.suffix for file in files}
    if len(kinds) > 1:
        raise _mixed(path, [next(file.name for file in files if file.suffix == kind) for kind in sorted(kinds)])
    tables, own = read_tables(files, about)
    return Source(tables, own, hash_of(files + _present(about)), tables.absent)


def _foreign(path: Path, kind: Kind, seen: Sequence[Seen], about: InputFile | None) -> Source:
    alone = kind is Kind.SSDA903 and path.is_file()
    read = _ssda903_alone(seen) if alone else _READERS[kind](seen)
    done = tuple(Note(one.file.name, one.done) for one in seen if one.done)
    left = (Note(about.name, f"left: {kind} says itself what it is for"),) if about is not None else ()
    return of_read(replace(read, notes=(*read.notes, *done, *left)), LABELS[kind])


def of_read(read: Read, label: str) -> Source:
    """What a format gave, as a source."""
    tables = read.made.tables
    return Source(
        tables, read.notes, hash_of(read.used), tables.absent, what=read.what, label=label, whole=read.made.whole
    )


def _ssda903_alone(seen: Sequence[Seen]) -> Read:
    from qaengine.cases.formats.ssda903 import read_ssda903_table

    return read_ssda903_table(seen[0].file)


def _ssda903(seen: Sequence[Seen]) -> Read:
    from qaengine.cases.formats.ssda903 import read_ssda903

    return read_ssda903([one.file for one in seen])


def _ssda903_xml(seen: Sequence[Seen]) -> Read:
    from qaengine.cases.formats.ssda903 import read_ssda903_xml

    return read_ssda903_xml(seen[0].file)


def _cin(seen: Sequence[Seen]) -> Read:
    from qaengine.cases.formats.cin_census import read_cin_census

    return read_cin_census(seen[0].file)


def _annex_a(seen: Sequence[Seen]) -> Read:
    from qaengine.cases.formats.annex_a import read_annex_a

    return read_annex_a(seen[0].file, seen[0].grids, seen[0].hidden)


def _ssd(seen: Sequence[Seen]) -> Read:
    from qaengine.cases.formats.ssd import read_ssd_files

    files: dict[str, list[InputFile]] = {}
    for one in seen:
        files.setdefault(one.table, []).append(one.file)
    return read_ssd_files(files)


def _api(seen: Sequence[Seen]) -> Read:
    from qaengine.cases.formats.dfe_api import read_payloads

    return read_payloads([one.file for one in seen])


_READERS: dict[Kind, Callable[[Sequence[Seen]], Read]] = {
    Kind.SSDA903: _ssda903,
    Kind.SSDA903_XML: _ssda903_xml,
    Kind.CIN: _cin,
    Kind.ANNEX_A: _annex_a,
    Kind.SSD: _ssd,
    Kind.API: _api,
}


def _list(path: Path, lists: Sequence[Seen], given: Path | None) -> Source:
    """A list of any shape, through the mapping beside it; without one, by the headings of which there is no doubt."""
    from qaengine.cases.formats.listed import read_list

    mappings = _mappings(path) if given is None and lists else []
    lacking = [one.file for one in lists if one.file.stem in TYPES and mapping_for(one, mappings) is None]
    if path.is_dir() and lacking and given is None:
        raise case_data_error(*(_without_children(file) for file in lacking))
    if len(lists) != 1:
        names = ", ".join(one.file.name for one in lists[:5])
        message = "no case files here" if not lists else "more than one list"
        raise case_data_error(Problem(str(path), 0, 0, message, names, EXPECTED if not lists else "the name of one"))
    (seen,) = lists
    mapping = read_mapping(read_bytes(given)) if given is not None else mapping_for(seen, mappings)
    how = f"read through {mapping.name}" if mapping is not None else "read by its known headings"
    notes: tuple[Note, ...] = ()
    if mapping is None:
        from qaengine.cases.formats.annex_a import refuse_unused
        from qaengine.cases.formats.proposing import propose

        refuse_unused(seen.grids)
        proposal = propose(seen.file, seen.grids)
        mapping = proposal.mapping(only_sure=True)
        if list(mapping.headings) == [proposal.child]:
            raise _unknown_list(proposal)
        notes = (Note(seen.file.name, UNMAPPED),)
    read = read_list(seen.file, seen.grids, mapping, how)
    done = (Note(seen.file.name, seen.done),) if seen.done else ()
    hidden = tuple(Note(f"{seen.file.name}, sheet {name}", "left: the sheet is hidden") for name in seen.hidden)
    notes = (*notes, *read.notes, *done, *hidden)
    return of_read(replace(read, what=f"a list, {how}", notes=notes), LABELS[Kind.LIST])


def _unknown_list(proposal: "Proposal") -> InputError:
    """A list of which no heading is known but that of the references may be one of chairs as well as of children."""
    found = ", ".join(cell.strip() for cell in proposal.grid.rows[proposal.row] if cell.strip())[:120]
    message = f"not a list that is known: there is no doubt of no heading but {proposal.child}"
    expected = "a mapping beside it: `qaengine map` writes one to be corrected"
    return case_data_error(Problem(proposal.grid.about, 0, 0, message, found, expected))


def _without_children(file: InputFile) -> Problem:
    message = f"the table {file.stem} has no column child_id"
    found = ", ".join(headings_of(file)[:6]) if file.suffix == ".csv" else ""
    return Problem(file.name, 1, 1, message, found or "no headings", "the headings of a native table (child_id, ...)")


UNMAPPED = (
    "read without a mapping, by the headings of which there is no doubt: `qaengine map` writes one to be corrected"
)


def mapping_for(seen: Seen, mappings: Sequence[ListMapping]) -> ListMapping | None:
    """The mapping of a list: the one that bears its name, or else the one all of whose headings it has.

    Raises InputError where several fit and none bears its name.
    """
    own = next((one for one in mappings if one.name.lower() == f"{seen.file.stem}{ENDING}"), None)
    if own is not None:
        return own
    rows = [row for grid in seen.grids for row in grid.rows[:SEEN_ROWS]]
    fitting = [one for one in mappings if any(one.fits(row) for row in rows)]
    if len(fitting) > 1:
        names = ", ".join(one.name for one in fitting)
        expected = f"--mapping FILE, or one named {seen.file.stem}{ENDING}"
        raise case_data_error(Problem(seen.file.name, 0, 0, "several mappings fit this list", names, expected))
    return fitting[0] if fitting else None


def _left(one: Seen, kind: Kind) -> Note:
    from qaengine.cases.formats.ssda903 import rows_in

    if one.kind is Kind.SSDA903_XML:
        return Note(one.file.name, "left: the return is read from its CSV files")
    says = "not a table of the return" if kind is Kind.SSDA903 else f"not part of {kind}"
    rows = rows_in(one.file) if one.file.suffix == ".csv" else sum(grid.filled for grid in one.grids)
    return Note(one.file.name, f"left: {says}", left=rows)


def _present(file: InputFile | None) -> list[InputFile]:
    return [file] if file is not None else []


def _mixed(path: Path, names: Sequence[str]) -> InputError:
    message, expected = "a mixed folder", "files of one kind alone; others may be joined to them with --with"
    return case_data_error(Problem(str(path), 0, 0, message, " beside ".join(names), expected))


def _several(path: Path, kind: Kind, seen: Sequence[Seen]) -> InputError:
    names = ", ".join(one.file.name for one in seen)
    expected = "the name of one file; others may be joined to it with --with"
    return case_data_error(Problem(str(path), 0, 0, f"more than one file is {kind}", names, expected))


def _nothing(path: Path, listing: Listing) -> InputError:
    names = ", ".join(child.name for child in listing.paths[:5]) or "nothing"
    message = "no case files here" if path.is_dir() else "not a case file"
    return case_data_error(Problem(str(path), 0, 0, message, names, EXPECTED))
