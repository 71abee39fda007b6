"""Ways and places with their tags, and the layers made of them.

Coordinates are in thousandths of a degree at the equator: one unit is about 111 m.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pytest
import shapely

from layers.categories import OUT_OF_USE
from layers.openstreetmap.buildings import INSIDE, OTHER_USE
from layers.openstreetmap.features import TaggedPlaces, TaggedWays
from layers.openstreetmap.stops import SAME_STOP
from layers.openstreetmap.tagged import (
    MENDED,
    NO_LENGTH,
    NO_OUTLINE,
    NOTHING_INSIDE,
    WITHIN,
    is_water,
    layers_wanting,
    name_of,
    readings,
)
from layers.openstreetmap.walkable import PRIVATE
from layers.schema import COLUMNS, Reading, Tally

Thing = tuple[str, shapely.Geometry, str]
Line = tuple[list[tuple[float, float]], list[int], str]

PUBLIC = "garden that nothing says is public (name, access, garden:type)"


def tags(text: str) -> dict[str, str]:
    """Read ``"leisure=park, name=Rose park"``."""
    return dict(pair.split("=", 1) for pair in text.split(", "))


def box(x: float, y: float, side: float = 1) -> shapely.Geometry:
    return shapely.box(*(at / 1000 for at in (x, y, x + side, y + side)))


def spot(x: float, y: float) -> shapely.Geometry:
    return shapely.Point(x / 1000, y / 1000)


def ways(*lines: Line) -> TaggedWays:
    shapes = [shapely.LineString(np.array(line) / 1000) for line, _, _ in lines]
    refs = [np.array(nodes, np.int64) for _, nodes, _ in lines]
    return TaggedWays(np.array(shapes, object), refs, [tags(text) for _, _, text in lines])


def places(things: Sequence[Thing]) -> TaggedPlaces:
    shapes = np.array([shape for _, shape, _ in things], object)
    return TaggedPlaces([i for i, _, _ in things], shapes, [tags(text) for _, _, text in things])


def read(layer: str, *things: Thing) -> Reading:
    """Read one layer from places alone, after a look at all of them."""
    found = readings(ways(), places(things))
    for key, reading in found.items():
        count = reading.tally
        assert count.read == count.used + count.dropped, key
        assert count.used == len(reading.places), key
        assert list(reading.places.columns) == [*COLUMNS[key], "geometry"], key
        assert reading.places.crs == 4326, key
    wanted = [layer in layers_wanting(tags(text)) for _, _, text in things]
    assert found[layer].tally.read == sum(wanted) or layer == "facilities"
    return found[layer]


def named(reading: Reading) -> dict[str, str | None]:
    """Give the ids of a layer's places, and their names."""
    frame = reading.places
    return dict(zip(frame["home" if "home" in frame else "facility"], frame["name"], strict=True))


# --- streets ---


def test_streets_keep_names_levels_and_nodes() -> None:
    reading = readings(
        ways(
            ([(0, 0), (1, 0)], [1, 2], "highway=residential, name=Main, name:en=Other"),
            ([(0, 1), (1, 1)], [3, 4], "highway=footway, bridge=yes, name:zh=天桥"),
            ([(0, 2), (1, 2), (2, 2)], [5, 6, 7], "highway=steps, tunnel=yes"),
            ([(0, 3), (1, 3)], [8, 9], "highway=service, access=private"),
            ([(0, 4), (0, 4)], [10, 10], "highway=path"),
            ([(0, 5), (1, 5)], [11, 12], "highway=footway, bridge=no, tunnel=building_passage"),
        ),
        places([]),
    )["streets"]
    streets = reading.places
    assert streets["name"].tolist() == ["Main", "天桥", None, None]
    assert streets["bridge"].tolist() == [False, True, False, False]
    assert streets["tunnel"].tolist() == [False, False, True, False]
    assert streets["steps"].tolist() == [False, False, True, False]
    assert [one.tolist() for one in streets["refs"]] == [[1, 2], [3, 4], [5, 6, 7], [11, 12]]
    assert [len(one) for one in streets["refs"]] == streets.count_coordinates().tolist()
    assert {streets[flag].dtype for flag in ("bridge", "tunnel", "private", "steps")} == {
        np.dtype(bool)
    }
    assert reading.tally == Tally(6, 4, 0, 2, {PRIVATE: 1, NO_LENGTH: 1})


