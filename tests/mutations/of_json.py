"""What befalls payloads of the DfE API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from tests.mutations import of_bytes
from tests.mutations.api_payload import FILE, SECTIONS, JsonFixture, Node, json_bytes, nodes
from tests.mutations.cells import GARBAGE, rewritten, typo
from tests.mutations.model import Fixture, Mutant, Row, Touch, text_of
from tests.mutations.xml_returns import cell_of

LISTS = (*SECTIONS, "social_care_episodes", "sdq_assessments", "child_details", "health_and_wellbeing")
"""Keys that hold rows, and not values of the row that they are in."""


class _Work:
    """A payload to be changed: its rows as they were before, each with what holds it."""

    def __init__(self, fixture: Fixture, random: Random) -> None:
        assert isinstance(fixture, JsonFixture)
        self.fixture, self.random = fixture, random
        self.data: Any = deepcopy(fixture.data)
        self.rows: dict[Row, tuple[Node, Any]] = {}
        counts: dict[str, int] = {}
        for table, _, node, holder in nodes(self.data):
            place = counts.get(table, 0)
            counts[table] = place + 1
            self.rows[table, place] = node, holder

    def made(self, kind: str, says: str, **about: object) -> Mutant:
        heights = dict.fromkeys(self.fixture.names, 0)
        for table, *_ in nodes(self.data):
            heights[table] += 1
        heights["child_details"] = sum(isinstance(child, dict) for child in self.children())
        return replace(Mutant(kind, says, {FILE: json_bytes(self.data)}, heights=heights), **about)  # type: ignore[arg-type]

    def children(self) -> list[Any]:
        found = [value for key, value in self.data.items() if key.lower() == "children"]
        return found[0] if found and isinstance(found[0], list) else []

    def any_row(self) -> tuple[Row, Node, Any]:
        row = self.random.choice(list(self.rows))
        return row, *self.rows[row]

    def any_value(self) -> tuple[Row, Node, str]:
        """A value of a row, and more often than not one that is taken."""
        row, node, _ = self.any_row()
        keys = [key for key in node if key not in LISTS]
        used = [key for key in keys if self.fixture.fields_of(Touch(row[0], None, key))]
        return row, node, self.random.choice(used if used and self.random.random() < 0.8 else keys)

    def rows_in(self, whole: Any) -> frozenset[Row]:
        """The rows within a value, itself among them."""
        inside = {id(one) for one in _all(whole)}
        return frozenset(row for row, (node, _) in self.rows.items() if id(node) in inside)

    def all_nodes(self) -> list[Node]:
        return [one for one in _all(self.data) if isinstance(one, dict)]


def _all(value: Any) -> Iterator[Any]:
    yield value
    for inside in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _all(inside)


def renamed(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    node = random.choice([one for one in work.all_nodes() if one])
    key = random.choice(list(node))
    other = typo(key, random) if random.random() < 0.6 else random.choice(("item", "Kids", key.upper()))
    if other in node:
        return reordered(fixture, random, "renamed")
    whole = node[key]
    lost = work.rows_in(whole)
    own = frozenset(row for row, (one, _) in work.rows.items() if one is node)
    whose = own or work.rows_in(node)
    renewed = {other if name == key else name: value for name, value in node.items()}
    node.clear()
    node.update(renewed)
    touches = (*(Touch(*row) for row in lost), *(Touch(*row, key) for row in own))
    moved = {}
    if key in ("la_child_id", "Children", "la_code"):
        touches = tuple(Touch(*row) for row in whose)
        moved = {"M601": "C601"} if key == "la_child_id" else {}
    if key in ("care_worker_details", "worker_id", "start_date", "end_date", "health_and_wellbeing", "child_details"):
        touches = (
            *touches,
            *(Touch(*row, "care_worker_details") for row in work.rows if row[0] == "social_care_episodes"),
        )
    return work.made("renamed", f"{key} of {sorted(own)[:1]} is now {other}", touches=touches, moved=moved)


def reordered(fixture: Fixture, random: Random, kind: str = "reordered") -> Mutant:
    work = _Work(fixture, random)
    for one in _all(work.data):
        if isinstance(one, dict):
            renewed = dict(random.sample(list(one.items()), len(one)))
            one.clear()
            one.update(renewed)
        elif isinstance(one, list) and random.random() < 0.5:
            random.shuffle(one)
    return work.made(kind, "keys and lists in another order", exact=True)


def duplicated(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    if random.random() < 0.3:
        row, node, key = work.any_value()
        line = f'"{key}": {json.dumps(node[key])}'
        text = json_bytes(work.data).decode()
        again = line if random.random() < 0.5 else f'"{key}": "2018-04-17"'
        return replace(
            work.made("duplicated", f"{row}: {key} stands twice"),
            files={FILE: text.replace(line, f"{line}, {again}", 1).encode()},
            touches=(Touch(*row, key),),
        )
    lists = [one for one in _all(work.data) if isinstance(one, list) and one and isinstance(one[0], dict)]
    holder = random.choice(lists)
    whole = random.choice(holder)
    twice = work.rows_in(whole)
    holder.insert(random.randint(0, len(holder)), deepcopy(whole))
    return work.made("duplicated", f"{sorted(twice)[:1]} and all in it stands twice", twice=twice)


def missing(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    how = random.choice(("value", "every value", "section", "row"))
    if how == "row":
        lists = [one for one in _all(work.data) if isinstance(one, list) and one and isinstance(one[0], dict)]
        holder = random.choice(lists)
        whole = holder.pop(random.randrange(len(holder)))
        workers = [row for row in work.rows if row[0] == "social_care_episodes"]
        touches = tuple(Touch(*row, "care_worker_details", silent=True) for row in workers)
        return work.made("missing", "a row of a list", gone=work.rows_in(whole), touches=touches)
    if how == "section":
        node = random.choice([one for one in work.all_nodes() if any(isinstance(v, list | dict) for v in one.values())])
        key = random.choice([key for key, value in node.items() if isinstance(value, list | dict)])
        whole = node.pop(key)
        own = frozenset(row for row, (one, _) in work.rows.items() if one is node)
        touches = tuple(Touch(*row, key, silent=True) for row in own)
        return work.made("missing", f"{key} of {sorted(own)[:1]}", gone=work.rows_in(whole), touches=touches)
    row, node, key = work.any_value()
    places = [(one, of) for of, (one, _) in work.rows.items() if key in one and of[0] == row[0]]
    touches = ()
    for one, of in places if how == "every value" else [(node, row)]:
        del one[key]
        touches = (*touches, Touch(*of, key, silent=True))
    return work.made("missing", f"{how} {key} of {row}", touches=touches)


def extra(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    row, node, _ = work.any_row()
    how = random.choice(("value", "near value", "list", "object", "section of nothing"))
    if how == "near value":
        node[typo(random.choice(list(node)), random)] = random.choice(("see file", None, "2019-01-05"))
        return work.made("extra", f"a value of a name nearly known in {row}")
    node["panel_comments" if how != "section of nothing" else "visits"] = {
        "value": random.choice(("see file", 17, "2019-01-05", True)),
        "list": [{"held": "2019-01-05"}, "x"],
        "object": {"held": "2019-01-05"},
        "section of nothing": [],
    }[how]
    return work.made("extra", f"{how} in {row}", exact=True)


def wrong_type(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    if random.random() < 0.3:
        return _another_shape(work, random)
    row, node, key = work.any_value()
    old = node[key]
    how = random.choice(("garbage", "garbage", "blank", "rewritten", "list", "object", "number", "boolean"))
    new: Any = random.choice(GARBAGE)
    if how == "blank":
        new = random.choice((None, "", " ", "NULL"))
    elif how == "rewritten":
        again = rewritten([cell_of(old) if isinstance(old, str) else old], random).get(0, old)
        new = again.isoformat() if isinstance(again, date) else again
    elif how in ("list", "object"):
        new = [old] if how == "list" else {"value": old}
    elif how == "number":
        new = 987654321.5
    elif how == "boolean":
        new = 2
    if key in ("factors", "disabilities", "care_worker_details") and how == "list":
        new = "none of these"
    node[key] = new
    touches = (Touch(*row, key, silent=how == "blank"),)
    words = frozenset({str(new).strip()}) if how in ("garbage", "number", "boolean") else frozenset()
    said = json.dumps(old, default=text_of)
    return work.made("wrong type", f"{row}: {key} {said} is now {new!r} ({how})", touches=touches, words=words - {""})


def _another_shape(work: _Work, random: Random) -> Mutant:
    """A section that is no list, a list of what are no objects, a reference that is none."""
    holders = [
        one for one in work.all_nodes() if any(isinstance(value, list | dict) and value for value in one.values())
    ]
    node = random.choice(holders)
    key = random.choice([key for key, value in node.items() if isinstance(value, list | dict) and value])
    whole = node[key]
    lost = work.rows_in(whole)
    own = [row for row, (one, _) in work.rows.items() if one is node]
    new: Any = random.choice(("see file", 17, True, [1, "x", None], {"first": "see file"}, [[whole]]))
    node[key] = new
    touches = (*(Touch(*row) for row in lost), *(Touch(*row, key) for row in own))
    if "worker" in key or key in ("social_care_episodes", "Children"):
        touches = (
            *touches,
            *(Touch(*row, "care_worker_details") for row in work.rows if row[0] == "social_care_episodes"),
        )
    words = frozenset({str(new)} if not isinstance(new, list | dict) else {"1", "x"})
    return work.made("wrong type", f"{key} of {own[:1]} is now {new!r}"[:200], touches=touches, words=words)


def marked(fixture: Fixture, random: Random) -> Mutant:
    says, change = random.choice(list(of_bytes.MARKED.items()))
    return of_bytes.with_bytes(
        fixture, "byte order mark", says, change(of_bytes.data_of(fixture)), exact="UTF-16" not in says
    )


def in_windows_1252(fixture: Fixture, random: Random) -> Mutant:
    data = of_bytes.in_windows_1252(of_bytes.data_of(fixture))
    if random.random() < 0.5:
        data = data.replace("Zoë".encode("cp1252"), random.choice((b"Zo\x81", b"Zo\x92s", b"\xa3")), 1)
    return of_bytes.with_bytes(fixture, "Windows-1252", "names in Windows-1252", data, exact=False)


def line_ends(fixture: Fixture, random: Random) -> Mutant:
    says, change = random.choice(list(of_bytes.ENDED.items()))
    return of_bytes.with_bytes(fixture, "CRLF", says, change(of_bytes.data_of(fixture)), exact=True)


def blank_below(fixture: Fixture, random: Random) -> Mutant:
    if random.random() < 0.5:
        says, more = random.choice(
            (("line ends", b"\n\n"), ("spaces", b"  \r\n "), ("a null", b"\0"), ("a comma", b","))
        )
        exact = says in ("line ends", "spaces")
        return of_bytes.with_bytes(fixture, "trailing blank rows", says, of_bytes.data_of(fixture) + more, exact=exact)
    work = _Work(fixture, random)
    holder = random.choice(
        [one for one in _all(work.data) if isinstance(one, list) and one and isinstance(one[0], dict)]
    )
    blank = random.choice(({}, None))
    holder += [blank] * random.randint(1, 4)
    return work.made("trailing blank rows", f"{blank} at the end of a list")


def titled(fixture: Fixture, random: Random) -> Mutant:
    says, title = random.choice((("a comment", b"// Report run on 01/02/2019\n"), ("text", b"OFFICIAL: SENSITIVE\n")))
    return of_bytes.with_bytes(fixture, "title rows", says, title + of_bytes.data_of(fixture), exact=False)


def empty(fixture: Fixture, random: Random) -> Mutant:
    more = {"no children": b'{"la_code": 201, "Children": []}', "an object": b"{}", "a list": b"[]", "null": b"null"}
    says, data = random.choice([*of_bytes.EMPTY.items(), *more.items()])
    return of_bytes.without(fixture, "empty", says, data)


KINDS = {
    "renamed": renamed,
    "reordered": reordered,
    "duplicated": duplicated,
    "missing": missing,
    "extra": extra,
    "wrong type": wrong_type,
    "byte order mark": marked,
    "Windows-1252": in_windows_1252,
    "CRLF": line_ends,
    "trailing blank rows": blank_below,
    "title rows": titled,
    "empty": empty,
    "truncated": of_bytes.truncated,
    "wrong file": of_bytes.wrong_file,
}
