"""benchmarks/agree.py: every reason for which a validator may answer otherwise, and nothing that is no reason.

The validators are not here. What they would report is written by hand, as their reports were seen to be.
"""

import csv
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qaengine.cases import read_cases
from qaengine.evaluate.by_child import results_by_child
from qaengine.model.result import Result

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

from agreement import census, compare, edges, episodes, how, in_year, lac, returns, reviews, standing  # noqa: E402
from agreement import run as run_as_is  # noqa: E402

YEAR_END = date(2023, 3, 31)
REFERENCE = date(2024, 3, 31)  # a Sunday, with a bank holiday on either side
CARE = "2015-06-01"
Outcomes = Mapping[str, compare.Outcome]


def run(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "agree.py"), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "edges"
    edges.write_return(folder, YEAR_END)
    return folder


@pytest.fixture(scope="module")
def read(made: Path) -> returns.Return:
    return returns.read_return(made)


@pytest.fixture(scope="module")
def ours(read: returns.Return) -> Mapping[str, set[compare.Key]]:
    """What we flag in the return that is all edges, by rule."""
    asked = [
        *((rule, [*in_year.of_oc2(read), *in_year.without_oc2(read)]) for rule in in_year.OC2_RULES),
        (in_year.ADOPTED_OR_LEFT, list(in_year.of_leavers(read))),
        *((rule, list(reviews.of_reviews(read))) for rule in reviews.REVIEW_RULES),
        *((rule, list(episodes.of_episodes(read))) for rule in episodes.EPISODE_RULES),
    ]
    flags: dict[str, set[compare.Key]] = {}
    for rule, rows in asked:
        no_row = () if rule.code == "191" else ("Episodes",) if rule.code in RULES_OF_YEAR else ()
        flags[rule.code] = {row.key for row in rows if rule.answer(row.facts) and row.key[0] not in no_row}
    return flags


RULES_OF_YEAR = {rule.code for rule in in_year.OC2_RULES}
BY_CHANCE = 0.1  # the made-up return is all edges, so that some of what is turned hits one


