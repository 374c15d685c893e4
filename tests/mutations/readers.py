"""Every reader that is tested: its small returns, and what may befall each."""

from collections.abc import Mapping, Sequence

from tests.mutations import lists, of_csv, ssd, ssda903
from tests.mutations.model import Fixture
from tests.mutations.of_tables import Mutation

READERS: Mapping[str, tuple[Sequence[Fixture], Mapping[str, Mutation]]] = {
    "SSDA903 CSV": ((ssda903.RETURN,), of_csv.KINDS),
    "SSD CSV": (ssd.IN_CSV, of_csv.KINDS),
    "list CSV": ((lists.IN_CSV,), of_csv.IN_A_LIST),
}
