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
from qaengine.cases.formats.cin_sheets import DISABILITY, FACTORS
from qaengine.cases.formats.read import Read
from qaengine.cases.formats.ssd_sheets import (
    BESIDE,
    DATE,
    JOINED,
    LEFT,
    LEGAL,
    ORDER,
    PLACEMENT,
    SHEETS,
    UNUSED,
)
from qaengine.cases.notes import MOST_SHOWN, Note
from qaengine.cases.raw.csv_file import raw_csv
from qaengine.cases.raw.table import Raw, normal
from qaengine.cases.tables import nc
from qaengine.cases.taking.assemble import assemble
from qaengine.cases.taking.earlier import for_whom, of_other_kinds
from qaengine.cases.taking.spec import Sheet
from qaengine.cases.taking.take import Part, shown, take
from qaengine.cases.taking.values import Reads, Values, present
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
    parts = _without_lost(parts, desk)
    parts += of_other_kinds(parts, for_whom(parts))
    made = assemble(parts, None, "Standard Safeguarding Dataset")
    notes = (*(taken.note() for taken in takings), *desk.notes, *made.notes)
    return Read("the Standard Safeguarding Dataset", made, notes)


def _without_lost(parts: Sequence[Part], desk: _Desk) -> list[Part]:
    """The conferences, without the enquiry that they name where there is none of that id: then any may be meant."""
    enquiries = [part.rows.select("child_id", section47="id") for part in parts if part.type == "section47s"]
    if not enquiries:
        return list(parts)
    known = pl.concat(enquiries).drop_nulls().unique().with_columns(pl.lit(True).alias("?known"))
    done = []
    for part in parts:
        if part.type == "conferences" and "section47" in part.fields:
            rows = part.rows.join(known, on=["child_id", "section47"], how="left", maintain_order="left")
            lost = pl.col("section47").is_not_null() & pl.col("?known").is_null()
            kept = pl.when(~lost).then(pl.col("section47")).alias("section47")
            part = replace(part, rows=rows.with_columns(kept, lost.alias(nc("section47"))).drop("?known"))
            desk.say_lost(
                "ssd_initial_cp_conference", "icpc_s47_enquiry_id", int(rows.select(lost.sum()).item()), "an enquiry"
            )
        done.append(part)
    return done


def _with_leaves(sheet: Sheet) -> Sheet:
    """The table with the columns that are read to make others, and those of the dataset that are left."""
    return replace(sheet, leaves=(*sheet.leaves, *BESIDE.get(sheet.name, ()), *LEFT.get(sheet.name, ())))


