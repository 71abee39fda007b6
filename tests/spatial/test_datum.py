"""GCJ-02 and BD-09: known places, exact round trips, nothing outside China."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.datum import (
    SHIFTED_SOUTH_NORTH,
    SHIFTED_WEST_EAST,
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    is_shifted,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)

METRES_PER_DEGREE = 111_320.0
EXACT_M = 1e-6
MARGIN = 0.02
"""Degrees within which a shift can cross the rectangle's edge."""

in_china = st.tuples(
    st.floats(SHIFTED_WEST_EAST[0] + MARGIN, SHIFTED_WEST_EAST[1] - MARGIN),
    st.floats(SHIFTED_SOUTH_NORTH[0] + MARGIN, SHIFTED_SOUTH_NORTH[1] - MARGIN),
)
anywhere = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


def metres(a: tuple[np.ndarray, np.ndarray], b: tuple[np.ndarray, np.ndarray]) -> float:
    """How far two places lie apart, at most."""
    return float(np.max(np.hypot(a[0] - b[0], a[1] - b[1]), initial=0.0) * METRES_PER_DEGREE)


@given(st.lists(in_china, min_size=1, max_size=20))
def test_round_trips_are_exact(places: list[tuple[float, float]]) -> None:
    x, y = np.array(places).T
    assert metres(gcj02_to_wgs84(*wgs84_to_gcj02(x, y)), (x, y)) < EXACT_M
    assert metres(bd09_to_gcj02(*gcj02_to_bd09(x, y)), (x, y)) < EXACT_M
    assert metres(bd09_to_wgs84(*wgs84_to_bd09(x, y)), (x, y)) < EXACT_M
    assert metres(wgs84_to_gcj02(*gcj02_to_wgs84(x, y)), (x, y)) < EXACT_M


@given(anywhere)
def test_outside_china_nothing_moves(place: tuple[float, float]) -> None:
    x, y = (np.array([one]) for one in place)
    moved = metres(wgs84_to_gcj02(x, y), (x, y))
    assert (moved > 0) <= bool(is_shifted(x, y)[0])
    if not is_shifted(x, y)[0]:
        assert moved == 0


@pytest.mark.parametrize(
    ("x", "y", "east", "north", "metres_off"),
    [
        # As the usual converters give them; they agree with one another to the last digit.
        (116.404, 39.915, 116.41024449916938, 39.91640428150164, 555),
        (121.4737, 31.2304, 121.47822305927693, 31.22845773757727, 482),
        (104.0665, 30.5728, 104.06900492845789, 30.570345719673213, 361),
        (113.2644, 23.1291, 113.26972959210308, 23.126423339922844, 621),
    ],
)
def test_known_places(x: float, y: float, east: float, north: float, metres_off: float) -> None:
    found = wgs84_to_gcj02(x, y)
    assert found[0] == pytest.approx(east, abs=1e-9)
    assert found[1] == pytest.approx(north, abs=1e-9)
    away = np.hypot((found[0] - x) * np.cos(np.radians(y)), found[1] - y) * METRES_PER_DEGREE
    assert away == pytest.approx(metres_off, rel=0.01)


def test_a_known_place_in_bd09() -> None:
    x, y = gcj02_to_bd09(116.404, 39.915)
    assert (float(x), float(y)) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)


def test_any_shape_is_kept_and_nothing_is_changed_in_place() -> None:
    x, y = np.full((3, 2), 116.4), np.full((3, 2), 39.9)
    for ways in (wgs84_to_gcj02, gcj02_to_wgs84, gcj02_to_bd09, bd09_to_gcj02):
        assert ways(x, y)[0].shape == (3, 2)
        assert ways([], [])[0].shape == (0,)
    assert (x == 116.4).all()
    assert (y == 39.9).all()


def test_a_shift_that_is_wrong_by_the_middle_of_a_city_is_not() -> None:
    """Moving a whole map by one offset is metres wrong; each vertex on its own is not."""
    x, y = np.meshgrid(np.linspace(116.2, 116.6, 30), np.linspace(39.75, 40.1, 30))
    east, north = wgs84_to_gcj02(x, y)
    middle = np.mean(east - x), np.mean(north - y)
    by_one_offset = x + middle[0], y + middle[1]
    assert metres((east, north), by_one_offset) > 20
