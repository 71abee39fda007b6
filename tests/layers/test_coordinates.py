"""What bare coordinates seem to count."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from layers.coordinates import WHICH_CRS, advice, are_degrees, some_coordinates, swapping


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (39_462_764, 3_920_713, 'say crs = "EPSG:4527" if they are CGCS2000 metres of zone 39'),
        (20_462_764, 3_920_713, 'say crs = "EPSG:4498" if they are CGCS2000 metres of zone 20'),
        (3_920_713, 39_462_764, 'swap x and y, and say crs = "EPSG:4527"'),
        (13_462_764, 3_920_713, '"EPSG:4491".* zone 13, "EPSG:3857" if they are Web Mercator'),
        (12_978_000, 4_220_000, 'say crs = "EPSG:3857" if they are Web Mercator'),
        (3_920_713, 462_764, "swap x and y, the northing being the larger"),
        (116_583_456, 35_412_345, "divide them by 1,000,000"),
        (1_165_834_560, 354_123_450, "divide them by 10,000,000"),
        (419_700.5, 127_484.4, "divide them by 3,600"),
        (1_163_456, 352_512, "seem to hold minutes and seconds"),
        (462.764, 3920.713, "in metres, of which they seem to be thousands,"),
        (462_764_000, 3_920_713_000, "in metres, of which they seem to be thousandths"),
        (5000, 12_000, "a city's own grid"),
        (-4000, 81_000, "a city's own grid"),
    ],
)
def test_advice(x: float, y: float, words: str) -> None:
    import re  # noqa: PLC0415

    assert re.search(words, advice(np.array([[x, y]])))


@pytest.mark.parametrize("xy", [(462_764, 3_920_713), (116.5, 35.4), (1e8, 5), (np.nan, np.nan)])
def test_no_advice(xy: tuple[float, float]) -> None:
    assert advice(np.array([xy])) == WHICH_CRS
    assert advice(np.array([xy]), "ask") == "ask"


def test_one_wild_row_changes_no_advice() -> None:
    rows = np.array([[39_462_764, 3_920_713]] * 5 + [[np.inf, 0], [0, 0]], dtype=np.float64)
    assert "EPSG:4527" in advice(rows)


@pytest.mark.parametrize(("x", "y", "fits"), [(116, 35, True), (35, 116, True), (116, 95, False)])
def test_degrees(x: float, y: float, fits: bool) -> None:  # noqa: FBT001
    assert are_degrees(x, y) is fits


def test_some_coordinates() -> None:
    shapes = np.array([shapely.Point(row, 1) for row in range(2000)] + [None, shapely.Point()])
    some = some_coordinates(shapes)
    assert 300 <= len(some) <= 500
    assert np.isfinite(some).all()
    assert some[-1, 0] > 1900


def test_how_to_swap() -> None:
    assert "Swap X and Y coordinates" in swapping(None)
    assert swapping(("X", "Y")) == "swap them: x = 'Y', y = 'X'"
    assert swapping(("lon", "lat")).startswith("swap the headings 'lon' and 'lat'")
