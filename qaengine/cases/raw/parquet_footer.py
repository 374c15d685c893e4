"""What a Parquet file says of itself, checked before the reader believes it.

The reader makes room for as many values as a page says it has; a number that was changed on the way, by accident or by
somebody, would end the whole program. The footer and the head of every page are in Thrift's compact form, of which only
the numbers and structures are of use here.
"""

from __future__ import annotations

from typing import Any

from qaengine.cases.files import InputFile
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.table import MOST_COLUMNS
from qaengine.model.problem import InputError, Problem

MARK = b"PAR1"
MOST_UNPACKED = 300_000_000
MOST_PAGES = 200_000
MOST_VALUES = 100_000_000

_DEEPEST = 16
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)


def check_footer(file: InputFile) -> None:
    """Raises InputError where the numbers of the footer and of the pages do not fit together, or are too large."""
    data = file.data
    if len(data) < 12 or data[:4] != MARK or data[-4:] != MARK:
        raise _damaged(file, "it does not begin and end as one")
    size = int.from_bytes(data[-8:-4], "little")
    start = len(data) - 8 - size
    if start < 4:
        raise _damaged(file, "it is cut short")
    try:
        footer, _ = _structure(data, start, len(data) - 8)
        _check(file, footer, start)
    except (IndexError, KeyError, TypeError, ValueError, AttributeError):
        raise _damaged(file, "its footer or the head of a page is damaged") from None


def _damaged(file: InputFile, why: str) -> InputError:
    return case_data_error(Problem(file.name, 0, 0, f"not readable as Parquet: {why}", expected="a whole file"))


def _check(file: InputFile, footer: dict[int, Any], end: int) -> None:
    columns = len(footer[2]) - 1
    if columns > MOST_COLUMNS:
        expected = f"at most {MOST_COLUMNS:,}"
        raise case_data_error(Problem(file.name, 0, 0, f"{columns:,} columns", expected=expected))
    groups = footer.get(4, [])
    if sum(group[3] for group in groups) != footer[3]:
        raise _damaged(file, "its parts have not as many rows as it says")
    unpacked = pages = held = 0
    for group in groups:
        for chunk in group[1]:
            about = chunk[3]
            if not 0 <= about[5] <= group[3] and len(about[3]) == 1:
                raise _damaged(file, "a column has more values than there are rows")
            held += about[5]
            if held > MOST_VALUES:
                message, expected = "more values than any table of the dataset", f"at most {MOST_VALUES:,}"
                raise case_data_error(Problem(file.name, 0, 0, message, expected=expected))
            at = min(about[9], about.get(11, about[9]))
            stop = at + about[7]
            if not 4 <= at <= stop <= end:
                raise _damaged(file, "a column is not where it says")
            values = 0
            while at < stop and values < about[5]:
                head, at = _structure(file.data, at, stop)
                kind = head.get(5) or head.get(8)
                inside = kind or head[7]
                if head[2] < 0 or head[3] < 0 or at + head[3] > stop or not 0 <= inside[1] <= about[5] + head[2]:
                    raise _damaged(file, "the head of a page says more than there can be")
                values += inside[1] if kind else 0
                at += head[3]
                unpacked, pages = unpacked + head[2], pages + 1
                if unpacked > MOST_UNPACKED or pages > MOST_PAGES:
                    message = f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB"
                    raise case_data_error(Problem(file.name, 0, 0, message, expected="a table of the dataset"))
            if values != about[5]:
                raise _damaged(file, "a column has not as many values as it says")


# Thrift's compact form


def _number(data: bytes, at: int, end: int) -> tuple[int, int]:
    """A number of any length, seven bits a byte."""
    number = shift = 0
    while True:
        if at >= end or shift > 63:
            raise ValueError("a number without an end")
        byte = data[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return number, at


def _signed(data: bytes, at: int, end: int) -> tuple[int, int]:
    number, at = _number(data, at, end)
    return (number >> 1) ^ -(number & 1), at


def _structure(data: bytes, at: int, end: int, depth: int = 0) -> tuple[dict[int, Any], int]:
    """The fields of a structure by number, and the place behind it."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    fields: dict[int, Any] = {}
    field = 0
    while True:
        if at >= end:
            raise ValueError("cut short")
        kind, step = data[at] & 0x0F, data[at] >> 4
        at += 1
        if kind == 0:
            return fields, at
        if step:
            field += step
        else:
            field, at = _signed(data, at, end)
        if kind in (_TRUE, _FALSE):
            fields[field] = kind == _TRUE
        else:
            fields[field], at = _value(kind, data, at, end, depth)


def _value(kind: int, data: bytes, at: int, end: int, depth: int) -> tuple[Any, int]:
    if kind in (_I16, _I32, _I64):
        return _signed(data, at, end)
    if kind in (_TRUE, _FALSE, _BYTE):
        return data[at], at + 1
    if kind == _DOUBLE:
        return None, _within(at + 8, end)
    if kind == _BINARY:
        length, at = _number(data, at, end)
        return None, _within(at + length, end)
    if kind == _STRUCT:
        return _structure(data, at, end, depth + 1)
    if kind in (_LIST, _SET):
        count, of = data[at] >> 4, data[at] & 0x0F
        at += 1
        if count == 15:
            count, at = _number(data, at, end)
        if count > end - at:
            raise ValueError("more than there can be")
        listed = []
        for _ in range(count):
            one, at = _value(of, data, at, end, depth + 1)
            listed.append(one)
        return listed, at
    raise ValueError("of no known kind")


def _within(at: int, end: int) -> int:
    if at > end:
        raise ValueError("cut short")
    return at
