"""The intervals of `no_gap_over`, in columns: a row for each, known by what began it, with the event that is next.

A span is divided by points: its start, and the events in it. Each point begins an interval, which the next point ends.
Points of a span are in the order of one key; what may be an event stands among them just before the events of its day,
so that the next doubt after a point is the next row of that sort.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, PREFIX, ROW, View
from qaengine.evaluate.engine.conditions import FALSE, TRUE, holds, known_true, may_be_true
from qaengine.evaluate.engine.keys import before, keyed
from qaengine.evaluate.engine.lasting import ended_long_ago, has_ended, is_unknown
from qaengine.evaluate.engine.needs import from_date
from qaengine.evaluate.engine.ordinals import FOREVER
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.terms import Look, Term
from qaengine.model.condition import TRUE as ALWAYS
from qaengine.model.condition import Ref, Scope
from qaengine.model.period import Unit
from qaengine.model.records import RECORD_TYPES
from qaengine.model.standard import NoGapOver

Frame = fr.LazyFrame

SPAN, KEY, OF, FIRST, BEGINS, PLACE = "span", "key", "of", "is first", "begins", "place"
ENDED, END, END_PLACE, OLD = "it has ended", "end", "end place", "old"
NEXT_KEY, NEXT_PLACE, NEXT_OLD, NEXT_DOUBT, NTH = "next key", "next place", "next is old", "next doubt", "nth"
OPEN = "an open doubt"
OF_EVENT, OF_SPAN = range(2)
"""Whose record began an interval: an event's, or the span's."""

_SCOPE, _STARTED, _WHERE, _UNDATED, _BOUND = "the scope", "is started", "the where", "undated", "its last day"
SPAN_ROW = PREFIX[Scope.SPAN] + ROW
_NEVER = FOREVER + 1


def last_of(number: int) -> str:
    """The last day of an interval under one limit."""
    return f"last {number}"


def when_of(number: int) -> str:
    """Whether an interval is one of those that a limit is for."""
    return f"when {number}"


@dataclass(frozen=True)
class Intervals:
    """The spans and the intervals of one check."""

    test: NoGapOver
    scene: Scene

    @property
    def in_working_days(self) -> bool:
        return any(limit.within.unit is Unit.WORKING_DAYS for limit in self.test.limits)

    @cached_property
    def look(self) -> Look:
        """A look at an event in its span."""
        span, masked = self.test.span, self.scene.table(self.test.record_type).masked
        of_span = self.scene.table(span.record_type).masked if span.record_type else frozenset[str]()
        return self.scene.look.at(masked).in_span(of_span)

    @cached_property
    def start(self) -> Ref:
        """The date on which a span begins."""
        span = self.test.span
        return replace(span.starts, scope=Scope.SPAN) if span.record_type else span.starts

    @cached_property
    def end(self) -> Term | None:
        span = self.test.span
        if span.ends is None:
            return None
        return self.look.term(replace(span.ends, scope=Scope.SPAN) if span.record_type else span.ends)

    @cached_property
    def day(self) -> Ref:
        """The date of an event."""
        return Ref(Scope.RECORD, self.test.dated, self.test.record_type)

    @cached_property
    def spans(self) -> Frame:
        """The spans in scope, or that may be, that have begun and have not ended too long ago."""
        start, today = self.look.term(self.start), self.look.today
        ended = FALSE if self.end is None else has_ended(self.end, today)
        spans = self._of_child() if not self.test.span.record_type else self._of_records()
        spans = spans.with_columns(ended.alias(ENDED))
        begun = TRUE if start.absent is None else ~start.absent
        old = FALSE if self.end is None else ended_long_ago(self.test.looks_back, fr.col(ENDED), self.end, today)
        started = known_true(fr.col(_SCOPE)) & ~start.value.is_null()
        return spans.filter(may_be_true(fr.col(_SCOPE)) & begun & ~old).with_columns(started.alias(_STARTED))

    def _of_child(self) -> Frame:
        no_row = fr.lit(None).cast(fr.Int64)
        own = fr.col(CHILD).cast(fr.Int64)
        return self.scene.children.with_columns(TRUE.alias(_SCOPE), own.alias(SPAN), no_row.alias(SPAN_ROW))

    def _of_records(self) -> Frame:
        span = self.test.span
        table = self.scene.table(span.record_type)
        look = self.scene.at(span.record_type)
        spans = self.scene.records(span.record_type).with_columns(holds(span.where, look).alias(_SCOPE))
        names = [ROW, *table.field_columns]
        spans = spans.rename({name: PREFIX[Scope.SPAN] + name for name in names})
        return spans.with_columns(fr.col(SPAN_ROW).alias(SPAN))

    @property
    def untold_spans(self) -> Frame:
        """The spans of which it is not known when they began, or whether they count."""
        return self.spans.filter(~fr.col(_STARTED))

    @property
    def intervals(self) -> Frame:
        """Every interval of every span that is known to have begun."""
        spans = self.spans.filter(fr.col(_STARTED))
        events = self._events()
        sure = events.filter(known_true(fr.col(_WHERE)) & ~fr.col(self.test.dated).is_null()).drop(_WHERE)
        starts = self._points(spans, self.start, before(self.look.term(self.start).value, 2), SPAN_ROW, OF_SPAN)
        found = self._points(self._inside(spans, sure), self.day, keyed(fr.col(self.test.dated)), ROW, OF_EVENT)
        return self._with_doubts(self._with_next(fr.concat([starts, found])), spans, events)

    def _events(self) -> Frame:
        """The events, and what may be events, with whether they are; what has not happened is none."""
        name = self.test.record_type
        look = self.scene.at(name)
        tested = self.scene.records(name).with_columns(holds(self.test.where, look).alias(_WHERE))
        absent = look.term(self.day).absent
        happened = may_be_true(fr.col(_WHERE)) if absent is None else may_be_true(fr.col(_WHERE)) & ~absent
        kept = [CHILD, ROW, *self.scene.table(name).field_columns, _WHERE]
        return tested.filter(happened).select(*(fr.col(each) for each in kept))

    def _inside(self, spans: Frame, events: Frame) -> Frame:
        """The spans with each of the events in their dates."""
        day, start = fr.col(self.test.dated), self.look.term(self.start).value
        until = self.look.today
        if self.end is not None:
            until = fr.when(fr.col(ENDED)).then(self.end.value).otherwise(until)
        return spans.join(events, on=CHILD, how="inner").filter((start <= day) & (day <= until))

    def _points(self, frame: Frame, begins: Ref, key: fr.Expr, row: str, of: int) -> Frame:
        """What begins intervals: with its date, its row, what each limit is from there, and how its span ends."""
        term = self.look.term(begins)
        made = {
            KEY: key,
            OF: fr.lit(of).cast(fr.Int8),
            ROW: fr.col(row),
            FIRST: fr.lit(of == OF_SPAN),
            BEGINS: term.value,
            END: fr.lit(None).cast(fr.Int32) if self.end is None else self.end.value,
            OPEN: self._open(),
        }
        for number, limit in enumerate(self.test.limits):
            made[last_of(number)] = term.last(limit.within)
            made[when_of(number)] = holds(from_date(limit.when, begins), self.look)
        if self.in_working_days:
            made[PLACE] = term.view(View.WORKING)
            made[END_PLACE] = fr.lit(None).cast(fr.Int32) if self.end is None else self.end.view(View.WORKING)
        if self.test.looks_back is not None:
            made[OLD] = FALSE if of == OF_SPAN else term.last(self.test.looks_back.period) < self.look.today
        return frame.select(CHILD, SPAN, ENDED, *(expr.alias(name) for name, expr in made.items()))

    def _open(self) -> fr.Expr:
        """Whether no interval of a span can be known to be too long: it may have ended, or had events not carried."""
        ended = FALSE if self.end is None else is_unknown(self.end)
        untold = self.scene.untold(self.test.record_type)
        return ended if untold is None else ended | untold

    def _with_next(self, points: Frame) -> Frame:
        """Each point with the event that is next after it, if there is one."""
        following = {NEXT_KEY: KEY}
        if self.in_working_days:
            following[NEXT_PLACE] = PLACE
        if self.test.looks_back is not None:
            following[NEXT_OLD] = OLD
        made = [fr.col(own).shift(-1).over(SPAN, order_by=KEY).alias(name) for name, own in following.items()]
        if any(limit.nth not in (None, 1) for limit in self.test.limits):
            made.append(fr.col(KEY).rank("ordinal").over(SPAN).alias(NTH))
        return points.with_columns(*made)

    def _with_undated(self, points: Frame, events: Frame) -> Frame:
        """Each point with whether an event without a day may have come after it: any may that is not bound, and one
        that is where its last possible day comes after the point, or on the first."""
        bound = RECORD_TYPES[self.test.record_type].bound
        undated = fr.col(self.test.dated).is_null()
        latest = fr.when(undated).then(fr.col(bound) if bound else fr.lit(None)).cast(fr.Int32)
        found = events.select(fr.col(CHILD), (undated & latest.is_null()).alias(_UNDATED), latest.alias(_BOUND))
        found = found.group_by(CHILD).agg(fr.col(_UNDATED).any(), fr.col(_BOUND).max())
        inside = (fr.col(BEGINS) < fr.col(_BOUND)) | (fr.col(FIRST) & (fr.col(BEGINS) == fr.col(_BOUND)))
        may_be = fr.col(OPEN) | fr.col(_UNDATED).fill_null(False) | inside.fill_null(False)
        return points.join(found, on=CHILD, how="left").with_columns(may_be.alias(OPEN)).drop(_UNDATED, _BOUND)

    def _with_doubts(self, points: Frame, spans: Frame, events: Frame) -> Frame:
        """Each point with the day of the next doubt after it, and whether there is one without a day."""
        points = self._with_undated(points, events)
        if self.test.where == ALWAYS:
            return points.with_columns(fr.lit(_NEVER).alias(NEXT_DOUBT))
        unsure = events.filter(fr.col(_WHERE).is_null() & ~fr.col(self.test.dated).is_null()).drop(_WHERE)
        day = fr.col(self.test.dated)
        doubts = self._inside(spans, unsure).select(
            SPAN, before(day, 1).alias(KEY), day.cast(fr.Int32).alias(NEXT_DOUBT)
        )
        both = fr.concat([points, doubts], how="diagonal")
        next_day = fr.col(NEXT_DOUBT).fill_null(_NEVER).alias(NEXT_DOUBT)
        both = both.with_columns(next_day)
        both = both.with_columns(fr.col(NEXT_DOUBT).cum_min(reverse=True).over(SPAN, order_by=KEY))
        return both.filter(~fr.col(BEGINS).is_null())
