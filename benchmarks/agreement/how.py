"""How each validator's report is made: shown by --help and --program-903."""

from agreement.lac import CODES

PROGRAM_903 = f'''\
import sys
from pathlib import Path

import pandas
from lac_validator.lac_validator import LacValidator, create_issue_df
from lac_validator.report import Report
from lac_validator.rules.lac2025_26 import registry
from lac_validator.utils import process_uploaded_files

folder, year, out = sys.argv[1:]
codes = """{" ".join(CODES)}""".split()
names = "header episodes reviews oc2 oc3 ad1 uasc missing placed_for_adoption previous_permanence"
paths = [Path(folder, f"{{name}}.csv") for name in names.split()]
files = {{"This year": [str(path) for path in paths if path.exists()]}}


def issues(code):
    about = {{"collectionYear": year, "localAuthority": "E09000027"}}
    run = LacValidator(about, process_uploaded_files(files), registry, [code])
    report = Report(run.ds_results, registry)
    return [create_issue_df(report.report, report.error_report)] if report.error_cols else []


pandas.concat(sum(map(issues, codes), [])).to_csv(out, index=False)
'''
"""What makes the report of csc-validator-be-903, run by the interpreter that has it.

Its command prints a shortened table, always of the same year. Each rule is run by itself: run together they share the
tables, and what one writes into them another reads.
"""

HOW = """\
how to make the reports, each in the environment of the validator:

csc-validator-be-903 (YEAR is the year in which the return ends, such as 2018):
  python benchmarks/agree.py --program-903 > report_903.py
  PYTHON-OF-903 report_903.py FOLDER YEAR issues.csv
  python benchmarks/agree.py --return FOLDER --report-903 issues.csv

csc-validator-be-cin (from its own folder; writes user_report.csv there):
  PYTHON-OF-CIN -m cin_validator run --output CENSUS.xml
  python benchmarks/agree.py --census CENSUS.xml --report-cin user_report.csv
"""
