"""The children in care in the SSDA903 return for the year to 31 March 2019, as CSV files and as one XML file."""

from pathlib import Path

from tests.same_child.form import Form, Values, in_year, some

CHILDREN = ("CH-1005", "CH-1006", "CH-1007")

TABLES = {
    "header": """
CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
CH-1005,1,10/09/2002,WBRI,UN5,,
CH-1006,2,05/10/2012,WBRI,UN5,,
CH-1007,1,21/11/2016,WBRI,UN1,,
""",
    "episodes": """
CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
CH-1005,11/09/2017,L,C2,N1,U4,PR1,,,,,,
CH-1006,15/01/2018,S,C1,N1,U4,PR1,20/08/2018,X1,,,,
CH-1006,20/08/2018,L,E1,N1,U4,PR1,,,,,,
CH-1007,16/04/2018,S,C1,N1,U4,PR1,08/10/2018,X1,,,,
CH-1007,08/10/2018,L,E1,N1,U4,PR1,14/01/2019,X1,CARPL,,,
CH-1007,14/01/2019,P,E1,N1,A5,PR1,,,,,,
""",
    "reviews": """
CHILD,DOB,REVIEW,REVIEW_CODE
CH-1005,10/09/2002,17/07/2018,PN1
CH-1005,10/09/2002,11/12/2018,PN1
CH-1006,05/10/2012,20/06/2018,
CH-1006,05/10/2012,30/01/2019,PN7
CH-1007,21/11/2016,11/05/2018,PN0
CH-1007,21/11/2016,02/08/2018,PN0
CH-1007,21/11/2016,18/12/2018,PN0
CH-1007,21/11/2016,08/02/2019,PN0
""",
    "oc2": """
CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED
CH-1005,10/09/2002,11,,0,,1,1,1,0,,
CH-1006,05/10/2012,,SDQ2,0,,0,0,0,0,,
""",
    "missing": """
CHILD,DOB,MISSING,MIS_START,MIS_END
CH-1005,10/09/2002,M,01/12/2018,02/12/2018
""",
    "placed_for_adoption": """
CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED
CH-1007,21/11/2016,14/01/2019,,
""",
}

XML = """<?xml version="1.0" encoding="utf-8"?>
<EXPSSDA903>
<CHILD>
  <HEADER><CHILDID>CH-1005</CHILDID><UPN>UN5</UPN><SEX>1</SEX><DOB>10/09/2002</DOB><ETHNIC>WBRI</ETHNIC><UASC />
    <AREVIEW><REVIEW>17/07/2018</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
    <AREVIEW><REVIEW>11/12/2018</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
    <MOTHER /><MC_DOB />
    <OC2><SDQ_SCORE>11</SDQ_SCORE><CONVICTED>0</CONVICTED><IMMUNISATIONS>1</IMMUNISATIONS></OC2>
    <AMISSING><MISSING>M</MISSING><MIS_START>01/12/2018</MIS_START><MIS_END>02/12/2018</MIS_END></AMISSING>
  </HEADER>
  <EPISODE><DECOM>11/09/2017</DECOM><RNE>L</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL><DEC /><REC /></EPISODE>
</CHILD>
<CHILD>
  <HEADER><CHILDID>CH-1006</CHILDID><UPN>UN5</UPN><SEX>2</SEX><DOB>05/10/2012</DOB><ETHNIC>WBRI</ETHNIC><UASC />
    <AREVIEW><REVIEW>20/06/2018</REVIEW><REVIEW_CODE /></AREVIEW>
    <AREVIEW><REVIEW>30/01/2019</REVIEW><REVIEW_CODE>PN7</REVIEW_CODE></AREVIEW>
    <OC2><SDQ_REASON>SDQ2</SDQ_REASON><CONVICTED>0</CONVICTED><IMMUNISATIONS>0</IMMUNISATIONS></OC2>
  </HEADER>
  <EPISODE><DECOM>15/01/2018</DECOM><RNE>S</RNE><LS>C1</LS><CIN>N1</CIN><PL>U4</PL><DEC>20/08/2018</DEC><REC>X1</REC></EPISODE>
  <EPISODE><DECOM>20/08/2018</DECOM><RNE>L</RNE><LS>E1</LS><CIN>N1</CIN><PL>U4</PL><DEC /><REC /></EPISODE>
</CHILD>
<CHILD>
  <HEADER><CHILDID>CH-1007</CHILDID><UPN>UN1</UPN><SEX>1</SEX><DOB>21/11/2016</DOB><ETHNIC>WBRI</ETHNIC><UASC />
    <AREVIEW><REVIEW>11/05/2018</REVIEW><REVIEW_CODE>PN0</REVIEW_CODE></AREVIEW>
    <AREVIEW><REVIEW>02/08/2018</REVIEW><REVIEW_CODE>PN0</REVIEW_CODE></AREVIEW>
    <AREVIEW><REVIEW>18/12/2018</REVIEW><REVIEW_CODE>PN0</REVIEW_CODE></AREVIEW>
    <AREVIEW><REVIEW>08/02/2019</REVIEW><REVIEW_CODE>PN0</REVIEW_CODE></AREVIEW>
    <AD_PLACED><DATE_PLACED>14/01/2019</DATE_PLACED><DATE_PLACED_CEASED /></AD_PLACED>
  </HEADER>
  <EPISODE><DECOM>16/04/2018</DECOM><RNE>S</RNE><LS>C1</LS><CIN>N1</CIN><PL>U4</PL><DEC>08/10/2018</DEC><REC>X1</REC></EPISODE>
  <EPISODE><DECOM>08/10/2018</DECOM><RNE>L</RNE><LS>E1</LS><CIN>N1</CIN><PL>U4</PL><DEC>14/01/2019</DEC><REC>X1</REC></EPISODE>
  <EPISODE><DECOM>14/01/2019</DECOM><RNE>P</RNE><LS>E1</LS><CIN>N1</CIN><PL>A5</PL><DEC /><REC /></EPISODE>
</CHILD>
</EXPSSDA903>
"""


def write_csv(folder: Path) -> Path:
    """The return as CSV files."""
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text.lstrip("\n"), encoding="utf-8-sig")
    return folder


def write_xml(folder: Path) -> Path:
    """The return as one XML file."""
    file = folder / "return.xml"
    file.write_text(XML, encoding="utf-8")
    return file


def holds(name: str, row: Values) -> bool:
    """A return has the episodes that were open in its year, and what happened in it."""
    match name:
        case "episodes":
            return row["ended"] is None or in_year(row["ended"])
        case "reviews":
            return in_year(row["held"])
        case "sdqs":
            return in_year(row["year_ended"])
        case "missing_episodes":
            return in_year(row["started"])
    return True


CARRIES = {
    "child": "born",
    "episodes": "started ended legal_status reason_started placement reason_ended",
    "reviews:cla": "held kind participation",
    "sdqs": "year_ended score reason",
    "missing_episodes": "started ended",
    "adoption_placements": "placed ended",
}
WHY = (
    "one year: reviews before it are not in it, so that all are known only of a child who came into care in it; an SDQ "
    "has a year and no date"
)
BESIDE = {(child_id, "reviews"): some("cla") for child_id in ("CH-1005", "CH-1006")}  # in care before the year
CSV = Form("SSDA903 CSV", write_csv, CHILDREN, CARRIES, holds, beside=BESIDE, why=WHY)
IN_XML = Form("SSDA903 XML", write_xml, CHILDREN, CARRIES, holds, beside=BESIDE, why=WHY)
