"""The re-audit list as files: for Excel, for machines, and under names that no team can lead astray."""

import csv
import io
import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from qaengine.audit.pack import Pack
from qaengine.audit.run import AuditRun, draw_children
from qaengine.model.casefile import CaseSet
from qaengine.report.files import manifest, team_files
from qaengine.report.lists import HEADS, re_audits_csv, re_audits_json, safe
from tests.audit_cases import AS_AT, action, audit, case, standards
from tests.functional.test_audit_draw import EVERYONE
from tests.judge_cases import judge_of

OWES = case(
    audit("A", AS_AT.replace(month=3, day=4)),
    actions=(action("X", "A", AS_AT.replace(month=4, day=1)),),
    child_id="CH-1",
    team="=HYPERLINK(1)",
)
LEFT = case(audit("A", AS_AT.replace(month=3, day=4)), child_id="CH-2", closed_on=AS_AT.replace(month=6, day=3))


@cache
def pack() -> Pack:
    run = AuditRun(CaseSet((OWES, LEFT)), tuple(standards().values()), AS_AT, judge_of())
    frame, draw = draw_children(run.case_set, run.standards, AS_AT, EVERYONE)
    return run.pack(frame, draw, None, list)


def table() -> list[list[str]]:
    data = re_audits_csv(pack())
    assert data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read it as UTF-8"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_list_for_excel_has_a_row_for_each_child_who_owes_a_re_audit() -> None:
    heads, row, *_ = table()
    assert tuple(heads) == HEADS
    found = dict(zip(heads, row, strict=True))
    assert (found["child"], found["due"], found["days overdue"]) == ("CH-1", "2019-06-24", "98")
    assert (found["not met then"], found["actions open"], found["goes to"]) == ("SMART plan", "1", "team manager")


def test_who_left_the_list_follows_with_the_reason() -> None:
    assert table()[-1] == ["CH-2", "North", "case closed before the re-audit", "2019-06-03"]


def test_no_cell_can_start_a_formula() -> None:
    assert table()[1][1] == "'=HYPERLINK(1)"
    assert all(cell[:1] not in ("=", "+", "-", "@", "\t", "\r") for row in table() for cell in row)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("a=1", "a=1"), ("", "")],
)
def test_a_cell_is_text_whatever_it_begins_with(cell: str, kept: str) -> None:
    assert safe(cell) == kept


def test_the_list_for_machines_says_the_same_and_keeps_ids() -> None:
    data: dict[str, Any] = json.loads(re_audits_json(pack()))
    assert (data["as_at"], [entry["child"] for entry in data["owing"]]) == ("2019-09-30", ["CH-1"])
    assert data["owing"][0]["not_met_then"] == ["smart-plan"]
    assert [left["child"] for left in data["left"]] == ["CH-2"]


def test_each_team_has_a_file_of_its_own_under_a_plain_name() -> None:
    names = team_files(["Area Team East", "area-team east", "../../etc", "Ärzte 1", "…", "x" * 300])
    assert list(names.values())[:3] == [
        "findings-area-team-east.pdf",
        "findings-area-team-east-2.pdf",
        "findings-etc.pdf",
    ]
    assert len(set(names.values())) == len(names)
    assert all(len(name) < 90 and "/" not in name for name in names.values())


def test_the_manifest_has_the_hash_of_every_file() -> None:
    made = json.loads(manifest(replace(pack(), inputs={"b": "2", "a": "1"}), {"seed": "x"}, {}, {"f": b"", "e": b"1"}))
    assert list(made["inputs"]) == ["a", "b"]
    assert made["files"]["f"] == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert made["asked"] == {"seed": "x"}
