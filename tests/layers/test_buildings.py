"""Buildings as mappers tag and draw them: homes or not; each case says why in its name."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from layers.openstreetmap import buildings as b
from layers.openstreetmap.buildings import is_building, why_no_home, why_no_homes


def tags(text: str) -> dict[str, str]:
    """Read ``"building=yes shop=bakery"``."""
    return dict(part.split("=", 1) for part in text.split(" "))


HOMES = {
    "a plain building": "building=yes",
    "with an address": "building=yes addr:housenumber=7 addr:street=Main",
    "with levels and a roof": "building=yes building:levels=7 roof:shape=flat",
    "flats": "building=apartments",
    "a house": "building=house",
    "a detached house": "building=detached",
    "half of a pair": "building=semidetached_house",
    "a row": "building=terrace",
    "a dormitory": "building=dormitory",
    "residential": "building=residential",
    "a farmhouse": "building=farm",
    "a houseboat": "building=houseboat",
    "flats above shops": "building=apartments;retail",
    "a plain building used as homes": "building=yes building:use=residential",
    "a use that is denied": "building=apartments shop=no",
    "rented to tourists, as any flat": "building=apartments tourism=apartment",
    "an old house": "building=house historic=yes",
    "on residential land": "building=yes landuse=residential",
    "not disused": "building=house disused=no",
    "being painted": "building=house construction=minor",
}

NO_HOMES = {
    "a shop": ("building=retail", b.OTHER_KIND),
    "offices": ("building=office", b.OTHER_KIND),
    "a hotel": ("building=hotel", b.OTHER_KIND),
    "a school": ("building=school", b.OTHER_KIND),
    "garages": ("building=garages", b.OTHER_KIND),
    "a shed": ("building=shed", b.OTHER_KIND),
    "a factory": ("building=industrial", b.OTHER_KIND),
    "a plain factory, it says": ("building=yes;industrial", b.OTHER_KIND),
    "a ruin": ("building=ruins", b.OTHER_KIND),
    "barracks": ("building=barracks", b.OTHER_KIND),
    "a plain building that is a school": ("building=yes amenity=school", b.OTHER_USE),
    "a plain building that is a shop": ("building=yes shop=supermarket", b.OTHER_USE),
    "flats that are a bakery": ("building=apartments shop=bakery", b.OTHER_USE),
    "a plain office": ("building=yes office=government", b.OTHER_USE),
    "a clinic": ("building=yes healthcare=clinic", b.OTHER_USE),
    "a gym": ("building=yes leisure=sports_centre", b.OTHER_USE),
    "a hotel in a plain building": ("building=yes tourism=hotel", b.OTHER_USE),
    "a workshop": ("building=yes craft=carpenter", b.OTHER_USE),
    "a mosque": ("building=yes amenity=place_of_worship religion=muslim", b.OTHER_USE),
    "a substation": ("building=yes power=substation", b.OTHER_USE),
    "a station": ("building=yes railway=station", b.OTHER_USE),
    "a water works": ("building=yes man_made=water_works", b.OTHER_USE),
    "a castle": ("building=yes historic=castle", b.OTHER_USE),
    "used as offices, it says": ("building=yes building:use=office", b.OTHER_USE),
    "on industrial land": ("building=yes landuse=industrial", b.OTHER_USE),
    "a roof on posts": ("building=yes wall=no", b.NO_WALLS),
    "being built": ("building=construction construction=apartments", b.UNUSED),
    "being built, as it will be": ("building=apartments construction=yes", b.UNUSED),
    "planned": ("building=apartments proposed=yes", b.UNUSED),
    "abandoned": ("building=house abandoned=yes", b.UNUSED),
    "disused": ("building=yes disused=yes", b.UNUSED),
    "razed": ("building=yes razed=yes", b.UNUSED),
    "below the ground": ("building=yes location=underground", b.UNUSED),
    "to be opened": ("building=apartments opening_date=2031", b.UNUSED),
}


@pytest.mark.parametrize("text", HOMES.values(), ids=HOMES.keys())
def test_home(text: str) -> None:
    assert why_no_home(tags(text)) is None
    assert is_building(tags(text))


@pytest.mark.parametrize(("text", "reason"), NO_HOMES.values(), ids=NO_HOMES.keys())
def test_no_home(text: str, reason: str) -> None:
    assert why_no_home(tags(text)) == reason


@pytest.mark.parametrize(
    "text", ["building=no", "building:part=yes", "disused:building=yes", "a=b"]
)
def test_no_building(text: str) -> None:
    assert not is_building(tags(text))


def outline(area_m2: float, lat: float) -> shapely.Polygon:
    """Give an outline of a size on the ellipsoid, which no map projection was asked for."""
    side = 4e-5
    for _ in range(4):
        box = shapely.box(7, lat, 7 + side, lat + side)
        side *= (area_m2 / abs(Geod(ellps="WGS84").geometry_area_perimeter(box)[0])) ** 0.5
    return box


def reasons(*geometry: shapely.Geometry, text: str = "building=yes") -> list[str | None]:
    return why_no_homes(np.array(geometry, object), [tags(text)] * len(geometry))


@pytest.mark.parametrize("lat", [0.0, 22.5, 60.0, -60.0])
def test_smallest_home_is_twenty_square_metres_anywhere(lat: float) -> None:
    assert reasons(outline(20.005, lat)) == [None]
    assert reasons(outline(19.995, lat)) == [b.TOO_SMALL]


def test_courtyard_is_not_counted_as_floor() -> None:
    whole = outline(100, 45)
    yard = shapely.affinity.scale(whole, 0.95, 0.95)  # 90.25 of 100 m²
    assert reasons(whole.difference(yard)) == [b.TOO_SMALL]
    smaller = shapely.affinity.scale(whole, 0.85, 0.85)  # 72.25 of 100 m²
    assert reasons(whole.difference(smaller)) == [None]


def test_point_and_nothing_are_no_home() -> None:
    assert reasons(shapely.Point(7, 43)) == [b.NO_FOOTPRINT]
    assert reasons(shapely.Polygon()) == [b.TOO_SMALL]
    assert reasons() == []


BLOCK = shapely.box(0, 0, 10e-4, 10e-4)
CORNER = shapely.box(0, 0, 2e-4, 2e-4)
MIDDLE = shapely.box(4e-4, 4e-4, 6e-4, 6e-4)
BESIDE = shapely.box(10e-4, 0, 12e-4, 2e-4)
ACROSS = shapely.box(9e-4, 9e-4, 11e-4, 11e-4)


def test_building_in_a_building_is_one_home() -> None:
    assert reasons(MIDDLE, BLOCK, CORNER) == [b.INSIDE, None, b.INSIDE]
    assert reasons(BLOCK, BLOCK) == [None, b.INSIDE]  # drawn twice
    assert reasons(BLOCK, BESIDE, ACROSS) == [None, None, None]  # wall to wall, and overlapping


def test_house_in_a_courtyard_is_a_home() -> None:
    ring = BLOCK.difference(shapely.box(3e-4, 3e-4, 7e-4, 7e-4))
    assert reasons(ring, MIDDLE) == [None, None]


def test_flats_in_the_outline_of_a_mall_are_homes() -> None:
    both = np.array([BLOCK, MIDDLE], object)
    kinds = [tags("building=retail"), tags("building=apartments")]
    assert why_no_homes(both, kinds) == [b.OTHER_KIND, None]


def test_first_reason_is_told() -> None:
    assert reasons(outline(5, 0), text="building=shed") == [b.OTHER_KIND]
    assert reasons(shapely.Point(0, 0), text="building=yes shop=kiosk") == [b.OTHER_USE]