def report(path: Path, flags: Mapping[str, Iterable[compare.Key]]) -> Path:
    """A report as csc-validator-be-903 writes it: a row for each column that a rule looks at."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["child_id", "tables_affected", "columns_affected", "row_id", "rule_code"])
        for code, keys in flags.items():
            writer.writerows(
                ["", table, column, row, code] for table, row in sorted(keys) for column in ("DECOM", "DEC")
            )
    return path


def of_return(folder: Path, flags: Mapping[str, Iterable[compare.Key]], read: returns.Return | None = None) -> Outcomes:
    found = lac.compare_return(read or returns.read_return(folder), report(folder.with_name("issues.csv"), flags))
    return {outcome.code: outcome for outcome in found}


# A return


def test_who_flags_the_same_differs_in_nothing(
    made: Path, read: returns.Return, ours: Mapping[str, set[compare.Key]]
) -> None:
    outcomes = of_return(made, ours, read)
    differ = {code for code, outcome in outcomes.items() if outcome.differences}
    assert differ == {"186 or 157", "433, L T U"}  # the standard as a whole, and time with the carer: asked otherwise
    assert all(outcome.ours for outcome in outcomes.values())
    assert all(
        outcome.theirs == outcome.ours == outcome.both for code, outcome in outcomes.items() if code not in differ
    )


def test_the_standard_as_a_whole_says_what_its_parts_say(read: returns.Return) -> None:
    for row in in_year.of_oc2(read):
        asked = in_year.BY_STANDARD.answer(row.facts), in_year.BY_STANDARD.answer(replace(row.facts, by_standard=None))
        assert asked[0] == asked[1] or in_year.FIRST_YEAR.holds(row.facts)


def test_what_is_not_so_is_hardly_ever_told(
    made: Path, read: returns.Return, ours: Mapping[str, set[compare.Key]]
) -> None:
    """Every tenth row flagged where we do not flag it, and the other way round: a reason is no excuse for anything."""
    rows = {"OC2": read.lines("OC2"), "Episodes": read.lines("Episodes")}
    for table, codes in (("OC2", RULES_OF_YEAR), ("Episodes", {rule.code for rule in episodes.EPISODE_RULES})):
        turned = {line.key for _, line in rows[table][::10]}
        outcomes = of_return(
            made, {code: keys ^ turned if code in codes else keys for code, keys in ours.items()}, read
        )
        told = sum(bool(each.reasons) for code in codes for each in outcomes[code].differences)
        assert sum(len(outcomes[code].differences) for code in codes) == len(turned) * len(codes)
        assert told < len(turned) * len(codes) * BY_CHANCE


def test_a_difference_without_a_reason_ends_with_one(tmp_path: Path) -> None:
    folder = small(tmp_path / "return", [("S", CARE, "", "C2", "")], {"SDQ_SCORE": "9"})
    done = run("--return", folder, "--report-903", report(tmp_path / "issues.csv", {"185": [("OC2", "0")]}))
    assert done.returncode == 1, done.stderr
    assert "A1" in done.stdout
    assert "oc2.csv line 2" in done.stdout
    assert "flagged by theirs alone: NOT EXPLAINED" in done.stdout
    assert "of the year ended 31 March 2023" in done.stdout
    assert done.stdout.endswith(" differences without a reason\n")


def test_a_row_that_nobody_knows_has_no_reason(tmp_path: Path) -> None:
    folder = small(tmp_path / "return", [("S", CARE, "", "C2", "")], {"SDQ_SCORE": "9"})
    outcome = of_return(folder, {"185": [("OC2", "7")]})["185"]
    assert [str(difference).split() for difference in outcome.differences] == [
        ["?", "OC2", "7", "flagged", "by", "theirs", "alone:", "NOT", "EXPLAINED"]
    ]


Episodes = list[tuple[str, str, str, str, str]]


def small(folder: Path, of: Episodes, oc2: Mapping[str, str], born: str = "2010-05-01") -> Path:
    """A return of a child: episodes (RNE, DECOM, DEC, LS, REC), and the row of OC2."""
    made = edges.Made(YEAR_END)
    child = {"CHILD": "A1", "DOB": typed(born)}
    made.add("header", child, {})
    for code, started, ended, status, reason in of:
        made.episode(child, date.fromisoformat(started), as_date(ended), RNE=code, LS=status, REC=reason)
    made.add("oc2", child, oc2)
    made.add("header", {"CHILD": "B2", "DOB": typed(born)}, {})
    for month in (6, 7):  # by the ends of episodes is told what year a return is for
        made.episode({"CHILD": "B2"}, date(2022, month, 1), date(2022, month, 2), REC="E4A")
    edges.write_made(folder, made)
    return folder


def typed(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}"


def as_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


SCORE, NONE, AGE = {"SDQ_SCORE": "9"}, {"SDQ_REASON": ""}, {"SDQ_REASON": "SDQ1"}


@pytest.mark.parametrize(
    ("reason", "code", "theirs", "of", "oc2", "born"),
    [
        ("codes against dates", "185", True, [
            ("S", CARE, "2022-09-01", "C2", "E4A"), ("S", "2022-08-30", "", "C2", "")], SCORE, "2010-05-01"),
        ("short break beside care", "185", True, [("S", CARE, "", "C2", ""), ("L", "2022-08-30", "", "V4", "")],
         SCORE, "2010-05-01"),
        ("left on 31 March", "185", False, [("S", CARE, "2023-03-31", "C2", "E4A")], SCORE, "2010-05-01"),
        ("gap without a code", "185", False, [("S", CARE, "2022-09-01", "C2", "X1"), ("P", "2022-09-02", "", "C2", "")],
         SCORE, "2010-05-01"),
        ("score unread", "186", False, [("S", CARE, "", "C2", "")], {"SDQ_SCORE": "high"}, "2010-05-01"),
        ("reason unread", "186", False, [("S", CARE, "", "C2", "")], {"SDQ_REASON": "REFUSED"}, "2010-05-01"),
        ("sixteen", "157", False, [("S", CARE, "", "C2", "")], AGE, "2007-03-30"),
        ("seventeen on 1 April", "189", False, [("S", CARE, "", "C2", "")], SCORE, "2005-04-01"),
        ("ten on 31 March", "543", False, [("S", CARE, "", "C2", "")], SCORE, "2013-03-31"),
        ("four on 1 April", "197B", True, [("S", "2019-05-01", "", "C2", "")], NONE, "2018-04-01"),
        ("first SDQ still due", "186 or 157", True, [("S", "2019-05-01", "", "C2", "")], NONE, "2018-04-01"),
    ],
)  # fmt: skip
def test_a_reason_of_the_year(
    reason: str, code: str, theirs: bool, of: Episodes, oc2: dict[str, str], born: str, tmp_path: Path
) -> None:
    folder = small(tmp_path / "return", of, oc2, born)
    flags = {each: [("OC2", "0")] for each in code.split(" or ")[:1] if theirs}
    (difference,) = of_return(folder, flags)[code].differences
    assert difference.reasons == (reason,)
    assert difference.theirs == theirs
    assert not of_return(folder, {} if theirs else {code: [("OC2", "0")]})[code].differences


@pytest.mark.parametrize(("since", "cohort"), [("2022-03-31", True), ("2022-04-01", True), ("2022-04-02", False)])
def test_in_care_since_1_april_is_every_day_of_the_year(since: str, cohort: bool, tmp_path: Path) -> None:
    """For the standard, run as it is, and for the rules that ask the same."""
    for sdq, code in ((NONE, "186"), (NONE, "186 or 157"), (AGE, "157"), (AGE, "186 or 157")):
        outcome = of_return(small(tmp_path / code / str(sdq), [("S", since, "", "C2", "")], sdq), {})[code]
        assert (outcome.ours == 1) == cohort, (code, sdq)
    outcome = of_return(small(tmp_path / "scored", [("S", since, "", "C2", "")], SCORE), {})["185"]
    assert (outcome.ours == 0) == cohort


def test_a_score_out_of_range_is_on_file_for_both(tmp_path: Path) -> None:
    folder = small(tmp_path / "return", [("S", CARE, "", "C2", "")], {"SDQ_SCORE": "41"}, "2020-05-01")
    outcomes = of_return(folder, {"188": [("OC2", "0")]})
    assert not any(outcomes[code].differences for code in ("185", "186", "188", "186 or 157"))


def test_what_stands_for_records_not_carried_is_no_record(tmp_path: Path) -> None:
    folder = small(tmp_path / "return", [("P", CARE, "", "C2", "")], NONE)
    (folder / "reviews.csv").write_text("CHILD,DOB,REVIEW,REVIEW_CODE\nA1,01/05/2010,01/06/2022,PN3\n")
    source = read_cases(folder)
    (file,) = source.as_at(YEAR_END).case_set(["A1"]).files
    assert [row.id for row in file.records["reviews"] if "-earlier-" in row.id]
    (review,) = run_as_is.carried(file, "reviews")
    assert review.values["held"] == date(2022, 6, 1)
    there = returns.read_return(folder).children["A1"].there
    assert review.id in there
    assert not [each for each in there if "-earlier-" in each]


def test_a_date_of_birth_of_the_row(tmp_path: Path) -> None:
    folder = small(tmp_path / "return", [("S", CARE, "", "C2", "")], {**SCORE, "DOB": "01/05/2021"})
    (difference,) = of_return(folder, {"188": [("OC2", "0")]})["188"].differences
    assert difference.reasons == ("another date of birth",)


@pytest.mark.parametrize(
    ("reason", "code", "row", "theirs", "of"),
    [
        ("no end before it", "433", 1, True, [("S", CARE, "", "C2", ""), ("P", "2022-09-01", "", "C2", "")]),
        ("overlap", "433", 1, True, [("S", CARE, "2022-09-02", "C2", "X1"), ("P", "2022-09-01", "", "C2", "")]),
        ("short break", "433", 1, False, [("S", CARE, "2022-09-01", "V4", "X1"), ("L", "2022-09-01", "", "C2", "")]),
        ("another covers the day", "433", 2, True, [
            ("S", CARE, "", "C2", ""), ("P", "2022-05-01", "2022-06-01", "C2", "X1"),
            ("P", "2022-07-01", "", "C2", "")]),
        ("365 before 388", "388", 0, True, [("S", CARE, "", "C2", "X1")]),
        ("not there yet", "388", 0, True, [("S", CARE, "2023-04-02", "C2", "X1")]),
        ("status alone", "217", 1, True, [("S", CARE, "2022-09-01", "C2", "X1"), ("L", "2022-09-01", "", "E1", "")]),
        ("first of its period", "434", 1, True, [
            ("S", CARE, "2022-09-01", "C2", "E4A"), ("L", "2022-10-01", "", "C2", "")]),
        ("by the code", "435", 1, True, [("S", CARE, "2022-09-01", "C2", "X1"), ("P", "2022-09-01", "", "C2", "")]),
    ],
)  # fmt: skip
def test_a_reason_of_episodes(reason: str, code: str, row: int, theirs: bool, of: Episodes, tmp_path: Path) -> None:
    folder = small(tmp_path / "return", of, NONE)
    if code == "217":
        path = folder / "episodes.csv"
        path.write_text(path.read_text().replace(",U6,", ",A3,"))
    key = ("Episodes", str(row))
    outcome = of_return(folder, {code: [key] if theirs else []})[code]
    told = {difference.where: difference.reasons for difference in outcome.differences}
    assert told[f"episodes.csv line {row + 2}"] == (reason,)


@pytest.mark.parametrize(
    ("reason", "code", "held", "participation", "theirs"),
    [
        ("not there yet", "440", "01/04/2023", "PN0", True),
        ("on the fourth birthday", "440", "01/05/2014", "PN0", False),
    ],
)
def test_a_reason_of_reviews(
    reason: str, code: str, held: str, participation: str, theirs: bool, tmp_path: Path
) -> None:
    folder = small(tmp_path / "return", [("S", CARE, "2022-09-01", "C2", "E4A")], NONE)
    (folder / "reviews.csv").write_text(f"CHILD,DOB,REVIEW,REVIEW_CODE\nA1,01/05/2010,{held},{participation}\n")
    (difference,) = of_return(folder, {code: [("Reviews", "0")] if theirs else []})[code].differences
    assert difference.reasons == (reason,)


# A census


@pytest.fixture(scope="module")
def made_census(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("census") / "census.xml"
    edges.write_census(file, REFERENCE)
    return file


def user_report(path: Path, rows: Iterable[tuple[str, str, str]]) -> Path:
    """A report as csc-validator-be-cin writes it, of code, child and day of start."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["LAchildID", "rule_code", "columns_affected", "ROW_ID", "value_flagged"])
        for code, child, day in rows:
            writer.writerow([child, code, census.STARTS[code], "0", day])
            writer.writerow([child, code, "another column", "0", "nan"])
    return path


