"""Write the case files of a made-up council: so many children, each followed from the contact to the as-at date.

The same seed writes the same files. See README.md.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from simulator.documents import write_documents
from simulator.population import population

from qaengine.cases.table_write import write_tables
from qaengine.cases.tables import tables_of


def main(args: Sequence[str] | None = None) -> None:
    given = arguments(args)
    made = population(given.children, given.seed, given.as_at, given.quality / 100)
    if given.format == "yaml":
        write_documents(made, given.folder)
    else:
        write_tables(tables_of(made), given.folder, given.format)
    rows = sum(len(rows) for file in made.files for rows in file.records.values())
    print(f"{len(made.files):,} children with {rows:,} records in {given.folder}")


def arguments(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet, or is empty")
    parser.add_argument("--children", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--as-at", type=date.fromisoformat, default=date(2019, 9, 30))
    parser.add_argument("--quality", type=int, default=85, help="of a hundred duties, how many are done in time")
    parser.add_argument("--format", choices=("csv", "parquet", "yaml"), default="parquet")
    return parser.parse_args(args)


if __name__ == "__main__":
    main()
