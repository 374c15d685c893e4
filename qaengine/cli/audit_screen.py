"""What `audit` says on the screen: what it found, and which files it wrote."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import fill

from qaengine.audit.pack import Pack
from qaengine.cli.columns import columns
from qaengine.evaluate.explain.words import day
from qaengine.model.result import Result
from qaengine.report.filling.annex import exceptions_said
from qaengine.report.filling.common import concerns

WIDTH = 110

FILES = {
    "dip-samples.pdf": "every standard at one look, for the QA team",
    "answers.xlsx": "questions and grades, for the auditors to fill in",
    "re-audits-cslt.pdf": "for the leadership team",
    "re-audits.csv": "the re-audit list for Excel",
    "re-audits.json": "the re-audit list for machines",
    "findings.jsonl": "every finding with its evidence",
    "judgements.json": "ceilings, and which rules fired",
    "draw.json": "the draw",
    "frame.txt": "who could have been drawn",
    "manifest.json": "hashes of what went in and came out",
}


def summary(pack: Pack, out: Path, files: Mapping[str, bytes]) -> str:
    """Red flags, then three short tables: the standards, the children, the files."""
    head = (
        f"{len(pack.children)} of {pack.draw.population} children drawn (seed {pack.draw.seed}), "
        f"as at {day(pack.as_at)}; judged by {pack.judged_by}."
    )
    flags = ["\n".join(fill(flag, WIDTH) for flag in _red_flags(pack))] if _red_flags(pack) else []
    agreed = ["\n".join(fill(line, WIDTH) for line in exceptions_said(pack))] if pack.exceptions.agreed else []
    parts = [*flags, head, _standards(pack), *agreed, _children(pack), _re_audits(pack), _files(out, files)]
    return "\n\n".join(parts)


def _red_flags(pack: Pack) -> list[str]:
    """Who may be unsafe now, above everything else."""
    return [
        f"RED FLAG: {concern.children[0]} may be unsafe now. A person looks at this today. {concern.what}."
        + (f" Reader's note: {concern.note}" if concern.note else "")
        for concern in concerns(pack)
    ]


def _standards(pack: Pack) -> str:
    heads = ("standard", "met", "not met", "not enough recorded", "not yet due", "does not apply", "to read")
    rows = []
    order = (Result.MET, Result.NOT_MET, Result.CANNOT_DECIDE, Result.NOT_YET_DUE, Result.NOT_APPLICABLE)
    for standard in pack.standards:
        results = [child.results()[standard.id] for child in pack.children]
        reading = sum(
            fact.read == "to_read"
            for child in pack.children
            for fact in child.facts.standards
            if fact.standard == standard.id
        )
        counts = (*(results.count(result) for result in order), reading)
        rows.append([standard.title, *(str(n or "·") for n in counts)])
    return columns(heads, rows, (44, *(10 for _ in heads[1:])), right=len(heads) - 1)


def _children(pack: Pack) -> str:
    rows = []
    for child in pack.children:
        found, given = child.judgement, child.facts.grade
        ceiling = f"no better than {found.ceiling.words}" if found.ceiling else "no ceiling"
        if not found.ceiling and not {Result.MET, Result.NOT_MET} & set(child.results().values()):
            ceiling = "nothing was decided"
        grade = given.grade.words + ("" if given.confirmed else " (not confirmed)") if given else "no grade yet"
        now = "RED FLAG: a person looks today" if found.red_flags else ""
        problem = "; ".join(problem.reason for problem in found.grade_problems)
        rows.append([child.child_id, child.team, ceiling, grade, "; ".join(filter(None, (now, problem)))])
    return columns(("child", "team", "the record allows", "grade", "now"), rows, (16, 30, 22, 24, 40))


def _re_audits(pack: Pack) -> str:
    overdue = sum(bool(entry.days_overdue(pack.as_at)) for entry in pack.re_audits)
    return (
        f"Re-audits owing: {len(pack.re_audits)}, of which {overdue} overdue. "
        f"Done in the last three months: {len(pack.re_audited)}."
    )


def _files(out: Path, files: Mapping[str, bytes]) -> str:
    names = sorted(files, key=lambda name: (not name.endswith((".pdf", ".xlsx")), name))
    return columns((f"written to {out}", "what it is"), [(name, _what(name)) for name in names], (70, 60))


def _what(name: str) -> str:
    if name.startswith("dip-sample-"):
        return "dip sample, for the QA team"
    return "for the team's manager" if name.startswith("findings-") and name.endswith(".pdf") else FILES.get(name, "")
