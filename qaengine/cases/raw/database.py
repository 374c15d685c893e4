"""The SSD in a PostgreSQL database: its tables read as text, in a transaction that can only read.

Only the columns that are of use are asked for, so that names and addresses never leave the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qaengine.cases.files import InputFile
from qaengine.cases.formats.recognise import LABELS, Kind
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.reading import of_read
from qaengine.cases.source import Source
from qaengine.model.problem import Problem

PATIENCE = 10  # seconds to wait for a connection


def read_database(url: str) -> Source:
    """The tables of the SSD that a database holds.

    Raises InputError where the driver is not installed, the database cannot be reached, or it holds none of the tables.
    """
    from qaengine.cases.formats.ssd import read_ssd_files
    from qaengine.cases.formats.ssd_sheets import UNUSED
    from qaengine.cases.given import without_password

    shown = without_password(url)
    try:
        import psycopg
    except ImportError:
        expected = "pip install 'qaengine[postgres]'"
        raise case_data_error(
            Problem(shown, 0, 0, "the driver for PostgreSQL is not installed", expected=expected)
        ) from None
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE, application_name="qaengine") as connection:
            connection.read_only = True
            files, unused = _tables(connection, shown)
    except psycopg.Error as error:
        raise case_data_error(Problem(shown, 0, 0, f"cannot be read: {_said(error, url)}")) from None
    read = read_ssd_files({file.name.removesuffix(".csv"): [file] for file in files})
    left = tuple(Note(name, "left: nothing of it is used") for name in unused if name in UNUSED)
    what = f"{read.what} in {shown}"
    return of_read(replace(read, what=what, notes=(*read.notes, *left), used=tuple(files)), LABELS[Kind.SSD])


def _said(error: Exception, url: str) -> str:
    """What the driver says, in one line and without what stands in the URL."""
    first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return first.replace(url, "the database").strip()


def _tables(connection: Any, shown: str) -> tuple[list[InputFile], list[str]]:
    """The tables that are read, as CSV, and the names of those that are not."""
    from psycopg import sql

    from qaengine.cases.formats.ssd import BY_NAME, columns_of
    from qaengine.cases.formats.ssd_sheets import JOINED

    found = connection.execute(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns "
        "WHERE lower(table_name) LIKE 'ssd\\_%' AND table_schema NOT IN ('pg_catalog', 'information_schema') "
        "ORDER BY table_schema, table_name, ordinal_position"
    ).fetchall()
    tables: dict[str, dict[str, list[str]]] = {}
    for schema, table, column in found:
        tables.setdefault(table.lower(), {}).setdefault(f"{schema}.{table}", []).append(column)
    used = {name: places for name, places in tables.items() if name in BY_NAME or name in JOINED}
    if not used:
        expected = "tables such as ssd_person, which this user may read"
        raise case_data_error(Problem(shown, 0, 0, "no table of the SSD in the database", expected=expected))
    schemas = [schema for (schema,) in connection.execute("SELECT unnest(current_schemas(false))").fetchall()]
    used = {name: _chosen(places, schemas) for name, places in used.items()}
    expected = "one schema, or the one of the search path: postgresql://…?options=-csearch_path%3DSCHEMA"
    doubled = [
        Problem(shown, 0, 0, f"{name} is there more than once", ", ".join(places), expected)
        for name, places in used.items()
        if len(places) > 1
    ]
    if doubled:
        raise case_data_error(*doubled)
    files = []
    for name, places in used.items():
        ((place, columns),) = places.items()
        wanted = [column for column in columns if columns_of(name)(column)]
        schema, table = place.split(".", 1)
        asked = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(column)) for column in wanted)
        query = sql.SQL("COPY (SELECT {} FROM {}.{}) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *)").format(
            asked, sql.Identifier(schema), sql.Identifier(table)
        )
        heading = ",".join(wanted).encode() + b"\n"
        with connection.cursor() as cursor, cursor.copy(query) as copy:
            files.append(InputFile(f"{name}.csv", heading + b"".join(bytes(piece) for piece in copy)))
    return files, [name for name in tables if name not in used]


def _chosen(places: dict[str, list[str]], schemas: Sequence[str]) -> dict[str, list[str]]:
    """Of several tables of one name that in the first schema of the search path that has one."""
    for schema in schemas:
        found = {place: columns for place, columns in places.items() if place.split(".", 1)[0] == schema}
        if found:
            return found
    return places
