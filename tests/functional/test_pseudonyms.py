"""Pseudonyms by themselves: the same for the same reference and key, others for others, and nothing leads back."""

import hashlib
import hmac
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.cases.notes import Note
from qaengine.cases.pseudonyms import identified, pseudonym, pseudonymised, pseudonyms, read_key
from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.cases.tables import case_set_of, tables_of
from qaengine.model.casefile import CaseFile, CaseSet, Row
from qaengine.model.problem import InputError, Problem

REFERENCES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=64)
KEYS = st.binary(min_size=32, max_size=32)
KEY = b"5eed" * 16


@given(REFERENCES, KEYS)
def test_a_pseudonym_is_always_the_same_and_has_one_shape(reference: str, key: bytes) -> None:
    """HMAC-SHA-256 as anybody may work it out, cut to 80 bits, behind a letter that tells it from a reference."""
    name = pseudonym(reference, key)
    assert name == pseudonym(str(reference), bytes(key))
    assert re.fullmatch(r"p-[0-9a-f]{20}", name)
    assert name == "p-" + hmac.new(key, reference.encode("utf-8"), hashlib.sha256).hexdigest()[:20]


@given(st.lists(REFERENCES, unique=True, max_size=50), KEYS)
def test_no_two_references_have_the_same(references: list[str], key: bytes) -> None:
    made = pseudonyms(references, key)
    assert list(made) == references
    assert len(set(made.values())) == len(references)


@given(st.from_regex(r"[0-9a-f]{7,20}", fullmatch=True) | REFERENCES.filter(lambda one: len(one) > 6), KEYS)
def test_no_reference_is_seen_in_its_pseudonym(reference: str, key: bytes) -> None:
    assert reference not in pseudonym(reference, key)


@given(REFERENCES, st.lists(KEYS, min_size=2, max_size=2, unique=True))
def test_another_key_makes_another(reference: str, keys: list[bytes]) -> None:
    assert pseudonym(reference, keys[0]) != pseudonym(reference, keys[1])


@given(st.lists(REFERENCES, unique=True, min_size=1, max_size=20), KEYS, st.data())
def test_every_pseudonym_is_turned_back_and_no_other_word_is(
    references: list[str], key: bytes, data: st.DataObject
) -> None:
    wanted = data.draw(st.lists(st.sampled_from(references), unique=True))
    names = [pseudonym(one, key) for one in wanted]
    assert identified([*names, "p-", *references], references, key) == dict(zip(names, wanted, strict=True))
    assert identified(names, references, key + b"x") == {}


def test_two_children_with_one_pseudonym_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qaengine.cases.pseudonyms._DIGITS", 0)
    with pytest.raises(InputError, match="two children have the same pseudonym under this key; expected another key"):
        pseudonyms(["A", "B"], KEY)


@pytest.mark.parametrize("around", [b"", b"\n", b"  \r\n\n"])
def test_a_key_is_read_without_the_space_around_it(tmp_path: Path, around: bytes) -> None:
    """An editor that ends the line makes no other key of it."""
    (tmp_path / "key").write_bytes(around + KEY + around)
    assert read_key(tmp_path / "key") == KEY


def source_of(*children: str, **more: object) -> Source:
    """Children with a plan and its action, whose ids and texts name them."""
    files = tuple(
        CaseFile(
            one,
            Row(one, {"born": date(2010, 5, 1), "sibling_group": children[-1], "team": f"team of {one}"}),
            {
                "plans": (Row(f"{one}-P1", {"kind": "cp", "started": date(2018, 11, 2)}), Row("P2", {"kind": "cin"})),
                "plan_actions": (Row(f"{one}/A", {"plan": f"{one}-P1", "text": f"see {one}, not {one}0"}),),
            },
        )
        for one in sorted(children)
    )
    return Source(CaseSet(files), **more)  # type: ignore[arg-type]


def as_tables(source: Source) -> Source:
    assert isinstance(source.content, CaseSet)
    return Source(tables_of(source.content, {}), source.notes)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.from_regex(r"[A-Z]{1,3}-?[0-9]{2,6}", fullmatch=True), unique=True, min_size=1, max_size=6))
