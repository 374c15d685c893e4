"""Every format, in the order of the table."""

from tests.same_child import annex_a, cin_census, dfe_api, listed, native, ssd, ssda903
from tests.same_child.form import Form

FORMS: tuple[Form, ...] = (
    native.YAML,
    native.CSV,
    ssda903.CSV,
    ssda903.IN_XML,
    cin_census.CENSUS,
    annex_a.ANNEX_A,
    ssd.CSV,
    ssd.PARQUET,
    dfe_api.API,
    listed.LISTED,
)