def clocks_of(file: Path, code: str, tmp_path: Path) -> compare.Outcome:
    """What we flag of a census by one clock, the report being empty."""
    outcomes = census.compare_census(file, user_report(tmp_path / "none.csv", []), None)
    return next(outcome for outcome in outcomes if outcome.code == code)


def not_met(file: Path, standard_id: str, check: str) -> set[str]:
    results = results_by_child(run_as_is.stages_of(standard_id), read_cases(file).as_at(REFERENCE), REFERENCE)
    return {child for child, result in results[standard_id, check].items() if result is Result.NOT_MET}


def without(file: Path, tag: str) -> set[str]:
    """The children of whom no element of a name has a date that is not after the reference date."""
    children = list(ElementTree.parse(file).getroot().iter("Child"))
    done = {child for child in children if any(each.text <= str(REFERENCE) for each in child.iter(tag) if each.text)}
    return {child.findtext("ChildIdentifiers/LAchildID") or "" for child in children if child not in done}


def test_the_clock_from_the_referral_is_that_of_the_standard(made_census: Path, tmp_path: Path) -> None:
    outcome = clocks_of(made_census, census.FROM_REFERRED.code, tmp_path)
    standard = not_met(made_census, "assessment-within-45-working-days", "authorised-in-time")
    assert {difference.child for difference in outcome.differences} == standard & without(
        made_census, "AssessmentAuthorisationDate"
    )


