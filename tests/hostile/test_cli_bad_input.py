"""Bad input on the command line: the right exit code, the place, one line a problem, no traceback, nothing written."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qaengine.cli import writing
from qaengine.cli.main import run
from qaengine.report import files
from tests.functional.filled_form import all_met, fill

PROJECT = Path(__file__).resolve().parents[2]
RULES, SAMPLE = PROJECT / "rules", PROJECT / "sample_cases"
AS_AT = ("--as-at", "2019-09-30")
DRAW = ("--seed", "x", "--size", "2")
CHILD = "child:\n  child_id: CH-1\n  opened_on: 2019-01-01\n"
USAGE, STANDARDS, CASE_DATA, BUG = 2, 3, 4, 70


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in an empty folder, so that whatever they leave behind is seen."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that must be refused: what it says on standard error."""

    def command(code: int, *args: str | Path, says: str) -> str:
        before = tree(tmp_path)
        assert run([str(arg) for arg in args]) == code
        shown = capsys.readouterr()
        assert says in shown.err
        assert "Traceback" not in shown.err
        assert tree(tmp_path) == before, "something was written"
        return shown.err

    return command


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything under a folder: names, and the bytes of files."""
    found = sorted(folder.rglob("*"))
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in found}


def cases(folder: Path, *texts: str | bytes) -> Path:
    """A folder of native case files with these contents."""
    folder.mkdir()
    for at, text in enumerate(texts, start=1):
        (folder / f"CH-{at}.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


# --- Case files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("child: [unclosed\n", "CH-1.yaml:2:1: not readable as YAML"),
        (CHILD.replace("2019-01-01", "{a: 1}"), "CH-1.yaml:3:14: not a date; found a mapping"),
        (CHILD + "  disabled: perhaps\n", "CH-1.yaml:4:13: neither yes nor no; found perhaps"),
        (CHILD.replace("opened_on", "openedon"), "CH-1.yaml:3:3: no field of this name in child; found openedon"),
        (CHILD.replace("opened_on", "openedon"), "did you mean opened_on?"),
        (CHILD.replace("2019-01-01", "2019-02-30"), "CH-1.yaml:3:14: there is no such date; found 2019-02-30"),
        (b"child:\n  child_id: \xff\xfe\n", "CH-1.yaml:2:13: not UTF-8 text; found byte 0xff"),
    ],
)
@pytest.mark.parametrize("command", ["evaluate", "sample", "audit", "explain"])
def test_a_bad_case_file_is_named_with_its_place(
    tmp_path: Path, refused: Callable[..., str], command: str, text: str | bytes, says: str
) -> None:
    folder = cases(tmp_path / "cases", text)
    more = {
        "evaluate": ("--out", tmp_path / "out.txt"),
        "sample": (*DRAW, "--out", tmp_path / "out"),
        "audit": (*DRAW, "--out", tmp_path / "out"),
        "explain": (),
    }[command]
    named = ("CH-1", "sdq-annual-update") if command == "explain" else ()
    shown = refused(CASE_DATA, command, folder, *named, *AS_AT, "--rules", RULES, *more, says=says)
    assert shown.endswith("nothing was written.\n")


def test_every_problem_of_every_file_is_said_at_once(tmp_path: Path, refused: Callable[..., str]) -> None:
    wrong = CHILD.replace("opened_on", "openedon")
    folder = cases(tmp_path / "cases", wrong, wrong.replace("CH-1", "CH-2") + "  disabled: perhaps\n")
    shown = refused(CASE_DATA, "evaluate", folder, *AS_AT, "--rules", RULES, says="3 problems; nothing was written.")
    assert [line.split(": ")[0] for line in shown.splitlines()[:-1]] == [
        "CH-1.yaml:3:3",
        "CH-2.yaml:3:3",
        "CH-2.yaml:4:13",
    ]


def test_the_same_child_twice_is_named_with_both_files(tmp_path: Path, refused: Callable[..., str]) -> None:
    folder = cases(tmp_path / "cases", CHILD, CHILD)
    says = "CH-2.yaml:2:13: the same child twice (first in CH-1.yaml); found CH-1"
    refused(CASE_DATA, "evaluate", folder, *AS_AT, "--rules", RULES, says=says)


def test_an_empty_folder_and_a_path_that_is_not_there(tmp_path: Path, refused: Callable[..., str]) -> None:
    refused(CASE_DATA, "evaluate", cases(tmp_path / "cases"), *AS_AT, "--rules", RULES, says="no case files here")
    nowhere = tmp_path / "nowhere"
    refused(CASE_DATA, "evaluate", nowhere, *AS_AT, "--rules", RULES, says=f"{nowhere}: cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, refused: Callable[..., str]) -> None:
    folder = cases(tmp_path / "cases", CHILD)
    (folder / "CH-1.yaml").chmod(0)
    with pytest.raises(PermissionError):
        (folder / "CH-1.yaml").read_bytes()
    assert run(["evaluate", str(folder), *AS_AT, "--rules", str(RULES)]) == CASE_DATA


# --- Dates ------------------------------------------------------------------------------------------------------------


def test_a_date_before_any_record(tmp_path: Path, refused: Callable[..., str]) -> None:
    folder = cases(tmp_path / "cases", CHILD)
    says = f"{folder}: no child is on record by 1 January 2010"
    refused(CASE_DATA, "evaluate", folder, "--as-at", "2010-01-01", "--rules", RULES, says=says)


def test_no_date_where_the_case_files_state_none(tmp_path: Path, refused: Callable[..., str]) -> None:
    folder = cases(tmp_path / "cases", CHILD)
    refused(USAGE, "evaluate", folder, "--rules", RULES, says="--as-at: no as-at date; expected a date, since")


@pytest.mark.parametrize(
    "written",
    ["2019-13-01", "2019-02-30", "30/09/2019", "today", "", "2019-W39", "20190930", "1949-12-31", "2100-01-01"],
)
def test_a_date_that_is_none(refused: Callable[..., str], written: str) -> None:
    refused(USAGE, "evaluate", SAMPLE, "--as-at", written, "--rules", RULES, says="'--as-at'")


# --- The draw ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--size", "many"), "size: not a size; found 'many'; expected 12, 5%, all or 2 per team"),
        (("--size", "0"), "size: not a size"),
        (("--size", "-3"), "size: not a size"),
        (("--size", "101%"), "size: not a size"),
        (("--size", "2 per colour"), "no such attribute; found colour"),
        (("--where", "teem=North"), "where: no such attribute; found teem"),
        (("--where", "teem=North"), "did you mean team?"),
        (("--where", "team=Nowhere"), "where: no child has this team; found Nowhere; expected one of Area Team East"),
        (("--where", "team"), "where: not a condition; found 'team'; expected attribute=value"),
        (("--stratify", "teem"), "stratify: no such attribute; found teem"),
        (("--seed", ""), "seed: cannot be used"),
        (("--exclude-audited-within", "soon"), "--exclude-audited-within: cannot be read as a period; found soon"),
        (("--exclude-audited-within", "3000 years"), "--exclude-audited-within: is too long; found 3000 years"),
        (("--exclude-audited-within", "5 working days"), "--exclude-audited-within: is counted in calendar days"),
        (("--standard", "sdq-anual-update"), "--standard: no such standard; found sdq-anual-update"),
        (("--standard", "sdq-anual-update"), "did you mean sdq-annual-update?"),
    ],
)
@pytest.mark.parametrize("command", ["sample", "audit"])
def test_a_draw_that_cannot_be_made(
    tmp_path: Path, refused: Callable[..., str], command: str, options: tuple[str, str], says: str
) -> None:
    refused(USAGE, command, SAMPLE, *AS_AT, "--rules", RULES, *DRAW, *options, "--out", tmp_path / "out", says=says)


def test_a_draw_of_nobody(tmp_path: Path, refused: Callable[..., str]) -> None:
    within = ("--exclude-audited-within", "50 years")
    audited = CHILD + "audits:\n  - {id: A1, audited_on: 2019-06-03}\n"
    folder = cases(tmp_path / "cases", audited)
    refused(USAGE, "sample", folder, *AS_AT, "--rules", RULES, *DRAW, *within, says="nobody to draw")


# --- Words that are none ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("evaluate", SAMPLE, "--standard", "sdq"), "--standard: no such standard; found sdq"),
        (("evaluate", SAMPLE, "--format", "pdf"), "'--format'"),
        (("evaluate", SAMPLE, "--format", "parquet"), "name a file with --out"),
        (("evaluate", SAMPLE, "--fail-on", "bad"), "'--fail-on'"),
        (("evaluate",), "CASES"),
        (("audit", SAMPLE, "--size", "2", "--out", "out"), "'--seed'"),
        (("explain", SAMPLE, "CH-99", "smart-plan"), f"{SAMPLE}: no such child on record by then; found CH-99"),
        (("explain", SAMPLE, "CH-0001", "smart-plans"), "did you mean smart-plan?"),
        (("evaluate", SAMPLE, "--asat", "2019-09-30"), "--as-at"),
        (("evalute", SAMPLE), "Did you mean 'evaluate'?"),
        (("zzz",), "No such command 'zzz'"),
    ],
)
def test_a_word_that_is_none_names_those_that_are(
    refused: Callable[..., str], args: tuple[str | Path, ...], says: str
) -> None:
    dated = (*AS_AT, "--rules", RULES) if args[0] in ("evaluate", "explain") else ()
    refused(USAGE, *args, *dated, says=says)


# --- The rules --------------------------------------------------------------------------------------------------------


def test_rules_that_are_not_there_or_empty(tmp_path: Path, refused: Callable[..., str]) -> None:
    for folder in (tmp_path / "nowhere", tmp_path / "here"):
        for command in (("evaluate", SAMPLE, *AS_AT, "--rules"), ("check",)):
            refused(STANDARDS, *command, folder, says=f"{folder}: no standards here")


def test_a_standard_with_mistakes_is_named_with_the_place_of_each(tmp_path: Path, refused: Callable[..., str]) -> None:
    rules = changed_rules(tmp_path / "rules")
    bad = rules / "standards" / "smart-plan.yaml"
    bad.write_text(bad.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    for command in (("evaluate", SAMPLE, *AS_AT, "--rules", rules), ("check", rules)):
        shown = refused(STANDARDS, *command, says="unknown key 'titel'; did you mean title?")
        assert f"{bad}:1:1: the key 'title' is missing" in shown


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("judgement.yaml", None, "judgement.yaml: cannot be read; found no such file or directory"),
        ("judgement.yaml", b"\xff", "judgement.yaml: cannot be read; found not UTF-8 text"),
        ("judgement.yaml", b"rules: [\n", "judgement.yaml:2:1: not readable as YAML"),
        ("judgement.yaml", b"", "judgement.yaml"),
        ("agencies.yaml", b"\xff", "agencies.yaml:1:1: not UTF-8 text"),
    ],
)
def test_rules_beside_the_standards_with_mistakes(
    tmp_path: Path, refused: Callable[..., str], name: str, text: bytes | None, says: str
) -> None:
    rules = changed_rules(tmp_path / "rules")
    (rules / name).unlink()
    if text is not None:
        (rules / name).write_bytes(text)
    refused(STANDARDS, "audit", SAMPLE, *AS_AT, *DRAW, "--rules", rules, "--out", tmp_path / "out", says=says)


def changed_rules(folder: Path) -> Path:
    """A copy of the rules, to be spoilt."""
    return Path(shutil.copytree(RULES, folder))


# --- Where to write ---------------------------------------------------------------------------------------------------


def audit(out: Path, *more: str) -> int:
    return run(["audit", str(SAMPLE), *AS_AT, *DRAW, "--rules", str(RULES), "--out", str(out), *more])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that an audit wrote."""
    out = tmp_path_factory.mktemp("written") / "out"
    assert audit(out) == 0
    return out


