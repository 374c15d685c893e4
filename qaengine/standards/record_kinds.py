"""Reading the kinds of check on records: what there is, what each says, what follows it, what its parts cover."""

from qaengine.model.condition import Condition, NoOlderThan, Not, Ref, Scope, Today
from qaengine.model.marked_yaml import Path
from qaengine.model.period import Period
from qaengine.model.record import FieldSpec, RecordType
from qaengine.model.records import RECORD_TYPES
from qaengine.model.standard import Each, FollowedBy, Has, Includes, Share, Test
from qaengine.standards import surface as y
from qaengine.standards.kind_reader import KindReader
from qaengine.standards.names import Around


class RecordKinds(KindReader):
    """Reads has, each, followed_by, includes and share; None where something in one is wrong."""

    def has(self, check: y.HasYaml, path: Path) -> Test | None:
        record_type = self.names.record_type(check.has, (*path, "has"))
        if record_type is None:
            return None
        where = self.conditions.read(check.where, (*path, "where"), Around(record_type, check=check.id))
        dated = self.names.date_of(record_type, check.dated, (*path, "dated"))
        count = ("", 1) if check.at_least == 1 else self.names.number(check.at_least, (*path, "at_least"))
        fresh = self.period(check.no_older_than, (*path, "no_older_than"))
        due = self.due(check.due, (*path, "due"), Around(check=check.id))
        period = fresh[1] if fresh else None
        test = Has(record_type.name, where, count[1] if count else 1, dated, period, due)
        self.use(check, test, count[0] if count else "")
        self.use(check, due, check.due.within if check.due else "")
        if fresh:
            age = NoOlderThan(Ref(Scope.RECORD, dated, record_type.name), fresh[1], Today.AS_AT)
            self.use(check, age, fresh[0])
        return test

    def each(self, check: y.EachYaml, path: Path) -> Test | None:
        anchor = check.each if check.each in self.names.anchors else ""
        record_type = self.names.anchors.get(anchor) or self._each_type(check.each, (*path, "each"))
        if record_type is None:
            return None
        around = Around(record_type, check=check.id)
        if (check.must is None) == (check.refer_if is None):
            self.names.wrong(path, "'each' takes either must or refer_if", None, "one of the two")
            return None
        where = self.scope(check.where, path, record_type, around, None if anchor else record_type)
        if check.refer_if is not None:
            must: Condition = Not(self.conditions.read(check.refer_if, (*path, "refer_if"), around))
        else:
            must = self.conditions.read(check.must, (*path, "must"), around)
        due = self.due(check.due, (*path, "due"), around)
        test = Each(record_type.name, where, must, anchor, due)
        self.use(check, due, check.due.within if check.due else "")
        return test

    def _each_type(self, name: str, path: Path) -> RecordType | None:
        if name in self.names.broken:
            return None
        if name in RECORD_TYPES or not self.names.anchors:
            return self.names.record_type(name, path)
        known = [*self.names.anchors, *RECORD_TYPES]
        self.names.wrong(path, f"no anchor or record type '{name}'", None, "one of " + ", ".join(known), name, known)
        return None

    def followed_by(self, check: y.FollowedByYaml, path: Path) -> Test | None:
        record_type = self.names.record_type(check.after_each, (*path, "after_each"))
        if record_type is None:
            return None
        around = Around(record_type, check=check.id)
        dated = self.names.date_of(record_type, check.dated, (*path, "dated"))
        within, by = self._deadline(check, path, record_type)
        answers = [
            self.response(answer, (*path, "followed_by", place), record_type, check.id)
            for place, answer in enumerate(check.followed_by)
        ]
        mitigated = check.mitigated_by
        reason = self.response(mitigated, (*path, "mitigated_by"), record_type, check.id) if mitigated else None
        where = self.scope(check.where, path, record_type, around, record_type)
        responses = tuple(answer for answer in answers if answer)
        if within is None and not by:
            return None
        test = FollowedBy(record_type.name, where, dated, within[1] if within else None, responses, reason, by)
        self.use(check, test, within[0] if within else "")
        return test

    def _deadline(
        self, check: y.FollowedByYaml, path: Path, record_type: RecordType
    ) -> tuple[tuple[str, Period] | None, str]:
        """The period within which a response is due, or the date of the trigger by which it is."""
        if (check.within is None) == (check.by is None):
            self.names.wrong(path, "'after_each' takes either within or by", None, "one of the two")
            return None, ""
        if check.by is None:
            return self.period(check.within, (*path, "within")), ""
        return None, self.names.date_of(record_type, check.by, (*path, "by"))

    def includes(self, check: y.IncludesYaml, path: Path) -> Test | None:
        record_type = self.names.record_type(check.in_each, (*path, "in_each"))
        among = self.names.record_type(check.among, (*path, "among"))
        if record_type is None or among is None:
            return None
        around, part = Around(record_type, check=check.id), Around(among, record_type, check.id)
        self.names.field_of(among, check.link, (*path, "link"))
        by = self.names.field_of(among, check.by, (*path, "by"))
        required = self._required(check.includes, by, (*path, "includes"))
        refer = self.conditions.read(check.or_refer, (*path, "or_refer"), part) if check.or_refer is not None else None
        return Includes(
            record_type.name,
            self.scope(check.where, path, record_type, around, record_type),
            required,
            among.name,
            check.link,
            check.by,
            self.conditions.read(check.counting, (*path, "counting"), part),
            refer,
        )

    def _required(self, value: str | list[str], by: FieldSpec | None, path: Path) -> tuple[str, ...]:
        found = self.names.parameter(value, path, tuple, "a parameter that is a list")
        if not found or not isinstance(found[1], tuple):
            return ()
        if by is not None:
            self.names.only_codes(by, found[0], found[1], path)
        return found[1]

    def share(self, check: y.ShareYaml, path: Path) -> Test | None:
        record_type = self.names.record_type(check.share, (*path, "share"))
        if record_type is None:
            return None
        around = Around(record_type, check=check.id)
        where = self.scope(check.where, path, record_type, around, record_type)
        must = self.conditions.read(check.must, (*path, "must"), around)
        found = self.names.share(check.at_least, (*path, "at_least"))
        if found is None:
            return None
        test = Share(record_type.name, where, must, found[1])
        self.use(check, test, found[0])
        return test
