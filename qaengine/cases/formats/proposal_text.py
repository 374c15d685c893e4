"""A proposed mapping as YAML, for a person to correct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from qaengine.cases.formats.mapping import ORDERS
from qaengine.cases.formats.proposing import Match, Proposal, says_last

HEAD = """\
# How qaengine reads {file}. Keep this file beside it.
#
# On the left are the fields of qaengine (docs/case-files.md), on the right the headings of the list. Correct what is
# wrong, delete what should not be read, and move what was left to where it belongs. A record type may stand more than
# once. What was only guessed from its heading ("near") begins with a # and is not read: take the # away where it is so.
"""


def text_of_proposal(proposal: Proposal) -> str:
    """The mapping, with how each match was found."""
    return "\n".join(_lines(proposal)) + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield from HEAD.format(file=proposal.file).splitlines()
    yield "mapping: 1"
    if proposal.sheet:
        yield f"sheet: {quoted(proposal.sheet)}"
    yield f"headings_row: {proposal.row + 1}"
    order = next(words for words, order in ORDERS.items() if order == proposal.order)
    yield f"dates: {order}{_about_dates(order)}"
    yield ""
    yield "child:"
    yield f"  child_id: {quoted(proposal.child)}"
    yield from (_column(match, "  ") for match in proposal.matches if match.meant.type == "child")
    records: dict[tuple[object, ...], list[Match]] = {}
    for match in proposal.matches:
        if match.meant.type != "child":
            records.setdefault((match.meant.type, match.meant.always), []).append(match)
    yield ""
    yield "records:" if records else "records: []"
    for matches in records.values():
        lines = list(_record(matches))
        read = any(match.is_sure for match in matches)
        yield from (lines if read else map(_not_read, lines))
    if proposal.left:
        yield ""
        yield "left: # headings of which nothing is read, and why"
        width = max(len(quoted(heading)) for heading, _ in proposal.left)
        yield from (f"  - {quoted(heading):{width}} # {why}" for heading, why in proposal.left)


def _record(matches: Sequence[Match]) -> Iterator[str]:
    meant = matches[0].meant
    yield f"  - becomes: {meant.type}"
    if meant.always:
        always = ", ".join(f"{key}: {_value(value)}" for key, value in meant.always)
        yield f"    always: {{{always}}}"
    if any(says_last(match.heading) for match in matches):
        yield "    last_only: yes # the list has the last alone: there may be earlier ones"
    yield "    columns:"
    yield from (_column(match, "      ") for match in matches)


def _not_read(line: str) -> str:
    """A line as it is not read: with a # before it, once."""
    return line if line.startswith("#") else f"#{line}"


def _about_dates(order: str) -> str:
    if order == "not known":
        return " # say day first or month first: until then, dates typed as 03/04/2019 are not read"
    return " # of dates that are typed as text; day first, month first, year first, or not known"


def _column(match: Match, indent: str) -> str:
    line = f"{indent}{match.meant.field}: {quoted(match.heading)}"
    return line if match.is_sure else f"#{line} # near: like {match.like!r} ({match.likeness:.0%})"


def _value(value: str | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else value


_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 _/()-]*[A-Za-z0-9)]\Z")
_WORDS = frozenset({"yes", "no", "true", "false", "null", "on", "off"})


def quoted(text: str) -> str:
    """Text as a value of YAML: in quotes where it might be read as something else."""
    return text if _BARE.match(text) and text.lower() not in _WORDS else json.dumps(text, ensure_ascii=False)
