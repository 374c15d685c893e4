"""Reasons told once: what a rule says of several standards is one sentence, with the standards before it."""

from collections.abc import Iterable, Mapping


def told_once(reasons: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Reasons that differ only in the title they begin with ("Title: what is so") as one, with the short names.

    `names` gives the short name of a title. A reason that stands alone is left as it is.
    """
    groups: dict[str, list[str]] = {}
    for reason in reasons:
        title, _, tail = reason.partition(": ")
        groups.setdefault(tail if title in names else reason, []).append(title)
    return tuple(_one(said, titles, names) for said, titles in groups.items())


def _one(said: str, titles: list[str], names: Mapping[str, str]) -> str:
    if titles[0] not in names:
        return said
    if len(titles) == 1:
        return f"{titles[0]}: {said}"
    return f"{', '.join(names[title] for title in titles[:-1])} and {names[titles[-1]]}: {said}"