def test_refs_of_lines_of_one_length_stay_apart() -> None:
    lines: list[Line] = [([(0, i), (1, i)], [2 * i, 2 * i + 1], "highway=path") for i in range(3)]
    refs = readings(ways(*lines), places([]))["streets"].places["refs"]
    assert [one.tolist() for one in refs] == [[0, 1], [2, 3], [4, 5]]


# --- parks and green ---

GARDENS = {
    "leisure=garden": PUBLIC,
    "leisure=garden, name=Roseraie": None,
    "leisure=garden, access=yes": None,
    "leisure=garden, garden:type=community": None,
    "leisure=garden, garden:type=residential, name=Mine": "private garden",
    "leisure=garden, name=Roseraie, access=private": "not open to everyone (access)",
    "leisure=garden, name=Roseraie, access=customers": "for customers only (access)",
    "leisure=park": None,
    "leisure=park, access=no": "not open to everyone (access)",
    "leisure=park, tourism=theme_park": "theme park or zoo",
    "leisure=park, disused=yes": OUT_OF_USE,
}


@pytest.mark.parametrize(("text", "reason"), GARDENS.items(), ids=GARDENS.keys())
@pytest.mark.parametrize("layer", ["parks", "green"])
def test_parks_are_open_to_everyone(layer: str, text: str, reason: str | None) -> None:
    reading = read(layer, ("w1", box(0, 0), text))
    assert reading.tally.reasons == ({reason: 1} if reason else {})
    assert reading.places["category"].tolist() == ([] if reason else [layer.removesuffix("s")])


def test_green_is_more_than_parks() -> None:
    things = (
        ("w1", box(0, 0), "leisure=park, name=Park"),
        ("w2", box(2, 0), "landuse=village_green"),
        ("w3", box(4, 0), "leisure=playground"),
        ("w4", box(6, 0), "landuse=grass"),
        ("w5", box(8, 0), "natural=wood"),
    )
    assert named(read("parks", *things)) == {"w1": "Park"}
    assert named(read("green", *things)) == {"w1": "Park", "w2": None, "w3": None}


def test_pieces_of_a_park_stay_apart_here() -> None:
    things = (
        ("w1", box(0, 0), "leisure=park, name=Park"),
        ("w2", box(1, 0), "leisure=park, name=Park"),
        ("w3", box(0.2, 0.2, 0.1), "leisure=garden, name=Roses"),
    )
    assert named(read("parks", *things)) == {"w1": "Park", "w2": "Park", "w3": "Roses"}


def test_outlines_of_parks_are_mended_or_dropped() -> None:
    bow_tie = shapely.Polygon([(0, 0), (0.001, 0.001), (0.001, 0), (0, 0.001)])
    flat = shapely.Polygon([(0, 0), (0.001, 0), (0.002, 0)])
    reading = read(
        "parks",
        ("w1", bow_tie, "leisure=park"),
        ("w2", flat, "leisure=park"),
        ("n3", spot(5, 5), "leisure=park"),
        ("w4", box(7, 7), "leisure=park"),
    )
    assert named(reading) == {"w1": None, "w4": None}
    assert reading.places.geometry[0].area * 1e6 == pytest.approx(0.5)
    reasons = {NOTHING_INSIDE: 1, NO_OUTLINE: 1, MENDED: 1}
    assert reading.tally == Tally(4, 2, 1, 2, reasons)


# --- water ---


def test_water_is_what_lies_under_the_open_sky() -> None:
    assert is_water(tags("landuse=reservoir"))
    assert not is_water(tags("natural=coastline"))
    assert not is_water(tags("waterway=stream"))
    reading = read(
        "water",
        ("w1", box(0, 0), "natural=water, name=Lake"),
        ("w2", box(2, 0), "natural=water, tunnel=culvert"),
        ("w3", box(4, 0), "landuse=reservoir, location=underground"),
        ("r4", box(6, 0), "waterway=riverbank"),
        ("n5", spot(8, 0), "natural=water"),
    )
    assert reading.places["name"].tolist() == [None, "Lake"]  # in the order of ids
    assert reading.tally == Tally(3, 2, 0, 1, {NO_OUTLINE: 1})


# --- homes ---


def test_homes_are_buildings_of_their_own() -> None:
    reading = read(
        "homes",
        ("w1", box(0, 0), "building=yes, name=Block"),
        ("w2", box(0.2, 0.2, 0.2), "building=house"),
        ("w3", box(2, 0), "building=yes, shop=mall"),
        ("r4", box(4, 0), "building=apartments, name:en=Tower"),
        ("w5", box(6, 0), "building=no"),
    )
    assert named(reading) == {"r4": "Tower", "w1": "Block"}
    assert reading.places["weight"].isna().all()
    assert reading.tally == Tally(4, 2, 0, 2, {INSIDE: 1, OTHER_USE: 1})