@pytest.fixture
def out(written: Path, tmp_path: Path) -> Path:
    """A folder of ours, of one's own."""
    return Path(shutil.copytree(written, tmp_path / "out"))


AUDIT = ("audit", SAMPLE, *AS_AT, *DRAW, "--rules", RULES, "--out")


def test_a_folder_in_use_for_something_else(tmp_path: Path, refused: Callable[..., str]) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine", encoding="utf-8")
    refused(USAGE, *AUDIT, mine, says=f"{mine}: is in use for something else")
    for other in ("{}", '{"files": {}}', "[]", "not JSON", '{"name": "somebody else’s", "files": []}'):
        (mine / "manifest.json").write_text(other, encoding="utf-8")
        refused(USAGE, *AUDIT, mine, says="is in use for something else")


def test_a_place_that_cannot_be_written(tmp_path: Path, refused: Callable[..., str]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused(USAGE, *AUDIT, tmp_path / "file", says="is in use for something else")
    refused(USAGE, *AUDIT, tmp_path / "file" / "out", says="cannot be written")
    evaluate = ("evaluate", SAMPLE, *AS_AT, "--rules", RULES, "--out")
    refused(USAGE, *evaluate, tmp_path / "none" / "out.txt", says="cannot be written; found No such file or directory")
    refused(USAGE, *evaluate, tmp_path, says="cannot be written; found Is a directory")


def test_a_form_that_was_filled_in_and_a_note_put_beside_it_are_never_lost(
    out: Path, refused: Callable[..., str]
) -> None:
    fill(out / "answers.xlsx", out / "answers.xlsx", all_met({}))
    (out / "my notes.txt").write_text("mine", encoding="utf-8")
    for command in (AUDIT, ("sample", SAMPLE, *AS_AT, *DRAW, "--rules", RULES, "--out")):
        shown = refused(USAGE, *command, out, says="answers.xlsx: was changed or added since the rest was written")
        assert "my notes.txt: was changed or added" in shown


def test_a_form_that_was_filled_in_is_not_lost_to_another_that_is_given_back(
    out: Path, tmp_path: Path, refused: Callable[..., str]
) -> None:
    fill(out / "answers.xlsx", tmp_path / "other.xlsx", all_met({"grade": "good"}))
    fill(out / "answers.xlsx", out / "answers.xlsx", all_met({"grade": "inadequate"}))
    refused(USAGE, *AUDIT, out, "--answers", tmp_path / "other.xlsx", says="answers.xlsx: was changed or added")


def test_what_nobody_changed_is_replaced_as_a_whole(out: Path) -> None:
    assert audit(out, "--standard", "smart-plan") == 0
    assert [path.name for path in sorted(out.glob("dip-sample-*"))] == ["dip-sample-smart-plan.pdf"]


# --- Answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_bytes(b"not a workbook"), "answers.xlsx: cannot be read: it is not a workbook"),
        (lambda path: path.write_bytes(b""), "answers.xlsx: "),
        (lambda path: path.mkdir(), "cannot be read: is a directory"),
        (lambda path: None, "cannot be read: no such file or directory"),
    ],
)
def test_answers_that_are_no_workbook(
    tmp_path: Path, refused: Callable[..., str], make: Callable[[Path], object], says: str
) -> None:
    answers = tmp_path / "answers.xlsx"
    make(answers)
    refused(CASE_DATA, *AUDIT, tmp_path / "out", "--answers", answers, says=says)


