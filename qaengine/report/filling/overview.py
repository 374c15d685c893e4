"""The overview of an audit: every standard on the drawn children."""

from collections.abc import Iterable

from qaengine.audit.pack import Pack
from qaengine.model.standard import Standard
from qaengine.report import parts
from qaengine.report.filling import common
from qaengine.report.overview import OverviewLine, OverviewView


def overview(pack: Pack, written: Iterable[str] = ()) -> OverviewView:
    """Every standard of the audit; `written` are those whose dip samples are written too."""
    return OverviewView(
        scope=common.scope(pack),
        selection=common.selection(pack.draw, pack.population),
        lines=tuple(_line(pack, standard) for standard in pack.standards),
        concerns=common.concerns(pack, [child.child_id for child in pack.children]),
        written=tuple(pack.names[name] for name in written),
    )


def _line(pack: Pack, standard: Standard) -> OverviewLine:
    results = {child.child_id: child.results()[standard.id] for child in pack.children}
    counts = parts.Counts.from_results(results.values())
    estimate = common.estimate(pack, results)
    return OverviewLine(standard.short, standard.theme, standard.severity.value, counts, estimate)
