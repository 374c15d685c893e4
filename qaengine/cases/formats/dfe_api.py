"""Payloads of the DfE children's social care API: JSON, one child a record, in one file or in many.

A node that says `purge: true` is dropped, with everything in it. A section that no episode of a child has is not
carried for that child; one that is there and empty is none. The payload has no visits, no reviews, no legal statuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qaengine.cases.files import InputFile
from qaengine.cases.formats.api_sheets import ARRAYS, OBJECTS, SECTIONS, SHEETS
from qaengine.cases.formats.cin_sheets import DISABILITY
from qaengine.cases.formats.payload_nodes import Nodes
from qaengine.cases.formats.read import Read
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.raw.json_file import read_json
from qaengine.cases.raw.table import Raw, normal, raw_of
from qaengine.cases.shape import CHILD
from qaengine.cases.taking.assemble import assemble
from qaengine.cases.taking.earlier import children_in, unseen
from qaengine.cases.taking.spec import Sheet
from qaengine.cases.taking.take import Part, take
from qaengine.model.problem import Problem

EPISODES = "social_care_episodes"
VALUES_OF_CHILD = frozenset(map(normal, ("la_child_id", "mis_child_id")))
SECTIONS_OF_CHILD = ("child_details", "health_and_wellbeing", EPISODES, "education_health_care_plans")
SECTIONS_OF_EPISODE = ("care_worker_details", *SECTIONS)
VALUES = {
    sheet.name: frozenset(normal(one) for variants in sheet.headings() for one in variants) - {"factors", "disabled"}
    for sheet in SHEETS
}
"""The values of each node of which something is made."""


def read_payloads(files: Sequence[InputFile]) -> Read:
    """The children of some payloads. They state no date.

    Raises InputError where a file is not JSON, or holds no child.
    """
    rows = _Rows()
    for file in files:
        before = rows.children
        for place, child in _children(file, read_json(file)):
            rows.of_child(file.name, place, child)
        if rows.children == before:
            message = "no child in the payload"
            raise case_data_error(Problem(file.name, 0, 0, message, expected="records with la_child_id"))
    takings = [take(rows.raw(sheet), sheet, once_each=sheet.makes_child) for sheet in SHEETS]
    parts = [rows.carried(part, sheet) for taken, sheet in zip(takings, SHEETS, strict=True) for part in taken.parts]
    parts += rows.unsaid(parts)
    made = assemble(parts, None, "DfE API payloads")
    notes = (*(taken.note() for taken in takings), *rows.notes, *made.notes)
    return Read("payloads of the DfE API", made, notes, tuple(files))


def _children(file: InputFile, data: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The records of children, each with its place in the file."""
    records: Any = data
    path = ""
    if isinstance(data, dict):
        key = next((key for key in data if key.lower() == "children"), None)
        records, path = (data[key], key) if key is not None else ([data], "")
        if key is None and not _is_child(data):
            expected = "Children, or a record with la_child_id"
            raise case_data_error(Problem(file.name, 0, 0, "no child in the payload", ", ".join(data)[:120], expected))
    if isinstance(records, dict):
        records = [records]
    if not isinstance(records, list):
        raise case_data_error(Problem(file.name, 0, 0, "not a payload", expected="one child a record"))
    for place, record in enumerate(records):
        where = f"{path}[{place}]" if path or len(records) > 1 or isinstance(data, list) else ""
        if not isinstance(record, dict) or (record and not _is_child(record)):
            message, found = f"{where} is no record of a child", ", ".join(record) if isinstance(record, dict) else ""
            raise case_data_error(Problem(file.name, 0, 0, message, found[:120], "a record with la_child_id"))
        yield where, record


def _is_child(record: Mapping[str, Any]) -> bool:
    return any(one in record for one in ("la_child_id", "mis_child_id", *SECTIONS_OF_CHILD))


