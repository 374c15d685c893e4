"""A small SSDA903 return, in CSV."""

from qaengine.cases.formats.ssda903_tables import SHEETS
from tests.mutations.forms import csv_files
from tests.mutations.model import Fixture, fields_in, table

TABLES = (
    table(
        "header",
        "CHILD|SEX|DOB|ETHNIC|UPN|MOTHER|MC_DOB",
        "1001|1|2008-05-03|WBRI|A123456789012||",
        "1002|2|2010-11-24|MWBC|É23456789013||",
        "1003|2|2012-02-29|WBRI|UN1||",
        "1004|1|2015-07-09|ABAN|A123456789015||",
    ),
    table(
        "episodes",
        "CHILD|DECOM|RNE|LS|CIN|PLACE|PLACE_PROVIDER|DEC|REC|REASON_PLACE_CHANGE|HOME_POST|PL_POST|URN",
        "1001|2017-03-14|S|C2|N1|U4|PR1|2018-06-11|X1|CARPL|AB1 2CD|AB1 3CD|SC1",
        "1001|2018-06-22|P|C1|N1|K2|PR2||||AB1 2CD|AB1 4CD|SC2",
        "1002|2018-04-19|S|V2|N2|U1|PR1|2018-12-28|E4A||AB1 5CD|É1 6CD|",
        "1003|2018-09-17|B|E1|N1|Q1|PR1|2019-02-25|X1|OTHER|AB1 7CD|AB1 8CD|",
        "1003|2019-02-26|L|D1|N1|A4|PR1||||AB1 7CD|AB1 9CD|",
        "1004|2018-10-30|S|C2|N4|U6|PR3||||AB1 1CD|AB2 2CD|SC4",
    ),
    table(
        "reviews",
        "CHILD|DOB|REVIEW|REVIEW_CODE",
        "1001|2008-05-03|2018-05-15|PN1",
        "1001|2008-05-03|2018-11-05|PN3",
        "1002|2010-11-24|2018-05-16|PN0",
        "1003|2012-02-29|2018-10-18|PN7",
        "1004|2015-07-09|2018-11-27|PN0",
        "1004|2015-07-09|2019-03-22|PN2",
    ),
    table(
        "oc2",
        "CHILD|DOB|SDQ_SCORE|SDQ_REASON|CONVICTED|HEALTH_CHECK|IMMUNISATIONS|TEETH_CHECK|HEALTH_ASSESSMENT",
        "1001|2008-05-03|#17||0|0|1|1|1",
        "1002|2010-11-24||SDQ2|0|0|1|1|0",
        "1003|2012-02-29|#6||0|1|1|1|1",
        "1004|2015-07-09|#31||0|1|0|0|1",
    ),
    table(
        "missing",
        "CHILD|DOB|MISSING|MIS_START|MIS_END",
        "1001|2008-05-03|M|2018-07-13|2018-07-16",
        "1001|2008-05-03|A|2018-08-06|2018-08-25",
        "1002|2010-11-24|M|2018-09-20|",
    ),
    table(
        "placed_for_adoption",
        "CHILD|DOB|DATE_PLACED|DATE_PLACED_CEASED|REASON_PLACED_CEASED",
        "1003|2012-02-29|2019-02-27|2019-03-19|RD1",
        "1004|2015-07-09|2019-03-11||",
    ),
    table("uasc", "CHILD|SEX|DOB|DUC", "1002|2|2010-11-24|2026-11-24"),
)

FIELDS = fields_in(
    SHEETS,
    {
        ("episodes", "DECOM"): frozenset({("sdqs", "year_ended")}),
        ("episodes", "DEC"): frozenset({("sdqs", "year_ended")}),
    },
)


def reaches(name: str) -> frozenset[str]:
    """A child who is not in the header has nothing."""
    return frozenset(one.name for one in TABLES) if name == "header" else frozenset((name,))


RETURN = Fixture("SSDA903 CSV", TABLES, csv_files(TABLES), FIELDS, lambda name: f"{name}.csv", reaches, csv_files)
