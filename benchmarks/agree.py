"""Compare our arithmetic with two validators of returns, from the reports that they write.

Prints, for each of their rules that asks what we ask: how many rows they flag, how many we flag, how many both; the
differences by reason; and every difference. Writes nothing. Ends with 1 where a difference has no reason. See
docs/agreement.md.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from agreement.census import compare_census
from agreement.compare import Outcome, printed, table_row
from agreement.how import HOW, PROGRAM_903
from agreement.lac import compare_return
from agreement.returns import read_return


def main(args: Sequence[str] | None = None) -> int:
    given = arguments(args)
    if given.program_903:
        print(PROGRAM_903, end="")
        return 0
    unexplained = 0
    for outcome in outcomes(given):
        unexplained += outcome.unexplained
        print(table_row(outcome) if given.table else "\n".join(printed(outcome, given.brief)))
    print(f"\n{unexplained:,} differences without a reason")
    return 1 if unexplained else 0


def outcomes(given: argparse.Namespace) -> Iterator[Outcome]:
    """What each rule came to, of each return that is given with a report."""
    if given.report_903:
        read = read_return(given.returned)
        if not given.table:
            print(f"{given.returned}: of the year ended {read.year_end:%d %B %Y}; the report must be of the same")
        yield from compare_return(read, given.report_903)
    if given.report_cin:
        yield from compare_census(given.census, given.report_cin, given.as_at)


def arguments(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=HOW, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--return", type=Path, dest="returned", metavar="FOLDER", help="the CSV files of a return")
    parser.add_argument("--report-903", type=Path, metavar="FILE", help="csc-validator-be-903's issues in it, as CSV")
    parser.add_argument("--census", type=Path, metavar="FILE", help="a CIN census, as XML")
    parser.add_argument("--report-cin", type=Path, metavar="FILE", help="csc-validator-be-cin's user_report.csv of it")
    as_at = "the reference date of the census, where it does not say"
    parser.add_argument("--as-at", type=date.fromisoformat, metavar="DATE", help=as_at)
    parser.add_argument("--brief", action="store_true", help="the counts alone, and not every difference")
    parser.add_argument("--table", action="store_true", help="the counts alone, as rows of a table in Markdown")
    parser.add_argument("--program-903", action="store_true", help="print the program that makes a --report-903")
    given = parser.parse_args(args)
    if given.program_903:
        return given
    if bool(given.returned) != bool(given.report_903) or bool(given.census) != bool(given.report_cin):
        parser.error("a report goes with the data that it is of: --return and --report-903, --census and --report-cin")
    if not given.returned and not given.census:
        parser.error("nothing to compare: --return and --report-903, or --census and --report-cin, or both")
    return given


if __name__ == "__main__":
    sys.exit(main())
