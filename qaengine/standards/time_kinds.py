"""Reading the kinds of check on how time passes: how far apart events are, and how long something lasts."""

from qaengine.model.condition import Ref, Scope
from qaengine.model.marked_yaml import Path
from qaengine.model.record import RecordType
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.standard import AtMost, GapLimit, NoGapOver, Span, Test
from qaengine.standards import surface as y
from qaengine.standards.kind_reader import KindReader
from qaengine.standards.names import Around

_OF_DURING, _OF_SINCE = ("during_where", "starts", "ends"), ("until",)


class TimeKinds(KindReader):
    """Reads no_gap_over and at_most; None where something in one is wrong."""

    def no_gap_over(self, check: y.NoGapOverYaml, path: Path) -> Test | None:
        record_type = self.names.record_type(check.between, (*path, "between"))
        span = self._span(check, path)
        if record_type is None:
            return None
        around = Around(record_type, check=check.id)
        where = self.conditions.read(check.where, (*path, "where"), around)
        dated = self.names.date_of(record_type, check.dated, (*path, "dated"))
        of_span = RECORD_TYPES.get(check.during or "")
        at = Around(check=check.id, span=of_span, interval=(record_type, dated) if dated else None)
        found = [self._limit(limit, (*path, "no_gap_over", n), at) for n, limit in enumerate(check.no_gap_over)]
        limits = [each for each in found if each]
        if span is None or len(limits) < len(found):
            return None
        for parameter, limit in limits:
            self.use(check, limit, parameter)
        return NoGapOver(record_type.name, where, dated, span, tuple(each for _, each in limits), self.ended(check))

    def _limit(self, limit: y.GapLimitYaml, path: Path, around: Around) -> tuple[str, GapLimit] | None:
        within = self.period(limit.within, (*path, "within"))
        when = self.conditions.read(limit.when, (*path, "when"), around)
        nth = 1 if limit.nth == "first" else limit.nth
        return (within[0], GapLimit(within[1], when, nth)) if within else None

    def _span(self, check: y.NoGapOverYaml, path: Path) -> Span | None:
        """The stretch of time in which the events are due: `during` each record of a type, or `since` a date."""
        if (check.during is None) == (check.since is None):
            self.names.wrong(path, "'between' takes either during or since", None, "one of the two")
            return None
        others = _OF_SINCE if check.since is None else _OF_DURING
        for key in others:
            if getattr(check, key):
                owner = "since" if key in _OF_SINCE else "during"
                self.names.wrong((*path, key), f"'{key}' alone says nothing", None, f"{owner} beside it")
        if check.since is not None:
            starts = self._of_child(check.since, (*path, "since"))
            ends = self._of_child(check.until, (*path, "until")) if check.until is not None else None
            return Span(starts, ends) if starts else None
        record_type = self.names.record_type(check.during, (*path, "during"))
        return self._during(check, path, record_type) if record_type else None

    def _during(self, check: y.NoGapOverYaml, path: Path, record_type: RecordType) -> Span:
        starts = self.names.date_of(record_type, check.starts, (*path, "starts"))
        ends = check.ends or ("ended" if "ended" in record_type.fields else None)
        if ends is not None:
            ends = self.names.date_of(record_type, ends, (*path, "ends"))
        where = self.conditions.read(check.during_where, (*path, "during_where"), Around(record_type, check=check.id))
        own = [Ref(Scope.RECORD, name, record_type.name) if name else None for name in (starts, ends)]
        return Span(own[0] or Ref(Scope.RECORD, "", record_type.name), own[1], record_type.name, where)

    def _of_child(self, name: str, path: Path) -> Ref | None:
        """A date of the child or of an anchor."""
        ref = self.names.ref(name, path, Around())
        if ref is not None:
            self.names.date_of(self.names.anchors.get(ref.anchor, CHILD), ref.field, path)
        return ref

    def at_most(self, check: y.AtMostYaml, path: Path) -> Test | None:
        record_type = self.names.record_type(check.lasts, (*path, "lasts"))
        if record_type is None:
            return None
        where = self.conditions.read(check.where, (*path, "where"), Around(record_type, check=check.id))
        starts = self.names.date_of(record_type, check.from_, (*path, "from"))
        ends = self.names.event_of(record_type, check.to, (*path, "to"))
        within = self.period(check.at_most, (*path, "at_most"))
        unless = [
            self.response(answer, (*path, "unless", place), record_type, check.id)
            for place, answer in enumerate(check.unless)
        ]
        if within is None:
            return None
        answers = tuple(answer for answer in unless if answer)
        test = AtMost(record_type.name, where, starts, ends, within[1], answers, self.ended(check))
        self.use(check, test, within[0])
        return test
