"""Every reader that is tested: its small returns, and what may befall each."""

from collections.abc import Mapping, Sequence

from tests.mutations import (
    annex_a,
    api_payload,
    lists,
    of_csv,
    of_json,
    of_parquet,
    of_workbook,
    of_xml,
    ssd,
    ssda903,
    xml_returns,
)
from tests.mutations.model import Fixture
from tests.mutations.of_tables import Mutation

READERS: Mapping[str, tuple[Sequence[Fixture], Mapping[str, Mutation]]] = {
    "SSDA903 CSV": ((ssda903.RETURN,), of_csv.KINDS),
    "SSDA903 XML": ((xml_returns.RETURN,), of_xml.KINDS),
    "CIN census": ((xml_returns.CENSUS,), of_xml.KINDS),
    "SSD CSV": (ssd.IN_CSV, of_csv.KINDS),
    "SSD Parquet": (ssd.IN_PARQUET, of_parquet.KINDS),
    "Annex A": (annex_a.BOOKS, of_workbook.KINDS),
    "DfE API": ((api_payload.PAYLOAD,), of_json.KINDS),
    "list workbook": ((lists.IN_WORKBOOK,), of_workbook.KINDS),
    "list CSV": ((lists.IN_CSV,), of_csv.IN_A_LIST),
}
