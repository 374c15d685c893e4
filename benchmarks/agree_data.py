"""Data for agree.py: a return and a census that are all edges, and a census as it stood on a day, with a header.

Writes only what it is told to write. See README.md.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from agreement.edges import write_census, write_return
from agreement.standing import write_as_at


def main(args: Sequence[str] | None = None) -> None:
    given = arguments(args)
    match given.what:
        case "return":
            print(f"{write_return(given.out, given.on):,} children in {given.out}")
        case "census":
            print(f"{write_census(given.out, given.on):,} children in {given.out}")
        case _:
            print(f"{write_as_at(given.file, given.out, given.on):,} elements left out of {given.out}")


def arguments(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    kinds = parser.add_subparsers(dest="what", required=True)
    returned = kinds.add_parser("return", help="an SSDA903 return, all edges of its year")
    returned.add_argument("out", type=Path, metavar="FOLDER")
    census = kinds.add_parser("census", help="a CIN census, all edges of its clocks")
    census.add_argument("out", type=Path, metavar="FILE")
    standing = kinds.add_parser("as-at", help="a CIN census as it stood on a day: with a header, and nothing later")
    standing.add_argument("file", type=Path, metavar="CENSUS")
    standing.add_argument("out", type=Path, metavar="FILE")
    for each in (returned, census, standing):
        help_ = "the 31 March that ends the year, or the reference date"
        each.add_argument("--on", type=date.fromisoformat, default=date(2023, 3, 31), metavar="DATE", help=help_)
    return parser.parse_args(args)


if __name__ == "__main__":
    main()