def test_the_clock_of_an_enquiry_is_that_of_the_standard(made_census: Path, tmp_path: Path) -> None:
    outcome = clocks_of(made_census, "8675Q", tmp_path)
    late = not_met(made_census, census.ICPC, census.HELD_IN_TIME)
    assert late
    assert {difference.child for difference in outcome.differences} == late & without(made_census, "DateOfInitialCPC")


def test_the_standard_on_conferences_as_it_is_says_what_its_parts_say(tmp_path: Path) -> None:
    """On what begins long before and in time, too late, or never comes to conference."""
    answers = []
    for reference in (REFERENCE, date(2024, 4, 12), date(2025, 3, 14)):
        file = tmp_path / f"{reference}.xml"
        edges.write_census(file, REFERENCE)
        answers += asked_as_it_is(file, reference)
    assert {clock.by_standard for clock in answers} == {True, False}
    assert any(clock.is_missed for clock in answers)
    assert any(clock.is_long_ago for clock in answers)
    assert all(clock.by_standard == replace(clock, by_standard=None).not_in_time for clock in answers)


def asked_as_it_is(file: Path, day: date) -> list[census.Clock]:
    """The facts of every enquiry as at a day."""
    source = read_cases(file)
    cut, late = source.as_at(day).case_set(), census.not_in_time(source.as_at(day).case_set(), day)
    whole = {each.child_id: each for each in source.case_set().files}
    return [clock for each in cut.files for _, clock in census.enquiries_of(each, whole[each.child_id], day, late)]


