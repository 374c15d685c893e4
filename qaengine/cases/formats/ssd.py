"""The Standard Safeguarding Dataset: one table a file (CSV or Parquet), or the tables of a PostgreSQL database.

Ids are numbers in some systems and text in others; a table may name no person and be joined through another; JSON
stands inside some columns. Dates that stand for none, and the literal PLACEHOLDER_DATA, are missing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from qaengine.cases.files import InputFile
from qaengine.cases.formats.cin_sheets import DISABILITY
from qaengine.cases.formats.read import Read
from qaengine.cases.formats.ssd_sheets import (
    BESIDE,
    DATE,
    JOINED,
    LEFT,
    LEGAL,
    ORDER,
    SHEETS,
    UNUSED,
)
from qaengine.cases.notes import MOST_SHOWN, Note
from qaengine.cases.raw.csv_file import raw_csv
from qaengine.cases.raw.table import Raw, normal
from qaengine.cases.taking.assemble import assemble
from qaengine.cases.taking.spec import Sheet
from qaengine.cases.taking.take import Part, shown, take
from qaengine.cases.taking.values import present
from qaengine.model.problem import Problem

BY_NAME = {sheet.name: sheet for sheet in SHEETS}
TABLES = (*BY_NAME, *JOINED, *UNUSED)

OPTIONS = {
    "REMAINSUP": "return_home",
    "RETURN1M": "return_home",
    "RETURN6M": "return_home",
    "RETURNEV": "return_home",
    "LTRELFR": "other",
    "LTFOST18": "long_term_fostering",
    "RESPLMT": "residential",
    "SUPPLIV": "supported_living",
    "ADOPTION": "adoption",
    "OTHERPLN": "other",
}
"""The plans for permanence that a care plan names, as options of ours (SSD, lacp_cla_care_plan_json)."""


def table_of(stem: str, headings: Sequence[str]) -> str:
    """The name of the table of the dataset that a file holds, by its name or by its headings; "" where it is none."""
    name = stem.lower() if stem.lower().startswith("ssd_") else f"ssd_{stem.lower()}"
    if name in TABLES and stem.lower().startswith("ssd_"):
        return name
    best = max(SHEETS, key=lambda sheet: _own(sheet, headings))
    return best.name if _own(best, headings) >= 2 else ""


def _own(sheet: Sheet, headings: Sequence[str]) -> int:
    """How many of the columns of a table, prefix and all, are among the headings."""
    found = {heading.strip().lower() for heading in headings}
    return sum(variants[0] in found for variants in sheet.headings())


def columns_of(name: str) -> Callable[[str], bool]:
    """Whether a heading is one that is read of a table: nobody's name, address or number is."""
    if name in JOINED:
        wanted = {normal(one) for column in JOINED[name] for one in (column, column.partition("_")[2])}
    else:
        sheet = BY_NAME[name]
        wanted = {normal(one) for variants in sheet.headings() for one in variants}
        wanted |= {normal(one) for column in BESIDE.get(name, ()) for one in (column, column.partition("_")[2])}
    return lambda heading: normal(heading) in wanted


def read_ssd_files(files: Mapping[str, Sequence[InputFile]]) -> Read:
    """The dataset in files, by the name of the table that each holds."""
    from qaengine.cases.notes import case_data_error
    from qaengine.cases.raw.parquet_file import raw_parquet

    raws: dict[str, Raw] = {}
    notes: list[Note] = []
    used: list[InputFile] = []
    for name, same in files.items():
        if len(same) > 1:
            several = ", ".join(file.name for file in same)
            message = f"several files hold the table {name}"
            raise case_data_error(Problem(same[0].name, 0, 0, message, several, "one file a table"))
        (file,) = same
        if name in UNUSED:
            notes.append(Note(file.name, f"left: the table {name}, of which nothing is used", left=_height(file)))
            continue
        used.append(file)
        reads = raw_parquet if file.suffix == ".parquet" else raw_csv
        raws[name] = reads(file, name, columns_of(name))
    read = read_ssd(raws)
    return replace(read, notes=(*read.notes, *notes), used=tuple(used))


def _height(file: InputFile) -> int:
    from qaengine.cases.formats.ssda903 import rows_in
    from qaengine.cases.raw.parquet_file import height_of

    return height_of(file) if file.suffix == ".parquet" else rows_in(file)


