"""Which parameter is the limit of a check: told from where its parameters are used."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qaengine.model.condition import NoOlderThan, Ref, Scope, Today
from qaengine.model.standard import Check, Has, NoGapOver, Share, Use


def with_limits(checks: Iterable[Check], uses: Iterable[Use]) -> Iterator[Check]:
    """The checks, each with the parameters that are its limits: on what it counts, and on the time it measures.

    Where one of several numbers may be the limit, none is named.
    """
    used = list(uses)
    for check in checks:
        own = [use for use in used if use.check == check.id]
        whole = next((use.parameter for use in own if use.node == check.test), "")
        if isinstance(check.test, Has):
            age = _age(check.test)
            fresh = next((use.parameter for use in own if age is not None and use.node == age), "")
            yield replace(check, counts_to=whole, measures_to=fresh)
        elif isinstance(check.test, Share):
            yield replace(check, counts_to=whole)
        elif isinstance(check.test, NoGapOver):
            of_limits = {use.parameter for use in own if use.node in check.test.limits}
            yield replace(check, measures_to="".join(of_limits) if len(of_limits) == 1 else "")
        else:
            yield replace(check, measures_to=whole)


def _age(test: Has) -> NoOlderThan | None:
    if test.no_older_than is None:
        return None
    return NoOlderThan(Ref(Scope.RECORD, test.dated, test.record_type), test.no_older_than, Today.AS_AT)