@pytest.mark.parametrize(
    ("reason", "began", "held", "theirs"),
    [
        ("held, but not in time", "2024-02-01", "2024-02-23", False),
        ("held, but not in time", "2024-02-01", "2024-01-31", False),
        ("more than 12 months ago", "2023-03-30", "", True),
    ],
)
def test_a_reason_of_the_standard_on_conferences(
    reason: str, began: str, held: str, theirs: bool, tmp_path: Path
) -> None:
    file = enquiry(tmp_path / "census.xml", began, held)
    rows = [("8675Q", "A1", began)] if theirs else []
    outcomes = census.compare_census(file, user_report(tmp_path / "r.csv", rows), None)
    by_code = {outcome.code: outcome for outcome in outcomes}
    assert not by_code["8675Q"].differences
    (difference,) = by_code[census.BY_STANDARD.code].differences
    assert difference.reasons == (reason,)
    assert difference.theirs == theirs


def test_what_the_standard_alone_says_is_told_by_no_reading_of_the_facts() -> None:
    """Where our arithmetic does not come to what the standard says, nothing excuses it."""
    clock = census.Clock(REFERENCE, date(2024, 1, 8), date(2024, 1, 8), None, None, 15, by_standard=False)
    assert compare.told_by(census.BY_STANDARD, clock, theirs=True) == ()


def enquiry(file: Path, began: str, held: str) -> Path:
    """A census of a child with an enquiry that needs a conference."""
    conference = f"<DateOfInitialCPC>{held}</DateOfInitialCPC>" if held else ""
    file.write_text(
        f"<Message><Header><CollectionDetails><ReferenceDate>{REFERENCE}</ReferenceDate></CollectionDetails></Header>"
        "<Children><Child><ChildIdentifiers><LAchildID>A1</LAchildID><PersonBirthDate>2012-05-01</PersonBirthDate>"
        f"</ChildIdentifiers><CINdetails><CINreferralDate>{began}</CINreferralDate><Section47>"
        f"<S47ActualStartDate>{began}</S47ActualStartDate>{conference}<ICPCnotRequired>false</ICPCnotRequired>"
        "</Section47></CINdetails></Child></Children></Message>"
    )
    return file


