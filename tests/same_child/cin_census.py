"""The children in the CIN census for the year to 31 March 2019."""

from pathlib import Path

from tests.same_child.form import Form, Values, in_year, some

XML = """<?xml version="1.0" encoding="utf-8"?>
<Message>
  <Header>
    <CollectionDetails><Collection>CIN</Collection><Year>2019</Year><ReferenceDate>2019-03-31</ReferenceDate></CollectionDetails>
    <Source><SourceLevel>L</SourceLevel><LEA>999</LEA><SerialNo>001</SerialNo></Source>
  </Header>
  <Children>
    <Child>
      <ChildIdentifiers><LAchildID>CH-1001</LAchildID><UPNunknown>UN5</UPNunknown><PersonBirthDate>2010-05-01</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2018-10-01</CINreferralDate><ReferralSource>2A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>
        <DateOfInitialCPC>2018-11-02</DateOfInitialCPC>
        <Assessments>
          <AssessmentActualStartDate>2018-10-03</AssessmentActualStartDate>
          <AssessmentInternalReviewDate>2018-10-18</AssessmentInternalReviewDate>
          <AssessmentAuthorisationDate>2018-11-30</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment><AssessmentFactors>16A</AssessmentFactors><AssessmentFactors>4B</AssessmentFactors></FactorsIdentifiedAtAssessment>
        </Assessments>
        <Section47>
          <S47ActualStartDate>2018-10-15</S47ActualStartDate><InitialCPCtarget>2018-11-05</InitialCPCtarget>
          <DateOfInitialCPC>2018-11-02</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired>
        </Section47>
        <ReferralNFA>0</ReferralNFA>
        <ChildProtectionPlans>
          <CPPstartDate>2018-11-02</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
          <Reviews><CPPreviewDate>2019-01-25</CPPreviewDate></Reviews>
        </ChildProtectionPlans>
        <PreProceedingsandFGDM>
          <PPStartDate>2018-12-10</PPStartDate><LBPSentDate>2018-12-17</LBPSentDate><StepDecisionDate>2019-02-25</StepDecisionDate>
        </PreProceedingsandFGDM>
      </CINdetails>
    </Child>
    <Child>
      <ChildIdentifiers><LAchildID>CH-1002</LAchildID><UPNunknown>UN5</UPNunknown><PersonBirthDate>2012-08-14</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2018-09-03</CINreferralDate><ReferralSource>6</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>
        <Assessments>
          <AssessmentActualStartDate>2018-09-10</AssessmentActualStartDate>
          <AssessmentAuthorisationDate>2018-12-14</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment>
        </Assessments>
        <Section47>
          <S47ActualStartDate>2018-11-05</S47ActualStartDate><InitialCPCtarget>2018-11-26</InitialCPCtarget>
          <DateOfInitialCPC>2018-12-05</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired>
        </Section47>
        <ReferralNFA>0</ReferralNFA>
        <ChildProtectionPlans>
          <CPPstartDate>2018-12-05</CPPstartDate><InitialCategoryOfAbuse>EMO</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
          <Reviews><CPPreviewDate>2019-03-20</CPPreviewDate></Reviews>
        </ChildProtectionPlans>
        <PreProceedingsandFGDM><LBPSentDate>2018-09-10</LBPSentDate></PreProceedingsandFGDM>
      </CINdetails>
    </Child>
    <Child>
      <ChildIdentifiers><LAchildID>CH-1003</LAchildID><UPNunknown>UN5</UPNunknown><PersonBirthDate>2014-02-20</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>AUT</Disability></Disabilities></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2018-08-06</CINreferralDate><ReferralSource>5A</ReferralSource><PrimaryNeedCode>N2</PrimaryNeedCode>
        <Assessments>
          <AssessmentActualStartDate>2018-08-08</AssessmentActualStartDate>
          <AssessmentInternalReviewDate>2018-08-22</AssessmentInternalReviewDate>
          <AssessmentAuthorisationDate>2018-10-08</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment><AssessmentFactors>6A</AssessmentFactors></FactorsIdentifiedAtAssessment>
        </Assessments>
        <CINPlanDates><CINPlanStartDate>2018-10-15</CINPlanStartDate></CINPlanDates>
        <ReferralNFA>false</ReferralNFA>
      </CINdetails>
    </Child>
    <Child>
      <ChildIdentifiers><LAchildID>CH-1004</LAchildID><UPNunknown>UN5</UPNunknown><PersonBirthDate>2008-11-30</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2016-10-03</CINreferralDate><ReferralSource>1A</ReferralSource><PrimaryNeedCode>N5</PrimaryNeedCode>
        <CINPlanDates><CINPlanStartDate>2016-12-12</CINPlanStartDate></CINPlanDates>
        <ReferralNFA>false</ReferralNFA>
      </CINdetails>
    </Child>
    <Child>
      <ChildIdentifiers><LAchildID>CH-1005</LAchildID><UPNunknown>UN5</UPNunknown><PersonBirthDate>2002-09-10</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2016-04-25</CINreferralDate><ReferralSource>2A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>
        <ReferralNFA>false</ReferralNFA>
      </CINdetails>
    </Child>
    <Child>
      <ChildIdentifiers><LAchildID>CH-1006</LAchildID><UPNunknown>UN5</UPNunknown><PersonBirthDate>2012-10-05</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2017-12-04</CINreferralDate><ReferralSource>3B</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>
        <ReferralNFA>false</ReferralNFA>
      </CINdetails>
    </Child>
    <Child>
      <ChildIdentifiers><LAchildID>CH-1007</LAchildID><UPNunknown>UN1</UPNunknown><PersonBirthDate>2016-11-21</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2018-04-03</CINreferralDate><ReferralSource>3E</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>
        <Assessments>
          <AssessmentActualStartDate>2018-04-05</AssessmentActualStartDate>
          <AssessmentInternalReviewDate>2018-04-18</AssessmentInternalReviewDate>
          <AssessmentAuthorisationDate>2018-06-04</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment><AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment>
        </Assessments>
        <ReferralNFA>false</ReferralNFA>
      </CINdetails>
    </Child>
  </Children>
</Message>
"""


