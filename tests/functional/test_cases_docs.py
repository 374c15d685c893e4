"""docs/case-files.md: its catalogue is fresh, and its example is read."""

import re
from datetime import date
from pathlib import Path

from qaengine.cases.reading import read_cases
from qaengine.cases.reference_page import BEGIN, END, catalogue, with_catalogue
from qaengine.cases.shape import TYPES, data_fields, typed_words

PAGE = (Path(__file__).parents[2] / "docs" / "case-files.md").read_text(encoding="utf-8")


def test_the_catalogue_on_the_page_is_fresh() -> None:
    assert with_catalogue(PAGE) == PAGE, "write with_catalogue(page) to docs/case-files.md"
    assert with_catalogue(f"a {BEGIN} stale {END} b").startswith("a ")


def test_every_field_is_on_the_page() -> None:
    text = catalogue()
    for name in TYPES:
        section = text.split(f"### `{name}`:")[1].split("###")[0]
        shown = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
        assert shown - {"id", "child_id"} == set(data_fields(name)) - set(typed_words(name))


def test_the_example_on_the_page_is_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "child.yaml").write_text(example, encoding="utf-8")
    (file,) = read_cases(tmp_path).case_set().files
    assert file.records["missing_episodes"] == ()
    assert file.records["episodes"][0].values["ended"] is None
    assert file.records["sdqs"][0].values["completed"] == date(2018, 6, 4)
    assert file.records["sdqs"][1].values["completed_as_typed"] == "ongoing"
    assert file.records["sdqs"][1].values["score_as_typed"] == "17 (high)"
