"""Ways as mappers tag them, and whether a walker may use them; each case says why in its name."""

from __future__ import annotations

import pytest

from layers.openstreetmap import walkable as w
from layers.openstreetmap.walkable import in_tunnel, is_stairs, obstacle, on_bridge, walkable


def tags(text: str) -> dict[str, str]:
    """Read ``"highway=path foot=no"``."""
    return dict(part.split("=", 1) for part in text.split(" "))


OPEN = {
    "a plain street": "highway=residential",
    "a main road without a word about sidewalks": "highway=primary",
    "a link between main roads": "highway=secondary_link",
    "a road of unknown class": "highway=road",
    "a living street": "highway=living_street",
    "a track in the fields": "highway=track",
    "stairs": "highway=steps",
    "an escalator: stairs beside it are seldom mapped": "highway=steps conveying=forward",
    "a lift between levels": "highway=elevator",
    "a corridor in a station": "highway=corridor indoor=yes level=-1",
    "a bus platform drawn as a way": "highway=platform public_transport=platform",
    "a station platform that is a footway": "highway=footway railway=platform train=yes",
    "a bridleway": "highway=bridleway",
    "a cycleway: most are shared (osmnx 1269)": "highway=cycleway",
    "a crossing tagged as cycleway (osmnx 1269)": "highway=cycleway cycleway=crossing",
    "a cycleway that bars cars only": "highway=cycleway motor_vehicle=no bicycle=designated",
    "a crossing of footways": "highway=footway footway=crossing crossing=zebra",
    "a sidewalk of its own": "highway=footway footway=sidewalk",
    "one-way for cars (valhalla 4778)": "highway=residential oneway=yes",
    "one-way backwards (valhalla 6300)": "highway=residential oneway=-1",
    "a one-way footway (graphhopper 3036)": "highway=footway oneway=yes",
    "closed to cars": "highway=residential motor_vehicle=no",
    "closed to vehicles": "highway=residential vehicle=no",
    "private for cars only": "highway=service vehicle=private",
    "behind a lift gate (osrm 6006)": "highway=service barrier=lift_gate",
    "an aisle of a car park": "highway=service service=parking_aisle",
    "a driveway nobody calls private": "highway=service service=driveway",
    "an access road for fire engines": "highway=service service=emergency_access",
    "a square walked along its edge": "highway=pedestrian area=yes",
    "a service yard drawn as an area": "highway=service area=yes",
    "a trunk road with a sidewalk": "highway=trunk sidewalk=both",
    "a trunk road with a sidewalk on one side": "highway=trunk sidewalk:left=yes",
    "a trunk link with a sidewalk": "highway=trunk_link sidewalk:both=yes",
    "a trunk road open to walkers": "highway=trunk foot=yes",
    "a motorway bridge with a marked walk": "highway=motorway foot=designated",
    "a motor road with a sidewalk": "highway=primary motorroad=yes sidewalk=right",
    "a busway with a sidewalk": "highway=busway sidewalk=left",
    "closed to all but walkers": "highway=service access=no foot=yes",
    "private, walkers tolerated": "highway=service access=private foot=permissive",
    "private, marked for walkers": "highway=service access=private foot=designated",
    "for those who go there": "highway=residential access=destination",
    "for customers: a walker to the shop is one": "highway=service access=customers",
    "for deliveries: the sign is for lorries": "highway=service access=delivery",
    "tolerated": "highway=path access=permissive",
    "for farm traffic: the sign is for cars": "highway=track access=agricultural",
    "walking advised against, not forbidden": "highway=primary foot=discouraged",
    "a word about access nobody knows": "highway=path access=maybe",
    "two kinds at once": "highway=footway;cycleway",
    "a platform that is also the stop": "highway=platform;bus_stop",
    "two permissions, the friendlier counts": "highway=path access=private;customers",
    "written with capitals and spaces": "highway=Residential",
    "a kind nobody knows, but open to walkers": "highway=boulevard foot=yes",
    "sidewalk mapped apart: the street itself is no motorway": "highway=tertiary sidewalk=separate",
    "no sidewalk: one walks on the road": "highway=tertiary sidewalk=no",
    "a street being repaired": "highway=residential construction=minor",
    "not disused": "highway=path disused=no",
    "a word no longer used for a path": "highway=trail",
}