# --- facilities ---


def facilities(*things: Thing) -> dict[str, str | None]:
    return named(read("facilities", *things))


def test_point_in_the_outline_of_the_same_facility_is_one() -> None:
    clinic, inside = ("w1", box(0, 0), "amenity=clinic, name=Clinic"), spot(0.5, 0.5)
    assert facilities(clinic, ("n2", inside, "amenity=clinic, name=CLINIC")) == {"w1": "Clinic"}
    assert facilities(clinic, ("n2", inside, "amenity=doctors")) == {"w1": "Clinic"}
    assert facilities(clinic, ("n2", spot(0, 0), "amenity=clinic")) == {"w1": "Clinic"}
    reading = read("facilities", clinic, ("n2", inside, "amenity=clinic"))
    assert reading.tally == Tally(2, 1, 0, 1, {WITHIN: 1})


def test_other_facilities_in_an_outline_stay() -> None:
    clinic, inside = ("w1", box(0, 0), "amenity=clinic, name=Clinic"), spot(0.5, 0.5)
    both = {"w1": "Clinic", "n2": "Dr. Who"}
    assert facilities(clinic, ("n2", inside, "amenity=doctors, name=Dr. Who")) == both
    assert len(facilities(clinic, ("n2", inside, "amenity=pharmacy"))) == 2
    assert len(facilities(clinic, ("n2", spot(2, 2), "amenity=clinic, name=Clinic"))) == 2


def test_nameless_outline_takes_the_name_of_the_one_thing_in_it() -> None:
    school = ("w1", box(0, 0), "amenity=library")
    one = ("n2", spot(0.5, 0.5), "amenity=library, name=图书馆")
    assert set(facilities(school, one).values()) == {"图书馆"}
    assert facilities(school, one).keys() == {"w1/library", "w1/culture"}


def test_nameless_outline_of_several_is_not_one_facility() -> None:
    things = (
        ("w1", box(0, 0), "amenity=restaurant"),
        ("n2", spot(0.2, 0.5), "amenity=restaurant, name=A"),
        ("n3", spot(0.4, 0.5), "amenity=restaurant, name=B"),
        ("n4", spot(0.6, 0.5), "amenity=restaurant"),
    )
    assert facilities(*things) == {"w1": None, "n2": "A", "n3": "B", "n4": None}


def test_outlines_in_outlines_leave_the_outermost() -> None:
    things = (
        ("w1", box(0.4, 0.4, 0.2), "amenity=hospital"),
        ("w2", box(0.2, 0.2, 0.6), "amenity=hospital"),
        ("r3", box(0, 0), "amenity=hospital, name=Hospital"),
        ("n4", spot(0.5, 0.5), "amenity=hospital"),
    )
    assert facilities(*things) == {"r3": "Hospital"}
    assert read("facilities", *things).tally.reasons == {WITHIN: 3}


def test_chain_of_names_keeps_what_lies_only_in_what_goes() -> None:
    things = (
        ("w1", box(0, 0), "amenity=hospital, name=East"),
        ("w2", box(0.2, 0.2, 0.6), "amenity=hospital"),
        ("n3", spot(0.5, 0.5), "amenity=hospital, name=West"),
    )
    assert facilities(*things) == {"w1": "East", "n3": "West"}


def test_place_of_two_categories_has_two_rows_and_ids() -> None:
    reading = read("facilities", ("n1", spot(0, 0), "amenity=library;pharmacy, name=Both"))
    assert named(reading) == {"n1/pharmacy": "Both", "n1/library": "Both", "n1/culture": "Both"}
    assert reading.places["category"].tolist() == ["pharmacy", "library", "culture"]
    assert reading.places["facility"].is_unique
    assert reading.tally == Tally(3, 3)


def test_guesses_are_counted_where_kept() -> None:
    reading = read(
        "facilities",
        ("w1", box(0, 0), "amenity=school"),
        ("n2", spot(0.5, 0.5), "amenity=school"),
        ("n3", spot(5, 5), "amenity=school, name=驾校"),
    )
    assert reading.tally.repaired == 2  # the outline, once as primary and once as secondary
    assert (reading.tally.used, reading.tally.dropped) == (2, 4)


