"""`has`: at least N records satisfy `where`, and are fresh enough."""

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, ROW, View
from qaengine.evaluate.engine.conditions import holds, known_true
from qaengine.evaluate.engine.due import not_so
from qaengine.evaluate.engine.keys import first_of, keyed, row_of
from qaengine.evaluate.engine.ordinals import Point, elapsed, limit_of
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import CODE, DUE, LIMIT, MEASURED, OF_CHILD, Verdicts, code, unit, verdicts
from qaengine.model.condition import NoOlderThan, Ref, Scope, Today
from qaengine.model.period import Unit
from qaengine.model.result import Result
from qaengine.model.standard import Has

Frame = fr.LazyFrame
_WHERE, _BOTH, _SURE, _DOUBTS, _FIRST_DOUBT = "the where", "the both", "the sure", "the doubts", "the first doubt"
_LATEST, _FIRST, _LAST, _PLACE = "the latest", "the first", "the last", "the place"
_OF_SURE, _OF_FITTING = " of the sure", " of the fitting"
_RESULT, _BY_AGE = "the result", "by age"


def has(test: Has, scene: Scene) -> tuple[Verdicts, None]:
    """One verdict a child; there are none on records."""
    joined = scene.children.join(_counted(test, scene), on=CHILD, how="left")
    joined = _shown(test, joined.with_columns(fr.col(_SURE).fill_null(0), fr.col(_DOUBTS).fill_null(0)))
    late = not_so(test.due, scene.look)
    met = fr.col(_SURE) >= test.at_least
    undecided = ~met & (fr.col(_SURE) + fr.col(_DOUBTS) >= test.at_least)
    untold = scene.untold(test.record_type)
    cannot = undecided if untold is None else undecided | untold
    result = (
        fr.when(cannot)
        .then(code(Result.CANNOT_DECIDE))
        .otherwise(fr.when(met).then(code(Result.MET)).otherwise(late.result))
    )
    shown = fr.when(fr.col(_LATEST).is_null()).then(fr.col(_FIRST)).otherwise(row_of(fr.col(_LATEST)))
    made = _measured(test, joined, scene).with_columns(result.alias(_RESULT))
    decided = fr.col(_RESULT) != CODE[Result.CANNOT_DECIDE]
    due = fr.col(DUE) if late.due_on is None else fr.when(met).then(fr.col(DUE)).otherwise(_last_due(late.due_on))
    in_unit = unit(test.no_older_than.measured_in) if test.no_older_than else unit("records")
    columns = verdicts(
        made,
        OF_CHILD,
        scene.wanted,
        result=fr.col(_RESULT),
        measured=fr.when(decided).then(fr.col(MEASURED)),
        limit=fr.when(decided).then(fr.col(LIMIT)),
        unit=fr.when(decided).then(fr.when(fr.col(_BY_AGE)).then(in_unit).otherwise(unit("records"))),
        due_on=fr.when(decided).then(due),
        evidence=fr.when(undecided).then(fr.col(_FIRST_DOUBT)).otherwise(shown),
    )
    return columns, None


def _last_due(of_duty: fr.Expr) -> fr.Expr:
    """The last day of a duty, or of the record that has gone out of date since."""
    lapsed = (fr.col(_RESULT) == CODE[Result.NOT_MET]) & (fr.col(DUE) > of_duty)
    return fr.when(lapsed.fill_null(False)).then(fr.col(DUE)).otherwise(of_duty)


