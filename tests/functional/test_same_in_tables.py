"""What is true of a child does not hang on the form in which the file came."""

from pathlib import Path

from qaengine.cases import read_cases
from qaengine.cases.given import Given
from qaengine.cases.table_write import write_tables
from qaengine.cases.tables import tables_of
from qaengine.cli.loading import load
from qaengine.evaluate.counting import count

ROOT = Path(__file__).resolve().parents[2]


def test_the_sample_cases_count_the_same_as_documents_and_as_tables(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    write_tables(tables_of(read_cases(ROOT / "sample_cases").case_set()), folder, "parquet")
    documents, tables = (load(Given(str(cases)), None, ROOT / "rules") for cases in (ROOT / "sample_cases", folder))
    counted = count(documents.stages, documents.source, documents.as_at, "reference")
    assert count(tables.stages, tables.source, tables.as_at, "reference") == counted
    assert count(tables.stages, tables.source, tables.as_at, "polars") == counted
