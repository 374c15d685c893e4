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
from qaengine.cases.formats.read import Read
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.raw.json_file import as_text, read_json
from qaengine.cases.raw.table import Raw, raw_of
from qaengine.cases.shape import CHILD
from qaengine.cases.taking.assemble import assemble
from qaengine.cases.taking.earlier import children_in, unseen
from qaengine.cases.taking.spec import Sheet
from qaengine.cases.taking.take import Part, take
from qaengine.model.problem import Problem, nearest

EPISODES = "social_care_episodes"
KNOWN_OF_CHILD = frozenset(
    {
        "la_child_id",
        "mis_child_id",
        "purge",
        "child_details",
        "health_and_wellbeing",
        EPISODES,
        "education_health_care_plans",
        "la_code",
    }
)
KNOWN_OF_EPISODE = frozenset(
    {
        "social_care_episode_id",
        "referral_date",
        "referral_source",
        "referral_no_further_action_flag",
        "closure_date",
        "closure_reason",
        "care_worker_details",
        "purge",
        *SECTIONS,
    }
)


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
    if isinstance(records, dict):
        records = [records]
    if not isinstance(records, list):
        raise case_data_error(Problem(file.name, 0, 0, "not a payload", expected="one child a record"))
    for place, record in enumerate(records):
        where = f"{path}[{place}]" if path or len(records) > 1 or isinstance(data, list) else ""
        if not isinstance(record, dict):
            raise case_data_error(Problem(file.name, 0, 0, f"{where} is no record of a child", expected="an object"))
        yield where, record


class _Rows:
    """The rows of the tables, as they are met in the payloads."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, str | None]]] = {sheet.name: [] for sheet in SHEETS}
        self._says: dict[str, set[str]] = {name: set() for name in (*SECTIONS, "sdq_assessments", EPISODES)}
        self._purged = 0
        self._problems: list[Problem] = []
        self._episodes: dict[str, int] = {}
        self.children = 0

    def of_child(self, file: str, where: str, child: Mapping[str, Any]) -> None:
        """Every row of one child."""
        self.children += 1
        at = f"{file} {where}".strip()
        if _purged(child):
            self._purged += 1
            return
        _refuse_unknown(file, where, child, KNOWN_OF_CHILD)
        reference = as_text(child.get("la_child_id")) or as_text(child.get("mis_child_id"))
        details = self._object(at, child, "child_details")
        row = _single(details)
        row["disabled"] = _disabled(details.get("disabilities"))
        row.update(self._worker(at, child))
        self._add("child_details", reference, row, at)
        health = self._object(at, child, "health_and_wellbeing")
        self._section(at, reference, health, "sdq_assessments", {})
        if child.get(EPISODES) is not None:
            self._says[EPISODES].add(str(reference))
        for place, episode in enumerate(self._array(at, child, EPISODES)):
            self._of_episode(file, f"{at} social_care_episodes[{place}]", reference, episode)

    def _of_episode(self, file: str, at: str, reference: str | None, episode: Mapping[str, Any]) -> None:
        _refuse_unknown(file, at.removeprefix(file).strip(), episode, KNOWN_OF_EPISODE)
        nth = self._episodes.get(str(reference), 0) + 1
        self._episodes[str(reference)] = nth
        row = _single(episode)
        row["?id"] = row.get("social_care_episode_id") or f"referrals-{nth:03}"
        self._add("social_care_episodes", reference, row, at)
        for section in ARRAYS:
            self._section(at, reference, episode, section, {"?referral": row["?id"]})
        for section in OBJECTS:
            if section in episode:
                self._says[section].add(str(reference))
                one = self._object(at, episode, section)
                if one:
                    self._add(section, reference, _single(one), f"{at} {section}")

    def _section(
        self, at: str, reference: str | None, whole: Mapping[str, Any], section: str, more: Mapping[str, str | None]
    ) -> None:
        """The rows of one array, which is said to be there even where it is empty."""
        if whole.get(section) is None:
            return
        self._says[section].add(str(reference))
        for place, one in enumerate(self._array(at, whole, section)):
            row = {**_single(one), **more}
            if "factors" in one:
                listed = one["factors"] if isinstance(one["factors"], list) else [one["factors"]]
                row["factors"] = " ".join(text for item in listed if (text := as_text(item))) or None
            self._add(section, reference, row, f"{at} {section}[{place}]")

    def _add(self, table: str, reference: str | None, row: Mapping[str, str | None], at: str) -> None:
        self._rows[table].append({"la_child_id": reference, **row, "?at": at})

    def _object(self, at: str, whole: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = whole.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._problems.append(Problem(at, 0, 0, f"{key} is not an object, and is left", expected="an object"))
            return {}
        if _purged(value):
            self._purged += 1
            return {}
        return value

    def _array(self, at: str, whole: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
        """The objects of an array that are not purged."""
        value = whole.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self._problems.append(Problem(at, 0, 0, f"{key} is not a list, and is left", expected="a list of objects"))
            return
        for one in value:
            if not isinstance(one, dict):
                self._problems.append(
                    Problem(at, 0, 0, f"{key} holds what is not an object", str(one)[:40], "an object")
                )
            elif _purged(one):
                self._purged += 1
            else:
                yield one

    def _worker(self, at: str, child: Mapping[str, Any]) -> dict[str, str | None]:
        """The worker of the involvement that has not ended and began last; none where two began on that day."""
        open_ = [
            (as_text(one.get("start_date")) or "", as_text(one.get("worker_id")))
            for episode in self._array(at, child, EPISODES)
            for one in (episode.get("care_worker_details") or ())
            if isinstance(one, dict) and not _purged(one) and as_text(one.get("end_date")) is None
        ]
        if not open_:
            return {}
        last = max(start for start, _ in open_)
        workers = {worker for start, worker in open_ if start == last}
        return {"?worker": workers.pop()} if len(workers) == 1 else {}

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
        """What was purged, and what has another shape."""
        notes = []
        if self._purged:
            notes.append(Note("payloads", "left: purged", left=self._purged))
        if self._problems:
            says = "nodes of another shape"
            notes.append(Note("payloads", says, unread=tuple(self._problems[:200]), unread_count=len(self._problems)))
        return tuple(notes)


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


def _purged(node: Mapping[str, Any]) -> bool:
    return str(node.get("purge", "")).lower() in ("true", "1")


def _single(node: Mapping[str, Any]) -> dict[str, str | None]:
    """The values of a node that are neither lists nor objects."""
    return {key: as_text(value) for key, value in node.items() if not isinstance(value, list | dict) and key != "purge"}


def _disabled(codes: Any) -> str | None:
    """Yes where a disability is coded, no where NONE alone is; blank where nothing is said."""
    if not isinstance(codes, list):
        return None
    said = {str(code).strip().upper() for code in codes} - {""}
    return None if not said else "no" if said == {"NONE"} else "yes"


def _refuse_unknown(file: str, where: str, node: Mapping[str, Any], known: frozenset[str]) -> None:
    """A list or an object under a name that is nearly a known one is refused: what it holds would look undone."""
    for key, value in node.items():
        if key in known or not isinstance(value, list | dict):
            continue
        near = nearest(key, known)
        if near:
            message = f"{where}: a section that is not known, so that what it holds would be missing".strip(": ")
            raise case_data_error(Problem(file, 0, 0, message, key, "", near))