@dataclass
class _Table:
    """A raw table by the names of its columns: a column may stand with its prefix or without."""

    raw: Raw

    def place(self, name: str) -> int | None:
        """Where a column stands: under its name as it is written, or else under one that says the same."""
        for one in (name, name.partition("_")[2]):
            places = [
                place
                for place, heading in enumerate(self.raw.headings)
                if normal(heading) == normal(one) and str(place) in self.raw.cells.columns
            ]
            if places:
                return min(places, key=lambda place: self.raw.headings[place].strip().casefold() != one)
        return None

    def column(self, name: str) -> pl.Series | None:
        place = self.place(name)
        return present(self.raw.cells[str(place)]) if place is not None else None

    def with_values(self, name: str, values: pl.Series) -> Raw:
        return replace(self.raw, cells=self.raw.cells.with_columns(values.alias(str(self.place(name)))))

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
        self._make("ssd_disability", "?disabled", "disa_disability_code", _is_disabled, _is_no_disability)
        self._involvements()
        self._make("ssd_s47_enquiry", "?conference_needed", "s47e_s47_outcome_json", _conference_needed, _is_no_outcome)
        self._make("ssd_cla_care_plan", "?options", "lacp_cla_care_plan_json", _options, _is_no_choice)
        self._health()
        self._orders()
        self._factors()
        self._placements()
        self._legal_statuses()

    def _column(self, table: str, column: str) -> pl.Series | None:
        return _Table(self.tables[table]).column(column) if table in self.tables else None

    def _put(self, table: str, heading: str, values: pl.Series) -> None:
        self.tables[table] = _Table(self.tables[table]).with_column(heading, values)

    def _needed(self, table: str, column: str) -> pl.Series | None:
        """A column of which another is made; where its table is there without it, that is said."""
        found = self._column(table, column)
        if found is None and table in self.tables:
            about = self.tables[table].about
            problem = Problem(about, 0, 0, f"no column {column}: what it says is not carried")
            self.notes.append(Note(about, f"the column {column}", headings=(problem,)))
        return found

    def _read(self, table: str, column: str, reads: Reads) -> Values | None:
        """The values of such a column; those that cannot be read are said."""
        cells = self._needed(table, column)
        if cells is None:
            return None
        read = reads(cells)
        self._unread(table, column, read.wrong, read.expected)
        return read

    def _make(
        self, table: str, heading: str, column: str, made: Callable[[str], str | None], wrong: Callable[[str], str]
    ) -> None:
        """A column made of another, value by value; `wrong` answers what was expected where it cannot be read."""
        values = self._needed(table, column)
        if values is None:
            return
        self._put(table, heading, pl.Series([made(value) if value else None for value in values], dtype=pl.String))
        expected = [wrong(value) if value else "" for value in values]
        for one in sorted(set(expected) - {""}):
            self._unread(table, column, pl.Series([each == one for each in expected]), one)

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
            named = self._column(table, person)
            if table not in self.tables or (named is not None and not named.null_count()):
                continue
            links, keys, persons = self._column(table, link), self._column(other, key), self._column(other, of)
            if links is None or keys is None or persons is None:
                continue
            found = _looked_up(links, keys, persons)
            if named is None:
                self._put(table, "?person", found)
            else:
                self.tables[table] = _Table(self.tables[table]).with_values(person, named.fill_null(found))

    def _involvements(self) -> None:
        """Which involvements are open, the latest begun first: it says whose the child is.

        None of a child counts where an end cannot be read, or where several are open and not each says when it began:
        then nothing says which is the latest.
        """
        table = "ssd_involvements"
        person = _Table(self.tables[table]).column("invo_person_id") if table in self.tables else None
        ended, began = (self._read(table, f"invo_involvement_{name}_date", DATE) for name in ("end", "start"))
        if person is None or ended is None:
            return
        none = pl.Series([None] * len(person), dtype=pl.Date)
        rows = pl.DataFrame(
            {
                "person": person,
                "open": ended.values.is_null() & ~ended.wrong,
                "wrong": ended.wrong,
                "day": began.values if began is not None else none,
            }
        )
        undated = pl.col("open") & pl.col("day").is_null()
        unsure = pl.col("wrong").any() | (undated.any() & (pl.col("open").sum() > 1))
        is_open = pl.when(pl.col("open") & ~unsure.over("person")).then(pl.lit("yes")).otherwise(pl.lit("no"))
        self._put(table, "?open", rows.select(is_open.alias("open"))["open"])
        raw = self.tables[table]
        by_day = rows["day"].arg_sort(descending=True, nulls_last=True)
        self.tables[table] = replace(raw, cells=raw.cells[by_day])

    def _health(self) -> None:
        """The day of a health check as that on which it was held, or on which it was refused."""
        day = self._read("ssd_cla_health", "clah_health_check_date", DATE)
        status = self._column("ssd_cla_health", "clah_health_check_status")
        if day is None or status is None:  # without a status: a check that was planned or refused has a day as well
            return
        refused = (status.str.strip_chars().str.to_lowercase() == "refused").fill_null(False)
        self._put("ssd_cla_health", "?held", day.values.set(refused, None))
        self._put("ssd_cla_health", "?refused", day.values.set(~refused, None))

    def _orders(self) -> None:
        """The day of the order that ended care, as that of an adoption or of a special guardianship."""
        day = self._read("ssd_permanence", "perm_permanence_order_date", DATE)
        kind = self._read("ssd_permanence", "perm_permanence_order_type", ORDER)
        if day is None or kind is None:
            return
        for heading, wanted in (("?adopted", "adoption"), ("?guardianship", "guardianship")):
            self._put("ssd_permanence", heading, day.values.set(~(kind.values == wanted).fill_null(False), None))

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
        factors = FACTORS(pl.Series([_factors(text) for text in said], dtype=pl.String)).values
        self._put("ssd_cin_assessments", "?factors", _looked_up(own, keys, factors))
        belong = keys.is_in(own.drop_nulls().implode()).fill_null(False)
        self._joined("ssd_assessment_factors", belong, "of assessments that are not there")
        wrong = said.is_not_null() & factors.is_null() & ~said.is_in(["[]", "{}"])
        self._unread("ssd_assessment_factors", "cinf_assessment_factors_json", wrong, 'a list such as ["1A", "2B"]')

    def _joined(self, table: str, taken: pl.Series, why: str, others: Iterable[str] = ()) -> None:
        count, raw = int(taken.sum()), self.tables[table]
        left = raw.height - count
        says = (
            f"the table {table}"
            + "".join(f"; {one}" for one in others)
            + (f"; {left:,} rows left {why}" if left else "")
        )
        self.notes.append(Note(raw.about, says, count, left))

    def _unread(self, table: str, column: str, wrong: pl.Series, expected: str) -> None:
        """Say which values of a column of which another is made cannot be read."""
        rows = wrong.fill_null(False).arg_true().to_list()
        if not rows:
            return
        raw, place = self.tables[table], _Table(self.tables[table]).place(column)
        assert place is not None
        message = f"{raw.headings[place]} cannot be read and is left blank"
        problems = [
            raw.problem(row, place, message, shown(raw.cells[str(place)][row]), expected) for row in rows[:MOST_SHOWN]
        ]
        self.notes.append(Note(raw.about, f"the column {column}", unread=tuple(problems), unread_count=len(rows)))

    def say_lost(self, table: str, column: str, count: int, what: str) -> None:
        """Say how many rows name a row of another table by an id that is not there."""
        if count:
            says = f"the column {column}; {count:,} rows name {what} that is not there"
            self.notes.append(Note(self.tables[table].about, says))

    def _placements(self) -> None:
        """The kind of placement of each episode of care, through the placement that it names."""
        link = self._needed("ssd_cla_episodes", "clae_cla_placement_id")
        keys = self._needed("ssd_cla_placement", "clap_cla_placement_id")
        kinds = self._column("ssd_cla_placement", "clap_cla_placement_type")
        if link is None or keys is None or kinds is None:
            return
        self._put("ssd_cla_episodes", "?placement", _looked_up(link, keys, PLACEMENT(kinds).values))
        lost = int((link.is_not_null() & ~link.is_in(keys.drop_nulls().implode()).fill_null(False)).sum())
        self.say_lost("ssd_cla_episodes", "clae_cla_placement_id", lost, "a placement")

    def _legal_statuses(self) -> None:
        """The legal status of each episode of care: the latest under which a child is looked after that was in force
        on its first day."""
        if "ssd_legal_status" not in self.tables:
            return
        raw = self.tables["ssd_legal_status"]
        of, status = (self._needed("ssd_legal_status", f"lega_{name}") for name in ("person_id", "legal_status"))
        began, ended = (
            self._read("ssd_legal_status", f"lega_legal_status_{name}_date", DATE) for name in ("start", "end")
        )
        person = self._column("ssd_cla_episodes", "clae_person_id")
        start = self._column("ssd_cla_episodes", "clae_cla_episode_start_date")
        if of is None or status is None or began is None or ended is None or person is None or start is None:
            self.notes.append(Note(raw.about, "left: no episode of care to which they belong", left=raw.height))
            return
        code = LEGAL(status).values
        unsure = of.filter((began.wrong | ended.wrong).fill_null(False)).drop_nulls()  # what was in force then?
        legal = pl.DataFrame({"person": of, "code": code, "began": began.values, "until": ended.values}).filter(
            pl.col("code").is_not_null() & pl.col("began").is_not_null() & ~pl.col("person").is_in(unsure.implode())
        )
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
        ours = code.is_not_null() & of.is_in(person.drop_nulls().implode()).fill_null(False)
        self._joined("ssd_legal_status", ours, "that are no status of a child who is looked after")


