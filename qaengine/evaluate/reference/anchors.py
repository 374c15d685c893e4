"""Which record an anchor names, and when that cannot be told."""

from datetime import date

from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Found, Here, State, look_at
from qaengine.model.casefile import Row
from qaengine.model.condition import Ref, Scope
from qaengine.model.result import Missing, Why
from qaengine.model.standard import Anchor


def find(anchor: Anchor, here: Here) -> Found:
    """The nth record by date (the id breaks a tie) among those that satisfy `where`.

    It cannot be told while a record that may satisfy `where`, or whose date is not known, could come before it.
    """
    rows = here.file.records.get(anchor.record_type)
    if rows is None:
        return Found(None, frozenset({Missing(anchor.record_type, "", Why.NOT_CARRIED)}))
    by = Ref(Scope.RECORD, anchor.by, anchor.record_type)
    sure: list[tuple[date, int, Row]] = []
    unsure: list[tuple[date | None, int, frozenset[Missing]]] = []
    for place, row in enumerate(rows):
        where, day = holds(anchor.where, here.at(row)), look_at(row, by)
        if where.value is False or day.state is State.NOT_HAPPENED:
            continue
        if where.value and isinstance(day.value, date):
            sure.append((day.value, place, row))
        else:
            unsure.append((day.value if isinstance(day.value, date) else None, place, where.missing | day.missing))
    sure.sort(key=lambda candidate: candidate[:2], reverse=anchor.latest)
    chosen = sure[anchor.nth - 1] if len(sure) >= anchor.nth else None
    doubts = [missing for day, place, missing in unsure if _comes_first(day, place, chosen, anchor.latest)]
    if doubts:
        return Found(None, frozenset().union(*doubts))
    return Found(chosen[2] if chosen else None)


def _comes_first(day: date | None, place: int, chosen: tuple[date, int, Row] | None, latest: bool) -> bool:
    if chosen is None or day is None:
        return True
    return (day, place) > chosen[:2] if latest else (day, place) < chosen[:2]
