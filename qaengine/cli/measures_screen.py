"""Measures as a table on the screen."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from qaengine.cli.columns import columns
from qaengine.evaluate.explain.names import plain, title, titles
from qaengine.evaluate.explain.numbers import local_lines
from qaengine.measures.figures import Figures
from qaengine.measures.result import CONFIDENCE
from qaengine.model.measure import Measure, MeasureKind
from qaengine.model.result import Origin
from qaengine.sample.rate import FEW
from qaengine.sample.words import percent, percent_range
from qaengine.standards.checks import shown_value

WIDTHS = (42, 26, 18, 7)


def screen(measures: Mapping[str, Measure], rows: Sequence[Figures], head: str, untold: Container[str]) -> str:
    """All measures, with what is known of how sure they are. `untold` are the record types that nobody carries."""
    heads = ["measure", "counted", f"share ({CONFIDENCE:.0%})".replace("%", " %"), "not decided"]
    table: list[tuple[str, str, str, str]] = []
    for row in rows:
        measure = measures[str(row["measure"])]
        if row["code"] is None:
            table += [("", "", "", "")] if table else []
            table += [*_cells(measure, row)]
            if measure.of in untold:
                table.append((f"  the source carries no {titles(measure.of)}", "", "", ""))
        elif row["n"]:
            table += [*_cells(measure, row)]
    return "\n".join(
        [
            f"{head}\n",
            columns(heads, table, WIDTHS, right=1),
            "",
            _proposed(measures.values()),
            *_local(measures.values()),
        ]
    ).rstrip()


def _cells(measure: Measure, row: Figures) -> Iterator[tuple[str, str, str, str]]:
    undecided = "·" if row["undecided"] in (0, None) else f"{row['undecided']}"
    if row["code"] is not None:
        yield f"  {plain(str(row['code']))}", f"{_n(row['so'])} of {_n(row['n'])}", _share(row), undecided
        return
    if measure.kind is MeasureKind.SHARE:
        yield measure.title, f"{_n(row['so'])} of {_things(measure, row['n'])}", _share(row), undecided
        yield f"  {measure.so}", *_beside(measure, row), ""
    elif measure.kind is MeasureKind.AVERAGE:
        yield measure.title, f"{_n(row['done'])} done, {_n(row['running'])} waiting", "", undecided
        yield from _times(row) if row["n"] else ()
    else:
        yield measure.title, _things(measure, row["n"]), "", undecided


def _beside(measure: Measure, row: Figures) -> tuple[str, str]:
    """The baseline, and the share however the undecided turn out."""
    least, most, n = row["least"], row["most"], row["n"]
    between = ""
    if isinstance(least, float) and isinstance(most, float) and _number(n) >= FEW and least != most:
        between = f"in all {percent_range(least, most)}"
    return f"baseline: {measure.baseline.says}" if measure.baseline else "", between


def _times(row: Figures) -> Iterator[tuple[str, str, str, str]]:
    if row["mean_days"] is not None:
        yield "  days, mean and median", f"{row['mean_days']} and {row['median_days']}", "", ""
    limit = f"{row['limit_days']} days" if row["limit_days"] is not None else "the limit"
    if row["late"] is not None:
        yield f"  done, but past {limit}", _n(row["late"]), "", ""
    if row["past"] is not None:
        yield f"  waiting, and past {limit}", _n(row["past"]), "", ""
    if row["projected"] is not None:
        yield f"  waiting, and likely to pass {limit}", _n(row["projected"]), "", ""


def _things(measure: Measure, n: object) -> str:
    if measure.of_children:
        return f"{_n(n)} {'child' if n == 1 else 'children'}"
    return f"{_n(n)} {title(measure.of) if n == 1 else titles(measure.of)}"


def _n(figure: object) -> str:
    return f"{figure:,}" if isinstance(figure, int) else str(figure)


def _share(row: Figures) -> str:
    """Under ten, a percentage says more than is known."""
    share, low, high, n = row["share"], row["low"], row["high"], row["n"]
    if isinstance(share, float) and isinstance(low, float) and isinstance(high, float) and _number(n) >= FEW:
        return f"{percent(share)} ({percent_range(low, high)})"
    return ""


def _number(figure: object) -> int:
    return figure if isinstance(figure, int) else 0


def _local(measures: Iterable[Measure]) -> Iterator[str]:
    """The numbers that the council has set for itself."""
    lines = [line for said in local_lines((), measures) for line in wrap(said, 98, subsequent_indent="  ")]
    yield from ["The council's own numbers:", *lines] if lines else []


def _proposed(measures: Iterable[Measure]) -> str:
    """The numbers that are nobody's rule, each with the measures that use it."""
    users: dict[str, list[str]] = {}
    for measure in measures:
        for parameter in measure.parameters:
            if parameter.origin is Origin.PROPOSED:
                users.setdefault(f"{plain(parameter.name)} {shown_value(parameter.value)}", []).append(measure.id)
    said = (line for words, ids in users.items() for line in wrap(f"{words}: {', '.join(ids)}", 96))
    return "\n".join(["Proposed, and nobody's rule yet:", *(f"  {line}" for line in said)]) if users else ""
