"""A standard read back in plain English, as Markdown that can stand in a policy."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from qaengine.evaluate.explain.in_words import lines, sentence
from qaengine.evaluate.explain.names import anchor_called, name_of, title, titles
from qaengine.evaluate.explain.numbers import where_from
from qaengine.evaluate.explain.words import called, count, day, listed, moment
from qaengine.model.condition import TRUE, Condition, Moment, Ref, Today
from qaengine.model.parameter import Decision, Parameter, ParameterValue
from qaengine.model.result import By, Origin
from qaengine.model.standard import (
    Anchor,
    Asks,
    AtMost,
    Check,
    Due,
    Each,
    FollowedBy,
    GapLimit,
    Has,
    Includes,
    NoGapOver,
    Remedy,
    Response,
    Share,
    Standard,
)
from qaengine.model.trajectory import Trajectory
from qaengine.standards.checks import shown_value

_INNER = "\t"
"""What begins a line that belongs to the one above it."""

_NTH = ("", "second ", "third ", "fourth ", "fifth ")


Later = Mapping[str, Sequence[Decision]]
"""What a council has decided that is not yet in force, by the name of the number."""


def policy(
    standard: Standard,
    documents: Mapping[str, str] = MappingProxyType({}),
    later: Later = MappingProxyType({}),
) -> Iterator[str]:
    """The lines of a standard read back: why, for whom, what must be so and how it is told, numbers, remedy, sources.

    `documents` has the title of each source that is named by its file. `later` is said beside the number in force.
    """
    yield f"# {standard.title}"
    yield ""
    yield f"*{standard.id}: {standard.theme}; {standard.severity}{_in_force(standard)}*"
    yield ""
    yield standard.intent
    yield from _section("For whom", list(lines(standard.applies_to)) or ["- every child"])
    if standard.anchors:
        yield from _section("Words used below", [f"- {_anchor(anchor)}" for anchor in standard.anchors])
    recorded = [check for check in standard.checks if check.by is By.RECORD]
    yield from _section("What the record must show", _numbered(recorded))
    if standard.rests_on:
        yield ""
        title = listed((f"`{name}`" for name in standard.rests_on), "or")
        yield f"The standard is met only where {title} is met: its title rests on that."
    flags = [check for check in standard.checks if check.by is By.READER and not isinstance(check.test, Asks)]
    if flags:
        yield from _section("What is pointed out to a reader, and counts neither for nor against", _numbered(flags))
    questions = [check.test for check in standard.checks if isinstance(check.test, Asks)]
    if questions:
        yield from _section("What only a person can judge", [_question(question) for question in questions])
    if standard.target is not None:
        yield from _section("How many, and by when", [f"- {target_in_words(standard.target)}"])
    if standard.parameters:
        yield from _section("Numbers and lists, and where each comes from", _parameters(standard.parameters, later))
    yield from _section("If it is not evidenced on the record", _remedies(standard))
    yield from _section(
        "Sources",
        [_source(documents.get(one.document, one.document), one.reference, one.url) for one in standard.sources],
    )
    yield ""


def target_in_words(target: Trajectory) -> str:
    """A trajectory in a row of words: 70 % of the children by 30 November 2019 and 100 % by 31 March 2020."""
    return listed(f"{one.percent} % by {day(one.by)}" for one in target.targets)


def _in_force(standard: Standard) -> str:
    begins, ends = standard.effective_from, standard.effective_to
    since = f"; in force from {day(begins)}" if begins else ""
    return since + (f"; in force until {day(ends)}" if ends else "")


def _section(heading: str, body: list[str]) -> Iterator[str]:
    yield ""
    yield f"## {heading}"
    yield ""
    yield from body


def _numbered(checks: list[Check]) -> list[str]:
    return [line for number, check in enumerate(checks, 1) for line in _check(number, check)]


def _check(number: int, check: Check) -> Iterator[str]:
    red = " **A child may be unsafe now where this is not so.**" if check.red_flag else ""
    yield f"{number}. **{check.says}.**{red} (`{check.id}`)"
    for line in _told(check):
        nested = line.startswith(_INNER)
        yield f"     - {line.removeprefix(_INNER)}" if nested else f"   - {line}"


def _told(check: Check) -> Iterator[str]:
    """How a check is decided, in a few lines."""
    if check.when != TRUE and (words := sentence(check.when)):
        yield f"only where {words}"
    if check.depends_on != TRUE:
        yield f"cannot be decided unless {sentence(check.depends_on)}"
    yield from _test(check)


def _test(check: Check) -> Iterator[str]:
    match check.test:
        case Has() as test:
            yield from _has(test)
        case Each() as test:
            yield f"of {_which(test.record_type, test.where, test.anchor)}: {sentence(test.must) or 'it is there'}"
            yield from _due(test.due)
        case FollowedBy() as test:
            yield from _followed(test)
        case Includes() as test:
            yield from _includes(test)
        case NoGapOver() as test:
            yield from _no_gap(test)
        case AtMost() as test:
            started, ended = name_of(test.record_type, test.starts), name_of(test.record_type, test.ends)
            yield f"of {_which(test.record_type, test.where)}: at most {test.within} from {started} to {ended}"
            yield from (f"unless there is {_response(answer, test.record_type)}" for answer in test.unless)
        case Share() as test:
            wanted = test.at_least
            much = target_in_words(wanted) if isinstance(wanted, Trajectory) else f"at least {wanted} %"
            yield f"of {_which(test.record_type, test.where)}: {much} of them, of which {sentence(test.must)}"


def _which(record_type: str, where: Condition, anchor: str = "") -> str:
    such = sentence(where)
    what = f"the {anchor_called(anchor, record_type)}" if anchor else f"each {title(record_type)}"
    return f"{what} of which {such}" if such else what


def _has(test: Has) -> Iterator[str]:
    how_many = f"at least one {title(test.record_type)}"
    if test.at_least != 1:
        how_many = f"at least {count(test.at_least, titles(test.record_type))}"
    such = sentence(test.where)
    fresh = f", no more than {test.no_older_than} old by {name_of(test.record_type, test.dated)}"
    yield f"{how_many}{f' of which {such}' if such else ''}{fresh if test.no_older_than else ''}"
    yield from _due(test.due)


def _due(due: Due | None) -> Iterator[str]:
    if due is not None:
        yield f"not yet due until {due.within} after {_moment(due.of)}"


def _moment(at: Moment) -> str:
    if isinstance(at, Ref):
        return called(at)
    return moment(at) if isinstance(at, Today) else day(at)


def _followed(test: FollowedBy) -> Iterator[str]:
    last = f"within {test.within}" if test.within else f"by its {name_of(test.record_type, test.by)}"
    yield f"after {_which(test.record_type, test.where)}, from its {name_of(test.record_type, test.dated)} and {last}:"
    yield from (f"{_INNER}{_response(answer, test.record_type)}" for answer in test.responses)
    if test.mitigated_by:
        reason = _response(test.mitigated_by, test.record_type)
        yield f"late all the same, but said to be accounted for, with {reason} before the last day"


def _response(answer: Response, trigger: str) -> str:
    dated = name_of(answer.dated.record_type, answer.dated.field)
    if not answer.record_type:
        return f"its {dated}" + _such(answer.where)
    whose = f" by {dated}" if answer.dated.record_type != trigger else ""
    return f"{_a(title(answer.record_type))}{whose}{_such(answer.where)}"


def _such(where: Condition) -> str:
    words = sentence(where)
    return f" of which {words}" if words else ""


def _a(words: str) -> str:
    return f"an {words}" if words[0] in "aeiou" or words.startswith("SDQ") else f"a {words}"


def _includes(test: Includes) -> Iterator[str]:
    wanted = listed(value.replace("_", " ") for value in test.required)
    by = name_of(test.among, test.by)
    yield f"of {_which(test.record_type, test.where)}: its {titles(test.among)} cover {wanted}, by {by}"
    if words := sentence(test.counting):
        yield f"only those count of which {words}"
    if test.or_refer is not None:
        yield f"for a person to decide where it is covered only by those of which {sentence(test.or_refer)}"


def _no_gap(test: NoGapOver) -> Iterator[str]:
    span = test.span
    during = f"during {_which(span.record_type, span.where)}" if span.record_type else f"since {called(span.starts)}"
    yield f"between {titles(test.record_type)}{_such(test.where)}, {during}:"
    yield from (f"{_INNER}{_limit(limit, place)}" for place, limit in enumerate(test.limits))


def _limit(limit: GapLimit, place: int) -> str:
    ordinal = {None: "", 1: "the first within "}.get(limit.nth, f"number {limit.nth} within ")
    words = sentence(limit.when)
    otherwise = " otherwise" if place and not words and limit.nth is None else ""
    return f"{ordinal or 'no more than '}{limit.within}{f', where {words}' if words else ''}{otherwise}"


def _anchor(anchor: Anchor) -> str:
    order = "latest" if anchor.latest else "earliest"
    nth = _NTH[anchor.nth - 1] if anchor.nth <= len(_NTH) else f"number {anchor.nth} "
    by = name_of(anchor.record_type, anchor.by)
    called_so = anchor_called(anchor.name, anchor.record_type)
    return f"*{called_so}*: the {nth}{order} {title(anchor.record_type)} by {by}{_such(anchor.where)}"


def _question(test: Asks) -> str:
    return f"- {test.question}" + (f" {test.guidance.strip()}" if test.guidance else "")


def _parameters(parameters: tuple[Parameter, ...], later: Later) -> list[str]:
    rows = ["| name | value | where it comes from | whose it is |", "|---|---|---|---|"]
    for parameter in parameters:
        ours = " (nobody's rule: change it)" if parameter.origin is Origin.PROPOSED else ""
        name = parameter.name.replace("_", " ")
        to_come = "".join(f"; {_from(decision)}" for decision in later.get(parameter.name, ()))
        rows.append(
            f"| {name} | {_value(parameter.value)}{to_come} | {where_from(parameter)}{ours} | {parameter.owner} |"
        )
    return rows


def _from(decision: Decision) -> str:
    return f"from {day(decision.decided_on)} {_value(decision.value)}, set by {decision.decided_by}"


def _value(value: ParameterValue) -> str:
    if isinstance(value, Trajectory):
        return target_in_words(value)
    return shown_value(value).replace("|", "/")


def _remedies(standard: Standard) -> list[str]:
    own = {check.remedy: check for check in standard.checks if check.remedy}
    first = _remedy(standard.remedy)
    return [f"- {first}", *(f"- `{check.id}`: {_remedy(remedy)}" for remedy, check in own.items())]


def _remedy(remedy: Remedy) -> str:
    return f"{remedy.action}: {remedy.owner}, within {remedy.within}"


def _source(document: str, reference: str, url: str) -> str:
    return f"- {document}: {reference}" + (f" <{url}>" if url else "")