def _counted(test: Has, scene: Scene) -> Frame:
    """One row a child with records: how many are sure and doubtful, and of the sure and the fitting the latest."""
    look = scene.at(test.record_type)
    where = holds(test.where, look)
    dated = Ref(Scope.RECORD, test.dated, test.record_type)
    both = where
    if test.no_older_than is not None:
        both = where & holds(NoOlderThan(dated, test.no_older_than, Today.AS_AT), look)
    tested = scene.records(test.record_type).with_columns(where.alias(_WHERE), both.alias(_BOTH))
    doubtful = fr.col(_BOTH).is_null()
    made = [
        known_true(fr.col(_BOTH)).cast(fr.Int32).alias(_SURE),
        doubtful.cast(fr.Int32).alias(_DOUBTS),
        fr.when(doubtful).then(fr.col(ROW)).alias(_FIRST_DOUBT),
    ]
    wanted = {_SURE: "sum", _DOUBTS: "sum", _FIRST_DOUBT: "min"}
    for group, which in ((_OF_SURE, fr.col(_BOTH)), (_OF_FITTING, fr.col(_WHERE))):
        for name, expr, how in _of_group(test, scene):
            made.append(fr.when(known_true(which)).then(expr).alias(name + group))
            wanted[name + group] = how
    parts = tested.select(fr.col(CHILD), *made)
    return parts.group_by(CHILD).agg(*(getattr(fr.col(name), how)() for name, how in wanted.items()))


def _of_group(test: Has, scene: Scene) -> list[tuple[str, fr.Expr, str]]:
    """What is taken of a group of records: a later date never has an earlier deadline, so each is a maximum."""
    first = (_FIRST, fr.col(ROW), "min")
    if not test.dated:
        return [first]
    term = scene.at(test.record_type).term(Ref(Scope.RECORD, test.dated, test.record_type))
    taken = [first, (_LATEST, keyed(term.value), "max")]
    if test.no_older_than is not None:
        taken.append((_LAST, term.last(test.no_older_than), "max"))
        if test.no_older_than.unit is Unit.WORKING_DAYS:
            taken.append((_PLACE, term.view(View.WORKING), "max"))
    return taken


def _shown(test: Has, joined: Frame) -> Frame:
    """The group that the verdict speaks of: the sure where they are enough, and else those that fit, though too old."""
    names = [name for name in (_FIRST, _LATEST, _LAST, _PLACE) if _is_taken(test, name)]
    enough = fr.col(_SURE) >= test.at_least
    chosen = [fr.when(enough).then(fr.col(name + _OF_SURE)).otherwise(fr.col(name + _OF_FITTING)) for name in names]
    named = [expr.alias(name) for expr, name in zip(chosen, names, strict=True)]
    return joined.with_columns(*named, *([] if test.dated else [fr.lit(None).cast(fr.Int64).alias(_LATEST)]))


def _is_taken(test: Has, name: str) -> bool:
    working = test.no_older_than is not None and test.no_older_than.unit is Unit.WORKING_DAYS
    return {
        _FIRST: True,
        _LATEST: bool(test.dated),
        _LAST: bool(test.dated) and test.no_older_than is not None,
        _PLACE: bool(test.dated) and working,
    }[name]


def _measured(test: Has, frame: Frame, scene: Scene) -> Frame:
    """Measured as the age of the latest record where one fresh record is asked for, and else as a count."""
    period = test.no_older_than
    if period is None or test.at_least > 1:
        return frame.with_columns(
            fr.lit(False).alias(_BY_AGE),
            fr.col(_SURE).alias(MEASURED),
            fr.lit(test.at_least).alias(LIMIT),
            fr.lit(None).cast(fr.Int32).alias(DUE),
        )
    day, last = first_of(fr.col(_LATEST)), fr.col(_LAST)
    by_age = (day <= scene.look.today).fill_null(False)
    place = fr.col(_PLACE) if period.unit is Unit.WORKING_DAYS else None
    age, limit = elapsed(Point(day, place), scene.as_at, period), limit_of(day, last, period)
    return frame.with_columns(
        by_age.alias(_BY_AGE),
        fr.when(by_age).then(age).otherwise(fr.col(_SURE)).alias(MEASURED),
        fr.when(by_age).then(limit).otherwise(fr.lit(test.at_least)).alias(LIMIT),
        fr.when(by_age).then(last).alias(DUE),
    )
