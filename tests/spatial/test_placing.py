"""Known shifts are told from how places lie to the streets, and nothing else is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from spatial import datum
from spatial.placing import FEWEST, SHIFTS, StreetPattern, placing

Points = NDArray[np.float64]
ORIGIN = np.array([462_764.0, 3_919_000.0])  # Jining
TO_DEGREES = Transformer.from_crs(4548, 4326, always_xy=True)
DONE = {
    "gcj02": datum.wgs84_to_gcj02,
    "bd09": datum.wgs84_to_bd09,
    "gcj02 undone": datum.gcj02_to_wgs84,
    "bd09 undone": datum.bd09_to_wgs84,
    "bd09 as gcj02": datum.gcj02_to_bd09,
    "gcj02 as bd09": datum.bd09_to_gcj02,
}
"""What happened to places that need each of `SHIFTS`."""


def lonlat(xy: Points) -> Points:
    return np.column_stack(TO_DEGREES.transform(*(np.asarray(xy, np.float64) + ORIGIN).T))


def chessboard(size_m: float, block_m: float, turned: float = 0.3) -> list[Points]:
    """Streets in both directions, turned a little, as no city lies due north."""
    at = np.arange(0, size_m + 1, block_m)
    ways = [[[x, 0], [x, size_m]] for x in at] + [[[0, y], [size_m, y]] for y in at]
    turn = np.array([[np.cos(turned), -np.sin(turned)], [np.sin(turned), np.cos(turned)]])
    return [np.array(way) @ turn.T for way in ways]


def pattern(ways: list[Points]) -> StreetPattern:
    return StreetPattern(np.array([shapely.LineString(lonlat(way)) for way in ways]))


def beside(ways: list[Points], count: int, chance: np.random.Generator, off_m: float) -> Points:
    """Points along the streets, some metres off."""
    way = chance.integers(len(ways), size=count)
    ends = np.array(ways)[way]
    share = chance.random((count, 1))
    spot = ends[:, 0] + share * (ends[:, 1] - ends[:, 0])
    return np.asarray(spot + chance.normal(0, off_m, (count, 2)))


def off_the_streets(size_m: float, block_m: float, count: int, chance: Any) -> Points:
    """Points within blocks, 12 to 45 m from the nearest street."""
    spots = chance.uniform(0, size_m, (60 * count, 2))
    inside = spots % block_m
    away = np.minimum(inside, block_m - inside).min(axis=1)
    turn = np.array([[np.cos(0.3), -np.sin(0.3)], [np.sin(0.3), np.cos(0.3)]])
    return np.asarray(spots[(away > 12) & (away < 45)][:count] @ turn.T)


def moved(shift: str | None, xy: Points) -> NDArray[np.object_]:
    places = lonlat(xy)
    if shift is not None:
        places = np.column_stack(DONE[shift](*places.T))
    return np.asarray(shapely.points(places), dtype=object)


@pytest.mark.parametrize("shift", [None, *SHIFTS])
def test_stops_tell_every_shift(shift: str | None) -> None:
    ways = chessboard(3000, 250)
    stops = beside(ways, 80, np.random.default_rng(1), 6.0)
    found = placing(moved(shift, stops), pattern(ways))
    assert found is not None
    assert (found.shift, found.places) == (shift, 80)
    if shift == "gcj02":
        assert 400 < found.moved_m < 700
        assert found.median_m[1] < 10 < found.median_m[0]


@pytest.mark.parametrize("shift", [None, "gcj02", "bd09"])
def test_homes_keep_off_streets(shift: str | None) -> None:
    ways = chessboard(3000, 200)
    homes = off_the_streets(3000, 200, 400, np.random.default_rng(2))
    found = placing(moved(shift, homes), pattern(ways), ("gcj02", "bd09"), seeking=False)
    assert found is not None
    assert found.shift == shift


@pytest.mark.parametrize("count", [FEWEST, 5, 12])
@pytest.mark.parametrize("shift", [None, "gcj02", "bd09", "gcj02 undone"])
def test_in_a_small_town_shifted_places_lie_outside(shift: str | None, count: int) -> None:
    ways = chessboard(300, 100)
    stops = beside(ways, count, np.random.default_rng(3), 3.0)
    found = placing(moved(shift, stops), pattern(ways), ("gcj02", "bd09", "gcj02 undone"))
    assert found is not None
    assert found.shift == shift


@pytest.mark.parametrize("shift", [None, "gcj02"])
def test_streets_end_at_parks(shift: str | None) -> None:
    """Blocks of houses and parks are crossed by no street; shifted ones are."""
    ways = chessboard(2500, 250, turned=0.0)
    chance = np.random.default_rng(4)
    corner = 250 * chance.integers(0, 10, (90, 2)) + chance.uniform(15, 60, (90, 2))
    size = chance.uniform(100, 170, (90, 2))
    rings = np.stack([corner, corner + size * [1, 0], corner + size, corner + size * [0, 1]], 1)
    degrees = lonlat(rings.reshape(-1, 2))
    if shift:
        degrees = np.column_stack(DONE[shift](*degrees.T))
    parks = np.array([shapely.Polygon(ring) for ring in degrees.reshape(-1, 4, 2)])
    found = placing(parks, pattern(ways), ("gcj02", "bd09"), seeking=False)
    assert found is not None
    assert found.shift == shift
    if shift:
        assert found.crossed[1] == 0 < found.crossed[0]


def test_places_without_a_pattern_claim_nothing() -> None:
    ways = pattern(chessboard(3000, 250))
    for seed in range(40):
        chance = np.random.default_rng(seed)
        spots = chance.uniform(0, 2500, (int(chance.integers(3, 300)), 2))
        found = placing(moved(None, spots), ways, seeking=bool(seed % 2))
        assert found is not None
        assert found.shift is None, seed


def test_places_that_reach_beyond_the_streets_claim_nothing() -> None:
    """A layer of a whole city, of which the streets cover the middle."""
    ways = chessboard(1000, 100)
    stops = beside(chessboard(4000, 100), 300, np.random.default_rng(5), 5.0) - [1000, 1500]
    found = placing(moved(None, stops), pattern(ways))
    assert found is not None
    assert found.shift is None


def test_too_few_places_or_none_in_china() -> None:
    ways = pattern(chessboard(300, 100))
    assert placing(moved("gcj02", np.zeros((FEWEST - 1, 2))), ways) is None
    abroad = np.array([shapely.LineString([(7.4, 43.7), (7.5, 43.8)])])
    assert placing(shapely.points([[7.4, 43.7]] * 9), StreetPattern(abroad)) is None
    far = moved(None, np.full((9, 2), 50_000.0))
    assert placing(far, ways) is None


def test_the_same_places_tell_the_same_twice() -> None:
    ways = chessboard(2000, 200)
    stops = moved("gcj02", beside(ways, 60, np.random.default_rng(6), 6.0))
    assert placing(stops, pattern(ways)) == placing(stops, pattern(ways))