def test_metro_is_entered_by_its_entrances() -> None:
    reading = read(
        "facilities",
        ("n1", spot(0, 0), "railway=station, station=subway, name=深大"),
        ("n2", spot(1, 0), "railway=subway_entrance, name=A"),
        ("n3", spot(9, 9), "amenity=bank, name=Bank"),
    )
    assert named(reading) == {"n3": "Bank", "n2": "深大 A"}
    assert reading.places["category"].tolist() == ["bank", "metro"]


def test_stops_parks_and_green_are_no_facilities() -> None:
    things = (
        ("w1", box(0, 0), "leisure=park"),
        ("n2", spot(5, 0), "highway=bus_stop, name=Stop"),
        ("n3", spot(5.1, 0), "public_transport=platform"),
    )
    assert facilities(*things) == {}
    stops = read("bus_stops", *things)
    assert named(stops) == {"n2": "Stop"}
    assert stops.places["category"].tolist() == ["bus_stop"]
    assert stops.tally == Tally(2, 1, 0, 1, {SAME_STOP: 1})


# --- names ---

NAMES = {
    "name=Port, name:zh=港口, name:en=Harbour": "Port",
    "name:zh=港口, name:en=Harbour": "港口",
    "name:en=Harbour": "Harbour",
    "name=\u200b 大沙河公园\u200e": "大沙河公园",
    "name=\u00a0, name:en=Harbour": "Harbour",
    "name=<script>alert(1)</script>": "<script>alert(1)</script>",
    "name:fr=Port": None,
    "name= ": None,
}


@pytest.mark.parametrize(("text", "name"), NAMES.items(), ids=range(len(NAMES)))
def test_names(text: str, name: str | None) -> None:
    assert name_of(tags(text)) == name


# --- what was lost before, and order ---


def test_losses_before_the_tags_are_added() -> None:
    lost, shortened = {"parks": {"cut": 3}}, {"streets": {"shorter": 1}}
    found = readings(
        ways(([(0, 0), (1, 0)], [1, 2], "highway=path")),
        places([("w1", box(0, 0), "leisure=park")]),
        incomplete=lost,
        shortened=shortened,
    )
    assert found["parks"].tally == Tally(4, 1, 0, 3, {"cut": 3})
    assert found["green"].tally == Tally(1, 1)
    assert found["streets"].tally == Tally(1, 1, 1, 0, {"shorter": 1})


TOWN: tuple[Thing, ...] = (
    ("n1", spot(0.5, 0.5), "amenity=clinic"),
    ("n2", spot(5, 0), "highway=bus_stop"),
    ("n3", spot(5.1, 0), "public_transport=platform, name=Quay"),
    ("n4", spot(5.2, 0), "highway=bus_stop, name=Quay"),
    ("n10", spot(0.4, 0.4), "amenity=clinic, name=Clinic"),
    ("r5", box(3, 3), "leisure=park, name=Park"),
    ("w5", box(0, 0), "amenity=clinic, building=yes"),
    ("w6", box(7, 7), "building=house"),
    ("w7", box(7, 7), "building=house, name=Twin"),
    ("w8", box(9, 9), "natural=water"),
)


def test_order_of_places_changes_nothing() -> None:
    first = readings(ways(), places(TOWN))
    assert named(first["homes"]) == {"w6": None}
    assert named(first["facilities"]) == {"w5": "Clinic"}
    generator = np.random.default_rng(7)
    for _ in range(5):
        shuffled = [TOWN[row] for row in generator.permutation(len(TOWN))]
        same(first, readings(ways(), places(shuffled)))


def same(one: Mapping[str, Reading], other: Mapping[str, Reading]) -> None:
    """Hold that two readings of all layers are equal, row by row."""
    for layer, reading in one.items():
        assert reading.tally == other[layer].tally
        assert isinstance(reading.places, gpd.GeoDataFrame)
        assert reading.places.equals(other[layer].places), layer


def test_order_of_ways_changes_nothing_but_the_rows() -> None:
    lines: list[Line] = [
        ([(0, 0), (1, 0)], [1, 2], "highway=path, name=A"),
        ([(1, 0), (2, 0)], [2, 3], "highway=motorway"),
        ([(2, 0), (3, 0)], [3, 4], "highway=steps, bridge=yes"),
    ]
    seen = set()
    for order in itertools.permutations(lines):
        reading = readings(ways(*order), places([]))["streets"]
        rows = reading.places.assign(refs=reading.places["refs"].map(tuple)).to_wkt()
        seen.add((str(reading.tally), *sorted(rows.itertuples(index=False, name=None), key=str)))
    assert len(seen) == 1