def read_ssd(raws: Mapping[str, Raw]) -> Read:
    """The dataset from its raw tables, by name."""
    desk = _Desk(dict(raws))
    desk.join()
    takings = [take(desk.tables[name], _with_leaves(BY_NAME[name])) for name in BY_NAME if name in desk.tables]
    parts: list[Part] = [part for taken in takings for part in taken.parts]
    if "ssd_cla_care_plan" in desk.tables:
        parts += _permanence(desk.tables["ssd_cla_care_plan"], parts)
    made = assemble(parts, None, "Standard Safeguarding Dataset")
    notes = (*(taken.note() for taken in takings), *desk.notes, *made.notes)
    return Read("the Standard Safeguarding Dataset", made.tables, notes)


def _with_leaves(sheet: Sheet) -> Sheet:
    """The table with the columns that are read to make others, and those of the dataset that are left."""
    return replace(sheet, leaves=(*sheet.leaves, *BESIDE.get(sheet.name, ()), *LEFT.get(sheet.name, ())))


@dataclass
class _Table:
    """A raw table by the names of its columns: a column may stand with its prefix or without."""

    raw: Raw

    def column(self, name: str) -> pl.Series | None:
        for one in (name, name.partition("_")[2]):
            for place, heading in enumerate(self.raw.headings):
                if normal(heading) == normal(one) and str(place) in self.raw.cells.columns:
                    return present(self.raw.cells[str(place)])
        return None

    def with_column(self, heading: str, values: pl.Series) -> Raw:
        cells = self.raw.cells.with_columns(values.cast(pl.String).alias(str(len(self.raw.headings))))
        return replace(self.raw, headings=(*self.raw.headings, heading), cells=cells)