def _looked_up(links: pl.Series, keys: pl.Series, values: pl.Series) -> pl.Series:
    """For each link the value of the row that has it for a key; the first of several."""
    known = pl.DataFrame({"key": keys, "value": values}).filter(pl.col("key").is_not_null()).unique("key", keep="first")
    return pl.DataFrame({"key": links}).join(known, on="key", how="left", maintain_order="left")["value"]


def _is_disabled(code: str) -> str | None:
    means = {word.lower(): answer for word, answer in DISABILITY.means.items()}
    return means.get(code.strip().lower())


def _is_no_disability(code: str) -> str:
    return "" if _is_disabled(code) else DISABILITY.says


def _json(text: str | None) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _flag(value: Any) -> bool | None:
    word = str(value).strip().lower()
    return True if word in ("y", "yes", "true", "1", "t") else False if word in ("n", "no", "false", "0", "f") else None


def _conference_needed(outcome: str) -> str | None:
    """What the outcome of an enquiry says of a conference; blank where the enquiry has no outcome yet."""
    said = _json(outcome)
    if not isinstance(said, dict):
        return None
    flag = next(map(_flag, _conference_flags(said)), None)
    return None if flag is None else "yes" if flag else "no"


def _conference_flags(said: Mapping[Any, Any]) -> list[Any]:
    return [value for key, value in said.items() if str(key).upper().endswith("CP_CONFERENCE_FLAG") and value]


def _is_no_outcome(outcome: str) -> str:
    said = _json(outcome)
    if isinstance(said, dict) and all(_flag(value) is not None for value in _conference_flags(said)):
        return ""
    return 'flags such as {"OUTCOME_CP_CONFERENCE_FLAG": "Y"}'


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


def _named(plan: str) -> list[str] | None:
    """What a care plan says yes to; None where it is not a plan that can be read."""
    said = _json(plan)
    return [str(key) for key, value in said.items() if _flag(value)] if isinstance(said, dict) else None


def _options(plan: str) -> str | None:
    return " ".join(dict.fromkeys(OPTIONS[key] for key in _named(plan) or () if key in OPTIONS)) or None


def _is_no_choice(plan: str) -> str:
    named = _named(plan)
    expected = 'flags such as {"ADOPTION": "Y"}, of ' + ", ".join(OPTIONS)
    return expected if named is None or any(key not in OPTIONS for key in named) else ""


def _permanence(raw: Raw, parts: Sequence[Part]) -> list[Part]:
    """The options for permanence that each care plan names, agreed on the day on which the plan began."""
    said = _Table(raw).column("?options")
    plans = next((part.rows for part in parts if part.type == "plans" and (part.rows["kind"] == "care").all()), None)
    if said is None or plans is None or "started" not in plans.columns:
        return []
    rows: list[dict[str, Any]] = []
    for plan in plans.iter_rows(named=True):
        for option in (said[plan["order"]] or "").split():
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
