"""The pages of the docs that are made from the rules and the models: one a standard, one a kind of check.

`python -m qaengine.workbench.pages` writes them (`make docs`); a test holds every page to what it would write.
"""

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from qaengine.cases.formats.page import with_formats
from qaengine.cases.reference_page import with_catalogue
from qaengine.measures.page import with_measures
from qaengine.model.marked_yaml import load_marked
from qaengine.model.standard import KINDS, Check, Standard
from qaengine.standards.loader import load_standards
from qaengine.standards.measures import load_measures
from qaengine.standards.surface import KIND_KEYS, AsksYaml, CheckYaml
from qaengine.workbench.coverage import read_points
from qaengine.workbench.examples import can_give
from qaengine.workbench.how import HOW
from qaengine.workbench.keys import KEYS
from qaengine.workbench.policy import policy

MEASURES, CASE_FILES, READING = "measures.md", "case-files.md", "reading.md"
"""The pages on which something that is made stands within what a person wrote."""

MADE = "<!-- made by `make docs` from the rules; do not edit -->"

SUBJECTS = {
    "has": "the child",
    "each": "each record",
    "followed_by": "each record that sets the clock going",
    "includes": "each record",
    "no_gap_over": "each interval between two records",
    "at_most": "each record",
    "share": "the child",
    "asks": "the child",
}
"""What each kind of check looks at."""


def pages(rules: Path) -> Mapping[str, str]:
    """Every page by its path below `docs`."""
    standards = load_standards(rules)
    documents = read_points(rules / "coverage.yaml").documents
    made = {f"standards/{one.id}.md": "\n".join(_standard(one, documents)) for one in standards}
    made["standards/README.md"] = "\n".join(_index(standards))
    for key, model in KIND_KEYS.items():
        kind = _kind_of(key)
        made[f"kinds/{kind}.md"] = "\n".join(_kind(kind, key, model, standards))
    return made


def _kind_of(key: str) -> str:
    """The kind of check by the key that says which it is."""
    keys = {"after_each": "followed_by", "in_each": "includes", "between": "no_gap_over", "lasts": "at_most"}
    return keys.get(key, key)


def _standard(standard: Standard, documents: Mapping[str, str]) -> Iterator[str]:
    yield MADE
    yield ""
    yield from policy(standard, documents)
    count = len(standard.examples)
    yield f"{count} examples prove it: [the standard itself](../../rules/standards/{Path(standard.file).name})."
    yield ""


def _index(standards: tuple[Standard, ...]) -> Iterator[str]:
    yield MADE
    yield ""
    yield "# The standards"
    theme = ""
    for standard in sorted(standards, key=lambda one: (one.theme, one.id)):
        if standard.theme != theme:
            theme = standard.theme
            yield from ("", f"## {theme.capitalize()}", "")
        yield f"- [{standard.title}]({standard.id}.md): {standard.severity}, {len(standard.checks)} checks"
    yield ""


def _kind(kind: str, key: str, model: type[BaseModel], standards: tuple[Standard, ...]) -> Iterator[str]:
    test_type = next(one for one, name in KINDS.items() if name == kind)
    yield from (MADE, "", f"# `{kind}`", "", str(inspect.getdoc(test_type)), "")
    yield f"It looks at {SUBJECTS[kind]}. In a standard it is known by the key `{key}`."
    yield from ("", "## How it is decided", "", *(f"- {line}" for line in HOW[kind]), "")
    using = [(standard, check) for standard in standards for check in standard.checks if check.kind == kind]
    if using:
        standard, check = using[0]
        yield from ("## An example", "", f"From [{standard.id}](../standards/{standard.id}.md):", "")
        yield from ("```yaml", *_text_of(standard, check), "```", "")
        given = sorted({result.value for _, one in using for result in can_give(one)})
        yield f"In the library it can give {', '.join(given)}, and cannot_decide where something is not known."
        yield ""
    yield from ("## Its keys", "", "| key | needed | what it says |", "|---|---|---|", *_keys(model), "")
    if using:
        yield from ("## Where it is used", "")
        yield ", ".join(f"[{one}](../standards/{one}.md)" for one in dict.fromkeys(one.id for one, _ in using))
        yield ""


def _keys(model: type[BaseModel]) -> Iterator[str]:
    common = set(CheckYaml.model_fields) | (set(AsksYaml.model_fields) & {"id", "when", "depends_on"})
    fields = sorted(model.model_fields.items(), key=lambda item: (item[0] in common, not item[1].is_required()))
    for name, info in fields:
        key = info.alias or name
        yield f"| `{key}` | {'yes' if info.is_required() else ''} | {KEYS[key]} |"


def _text_of(standard: Standard, check: Check) -> list[str]:
    """The lines of a check as they stand in its file."""
    text = Path(standard.file).read_text(encoding="utf-8-sig")
    read = load_marked(text, standard.file)
    place = next(number for number, one in enumerate(read.data["checks"]) if one["id"] == check.id)
    start = read.marks.value(("checks", place)).line - 1
    lines = text.splitlines()
    following = (number for number in range(start + 1, len(lines)) if not lines[number].startswith("    "))
    block = lines[start : next(following, len(lines))]
    return [line.removeprefix("  ") for line in block]


def write(docs: Path, rules: Path) -> None:
    """Write every page, and take away those of standards that are gone."""
    made = pages(rules)
    for folder in ("standards", "kinds"):
        (docs / folder).mkdir(exist_ok=True)
        for old in (docs / folder).glob("*.md"):
            if f"{folder}/{old.name}" not in made:
                old.unlink()
    for name, text in made.items():
        (docs / name).write_text(text, encoding="utf-8")
    for name, made_of in ((CASE_FILES, with_catalogue), (READING, with_formats)):
        (docs / name).write_text(made_of((docs / name).read_text(encoding="utf-8")), encoding="utf-8")
    (docs / MEASURES).write_text(measures_page((docs / MEASURES).read_text(encoding="utf-8"), rules), encoding="utf-8")


def measures_page(page: str, rules: Path) -> str:
    """The page of the measures, with those that there now are."""
    return with_measures(page, load_measures(rules), read_points(rules / "coverage.yaml").documents)


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    write(root / "docs", root / "rules")