class _Desk:
    """The tables on the desk, where one is joined to another."""

    def __init__(self, tables: dict[str, Raw]) -> None:
        self.tables = tables
        self.notes: list[Note] = []

    def join(self) -> None:
        """Every column that is made of another table or of another column."""
        self._persons()
        self._make("ssd_disability", "?disabled", "disa_disability_code", _is_disabled)
        self._make("ssd_involvements", "?open", "invo_involvement_end_date", _is_open)
        self._latest_first("ssd_involvements", "invo_involvement_start_date")
        self._make("ssd_s47_enquiry", "?conference_needed", "s47e_s47_outcome_json", _conference_needed)
        self._orders()
        self._factors()
        self._placements()
        self._legal_statuses()

    def _column(self, table: str, column: str) -> pl.Series | None:
        return _Table(self.tables[table]).column(column) if table in self.tables else None

    def _put(self, table: str, heading: str, values: pl.Series) -> None:
        self.tables[table] = _Table(self.tables[table]).with_column(heading, values)

    def _make(self, table: str, heading: str, column: str, made: Callable[[str | None], str | None]) -> None:
        """A column made of another, value by value."""
        values = self._column(table, column)
        if values is not None:
            self._put(table, heading, pl.Series([made(value) for value in values], dtype=pl.String))

    def _persons(self) -> None:
        """The person of a row that names none, through the plan or the period of care that it does name."""
        through = (
            ("ssd_cla_reviews", "clar_person_id", "clar_cla_id", "ssd_cla_episodes", "clae_cla_id", "clae_person_id"),
            ("ssd_cla_visits", "clav_person_id", "clav_cla_id", "ssd_cla_episodes", "clae_cla_id", "clae_person_id"),
            ("ssd_cla_placement", "clap_person_id", "clap_cla_id", "ssd_cla_episodes", "clae_cla_id", "clae_person_id"),
            ("ssd_cp_visits", "cppv_person_id", "cppv_cp_plan_id", "ssd_cp_plans", "cppl_cp_plan_id", "cppl_person_id"),
            (
                "ssd_cp_reviews",
                "cppr_person_id",
                "cppr_cp_plan_id",
                "ssd_cp_plans",
                "cppl_cp_plan_id",
                "cppl_person_id",
            ),
            (
                "ssd_cin_visits",
                "cinv_person_id",
                "cinv_cin_plan_id",
                "ssd_cin_plans",
                "cinp_cin_plan_id",
                "cinp_person_id",
            ),
        )
        for table, person, link, other, key, of in through:
            if table not in self.tables or self._column(table, person) is not None:
                continue
            links, keys, persons = self._column(table, link), self._column(other, key), self._column(other, of)
            if links is None or keys is None or persons is None:
                continue
            self._put(table, "?person", _looked_up(links, keys, persons))

    def _latest_first(self, table: str, column: str) -> None:
        started = self._column(table, column)
        if started is not None:
            cells = self.tables[table].cells.with_columns(DATE(started).values.alias("?day"))
            ordered = cells.sort("?day", descending=True, nulls_last=True, maintain_order=True).drop("?day")
            self.tables[table] = replace(self.tables[table], cells=ordered)

    def _orders(self) -> None:
        """The day of the order that ended care, as that of an adoption or of a special guardianship."""
        day = self._column("ssd_permanence", "perm_permanence_order_date")
        kind = self._column("ssd_permanence", "perm_permanence_order_type")
        if day is None or kind is None:
            return
        read = ORDER(kind).values
        for heading, wanted in (("?adopted", "adoption"), ("?guardianship", "guardianship")):
            self._put("ssd_permanence", heading, day.set(~(read == wanted).fill_null(False), None))

    def _factors(self) -> None:
        """The factors of each assessment, from their own table."""
        if "ssd_assessment_factors" not in self.tables:
            return
        raw = self.tables["ssd_assessment_factors"]
        keys = self._column("ssd_assessment_factors", "cinf_assessment_id")
        said = self._column("ssd_assessment_factors", "cinf_assessment_factors_json")
        own = self._column("ssd_cin_assessments", "cina_assessment_id")
        if keys is None or said is None or own is None:
            reason = "left: no column by which they belong to an assessment"
            self.notes.append(Note(raw.about, reason, left=raw.height))
            return
        factors = pl.Series([_factors(text) for text in said], dtype=pl.String)
        self._put("ssd_cin_assessments", "?factors", _looked_up(own, keys, factors))
        belong = keys.is_in(own.drop_nulls().implode()).fill_null(False)
        self._joined("ssd_assessment_factors", belong, "of assessments that are not there")
        wrong = said.is_not_null() & factors.is_null() & ~said.is_in(["[]", "{}"])
        self._unread("ssd_assessment_factors", said, wrong, 'a list such as ["1A", "2B"]')

    def _joined(self, table: str, taken: pl.Series, why: str, others: Iterable[str] = ()) -> None:
        count, raw = int(taken.sum()), self.tables[table]
        left = raw.height - count
        says = (
            f"the table {table}"
            + "".join(f"; {one}" for one in others)
            + (f"; {left:,} rows left {why}" if left else "")
        )
        self.notes.append(Note(raw.about, says, count, left))

    def _unread(self, table: str, cells: pl.Series, wrong: pl.Series, expected: str) -> None:
        rows = wrong.fill_null(False).arg_true().to_list()
        if not rows:
            return
        raw, last = self.tables[table], self.notes[-1]
        problems = [
            raw.problem(row, 0, "a value cannot be read and is left blank", shown(cells[row]), expected)
            for row in rows[:MOST_SHOWN]
        ]
        self.notes[-1] = replace(last, unread=tuple(problems), unread_count=len(rows))

    def _placements(self) -> None:
        """The kind of placement of each episode of care, through the placement that it names."""
        link = self._column("ssd_cla_episodes", "clae_cla_placement_id")
        keys = self._column("ssd_cla_placement", "clap_cla_placement_id")
        kinds = self._column("ssd_cla_placement", "clap_cla_placement_type")
        if link is not None and keys is not None and kinds is not None:
            self._put("ssd_cla_episodes", "?placement", _looked_up(link, keys, kinds))

    def _legal_statuses(self) -> None:
        """The legal status of each episode of care: the latest under which a child is looked after that was in force
        on its first day."""
        if "ssd_legal_status" not in self.tables:
            return
        raw = self.tables["ssd_legal_status"]
        names = JOINED["ssd_legal_status"]
        columns = [self._column("ssd_legal_status", name) for name in names]
        person = self._column("ssd_cla_episodes", "clae_person_id")
        start = self._column("ssd_cla_episodes", "clae_cla_episode_start_date")
        if any(column is None for column in columns[:3]) or person is None or start is None:
            self.notes.append(Note(raw.about, "left: no episode of care to which they belong", left=raw.height))
            return
        of, status, began, ended = columns
        assert of is not None
        assert status is not None
        assert began is not None
        code = LEGAL(status).values
        none = pl.Series([None] * len(of), dtype=pl.String)
        legal = pl.DataFrame(
            {
                "person": of,
                "code": code,
                "began": DATE(began).values,
                "until": DATE(ended if ended is not None else none).values,
            }
        ).filter(pl.col("code").is_not_null() & pl.col("began").is_not_null())
        episodes = pl.DataFrame({"person": person, "start": DATE(start).values}).with_row_index("row")
        in_force = (
            episodes.join(legal, on="person", how="inner")
            .filter(
                (pl.col("began") <= pl.col("start")) & (pl.col("until").is_null() | (pl.col("until") > pl.col("start")))
            )
            .sort("began")
            .group_by("row")
            .agg(pl.col("code").last())
        )
        found = episodes.join(in_force, on="row", how="left", maintain_order="left")["code"]
        self._put("ssd_cla_episodes", "?legal_status", found)
        self._joined("ssd_legal_status", code.is_not_null(), "that are no status of a child who is looked after")


