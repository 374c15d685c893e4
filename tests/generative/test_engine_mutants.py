"""A test of the tests: the engine with one thing wrong is found out by the random worlds.

Each mutant is the engine's own source, under another name, with one place changed. A place that no longer stands in
the source exactly once is an error, so that the list does not rot.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from qaengine.model.standard import Standard
from qaengine.standards.loader import load_standard
from tests.engine_against_reference import difference
from tests.engine_copies import SOURCE, copied_engine
from tests.strategies_standards import World

FIXTURES = Path(__file__).parents[1] / "fixtures"
MOST_WORLDS = 150

MUTANTS: dict[str, tuple[str, str, str]] = {
    "a deadline passes a day early": (
        "followed_by",
        "in_time = (fr.col(DAY) <= last)",
        "in_time = (fr.col(DAY) < last)",
    ),
    "not yet due ends a day early": ("followed_by", "fr.when(today <= last)", "fr.when(today < last)"),
    "not yet due ends a day early, of a due date": ("due", "(look.today <= last)", "(look.today < last)"),
    "late is on time": ("followed_by", "late=not_met & has_answer", "late=not_met & ~has_answer"),
    "a response on the day of the trigger does not count": (
        "responses",
        "(start.value <= day.value)",
        "(start.value < day.value)",
    ),
    "doubts do not block": (
        "followed_by",
        ".then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.NOT_MET))",
        ".then(code(Result.NOT_MET)).otherwise(code(Result.NOT_MET))",
    ),
    "a day off is a working day": ("ordinals", "elif place % 2:", "elif place % 2 == 2:"),
    "working days are counted from the next": (
        "ordinals",
        "(self.place(day) + 1) // 2 + n",
        "(self.place(day) + 2) // 2 + n",
    ),
    "measured to the working day before": ("ordinals", "(end.place + 2) // 2", "(end.place + 1) // 2"),
    "a leap day's birthday is a day early": ("ordinals", "ends + shortened.cast(pl.Int32)", "ends"),
    "what has not happened was in the past": ("conditions", "then(fr.lit(if_future))", "then(fr.lit(not if_future))"),
    "a blank event is a blank": ("terms", "is not Kind.EVENT", "is not Kind.TEXT"),
    "a null is false": ("conditions", "return truth.fill_null(True)", "return truth.fill_null(False)"),
    "any is all": (
        "conditions",
        "reduce(operator.or_, [holds(part, look) for part in parts], FALSE)",
        "reduce(operator.and_, [holds(part, look) for part in parts], TRUE)",
    ),
    "a doubt of the same day as the anchor's is none": (
        "anchors",
        "(doubt > chosen if latest else doubt < chosen)",
        "(doubt // 2**32 > chosen // 2**32 if latest else doubt // 2**32 < chosen // 2**32)",
    ),
    "of two records on one day the other is the latest": (
        "has",
        'taken = [first, (_LATEST, keyed(term.value), "max")]',
        'taken = [first, (_LATEST, keyed(term.value) // 2**32 * 2**32 + row_of(keyed(term.value)) * 0, "max")]',
    ),
    "an anchor is told in spite of doubts": (
        "anchors",
        "doubted = known_true(fr.col(_DOUBTED) & _comes_first(anchor.latest))",
        "doubted = FALSE",
    ),
    "the nth is the one after": ("anchors", "fr.col(_KEY) == anchor.nth", "fr.col(_KEY) == anchor.nth + 1"),
    "enough is more than enough": (
        "has",
        "met = fr.col(_SURE) >= test.at_least",
        "met = fr.col(_SURE) > test.at_least",
    ),
    "doubtful records do not count": ("has", "(fr.col(_SURE) + fr.col(_DOUBTS) >=", "(fr.col(_SURE) >="),
    "a part that counts perhaps counts": ("includes", "then(fr.lit(_PERHAPS))", "then(fr.lit(_SURELY))"),
    "a part belongs to any record": ("includes", "unsure = fr.lit(None, dtype=fr.Boolean)", "unsure = fr.lit(True)"),
    "contradictory fields are believed": (
        "contradictions",
        "known_true(holds(contradiction.when, at))",
        "~holds(contradiction.when, at).is_null()",
    ),
    "a reader's check finds against the record": (
        "check",
        "Result.NOT_MET: Result.REFER_TO_AUDITOR",
        "Result.NOT_MET: Result.NOT_MET",
    ),
    "a type that is not carried is empty": ("scene", "return fr.col(name) if name in", "return None if name in"),
    "the due date of the last": (
        "rollup",
        "rolled += [fr.col(DUE).min(), fr.col(_COMING).min()]",
        "rolled += [fr.col(DUE).min(), fr.col(_COMING).max()]",
    ),
    "late if one is late": ("rollup", "rolled.append(fr.col(name).all())", "rolled.append(fr.col(name).any())"),
    "what is read counts as undecided first": (
        "rollup",
        "fr.when(fr.col(_TO_READ)).then(to_read).otherwise(otherwise)",
        "otherwise",
    ),
    "for whom a check is": ("check", "fr.when(may_be_true(fr.col(_WHEN)))", "fr.when(~may_be_true(fr.col(_WHEN)))"),
    "a check does not depend on anything": (
        "check",
        "goes_on = known_true(fr.col(_WHEN)) & fr.col(_DEPENDS_ON)",
        "goes_on = known_true(fr.col(_WHEN))",
    ),
    "a deadline to come has passed": (
        "followed_by",
        "fr.when(fr.col(DAY).is_null()).then(code(Result.NOT_YET_DUE))",
        "fr.when(fr.col(DAY).is_null()).then(code(Result.NOT_MET))",
    ),
    "a deadline that is not known was kept": (
        "followed_by",
        "fr.when(to_come).then(once_answered).otherwise(code(Result.CANNOT_DECIDE))",
        "once_answered",
    ),
    "an event on the first day of a span is none of it": (
        "intervals",
        "(start <= day) & (day <= until)",
        "(start < day) & (day <= until)",
    ),
    "a span has no end": ("intervals", "(start <= day) & (day <= until)", "(start <= day)"),
    "an interval passes its limit a day early": (
        "gaps",
        "in_time, too_late = until <= fr.col(_STRICTEST)",
        "in_time, too_late = until < fr.col(_STRICTEST)",
    ),
    "a span that ended in time is not yet due": (
        "gaps",
        "overtaken = in_time & ~answered & ended",
        "overtaken = fr.lit(False)",
    ),
    "the next doubt is the last": ("intervals", ".cum_min(reverse=True)", ".cum_min()"),
    "a doubt stands after the events of its day": ("intervals", "before(day, 1)", "keyed(day + 1, SPAN)"),
    "a doubt of the first day says nothing": (
        "intervals",
        "before(self.look.term(self.start).value, 2)",
        "before(self.look.term(self.start).value, 0)",
    ),
    "the nth interval is the one after": ("gaps", "fr.col(iv.NTH) == limit.nth)", "fr.col(iv.NTH) == limit.nth + 1)"),
    "a limit after the one that is known may be it too": (
        "gaps",
        "may_be = may_be_true(is_for) & ~surely",
        "may_be = may_be_true(is_for)",
    ),
    "what is past the strictest limit that may be is past them all": (
        "gaps",
        "until > fr.col(_MOST_GENEROUS)",
        "until > fr.col(_STRICTEST)",
    ),
    "what may have no limit is judged": ("gaps", "known = fr.col(_SURELY) & (", "known = ("),
    "what is too late is held to the strictest": (
        "gaps",
        ".then(fr.col(_STRICTEST)).otherwise(fr.col(_MOST_GENEROUS))",
        ".then(fr.col(_STRICTEST)).otherwise(fr.col(_STRICTEST))",
    ),
    "of two limits that end on one day the last is shown": (
        "gaps",
        "reversed(list(enumerate(lasts)))",
        "list(enumerate(lasts))",
    ),
    "from is when the span began": ("intervals", "from_date(limit.when, begins)", "from_date(limit.when, self.start)"),
    "intervals are looked back on a day too few": (
        "intervals",
        "term.last(self.test.looks_back.period) < self.look.today",
        "term.last(self.test.looks_back.period) <= self.look.today",
    ),
    "an end that is not known has not come": (
        "intervals",
        "FALSE if self.end is None else is_unknown(self.end)",
        "FALSE",
    ),
    "the first interval that decides is any": ("gaps", "order_by=[iv.SPAN, iv.KEY]", "order_by=[iv.KEY, iv.SPAN]"),
    "what ends today has not ended": ("lasting", "(end.value <= today)", "(end.value < today)"),
    "what lasts passes its limit a day early": ("lasting", "_result(until <= last,", "_result(until < last,"),
    "what explains does not": (
        "lasting",
        "fr.when(~fr.col(DAY).is_null()).then(code(Result.MET))",
        "fr.when(~fr.col(DAY).is_null()).then(code(Result.NOT_MET))",
    ),
    "an unknown end is no doubt": ("lasting", "unsure = fr.col(OPEN_ANY) | end_unknown", "unsure = fr.col(OPEN_ANY)"),
    "what ended is looked back on a day too few": (
        "lasting",
        "(end.last(looks_back.period) < today)",
        "(end.last(looks_back.period) <= today)",
    ),
    "a share is rounded down": ("share", "* percent + 99) // 100", "* percent) // 100"),
    "what may be out of scope is in it": ("share", "most = fr.col(_ALL) - fr.col(_LEFT_OUT)", "most = fr.col(_ALL)"),
    "just enough is not enough": (
        "share",
        "may_be_enough = (most - fr.col(_AGAINST)) * 100 >= most * percent",
        "may_be_enough = (most - fr.col(_AGAINST)) * 100 > most * percent",
    ),
    "a doubt counts against": (
        "share",
        "fr.when(may_be_enough).then(code(Result.CANNOT_DECIDE)).otherwise(below)",
        "below",
    ),
    "a target to come is due": ("share", "Result.NOT_YET_DUE if coming else Result.NOT_MET", "Result.NOT_MET"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_every_place_of_a_mutant_is_in_the_source(name: str) -> None:
    module, old, _ = MUTANTS[name]
    assert (SOURCE / f"{module}.py").read_text(encoding="utf-8").count(old) == 1


def test_the_engine_under_another_name_still_equals_the_reference(tmp_path: Path) -> None:
    """What finds the mutants out is the change, not the copy."""
    with copied_engine(tmp_path, "run", "import polars as pl\n", "import polars as pl\n") as run:
        for seed in range(3):
            world = World.of(seed)
            assert not difference(world.standards, world.cases, world.as_at, run)


def _first_of(name: str) -> Standard:
    """A standard with its first check alone: then it has few dates, and many fall on one day."""
    standard = load_standard((FIXTURES / name).read_text(encoding="utf-8"), name)
    return replace(standard, checks=standard.checks[:1])


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_found_out(name: str, tmp_path: Path) -> None:
    about = [_first_of("good-of-time.yaml"), _first_of("good-of-limits.yaml")]
    with copied_engine(tmp_path, *MUTANTS[name]) as run:
        for seed in range(MOST_WORLDS):
            for world in (World.of(seed), *(World.about((standard,), seed) for standard in about)):
                if difference(world.standards, world.cases, world.as_at, run):
                    return
    pytest.fail(f"{name}: not found out in {MOST_WORLDS} worlds of ten standards")
