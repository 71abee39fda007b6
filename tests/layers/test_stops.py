"""Stops and stations laid out by hand, in metres around a spot at 22.5 degrees north."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from layers.openstreetmap.features import TaggedPlaces, TaggedWays
from layers.openstreetmap.stops import (
    BY_ENTRANCES,
    HALT,
    ONE_STATION_M,
    ONE_STOP_M,
    SAME_STOP,
    Merged,
    merged_stations,
    merged_stops,
)
from layers.openstreetmap.tagged import name_of

SIGN = "highway=bus_stop"
PLATFORM = "public_transport=platform, bus=yes"
POST = f"{SIGN}, {PLATFORM}"
HALTS = "public_transport=stop_position, bus=yes"
TRAM = "railway=tram_stop"
DOOR = "railway=subway_entrance"
STATION = "railway=station, station=subway"

Shape: TypeAlias = tuple[float, float] | shapely.Geometry


def placed(shape: Shape, lat: float = 22.5) -> shapely.Geometry:
    """Put a shape in metres (a pair is a point) on the globe, true to scale around the origin."""
    geometry = shapely.Point(shape) if isinstance(shape, tuple) else shape
    local = f"+proj=laea +lon_0=113.9 +lat_0={lat} +ellps=WGS84"
    to_lonlat = Transformer.from_crs(local, 4326, always_xy=True)
    return shapely.transform(geometry, lambda xy: np.column_stack(to_lonlat.transform(*xy.T)))


def tagged(things: Mapping[str, tuple[Shape, str]], lat: float = 22.5) -> TaggedPlaces:
    """Give places from ids, shapes and ``"highway=bus_stop, name=Gare"``, in the order of ids."""
    ids = sorted(things)
    shapes = np.array([placed(things[i][0], lat) for i in ids], object)
    texts = [things[i][1] for i in ids]
    return TaggedPlaces(
        ids, shapes, [dict(pair.split("=", 1) for pair in text.split(", ")) for text in texts]
    )


def ways(*lines: tuple[list[tuple[float, float]], list[int], str]) -> TaggedWays:
    """Give ways from vertices, nodes and the value of highway."""
    return TaggedWays(
        np.array([placed(shapely.LineString(line)) for line, _, _ in lines], object),
        [np.array(refs, np.int64) for _, refs, _ in lines],
        [{"highway": kind} for _, _, kind in lines],
    )


def merged(
    things: Mapping[str, tuple[Shape, str]], *, road: TaggedWays, lat: float = 22.5
) -> Merged:
    places = tagged(things, lat)
    return merged_stops(places, [name_of(tags) for tags in places.tags], road)


def left(things: Mapping[str, tuple[Shape, str]], result: Merged) -> dict[str, str | None]:
    """Give the ids that are left, and their names."""
    ids = sorted(things)
    assert len(result.kept) + sum(result.dropped.values()) == len(ids)
    assert len(result.points) == len(result.names) == len(result.kept)
    return dict(zip([ids[row] for row in result.kept], result.names, strict=True))


NO_ROAD = ways()
STREET = ways(([(-200, 0), (0, 0), (200, 0)], [901, 902, 903], "residential"))

SOUTH_BAY = shapely.box(-10, -9, 10, -6)
NORTH_BAY = shapely.box(-10, 6, 10, 9)

ONE = {
    "sign and platform": {"n1": ((0, 5), SIGN), "n2": ((4, 6), PLATFORM)},
    "sign and platform drawn as a line": {
        "n1": ((0, 5), SIGN),
        "w2": (shapely.LineString([(-20, 7), (20, 7)]), PLATFORM),
    },
    "sign and platform drawn as an area": {"n1": ((0, 5), SIGN), "w2": (NORTH_BAY, PLATFORM)},
    "sign on the edge of the platform": {"n1": ((0, 6), SIGN), "w2": (NORTH_BAY, PLATFORM)},
    "sign and platform in one node, and the platform's area": {
        "n1": ((0, 5), POST),
        "w2": (NORTH_BAY, PLATFORM),
    },
    "sign and where the bus halts": {"n1": ((0, 5), SIGN), "n902": ((0, 0), HALTS)},
    "all four": {
        "n1": ((0, 5), SIGN),
        "n2": ((3, 5), PLATFORM),
        "w2": (NORTH_BAY, PLATFORM),
        "n902": ((0, 0), HALTS),
    },
    "a sign in the middle of the road, and the platform": {
        "n902": ((0, 0), SIGN),
        "n1": ((0, 5), POST),
    },
    "a tram's halt and its platform": {"n902": ((0, 0), TRAM), "n1": ((0, 5), PLATFORM)},
    "a halt alone": {"n1": ((0, 0), HALTS)},
    "a sign in the middle of the road, alone": {"n1": ((0, 0), SIGN)},
    "a platform alone": {"n1": (NORTH_BAY, PLATFORM)},
}


@pytest.mark.parametrize("things", ONE.values(), ids=ONE.keys())
def test_one_stop_is_one(things: dict[str, tuple[Shape, str]]) -> None:
    assert list(left(things, merged(things, road=STREET))) == ["n1"]


TWO = {
    "two signs face to face": {"n1": ((0, 5), SIGN), "n2": ((0, -5), SIGN)},
    "two platforms face to face": {"w1": (NORTH_BAY, PLATFORM), "w2": (SOUTH_BAY, PLATFORM)},
    "a sign here, a platform there": {"n1": ((0, 5), SIGN), "n2": ((0, -5), PLATFORM)},
    "a sign here, a bay there": {"n1": ((0, 5), SIGN), "w2": (SOUTH_BAY, PLATFORM)},
    "two signs side by side": {"n1": ((0, 5), SIGN), "n2": ((8, 5), SIGN)},
    "two halts, one for each direction": {"n1": ((-9, 0), HALTS), "n902": ((9, 0), HALTS)},
    "two names side by side": {
        "n1": ((0, 5), f"{SIGN}, name=East"),
        "n2": ((3, 5), f"{PLATFORM}, name=West"),
    },
    "a halt of another name": {
        "n1": ((0, 5), f"{SIGN}, name=East"),
        "n902": ((0, 0), f"{HALTS}, name=West"),
    },
    "too far apart": {"n1": ((0, 5), SIGN), "n2": ((ONE_STOP_M + 1, 5), PLATFORM)},
}


@pytest.mark.parametrize("things", TWO.values(), ids=TWO.keys())
def test_two_stops_stay_two(things: dict[str, tuple[Shape, str]]) -> None:
    assert left(things, merged(things, road=STREET)).keys() == things.keys()


def test_a_sign_on_a_footway_is_no_halt() -> None:
    path = ways(([(-50, 6), (0, 6)], [1001, 1002], "footway"))
    things: dict[str, tuple[Shape, str]] = {"n1002": ((0, 6), SIGN), "n2": ((4, 6), PLATFORM)}
    assert list(left(things, merged(things, road=path))) == ["n1002"]
    street = ways(([(-50, 6), (0, 6)], [1001, 1002], "residential"))
    things["n2"] = ((0, 9), PLATFORM)
    assert list(left(things, merged(things, road=street))) == ["n2"]


def test_both_sides_of_a_road_with_all_that_can_be_mapped() -> None:
    things: dict[str, tuple[Shape, str]] = {
        "n1": ((0, 5), f"{SIGN}, name=Port"),
        "n2": ((0, -5), SIGN),
        "n902": ((0, 0), f"{HALTS}, name=Port"),
        "w3": (NORTH_BAY, PLATFORM),
        "w4": (SOUTH_BAY, f"{PLATFORM}, name=Port"),
    }
    result = merged(things, road=STREET)
    assert left(things, result) == {"n1": "Port", "n2": "Port"}
    assert result.dropped == {SAME_STOP: 2, HALT: 1}
    assert result.points.tolist() == [placed((0, 5)), placed((0, -5))]


def test_a_footway_between_does_not_part_them() -> None:
    path = ways(([(-50, 6), (50, 6)], [1001, 1002], "footway"))
    things: dict[str, tuple[Shape, str]] = {"n1": ((0, 5), SIGN), "n2": ((0, 8), PLATFORM)}
    assert list(left(things, merged(things, road=path))) == ["n1"]
    road = ways(([(-50, 6), (50, 6)], [1001, 1002], "service"))
    assert list(left(things, merged(things, road=road))) == ["n1", "n2"]


@pytest.mark.parametrize("lat", [0.0, 43.7, 60.0])
def test_near_is_measured_in_true_metres(lat: float) -> None:
    inside: dict[str, tuple[Shape, str]] = {
        "n1": ((0, 0), SIGN),
        "n2": ((ONE_STOP_M * 0.999, 0), PLATFORM),
        "n3": ((0, 500), SIGN),
        "n4": ((0, 500 + ONE_STOP_M * 0.999), PLATFORM),
    }
    outside = inside | {
        "n2": ((ONE_STOP_M * 1.001, 0), PLATFORM),
        "n4": ((0, 500 + ONE_STOP_M * 1.001), PLATFORM),
    }
    assert list(left(inside, merged(inside, road=NO_ROAD, lat=lat))) == ["n1", "n3"]
    assert list(left(outside, merged(outside, road=NO_ROAD, lat=lat))) == ["n1", "n2", "n3", "n4"]


def test_a_chain_of_signs_stays_a_chain() -> None:
    things: dict[str, tuple[Shape, str]] = {
        f"n{i}": ((20.0 * i, 0), f"{SIGN}, name=Terminal") for i in range(9)
    }
    assert len(left(things, merged(things, road=NO_ROAD))) == 9


def test_a_chain_of_signs_and_platforms_keeps_every_sign() -> None:
    things: dict[str, tuple[Shape, str]] = {
        f"n{i}": ((20.0 * i, 0), PLATFORM if i % 2 else SIGN) for i in range(9)
    }
    kept = left(things, merged(things, road=NO_ROAD))
    assert list(kept) == ["n0", "n2", "n4", "n6", "n8"]  # 4 platforms, each to a sign of its own


def test_a_platform_goes_to_the_nearest_sign_and_to_no_other() -> None:
    things: dict[str, tuple[Shape, str]] = {
        "n1": ((0, 0), f"{SIGN}"),
        "n2": ((12, 0), f"{SIGN}"),
        "n3": ((20, 0), f"{PLATFORM}, name=Quay"),
        "n4": ((40, 0), f"{PLATFORM}, name=Pier"),
    }
    kept = left(things, merged(things, road=NO_ROAD))
    assert kept == {"n1": None, "n2": "Quay", "n4": "Pier"}


def test_names_agree_whatever_their_capitals_and_accents() -> None:
    things: dict[str, tuple[Shape, str]] = {
        "n1": ((0, 5), f"{SIGN}, name=Lycée"),
        "n2": ((3, 5), f"{PLATFORM}, name=LYCEE"),
    }
    assert left(things, merged(things, road=NO_ROAD)) == {"n1": "Lycée"}


def test_no_stop_at_all() -> None:
    result = merged({}, road=STREET)
    assert (len(result.kept), len(result.points), result.names) == (0, 0, [])
    assert not result.dropped


def test_the_point_of_a_platform_lies_on_it() -> None:
    hook = shapely.Polygon([(0, 0), (30, 0), (30, 30), (27, 30), (27, 3), (0, 3)])
    line = shapely.LineString([(100, 0), (110, 0), (110, 30)])
    things: dict[str, tuple[Shape, str]] = {"w1": (hook, PLATFORM), "w2": (line, PLATFORM)}
    area, middle = merged(things, road=NO_ROAD).points
    assert placed(hook).covers(area)
    assert middle.distance(placed((110, 10))) < 1e-5  # degrees: a metre


def stations(things: Mapping[str, tuple[Shape, str]]) -> dict[str, str | None]:
    places = tagged(things)
    result = merged_stations(places, [name_of(tags) for tags in places.tags])
    assert result.dropped.keys() <= {BY_ENTRANCES}
    assert all(shapely.get_type_id(result.points) == shapely.GeometryType.POINT)
    return left(things, result)


def test_a_metro_station_is_entered_by_its_entrances() -> None:
    assert stations(
        {
            "n1": ((0, 0), f"{STATION}, name=深大"),
            "n2": ((80, 0), f"{DOOR}, name=A"),
            "n3": ((-80, 0), DOOR),
            "n4": ((0, ONE_STATION_M - 1), f"{DOOR}, name=C"),
            "n5": ((0, ONE_STATION_M + 1), f"{DOOR}, name=D"),
            "n6": ((9, 0), f"{DOOR}, name=深大 E"),
        }
    ) == {"n2": "深大 A", "n3": "深大", "n4": "深大 C", "n5": "D", "n6": "深大 E"}


def test_a_metro_station_without_entrances_is_its_own() -> None:
    far = {"n2": ((900.0, 0.0), f"{DOOR}, name=A")}
    hall = {"w1": (shapely.box(-20, -20, 20, 20), f"{STATION}, name=Hall")}
    assert stations(hall) == {"w1": "Hall"}
    assert stations({**far, **hall}) == {"n2": "A", "w1": "Hall"}
    assert stations(far) == {"n2": "A"}
    assert stations({}) == {}


def test_an_entrance_belongs_to_the_nearest_station() -> None:
    assert stations(
        {
            "n1": ((0, 0), f"{STATION}, name=East"),
            "n2": ((200, 0), f"{STATION}, name=West"),
            "n3": ((90, 0), f"{DOOR}, name=1"),
        }
    ) == {"n2": "West", "n3": "East 1"}
