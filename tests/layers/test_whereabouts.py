"""Coordinates that cannot be what their file says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import CRS, Transformer

from layers.records import LayerOptions, Records
from layers.sifting import sift
from layers.vector import read_layer
from spatial.errors import InputError, UnplacedError

TOWN = np.random.default_rng(3).uniform((116.58, 35.40), (116.60, 35.42), (40, 2))


def projected(code: int) -> Any:
    turn = Transformer.from_crs(4326, code, always_xy=True)
    return np.column_stack(turn.transform(*TOWN.T))


def sifted(xy: Any, crs: object, **taken: str) -> Records:
    """Records of points, as sifted for a layer of homes."""
    index = pd.RangeIndex(1, len(xy) + 1)
    points = shapely.points(np.asarray(xy, dtype=np.float64))
    records = Records(LayerOptions(), pd.DataFrame({"a": 1}, index=index), points, CRS(crs))
    records.taken |= taken
    sift(records, (0, 2), "homes")
    return records


def refused(words: str, xy: Any, crs: object, **taken: str) -> InputError:
    with pytest.raises(InputError) as caught:
        sifted(xy, crs, **taken)
    assert re.search(words, str(caught.value)), caught.value
    return caught.value


@pytest.mark.parametrize("code", [4326, 4490, 4548, 4527, 4547, 4549, 4509, 32650, 3857, 4979])
def test_what_is_right_stays(code: int) -> None:
    xy = TOWN if CRS(code).is_geographic else projected(code)
    records = sifted(xy, code)
    assert len(records.table) == len(TOWN)
    assert not records.dropped


@pytest.mark.parametrize(
    ("own", "said", "words"),
    [
        (4527, 4548, 'begin with zone 39, unlike its CRS EPSG:4548; say crs = "EPSG:4527"'),
        (4548, 4527, 'lack the number of the zone of its CRS EPSG:4527; say crs = "EPSG:4548"'),
        (4527, 4526, 'begin with zone 39, unlike its CRS EPSG:4526; say crs = "EPSG:4527"'),
        (4498, 4527, 'begin with zone 20, unlike its CRS EPSG:4527; say crs = "EPSG:4498"'),
        (4548, 4498, 'lack the number of the zone of its CRS EPSG:4498; say crs = "EPSG:4509"'),
        (3857, 4548, 'far from where its CRS EPSG:4548 is used; say crs = "EPSG:3857"'),
        (4548, 4490, "no degrees, but its CRS is EPSG:4490; say crs = ... with the CRS in metres"),
        (4527, 4326, 'no degrees, but its CRS is EPSG:4326; say crs = "EPSG:4527"'),
        (3857, 4326, 'no degrees.*say crs = "EPSG:3857" if they are Web Mercator'),
        (4490, 4548, 'are degrees, but its CRS EPSG:4548 is in metres; say crs = "EPSG:4326"'),
        (4490, 3857, "are degrees, but its CRS EPSG:3857 is in metres"),
        (4490, "+proj=tmerc +lon_0=116.5 +x_0=500000 +ellps=GRS80", "are degrees"),
    ],
)
def test_another_crs_than_it_says(own: int, said: object, words: str) -> None:
    xy = TOWN if CRS(own).is_geographic else projected(own)
    error = refused(words, xy, said)
    assert isinstance(error, UnplacedError)
    assert len(error.xy) == len(TOWN)


def test_a_drawing_from_the_corner_of_a_grid_is_not_in_degrees() -> None:
    corner = np.random.default_rng(1).uniform(0, 20, TOWN.shape)
    assert len(sifted(corner, 32632).table) == len(TOWN)


@pytest.mark.parametrize(("factor", "words"), [(1e-3, "thousands,"), (1e3, "thousandths")])
def test_other_units(factor: float, words: str) -> None:
    refused(
        f"far from where its CRS EPSG:4548 is used; write them in metres.*{words}",
        factor * projected(4548),
        4548,
    )


@pytest.mark.parametrize("code", [4548, 4527, 32650])
def test_northings_first(code: int) -> None:
    turned = projected(code)[:, ::-1]
    refused("its x seems to point north.*'Swap X and Y coordinates' in QGIS", turned, code)
    refused("'X' seems to point north.*swap them: x = 'Y', y = 'X'", turned, code, x="X", y="Y")


def test_latitudes_first() -> None:
    refused("unless longitude and latitude are swapped; swap them with", TOWN[:, ::-1], 4326)
    words = "swap the headings 'lon' and 'lat'"
    refused(words, TOWN[:, ::-1], 4326, x="lon", y="lat")


def test_latitudes_first_in_the_west_of_china() -> None:
    kashgar = TOWN[:, ::-1] - (35.4 - 39.47, 116.59 - 75.99)
    refused("lie in the Arctic, but in China once swapped", kashgar, 4326)


def test_svalbard_is_a_place() -> None:
    assert len(sifted(TOWN - (116.59 - 15.6, 35.4 - 78.2), 4326).table) == len(TOWN)


def test_several_zones() -> None:
    xy = projected(4527)
    xy[:15, 0] -= 1e6
    refused("eastings begin with several zones, 38 and 39; save each zone", xy, 4527)


@pytest.mark.parametrize("code", [4326, 4548])
@pytest.mark.parametrize("few", [1, 4])
def test_strays(code: int, few: int) -> None:
    xy = TOWN.copy() if code == 4326 else projected(code)
    xy[3 : 3 + few] += 20 if code == 4326 else 2e6
    records = sifted(xy, code)
    assert records.dropped == {"lies far from all others (first: feature 4)": few}


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        (3_920_000, 462_764, "x and y are swapped"),
        (116.59, 35.41, "degrees in a layer of metres"),
        (39_462_764, 3_920_713, "coordinates beyond the Earth"),
        (0, 0, "coordinates are 0, 0"),
        (1e12, 0, "coordinates beyond the Earth"),
    ],
)
def test_one_stray_in_metres(x: float, y: float, reason: str) -> None:
    records = sifted([*projected(4548), (x, y)], 4548)
    assert records.dropped == {f"{reason} (first: feature 41)": 1}


def test_one_swapped_where_both_are_degrees() -> None:
    kashgar = TOWN - (116.59 - 75.99, 35.4 - 39.47)
    records = sifted([*kashgar, kashgar[0][::-1]], 4326)
    assert records.dropped == {"x and y are swapped (first: feature 41)": 1}


def test_a_region_has_no_strays() -> None:
    wide = TOWN + np.random.default_rng(4).uniform(-8, 8, TOWN.shape)
    assert not sifted(wide, 4326).dropped
    assert not sifted([*TOWN, (117.4, 35.4)], 4326).dropped  # 75 km


def test_too_many_to_be_slips() -> None:
    xy = TOWN.copy()
    xy[:15] += 20
    assert not sifted(xy, 4326).dropped
    assert not sifted([*TOWN[:3], (100, 20)], 4326).dropped


def test_parameters_in_a_crs_are_applied(tmp_path: Path) -> None:
    """TOWGS84 is lost on the way to CGCS2000, so that places come to WGS 84 at once."""
    crs = CRS(
        "+proj=tmerc +lon_0=117 +x_0=500000 +a=6378140 +rf=298.257 "
        "+towgs84=10,-200,30,0.1,0.2,0.3,1 +units=m"
    )
    layer = gpd.GeoSeries.from_xy(*projected(4548).T, crs=crs)
    layer.to_file(tmp_path / "h.gpkg")
    read = read_layer("homes", tmp_path / "h.gpkg")
    turn = Transformer.from_crs(crs, 4326, always_xy=True)
    expected = np.column_stack(turn.transform(*projected(4548).T))
    assert read.places.crs is not None
    assert read.places.crs.to_epsg() == 4326
    assert shapely.get_coordinates(read.places.geometry) == pytest.approx(expected, abs=1e-9)
    assert np.abs(expected - TOWN).max() * 111_000 > 100
    assert read.taken["crs"].endswith("brought to WGS 84 by its parameters")
