"""The schema that helps an editor: every standard of the product passes it, and a slip does not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qaengine.standards.surface import KIND_KEYS, StandardYaml
from qaengine.workbench.keys import KEYS
from qaengine.workbench.schema import standard_schema

PROJECT = Path(__file__).parents[2]
STANDARDS = sorted((PROJECT / "rules" / "standards").glob("*.yaml"))
GOOD = PROJECT / "tests" / "fixtures" / "good.yaml"


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "standard.json"
    path.write_text(json.dumps(standard_schema()), encoding="utf-8")
    return path


def checked(schema: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    """What `check-jsonschema` says: the tool that a council's own pipeline would use."""
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_schema_is_one(schema: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", str(schema)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_every_standard_of_the_product_passes(schema: Path) -> None:
    ran = checked(schema, *STANDARDS, GOOD)
    assert ran.returncode == 0, ran.stdout[:2000]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("severity: major", "severity: serious"),
        ("title:", "tittle:"),
        ("has: sdqs", "has: sdq"),
        ("where: {score: recorded}", "where: {scor: recorded}"),
        ("remedy:", "remedies:"),
        ("expect: {in-date: met}", "expect: {in-date: maybe}"),
    ],
)
def test_a_slip_does_not(right: str, wrong: str, schema: Path, tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    assert right in text, right
    slipped = tmp_path / "slipped.yaml"
    slipped.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert checked(schema, slipped).returncode == 1


def test_every_key_says_what_it_is_for() -> None:
    keys = {
        info.alias or name for model in (StandardYaml, *KIND_KEYS.values()) for name, info in model.model_fields.items()
    }
    assert keys <= set(KEYS)