def write(folder: Path) -> Path:
    """The census."""
    file = folder / "census.xml"
    file.write_text(XML, encoding="utf-8")
    return file


def holds(name: str, row: Values) -> bool:
    """A census has the assessments and enquiries of its year, within every episode of need that was open in it."""
    match name:
        case "assessments":
            return row["authorised"] is None or in_year(row["authorised"])
        case "section47s":
            return in_year(row["started"])
        case "conferences":
            return in_year(row["held"])
    return True


EVERY = ("CH-1001", "CH-1002", "CH-1003", "CH-1004", "CH-1005", "CH-1006", "CH-1007")
CENSUS = Form(
    "CIN census",
    write,
    EVERY,
    {
        "child": "born expected disabled",
        "referrals": "received closed source source_kind no_further_action",
        "assessments:child_and_family": "started reviewed_midway authorised factors referral kind",
        "plans:cin": "started ended kind",
        "plans:cp": "started ended kind",
        "section47s": "started conference_needed",
        "conferences": "held section47 kind",
        "reviews:cp": "held kind",
        "legal_cases": "letter exited issued",
    },
    holds,
    beside={
        **{(child_id, "plans"): some("care") for child_id in EVERY},
        **{(child_id, "reviews"): some("cla") for child_id in EVERY},
        **{(child_id, "reviews"): some("cin", "cla") for child_id in ("CH-1003", "CH-1004")},
        **{(child_id, "assessments"): some("child_and_family") for child_id in ("CH-1004", "CH-1006")},
        ("CH-1005", "assessments"): some("child_and_family", "pathway_needs"),
    },
    why="one year: an assessment authorised before it is not in it; no visits, and who is in care is not said",
)