SHUT = {
    "a motorway": ("highway=motorway", w.FAST_ROAD),
    "a motorway link": ("highway=motorway_link", w.FAST_ROAD),
    "a trunk road": ("highway=trunk", w.FAST_ROAD),
    "a trunk link": ("highway=trunk_link", w.FAST_ROAD),
    "a trunk road that says no sidewalk": ("highway=trunk sidewalk=no", w.FAST_ROAD),
    "a trunk road whose sidewalk is a way apart": ("highway=trunk sidewalk=separate", w.FAST_ROAD),
    "a side's sidewalk is a way apart": ("highway=trunk sidewalk:left=separate", w.FAST_ROAD),
    "a primary road for motors only": ("highway=primary motorroad=yes", w.FAST_ROAD),
    "a trunk road with a sidewalk, closed": ("highway=trunk sidewalk=both foot=no", w.CLOSED),
    "a trunk road open to nobody": ("highway=trunk sidewalk=both access=no", w.CLOSED),
    "a busway": ("highway=busway", w.BUS_ROAD),
    "a guided busway": ("highway=bus_guideway", w.BUS_ROAD),
    "a road inside a bus station": ("highway=service access=bus", w.CLOSED),
    "closed to all": ("highway=residential access=no", w.CLOSED),
    "closed to walkers": ("highway=primary foot=no", w.CLOSED),
    "walkers barred though access is open": ("highway=service access=yes foot=no", w.CLOSED),
    "a cycleway closed to walkers": ("highway=cycleway foot=no", w.CLOSED),
    "a cycleway with a path beside it": ("highway=cycleway foot=use_sidepath", w.SIDE_PATH),
    "a road with a path beside it": ("highway=secondary foot=use_sidepath", w.SIDE_PATH),
    "military": ("highway=service access=military", w.CLOSED),
    "for emergencies": ("highway=service access=emergency", w.CLOSED),
    "private": ("highway=service access=private", w.PRIVATE),
    "a private driveway": ("highway=service service=driveway access=private", w.PRIVATE),
    "private for walkers alone": ("highway=path access=yes foot=private", w.PRIVATE),
    "by permit": ("highway=service access=permit", w.PRIVATE),
    "residents only": ("highway=service access=residents", w.PRIVATE),
    "private even for customers' cars": (
        "highway=service access=private vehicle=customers",
        w.PRIVATE,
    ),
    "being built": ("highway=construction construction=residential", w.UNBUILT),
    "being built, to be walked": ("highway=construction foot=yes", w.UNBUILT),
    "planned": ("highway=proposed proposed=footway", w.UNBUILT),
    "abandoned": ("highway=abandoned", w.UNBUILT),
    "razed": ("highway=razed", w.UNBUILT),
    "a path out of use": ("highway=path abandoned=yes", w.UNBUILT),
    "a disused street": ("highway=residential disused=yes", w.UNBUILT),
    "mapped so that nobody maps it again": ("highway=no", w.UNBUILT),
    "a race track": ("highway=raceway", w.RACE_TRACK),
    "a race track cannot be opened by a tag": ("highway=raceway foot=yes", w.RACE_TRACK),
    "an escape lane for lorries": ("highway=escape", w.NOT_A_WALK),
    "an emergency bay": ("highway=emergency_bay", w.NOT_A_WALK),
    "a climbing route": ("highway=via_ferrata", w.NOT_A_WALK),
    "a motorway's service area": ("highway=services", w.REST_AREA),
    "a rest area": ("highway=rest_area area=yes", w.REST_AREA),
    "a ferry line tagged as a way": ("highway=footway route=ferry", w.FERRY),
    "a kind nobody knows": ("highway=boulevard", w.UNKNOWN_KIND),
    "a point's tag on a way": ("highway=street_lamp", w.UNKNOWN_KIND),
    "no highway at all": ("railway=rail", w.UNKNOWN_KIND),
}


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN.keys())
def test_one_may_walk_on(text: str) -> None:
    assert obstacle(tags(text)) is None
    assert walkable(tags(text))


@pytest.mark.parametrize(("text", "reason"), SHUT.values(), ids=SHUT.keys())
def test_one_may_not_walk_on(text: str, reason: str) -> None:
    assert obstacle(tags(text)) == reason
    assert not walkable(tags(text))


ABOVE = {"yes": True, "viaduct": True, "covered": True, "movable": True, "no": False}
ABOVE |= {"boardwalk": False, "low_water_crossing": False, "proposed": False}


@pytest.mark.parametrize(("value", "above"), ABOVE.items(), ids=ABOVE.keys())
def test_bridge(value: str, above: bool) -> None:  # noqa: FBT001 (the expected answer, from a table)
    assert on_bridge({"highway": "path", "bridge": value}) is above


BELOW = {"yes": True, "flooded": True, "no": False, "building_passage": False, "culvert": False}
BELOW |= {"avalanche_protector": False}


@pytest.mark.parametrize(("value", "below"), BELOW.items(), ids=BELOW.keys())
def test_tunnel(value: str, below: bool) -> None:  # noqa: FBT001 (the expected answer, from a table)
    assert in_tunnel({"highway": "path", "tunnel": value}) is below


def test_layer_and_roof_do_not_leave_the_ground() -> None:
    way = {"highway": "path", "layer": "-1", "covered": "yes"}
    assert not on_bridge(way)
    assert not in_tunnel(way)


def test_underground_is_below_the_ground() -> None:
    assert in_tunnel({"highway": "footway", "location": "underground"})


@pytest.mark.parametrize(
    ("tags", "stairs"),
    [
        ("highway=steps", True),
        ("highway=path;steps", True),
        ("highway=steps conveying=yes", True),
        ("highway=steps ramp=yes ramp:stroller=yes", True),
        ("highway=steps ramp:wheelchair=yes", False),
        ("highway=steps wheelchair=yes", False),
        ("highway=steps wheelchair=no ramp:wheelchair=separate", True),
        ("highway=footway", False),
        ("highway=elevator", False),
    ],
)
def test_stairs_that_no_wheelchair_takes(tags: str, stairs: bool) -> None:  # noqa: FBT001 (the expected answer, from a table)
    assert is_stairs(dict(tag.split("=") for tag in tags.split())) is stairs
