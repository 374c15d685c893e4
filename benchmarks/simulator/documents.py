"""Writing case files as native documents, one YAML file a child."""

from pathlib import Path
from typing import Any

import yaml

from qaengine.cases.native_folder import document_of
from qaengine.model.casefile import CaseSet


def write_documents(case_set: CaseSet, folder: Path) -> None:
    """One file a child and what the folder says of itself, in a folder that is new or empty."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SystemExit(f"{folder}: documents are written into a new or empty folder")
    for file in case_set.files:
        (folder / f"{file.child_id}.yaml").write_text(_text(document_of(file)), encoding="utf-8")
    about = {"as_at": case_set.own_date, "origin": case_set.origin}
    (folder / "extract.yaml").write_text(_text(about), encoding="utf-8")


class _Plain(yaml.CSafeDumper):
    """Writes a value again where it stands twice: a case file has no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(data: dict[str, Any]) -> str:
    return yaml.dump(data, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120)
