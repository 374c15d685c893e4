"""The figures of measures as rows: what the screen, the CSV and the JSON show, and what partners may be shown of it."""

from collections.abc import Iterable, Sequence
from datetime import date

from qaengine.measures.result import Code, Result, Share
from qaengine.model.measure import MeasureKind
from qaengine.model.result import Origin

Figures = dict[str, object]
"""One row: a measure, or one kind of it. A figure that does not belong to it is None."""

COLUMNS = (
    "measure", "title", "kind", "code", "n", "children", "so", "share", "low", "high", "least", "most", "undecided",
    "mean_days", "median_days", "done", "late", "running", "past", "projected", "limit_days", "baseline", "proposed",
    "as_at",
)  # fmt: skip

HIDDEN = "suppressed"
"""In place of a figure from which a small one could be worked out."""


def figures(result: Result, as_at: date) -> list[Figures]:
    """The rows of one measure: its own, and one for each kind."""
    measure, time = result.measure, result.time
    own: Figures = dict.fromkeys(COLUMNS)
    own |= {
        "measure": measure.id,
        "title": measure.title,
        "kind": measure.kind.value,
        "n": result.n,
        "children": result.children,
        "undecided": result.undecided,
        "limit_days": measure.limit.days if measure.limit else None,
        "baseline": measure.baseline.says if measure.baseline else None,
        "proposed": ", ".join(one.name for one in measure.parameters if one.origin is Origin.PROPOSED) or None,
        "as_at": as_at.isoformat(),
    }
    if result.share:
        own |= _of_share(result.share)
    if time:
        own |= {
            "mean_days": None if time.mean is None else round(time.mean, 1),
            "median_days": time.median,
            "done": time.done,
            "late": time.late if measure.limit else None,
            "running": time.running,
            "past": time.past if measure.limit else None,
            "projected": time.projected if measure.lead else None,
        }
    return [own, *({**dict.fromkeys(COLUMNS), **_of_code(own, code)} for code in result.codes)]


def _of_code(own: Figures, code: Code) -> Figures:
    kept = {name: own[name] for name in ("measure", "title", "kind", "proposed", "as_at")}
    return {**kept, "code": code.name, "n": code.share.n, **_of_share(code.share), "undecided": code.perhaps}


def _of_share(share: Share) -> Figures:
    low, high = share.interval or (None, None)
    least, most = share.bounds or (None, None)
    return {
        "so": share.so,
        "share": _rounded(share.share),
        "low": _rounded(low),
        "high": _rounded(high),
        "least": _rounded(least),
        "most": _rounded(most),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def suppressed(rows: Sequence[Figures], kind: MeasureKind, overlapping: bool, below: int) -> list[Figures]:
    """The rows of one measure for whom a small count might point to a child: no count under `below`, but 0, is shown,
    and none from which one could be worked out. `overlapping` kinds do not add up to the whole."""
    own, *codes = (dict(row) for row in rows)
    if _small(own["n"], below):
        return [_nothing(row, below) for row in (own, *codes)]
    if kind is MeasureKind.SHARE:
        _hide_share(own, below)
    if kind is MeasureKind.AVERAGE:
        _hide_time(own, below)
    for code in codes:
        _hide_share(code, below)
    if not overlapping:
        _hide_one_more(codes, own, below)
    for row in (own, *codes):
        for name in ("children", "undecided", "done", "late", "running", "past", "projected"):
            if _small(row[name], below):
                row[name] = f"<{below}"
    return [own, *codes]


def _small(figure: object, below: int) -> bool:
    return isinstance(figure, int) and 0 < figure < below


def _nothing(row: Figures, below: int) -> Figures:
    """A row of which only its name is shown."""
    counts = {name: HIDDEN for name in _COUNTS if row[name] is not None}
    return {**row, **counts, "n": HIDDEN if row["code"] else f"<{below}"}


_COUNTS = (
    "children", "so", "share", "low", "high", "least", "most", "undecided", "mean_days", "median_days", "done", "late",
    "running", "past", "projected",
)  # fmt: skip
_SHARES = ("share", "low", "high", "least", "most")


def _hide_share(row: Figures, below: int) -> None:
    """The share of few, or of all but few; and the bounds, which tell how many are not decided."""
    so, n = row["so"], row["n"]
    assert isinstance(so, int)
    assert isinstance(n, int)
    if _small(so, below) or _small(n - so, below):
        row["so"] = f"<{below}" if _small(so, below) else HIDDEN
        row |= {name: HIDDEN for name in _SHARES if row[name] is not None}
    if _small(row["undecided"], below):
        told = ("n", *_SHARES) if row["code"] else ("least", "most")  # of a kind, the rest of the whole are undecided
        row |= {name: HIDDEN for name in told if row[name] is not None}


def _hide_one_more(codes: list[Figures], own: Figures, below: int) -> None:
    """Where one part alone is hidden, it is what is left of the whole: the smallest other one is hidden too."""
    whole, counts = own["n"], [code["so"] for code in codes]
    shown = [code for code in codes if _number(code["so"])]
    hidden = sum(not isinstance(so, int) for so in counts)
    if not hidden and isinstance(whole, int):  # those of whom the kind is not recorded are a part too
        hidden = int(_small(whole - sum(map(_number, counts)), below))
    if hidden == 1 and shown:
        least = min(shown, key=lambda code: _number(code["so"]))
        least |= {"so": HIDDEN, **{name: HIDDEN for name in _SHARES if least[name] is not None}}
    elif hidden == 1:
        for row in (own, *codes):
            row["n"] = HIDDEN


def _hide_time(own: Figures, below: int) -> None:
    """Those done and those waiting are the whole; so are those past the limit, likely to pass it, and the rest."""
    done, late, running = (_number(own[name]) for name in ("done", "late", "running"))
    past, projected = _number(own["past"]), _number(own["projected"])
    if _small(done, below):
        own |= {"mean_days": HIDDEN, "median_days": HIDDEN}
    if _small(done, below) or _small(running, below):
        own |= dict.fromkeys(("done", "running"), HIDDEN)
    if own["late"] is not None and (_small(late, below) or _small(done - late, below) or not _shown(own, "done")):
        own["late"] = HIDDEN
    parts = [past, projected, running - past - projected]
    if any(_small(part, below) for part in parts) or not _shown(own, "running"):
        own |= {name: HIDDEN for name in ("past", "projected") if own[name] is not None}


def _shown(own: Figures, name: str) -> bool:
    return isinstance(own[name], int)


def _number(figure: object) -> int:
    return figure if isinstance(figure, int) else 0


def all_figures(results: Iterable[Result], as_at: date, below: int = 0) -> list[Figures]:
    """The rows of all measures, with small counts left out where that is asked."""
    rows: list[Figures] = []
    for result in results:
        own = figures(result, as_at)
        measure = result.measure
        rows += suppressed(own, measure.kind, measure.among is not None, below) if below else own
    return rows
