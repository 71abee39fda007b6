"""What brings coordinates to where the other layers lie."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from spatial.misplacement import Supposition, Surroundings, suppositions

TOWN = np.array([[116.5, 35.3], [116.7, 35.3], [116.7, 35.5], [116.5, 35.5]])
AMONG = Surroundings(TOWN)
WITHIN = np.random.default_rng(7).uniform((116.55, 35.35), (116.65, 35.45), (40, 2))


def projected(code: int, lonlat: NDArray[np.float64] = WITHIN) -> NDArray[np.float64]:
    turn = Transformer.from_crs(4326, code, always_xy=True)
    return np.column_stack(turn.transform(*lonlat.T))


@pytest.mark.parametrize("code", [4548, 4527, 4547, 4498, 32650, 32651, 3857])
def test_codes(code: int) -> None:
    assert code in [one.epsg for one in suppositions(projected(code), None, AMONG)]
    turned = suppositions(projected(code)[:, ::-1], None, AMONG)
    assert Supposition(code, swapped=True) in turned


def test_a_code_that_is_said_wrong() -> None:
    found = suppositions(projected(4548), CRS(4549), AMONG)
    assert found[0] == Supposition(4548)
    assert suppositions(projected(4549), CRS(4549), AMONG)[0].epsg == 4549


def test_gauss_krueger_and_utm_of_one_meridian_are_both_told_where_both_fit() -> None:
    assert [one.epsg for one in suppositions(projected(4548), None, AMONG)] == [4548, 32650]


def test_a_small_town_tells_them_apart() -> None:
    spots = np.random.default_rng(8).uniform((116.6, 35.4), (116.603, 35.403), (40, 2))
    village = Surroundings(spots)
    assert [one.epsg for one in suppositions(projected(32650, spots), None, village)] == [32650]


def test_codes_of_one_meridian_are_told_once() -> None:
    codes = [one.epsg for one in suppositions(projected(4509), None, AMONG)]
    assert (4548 in codes, 4509 in codes) == (True, False)


@pytest.mark.parametrize(
    ("xy", "found"),
    [
        (WITHIN[:, ::-1], Supposition(swapped=True)),
        (WITHIN * (-1, 1), Supposition(longitudes="sign")),
        (WITHIN - (100, 0), Supposition(longitudes="hundreds")),
    ],
)
def test_degrees(xy: NDArray[np.float64], found: Supposition) -> None:
    assert suppositions(xy, CRS(4326), AMONG) == [found]


def test_another_city_is_no_mistake_of_coordinates() -> None:
    assert suppositions(np.add(WITHIN, (5, 2)), CRS(4326), AMONG) == []
    assert suppositions(np.add(projected(4548), (450_000, 900_000)), CRS(4548), AMONG) == []


def test_outside_china() -> None:
    nice = Surroundings(np.array([[7.2, 43.6], [7.4, 43.6], [7.3, 43.8]]))
    spots = np.array([[7.3, 43.7], [7.31, 43.69]])
    assert suppositions(projected(32632, spots), None, nice)[0].epsg == 32632
    assert suppositions(spots[:, ::-1], CRS(4326), nice)[0] == Supposition(swapped=True)


def test_how_far() -> None:
    away = AMONG.away_m(np.array([[116.6, 35.4], [116.6, 36.5], [np.inf, np.inf]]))
    assert away[0] == 0
    assert away[1] == pytest.approx(111_000, rel=0.01)
    assert np.isnan(away[2])
    assert AMONG.nearest_m(np.full((1, 2), np.inf)) == np.inf