def test_clocks_one_short_and_without_old_bank_holidays_are_told(tmp_path: Path) -> None:
    told = {}
    for reference, days_before in ((date(2023, 3, 31), 63), (date(2018, 3, 31), 64)):
        file = tmp_path / f"{reference}.xml"
        edges.write_census(file, reference)
        begun = date.fromordinal(reference.toordinal() - days_before)
        child = next(row.child for row in _open(file) if row.where == f"begun {begun}")
        outcome = next(
            iter(census.compare_census(file, user_report(tmp_path / "r.csv", [("8670Q", child, str(begun))]), None))
        )
        told[reference.year] = [each.reasons for each in outcome.differences if each.child == child]
    assert told == {2023: [("a working day short",)], 2018: [("bank holidays before 2022",)]}


def _open(file: Path) -> Iterable[compare.Asked[census.Clock]]:
    """The assessments of a census that nobody has authorised."""
    cut = read_cases(file)
    day = cut.own_date
    assert day is not None
    for case in cut.as_at(day).case_set().files:
        for row in case.records.get("assessments", ()):
            if row.values["authorised"] is None and isinstance(row.values["started"], date):
                began = row.values["started"]
                yield compare.Asked(
                    (), case.child_id, f"begun {began}", census.Clock(day, began, began, None, None, 45)
                )


def test_a_census_is_put_back_to_a_day(tmp_path: Path) -> None:
    old, new = tmp_path / "old.xml", tmp_path / "new.xml"
    old.write_text(
        "<CINdetailsCollection><Child><ChildIdentifiers><LAchildID>A1</LAchildID>"
        "<PersonBirthDate>2030-01-01</PersonBirthDate></ChildIdentifiers>"
        "<CINdetails><CINreferralDate>2023-01-01</CINreferralDate><CINClosureDate>2023-05-01</CINClosureDate>"
        "<Section47><S47ActualStartDate>2023-02-01</S47ActualStartDate><ICPCRequired>True</ICPCRequired>"
        "<DateOfInitialCPC>2023-04-01</DateOfInitialCPC></Section47>"
        "<Assessments><AssessmentActualStartDate>2023-04-01</AssessmentActualStartDate></Assessments></CINdetails>"
        "<CINdetails><CINreferralDate>2023-04-02</CINreferralDate></CINdetails></Child></CINdetailsCollection>"
    )
    assert standing.write_as_at(old, new, YEAR_END) == 4
    root = ElementTree.parse(new).getroot()
    assert root.findtext("Header/CollectionDetails/ReferenceDate") == "2023-03-31"
    assert [each.tag for each in root.iter() if each.text and each.text.startswith("20")] == [
        "Year", "ReferenceDate", "LEA", "PersonBirthDate", "CINreferralDate", "S47ActualStartDate",
    ]  # fmt: skip
    assert root.findtext(".//ICPCnotRequired") == "false"
    assert read_cases(new).own_date == YEAR_END


# The command, and its page


def test_the_help_says_how_the_reports_are_made() -> None:
    shown = run("--help").stdout
    assert "--program-903" in shown
    assert "-m cin_validator run --output" in shown


def test_the_program_for_the_report_can_be_run_and_names_every_rule() -> None:
    program = run("--program-903").stdout
    compile(program, "report_903.py", "exec")
    assert program == how.PROGRAM_903
    assert [code for code in lac.CODES if f" {code} " not in program.replace('"""', " ").replace("\n", " ")] == []


@pytest.mark.parametrize("args", [[], ["--return", "x"], ["--report-cin", "x"]])
def test_a_report_goes_with_its_data(args: list[str]) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert "--report-903" in done.stderr


def test_the_page_has_every_rule_and_every_reason() -> None:
    page = (ROOT / "docs" / "agreement.md").read_text(encoding="utf-8")
    rules = [
        *in_year.OC2_RULES, in_year.BY_STANDARD, in_year.ADOPTED_OR_LEFT, *reviews.REVIEW_RULES,
        *episodes.EPISODE_RULES, episodes.STILL_WITH_CARER, census.ASSESSMENT, census.FROM_REFERRED, census.ENQUIRY,
        census.BY_STANDARD,
    ]  # fmt: skip
    assert [rule.code for rule in rules if f"| {rule.code} |" not in page] == []
    assert sorted({reason.name for rule in rules for reason in rule.reasons if f"**{reason.name}**" not in page}) == []