def test_the_answers_of_another_draw(written: Path, tmp_path: Path, refused: Callable[..., str]) -> None:
    answers = ("--answers", written / "answers.xlsx")
    for other in (("--seed", "y"), ("--size", "3"), ("--as-at", "2019-09-29")):
        refused(CASE_DATA, *AUDIT, tmp_path / "out", *answers, *other, says="the form of another draw")


def test_an_answer_that_is_not_on_its_list_is_named_with_its_cell(
    written: Path, tmp_path: Path, refused: Callable[..., str]
) -> None:
    fill(written / "answers.xlsx", tmp_path / "bad.xlsx", all_met({"grade": "godo"}))
    shown = refused(CASE_DATA, *AUDIT, tmp_path / "out", "--answers", tmp_path / "bad.xlsx", says="found 'godo'")
    assert "did you mean good?" in shown


# --- What goes wrong half way -----------------------------------------------------------------------------------------


@pytest.fixture(params=[False, True], ids=["a new folder", "an old folder"])
def target(request: pytest.FixtureRequest, written: Path, tmp_path: Path) -> Path:
    """Where to write: nothing is there yet, or what was written before."""
    out = tmp_path / "target" / "out"
    out.parent.mkdir()
    if request.param:
        shutil.copytree(written, out)
    return out