def _looked_up(links: pl.Series, keys: pl.Series, values: pl.Series) -> pl.Series:
    """For each link the value of the row that has it for a key; the first of several."""
    known = pl.DataFrame({"key": keys, "value": values}).filter(pl.col("key").is_not_null()).unique("key", keep="first")
    return pl.DataFrame({"key": links}).join(known, on="key", how="left", maintain_order="left")["value"]


def _is_disabled(code: str | None) -> str | None:
    means = {word.lower(): answer for word, answer in DISABILITY.means.items()}
    return means.get(code.strip().lower()) if code else None


def _is_open(ended: str | None) -> str:
    return "yes" if ended is None or ended[:10] in ("1900-01-01", "9999-12-31", "01/01/1900", "31/12/9999") else "no"


def _json(text: str | None) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _flag(value: Any) -> bool | None:
    word = str(value).strip().lower()
    return True if word in ("y", "yes", "true", "1", "t") else False if word in ("n", "no", "false", "0", "f") else None


def _conference_needed(outcome: str | None) -> str | None:
    """What the outcome of an enquiry says of a conference; blank where the enquiry has no outcome yet."""
    said = _json(outcome)
    if not isinstance(said, dict):
        return None
    flag = next((_flag(value) for key, value in said.items() if str(key).upper().endswith("CP_CONFERENCE_FLAG")), None)
    return None if flag is None else "yes" if flag else "no"


def _factors(text: str | None) -> str | None:
    """Factor codes divided by spaces, from a list of codes or from codes with yes or no."""
    said = _json(text)
    if isinstance(said, list):
        codes = [str(code).strip() for code in said]
    elif isinstance(said, dict):
        codes = [str(code).strip() for code, value in said.items() if _flag(value)]
    else:
        return None
    return " ".join(sorted({code for code in codes if code})) or None


def _permanence(raw: Raw, parts: Sequence[Part]) -> list[Part]:
    """The options for permanence that each care plan names, agreed on the day on which the plan began."""
    said = _Table(raw).column("lacp_cla_care_plan_json")
    plans = next((part.rows for part in parts if part.type == "plans" and (part.rows["kind"] == "care").all()), None)
    if said is None or plans is None or "started" not in plans.columns:
        return []
    rows: list[dict[str, Any]] = []
    for plan in plans.iter_rows(named=True):
        options = _json(said[plan["order"]])
        named = [key for key, value in options.items() if _flag(value)] if isinstance(options, dict) else []
        for option in dict.fromkeys(OPTIONS[key] for key in named if key in OPTIONS):
            id_ = f"{plan['id']}-{option}" if plan["id"] else None
            rows.append(
                {
                    "child_id": plan["child_id"],
                    "order": plan["order"],
                    "id": id_,
                    "agreed": plan["started"],
                    "agreed_as_typed": None,
                    "option": option,
                }
            )
    schema = {
        "child_id": pl.String,
        "order": pl.UInt32,
        "id": pl.String,
        "agreed": pl.Date,
        "agreed_as_typed": pl.String,
        "option": pl.String,
    }
    return [Part("permanence_decisions", pl.DataFrame(rows, schema=schema))]