class _Rows:
    """The rows of the tables, as they are met in the payloads."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, str | None]]] = {sheet.name: [] for sheet in SHEETS}
        self._says: dict[str, set[str]] = {name: set() for name in (*SECTIONS, "sdq_assessments", EPISODES)}
        self._nodes = Nodes()
        self._episodes: dict[str, int] = {}
        self.children = 0

    def of_child(self, file: str, where: str, child: Mapping[str, Any]) -> None:
        """Every row of one child."""
        self.children += 1
        at = f"{file} {where}".strip()
        if self._nodes.is_purged(child):
            return
        own = self._nodes.values(at, child, VALUES_OF_CHILD, SECTIONS_OF_CHILD)
        reference = own.get("la_child_id") or own.get("mis_child_id")
        details = self._nodes.object(at, child, "child_details")
        episodes = [(f"{at} {EPISODES}[{place}]", one) for place, one in self._nodes.array(at, child, EPISODES)]
        row = self._nodes.values(at, details, VALUES["child_details"], ("disabilities",))
        row["disabled"] = self._disabled(at, details)
        row["?worker"] = self._nodes.worker(episodes)
        self._add("child_details", reference, row, at)
        health = self._nodes.object(at, child, "health_and_wellbeing")
        self._nodes.nothing_else(self._nodes.values(at, health, (), ("sdq_assessments",)))
        self._section(at, reference, health, "sdq_assessments", {})
        if child.get(EPISODES) is not None:
            self._says[EPISODES].add(str(reference))
        for where, episode in episodes:
            self._of_episode(where, reference, episode)

    def _disabled(self, at: str, details: Mapping[str, Any]) -> str | None:
        """Yes where a disability is coded, no where NONE alone is; blank where nothing is said, or nothing that can be
        read."""
        if not isinstance(details.get("disabilities"), list | None):
            self._nodes.wrong(at, "disabilities is not a list, and is left", "", "a list of codes")
            return None
        means = {word.lower(): answer for word, answer in DISABILITY.means.items()}
        codes = self._nodes.codes(details, "disabilities")
        said = {means.get(code.strip().lower(), "") for code in codes}
        for code in codes:
            if code.strip().lower() not in means:
                self._nodes.wrong(at, "disabilities cannot be read and is left blank", code, DISABILITY.says)
        return "yes" if "yes" in said else "no" if said == {"no"} else None

    def _of_episode(self, at: str, reference: str | None, episode: Mapping[str, Any]) -> None:
        nth = self._episodes.get(str(reference), 0) + 1
        self._episodes[str(reference)] = nth
        row = self._nodes.values(at, episode, VALUES[EPISODES], SECTIONS_OF_EPISODE)
        row["?id"] = row.get("social_care_episode_id") or f"referrals-{nth:03}"
        self._add(EPISODES, reference, row, at)
        for section in ARRAYS:
            self._section(at, reference, episode, section, {"?referral": row["?id"]})
        for section in OBJECTS:
            if section in episode:
                self._says[section].add(str(reference))
                one = self._nodes.object(at, episode, section)
                if one:
                    where = f"{at} {section}"
                    self._add(section, reference, self._nodes.values(where, one, VALUES[section], ()), where)

    def _section(
        self, at: str, reference: str | None, whole: Mapping[str, Any], section: str, more: Mapping[str, str | None]
    ) -> None:
        """The rows of one array, which is said to be there even where it is empty."""
        if whole.get(section) is None:
            return
        self._says[section].add(str(reference))
        for place, one in self._nodes.array(at, whole, section):
            where = f"{at} {section}[{place}]"
            row = {**self._nodes.values(where, one, VALUES[section], ("factors",)), **more}
            if "factors" in one:
                row["factors"] = " ".join(self._nodes.codes(one, "factors")) or None
            self._add(section, reference, row, where)

    def _add(self, table: str, reference: str | None, row: Mapping[str, str | None], at: str) -> None:
        self._rows[table].append({"la_child_id": reference, **row, "?at": at})

    def raw(self, sheet: Sheet) -> Raw:
        """One table; its places are paths."""
        rows = self._rows[sheet.name]
        places = [str(row["?at"]) for row in rows]
        bare = [{key: value for key, value in row.items() if key != "?at"} for row in rows]
        headings = [variants[0] for variants in sheet.headings()]
        raw = raw_of(sheet.name, sheet.name, bare, range(len(rows)), headings)
        return _Placed(raw.about, raw.name, raw.headings, raw.cells, raw.line_of, False, tuple(places))

    def carried(self, part: Part, sheet: Sheet) -> Part:
        """A part, for the children of whom a payload says anything of its section."""
        if sheet.name not in self._says:
            return part
        return replace(part, listed=frozenset(self._says[sheet.name]))

    def unsaid(self, parts: Sequence[Part]) -> list[Part]:
        """What a payload does not have of types that it has: care plans, pathway plans and the assessments before them,
        plans of a section that is missing, and the reasons for which there is no SDQ."""
        everyone = children_in(parts, CHILD.name)
        in_care = children_in(parts, "episodes") | (everyone - self._says["child_looked_after_placements"])
        return [
            *unseen(parts, "plans", "cin", everyone - self._says["child_in_need_plans"]),
            *unseen(parts, "plans", "cp", everyone - self._says["child_protection_plans"]),
            *unseen(parts, "plans", "care", in_care),
            *unseen(parts, "plans", "pathway", children_in(parts, "adviser_contacts")),
            *unseen(parts, "assessments", "pathway_needs", children_in(parts, "adviser_contacts")),
            *unseen(parts, "sdqs", "", self._says["sdq_assessments"]),
        ]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was purged, what is not known, and what has another shape."""
        return self._nodes.notes()


class _Placed(Raw):
    """A raw table whose rows have paths for places."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args[:-1])
        object.__setattr__(self, "_places", args[-1])

    def problem(
        self, row: int, place: int, message: str, found: str = "", expected: str = "", near: str = ""
    ) -> Problem:
        places: Sequence[str] = self.__dict__["_places"]
        return Problem(places[row], 0, 0, message, found, expected, near)
