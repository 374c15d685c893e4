"""What notes say of the tables of a mutated file, beside what they say of the clean one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qaengine.cases.notes import Note
from qaengine.cases.source import Source
from tests.mutations.model import Fixture, Mutant, Touch


@dataclass(frozen=True)
class Said:
    """The notes on what was read, of the clean file and of the mutated one."""

    fixture: Fixture
    clean: Source
    read: Source
    mutant: Mutant

    def on(self, table: str) -> list[Note]:
        """The notes on a table, and those on its file that are on no other table."""
        about = self.fixture.about(table)
        file = about.partition(",")[0]
        others = {self.fixture.about(name) for name in self.fixture.names} - {about}
        return [
            note
            for note in self.read.notes
            if note.about in (about, file, *self.fixture.beside)
            or (note.about.startswith(file) and note.about not in others)
        ]

    def more_on(self, table: str) -> bool:
        """Whether any note on a table says more than it says of the clean file."""
        return any(self._is_more(note) for note in self.on(table))

    def _is_more(self, note: Note) -> bool:
        old = next((one for one in self.clean.notes if one.about == note.about and one.says[:9] == note.says[:9]), None)
        if old is None:
            return bool(note.left or note.headings or note.unread_count or ";" in note.says or note.says[:4] == "left")
        more = note.left > old.left or note.unread_count > old.unread_count
        return more or note.headings != old.headings or note.says != old.says

    def unread_in(self, touches: Iterable[Touch]) -> bool:
        """Whether values of the tables that were touched could not be read."""
        return any(note.unread_count for touch in touches for note in self.on(touch.table))

    def left_whole(self, name: str, field: str) -> bool:
        """Whether a table that has a field was touched, and nothing of it was taken."""
        reached = frozenset[str]().union(*(self.fixture.reaches(touch.table) for touch in self.mutant.touches))
        return any(
            (name, field) in self.fixture.fields_of(Touch(table))
            and any(note.left or note.says.startswith("left") for note in self.on(table))
            and not any(note.taken for note in self.on(table))
            for table in reached
        )

    def __str__(self) -> str:
        return " | ".join(f"{note} {[str(one) for one in (*note.headings, *note.unread)]}" for note in self.read.notes)
