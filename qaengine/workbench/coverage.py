"""Which points of the plan, of the inspectors' letter and of the visit the standards and measures cover."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qaengine.model.marked_yaml import MarkedYaml, load_marked
from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.model.standard import Source
from qaengine.standards.problems import from_validation


class Covers(Protocol):
    """A standard or a measure: its id, its sources, and the file that it stands in."""

    @property
    def id(self) -> str: ...

    @property
    def sources(self) -> tuple[Source, ...]: ...

    @property
    def file(self) -> str: ...


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Point(_Strict):
    """One point: what it asks, and what of it no case file can decide."""

    id: str = Field(min_length=3)
    asks: str = Field(min_length=3)
    not_in_a_case_file: str = ""


class PointList(_Strict):
    """Points that stand together."""

    name: str
    points: list[Point] = Field(min_length=1)


class CoverageYaml(_Strict):
    """The file: titles of documents, and the lists of points."""

    documents: dict[str, str] = {}
    lists: list[PointList]


@dataclass(frozen=True)
class Map:
    """The lists of points, and which standards and measures cover each."""

    lists: tuple[PointList, ...]
    standards: Mapping[str, tuple[str, ...]]
    measures: Mapping[str, tuple[str, ...]]

    def covered(self, points: PointList) -> int:
        """How many points of a list a standard or a measure covers."""
        return sum(bool(self.by(point)) for point in points.points)

    def by(self, point: Point) -> tuple[str, ...]:
        """The ids of all that covers a point."""
        return self.standards.get(point.id, ()) + self.measures.get(point.id, ())

    def open(self) -> list[Point]:
        """The points that nothing covers and of which nobody says why."""
        every = (point for points in self.lists for point in points.points)
        return [point for point in every if not self.by(point) and not point.not_in_a_case_file]


def read_points(path: Path) -> CoverageYaml:
    """The lists of points. Raises InputError with every problem."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        found = str(error.strerror) if isinstance(error, OSError) else "bytes that are no text"
        problem = Problem(str(path), 0, 0, "cannot be read", found=found, expected="the points that standards cover")
        raise InputError([problem], ExitCode.STANDARDS) from None
    read = load_marked(text, str(path))
    data = read.data if isinstance(read.data, dict) else {}
    try:
        found_points = CoverageYaml.model_validate(data)
    except ValidationError as error:
        raise InputError(from_validation(error, CoverageYaml, read), ExitCode.STANDARDS) from None
    _once_each(found_points, read)
    return found_points


def _once_each(found: CoverageYaml, read: MarkedYaml) -> None:
    seen: set[str] = set()
    problems = []
    for number, points in enumerate(found.lists):
        for place, point in enumerate(points.points):
            if point.id in seen:
                at = ("lists", number, "points", place, "id")
                problems.append(read.problem(at, "the same point twice", found=point.id, expected="each point once"))
            seen.add(point.id)
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)


def coverage(points: CoverageYaml, standards: Iterable[Covers], measures: Iterable[Covers] = ()) -> Map:
    """The map. Raises InputError where a standard or a measure says that it covers a point which is in no list."""
    known = {point.id for found in points.lists for point in found.points}
    standards, measures = tuple(standards), tuple(measures)
    problems = [problem for one in (*standards, *measures) for problem in _unknown(one, known)]
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)
    return Map(tuple(points.lists), _by_point(standards), _by_point(measures))


def _by_point(found: Iterable[Covers]) -> dict[str, tuple[str, ...]]:
    by_point: dict[str, dict[str, None]] = {}
    for one in found:
        for source in one.sources:
            for point in source.covers:
                by_point.setdefault(point, {})[one.id] = None
    return {point: tuple(ids) for point, ids in by_point.items()}


def _unknown(one: Covers, known: set[str]) -> Iterable[Problem]:
    wrong = [
        (number, place, point)
        for number, source in enumerate(one.sources)
        for place, point in enumerate(source.covers)
        if point not in known
    ]
    if not wrong:
        return
    read = load_marked(Path(one.file).read_text(encoding="utf-8-sig"), one.file)
    for number, place, point in wrong:
        at = ("sources", number, "covers", place)
        expected = "a point of coverage.yaml, such as PLAN 18"
        yield read.problem(
            at, "no such point to cover", found=point, expected=expected, did_you_mean=nearest(point, known)
        )
