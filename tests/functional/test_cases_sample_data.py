"""The public SSDA903 sample that nobody here wrote: its counts, and its SDQ cohort counted a second, plain way."""

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.model.problem import InputError
from tests.sample_data import DATA, needs_sample_data

BE903, DEMAND = DATA / "ssda903_be903", DATA / "ssda903_demand_model"

pytestmark = needs_sample_data


@pytest.fixture(scope="module")
def source() -> Source:
    return read_cases(BE903)


def test_every_row_of_the_return_is_there(source: Source) -> None:
    heights = {name: frame.height for name, frame in source.tables().frames.items()}
    assert heights == {
        "child": 2675,
        "episodes": 5050,
        "reviews": 12582,
        "sdqs": 2675,
        "missing_episodes": 43,
        "adoption_placements": 29,
    }
    assert source.own_date == date(2018, 3, 31)


def test_every_row_of_every_file_is_taken_or_left(source: Source) -> None:
    rows = {path.name: len(_rows(path)) for path in BE903.glob("*.csv")}
    found = [note for note in source.notes if note.about in rows and "the last line has no end" not in note.says]
    assert {note.about: note.taken + note.left for note in found} == rows
    assert "fake_903.xml" in {note.about for note in source.notes}
    assert all(note.unread_count == 0 for note in source.notes)


def test_children_without_an_episode_stay(source: Source) -> None:
    frames = source.tables().frames
    assert frames["child"].height - frames["episodes"]["child"].n_unique() == 552


def test_about_half_of_the_sdqs_have_no_score(source: Source) -> None:
    frame = source.tables().frames["sdqs"]
    assert (frame["score"].null_count(), frame["reason"].null_count()) == (1354, 1321)


def test_reviews_of_years_to_come_do_not_exist_yet(source: Source) -> None:
    held = [_day(row["REVIEW"]) for row in _rows(BE903 / "reviews.csv")]
    cut = source.as_at(date(2018, 3, 31), set())
    there = [key for key in cut.tables().frames["reviews"]["id"] if "-earlier-" not in key]
    assert len(there) == sum(day <= date(2018, 3, 31) for day in held) == 7540


def test_the_sdq_cohort_is_that_of_a_plain_count(source: Source) -> None:
    cut = source.as_at(date(2018, 3, 31), {("child", "looked_after_since")})
    child = cut.tables().child
    cohort = {
        key
        for key, born, since in zip(child["id"], child["born"], child["looked_after_since"], strict=True)
        if since is not None and since <= date(2017, 4, 1) and born <= date(2013, 4, 1) and born > date(2001, 3, 31)
    }
    plain = _plain_cohort()
    assert cohort == plain
    assert len(plain) == 976


def _plain_cohort() -> set[str]:
    """Aged 4 or over on 1 April 2017, under 17 on 31 March 2018, and in care on every night of the twelve months."""
    nights: dict[str, set[date]] = defaultdict(set)
    first, last = date(2017, 4, 1), date(2018, 3, 31)
    for row in _rows(BE903 / "episodes.csv"):
        if row["LS"] in ("V3", "V4"):
            continue
        night = max(_day(row["DECOM"]), first)
        end = _day(row["DEC"]) if row["DEC"] else last + timedelta(days=1)
        while night < end and night <= last:
            nights[row["CHILD"]].add(night)
            night += timedelta(days=1)
    born = {row["CHILD"]: _day(row["DOB"]) for row in _rows(BE903 / "header.csv")}
    return {
        child
        for child, covered in nights.items()
        if len(covered) == 365
        and (born[child].year + 4, born[child].month, born[child].day) <= (2017, 4, 1)
        and (born[child].year + 17, born[child].month, born[child].day) > (2018, 3, 31)
    }


def test_three_returns_in_one_folder_are_refused() -> None:
    with pytest.raises(InputError, match="several files hold the table header"):
        read_cases(DEMAND)


@pytest.mark.parametrize(("year", "children", "episodes"), [(2017, 819, 1460), (2018, 572, 974), (2019, 362, 648)])
def test_each_of_the_returns_is_read_alone(tmp_path: Path, year: int, children: int, episodes: int) -> None:
    for path in DEMAND.glob(f"{year}-*.csv"):
        (tmp_path / path.name).symlink_to(path.resolve())
    alone = read_cases(tmp_path)
    assert alone.own_date == date(year + 1, 3, 31)
    assert (alone.tables().child.height, alone.tables().frames["episodes"].height) == (children, episodes)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 (a day, of no time zone)
