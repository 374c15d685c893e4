"""The value of a parameter as it is written: a period, a number, a choice, a list of words or a trajectory."""

from itertools import pairwise

from qaengine.model.marked_yaml import Path
from qaengine.model.parameter import Parameter, ParameterValue
from qaengine.model.period import Period
from qaengine.model.trajectory import Target, Trajectory
from qaengine.standards.names import Names
from qaengine.standards.surface import ParameterYaml, TargetYaml


def parameter_of(names: Names, name: str, parameter: ParameterYaml) -> Parameter:
    """A parameter with its value; what is wrong with that is noted."""
    value, choices = _value(names, name, parameter), tuple(parameter.choices)
    return Parameter(name, value, parameter.source, parameter.owner, parameter.proposed, choices)


def _value(names: Names, name: str, parameter: ParameterYaml) -> ParameterValue:
    value, path = parameter.value, ("parameters", name, "value")
    if isinstance(value, list):
        targets = [target for target in value if isinstance(target, TargetYaml)]
        return _trajectory(names, targets, path) if targets else tuple(map(str, value))
    if isinstance(value, int):
        return value
    if parameter.choices:
        if value not in parameter.choices:
            expected = "one of " + ", ".join(parameter.choices)
            names.wrong(path, "not one of its choices", value, expected, value, parameter.choices)
        return value
    try:
        return Period.parse(value)
    except ValueError as error:
        names.wrong(path, "not a period", value, str(error))
        names.broken.add(name)
        return value


def _trajectory(names: Names, targets: list[TargetYaml], path: Path) -> Trajectory:
    for place, (before, after) in enumerate(pairwise(targets), 1):
        if after.by <= before.by:
            names.wrong((*path, place, "by"), "not after the target before it", after.by, f"after {before.by}")
    return Trajectory(tuple(Target(target.by, target.percent) for target in targets))
