"""Which CRS one measures in, and which are refused."""

from __future__ import annotations

import math

import pytest
from pyproj import CRS, Geod, Transformer

from spatial.crs import crs_from_text, local_crs, require_metric
from spatial.errors import InputError


@pytest.mark.parametrize(
    ("place", "lon", "lat", "epsg"),
    [
        ("Jining", 116.59, 35.42, 4548),
        ("Shenzhen", 114.06, 22.54, 4547),
        ("Urumqi", 87.62, 43.83, 4538),
        ("Sansha", 112.34, 16.84, 4546),
        ("west edge of China", 73.62, 39.0, 4534),
        ("east edge of China", 134.77, 48.3, 4554),
        ("just west of a zone's edge", 115.4999, 35.0, 4547),
        ("on a zone's edge", 115.5, 35.0, 4548),
        ("on the next edge", 118.5, 35.0, 4549),
        ("Monaco", 7.42, 43.74, 32632),
        ("Las Palmas", -15.43, 28.12, 32628),
        ("Singapore", 103.82, 1.35, 32648),
        ("Sydney", 151.21, -33.87, 32756),
        ("on the equator", 9.0, 0.0, 32632),
        ("date line, east side", 180.0, 10.0, 32601),
        ("date line, west side", -180.0, 10.0, 32601),
    ],
)
def test_local_crs(place: str, lon: float, lat: float, epsg: int) -> None:
    assert local_crs(lon, lat).to_epsg() == epsg, place


@pytest.mark.parametrize(
    ("lon", "lat", "error"),
    [(116.59, 35.42, 4e-4), (112.51, 16.7, 4e-4), (7.42, 43.74, 1e-3), (8.99, 0.1, 1e-3)],
)
def test_a_local_metre_is_a_metre(lon: float, lat: float, error: float) -> None:
    to_local = Transformer.from_crs("EPSG:4326", local_crs(lon, lat), always_xy=True)
    east, north, _ = Geod(ellps="WGS84").fwd(lon, lat, -60.0, 1000.0)
    x, y = to_local.transform([lon, east], [lat, north])
    assert math.dist((x[0], y[0]), (x[1], y[1])) == pytest.approx(1000, rel=error)


@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [
        (462489.0, 3920713.0, "no place on Earth"),
        (math.nan, 35.0, "no place on Earth"),
        (10.0, math.inf, "no place on Earth"),
        (20.0, 88.0, "pole"),
        (20.0, -85.0, "pole"),
    ],
)
def test_no_local_crs(lon: float, lat: float, words: str) -> None:
    with pytest.raises(InputError, match=words):
        local_crs(lon, lat)


@pytest.mark.parametrize("text", ["EPSG:4548", "EPSG:4527", "EPSG:32650", "EPSG:3035", "EPSG:7405"])
def test_metric(text: str) -> None:
    crs = CRS(text)
    assert require_metric(crs) is crs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("EPSG:4326", "EPSG:4326.*is in degrees; use a local CRS.*EPSG:4548"),
        ("EPSG:4490", "is in degrees"),
        ("EPSG:4979", "is in degrees"),
        ("EPSG:3857", "stretches lengths"),
        ("EPSG:900913", "stretches lengths"),
        ("EPSG:3785", "stretches lengths"),
        ("ESRI:102113", "stretches lengths"),
        ("EPSG:3857+5773", "stretches lengths"),
        ("EPSG:3395", "stretches lengths"),
        ("EPSG:4087", "stretches lengths"),
        ("EPSG:2263", "US survey foot, not in metres; use EPSG:32618"),
        ("+proj=utm +zone=50 +datum=WGS84 +units=km", "kilometre, not in metres"),
        ("+proj=longlat +ellps=krass +towgs84=15.8,-154.4,-82.3", "is in degrees"),
        ("EPSG:4978", "no projected CRS"),
    ],
)
def test_not_metric(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        require_metric(CRS(text))


def test_no_crs_is_not_metric() -> None:
    with pytest.raises(InputError, match=r"has no CRS; say crs = .*EPSG:4548"):
        require_metric(None)


@pytest.mark.parametrize(
    ("text", "epsg"),
    [
        ("EPSG:4548", 4548),
        (" epsg:4548 ", 4548),
        ("EPSG::4548", 4548),
        ("4548", 4548),
        ("+init=epsg:4326", 4326),
        ("urn:ogc:def:crs:EPSG::4527", 4527),
        ("WGS84", 4326),
        ("wgs 84", 4326),
        ("CGCS2000", 4490),
        ("CGCS2000 / 3-degree Gauss-Kruger CM 117E", 4548),
        (CRS("EPSG:4548").to_wkt(), 4548),
    ],
)
def test_text(text: str, epsg: int) -> None:
    assert crs_from_text(text).to_epsg() == epsg


def test_proj_string() -> None:
    crs = crs_from_text("+proj=tmerc +lon_0=116.5 +x_0=500000 +ellps=GRS80 +units=m")
    assert require_metric(crs) is crs


@pytest.mark.parametrize(
    "text", ["EPSG:99999", "", "   ", "beijing", "济宁城建坐标系", "EPSG:", "12"]
)
def test_unknown_text(text: str) -> None:
    with pytest.raises(InputError, match=r"not known; write an EPSG code"):
        crs_from_text(text)


@pytest.mark.parametrize("text", ["EPSG:5773", "EPSG:4978", 'LOCAL_CS["济宁",UNIT["metre",1]]'])
def test_text_that_places_nothing(text: str) -> None:
    with pytest.raises(InputError, match="where on Earth"):
        crs_from_text(text)
