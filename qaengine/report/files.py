"""Every file of an audit run, by name, as bytes: what is written, whole or not at all."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

from qaengine import __version__
from qaengine.audit.pack import Pack
from qaengine.evaluate import contract
from qaengine.report.filling.dip_sample import dip_sample
from qaengine.report.filling.leadership import leadership
from qaengine.report.filling.manager import manager
from qaengine.report.filling.overview import overview
from qaengine.report.lists import judgements_json, re_audits_csv, re_audits_json
from qaengine.report.pdf import render_dip_sample, render_leadership, render_manager, render_overview

Step = tuple[str, Callable[[], bytes]]


def steps(pack: Pack, form: bytes, dip_samples: Iterable[str]) -> list[Step]:
    """What is to be made, in order: a name and the work that makes it."""
    draw = json.dumps(pack.draw.to_dict(), indent=2, ensure_ascii=False) + "\n"
    findings = (finding for child in pack.children for finding in child.findings)
    made: list[Step] = [
        ("answers.xlsx", lambda: form),
        ("draw.json", draw.encode),
        ("frame.txt", pack.frame.text().encode),
        ("findings.jsonl", lambda: "".join(f"{line}\n" for line in contract.jsonl(findings)).encode()),
        ("judgements.json", lambda: judgements_json(pack)),
        ("re-audits.csv", lambda: re_audits_csv(pack)),
        ("re-audits.json", lambda: re_audits_json(pack)),
        ("re-audits-cslt.pdf", lambda: render_leadership(leadership(pack))),
    ]
    written = list(dip_samples)
    if len(pack.standards) > 1:
        made.append(("dip-samples.pdf", lambda: render_overview(overview(pack, written))))
    for standard in written:
        made.append((f"dip-sample-{standard}.pdf", _dip_sample(pack, standard)))
    for team, name in team_files(pack.teams).items():
        made.append((name, _manager(pack, team)))
    return made


def _dip_sample(pack: Pack, standard: str) -> Callable[[], bytes]:
    return lambda: render_dip_sample(dip_sample(pack, pack.by_id[standard]))


def _manager(pack: Pack, team: str) -> Callable[[], bytes]:
    return lambda: render_manager(manager(pack, team))


def team_files(teams: Iterable[str]) -> dict[str, str]:
    """The file name of each team: letters, digits and hyphens only, and no two alike."""
    names: dict[str, str] = {}
    for team in teams:
        plain = re.sub(r"[^a-z0-9]+", "-", team.casefold()).strip("-")[:60] or "team"
        taken = set(names.values())
        count = 1
        while (name := f"findings-{plain}{'' if count == 1 else f'-{count}'}.pdf") in taken:
            count += 1
        names[team] = name
    return names


def manifest(pack: Pack, asked: Mapping[str, object], rules: Mapping[str, str], files: Mapping[str, bytes]) -> bytes:
    """What was asked, what went in, what judged, and the hash of every file that came out."""
    about = {
        "qaengine": __version__,
        "asked": dict(asked),
        "as_at": pack.as_at.isoformat(),
        "origin": pack.origin,
        "judged_by": pack.judged_by,
        "frame_sha256": pack.draw.frame_sha256,
        "inputs": dict(sorted(pack.inputs.items())),
        "rules": dict(sorted(rules.items())),
        "files": {name: sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    return (json.dumps(about, indent=2, ensure_ascii=False) + "\n").encode()