def broken(*_: object) -> bytes:
    raise RuntimeError("the pages caught fire")


def test_a_crash_while_making_the_pages_leaves_what_was_there(
    target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(target.parent)
    monkeypatch.setattr(files, "render_leadership", broken)
    assert audit(target) == BUG
    shown = capsys.readouterr().err
    assert "RuntimeError: the pages caught fire" in shown
    assert "This is a bug in qaengine" in shown
    assert tree(target.parent) == before


@pytest.mark.parametrize("at", [3, 8])
def test_a_full_disk_half_way_leaves_what_was_there(
    target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at: int
) -> None:
    before, real, times = tree(target.parent), os.fsync, iter(range(100))

    def full(handle: int) -> None:
        if next(times) == at:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(writing.os, "fsync", full)
    assert audit(target) == USAGE
    assert "cannot be written; found No space left on device" in capsys.readouterr().err
    assert tree(target.parent) == before


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()])
def test_a_move_that_does_not_happen_puts_the_old_folder_back(
    target: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    before, real = tree(target.parent), os.replace

    def fails(source: Path, to: Path) -> None:
        if Path(source).name == "new":
            raise error
        real(source, to)

    monkeypatch.setattr(writing.os, "replace", fails)
    assert audit(target) == USAGE
    assert tree(target.parent) == before


def test_ctrl_c_half_way_leaves_what_was_there(
    target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    before = tree(target.parent)
    monkeypatch.setattr(files, "render_manager", interrupted)
    assert audit(target) == USAGE
    shown = capsys.readouterr().err
    assert "Stopped; nothing was written." in shown
    assert "Traceback" not in shown
    assert tree(target.parent) == before


# --- Other processes --------------------------------------------------------------------------------------------------


def started(*args: str | Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "qaengine", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT)


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_a_reader_that_goes_away_is_no_error(form: str) -> None:
    with started("evaluate", SAMPLE, *AS_AT, "--format", form) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) == 0
    assert said == ""


def test_ctrl_c_from_the_keyboard_ends_with_2_and_leaves_nothing(tmp_path: Path) -> None:
    with started(*AUDIT, tmp_path / "out", "--size", "all") as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == USAGE
    assert "nothing was written" in said
    assert "Traceback" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here"]


def test_no_problem_is_said_on_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(tmp_path / "nowhere"), *AS_AT, "--rules", str(RULES)]) == CASE_DATA
    assert capsys.readouterr().out == ""