def test_both_forms_of_a_source_lose_the_references(references: list[str]) -> None:
    """Documents and tables say the same afterwards, in the order of the pseudonyms, and no field names a child."""
    source = source_of(*references)
    plain, framed = pseudonymised(source, KEY), pseudonymised(as_tables(source), KEY)
    names = sorted(pseudonym(one, KEY) for one in references)
    assert list(plain.child_ids) == list(framed.child_ids) == names
    of_tables = case_set_of(framed.tables())
    assert isinstance(plain.content, CaseSet)
    for one, other in zip(plain.content.files, of_tables.files, strict=True):
        assert one.child_id == other.child_id == one.child.id
        for name, rows in one.records.items():
            assert [(row.id, {**row.values}) for row in rows] == [
                (row.id, {key: value for key, value in row.values.items() if key in rows[at].values})
                for at, row in enumerate(other.records[name])
            ]
        (action,) = one.records["plan_actions"]
        assert action.values["plan"] in {plan.id for plan in one.records["plans"]}
        assert one.child.values["sibling_group"] == pseudonym(references[-1], KEY)
    everything = repr(plain.content)
    for reference in references:
        if len(reference) > 4:
            assert not re.search(rf"(?<![A-Z0-9]){re.escape(reference)}(?![A-Z0-9])", everything)


def test_a_short_number_is_no_reference_in_words() -> None:
    """Seven may be a child, and is a number wherever people write; in the id of a record it is the child."""
    (file,) = read_plain(source_of("7"))
    (action,) = file.records["plan_actions"]
    assert action.id == f"{file.child_id}/A"
    assert action.values["text"] == "see 7, not 70"


def test_a_longer_reference_is_one_in_words_too() -> None:
    (file,) = read_plain(source_of("CH-0007"))
    (action,) = file.records["plan_actions"]
    assert action.values["text"] == f"see {file.child_id}, not CH-00070"


def read_plain(source: Source) -> tuple[CaseFile, ...]:
    made = pseudonymised(source, KEY).content
    assert isinstance(made, CaseSet)
    return made.files


def test_notes_name_no_child() -> None:
    """Neither where they are about one, nor where a file is named for one."""
    problem = Problem("CH-0007.json social_care_episodes[0]", 3, 0, "closed cannot be read", "CH-0007?", "a date")
    notes = (
        Note("child", "said differently", unread=(Problem("CH-0007", 0, 0, "born"),), unread_count=1),
        Note("files/visits_CH-0007.csv", "left", unread=(problem,), unread_count=1),
        Note("list.csv", "row 7 of 12"),
    )
    name = pseudonym("CH-0007", KEY)
    child, file, other = pseudonymised(source_of("CH-0007", notes=notes), KEY).notes
    assert child.unread[0].file == name
    assert file.about == f"files/visits_{name}.csv"
    assert (file.unread[0].file, file.unread[0].line) == (f"{name}.json social_care_episodes[0]", 3)
    assert file.unread[0].found == f"{name}?"
    assert other == notes[2]


def test_files_that_are_named_for_children_are_hashed_under_their_pseudonyms(tmp_path: Path) -> None:
    for one in ("CH-0007", "CH-0008"):
        (tmp_path / f"{one}.yaml").write_text(f"child: {{child_id: {one}}}\n")
    source = read_cases(tmp_path)
    made = pseudonymised(source, KEY)
    assert set(made.sha256.files) == {f"{pseudonym(one, KEY)}.yaml" for one in ("CH-0007", "CH-0008")}
    assert sorted(made.sha256.files.values()) == sorted(source.sha256.files.values())
    assert made.sha256.total != source.sha256.total
    assert made.pseudonyms == {one: pseudonym(one, KEY) for one in ("CH-0007", "CH-0008")}


def test_other_files_keep_their_hashes(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("child: {child_id: CH-0007}\n")
    source = read_cases(tmp_path)
    assert pseudonymised(source, KEY).sha256 == source.sha256
