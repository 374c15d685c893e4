"""Whether what was read of one child is true: no value that was never there, nothing lost without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qaengine.model.casefile import CaseFile, Row, Value
from tests.mutations.model import Fixture, Mutant, Touch, text_of
from tests.mutations.model import Row as Place
from tests.mutations.records import LINKS, MADE_ID, IsNew, filled, is_part, matched, may_be_others, never, of_id, texts
from tests.mutations.said import Said

Index = Mapping[str, frozenset[Place]]
"""The rows of the fixture in which a text stands."""


@dataclass(frozen=True)
class OfChild:
    """A child as it should be, and the files in which it was read: more than one where its reference was changed."""

    said: Said
    index: Index
    before: CaseFile
    files: Sequence[CaseFile]

    @property
    def _mutant(self) -> Mutant:
        return self.said.mutant

    @property
    def _fixture(self) -> Fixture:
        return self.said.fixture

    def faults(self) -> Iterator[str]:
        """All that is wrong, each beginning with the child."""
        for fault in self._faults():
            yield f"{self.before.child_id}, {fault}"

    def _faults(self) -> Iterator[str]:
        if not self.files and (fault := self._lost("child", self.before.child)):
            yield fault
        for file in self.files:
            yield from self._of_row("child", self.before.child, file.child)
            for name in file.records.keys() - self.before.records.keys():
                if self._mutant.exact or file.records[name]:
                    yield f"{name} are carried, which were not"
        for name, rows in self.before.records.items():
            after = [row for file in self.files for row in file.records.get(name, ())]
            yield from self._of_type(name, rows, after)
            if self._mutant.exact and not any(name in file.records for file in self.files):
                yield f"{name} are not carried any more"

    def _of_type(self, name: str, rows: Sequence[Row], after: Sequence[Row]) -> Iterator[str]:
        pairs, lost, more = matched(rows, after, self._new_in(name))
        for old, new in pairs:
            yield from self._of_row(name, old, new)
            yield from self._links(name, old, new)
            own = new.id.partition("~")[0]
            if own != old.id and not MADE_ID.fullmatch(own) and not self._is_touched(name, "id"):
                yield f"{name}: the record {old.id} is now {new.id}"
        for row in lost:
            if fault := self._lost(name, row):
                yield f"{name}: {fault}"
        twins = Counter(id(old) for old in rows if self._origins(name, old) & self._mutant.twice)
        for row in more:
            twin = next((old for old in rows if twins[id(old)] and is_part(old, row, self._new_in(name))), None)
            if twin is not None:
                twins[id(twin)] -= 1
            elif not self._may_be(name, row, rows):
                yield f"{name}: a record that nobody wrote: {filled(row)}"

    def _may_be(self, name: str, row: Row, rows: Sequence[Row]) -> bool:
        """Whether a record may be there though the clean file makes none.

        Such is one that only says that there may be others; one that says no more than its kind, of a row whose values
        cannot be read; and one of a row that is left for what stands in a column, where there is no such column.
        """
        said = filled(row)
        if may_be_others(row):
            days = {value for old in rows for value in old.values.values() if isinstance(value, date)}
            return all(value in days for value in said.values() if isinstance(value, date))
        known = {(field, value) for old in rows for field, value in old.values.items() if not isinstance(value, date)}
        if self._is_touched_type(name) and all(
            field == "kind" or (field, value) in known or self._is_new(name, field, value)
            for field, value in said.items()
        ):
            return True
        if self._is_touched_type(name) and self._fixture.also(self.before.child_id, name, said):
            return True
        gone = {(touch.table, touch.column) for touch in self._mutant.touches if touch.row is None}
        return bool(gone & self._fixture.deciding) and bool(self._origins(name, row))

    def _of_row(self, name: str, old: Row, new: Row) -> Iterator[str]:
        """What is otherwise in a record than it was, or blank and was not touched, or blank without a word."""
        for field, value in old.values.items():
            now = new.values.get(field)
            if field in LINKS or (field == "factors" and now is not None and is_part(old, new, never)):
                continue
            if now is not None and now != value:
                if not self._is_new(name, field, now) and not self._is_of_another_row(name, field, now):
                    yield f"{name}: {field} is {now!r}, not {value!r}"
            elif value is not None and now is None and (fault := self._dropped(name, field, old, new)):
                yield f"{name}: {field} ({value}) {fault}"
        for field in new.values.keys() - old.values.keys():
            if new.values[field] is not None and not self._is_new(name, field, new.values[field]):
                yield f"{name}: {field} is {new.values[field]!r}, and was not carried"

    def _dropped(self, name: str, field: str, old: Row, new: Row) -> str:
        """Why a value may not be blank; "" where it may."""
        if self._mutant.exact:
            return "is lost"
        if str(new.values.get(f"{field}_as_typed")) in self._mutant.words:
            return ""  # the words are kept in its place
        if may_be_others(old):
            return ""  # it bounds less
        if name == "child" and len(self.files) > 1:
            return ""  # some of its rows are those of another child now
        gone = [Touch(table, row) for table, row in self._mutant.gone if self._may_hold(table, row, name, field, old)]
        touches = [
            touch
            for touch in self._mutant.touches
            if (name, field) in self._fixture.fields_of(touch)
            and (touch.row is None or self._may_hold(touch.table, touch.row, name, field, old))
        ]
        if gone or any(touch.silent for touch in touches):
            return ""
        if not touches:
            return "" if self.said.left_whole(name, field) else f"is lost, though nobody touched it: {self.said}"
        own = self._fixture.made.get((name, field))
        is_column = all(touch.row is None and own in (None, touch.column) for touch in touches)
        if field in new.values and is_column and not self.said.unread_in(touches):
            return "is blank, though its column is not there: it is not said to be not carried"
        tables = {touch.table for touch in touches} | {table for table, _ in self._origins(name, old)}
        tables |= {table for (table, _), fields in self._fixture.fields.items() if (name, field) in fields}
        return "" if any(map(self.said.more_on, tables)) else f"is lost without a word: {self.said}"

    def _may_hold(self, table: str, row: int, name: str, field: str, old: Row) -> bool:
        """Whether a value may have stood in a row: of the record itself, of the child, or of a table joined to it."""
        if (name, field) not in self._fixture.fields_of(Touch(table)):
            return False
        whole = self._fixture.table(table)
        if name == "child":
            return whole.child is None or text_of(whole.rows[row][whole.child]) == self.before.child_id
        origins = self._origins(name, old)
        return (table, row) in origins or table not in {of for of, _ in origins}

    def _lost(self, name: str, old: Row) -> str:
        """Why a record may not be missing; "" where it may."""
        if self._mutant.exact:
            return f"a record is lost: {filled(old)}"
        if may_be_others(old) and (self._mutant.touches or self._mutant.gone):
            return ""  # it is made of what other tables say
        origins = self._origins(name, old)
        if origins & self._mutant.gone:
            return ""
        tables = {table for table, _ in origins} or self._fixture.names
        touches = [touch for touch in self._mutant.touches if self._fixture.reaches(touch.table) & tables]
        touches += [Touch(table) for table, _ in self._mutant.gone if self._fixture.reaches(table) & tables]
        if not touches:
            return f"a record is lost that nobody touched: {filled(old)}: {self.said}"
        dated = {(name, field) for field, value in old.values.items() if isinstance(value, date)}
        held = dated or {(name, field) for field in filled(old) if field != "kind"}
        if any(touch.silent and held & self._fixture.fields_of(touch) for touch in touches):
            return ""
        if not any(self.said.more_on(table) for table in tables | {touch.table for touch in touches}):
            return f"a record is lost without a word: {filled(old)}: {self.said}"
        return ""

    def _links(self, name: str, old: Row, new: Row) -> Iterator[str]:
        """A link leads to the record to which it led, or nowhere."""
        for field in LINKS.keys() & old.values.keys():
            was, now = old.values[field], new.values.get(field)
            if was is not None and now is None and (fault := self._dropped(name, field, old, new)):
                yield f"{name}: {field} {fault}"
            if now is None:
                continue
            target = of_id(self.before.records.get(LINKS[field], ()), was)
            targets = [of_id(file.records.get(LINKS[field], ()), now) for file in self.files]
            found = next((one for one in targets if one is not None), None)
            leads = target is not None and found is not None and is_part(target, found, self._new_in(LINKS[field]))
            as_written = (
                found is None and not MADE_ID.fullmatch(str(now)) and (now == was or self._is_touched(name, field))
            )
            if not leads and not as_written:
                yield f"{name}: {field} leads to {now}, not to {was}"

    def _new_in(self, name: str) -> IsNew:
        return lambda field, now: self._is_new(name, field, now)

    def _is_new(self, name: str, field: str, now: Value) -> bool:
        """Whether a value is what a mutation wrote in the place of another."""
        plain = field.removesuffix("_as_typed")
        return str(now) in self._mutant.words and self._is_touched(name, plain)

    def _is_touched(self, name: str, field: str) -> bool:
        return any((name, field) in self._fixture.fields_of(touch) for touch in self._mutant.touches)

    def _is_touched_type(self, name: str) -> bool:
        return any(of == name for touch in self._mutant.touches for of, _ in self._fixture.fields_of(touch))

    def _is_of_another_row(self, name: str, field: str, now: Value) -> bool:
        """Whether a value of the child stands in another of its rows, the first of which is gone."""
        gone = {table for table, _ in self._mutant.gone if (name, field) in self._fixture.fields_of(Touch(table))}
        rows = [set(map(text_of, row)) for table in gone for row in self._fixture.table(table).rows]
        return name == "child" and any({self.before.child_id, text_of(now)} <= row for row in rows)  # type: ignore[arg-type]

    def _origins(self, name: str, row: Row) -> frozenset[Place]:
        """The rows of the fixture that hold what a record says: its dates, or else anything else of it, or else all of
        the child of which such a record may be made."""
        for kind in (date, object):
            found = frozenset[Place]().union(*(self.index.get(text, frozenset()) for text in texts(row, kind)))
            if found and name != "child":
                return found
        if name == "child":  # a child is there wherever a row names it
            return frozenset(self.index.get(self.before.child_id, ()))
        tables = {table for (table, _), fields in self._fixture.fields.items() if name in {of for of, _ in fields}}
        return frozenset(place for place in self.index.get(self.before.child_id, ()) if place[0] in tables)
