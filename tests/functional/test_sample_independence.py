"""Independence: the parts that bar an auditor, and the edges of the window."""

from datetime import date, timedelta

import pytest

from qaengine.model.problem import ExitCode, InputError
from qaengine.sample import Part, Role, Window, conflicts

WINDOW = Window(date(2018, 10, 1), date(2019, 9, 30))
DAY = timedelta(days=1)


@pytest.mark.parametrize(("days", "barred"), [(-1, False), (0, True), (1, True)])
def test_a_role_bars_from_the_first_day_of_the_window(days: int, barred: bool) -> None:
    role = Role(Part.WORKER, "SW-1", date(2017, 1, 1), WINDOW.first_day + days * DAY)
    assert bool(conflicts("SW-1", [role], WINDOW)) is barred


@pytest.mark.parametrize(("days", "barred"), [(-1, True), (0, True), (1, False)])
def test_a_role_bars_until_the_last_day_of_the_window(days: int, barred: bool) -> None:
    role = Role(Part.CHAIR, "IRO-1", WINDOW.last_day + days * DAY, None)
    assert bool(conflicts("IRO-1", [role], WINDOW)) is barred


@pytest.mark.parametrize("part", list(Part))
def test_every_part_bars_and_a_role_without_dates_bars_always(part: Part) -> None:
    assert conflicts("P-1", [Role(part, "P-1")], WINDOW) == (Role(part, "P-1"),)


def test_another_persons_roles_bar_nobody_and_all_of_ones_own_are_named() -> None:
    roles = [Role(Part.WORKER, "SW-1"), Role(Part.MANAGER, "TM-1"), Role(Part.SUPERVISOR, "TM-1")]
    assert conflicts("TM-1", roles, WINDOW) == tuple(roles[1:])
    assert conflicts("QA-1", roles, WINDOW) == ()


def test_dates_out_of_order_cannot_be() -> None:
    with pytest.raises(InputError, match="worker 'SW-1': the last day is before the first") as error:
        Role(Part.WORKER, "SW-1", date(2019, 1, 2), date(2019, 1, 1))
    assert error.value.exit_code == ExitCode.CASE_DATA
    assert Role(Part.WORKER, "SW-1", date(2019, 1, 2), date(2019, 1, 2)).first_day
    with pytest.raises(InputError, match="window"):
        Window(date(2019, 1, 2), date(2019, 1, 1))
